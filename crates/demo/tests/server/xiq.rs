//! ExtremeCloud IQ from outside: signing in, operations, the calls that start them, limits, odd records.

use super::*;

const FULL: &str = "xiq-full-token";
const READING: &str = "xiq-readonly-token";

async fn call(demo: &Demo, token: &str, method: &str, path: &str, body: &str) -> Answer {
    let bearer = format!("Bearer {token}");
    let headers = [("authorization", bearer.as_str()), ("content-type", "application/json")];
    send(demo, request(method, &format!("/xiq{path}"), &headers, body.to_owned())).await
}

async fn look(demo: &Demo, id: &str) -> Value {
    let answer = call(demo, FULL, "GET", &format!("/operations/{id}"), "").await;
    assert_eq!(answer.status, StatusCode::OK, "{id}: {}", answer.text());
    answer.json()
}

async fn status(demo: &Demo, id: &str) -> String {
    look(demo, id).await["metadata"]["status"].as_str().unwrap().to_owned()
}

async fn login(demo: &Demo, user: &str, password: &str) -> Answer {
    let body = json!({ "username": user, "password": password }).to_string();
    send(demo, request("POST", "/xiq/login", &[("content-type", "application/json")], body)).await
}

async fn signed_in(demo: &Demo, user: &str, password: &str) -> String {
    let answer = login(demo, user, password).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    answer.json()["access_token"].as_str().unwrap().to_owned()
}

/// The current client refuses an error that lacks one of the four.
fn assert_error(answer: &Answer, status: u16, code: &str) {
    assert_eq!(answer.status.as_u16(), status, "{}", answer.text());
    assert_eq!(answer.header("content-type"), "application/json");
    let error = answer.json();
    assert_eq!(error["error_code"], code);
    for field in ["error_id", "error_message", "error_message_description"] {
        assert!(!text(&error, field).is_empty(), "{field} in {error}");
    }
}

#[tokio::test]
async fn signing_in_gives_a_token_that_signing_out_kills() {
    let demo = demo();
    let answer = login(&demo, "operator@example.com", "operator").await.json();
    assert_eq!((text(&answer, "token_type"), answer["expires_in"].as_i64()), ("Bearer", Some(86_400)));
    let token = text(&answer, "access_token");
    assert_eq!(token.split('.').count(), 3, "{token}");
    assert_eq!(call(&demo, token, "GET", "/operations/op-running", "").await.status, StatusCode::OK);
    let out = call(&demo, token, "POST", "/logout", "").await;
    assert_eq!((out.status, out.body.len()), (StatusCode::OK, 0));
    assert_error(&call(&demo, token, "GET", "/operations/op-running", "").await, 401, "UNAUTHENTICATED");
    assert_error(&call(&demo, token, "POST", "/logout", "").await, 401, "UNAUTHENTICATED");
    assert_error(&login(&demo, "operator@example.com", "wrong").await, 401, "INVALID_CREDENTIALS");
    let empty = send(&demo, request("POST", "/xiq/login", &[], "")).await;
    assert_error(&empty, 400, "BAD_REQUEST");
}

#[tokio::test]
async fn tokens_die_after_their_time() {
    let demo = demo();
    let token = signed_in(&demo, "short@example.com", "operator").await;
    demo.advance(119_000);
    assert_eq!(call(&demo, &token, "GET", "/operations/op-failed", "").await.status, StatusCode::OK);
    demo.advance(1_000);
    assert_error(&call(&demo, &token, "GET", "/operations/op-failed", "").await, 401, "UNAUTHENTICATED");
}

#[tokio::test]
async fn a_token_for_a_script_may_at_most_what_its_maker_may() {
    let demo = demo();
    let expire = START / 1000 + 600;
    let wanted = json!({ "permissions": ["lro:r"], "description": "for a script", "expire_time": expire });
    let made = call(&demo, FULL, "POST", "/auth/apitoken", &wanted.to_string()).await.json();
    assert_eq!(made["expire_time"], "2026-11-20T00:10:00.000Z");
    assert_eq!(made["permissions"], json!(["lro:r"]));
    let token = text(&made, "access_token");
    assert_eq!(call(&demo, token, "GET", "/operations/op-running", "").await.status, StatusCode::OK);
    let refused = call(&demo, token, "DELETE", "/operations/op-failed", "").await;
    assert_error(&refused, 403, "ACCESS_DENIED");
    let more = json!({ "permissions": ["lro"] }).to_string();
    assert_error(&call(&demo, token, "POST", "/auth/apitoken", &more).await, 403, "ACCESS_DENIED");
    let soon = json!({ "permissions": ["lro"], "expire_time": START / 1000 + 10 }).to_string();
    assert_error(&call(&demo, FULL, "POST", "/auth/apitoken", &soon).await, 400, "BAD_REQUEST");
    demo.advance(600_000);
    assert_error(&call(&demo, token, "GET", "/operations/op-running", "").await, 401, "UNAUTHENTICATED");
}

