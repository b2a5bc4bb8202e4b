//! Operations as the contract has them, and as a bad day has them.

use super::*;
use crate::model::Stamp;

fn parse(text: &str) -> Result<Operation, RowError> {
    row(text, &mut Words::default())
}

fn with_metadata(members: &str) -> Operation {
    parse(&format!(r#"{{"id":"x","metadata":{{{members}}}}}"#)).unwrap()
}

#[test]
fn a_running_one_reads_whole() {
    let text = include_str!("fixtures/running.json");
    let op = parse(text).unwrap();
    assert_eq!((&*op.id, op.state, op.status.as_deref()), ("run", State::Running, Some("RUNNING")));
    assert_eq!(
        (op.kind, op.target, op.tenant, op.body),
        (None, None, None, None),
        "the API tells none of these"
    );
    assert_eq!(op.created, Stamp::At(Millis(1_795_168_800_000)));
    assert_eq!(op.started, Stamp::At(Millis(1_795_168_801_000)));
    assert_eq!(op.ended, Stamp::Absent);
    let more = op.more.unwrap();
    assert_eq!((more.progress, more.step.as_deref()), (Some(Progress::Percent(40)), Some("PUSH_CONFIG")));
    assert_eq!((more.expires_in, more.cancelable), (Some(86_395), Some(true)));
    assert_eq!(more.updated, Stamp::At(Millis(1_795_168_805_000)));
    assert_eq!((more.result, more.failure), (None, None));
    assert!(op.oddities.is_empty(), "{:?}", op.oddities);
}

#[test]
fn a_failed_one_tells_why_and_a_succeeded_one_what() {
    let text = include_str!("fixtures/failed.json");
    let op = parse(text).unwrap();
    assert_eq!(op.state, State::Failed);
    assert_eq!(op.error.as_deref(), Some("device offline (error id ab12)"));
    assert_eq!(op.fact("error_code"), Some("INTERNAL_ERROR"));
    let failure = op.more.unwrap().failure.unwrap().cut(text.trim()).unwrap();
    assert!(failure.starts_with('{') && failure.contains("ab12"), "{failure}");
    let text = r#"{"id":"x","done":true,"metadata":{"status":"SUCCEEDED"},"response":[1.50,"a"]}"#;
    let op = parse(text).unwrap();
    assert_eq!(op.state, State::Succeeded);
    assert_eq!(op.more.unwrap().result.unwrap().cut(text), Some("[1.50,\"a\"]"));
}

#[test]
fn an_error_without_its_description_still_speaks() {
    for (error, said) in [
        (r#"{"error_code":"X","error_id":"1","error_message":"no"}"#, Some("no (error id 1)")),
        (r#"{"error_message":null,"error_message_description":"deep"}"#, Some("deep")),
        (r#"{"error_message":"a","error_message_description":"b"}"#, Some("a · b")),
        (r#"{"error_code":"X"}"#, Some("X")),
        ("{}", None),
        ("\"text\"", None),
        ("null", None),
    ] {
        let op = parse(&format!(r#"{{"id":"x","metadata":{{"status":"FAILED"}},"error":{error}}}"#)).unwrap();
        assert_eq!((op.state, op.error.as_deref()), (State::Failed, said), "{error}");
    }
}

#[test]
fn statuses_in_any_case_and_unknown_ones() {
    for (word, expected) in [
        ("PENDING", State::Waiting),
        ("running", State::Running),
        ("Canceling", State::Cancelling),
        ("SUCCEEDED", State::Succeeded),
        ("FAILED", State::Failed),
        ("CANCELED", State::Cancelled),
        ("CANCELLED", State::Unknown),
        ("DONE", State::Unknown),
        ("", State::Unknown),
    ] {
        assert_eq!(with_metadata(&format!(r#""status":"{word}""#)).state, expected, "{word}");
    }
    assert_eq!(with_metadata(r#""status":null"#).state, State::Unknown);
    assert_eq!(parse(r#"{"id":"x","done":true}"#).unwrap().state, State::Unknown, "done, but how?");
}

#[test]
fn times_in_every_form() {
    for text in [
        r#""2026-11-20T10:00:00.000Z""#,
        r#""2026-11-20T10:00:00+00:00""#,
        r#""2026-11-20T10:00:00.000+0000""#,
        r#""2026-11-20T19:00:00+0900""#,
        "1795168800",
        "1795168800000",
        r#""1795168800000""#,
    ] {
        let op = with_metadata(&format!(r#""create_time":{text}"#));
        assert_eq!(op.created, Stamp::At(Millis(1_795_168_800_000)), "{text}");
    }
    for (text, stamp) in [
        (r#""soon""#, Stamp::Odd("soon".into())),
        ("1795168800.25", Stamp::Odd("1795168800.25".into())),
        ("null", Stamp::Absent),
        (r#""""#, Stamp::Absent),
    ] {
        assert_eq!(with_metadata(&format!(r#""create_time":{text}"#)).created, stamp, "{text}");
    }
}

#[test]
fn wrong_types_cost_one_field_and_are_told() {
    let op = with_metadata(
        r#""status":["a"],"percentage":140,"step":5,"expires_in":"soon","cancelable":"maybe","update_time":{}"#,
    );
    assert_eq!(op.state, State::Unknown);
    let more = op.more.unwrap();
    assert_eq!((more.progress, more.step.as_deref()), (Some(Progress::Percent(100)), Some("5")));
    assert_eq!((more.expires_in, more.cancelable, more.updated), (None, None, Stamp::Absent));
    let told = op.oddities.join("; ");
    for name in ["status", "percentage", "step", "expires_in", "cancelable", "update_time"] {
        assert!(told.contains(name), "{name} is not in: {told}");
    }
}

#[test]
fn what_contradicts_itself_is_told() {
    let op = parse(r#"{"id":"x","done":true,"metadata":{"status":"RUNNING"}}"#).unwrap();
    assert_eq!(op.state, State::Running);
    assert!(op.oddities.iter().any(|line| line.contains("contradict")), "{:?}", op.oddities);
}

#[test]
fn metadata_cannot_pretend_to_be_the_operation() {
    let text = r#"{"id":"x","metadata":{"id":"y","response":1,"error":{"error_message":"no","error_code":"NO"},"status":"RUNNING"}}"#;
    let op = parse(text).unwrap();
    assert_eq!((&*op.id, op.error.as_deref(), op.fact("error_code")), ("x", None, None));
    assert_eq!(op.more.unwrap().result, None);
    assert!(
        parse(r#"{"id":"x","metadata":5}"#).unwrap().oddities.iter().any(|line| line.contains("metadata"))
    );
}

#[test]
fn only_a_missing_id_makes_it_unreadable() {
    for text in ["{}", r#"{"id":" "}"#, r#"{"id":null,"metadata":{"id":"y"}}"#, r#"{"id":[]}"#] {
        assert_eq!(parse(text), Err(RowError::NoId), "{text}");
    }
    assert_eq!(parse("[]"), Err(RowError::NotAnObject));
    assert!(matches!(parse(r#"{"id":"x""#), Err(RowError::NotJson(_))));
}
