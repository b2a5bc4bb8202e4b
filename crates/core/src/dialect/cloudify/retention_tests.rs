//! The guards of deleting by criteria, and that the preview names exactly what the server would take.

use super::*;
use crate::http::decode_query;
use crate::model::Stamp;
use std::sync::Arc;

const START: i64 = 1_795_232_837_000; // 2026-11-21T03:47:17Z

fn call(inputs: &[(&'static str, &str)]) -> ActionCall {
    let inputs = inputs.iter().map(|(name, value)| (*name, (*value).to_owned())).collect();
    ActionCall { action: ACTION, key: crate::dialect::Key::default(), inputs }
}

fn sent(inputs: &[(&'static str, &str)]) -> Result<ApiRequest, BuildError> {
    let at = Endpoint { base: "/cloudify".into(), tenant: None, session: None };
    request(&at, &call(inputs), "osaka-edge")
}

fn body(inputs: &[(&'static str, &str)]) -> String {
    sent(inputs).unwrap().body.unwrap().reveal().to_owned()
}

#[test]
fn what_would_reach_too_far_is_refused() {
    let why = |inputs: &[(&'static str, &str)]| sent(inputs).unwrap_err().to_string();
    assert!(why(&[]).contains("every ended execution"), "{}", why(&[]));
    assert!(why(&[("to_datetime", " "), ("tenant", "osaka-edge")]).contains("every ended execution"));
    assert!(why(&[("to_datetime", "2026-11-21"), ("keep_last", "3")]).contains("not both"));
    for keep in ["0", "-1", "1.5", "many"] {
        assert!(why(&[("keep_last", keep)]).contains("greater than 0"), "{keep}");
    }
    for time in ["soon", "2026-13-01", "21.11.2026"] {
        assert!(why(&[("to_datetime", time)]).starts_with("The time"), "{time}");
    }
    assert_eq!(preview(&call(&[])), None);
    assert!(previewed(&call(&[]), &[]).refused.unwrap().contains("every ended execution"));
}

#[test]
fn criteria_travel_in_the_forms_the_server_takes() {
    for (given, expected) in [
        ("2026-11-21", r#"{"to_datetime":"2026-11-21T00:00:00"}"#),
        ("2026-11-21 03:47:17", r#"{"to_datetime":"2026-11-21T03:47:17"}"#),
        ("2026-11-21T03:47:17Z", r#"{"to_datetime":"2026-11-21T03:47:17"}"#),
        ("2026-11-21T12:47:17.250+09:00", r#"{"to_datetime":"2026-11-21T03:47:17.250"}"#),
    ] {
        assert_eq!(body(&[("to_datetime", given)]), expected, "{given}");
    }
    assert_eq!(body(&[("keep_last", "007")]), r#"{"keep_last":7}"#);
    let request = sent(&[("deployment_id", "d&1"), ("status", "failed"), ("created_by", "admin")]).unwrap();
    let query = decode_query(request.url.split_once('?').unwrap().1);
    assert_eq!(
        query,
        [("deployment_id".into(), "d&1".into()), ("created_by".into(), "admin".into())],
        "a status is refused"
    );
    assert_eq!(request.body.unwrap().reveal(), "{}");
}

#[test]
fn the_preview_lists_what_the_action_reaches() {
    let asked = preview(&call(&[("keep_last", "2"), ("workflow_id", "install")])).unwrap();
    let statuses: Vec<_> =
        asked.params.iter().filter(|(name, _)| *name == "status").map(|(_, v)| v.as_str()).collect();
    assert_eq!(statuses, ["terminated", "failed", "cancelled"]);
    assert_eq!(asked.get("workflow_id"), Some("install"));
    assert_eq!(asked.get("tenant"), Some("default_tenant"), "one tenant, as the action");
    assert_eq!(asked.get("_include_system_workflows"), Some("true"));
    let mut of_key = call(&[("keep_last", "2")]);
    of_key.key.tenant = Some("theirs".into());
    assert_eq!(preview(&of_key).unwrap().get("tenant"), Some("theirs"));
    assert_eq!(preview(&call(&[("keep_last", "2"), ("tenant", "t")])).unwrap().get("tenant"), Some("t"));
}

/// An ended execution so many hours after the start.
fn ended(hour: i64, workflow: &str, deployment: &str, state: State) -> Operation {
    Operation {
        id: hour.to_string().into(),
        state,
        kind: Some(Arc::from(workflow)),
        target: Some(Arc::from(deployment)),
        created: Stamp::At(Millis(START + hour * 3_600_000)),
        ..Operation::default()
    }
}

fn world() -> Vec<Operation> {
    const CREATE: &str = "create_deployment_environment";
    vec![
        ended(5, "install", "a", State::Succeeded),
        ended(0, CREATE, "a", State::Succeeded), // an older creation of a: may go
        ended(1, CREATE, "a", State::Succeeded), // the last one of a: kept
        ended(2, CREATE, "b", State::Succeeded), // the last one of b: kept
        ended(3, CREATE, "b", State::Failed),
        ended(4, "install", "b", State::Cancelled),
        ended(6, "install", "b", State::Running),
    ]
}

fn looked_at(inputs: &[(&'static str, &str)]) -> Preview {
    let world = world();
    previewed(&call(inputs), &world.iter().collect::<Vec<_>>())
}

#[test]
fn by_time_everything_older_goes_but_what_is_protected() {
    let preview = looked_at(&[("to_datetime", "2026-11-21T07:47:17Z")]); // 4 hours after the start, exclusive
    assert_eq!(preview.hit, [1, 4]);
    assert_eq!(preview.kept.iter().map(|(at, _)| *at).collect::<Vec<_>>(), [2, 3]);
    assert_eq!(preview.refused, None);
    let none = looked_at(&[("to_datetime", "2026-11-21T03:47:17Z")]);
    assert!(none.hit.is_empty() && none.refused.unwrap().contains("No ended execution"));
    assert_eq!(looked_at(&[("created_by", "admin")]).hit, [1, 4, 5, 0], "filters alone take every ended one");
}

#[test]
fn by_number_the_oldest_go_and_the_protected_count_among_the_kept() {
    let preview = looked_at(&[("keep_last", "4")]); // 6 ended: 2 go, and they are not the protected ones
    assert_eq!(preview.hit, [1, 4]);
    assert_eq!(preview.kept.len(), 4);
    assert_eq!(looked_at(&[("keep_last", "5")]).hit, [1]);
    assert_eq!(looked_at(&[("keep_last", "1")]).hit, [1, 4, 5, 0], "only four of five can go");
    for keep in ["6", "7", "4000000000"] {
        let preview = looked_at(&[("keep_last", keep)]);
        assert!(preview.hit.is_empty(), "{keep}");
        assert!(preview.refused.unwrap().contains("Only 6"), "{keep}: the server would still delete one");
    }
}
