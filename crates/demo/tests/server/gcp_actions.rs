//! What changes something on Google Workload Manager: cancel, delete, and the calls that start operations.

use super::gcp::{FULL, IOWA, assert_refused, call, look, names, page};
use super::*;

#[tokio::test]
async fn a_cancel_shows_later_or_never() {
    let demo = demo();
    let cancel = async |id: &str, body: &str| {
        call(&demo, FULL, "POST", &format!("{IOWA}/operations/{id}:cancel"), body).await
    };
    for (id, body) in [("run", "{}"), ("race", ""), ("ok", ""), ("run", "")] {
        let accepted = cancel(id, body).await;
        assert_eq!((accepted.status, accepted.json()), (StatusCode::OK, json!({})), "{id}");
    }
    assert_eq!(look(&demo, "run").await["metadata"]["requestedCancellation"], true);
    assert!(!look(&demo, "run").await["done"].as_bool().unwrap_or(false), "the clock stands");
    demo.advance(10_000);
    assert_eq!(look(&demo, "run").await["error"]["code"], 1);
    assert!(look(&demo, "race").await.get("response").is_some(), "done in spite of it");
    assert!(look(&demo, "ok").await.get("response").is_some());
    assert_refused(&cancel("run-nocancel", "").await, 501, "UNIMPLEMENTED");
    assert_refused(&cancel("ok-strict", "").await, 400, "FAILED_PRECONDITION");
    assert_refused(&cancel("there-is-none", "").await, 404, "NOT_FOUND");
    let wait = call(&demo, FULL, "POST", &format!("{IOWA}/operations/run:wait"), "").await;
    assert_refused(&wait, 501, "UNIMPLEMENTED");
}

#[tokio::test]
async fn a_delete_removes_the_record_and_stops_nothing() {
    let demo = demo();
    let started =
        call(&demo, FULL, "POST", &format!("{IOWA}/evaluations?evaluationId=kept"), "{}").await.json();
    for name in [format!("{IOWA}/operations/ok"), text(&started, "name").to_owned()] {
        let deleted = call(&demo, FULL, "DELETE", &name, "").await;
        assert_eq!((deleted.status, deleted.json()), (StatusCode::OK, json!({})));
        assert_refused(&call(&demo, FULL, "GET", &name, "").await, 404, "NOT_FOUND");
        assert_refused(&call(&demo, FULL, "DELETE", &name, "").await, 404, "NOT_FOUND");
        assert!(!names(&page(&demo, IOWA, &[("pageSize", "1000")]).await).contains(&name));
    }
    demo.advance(60_000);
    let made = call(&demo, FULL, "GET", &format!("{IOWA}/evaluations/kept"), "").await;
    assert_eq!(made.status, StatusCode::OK, "the work went on");
    let strict = call(&demo, FULL, "DELETE", &format!("{IOWA}/operations/run-strict"), "").await;
    assert_refused(&strict, 400, "FAILED_PRECONDITION");
    assert_eq!(look(&demo, "run-strict").await["metadata"]["verb"], "run");
}

