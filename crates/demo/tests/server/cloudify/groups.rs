//! Execution groups: their statuses, their actions and their traps.

use super::*;

async fn begin(demo: &Demo, more: Value) -> Answer {
    let mut body = json!({ "deployment_group_id": "calm", "workflow_id": "heal" });
    body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    caller(demo, MONA).post("/execution-groups", body).await
}

async fn act(demo: &Demo, id: &str, action: &str) -> Answer {
    caller(demo, MONA).post(&format!("/execution-groups/{id}"), json!({ "action": action })).await
}

async fn group(demo: &Demo, id: &str) -> Value {
    caller(demo, MONA).read(&format!("/execution-groups/{id}")).await
}

#[tokio::test]
async fn lists_have_no_status_unless_data_are_asked_for() {
    let demo = demo();
    let mona = caller(&demo, MONA);
    let bare = mona.items("/execution-groups?_include=id,status,execution_ids").await;
    assert!(bare.len() >= 4);
    assert!(bare.iter().all(|group| group["status"].is_null() && group["execution_ids"].is_null()));
    let whole = mona.items("/execution-groups?_get_data=true").await;
    let status = |id: &str| whole.iter().find(|group| group["id"] == id).unwrap()["status"].clone();
    assert_eq!(status("group-patched"), "terminated");
    assert_eq!(status("group-unwell"), "failed");
    assert_eq!(status("group-running"), "started");
    assert_eq!(status("group-paused"), "queued");
    let running = group(&demo, "group-running").await;
    assert_eq!((&running["concurrency"], running["execution_ids"].as_array().unwrap().len()), (&json!(2), 5));
    assert_eq!(
        mona.total("/execution-groups?workflow_id=heal&concurrency=2").await,
        mona.total("/execution-groups?concurrency=2").await
    );
    assert_refused(&mona.get("/execution-groups?status=failed").await, 400, "bad_parameters_error");
    assert_refused(&mona.get("/execution-groups?_sort=status").await, 400, "bad_parameters_error");
    assert_eq!(
        assert_refused(&mona.get("/execution-groups/nobody").await, 404, "not_found_error"),
        "Requested `ExecutionGroup` with ID `nobody` was not found"
    );
}

#[tokio::test]
async fn members_start_two_at_a_time_and_all_come_to_their_end() {
    let demo = demo();
    let mona = caller(&demo, MONA);
    for _ in 0..40 {
        let members = mona.items("/executions?_group_id=group-running").await;
        let active = members.iter().filter(|m| ["pending", "started"].contains(&text(m, "status"))).count();
        assert!(active <= 2, "{active}");
        demo.advance(15_000);
    }
    let members = mona.items("/executions?_group_id=group-running").await;
    assert!(members.iter().all(|member| member["status"] == "terminated"), "{members:?}");
    assert_eq!(group(&demo, "group-running").await["status"], "terminated");
    let told = mona.items("/events?execution_group_id=group-running&type=cloudify_event").await;
    assert!(told.len() >= 15, "{}", told.len());
    assert_eq!(told[0]["event_type"], "execution_state_change");
    assert!(text(&told[0], "message").starts_with("execution '"), "{}", told[0]);
    assert_eq!(
        (&told[0]["execution_group_id"], &told[0]["execution_id"]),
        (&json!("group-running"), &Value::Null)
    );
}

#[tokio::test]
async fn a_group_runs_one_execution_for_each_deployment() {
    let demo = demo();
    let mona = caller(&demo, MONA);
    let body = json!({ "default_parameters": { "ignore_failure": false, "diagnose_value": "all" },
                       "parameters": { "edge-router-04": { "diagnose_value": "one" } }, "concurrency": 1 });
    let answer = begin(&demo, body).await;
    assert_eq!(answer.status, StatusCode::OK, "not 201: {}", answer.text());
    let made = answer.json();
    assert_eq!(made["execution_ids"].as_array().unwrap().len(), 2);
    assert_eq!(made["status"], "queued", "one is pending and one waits");
    let members = mona.items(&format!("/executions?_group_id={}", text(&made, "id"))).await;
    let values: Vec<_> = members.iter().map(|m| text(&m["parameters"], "diagnose_value")).collect();
    assert_eq!(values, ["all", "one"]);
    assert_eq!(members[1]["parameters"]["ignore_failure"], false);
    assert_refused(&begin(&demo, json!({ "deployment_group_id": "nowhere" })).await, 404, "not_found_error");
    assert_refused(&begin(&demo, json!({ "workflow_id": null })).await, 400, "bad_parameters_error");
    assert_refused(&begin(&demo, json!({ "id": "mine" })).await, 403, "forbidden_error");
}

