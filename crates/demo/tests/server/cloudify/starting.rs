//! Starting: what is checked in which order, what waits, what is kept for later, what a refusal leaves behind.

use super::*;

async fn start(demo: &Demo, deployment: &str, workflow: &str, more: Value) -> Answer {
    let mut body = json!({ "deployment_id": deployment, "workflow_id": workflow });
    body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    caller(demo, ADMIN).post("/executions", body).await
}

#[tokio::test]
async fn a_start_runs_to_its_end_with_defaults_filled_in() {
    let demo = demo();
    let admin = caller(&demo, ADMIN);
    let given = json!({ "parameters": { "target": "s3://x", "level": "7" } });
    let answer = start(&demo, "backup-vault", "backup", given).await;
    assert_eq!(answer.status, StatusCode::CREATED);
    let execution = answer.json();
    assert_eq!((&execution["status"], &execution["started_at"]), (&json!("pending"), &Value::Null));
    assert_eq!(execution["parameters"]["level"], 7, "converted to its type");
    assert_eq!(execution["parameters"]["mode"], "incremental");
    assert_eq!(
        (text(&execution, "created_by"), text(&execution, "blueprint_id")),
        ("admin", "backup-service")
    );
    let target = format!("/executions/{}", text(&execution, "id"));
    demo.advance(10_000);
    let running = admin.read(&target).await;
    assert_eq!((&running["status"], &running["error"]), (&json!("started"), &json!("")));
    let (done, total) = (running["finished_operations"].as_u64(), running["total_operations"].as_u64());
    assert!(done < total && total > Some(5), "{running}");
    demo.advance(180_000);
    let ended = admin.read(&target).await;
    assert_eq!(ended["status"], "terminated");
    assert_eq!(ended["finished_operations"], ended["total_operations"]);
    let deployment = admin.read("/deployments/backup-vault").await;
    assert_eq!(deployment["latest_execution"], execution["id"]);
    assert_eq!(deployment["latest_execution_status"], "completed");
}

#[tokio::test]
async fn the_clock_stands_still_until_it_is_stepped() {
    let demo = demo();
    let admin = caller(&demo, ADMIN);
    let before = admin.read("/executions?_all_tenants=true").await;
    let id = text(&admin.backup("backup-vault").await, "id").to_owned();
    assert_eq!(admin.status(&id).await, "pending");
    let after = admin.items("/executions?_all_tenants=true").await;
    assert_eq!(after[..after.len() - 1], before["items"].as_array().unwrap()[..]);
}

#[tokio::test]
async fn refusals_in_their_order() {
    let demo = demo();
    let admin = caller(&demo, ADMIN);
    let before = admin.total("/executions").await;
    let check =
        |deployment: &'static str, workflow: &'static str, more: Value, status: u16, code: &'static str| {
            let demo = demo.clone();
            async move { assert_refused(&start(&demo, deployment, workflow, more).await, status, code) }
        };
    let none = json!({});
    assert_eq!(
        check("nowhere", "nothing", none.clone(), 404, "not_found_error").await,
        "Requested `Deployment` with ID `nowhere` was not found"
    );
    let in_progress = "deployment_environment_creation_in_progress_error";
    check("site-kobe-noworker", "nothing", none.clone(), 400, in_progress).await;
    check("site-nagoya", "nothing", none.clone(), 400, "deployment_creation_error").await;
    assert_eq!(
        check("backup-vault", "nothing", none.clone(), 400, "nonexistent_workflow_error").await,
        "Workflow nothing does not exist in the deployment backup-vault"
    );
    let illegal = "illegal_execution_parameters_error";
    let undeclared = json!({ "parameters": { "zzz": 1, "level": "x" } });
    assert!(check("backup-vault", "backup", undeclared, 400, illegal).await.contains("declared: zzz."));
    let mistyped = json!({ "parameters": { "level": "x" } });
    assert_eq!(
        check("backup-vault", "backup", mistyped, 400, illegal).await,
        "Parameter \"level\" must be of type integer"
    );
    let outside = json!({ "parameters": { "level": 99 } });
    assert!(
        check("backup-vault", "backup", outside, 400, illegal).await.ends_with("in_range(1, 9) operator.")
    );
    let missing = check("backup-vault", "backup", none.clone(), 400, illegal).await;
    assert!(missing.ends_with("with the following parameters to execute: target"), "{missing}");
    let known = json!({ "id": "resumed-beyond-total" });
    check("backup-vault", "heal", known, 409, "conflict_error").await;
    for body in [
        json!({}),
        json!({ "deployment_id": 7, "workflow_id": "heal" }),
        json!({ "deployment_id": "db-core" }),
    ] {
        assert_refused(&admin.post("/executions", body).await, 400, "bad_parameters_error");
    }
    check("backup-vault", "heal", json!({ "parameters": [1] }), 400, "bad_parameters_error").await;
    check("backup-vault", "heal", json!({ "force": "maybe" }), 400, "bad_parameters_error").await;
    assert_eq!(admin.total("/executions").await, before, "none of these leaves anything");
    let osaka = Caller { tenant: Some("osaka-edge"), ..caller(&demo, ADMIN) };
    let body = json!({ "deployment_id": "site-sakai-noworker", "workflow_id": "heal" });
    let pending = osaka.post("/executions", body).await;
    assert_refused(&pending, 400, "deployment_environment_creation_pending_error");
}

