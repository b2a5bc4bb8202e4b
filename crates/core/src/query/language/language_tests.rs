//! What a query's text means, what is said of mistakes, and that its other forms agree.

use rstest::rstest;

use super::*;
use crate::dialect::find;
use crate::model::State;
use crate::query::TimeBound;
use crate::time::Millis;

const NOW: Millis = Millis(1_795_232_837_000); // 2026-11-21T03:47:17Z

fn tables() -> Tables {
    let ecl = find("ecl-vna").unwrap();
    Tables { filters: ecl.filters("operations"), columns: ecl.columns("operations") }
}

fn read(text: &str) -> (ListQuery, Vec<Problem>) {
    ListQuery::default().with_text(text, tables())
}

/// The address that a text becomes.
fn address(text: &str) -> String {
    let search = read(text).0.to_search();
    crate::http::decode_query(&search)
        .iter()
        .map(|(key, value)| format!("{key}={value}"))
        .collect::<Vec<_>>()
        .join("&")
}

#[rstest]
// To the server: what it can compare.
#[case("status:ERROR", "status=ERROR")]
#[case("STATUS:ERROR resource_id:a,b", "status=ERROR&resource_id=a&resource_id=b")]
#[case("resource_id:a resource_id:b latest:true", "resource_id=a&resource_id=b&latest=true")]
#[case("latest:false", "")]
// Ours: states and the range of creation.
#[case("state:failed,STUCK", "state=stuck,failed")]
#[case("state:failed state:stuck", "state=stuck,failed")]
#[case("-state:succeeded", "state=waiting,running,cancelling,stuck,failed,cancelled,unknown")]
#[case("created>=now-6h created<=2026-11-21T03:00Z", "from=-6h&to=2026-11-21T03:00:00Z")]
#[case("created>=now-6h created>=now-1h", "q=created>=now-1h&from=-6h")]
// What the server cannot is applied to the loaded rows.
#[case("status:ERROR,STUCK", "q=status:ERROR,STUCK")]
#[case("status:ERROR status:STUCK", "q=status:ERROR,STUCK")]
#[case("-tenant_id:x", "q=-tenant_id:x")]
#[case("request_id:ab*", "q=request_id:ab*")]
#[case("request_id:\"ab*\"", "request_id=ab*")]
#[case("request_id:\":x\" target:\"//x\"", "request_id=:x&q=target:\"//x\"")]
#[case("target:a target:b,a", "q=target:a,b")]
#[case("target:a,b kind:x,x* kind:x*,x target:c", "q=target:a,b,c kind:x,x*")]
#[case("target:a,b kind:x*,x*", "q=target:a,b kind:x*")]
#[case("-kind:Create -kind:Delete kind:x", "q=-kind:Create,Delete kind:x")]
#[case("duration>10m progress", "q=duration>10m progress")]
#[case("ended<2026-11-21", "q=ended<2026-11-21T00:00:00Z")]
#[case("BODY.a.B:x body:y", "q=body.a.B:x body:y")]
#[case(
    r#"kind:"two words" "two words" -"not these" --x"#,
    r#"q=kind:"two words" "two words" -"not these" -"-x""#
)]
// Words that only look like keys.
#[case("ECL::VSRX http://x/y 12:30", "q=ECL::VSRX http://x/y 12:30")]
#[case("\"status:ERROR\"", "q=\"status:ERROR\"")]
fn a_text_becomes_an_address(#[case] text: &str, #[case] wanted: &str) {
    let (query, problems) = read(text);
    assert_eq!(problems, []);
    assert_eq!(address(text), wanted);
    assert_eq!(query.with_text(&query.as_text(), tables()).0, query);
}

