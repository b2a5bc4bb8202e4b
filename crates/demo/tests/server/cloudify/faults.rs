//! Ordered faults in this API's own words, odd rows, and the connections that the console is given.

use super::*;

#[tokio::test]
async fn sentinels_in_filters_and_ids() {
    let demo = demo();
    let admin = caller(&demo, ADMIN);
    for (name, status, code) in [
        ("401-always", 401, "unauthorized_error"),
        ("403", 403, "forbidden_error"),
        ("500", 500, "internal_server_error"),
        ("503", 503, "maintenance_mode_active"),
    ] {
        for target in [
            format!("/executions?workflow_id=fault-{name}"),
            format!("/executions/fault-{name}"),
            format!("/operations/fault-{name}"),
            format!("/events?execution_id=fault-{name}"),
        ] {
            assert_refused(&admin.get(&target).await, status, code);
        }
    }
    let limited = admin.get("/executions?id=fault-429").await;
    assert_page(&limited, 429);
    assert_eq!(limited.header("retry-after"), "7");
    assert_eq!(admin.get("/executions?id=fault-503").await.header("retry-after"), "5");
    assert_page(&admin.get("/executions?id=fault-html").await, 502);
    assert_eq!(admin.get("/executions?id=fault-body-empty").await.text(), "");
    let slow = admin.get("/executions?workflow_id=fault-slow-3&_size=2").await;
    assert_eq!(slow.status, StatusCode::OK);
    assert_eq!(slow.json()["items"].as_array().unwrap().len(), 2, "the value takes no part in the choice");
    assert!(
        serde_json::from_str::<Value>(&admin.get("/executions?id=fault-truncated").await.text()).is_err()
    );
    assert!(admin.get("/executions?id=fault-no-operations").await.json().get("items").is_none());
    assert_eq!(admin.get("/executions?id=fault-null-operations").await.json()["items"], Value::Null);
    let deleted = admin.delete("/executions?id=fault-slow", json!({})).await;
    assert_eq!(deleted.json()["items"][0]["count"], 0, "but it does where more would be deleted without it");
    for (user, status) in [("Basic ZmF1bHQtNTAwOng=", 500), ("Basic ZmF1bHQtNDAxOng=", 401)] {
        let answer = Caller { basic: user, ..caller(&demo, ADMIN) }.post("/tokens", json!({})).await;
        assert_eq!(answer.status.as_u16(), status, "{}", answer.text());
    }
}

#[tokio::test]
async fn ordered_faults_refuse_writes_that_then_change_nothing() {
    let demo = demo();
    let admin = caller(&demo, ADMIN);
    let id = text(&admin.backup("backup-vault").await, "id").to_owned();
    let target = format!("/executions/{id}");
    for kind in ["401", "403", "429", "500", "503", "html", "body-message"] {
        assert!(demo.fail_next(kind, 1));
        let answer = admin.post(&target, json!({ "action": "cancel" })).await;
        assert!(!answer.status.is_success(), "{kind}");
        assert_eq!(admin.status(&id).await, "pending", "{kind}");
    }
    for kind in ["truncated", "not-json"] {
        let id = format!("lost-{kind}");
        admin.forced(&id, "started").await;
        assert!(demo.fail_next(kind, 1));
        let answer = admin.post(&format!("/executions/{id}"), json!({ "action": "cancel" })).await;
        assert!(serde_json::from_slice::<Value>(&answer.body).is_err());
        assert_eq!(admin.status(&id).await, "cancelling", "done, though the answer was lost");
    }
    assert!(demo.fail_next("slow", 1));
    let body = json!({ "deployment_id": "edge-router-04", "workflow_id": "heal" });
    assert_eq!(admin.post("/executions", body).await.status, StatusCode::CREATED, "late, but as it is");
    assert!(demo.fail_next("500", 1));
    assert_eq!(admin.get("/user").await.status, StatusCode::OK, "signing in is left alone");
    assert_eq!(admin.get("/executions").await.status, StatusCode::INTERNAL_SERVER_ERROR);
}

#[tokio::test]
async fn a_token_declared_dead_is_dead_and_the_next_one_lives() {
    let demo = demo();
    let mona = caller(&demo, MONA);
    let buy =
        || async { text(&caller(&demo, MONA).post("/tokens", json!({})).await.json(), "value").to_owned() };
    let list = |token: String| {
        let demo = demo.clone();
        async move {
            let headers = [("authentication-token", token.as_str()), ("tenant", "default_tenant")];
            send(&demo, request("GET", &format!("{API}/executions?id=fault-401"), &headers, "")).await.status
        }
    };
    let first = buy().await;
    assert_eq!(list(first.clone()).await, StatusCode::UNAUTHORIZED);
    assert_eq!(list(first).await, StatusCode::UNAUTHORIZED, "it is gone");
    assert_eq!(list(buy().await).await, StatusCode::OK);
    assert_eq!(mona.total("/tokens").await, 1);
}

#[tokio::test]
async fn odd_rows_and_large_ones() {
    let demo = demo();
    let admin = caller(&demo, ADMIN);
    for (list, one) in [
        (
            "/executions?workflow_id=fault-odd-rows",
            "/executions/odd%2Fid%3Fx%3D1%23frag%252F%20100%25%20%E6%9D%B1%E4%BA%AC",
        ),
        (
            "/operations?graph_id=fault-odd-rows",
            "/operations/odd%2Fid%3Fx%3D1%23frag%252F%20100%25%20%E6%9D%B1%E4%BA%AC",
        ),
    ] {
        let rows: Value = serde_json::from_str(&admin.get(list).await.text().replace("1E400", "1")).unwrap();
        let rows = rows["items"].as_array().unwrap();
        assert!(rows.iter().any(Value::is_null) && rows.iter().any(|row| row["id"].is_number()));
        assert!(rows.iter().any(|row| row.to_string().contains("<script>")));
        assert_eq!(admin.read(one).await["id"], "odd/id?x=1#frag%2F 100% 東京");
    }
    assert!(!admin.items("/events?execution_id=fault-odd-rows").await.is_empty());
    let big = admin.get("/executions/fault-5mb").await;
    assert!(big.body.len() > 5_000_000);
    let deep = admin.get("/operations?graph_id=fault-deep").await;
    assert!(deep.text().matches('{').count() > 5_000);
    let kept = admin.send("DELETE", "/operations/odd-good", None).await;
    assert_refused(&kept, 404, "not_found_error");
}

#[tokio::test]
async fn the_console_is_given_three_connections() {
    let config: Value = serde_json::from_str(&longrun_demo::server::config_json()).unwrap();
    let all = config["connections"].as_array().unwrap();
    let own: Vec<_> = all.iter().filter(|connection| connection["base"] == "/cloudify").collect();
    let ids: Vec<_> = own.iter().map(|connection| text(connection, "id")).collect();
    assert_eq!(ids, ["cloudify", "cloudify-ops", "cloudify-osaka"]);
    assert!(own.iter().all(|connection| connection["sign_in"]["kind"] == "cloudify"));
    assert_eq!((&own[2]["tenant"], &own[2]["mode"]), (&json!("osaka-edge"), &json!("read-only")));
}
