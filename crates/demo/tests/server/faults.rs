//! Every fault, by its sentinel and on order.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::http::StatusCode as Code;
use longrun_demo::{FAULTS, Sleep};

use super::*;

async fn meet(fault: &str) -> Answer {
    let demo = demo();
    let token = token(&demo, "APIKEY", "APISECRET").await;
    list(&demo, &token, &format!("request_id=fault-{fault}")).await
}

#[tokio::test]
async fn each_error_body_of_the_service_can_be_met() {
    let expected = [
        ("403", Code::FORBIDDEN, "/errorMessage"),
        ("429", Code::TOO_MANY_REQUESTS, "/fault/faultstring"),
        ("500", Code::INTERNAL_SERVER_ERROR, "/cause"),
        ("503", Code::SERVICE_UNAVAILABLE, "/message"),
        ("body-message", Code::INTERNAL_SERVER_ERROR, "/message"),
        ("body-both", Code::INTERNAL_SERVER_ERROR, "/cause"),
        ("body-fault", Code::INTERNAL_SERVER_ERROR, "/fault/faultstring"),
        ("body-error-message", Code::INTERNAL_SERVER_ERROR, "/errorMessage"),
        ("body-keystone", Code::INTERNAL_SERVER_ERROR, "/error/message"),
    ];
    for (fault, status, where_) in expected {
        let answer = meet(fault).await;
        assert_eq!((answer.status, answer.header("content-type")), (status, "application/json"), "{fault}");
        assert!(answer.json().pointer(where_).is_some_and(Value::is_string), "{fault}");
    }
    assert_eq!(meet("429").await.header("retry-after"), "7");
    assert_eq!(meet("503").await.header("retry-after"), "5");
    let empty = meet("body-empty").await;
    assert_eq!((empty.status, empty.body.len()), (Code::INTERNAL_SERVER_ERROR, 0));
}

#[tokio::test]
async fn answers_that_are_no_answers() {
    let html = meet("html").await;
    assert_eq!((html.status, html.header("content-type")), (Code::BAD_GATEWAY, "text/html; charset=utf-8"));
    assert!(html.text().contains("<h1>502"));
    for broken in ["truncated", "not-json"] {
        let answer = meet(broken).await;
        assert_eq!(answer.status, Code::OK);
        assert!(serde_json::from_slice::<Value>(&answer.body).is_err(), "{broken}");
    }
    assert!(meet("truncated").await.text().starts_with("{\"operations\": [{"));
    assert!(meet("no-operations").await.json().get("operations").is_none());
    assert!(meet("null-operations").await.json()["operations"].is_null());
}

#[tokio::test]
async fn a_dropped_connection_fails_in_the_middle_of_the_body() {
    let demo = demo();
    let token = token(&demo, "APIKEY", "APISECRET").await;
    let asked =
        request("GET", &format!("{OPERATIONS}?request_id=fault-drop"), &[("x-auth-token", &token)], "");
    let response = app(demo).oneshot(asked).await.unwrap();
    assert_eq!(response.status(), Code::OK);
    assert!(to_bytes(response.into_body(), usize::MAX).await.is_err());
}

#[tokio::test]
async fn slow_answers_wait_as_long_as_they_say_and_are_good() {
    let waited: Arc<Mutex<Vec<Duration>>> = Arc::default();
    let noted = waited.clone();
    let sleeper = move |duration| -> Sleep {
        noted.lock().unwrap().push(duration);
        Box::pin(std::future::ready(()))
    };
    let demo = Demo::with_sleeper(config(), || START, Arc::new(sleeper));
    let all = rows(&demo, "status=ERROR").await;
    assert_eq!(rows(&demo, "status=ERROR&request_id=fault-slow").await, all);
    assert_eq!(rows(&demo, "status=ERROR&tenant_id=fault-slow-3").await, all);
    assert_eq!(*waited.lock().unwrap(), [8, 3].map(Duration::from_secs));
    waited.lock().unwrap().clear();
    assert_eq!(rows(&demo, "status=ERROR&resource_id=fault-trickle").await, all);
    let total: Duration = waited.lock().unwrap().iter().sum();
    assert!((Duration::from_secs(5)..Duration::from_secs(6)).contains(&total), "{total:?}");
}

#[tokio::test]
async fn an_expired_token_is_dead_until_signing_in_again() {
    let demo = demo();
    let first = token(&demo, "APIKEY", "APISECRET").await;
    let asked = "request_id=fault-401";
    assert_eq!(list(&demo, &first, asked).await.status, Code::UNAUTHORIZED);
    assert_eq!(list(&demo, &first, "").await.status, Code::UNAUTHORIZED);
    let second = token(&demo, "APIKEY", "APISECRET").await;
    assert_eq!(list(&demo, &second, asked).await.status, Code::OK);
    for _ in 0..2 {
        let again = token(&demo, "APIKEY", "APISECRET").await;
        assert_eq!(list(&demo, &again, "id=fault-401-always").await.status, Code::UNAUTHORIZED);
        assert_eq!(list(&demo, &again, "").await.status, Code::UNAUTHORIZED);
    }
}

