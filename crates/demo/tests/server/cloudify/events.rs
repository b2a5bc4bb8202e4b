//! Events and logs: what they say, how they are found, tailed, sent and deleted.

use super::*;

async fn failed(admin: &Caller<'_>) -> String {
    let body = json!({ "deployment_id": "backup-vault", "workflow_id": "execute_operation",
                       "parameters": { "operation": "fail" } });
    let id = text(&admin.post("/executions", body).await.json(), "id").to_owned();
    admin.demo.advance(60_000);
    id
}

#[tokio::test]
async fn every_execution_tells_its_story() {
    let demo = demo();
    let admin = caller(&demo, ADMIN);
    for execution in
        admin.items("/executions?status=terminated&status=failed&status=cancelled&_size=40").await
    {
        let never = execution["started_at"].is_null();
        let id = form_urlencoded::byte_serialize(text(&execution, "id").as_bytes()).collect::<String>();
        let list = admin.read(&format!("/events?execution_id={id}")).await;
        assert!(list["metadata"].get("filtered").is_none());
        assert_eq!(list["metadata"]["pagination"]["size"], 10_000);
        let items = list["items"].as_array().unwrap();
        assert!(never || items.len() >= 6, "{execution}");
        let Some(first) = items.first() else { continue };
        assert_eq!(first["event_type"], "workflow_started");
        let last = items.last().unwrap();
        let ending = match text(&execution, "status") {
            "terminated" => "workflow_succeeded",
            "failed" => "workflow_failed",
            _ => "workflow_cancelled",
        };
        assert_eq!(last["event_type"], ending, "{last}");
        assert!(items.is_sorted_by_key(|item| text(item, "timestamp").to_owned()));
        for item in items {
            let log = item["type"] == "cloudify_log";
            assert_eq!(item.get("level").is_some() && item.get("logger").is_some(), log);
            assert_eq!(item.get("event_type").is_none(), log);
            assert!(item["_storage_id"].is_u64() && !text(item, "message").is_empty(), "{item}");
            assert!(text(item, "reported_timestamp") <= text(item, "timestamp"));
            assert_eq!(item["execution_id"], execution["id"]);
        }
    }
}

#[tokio::test]
async fn numbers_are_unique_and_failures_have_causes() {
    let demo = demo();
    let admin = caller(&demo, ADMIN);
    let id = failed(&admin).await;
    let all = admin.items("/events").await;
    let mut keys: Vec<_> =
        all.iter().map(|item| (text(item, "type"), item["_storage_id"].as_u64())).collect();
    let count = keys.len();
    keys.sort_unstable();
    keys.dedup();
    assert_eq!(keys.len(), count);
    let failures = admin.items(&format!("/events?execution_id={id}&event_type=task_failed")).await;
    let cause = &failures[0]["error_causes"][0];
    assert!(text(cause, "traceback").starts_with("Traceback") && !text(cause, "type").is_empty(), "{cause}");
    assert!(text(&failures[0], "message").starts_with("Task failed '"));
    assert!(!failures[0]["node_name"].is_null() && !failures[0]["operation"].is_null());
}

#[tokio::test]
async fn filters_patterns_and_ranges() {
    let demo = demo();
    let admin = caller(&demo, ADMIN);
    let id = failed(&admin).await;
    let of = |query: &str| format!("/events?execution_id={id}&{query}");
    let all = admin.items(&of("")).await;
    let count = |fits: &dyn Fn(&Value) -> bool| all.iter().filter(|item| fits(item)).count();
    let events = admin.items(&of("type=cloudify_event")).await;
    let logs = admin.items(&of("type=cloudify_log")).await;
    assert!(!logs.is_empty() && events.len() + logs.len() == all.len());
    assert_eq!(admin.items(&of("type=cloudify_event&type=cloudify_log")).await.len(), all.len());
    let two = admin.items(&of("event_type=task_failed&event_type=sending_task")).await;
    assert_eq!(
        two.len(),
        count(&|item| ["task_failed", "sending_task"].contains(&item["event_type"].as_str().unwrap_or("")))
    );
    assert_eq!(
        admin.items(&of("level=info&level=debug&level=warning&level=error&level=critical")).await,
        logs
    );
    assert_eq!(admin.items(&of("level=info&event_type=task_failed")).await.len(), 0);
    let node = text(all.iter().find(|item| item["node_name"].is_string()).unwrap(), "node_name");
    assert_eq!(
        admin.items(&of(&format!("node_id={node}"))).await.len(),
        count(&|item| item["node_name"] == node)
    );
    let pattern = admin.items(&of("message=%25TASK%25&message.text=sending%25")).await;
    assert_eq!(pattern.len(), count(&|item| text(item, "message").starts_with("Sending task")));
    assert_eq!(
        admin.items(&of("operation=maintenance.%25")).await.len(),
        count(&|item| {
            item["operation"].as_str().is_some_and(|operation| operation.starts_with("maintenance."))
        })
    );
    let at = text(&all[3], "timestamp");
    assert_eq!(admin.items(&of(&format!("_range=timestamp,{at},"))).await, all[3..], "from is inclusive");
    assert_eq!(admin.items(&of(&format!("_range=@timestamp,,{at}"))).await, all[..3], "to is not");
    assert_eq!(admin.total("/events?deployment_id=backup-vault&blueprint_id=postgres-ha").await, 0);
    for bad in [
        "include_logs=true",
        "node=x",
        "_sort=nothing",
        "_range=timestamp",
        "_range=x,,",
        "type=x",
        "_size=-1",
    ] {
        assert_refused(&admin.get(&of(bad)).await, 400, "bad_parameters_error");
    }
    let message = assert_refused(&admin.get("/events?x=1").await, 400, "bad_parameters_error");
    assert!(message.starts_with("Unknown field to filter by: x. Allowed values are: "), "{message}");
    let newest = admin.items(&of("_sort=-timestamp&_size=1&_include=message,nothing")).await;
    assert_eq!(newest, [json!({ "message": all.last().unwrap()["message"] })]);
}