/// Each mistake: where it is, what is said, and that the rest of the query applies.
#[rstest]
#[case("statsu:ERROR", "statsu", "Near to it: state, status.")]
#[case("colour:red", "colour", "no key colour. In quotes")]
#[case("status:", "status:", "has no value yet")]
#[case("kind:a,", "kind:a,", "has no value yet")]
#[case("state:failed,done", "done", "done is no state. The states are waiting,")]
#[case("kind>5", "kind", "kind is a text")]
#[case("body.a>5", "body.a", "body.a is a text")]
#[case("state>failed", "state", "is a text")]
#[case("duration:10m", "duration", "write duration>10m or duration<10m")]
#[case("created:today", "created", "write created>now-2h")]
#[case("duration>10", "10", "10 is no duration. Write 90s")]
#[case("ended>yesterday", "yesterday", "yesterday is no time. Write now-2h")]
#[case("duration>1m,2m", "duration>1m,2m", "takes one value")]
#[case("-duration>1m", "-duration>1m", "turn it round")]
#[case("kind:\"open", "\"", "not closed")]
#[case("latest:maybe", "maybe", "Write latest:true")]
#[case("-latest:true", "true", "Write latest:true")]
#[case("target:a*b", "a*b", "beginning or the end")]
#[case("body.a..b:x", "body.a..b", "has no name")]
#[case("body.:x", "body.", "has no name")]
#[case("body.admin_password:x", "body.admin_password:x", "masked")]
#[case("state:failed -state:failed", "-state:failed", "No state is left")]
fn a_mistake_is_told_with_its_place(#[case] wrong: &str, #[case] place: &str, #[case] says: &str) {
    let text = format!("resource_id:good \"and words\" {wrong}");
    let (query, problems) = read(&text);
    let [problem] = problems.as_slice() else { panic!("{text}: {problems:?}") };
    assert_eq!(&text[problem.span.clone()], place);
    assert!(problem.says.contains(says), "{}", problem.says);
    assert_eq!(query.server_value("resource_id"), Some("good"));
    assert!(query.text.contains("\"and words\""));
    assert!(!query.text.contains("password"));
    if !wrong.contains("password") {
        assert_eq!(query.problems(tables()).len(), 1, "what is wrong stays: {}", query.as_text());
    }
}

#[test]
fn what_only_the_server_knows_cannot_be_excluded() {
    let google = find("google-lro").unwrap();
    let google = Tables { filters: google.filters("operations"), columns: google.columns("operations") };
    for (text, says) in [
        ("-pageSize:5", "Only the server knows pageSize"),
        ("pageSize:many", "many is no whole number"),
        ("-filter:\"done=true\"", "Only the server knows filter"),
    ] {
        let (query, problems) = ListQuery::default().with_text(text, google);
        assert!(problems[0].says.contains(says), "{problems:?}");
        assert_eq!(query.as_text(), text);
    }
    // A text in the server's language is kept, and not sent, by the list; what is wrong with it is said here too.
    let (query, problems) = ListQuery::default().with_text("filter:\"done=\" -location:asia*", google);
    assert_eq!(query.server_value("filter"), Some("done="));
    assert_eq!((problems.len(), query.text.as_str()), (1, "-location:asia*"));
}

#[test]
fn an_address_of_an_older_version_reads_and_what_is_gone_is_told() {
    let search = "q=quota%20-vsrx%20%22two%20words%22&state=failed,done&cols=id,colour&sort=-weight&from=soon&statsu=x&tab=raw&tz=utc";
    let query = ListQuery::from_search(search, tables());
    assert_eq!(query.text, "quota -vsrx \"two words\"");
    assert_eq!(query.columns.as_deref(), Some(["id"].as_slice()));
    let says = crate::query::unread(search, tables());
    for part in ["state done", "column colour", "sorts by weight", "soon where a time", "filter statsu"] {
        assert!(says.iter().any(|says| says.contains(part)), "{part}: {says:?}");
    }
    assert_eq!(says.len(), 5);
    assert!(crate::query::unread(&query.to_search(), tables()).is_empty());
}

