//! Errors as the contract has them: in operations, in HTTP answers, and in neither form.

use super::*;
use crate::dialect::{ActionCall, Dialect, Key, Outcome, google_lro::GoogleLro};
use crate::http::{ApiResponse, ErrorKind};

fn answer(status: u16, body: &str) -> ApiResponse {
    let headers = vec![("content-type".to_owned(), "application/json; charset=UTF-8".to_owned())];
    ApiResponse { status, headers, body: body.as_bytes().to_vec() }
}

#[test]
fn an_operations_error_names_its_code() {
    for (status, expected) in [
        (r#"{"code":5,"message":"gone"}"#, Some("NOT_FOUND (5): gone")),
        (r#"{"code":1}"#, Some("CANCELLED (1)")),
        (r#"{"code":42,"message":"odd"}"#, Some("code 42: odd")),
        (r#"{"code":-1,"message":"odd"}"#, Some("code -1: odd")),
        (r#"{"message":"no code"}"#, Some("no code")),
        (r#"{"code":"CANCELLED","message":"m"}"#, Some("m")),
        (r#"{"message":{"text":"deep"}}"#, Some(r#"{"text":"deep"}"#)),
        ("{}", None),
        ("\"text\"", None),
        ("[]", None),
    ] {
        assert_eq!(words(status).as_deref(), expected, "{status}");
    }
}

#[test]
fn every_kind_of_detail_becomes_a_line() {
    let status = r#"{"code":9,"message":"m","details":[
        {"@type":"type.googleapis.com/google.rpc.BadRequest","fieldViolations":[{"field":"filter","description":"no such field"},{"description":"negative","field":"pageSize"}]},
        {"@type":"type.googleapis.com/google.rpc.RetryInfo","retryDelay":"1.5s"},
        {"@type":"type.googleapis.com/google.rpc.Help","links":[{"description":"Read this","url":"https://x.example"}]},
        {"@type":"type.googleapis.com/example.Unheard","list":[1,2],"deep":{"a":{"b":{"c":{"d":1}}}}},
        {"@type":"type.googleapis.com/google.protobuf.Empty"},
        "text", null, {"plain":true}]}"#;
    let said = words(status).unwrap();
    let lines: Vec<&str> = said.lines().collect();
    assert_eq!(
        lines,
        [
            "FAILED_PRECONDITION (9): m",
            "BadRequest: field: filter, description: no such field; field: pageSize, description: negative",
            "RetryInfo: retryDelay: 1.5s",
            "Help: description: Read this, url: https://x.example",
            r#"Unheard: list: [1,2]; c: {"d":1}"#,
            "Empty",
            "Detail",
            "Detail",
            "Detail: plain: true",
        ]
    );
}

#[test]
fn details_without_end_are_cut() {
    let one =
        r#"{"@type":"google.rpc.DebugInfo","detail":"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"}"#;
    let many = vec![one; 10_000].join(",");
    let said = words(&format!(r#"{{"code":13,"details":[{many}]}}"#)).unwrap();
    assert!(said.len() < LONGEST + 200, "{}", said.len());
}

#[test]
fn an_http_error_speaks_with_its_name() {
    let body = r#"{"error":{"code":404,"message":"Resource was not found","status":"NOT_FOUND","details":[
        {"@type":"type.googleapis.com/google.rpc.ErrorInfo","reason":"RESOURCE_NOT_FOUND","domain":"workloadmanager.googleapis.com"}]}}"#;
    let error = GoogleLro.error(&answer(404, body));
    assert_eq!(error.kind, ErrorKind::NotFound);
    assert!(
        error.message.starts_with("NOT_FOUND: Resource was not found\nErrorInfo: reason: RESOURCE_NOT_FOUND"),
        "{}",
        error.message
    );
    for (body, expected) in [
        (
            r#"{"error":"invalid_grant","error_description":"Token expired"}"#,
            Some("invalid_grant: Token expired"),
        ),
        (r#"{"error":{"message":"plain"}}"#, Some("plain")),
        (r#"{"error":{"status":"ABORTED"}}"#, Some("ABORTED")),
        (r#"{"error":null}"#, None),
        (r#"{"error":[]}"#, None),
        ("{}", None),
        ("<html>", None),
        ("", None),
    ] {
        assert_eq!(said(body).as_deref(), expected, "{body}");
    }
    assert!(GoogleLro.error(&answer(502, "<html>")).message.contains("web page"));
}

#[test]
fn the_delay_and_the_request_id_stand_in_the_body() {
    let body = r#"{"error":{"code":429,"message":"slow down","status":"RESOURCE_EXHAUSTED","details":[
        {"@type":"type.googleapis.com/google.rpc.RetryInfo","retryDelay":"12.5s"},
        {"@type":"type.googleapis.com/google.rpc.RequestInfo","requestId":"req-9"}]}}"#;
    let mut late = answer(429, body);
    let error = GoogleLro.error(&late);
    assert_eq!(
        (error.kind, error.retry_after, error.request_id.as_deref()),
        (ErrorKind::RateLimited, Some(13), Some("req-9"))
    );
    late.headers.push(("retry-after".into(), "30".into()));
    assert_eq!(GoogleLro.error(&late).retry_after, Some(30), "the longer one");
    let bare = r#"{"error":{"code":429,"message":"slow down","details":[{"retryDelay":"soon"},5]}}"#;
    assert_eq!(GoogleLro.error(&answer(429, bare)).retry_after, None);
}

#[test]
fn what_a_service_does_not_offer_is_explained() {
    let body = r#"{"error":{"code":501,"message":"Operation is not implemented","status":"UNIMPLEMENTED"}}"#;
    let error = GoogleLro.error(&answer(501, body));
    assert_eq!(error.kind, ErrorKind::NotOffered);
    assert!(error.message.contains("does not offer the call"), "{}", error.message);
    let key = Key::of("projects/p/locations/l/operations/x");
    for (action, words) in
        [("cancel", "does not support cancelling"), ("delete", "does not support deleting")]
    {
        let call = ActionCall { action, key: key.clone(), inputs: vec![] };
        for body in [body, "", "<html>"] {
            let error = GoogleLro.parse_act("operations", &call, &answer(501, body)).unwrap_err();
            assert!(error.message.contains(words), "{}", error.message);
        }
    }
}

#[test]
fn accepted_is_not_done_and_a_web_page_is_neither() {
    let key = Key::of("projects/p/locations/l/operations/x");
    let call = |action| ActionCall { action, key: key.clone(), inputs: vec![] };
    let outcome =
        |action, body: &str| GoogleLro.parse_act("operations", &call(action), &answer(200, body)).unwrap();
    for body in ["{}", "", " {} \n", "null"] {
        assert_eq!(outcome("cancel", body), Outcome::Requested);
        assert_eq!(outcome("delete", body), Outcome::Done);
    }
    for action in ["cancel", "delete"] {
        assert!(matches!(
            outcome(action, "<html>Sign in to the hotel's network</html>"),
            Outcome::Unclear(_)
        ));
    }
}