#[tokio::test]
async fn a_tail_never_misses_one() {
    let demo = demo();
    let admin = caller(&demo, ADMIN);
    let id = text(&admin.backup("backup-vault").await, "id").to_owned();
    let mut seen: Vec<Value> = Vec::new();
    for _ in 0..60 {
        let page =
            admin.items(&format!("/events?execution_id={id}&_sort=timestamp&_offset={}", seen.len())).await;
        seen.extend(page);
        demo.advance(3_000);
    }
    assert_eq!(seen, admin.items(&format!("/events?execution_id={id}")).await);
    assert!(seen.len() > 30);
}

#[tokio::test]
async fn sending_events() {
    let demo = demo();
    let admin = caller(&demo, ADMIN);
    let body = json!({
        "events": [{ "event_type": "by_hand", "message": { "text": "hello" }, "context": { "node_id": "n_1" } }],
        "logs": [{ "logger": "x", "level": "critical", "message": { "text": "alas" }, "context": {} }],
        "execution_id": "resumed-beyond-total", "agent_name": "agent-7",
    });
    let sent = admin.post("/events", body).await;
    assert_eq!((sent.status, sent.text().as_str()), (StatusCode::CREATED, "null"));
    let found = admin.items("/events?execution_id=resumed-beyond-total&event_type=by_hand").await;
    assert_eq!((text(&found[0], "message"), text(&found[0], "node_instance_id")), ("hello", "n_1"));
    assert_eq!(
        (text(&found[0], "agent_name"), text(&found[0], "deployment_id")),
        ("agent-7", "backup-vault")
    );
    assert_eq!(admin.items("/events?level=critical").await.len(), 1);
    assert_eq!(
        admin.post("/events", json!({ "events": [], "logs": null })).await.status,
        StatusCode::NO_CONTENT
    );
    let homeless = admin.post("/events", json!({ "events": [{ "message": { "text": "x" } }] })).await;
    assert_refused(&homeless, 409, "conflict_error");
    let unknown = json!({ "events": [{}], "execution_id": "nobody" });
    assert_refused(&admin.post("/events", unknown).await, 404, "not_found_error");
    let group =
        json!({ "events": [{ "message": { "text": "for all" } }], "execution_group_id": "group-paused" });
    assert_eq!(admin.post("/events", group).await.status, StatusCode::CREATED);
    let found = admin.items("/events?execution_group_id=group-paused&message=for%25").await;
    assert_eq!(found[0]["execution_group_id"], "group-paused");
}

#[tokio::test]
async fn deleting_events_of_a_deployment() {
    let demo = demo();
    let admin = caller(&demo, ADMIN);
    let id = failed(&admin).await;
    let events = admin.total("/events?deployment_id=backup-vault&type=cloudify_event").await;
    let logs = admin.total("/events?deployment_id=backup-vault&type=cloudify_log").await;
    assert!(events > 0 && logs > 0);
    let delete = |query: &'static str| {
        let demo = demo.clone();
        async move { caller(&demo, ADMIN).send("DELETE", &format!("/events?{query}"), None).await }
    };
    let gone = delete("deployment_id=backup-vault&type=cloudify_event").await;
    assert_eq!((gone.status, &gone.json()["items"]), (StatusCode::OK, &json!([events])));
    assert_eq!(admin.total("/events?deployment_id=backup-vault").await, logs);
    assert!(admin.total("/events?deployment_id=db-core").await > 0);
    admin.post(&format!("/executions/{id}"), json!({ "action": "resume" })).await;
    demo.advance(3_000);
    assert!(
        admin.total("/events?deployment_id=backup-vault&type=cloudify_event").await > 0,
        "new ones are kept"
    );
    assert_refused(&delete("deployment_id=nowhere").await, 404, "not_found_error");
    assert_refused(&delete("type=cloudify_event").await, 400, "bad_parameters_error");
}