#[tokio::test]
async fn bad_parameters_leave_an_empty_group_and_unknown_workflows_orphans() {
    let demo = demo();
    let mona = caller(&demo, MONA);
    let (groups, all) = (mona.total("/execution-groups").await, mona.total("/executions").await);
    let refused = begin(&demo, json!({ "default_parameters": { "zzz": 1 } })).await;
    assert_refused(&refused, 400, "illegal_execution_parameters_error");
    assert_eq!(mona.total("/execution-groups").await, groups + 1);
    assert_eq!(mona.total("/executions").await, all);
    let left = mona.items("/execution-groups?_get_data=true").await;
    let left = left.last().unwrap();
    assert_eq!((&left["status"], &left["execution_ids"]), (&Value::Null, &json!([])));

    let odd = begin(&demo, json!({ "workflow_id": "no_such_workflow" })).await;
    assert_eq!((odd.status, &odd.json()["execution_ids"]), (StatusCode::OK, &json!([])));
    let orphans = mona.items("/executions?workflow_id=no_such_workflow").await;
    assert_eq!(orphans.len(), 2);
    assert!(orphans.iter().all(|orphan| orphan["status"].is_null() && orphan["parameters"].is_null()));
}

#[tokio::test]
async fn cancelling_a_group_reaches_all_members() {
    let demo = demo();
    let mona = caller(&demo, MONA);
    let id = text(&begin(&demo, json!({ "concurrency": 1 })).await.json(), "id").to_owned();
    demo.advance(4_000);
    let answer = act(&demo, &id, "cancel").await;
    assert_eq!((answer.status, &answer.json()["status"]), (StatusCode::OK, &Value::Null));
    let members = mona.items(&format!("/executions?_group_id={id}")).await;
    assert_eq!((text(&members[0], "status"), text(&members[1], "status")), ("cancelling", "cancelled"));
    assert_eq!(members[1]["ended_at"], Value::Null, "it never began, and so never ended");
    assert_eq!(group(&demo, &id).await["status"], "started");
    let again = act(&demo, &id, "cancel").await;
    assert_refused(&again, 400, "illegal_action_error");
    demo.advance(5_000);
    assert_eq!(group(&demo, &id).await["status"], "terminated", "cancelled counts as terminated");
    let ended = act(&demo, &id, "kill").await;
    assert_eq!(assert_refused(&ended, 404, "not_found_error"), "Requested `Execution` [] was not found");
    let resumed = act(&demo, &id, "resume").await;
    assert_eq!(resumed.status, StatusCode::OK);
    let members = mona.items(&format!("/executions?_group_id={id}")).await;
    assert_eq!((text(&members[0], "status"), text(&members[1], "status")), ("pending", "queued"));
    assert_eq!(members[0]["resume"], false, "unlike a single resume");
    demo.advance(200_000);
    assert_eq!(group(&demo, &id).await["status"], "terminated");
    assert_eq!(mona.total(&format!("/executions?_group_id={id}&status=terminated")).await, 2);
}

#[tokio::test]
async fn a_group_that_only_waits_is_cancelled_with_a_404() {
    let demo = demo();
    let answer = act(&demo, "group-paused", "cancel").await;
    assert_eq!(assert_refused(&answer, 404, "not_found_error"), "Requested `Execution` [] was not found");
    let members = caller(&demo, MONA).items("/executions?_group_id=group-paused").await;
    assert!(members.iter().all(|member| member["status"] == "cancelled"), "and yet it was done");
    let unknown = act(&demo, "group-paused", "requeue").await;
    assert!(
        assert_refused(&unknown, 400, "bad_parameters_error").starts_with("Invalid action: requeue, Valid")
    );
}

