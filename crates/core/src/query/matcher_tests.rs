//! What rows a query's text lets through.

use std::sync::Arc;

use super::*;
use crate::dialect::find;
use crate::model::{More, Progress, Stamp, State};

const NOW: Millis = Millis(1_795_232_837_000);

fn allows(text: &str, op: &Operation) -> bool {
    let ecl = find("ecl-vna").unwrap();
    let xiq = find("xiq").unwrap();
    let columns: &'static [_] =
        if text.starts_with("progress") { xiq.columns("operations") } else { ecl.columns("operations") };
    let tables = Tables { filters: ecl.filters("operations"), columns };
    Matcher::new(text, tables).allows(op, NOW)
}

fn op() -> Operation {
    let word = |word: &str| Some(Arc::from(word));
    Operation {
        id: "75aab8db".into(),
        state: State::Failed,
        status: word("ERROR"),
        kind: word("Create"),
        target: word("a80c1728"),
        tenant: word("Ösaka"),
        error: Some("Quota exceeded for port".into()),
        created: Stamp::At(Millis(NOW.0 - 3_600_000)),
        ended: Stamp::At(Millis(NOW.0 - 600_000)),
        more: Some(Box::new(More { progress: Some(Progress::Percent(40)), ..More::default() })),
        ..Operation::default()
    }
}

#[test]
fn values_are_compared_whole_in_any_case_with_stars_at_the_ends() {
    for yes in [
        "kind:create",
        "kind:Delete,CREATE",
        "kind:cr*",
        "kind:*ate",
        "kind:*rea*",
        "kind:*",
        "-kind:Delete",
        "target:a80*",
        "tenant:ösaka",
        "tenant:ös*",
        "tenant:*KA",
        "status:ERROR,STUCK",
        "id:75*",
        "error:quota",
        "error:\"exceeded for\"",
        "error:*port",
        "warning:\"\"",
        "-warning:*",
        "-error:\"\"",
    ] {
        assert!(allows(yes, &op()), "{yes}");
    }
    for no in [
        "kind:creat",
        "kind:*x",
        "kind:x*",
        "kind:\"Cr*\"",
        "-kind:cr*",
        "kind:\"\"",
        "warning:*",
        "error:nothing",
        "tenant:saka",
    ] {
        assert!(!allows(no, &op()), "{no}");
    }
}

#[test]
fn times_durations_and_numbers_are_compared() {
    for yes in [
        "duration>49m",
        "duration<=50m",
        "duration>=50m",
        "ended>now-11m",
        "ended<2026-11-21T03:40",
        "progress>=40",
        "progress<41%",
    ] {
        assert!(allows(yes, &op()), "{yes}");
    }
    for no in ["duration>50m", "duration<50m", "ended>now-5m", "ended<2026-11-20", "progress>40"] {
        assert!(!allows(no, &op()), "{no}");
    }
    assert!(!allows("ended>now-5m", &Operation::default()) && !allows("ended<now", &Operation::default()));
    assert!(allows("nope:x duration>soon", &op()), "what is wrong hides nothing");
}

#[test]
fn words_are_taken_apart_from_terms() {
    let ecl = find("ecl-vna").unwrap();
    let tables = Tables { filters: ecl.filters("operations"), columns: ecl.columns("operations") };
    let matcher = Matcher::new(r#"Port "Quota exceeded" -vsrx kind:x body.a:b -"#, tables);
    assert_eq!(matcher.words, TextQuery::parse(r#"Port "Quota exceeded" -vsrx -"#));
    assert_eq!(matcher.bodies.len(), 1);
}

#[test]
fn bodies_are_looked_into_at_a_path_or_anywhere() {
    let ecl = find("ecl-vna").unwrap();
    let tables = Tables { filters: ecl.filters("operations"), columns: ecl.columns("operations") };
    let body = r#"{"interfaces":{"interface_1":{"name":"retail-lan","fixed_ips":[{"ip_address":"192.168.0.100"}]}}}"#;
    let allows = |text: &str| Matcher::new(text, tables).bodies.iter().all(|term| term.allows(body));
    for yes in [
        "body.interfaces.interface_1.name:retail-lan",
        "body.interfaces.*.name:*lan",
        "body.interfaces.*.fixed_ips.*.ip_address:192.168.0.*",
        "body:LAN",
        "-body.interfaces.*.name:wan",
        "body.interfaces.*.name:*",
        "-body.nothing:*",
    ] {
        assert!(allows(yes), "{yes}");
    }
    for no in ["body.interfaces.*.name:lan", "body.name:*", "-body:retail", "body:wan"] {
        assert!(!allows(no), "{no}");
    }
}
