//! Deleting executions, with every trap of it.

use super::*;

async fn count(admin: &Caller<'_>, query: &str, body: Value) -> u64 {
    let answer = admin.delete(&format!("/executions{query}"), body).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    assert_eq!(answer.json()["metadata"], json!({ "pagination": {} }));
    answer.json()["items"][0]["count"].as_u64().unwrap()
}

#[tokio::test]
async fn one_is_deleted_by_its_id_with_all_that_belongs_to_it() {
    let demo = demo();
    let admin = caller(&demo, ADMIN);
    let graph =
        text(&admin.items("/tasks_graphs?execution_id=resumed-beyond-total").await[0], "id").to_owned();
    assert_eq!(count(&admin, "?id=resumed-beyond-total", json!({})).await, 1);
    assert_refused(&admin.get("/executions/resumed-beyond-total").await, 404, "not_found_error");
    assert_refused(&admin.get(&format!("/operations?graph_id={graph}")).await, 404, "not_found_error");
    assert_refused(&admin.get("/operations/op-failed").await, 404, "not_found_error");
    assert_eq!(admin.total("/events?execution_id=resumed-beyond-total").await, 0);
    assert_eq!(count(&admin, "?id=resumed-beyond-total", json!({})).await, 0);
}

#[tokio::test]
async fn only_ended_ones_go_and_never_the_environment() {
    let demo = demo();
    let admin = caller(&demo, ADMIN);
    let id = text(&admin.backup("edge-router-04").await, "id").to_owned();
    let before = admin.items("/executions?deployment_id=edge-router-04").await;
    let gone = count(&admin, "?deployment_id=edge-router-04", json!({})).await;
    assert_eq!(gone, before.len() as u64 - 2);
    let left = admin.items("/executions?deployment_id=edge-router-04").await;
    let left: Vec<_> = left.iter().map(|item| (text(item, "workflow_id"), text(item, "status"))).collect();
    assert_eq!(left, [("create_deployment_environment", "terminated"), ("backup", "pending")]);
    assert_eq!(admin.status(&id).await, "pending");
    let deployment = admin.read("/deployments/edge-router-04").await;
    assert_eq!(deployment["latest_execution"], json!(id));
}

#[tokio::test]
async fn by_date_and_by_number() {
    let demo = demo();
    let admin = caller(&demo, ADMIN);
    let ended = |all: &[Value]| {
        let ended = |item: &&Value| ["terminated", "failed", "cancelled"].contains(&text(item, "status"));
        all.iter().filter(ended).cloned().collect::<Vec<_>>()
    };
    let query = "?deployment_id=db-core&workflow_id=backup";
    let all = ended(&admin.items(&format!("/executions{query}")).await);
    assert!(all.len() > 4, "{}", all.len());
    let bound = text(&all[2], "created_at")[..19].to_owned();
    let older = all.iter().filter(|item| text(item, "created_at")[..19] < bound[..]).count() as u64;
    assert_eq!(count(&admin, query, json!({ "to_datetime": bound })).await, older);
    let all = ended(&admin.items(&format!("/executions{query}")).await);
    assert_eq!(count(&admin, query, json!({ "keep_last": 2 })).await, all.len() as u64 - 2);
    let kept = ended(&admin.items(&format!("/executions{query}")).await);
    assert_eq!(kept, all[all.len() - 2..], "the oldest go first");
    assert_eq!(count(&admin, query, json!({ "keep_last": 50 })).await, 1, "one too many goes in any case");
    assert_eq!(ended(&admin.items(&format!("/executions{query}")).await), kept[1..]);
}

#[tokio::test]
async fn refusals_delete_nothing() {
    let demo = demo();
    let admin = caller(&demo, ADMIN);
    let before = admin.total("/executions").await;
    for (query, body) in [
        ("?status=terminated", json!({})),
        ("?foo=1", json!({})),
        ("", json!({ "to_datetime": "20.11.2026" })),
        ("", json!({ "to_datetime": "2026-11-20T00:00:00+09:00" })),
        ("", json!({ "keep_last": 0 })),
        ("", json!({ "keep_last": "3" })),
        ("", json!({ "keep_last": 3, "to_datetime": "2026-11-20" })),
    ] {
        let answer = admin.delete(&format!("/executions{query}"), body.clone()).await;
        assert_refused(&answer, 400, "bad_parameters_error");
    }
    assert_refused(&admin.send("DELETE", "/executions", None).await, 415, "unsupported_content_type_error");
    let headers =
        [("authorization", ADMIN), ("tenant", "default_tenant"), ("content-type", "application/json")];
    assert_page(&send(&demo, request("DELETE", &format!("{API}/executions"), &headers, "")).await, 400);
    assert_eq!(admin.total("/executions").await, before);
}

#[tokio::test]
async fn no_filter_means_the_whole_tenant_and_all_tenants_means_all() {
    let demo = demo();
    let admin = caller(&demo, ADMIN);
    let osaka = Caller { tenant: Some("osaka-edge"), ..caller(&demo, ADMIN) };
    let others = osaka.total("/executions").await;
    assert!(count(&admin, "", json!({})).await > 100);
    assert_eq!(osaka.total("/executions").await, others);
    let gone = count(&admin, "?_all_tenants=true", json!({})).await;
    assert!(gone > 20, "{gone}");
    let left = admin.items("/executions?_all_tenants=true&status=terminated").await;
    assert!(left.iter().all(|item| item["workflow_id"] == "create_deployment_environment"));
}