#[tokio::test]
async fn concurrency_pauses_and_releases() {
    let demo = demo();
    let mona = caller(&demo, MONA);
    let id = text(&begin(&demo, json!({ "concurrency": 0 })).await.json(), "id").to_owned();
    demo.advance(60_000);
    assert_eq!(group(&demo, &id).await["status"], "queued");
    let target = format!("/execution-groups/{id}");
    for (bad, shown) in [(json!("2"), "2"), (json!(-1), "-1"), (json!(1.5), "1.5")] {
        let answer = mona.patch(&target, json!({ "concurrency": bad })).await;
        assert_eq!(
            assert_refused(&answer, 400, "bad_parameters_error"),
            format!("concurrency must be a nonnegative number, but got: {shown}")
        );
    }
    let patched = mona.patch(&target, json!({ "concurrency": 2, "success_group_id": null })).await;
    assert_eq!((&patched.json()["concurrency"], &patched.json()["status"]), (&json!(2), &Value::Null));
    assert_eq!(group(&demo, &id).await["status"], "pending", "at once");
}

#[tokio::test]
async fn deployments_join_the_target_groups() {
    let demo = demo();
    let mona = caller(&demo, MONA);
    let deployments = |id: &'static str| {
        let demo = demo.clone();
        async move {
            caller(&demo, MONA).read(&format!("/deployment-groups/{id}")).await["deployment_ids"].clone()
        }
    };
    assert_eq!(deployments("patched").await, json!([]));
    let targets = json!({ "success_group_id": "patched", "failure_group_id": "unwell" });
    assert_eq!(mona.patch("/execution-groups/group-unwell", targets).await.status, StatusCode::OK);
    assert_eq!(
        deployments("patched").await,
        json!(["edge-router-01", "edge-router-03"]),
        "results that are there"
    );
    assert_eq!(deployments("unwell").await, json!(["edge-router-02"]));
    let unknown = mona
        .patch("/execution-groups/group-unwell", json!({ "success_group_id": "nowhere", "concurrency": 9 }))
        .await;
    assert_eq!(
        assert_refused(&unknown, 404, "not_found_error"),
        "Requested `DeploymentGroup` with ID `nowhere` was not found"
    );
    assert_eq!(group(&demo, "group-unwell").await["concurrency"], 5, "a refusal changes nothing");
    let id = text(&begin(&demo, json!({})).await.json(), "id").to_owned();
    mona.patch(&format!("/execution-groups/{id}"), json!({ "success_group_id": "patched" })).await;
    demo.advance(200_000);
    let joined = deployments("patched").await;
    assert_eq!(joined.as_array().unwrap().len(), 4, "{joined}");
}

#[tokio::test]
async fn restoring_a_group_runs_nothing() {
    let demo = demo();
    let admin = caller(&demo, ADMIN);
    let before = admin.total("/executions").await;
    let body = json!({ "deployment_group_id": "calm", "workflow_id": "heal", "id": "restored",
        "associated_executions": ["resumed-beyond-total"], "created_by": "mona", "created_at": "2020-01-01T00:00:00Z" });
    let made = admin.post("/execution-groups", body.clone()).await.json();
    assert_eq!(
        (&made["execution_ids"], &made["status"]),
        (&json!(["resumed-beyond-total"]), &json!("terminated"))
    );
    assert_eq!(admin.items("/execution-groups").await[0]["id"], "restored", "the oldest");
    assert_eq!(admin.total("/executions").await, before);
    assert_refused(&admin.post("/execution-groups", body).await, 409, "conflict_error");
}

#[tokio::test]
async fn deployment_groups_are_made_and_set() {
    let demo = demo();
    let mona = caller(&demo, MONA);
    let body =
        json!({ "visibility": "tenant", "deployment_ids": ["db-core", "web-shop"], "description": "two" });
    let made = mona.put("/deployment-groups/new%20one", body).await;
    assert_eq!((made.status, &made.json()["id"]), (StatusCode::OK, &json!("new one")));
    let set = mona
        .put("/deployment-groups/new%20one", json!({ "visibility": "tenant", "deployment_ids": ["db-core"] }))
        .await;
    assert_eq!(
        (&set.json()["deployment_ids"], &set.json()["description"]),
        (&json!(["db-core"]), &json!("two"))
    );
    let unknown = mona
        .put("/deployment-groups/x", json!({ "visibility": "tenant", "deployment_ids": ["nowhere"] }))
        .await;
    assert_refused(&unknown, 404, "not_found_error");
    assert_refused(
        &mona.put("/deployment-groups/x", json!({ "visibility": "secret" })).await,
        400,
        "bad_parameters_error",
    );
    let names: Vec<_> =
        mona.items("/deployment-groups").await.iter().map(|g| text(g, "id").to_owned()).collect();
    assert!(
        names.contains(&"new one".to_owned())
            && !names.contains(&"x".to_owned())
            && !names.contains(&"osaka-all".to_owned())
    );
}