#[tokio::test]
async fn two_refusals_leave_a_failed_record() {
    let demo = demo();
    let admin = caller(&demo, ADMIN);
    for (deployment, workflow, code) in [
        ("edge-router-04", "install", "unavailable_workflow_error"),
        ("shared-dns", "heal", "dependent_exists_error"),
    ] {
        let query = format!("/executions?deployment_id={deployment}&workflow_id={workflow}&status=failed");
        let before = admin.total(&query).await;
        let message = assert_refused(&start(&demo, deployment, workflow, json!({})).await, 400, code);
        let left = admin.items(&query).await;
        assert_eq!(left.len() as u64, before + 1);
        assert_eq!(left.last().unwrap()["error"], format!("Error preparing execution: {message}"));
    }
    let forced = start(&demo, "shared-dns", "heal", json!({ "force": "true" })).await;
    assert_eq!(forced.status, StatusCode::CREATED, "{}", forced.text());
}

#[tokio::test]
async fn a_busy_deployment_refuses_queues_or_is_forced() {
    let demo = demo();
    let admin = caller(&demo, ADMIN);
    let first = text(&admin.backup("edge-router-04").await, "id").to_owned();
    let refused = start(&demo, "edge-router-04", "heal", json!({})).await;
    let message = assert_refused(&refused, 400, "existing_running_execution_error");
    assert!(message.contains(&first), "{message}");
    let queued = start(&demo, "edge-router-04", "heal", json!({ "queue": "true" })).await;
    assert_eq!((queued.status, &queued.json()["status"]), (StatusCode::CREATED, &json!("queued")));
    let queued = text(&queued.json(), "id").to_owned();
    let behind = start(&demo, "edge-router-04", "heal", json!({ "queue": true })).await.json();
    assert_eq!(behind["status"], "queued");
    let forced = start(&demo, "edge-router-04", "execute_operation", json!({ "force": true })).await;
    assert_eq!(forced.json()["status"], "pending");
    admin
        .patch(&format!("/executions/{}", text(&forced.json(), "id")), json!({ "status": "cancelled" }))
        .await;
    assert_eq!(admin.status(&queued).await, "queued", "the first one still runs");
    admin.patch(&format!("/executions/{first}"), json!({ "status": "terminated" })).await;
    assert_eq!(admin.status(&queued).await, "pending", "in the same second");
    assert_eq!(admin.status(text(&behind, "id")).await, "queued", "one at a time");
    let cancelled =
        admin.post(&format!("/executions/{}", text(&behind, "id")), json!({ "action": "cancel" })).await;
    assert_eq!(cancelled.json()["status"], "cancelling", "a worker has to finish it");
    demo.advance(2_000);
    assert_eq!(admin.status(text(&behind, "id")).await, "cancelled");
}

#[tokio::test]
async fn a_scheduled_start_answers_an_execution_that_is_not_there() {
    let demo = demo();
    let admin = caller(&demo, ADMIN);
    let before = admin.total("/executions").await;
    let later = json!({ "scheduled_time": "202611201230+0900", "parameters": { "zzz": 1 } });
    let answer = start(&demo, "backup-vault", "no_such_workflow", later).await;
    assert_eq!(answer.status, StatusCode::CREATED);
    let body = answer.json();
    assert_eq!(
        (&body["status"], &body["id"], &body["workflow_id"]),
        (&json!("scheduled"), &Value::Null, &Value::Null)
    );
    assert_eq!((&body["is_dry_run"], body.as_object().unwrap().len()), (&Value::Null, 25));
    assert_eq!(admin.total("/executions").await, before);
    let schedules = admin.items("/execution-schedules").await;
    assert!(text(&schedules[0], "id").starts_with("no_such_workflow_"));
    assert_eq!(schedules[0]["next_occurrence"], "2026-11-20T03:30:00.000Z");
    assert_eq!(schedules[0]["all_next_occurrences"], json!(["2026-11-20 03:30:00"]));
    assert_eq!(schedules[0]["execution_arguments"]["wait_after_fail"], 600);
    for (deployment, time, status, code) in [
        ("nowhere", "202711200000", 404, "not_found_error"),
        ("backup-vault", "202511200000", 400, "bad_parameters_error"),
        ("backup-vault", "some day", 400, "bad_parameters_error"),
    ] {
        let answer = start(&demo, deployment, "heal", json!({ "scheduled_time": time })).await;
        assert_refused(&answer, status, code);
    }
    assert_eq!(admin.items("/execution-schedules").await.len(), 1);
}

