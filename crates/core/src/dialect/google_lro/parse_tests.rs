//! Operations, pages and locations as the contract has them, and as a bad day has them.

use super::*;
use crate::model::Stamp;
use crate::time::Millis;

const NAME: &str = "projects/demo/locations/us-central1/operations/op-1";

fn parse(text: &str) -> Result<Operation, RowError> {
    row(text, &mut Words::default())
}

fn op(members: &str) -> Operation {
    parse(&format!(r#"{{"name":"{NAME}"{members}}}"#)).unwrap()
}

#[test]
fn a_failed_one_reads_whole() {
    let text = include_str!("fixtures/failed.json");
    let op = parse(text).unwrap();
    assert_eq!((&*op.id, op.state, op.status.as_deref()), (NAME, State::Failed, Some("FAILED_PRECONDITION")));
    assert_eq!((op.kind.as_deref(), op.tenant.as_deref()), (Some("create"), Some("demo")));
    assert_eq!(op.target.as_deref(), Some("projects/demo/locations/us-central1/evaluations/e1"));
    assert_eq!((op.target_type.as_deref(), op.name.as_deref()), (Some("evaluations"), Some("e1")));
    assert_eq!(op.created, Stamp::At(Millis(1_795_168_800_123)));
    assert_eq!(op.ended, Stamp::At(Millis(1_795_168_860_000)));
    let facts: Vec<&str> = op.more.as_ref().unwrap().facts.iter().map(|(name, _)| *name).collect();
    assert_eq!(facts, ["location", "apiVersion", "statusMessage", "requestedCancellation", "@type"]);
    assert_eq!(
        op.error.as_deref(),
        Some(
            "FAILED_PRECONDITION (9): evaluation has no resources\nErrorInfo: reason: NO_RESOURCES, domain: workloadmanager.googleapis.com; evaluation: e1"
        )
    );
    let cut =
        |span: Option<crate::model::Span>| span.and_then(|span| span.cut(text.trim())).unwrap_or_default();
    assert!(cut(op.body).contains("createTime"));
    assert!(cut(op.more.as_ref().unwrap().failure).contains("NO_RESOURCES"));
    assert!(op.oddities.is_empty(), "{:?}", op.oddities);
}

#[test]
fn states_as_the_contract_derives_them() {
    let error = |code: &str| format!(r#","done":true,"error":{{"code":{code},"message":"m"}}"#);
    for (members, state, odd) in [
        (String::new(), State::Running, ""),
        (r#","done":false"#.to_owned(), State::Running, ""),
        (r#","done":null,"error":null,"response":null"#.to_owned(), State::Running, ""),
        (r#","metadata":{"requestedCancellation":false}"#.to_owned(), State::Running, ""),
        (r#","metadata":{"requestedCancellation":true}"#.to_owned(), State::Cancelling, ""),
        (r#","done":true,"response":{}"#.to_owned(), State::Succeeded, ""),
        (r#","done":true"#.to_owned(), State::Succeeded, "neither"),
        (error("1"), State::Cancelled, ""),
        (error("5"), State::Failed, ""),
        (error("\"9\""), State::Failed, ""),
        (error("42"), State::Failed, ""),
        (error("0"), State::Unknown, "without a readable code"),
        (error("\"CANCELLED\""), State::Unknown, "without a readable code"),
        (error("null"), State::Unknown, "without a readable code"),
        (r#","done":true,"error":"text""#.to_owned(), State::Unknown, "without a readable code"),
        (r#","done":true,"error":{"code":5},"response":{}"#.to_owned(), State::Unknown, "both"),
        (r#","error":{"code":5},"response":{}"#.to_owned(), State::Unknown, "both"),
        (r#","response":{}"#.to_owned(), State::Unknown, "does not say that the operation is done"),
        (r#","error":{"code":5}"#.to_owned(), State::Unknown, "does not say that the operation is done"),
        (r#","done":"soon""#.to_owned(), State::Unknown, "done is not true or false"),
        (r#","done":1"#.to_owned(), State::Unknown, "done is not true or false"),
    ] {
        let op = op(&members);
        assert_eq!(op.state, state, "{members}");
        let told = op.oddities.join("; ");
        assert!(told.contains(odd) && told.is_empty() == odd.is_empty(), "{members}: {told}");
    }
}

#[test]
fn metadata_of_any_kind_is_shown_as_it_is() {
    for metadata in [
        r#"{"@type":"type.googleapis.com/example.Unknown","progressPercent":50,"verb":"create"}"#,
        r#"{"verb":"create"}"#,
        r#"{"@type":"type.googleapis.com/google.protobuf.Empty"}"#,
    ] {
        let op = op(&format!(r#","metadata":{metadata}"#));
        assert!(op.body.is_some() && op.oddities.is_empty(), "{metadata}: {:?}", op.oddities);
    }
    let none = op("");
    assert_eq!((none.body, none.kind, none.created), (None, None, Stamp::Absent));
    let odd = op(r#","metadata":"text""#);
    assert!(odd.oddities.iter().any(|line| line.contains("metadata")), "{:?}", odd.oddities);
}

#[test]
fn metadata_cannot_pretend_to_be_the_operation() {
    let op =
        op(r#","metadata":{"name":"other","done":true,"response":{},"error":{"code":5},"createTime":5}"#);
    assert_eq!((&*op.id, op.state, op.error.as_deref()), (NAME, State::Running, None));
    assert_eq!(op.more.unwrap().result, None);
    assert_eq!(op.created, Stamp::Odd("5".into()));
}

#[test]
fn a_name_of_another_form_is_an_id_without_a_project() {
    let op = parse(r#"{"name":"operations/x"}"#).unwrap();
    assert_eq!((&*op.id, op.tenant.as_deref(), op.fact("location")), ("operations/x", None, None));
    for text in ["{}", r#"{"name":""}"#, r#"{"name":null}"#, r#"{"name":{}}"#, r#"{"metadata":{"name":"x"}}"#]
    {
        assert_eq!(parse(text), Err(RowError::NoId), "{text}");
    }
}

#[test]
fn only_an_empty_or_absent_token_ends_a_list() {
    for (envelope, next) in [
        (r#"{"operations":[],"nextPageToken":"tok2"}"#, Some("tok2")),
        (r#"{"operations":[],"nextPageToken":""}"#, None),
        (r#"{"operations":[],"nextPageToken":null}"#, None),
        ("{}", None),
    ] {
        assert_eq!(page(envelope).unwrap().next.as_deref(), next, "{envelope}");
    }
    let told = page(r#"{"unreachable":["projects/demo/locations/europe-west9",5,null,""]}"#).unwrap();
    assert_eq!(told.unreachable, ["projects/demo/locations/europe-west9", "5"]);
    assert_eq!(page(r#"{"unreachable":"x"}"#).unwrap().unreachable, Vec::<String>::new());
    for odd in ["", "[]", "not json", r#"{"error":{}}"#, r#"{"kind":"something else"}"#] {
        assert_eq!(page(odd), None, "{odd}");
    }
}

#[test]
fn locations_by_their_ids() {
    let answer = |body: &str| ApiResponse { status: 200, headers: vec![], body: body.as_bytes().to_vec() };
    let body = r#"{"locations":[{"name":"projects/demo/locations/us-central1","locationId":"us-central1","displayName":"Iowa"},
                  {"locationId":"asia-northeast1"},{"locationId":null},5]}"#;
    let found = locations(&answer(body)).unwrap();
    assert_eq!(found.len(), 2);
    assert_eq!((found[0].value.as_str(), found[0].note.as_deref()), ("us-central1", Some("Iowa")));
    assert_eq!(found[1].note, None);
    assert_eq!(locations(&answer("{}")), Ok(vec![]));
    for body in ["", "<html>", "[]"] {
        assert!(locations(&answer(body)).is_err(), "{body}");
    }
}