#[tokio::test]
async fn ordered_faults_spoil_the_next_answers_and_then_all_is_well() {
    let demo = demo();
    let token = token(&demo, "APIKEY", "APISECRET").await;
    assert_eq!(post(&demo, "/demo/fault?kind=429&count=2").await.status, Code::OK);
    assert_eq!(list(&demo, &token, "").await.status, Code::TOO_MANY_REQUESTS);
    let shown = get(&demo, &token, &format!("{OPERATIONS}/75aab8db-8632-42b4-af2f-06b5820798ef")).await;
    assert_eq!(shown.status, Code::TOO_MANY_REQUESTS);
    assert_eq!(list(&demo, &token, "").await.status, Code::OK);
    post(&demo, "/demo/fault?kind=html&count=9").await;
    post(&demo, "/demo/fault?kind=none").await;
    assert_eq!(list(&demo, &token, "").await.status, Code::OK);
    post(&demo, "/demo/fault?kind=401").await;
    assert_eq!(list(&demo, &token, "").await.status, Code::UNAUTHORIZED);
    assert_eq!(post(&demo, "/demo/fault?kind=nonsense").await.status, Code::BAD_REQUEST);
    assert_eq!(post(&demo, "/demo/fault?kind=500&count=x").await.status, Code::BAD_REQUEST);
    assert!(demo.fail_next("odd-rows", 1) && !demo.fail_next("nonsense", 1));
}

#[tokio::test]
async fn odd_rows_come_as_a_list_and_one_by_one() {
    let demo = demo();
    let token = token(&demo, "APIKEY", "APISECRET").await;
    let listed = list(&demo, &token, "request_id=fault-odd-rows").await;
    let text = listed.text();
    for part in
        ["{},null,42,", "\"__proto__\"", "<script>alert(2)</script>", "\u{202e}", "\"status\":404", "\\ud83d"]
    {
        assert!(text.contains(part), "{part}");
    }
    let history = list(&demo, &token, "resource_id=0dd0c0de-0000-4000-8000-0000000000aa").await;
    assert_eq!(history.body, listed.body);
    let encoded = format!("{OPERATIONS}/odd%2Fid%3Fx%3D1%23frag%252F%20100%25%20done");
    let shown = get(&demo, &token, &encoded).await;
    assert_eq!(shown.status, Code::OK);
    assert_eq!(shown.json()["operation"]["id"], "odd/id?x=1#frag%2F 100% done");
    let markup = get(&demo, &token, &format!("{OPERATIONS}/0dd0c0de-0000-4000-8000-000000000004")).await;
    assert_eq!(markup.json()["operation"]["request_type"], "<script>alert(2)</script>");
}

#[tokio::test]
async fn the_large_and_the_deep_body_come_whole() {
    let demo = demo();
    let token = token(&demo, "APIKEY", "APISECRET").await;
    let big = list(&demo, &token, "tenant_id=fault-5mb").await;
    let id = big.json()["operations"][0]["id"].as_str().unwrap().to_owned();
    assert!(big.body.len() > 5 * 1024 * 1024);
    let shown = get(&demo, &token, &format!("{OPERATIONS}/{id}")).await;
    assert_eq!(shown.json()["operation"], big.json()["operations"][0]);
    let deep = list(&demo, &token, "tenant_id=fault-deep").await.text();
    assert!(deep.contains(&"{\"in\":[".repeat(5_000)) && deep.ends_with("\"}]}"));
    assert_eq!(get(&demo, &token, &format!("{OPERATIONS}/fault-deep")).await.status, Code::OK);
}

#[tokio::test]
async fn sentinels_work_in_every_filter_as_an_id_and_as_a_user() {
    let demo = demo();
    let token = token(&demo, "APIKEY", "APISECRET").await;
    for name in ["id", "resource_id", "resource_type", "request_id", "request_type", "status", "tenant_id"] {
        assert_eq!(list(&demo, &token, &format!("{name}=fault-503")).await.status, Code::SERVICE_UNAVAILABLE);
    }
    let shown = get(&demo, &token, &format!("{OPERATIONS}/fault-500")).await;
    assert_eq!(shown.status, Code::INTERNAL_SERVER_ERROR);
    let refused = sign_in(&demo, password("fault-503", "any", None)).await;
    assert_eq!(refused.status, Code::SERVICE_UNAVAILABLE);
    let unsigned = send(&demo, request("GET", &format!("{OPERATIONS}?id=fault-500"), &[], "")).await;
    assert_eq!(unsigned.status, Code::UNAUTHORIZED, "a fault is only for those who signed in");
    assert_eq!(list(&demo, &token, "id=fault-of-mine").await.json(), json!({ "operations": [] }));
}

#[test]
fn the_readme_lists_every_fault() {
    let readme = include_str!("../../README.md");
    for fault in &FAULTS {
        assert!(readme.contains(&format!("| `{}` | {} |", fault.name, fault.what)), "{}", fault.name);
    }
}