#[tokio::test]
async fn calls_on_evaluations_start_operations() {
    let demo = demo();
    let evaluation = format!("{IOWA}/evaluations/e1");
    let post = async |path: String, body: &str| call(&demo, FULL, "POST", &path, body).await;
    let create = || format!("{IOWA}/evaluations?evaluationId=e1&requestId=r-1");
    let started = post(create(), r#"{"description":"mine"}"#).await;
    let operation = started.json();
    assert_eq!(
        (operation["metadata"]["verb"].as_str(), operation["metadata"]["target"].as_str()),
        (Some("create"), Some(evaluation.as_str()))
    );
    assert_eq!(post(create(), "{}").await.json(), operation, "the same request id starts nothing");
    let again = post(format!("{IOWA}/evaluations?evaluationId=e1"), "{}").await;
    assert_refused(&again, 409, "ABORTED");
    assert_refused(&call(&demo, FULL, "GET", &evaluation, "").await, 404, "NOT_FOUND");
    demo.advance(60_000);
    let done = call(&demo, FULL, "GET", text(&operation, "name"), "").await.json();
    assert_eq!(
        (done["response"]["name"].as_str(), done["response"]["description"].as_str()),
        (Some(evaluation.as_str()), Some("mine"))
    );
    assert_refused(&post(format!("{IOWA}/evaluations?evaluationId=e1"), "{}").await, 409, "ALREADY_EXISTS");
    let changed = call(&demo, FULL, "PATCH", &evaluation, r#"{"description":"ours"}"#).await.json();
    assert_eq!(changed["metadata"]["verb"], "update");
    demo.advance(60_000);
    assert_eq!(call(&demo, FULL, "GET", &evaluation, "").await.json()["description"], "ours");
    let run = post(format!("{evaluation}/executions:run"), r#"{"executionId":"x1"}"#).await.json();
    assert_eq!(
        (run["metadata"]["verb"].as_str(), run["metadata"]["target"].as_str()),
        (Some("run"), Some(format!("{evaluation}/executions/x1").as_str()))
    );
    demo.advance(300_000);
    let ran = call(&demo, FULL, "GET", text(&run, "name"), "").await.json();
    assert_eq!(
        (ran["response"]["evaluationId"].as_str(), ran["response"]["state"].as_str()),
        (Some("e1"), Some("SUCCEEDED"))
    );
    let execution = format!("{evaluation}/executions/x1");
    let cleared = call(&demo, FULL, "DELETE", &execution, "").await.json();
    assert_eq!(cleared["metadata"]["verb"], "delete");
    demo.advance(60_000);
    assert_refused(&call(&demo, FULL, "DELETE", &execution, "").await, 404, "NOT_FOUND");
    let removed = call(&demo, FULL, "DELETE", &evaluation, "").await.json();
    assert_eq!(removed["metadata"]["target"], evaluation.as_str());
    demo.advance(60_000);
    assert_refused(&call(&demo, FULL, "GET", &evaluation, "").await, 404, "NOT_FOUND");
    assert_refused(&call(&demo, FULL, "PATCH", &evaluation, "{}").await, 404, "NOT_FOUND");
    let bad = post(format!("{IOWA}/evaluations?evaluationId=Not%20An%20Id"), "{}").await;
    assert_refused(&bad, 400, "INVALID_ARGUMENT");
    assert_refused(
        &post(format!("{IOWA}/evaluations?evaluationId=e2"), "{oops").await,
        400,
        "INVALID_ARGUMENT",
    );
    let busy = post(format!("{IOWA}/evaluations/sap-hana-prod/executions:run"), "{}").await;
    assert_refused(&busy, 409, "ABORTED");
}

#[tokio::test]
async fn words_decide_how_started_ones_end() {
    let demo = demo();
    let start = async |id: &str, description: &str| {
        let path = format!("{IOWA}/evaluations?evaluationId={id}");
        let body = json!({ "description": description }).to_string();
        let name = text(&call(&demo, FULL, "POST", &path, &body).await.json(), "name").to_owned();
        name.rsplit('/').next().unwrap().to_owned()
    };
    let (failing, racing, fixed) =
        (start("f", "demo-fail").await, start("r", "demo-race").await, start("x-nocancel", "").await);
    let cancel = async |id: &str| {
        call(&demo, FULL, "POST", &format!("{IOWA}/operations/{id}:cancel"), "").await.status
    };
    assert_eq!(cancel(&racing).await, StatusCode::OK);
    assert_eq!(cancel(&fixed).await, StatusCode::NOT_IMPLEMENTED);
    demo.advance(60_000);
    assert!(look(&demo, &failing).await["error"]["code"].as_i64().is_some_and(|code| code != 1));
    assert!(look(&demo, &racing).await.get("response").is_some());
    assert_refused(&call(&demo, FULL, "GET", &format!("{IOWA}/evaluations/f"), "").await, 404, "NOT_FOUND");
}