#[tokio::test]
async fn the_seeded_operations_stand_in_every_state_and_live() {
    let demo = demo();
    let expected = [
        ("op-running", "RUNNING", true),
        ("op-pending", "PENDING", true),
        ("op-canceling", "CANCELING", false),
        ("op-succeeded", "SUCCEEDED", false),
        ("op-failed", "FAILED", false),
        ("op-canceled", "CANCELED", false),
        ("op-uncancelable", "RUNNING", false),
        ("op-silent", "RUNNING", true),
    ];
    for (id, status, cancelable) in expected {
        let operation = look(&demo, id).await;
        let metadata = &operation["metadata"];
        assert_eq!(
            (text(metadata, "status"), metadata["cancelable"].as_bool()),
            (status, Some(cancelable)),
            "{id}"
        );
        let done = matches!(status, "SUCCEEDED" | "FAILED" | "CANCELED");
        assert_eq!(operation["done"], done, "{id}");
        assert_eq!(operation.get("error").is_some(), matches!(status, "FAILED" | "CANCELED"), "{id}");
        assert_eq!(operation.get("response").is_some(), status == "SUCCEEDED", "{id}");
        assert_eq!(metadata.get("end_time").is_some(), done, "{id}");
    }
    let percent = |operation: Value| operation["metadata"]["percentage"].as_i64();
    assert!(percent(look(&demo, "op-silent").await).is_none());
    let before = percent(look(&demo, "op-quick").await).unwrap();
    demo.advance(20_000);
    assert!(percent(look(&demo, "op-quick").await).unwrap() > before);
    demo.advance(25_000);
    assert_eq!(status(&demo, "op-quick").await, "SUCCEEDED");
    let encoded = look(&demo, "site%207%2Fap%3F%23100%25%C2%B7%E5%A4%A7%E9%98%AA").await;
    assert_eq!(encoded["id"], "site 7/ap?#100%·大阪");
}

#[tokio::test]
async fn a_record_counts_down_and_vanishes() {
    let demo = demo();
    let left = |operation: Value| operation["metadata"]["expires_in"].as_i64().unwrap();
    assert_eq!(left(look(&demo, "op-expiring").await), 120);
    demo.advance(119_000);
    assert_eq!(left(look(&demo, "op-expiring").await), 1);
    demo.advance(1_000);
    assert_error(&call(&demo, FULL, "GET", "/operations/op-expiring", "").await, 404, "NOT_FOUND");
}

#[tokio::test]
async fn a_cancel_stops_loses_or_is_refused() {
    let demo = demo();
    let cancel = async |id: &str| call(&demo, FULL, "POST", &format!("/operations/{id}/:cancel"), "").await;
    for id in ["op-running", "op-race", "op-pending"] {
        let accepted = cancel(id).await;
        assert_eq!((accepted.status, accepted.body.len()), (StatusCode::OK, 0), "{id}");
        assert_eq!(status(&demo, id).await, "CANCELING", "nothing settles while the clock stands");
        assert_error(&cancel(id).await, 400, "BAD_REQUEST");
    }
    for id in ["op-uncancelable", "op-succeeded", "op-canceling", "odd-extra"] {
        assert_error(&cancel(id).await, 400, "BAD_REQUEST");
    }
    assert_error(&cancel("nothing").await, 404, "NOT_FOUND");
    demo.advance(10_000);
    for (id, ended) in [("op-running", "CANCELED"), ("op-race", "SUCCEEDED"), ("op-pending", "CANCELED")] {
        assert_eq!(status(&demo, id).await, ended);
    }
    assert_eq!(look(&demo, "op-running").await["error"]["error_code"], "CANCELED");
}

#[tokio::test]
async fn what_is_done_or_pending_can_be_deleted_and_is_gone() {
    let demo = demo();
    for id in ["op-succeeded", "op-failed", "op-pending", "odd-both"] {
        let path = format!("/operations/{id}");
        let deleted = call(&demo, FULL, "DELETE", &path, "").await;
        assert_eq!((deleted.status, deleted.body.len()), (StatusCode::OK, 0), "{id}");
        assert_error(&call(&demo, FULL, "GET", &path, "").await, 404, "NOT_FOUND");
        assert_error(&call(&demo, FULL, "DELETE", &path, "").await, 404, "NOT_FOUND");
    }
    assert_error(&call(&demo, FULL, "DELETE", "/operations/op-running", "").await, 400, "BAD_REQUEST");
    assert_eq!(status(&demo, "op-running").await, "RUNNING");
}