#[test]
fn chips_tell_each_piece_and_who_applies_it() {
    let (query, _) = read(
        "status:ERROR latest:true -kind:Create,Delete duration>10m body.a.name:lan \"two words\" -x state:failed nope:1",
    );
    let told: Vec<String> = query
        .chips(tables())
        .iter()
        .map(|chip| {
            let by = if matches!(chip.at, ChipAt::Server(..)) { "server" } else { "rows" };
            format!(
                "{} by {by}",
                crate::text::fill(chip.says, &[&format!("{}{}", chip.name, chip.path), &chip.value])
            )
        })
        .collect();
    assert_eq!(
        told,
        [
            "Status is ERROR by server",
            "Latest only is on by server",
            "Operation is not Create, Delete by rows",
            "Duration > 10m by rows",
            "body.a.name is lan by rows",
            "with \"two words\" by rows",
            "without x by rows",
        ]
    );
    let mut query = query;
    let span = query.piece_at(1).unwrap();
    assert_eq!(&query.as_text()[span], "duration>10m");
    query.drop_piece(1);
    assert_eq!(query.text, "-kind:Create,Delete body.a.name:lan \"two words\" -x nope:1");
}

#[test]
fn a_cell_narrows_the_list_to_its_value_or_away_from_it() {
    let column = |id: &str| tables().columns.iter().find(|column| column.id == id).unwrap();
    let (query, _) = read("tenant_id:b kind:Create state:stuck");
    let only = query.narrowed(column("tenant"), "a", false, tables());
    assert_eq!(only.as_text(), "tenant_id:a state:stuck kind:Create");
    let without = query.narrowed(column("tenant"), "a", true, tables());
    assert_eq!(without.as_text(), "tenant_id:b state:stuck -tenant_id:a kind:Create");
    assert_eq!(without.narrowed(column("tenant"), "c", true, tables()).text, "-tenant_id:c,a kind:Create");
    let only = query.narrowed(column("state"), State::Failed.slug(), false, tables());
    assert_eq!(only.as_text(), "tenant_id:b state:failed kind:Create");
    let error = query.narrowed(column("error"), "Quota \"x\", 5*", false, tables());
    assert_eq!(error.as_text(), r#"tenant_id:b state:stuck error:"Quota \"x\", 5*" kind:Create"#);
}

#[test]
fn a_shared_query_stands_still() {
    let (query, _) = read("created>=now-6h ended>now-2h duration>10m \"now-2h\" status:ERROR");
    assert!(query.moves(tables()));
    let frozen = query.frozen(tables(), NOW);
    assert_eq!(
        frozen.as_text(),
        "status:ERROR created>=2026-11-20T21:47:17Z ended>2026-11-21T01:47:17Z duration>10m now-2h"
    );
    assert_eq!(frozen.from, Some(TimeBound::At(Millis(NOW.0 - 6 * 3_600_000))));
    assert!(!frozen.moves(tables()));
}

#[test]
fn while_typing_the_server_waits_and_the_value_at_the_caret_may_go_on() {
    let (query, _) = read("status:ERROR kind:Create");
    let typing = |text: &str| query.while_typing(text, text.len(), tables()).as_text();
    assert_eq!(typing("status:ERROR kind:Create kin"), "status:ERROR kind:Create kin");
    assert_eq!(typing("status:ERROR kind:Cre"), "status:ERROR kind:Cre*");
    assert_eq!(typing("status:ERROR kind:Cre "), "status:ERROR kind:Cre");
    assert_eq!(typing("kind:Create latest:true"), "status:ERROR kind:Create");
    assert_eq!(typing("kind:Create status:STU"), "status:ERROR kind:Create");
    assert_eq!(
        typing("status:ERROR,ST"),
        "status:ERROR kind:Create",
        "what would change the server's part waits"
    );
    assert_eq!(typing("status:ERROR state:fai"), "status:ERROR state:fai");
    assert_eq!(typing("status:ERROR duration>1"), "status:ERROR duration>1");
}
