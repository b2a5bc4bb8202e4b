//! Rows, answers and error bodies as the contract has them, and as a bad day has them.

use super::*;
use crate::http::ErrorKind;
use crate::json::split::Splitter;

fn parse(text: &str) -> Result<Operation, RowError> {
    row(text, &mut Words::default())
}

#[test]
fn the_fixture_reads() {
    let mut splitter = Splitter::new("operations");
    splitter.push(include_bytes!("fixtures/list.json"));
    let mut texts = vec![];
    while let Some(row) = splitter.next_row() {
        texts.push(String::from_utf8(row.to_vec()).unwrap());
    }
    let first = parse(&texts[0]).unwrap();
    assert_eq!(first.state, State::Succeeded);
    assert_eq!(first.request_id, None, "an empty request id is none");
    assert_eq!(first.name.as_deref(), Some("vna-1"));
    assert_eq!(first.duration(crate::time::Millis(0)), Some(643_000));
    let second = parse(&texts[1]).unwrap();
    assert_eq!(second.state, State::Running);
    assert_eq!(second.body.unwrap().cut(&texts[1]), Some(r#""{\"os-stop\": null}""#));
}

#[test]
fn the_name_is_found_where_the_body_starts_with_it() {
    let text = r#"{"id":"x","request_body":{"virtual_network_appliance": {"name": "fw-1", "tags": {}}}}"#;
    assert_eq!(parse(text).unwrap().name.as_deref(), Some("fw-1"));
    for other in [
        r#"{"id":"x","request_body":{"virtual_network_appliance":{"interfaces":{"interface_1":{"name":"if"}}}}}"#,
        r#"{"id":"x","request_body":{"os-stop":null}}"#,
        r#"{"id":"x","request_body":"text"}"#,
        r#"{"id":"x","request_body":{"virtual_network_appliance":{"name":7}}}"#,
    ] {
        assert_eq!(parse(other).unwrap().name, None, "{other}");
    }
}

#[test]
fn statuses_in_any_case_and_unknown_ones() {
    for (word, expected) in [
        ("COMPLETE", State::Succeeded),
        ("Complete", State::Succeeded),
        ("processing", State::Running),
        ("ERROR", State::Failed),
        ("Stuck", State::Stuck),
        ("SUSPENDED", State::Unknown),
        ("", State::Unknown),
    ] {
        let op = parse(&format!(r#"{{"id":"x","status":"{word}"}}"#)).unwrap();
        assert_eq!(op.state, expected, "{word}");
    }
}

#[test]
fn wrong_types_cost_one_field_and_are_named() {
    let op = parse(
        r#"{"id":42,"status":["a"],"resource_id":null,"tenant_id":true,"reception_datetime":"soon",
           "commit_datetime":17,"error":{"text":"no"},"extra":{"deep":[1]},"warning":""}"#,
    )
    .unwrap();
    assert_eq!((&*op.id, op.state, op.target.as_deref()), ("42", State::Unknown, None));
    assert_eq!(op.tenant.as_deref(), Some("true"));
    assert_eq!(op.created, Stamp::Odd("soon".into()));
    assert_eq!(op.ended, Stamp::Odd("17".into()));
    assert_eq!((op.error, op.warning), (None, None));
    let named: Vec<&str> = op.oddities.iter().filter_map(|line| line.split(' ').next()).collect();
    assert_eq!(named, ["id", "status", "tenant_id", "commit_datetime", "error"]);
}

#[test]
fn only_a_missing_id_makes_a_row_unreadable() {
    assert_eq!(parse("{}"), Err(RowError::NoId));
    assert_eq!(parse(r#"{"id":"  "}"#), Err(RowError::NoId));
    assert_eq!(parse("null"), Err(RowError::NotAnObject));
    assert_eq!(parse("[1]"), Err(RowError::NotAnObject));
    assert!(matches!(parse(r#"{"id":"x""#), Err(RowError::NotJson(_))));
}

#[test]
fn a_body_nested_ten_thousand_levels_is_only_a_range() {
    let deep = format!(r#"{{"id":"x","request_body":{}{}}}"#, "[".repeat(10_000), "]".repeat(10_000));
    let op = parse(&deep).unwrap();
    assert_eq!(op.body.unwrap().cut(&deep).map(str::len), Some(20_000));
}

#[test]
fn show_takes_the_wrapper_and_a_bare_object() {
    let answer = |body: &str| ApiResponse { status: 200, headers: vec![], body: body.as_bytes().to_vec() };
    for body in [r#"{"operation": {"id":"x"}}"#, r#"{"id":"x"}"#] {
        let (op, text) = shown(&answer(body), &mut Words::default()).unwrap();
        assert_eq!((&*op.id, text.as_str()), ("x", r#"{"id":"x"}"#));
    }
    for body in ["", "<html>", "[]", r#"{"operation": null}"#, r#"{"operation":{"status":"x"}}"#] {
        assert_eq!(
            shown(&answer(body), &mut Words::default()).unwrap_err().kind,
            ErrorKind::Unreadable,
            "{body}"
        );
    }
}

#[test]
fn every_documented_error_body_speaks() {
    for (body, expected) in [
        (r#"{"cause":"Internal Server Error"}"#, Some("Internal Server Error")),
        (r#"{"message":"no"}"#, Some("no")),
        (r#"{"message":"no","cause":"why"}"#, Some("why · no")),
        (
            r#"{"fault":{"faultstring":"Rate limit quota violation.","detail":{}}}"#,
            Some("Rate limit quota violation."),
        ),
        (r#"{"errorMessage":"denied"}"#, Some("denied")),
        (r#"{"error":{"code":401,"message":"expired"}}"#, Some("expired")),
        (r#"{"cause":5}"#, None),
        ("<html>", None),
        ("", None),
    ] {
        assert_eq!(said(body).as_deref(), expected, "{body}");
    }
}