#[tokio::test]
async fn who_may_only_read_changes_nothing() {
    let demo = demo();
    let viewer = signed_in(&demo, "viewer@example.com", "viewer").await;
    for token in [READING, &viewer] {
        for (method, path) in [
            ("POST", "/operations/op-running/:cancel"),
            ("DELETE", "/operations/op-failed"),
            ("DELETE", "/operations/there-is-none"),
            ("POST", "/devices/:reset?async=true"),
        ] {
            assert_error(&call(&demo, token, method, path, "{}").await, 403, "ACCESS_DENIED");
        }
        assert_eq!(call(&demo, token, "GET", "/operations/op-failed", "").await.status, StatusCode::OK);
    }
    assert_eq!(status(&demo, "op-running").await, "RUNNING");
}

#[tokio::test]
async fn the_calls_that_start_operations() {
    let demo = demo();
    let cli = r#"{"devices":{"ids":[1,2]},"clis":["show version"]}"#;
    for (path, body) in [
        ("/devices/:cli?async=true", cli),
        ("/devices/:reset?async=True", r#"{"device_ids":[1]}"#),
        ("/devices/7/:reset?async=TRUE", ""),
        ("/devices/:advanced-onboard?async=true", r#"{"extreme":[{"serial_number":"A1"}]}"#),
        ("/deployments?async=true", r#"{"devices":{"ids":[3]}}"#),
        ("/account/viq/export", ""),
        ("/logs/audit/reports?async=true", ""),
    ] {
        let started = call(&demo, FULL, "POST", path, body).await;
        assert_eq!((started.status, started.body.len()), (StatusCode::ACCEPTED, 0), "{path}");
        let location = started.header("location");
        let id = location
            .strip_prefix("http://127.0.0.1:8787/xiq/operations/")
            .unwrap_or_else(|| panic!("{location}"));
        assert_eq!(status(&demo, id).await, "PENDING", "{path}");
        demo.advance(3_000);
        assert_eq!(status(&demo, id).await, "RUNNING", "{path}");
        demo.advance(300_000);
        let done = look(&demo, id).await;
        assert_eq!(done["done"], true, "{path}");
        if path.starts_with("/devices/:cli") {
            assert_eq!(done["response"]["device_cli_outputs"]["2"][0]["cli"], "show version");
        }
    }
    let at_once = call(&demo, FULL, "POST", "/devices/:cli", cli).await;
    assert_eq!(at_once.status, StatusCode::OK);
    assert_eq!(at_once.json()["device_cli_outputs"]["1"][0]["response_code"], "SUCCEED");
    assert_error(&call(&demo, FULL, "POST", "/devices/:cli", "{}").await, 400, "BAD_REQUEST");
    assert_error(&call(&demo, FULL, "POST", "/devices/:cli", "{oops").await, 400, "BAD_REQUEST");
    assert_error(&call(&demo, FULL, "POST", "/deployments?async=maybe", "{}").await, 400, "BAD_REQUEST");
}

#[tokio::test]
async fn words_in_the_body_decide_how_it_goes() {
    let demo = demo();
    let start = async |word: &str| {
        let body = json!({ "devices": { "ids": [1] }, "clis": ["show version", word] }).to_string();
        let started = call(&demo, FULL, "POST", "/devices/:cli?async=true", &body).await;
        started.header("location").rsplit('/').next().unwrap_or_default().to_owned()
    };
    let (failing, fixed, racing) =
        (start("demo-fail").await, start("demo-no-cancel").await, start("demo-race").await);
    demo.advance(4_000);
    let cancel =
        async |id: &str| call(&demo, FULL, "POST", &format!("/operations/{id}/:cancel"), "").await.status;
    assert_eq!(cancel(&fixed).await, StatusCode::BAD_REQUEST);
    assert_eq!(cancel(&racing).await, StatusCode::OK);
    demo.advance(60_000);
    assert_eq!(status(&demo, &failing).await, "FAILED");
    assert_eq!(status(&demo, &racing).await, "SUCCEEDED");
    assert_eq!(start("fault-503").await, "", "the starting call itself fails");
}

#[tokio::test]
async fn every_answer_counts_and_the_small_customer_runs_out() {
    let demo = demo();
    let first = call(&demo, FULL, "GET", "/operations/op-running", "").await;
    assert_eq!(first.header("ratelimit-limit"), "7500;w=3600");
    assert_eq!((first.header("ratelimit-remaining"), first.header("ratelimit-reset")), ("7499", "3600"));
    assert_eq!(call(&demo, "nobody", "GET", "/x", "").await.header("ratelimit-limit"), "7500;w=3600");
    let small = signed_in(&demo, "limited@example.com", "operator").await;
    for left in (0..20).rev() {
        let answer = call(&demo, &small, "GET", "/operations/op-running", "").await;
        assert_eq!(
            (answer.status, answer.header("ratelimit-remaining")),
            (StatusCode::OK, left.to_string().as_str())
        );
    }
    demo.advance(600_000);
    let refused = call(&demo, &small, "DELETE", "/operations/op-failed", "").await;
    assert_error(&refused, 429, "TOO_MANY_REQUESTS");
    assert_eq!((refused.header("retry-after"), refused.header("ratelimit-remaining")), ("3000", "0"));
    assert_eq!(status(&demo, "op-failed").await, "FAILED", "others still may, and nothing was deleted");
    demo.advance(3_000_000);
    assert_eq!(call(&demo, &small, "GET", "/operations/op-running", "").await.status, StatusCode::OK);
}

#[tokio::test]
async fn faults_by_id_by_user_and_on_order() {
    let demo = demo();
    for (id, status, code) in [
        ("fault-401-always", 401, "UNAUTHENTICATED"),
        ("fault-403", 403, "ACCESS_DENIED"),
        ("fault-429", 429, "TOO_MANY_REQUESTS"),
        ("fault-429-bare", 429, "TOO_MANY_REQUESTS"),
        ("fault-500", 500, "INTERNAL_SERVER_ERROR"),
        ("fault-503", 503, "SERVICE_UNAVAILABLE"),
    ] {
        for (method, path) in [("GET", ""), ("DELETE", ""), ("POST", "/:cancel")] {
            let answer = call(&demo, FULL, method, &format!("/operations/{id}{path}"), "").await;
            assert_error(&answer, status, code);
            let wait = if id.ends_with("bare") || status != 429 { "" } else { "7" };
            assert_eq!(answer.header("retry-after"), if status == 503 { "5" } else { wait });
        }
    }
    assert_eq!(login(&demo, "fault-html", "x").await.status, StatusCode::BAD_GATEWAY);
    assert_eq!(look(&demo, "fault-slow").await["done"], true);
    let cut = call(&demo, FULL, "GET", "/operations/fault-truncated", "").await;
    assert!(cut.text().starts_with("{\"id\":") && serde_json::from_slice::<Value>(&cut.body).is_err());
    let token = signed_in(&demo, "operator@example.com", "operator").await;
    post(&demo, "/demo/fault?kind=401").await;
    assert_error(&call(&demo, &token, "DELETE", "/operations/op-failed", "").await, 401, "UNAUTHENTICATED");
    assert_error(&call(&demo, &token, "GET", "/operations/op-failed", "").await, 401, "UNAUTHENTICATED");
    post(&demo, "/demo/fault?kind=500").await;
    assert_error(
        &call(&demo, FULL, "DELETE", "/operations/op-failed", "").await,
        500,
        "INTERNAL_SERVER_ERROR",
    );
    assert_eq!(status(&demo, "op-failed").await, "FAILED", "a refused write changes nothing");
}

#[tokio::test]
async fn odd_records_come_by_their_ids() {
    let demo = demo();
    assert!(look(&demo, "odd-no-description").await["error"].get("error_message_description").is_none());
    assert_eq!(status(&demo, "odd-unknown-status").await, "PAUSED");
    assert!(look(&demo, "odd-null").await.is_null());
    let encoded = look(&demo, "odd%2Fid%3Fx%3D1%23frag%252F%20100%25%20done").await;
    assert_eq!(encoded["id"], "odd/id?x=1#frag%2F 100% done");
    let terse = call(&demo, FULL, "GET", "/operations/odd-terse-error", "").await;
    assert_eq!(terse.status, StatusCode::BAD_REQUEST);
    assert!(terse.json().get("error_message_description").is_none());
    assert!(call(&demo, FULL, "GET", "/operations/fault-5mb", "").await.body.len() > 5_000_000);
    assert!(
        call(&demo, FULL, "GET", "/operations/fault-deep", "").await.text().contains("{\"in\":[{\"in\":[")
    );
}

#[tokio::test]
async fn other_paths_and_verbs() {
    let demo = demo();
    assert_error(&call(&demo, FULL, "GET", "/operations", "").await, 404, "NOT_FOUND");
    assert_error(&call(&demo, FULL, "PUT", "/operations/op-failed", "").await, 405, "METHOD_NOT_ALLOWED");
    assert_error(&call(&demo, FULL, "GET", "/deployments", "").await, 405, "METHOD_NOT_ALLOWED");
    for path in ["", "/", "/operations/op-running"] {
        assert_error(
            &send(&demo, request("GET", &format!("/xiq{path}"), &[], "")).await,
            401,
            "UNAUTHENTICATED",
        );
    }
    let alias = call(&demo, FULL, "POST", "/operations/op-running/cancel", "").await;
    assert_eq!(alias.status, StatusCode::OK);
}