#[tokio::test]
async fn only_administrators_restore_executions() {
    let demo = demo();
    let admin = caller(&demo, ADMIN);
    let body = json!({ "deployment_id": "backup-vault", "workflow_id": "restored", "force_status": "failed",
        "error": "from a snapshot", "id": "a b/c", "created_by": "mona", "created_at": "2020-01-01T00:00:00Z",
        "started_at": "2020-01-01T00:00:01+00:00", "ended_at": null, "parameters": { "any": "thing" },
        "is_system_workflow": true });
    let refused = caller(&demo, MONA).post("/executions", body.clone()).await;
    assert!(assert_refused(&refused, 403, "forbidden_error").contains("set_"));
    let restored = admin.post("/executions", body.clone()).await;
    assert_eq!(restored.status, StatusCode::CREATED, "{}", restored.text());
    let shown = admin.read("/executions/a%20b%2Fc").await;
    assert_eq!(shown, restored.json());
    assert_eq!(
        (&shown["created_at"], &shown["created_by"]),
        (&json!("2020-01-01T00:00:00.000Z"), &json!("mona"))
    );
    assert_eq!(
        (&shown["error"], &shown["parameters"]),
        (&json!("from a snapshot"), &json!({ "any": "thing" }))
    );
    assert_eq!(
        admin.items("/executions?_include_system_workflows=true").await[0]["id"],
        "a b/c",
        "the oldest"
    );
    assert_refused(&admin.post("/executions", body).await, 409, "conflict_error");
    demo.advance(600_000);
    assert_eq!(admin.status("a%20b%2Fc").await, "failed", "nobody runs it");
    for wrong in
        [json!({ "force_status": "done" }), json!({ "force_status": "failed", "created_at": "2020-01-01" })]
    {
        assert_refused(&start(&demo, "backup-vault", "heal", wrong).await, 400, "bad_parameters_error");
    }
    for (key, value) in [("force_status", "failed"), ("id", "x"), ("created_at", "2020-01-01T00:00:00Z")] {
        let body = json!({ "deployment_id": "backup-vault", "workflow_id": "heal", key: value });
        assert_refused(&caller(&demo, MONA).post("/executions", body).await, 403, "forbidden_error");
    }
    let nulls = json!({ "deployment_id": "backup-vault", "workflow_id": "heal", "force_status": null, "id": null,
                        "scheduled_time": null, "created_by": null, "parameters": null });
    let answer = caller(&demo, MONA).post("/executions", nulls).await;
    assert_eq!(answer.status, StatusCode::CREATED, "clients send all keys: {}", answer.text());
    let homeless =
        json!({ "deployment_id": "", "workflow_id": "upload_blueprint", "force_status": "terminated" });
    assert_eq!(admin.post("/executions", homeless).await.json()["deployment_id"], Value::Null);
}

#[tokio::test]
async fn everything_waits_for_work_on_the_whole_system() {
    let demo = demo();
    let admin = caller(&demo, ADMIN);
    let system = json!({ "deployment_id": "", "workflow_id": "create_snapshot", "id": "snapshot",
                         "force_status": "started", "is_system_workflow": true });
    assert_eq!(admin.post("/executions", system).await.status, StatusCode::CREATED);
    let waiting = admin.backup("edge-router-04").await;
    assert_eq!(waiting["status"], "queued", "though nobody asked for it");
    demo.advance(30_000);
    assert_eq!(admin.status(text(&waiting, "id")).await, "queued");
    admin.patch("/executions/snapshot", json!({ "status": "terminated" })).await;
    assert_eq!(admin.status(text(&waiting, "id")).await, "pending");
    let again = admin.patch("/executions/snapshot", json!({ "status": "started" })).await;
    assert_eq!(again.status, StatusCode::OK, "the one workflow that comes back from its end");
}
