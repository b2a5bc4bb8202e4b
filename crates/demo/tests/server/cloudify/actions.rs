//! What is accepted in which status, what follows, and when.

use super::*;

const STATUSES: [&str; 10] = [
    "pending",
    "started",
    "queued",
    "scheduled",
    "cancelling",
    "force_cancelling",
    "kill_cancelling",
    "terminated",
    "failed",
    "cancelled",
];

/// What an action makes of each status above: the new status, or how it is refused.
const TABLE: [(&str, [&str; 10]); 6] = [
    ("cancel", ["c", "c", "c", "c", "400", "400", "400", "400", "400", "400"]),
    ("force-cancel", ["f", "f", "f", "f", "f", "400", "400", "400", "400", "400"]),
    ("kill", ["k", "k", "k", "k", "k", "k", "k", "k", "k", "k"]),
    ("resume", ["409", "p", "409", "409", "409", "409", "409", "409", "p", "p"]),
    ("force-resume", ["409", "409", "409", "409", "409", "409", "409", "409", "p", "p"]),
    ("requeue", ["c", "c", "c", "c", "400", "400", "400", "400", "400", "400"]),
];

#[tokio::test]
async fn every_action_in_every_status() {
    let demo = demo();
    let admin = caller(&demo, ADMIN);
    for (action, row) in TABLE {
        for (status, expected) in STATUSES.iter().zip(row) {
            let id = format!("{action}-{status}");
            admin.forced(&id, status).await;
            let answer = admin.post(&format!("/executions/{id}"), json!({ "action": action })).await;
            let becomes = match expected {
                "c" => "cancelling",
                "f" => "force_cancelling",
                "k" => "kill_cancelling",
                "p" => "pending",
                "400" => {
                    let verb = if action == "force-cancel" { action } else { "cancel" };
                    assert_eq!(
                        assert_refused(&answer, 400, "illegal_action_error"),
                        format!("Can't {verb} execution {id} because it's in status {status}")
                    );
                    status
                }
                _ => {
                    assert_eq!(
                        assert_refused(&answer, 409, "conflict_error"),
                        format!("Cannot {action} execution: `{id}` in state: `{status}`")
                    );
                    status
                }
            };
            assert_eq!(admin.status(&id).await, becomes, "{action} on {status}");
            if answer.status == StatusCode::OK {
                assert_eq!(answer.json()["status"], becomes, "{action} on {status}");
            }
        }
    }
}

#[tokio::test]
async fn cancelling_settles_by_the_clock() {
    let demo = demo();
    let admin = caller(&demo, ADMIN);
    for (action, asked, after) in [
        ("cancel", "cancelling", 5_000),
        ("force-cancel", "force_cancelling", 3_000),
        ("kill", "kill_cancelling", 2_000),
    ] {
        let id = text(&admin.backup("edge-router-04").await, "id").to_owned();
        demo.advance(4_000);
        assert_eq!(admin.status(&id).await, "started");
        let answer = admin.post(&format!("/executions/{id}"), json!({ "action": action })).await.json();
        assert_eq!((text(&answer, "status"), &answer["ended_at"]), (asked, &Value::Null));
        assert_eq!(answer["error"], "");
        demo.advance(after - 1);
        assert_eq!(admin.status(&id).await, asked, "{action}");
        demo.advance(1);
        let ended = admin.read(&format!("/executions/{id}")).await;
        assert_eq!(ended["status"], "cancelled", "{action}");
        assert!(!ended["ended_at"].is_null());
        assert!(ended["finished_operations"].as_u64() < ended["total_operations"].as_u64());
    }
}

#[tokio::test]
async fn without_a_worker_nobody_listens() {
    let demo = demo();
    let admin = caller(&demo, ADMIN);
    let stuck = admin.items("/executions?deployment_id=lab-noworker&status=cancelling").await;
    assert_eq!(stuck.len(), 1);
    demo.advance(3_600_000);
    assert_eq!(admin.status(text(&stuck[0], "id")).await, "cancelling");
    let killed =
        admin.post(&format!("/executions/{}", text(&stuck[0], "id")), json!({ "action": "kill" })).await;
    assert_eq!(killed.json()["status"], "kill_cancelling");
    demo.advance(3_600_000);
    assert_eq!(admin.status(text(&stuck[0], "id")).await, "kill_cancelling");
}

#[tokio::test]
async fn a_stubborn_workflow_ignores_cancel_and_ends_failed() {
    let demo = demo();
    let admin = caller(&demo, ADMIN);
    let body = json!({ "deployment_id": "backup-vault", "workflow_id": "stubborn" });
    let id = text(&admin.post("/executions", body).await.json(), "id").to_owned();
    demo.advance(3_000);
    admin.post(&format!("/executions/{id}"), json!({ "action": "cancel" })).await;
    demo.advance(6_000);
    assert_eq!(admin.status(&id).await, "cancelling");
    demo.advance(3_000);
    let ended = admin.read(&format!("/executions/{id}")).await;
    assert_eq!(ended["status"], "failed");
    assert!(text(&ended, "error").contains("can't change status from cancelling to terminated"), "{ended}");
}

#[tokio::test]
async fn killing_what_has_ended_rewrites_it() {
    let demo = demo();
    let admin = caller(&demo, ADMIN);
    let before = admin.read("/executions/resumed-beyond-total").await;
    assert_eq!(before["status"], "terminated");
    let killed = admin.post("/executions/resumed-beyond-total", json!({ "action": "kill" })).await.json();
    assert_eq!((&killed["status"], &killed["ended_at"]), (&json!("kill_cancelling"), &before["ended_at"]));
    demo.advance(2_000);
    let after = admin.read("/executions/resumed-beyond-total").await;
    assert_eq!(after["status"], "cancelled");
    assert_ne!(after["ended_at"], before["ended_at"]);
}

#[tokio::test]
async fn resuming_runs_failed_operations_again_and_counts_them_twice() {
    let demo = demo();
    let admin = caller(&demo, ADMIN);
    let body = json!({ "deployment_id": "backup-vault", "workflow_id": "execute_operation",
                       "parameters": { "operation": "fail" } });
    let id = text(&admin.post("/executions", body).await.json(), "id").to_owned();
    demo.advance(60_000);
    let failed = admin.read(&format!("/executions/{id}")).await;
    assert_eq!(failed["status"], "failed");
    assert!(text(&failed, "error").starts_with("Traceback"), "{failed}");
    assert!(admin.items(&format!("/operations?execution_id={id}&state=failed")).await.len() >= 2);
    let resumed = admin.post(&format!("/executions/{id}"), json!({ "action": "resume" })).await.json();
    assert_eq!((&resumed["status"], &resumed["resume"]), (&json!("pending"), &json!(true)));
    assert_eq!((&resumed["ended_at"], &resumed["error"]), (&Value::Null, &failed["error"]));
    assert!(admin.items(&format!("/operations?execution_id={id}&state=failed")).await.is_empty());
    demo.advance(2_000);
    assert_eq!(admin.read(&format!("/executions/{id}")).await["error"], "", "the first report clears it");
    demo.advance(120_000);
    let ended = admin.read(&format!("/executions/{id}")).await;
    assert_eq!(ended["status"], "terminated", "{ended}");
    assert!(ended["finished_operations"].as_u64() > ended["total_operations"].as_u64(), "{ended}");
    let messages = admin.items(&format!("/events?execution_id={id}&event_type=workflow_started")).await;
    assert_eq!(messages.len(), 2);
    assert!(text(&messages[1], "message").starts_with("Resuming"));
}

#[tokio::test]
async fn a_workflow_that_cannot_be_resumed_says_so() {
    let demo = demo();
    let admin = caller(&demo, ADMIN);
    let body = json!({ "deployment_id": "backup-vault", "workflow_id": "scale",
                       "parameters": { "scalable_entity_name": "store" } });
    let id = text(&admin.post("/executions", body).await.json(), "id").to_owned();
    demo.advance(4_000);
    admin.post(&format!("/executions/{id}"), json!({ "action": "kill" })).await;
    demo.advance(2_000);
    admin.post(&format!("/executions/{id}"), json!({ "action": "resume" })).await;
    demo.advance(2_000);
    let ended = admin.read(&format!("/executions/{id}")).await;
    assert_eq!(
        (&ended["status"], &ended["error"]),
        (&json!("failed"), &json!("Cannot resume - workflow not resumable: scale"))
    );
}

#[tokio::test]
async fn actions_that_are_none() {
    let demo = demo();
    let admin = caller(&demo, ADMIN);
    let missing = admin.post("/executions/resumed-beyond-total", json!({})).await;
    assert_eq!(assert_refused(&missing, 400, "bad_parameters_error"), "Missing action in json request body");
    let unknown = admin.post("/executions/resumed-beyond-total", json!({ "action": "explode" })).await;
    assert_eq!(
        assert_refused(&unknown, 400, "bad_parameters_error"),
        "Invalid action: explode, Valid action values are: ['cancel', 'force-cancel', 'kill', 'resume', \
         'force-resume', 'requeue']"
    );
    let nobody = admin.post("/executions/nobody", json!({ "action": "cancel" })).await;
    assert_eq!(
        assert_refused(&nobody, 404, "not_found_error"),
        "Requested `Execution` ['nobody'] was not found"
    );
    let nobody = admin.get("/executions/nobody").await;
    assert_eq!(
        assert_refused(&nobody, 404, "not_found_error"),
        "Requested `Execution` with ID `nobody` was not found"
    );
    let extra =
        admin.post("/executions/resumed-beyond-total", json!({ "action": "cancel", "more": [1] })).await;
    assert_refused(&extra, 400, "illegal_action_error");
}

#[tokio::test]
async fn bodies_are_json_by_their_exact_name() {
    let demo = demo();
    let target = format!("{API}/executions/resumed-beyond-total");
    let post = |kind: &'static str, body: &'static str| {
        let (demo, target) = (demo.clone(), target.clone());
        async move {
            let mut headers = vec![("authorization", ADMIN), ("tenant", "default_tenant")];
            if !kind.is_empty() {
                headers.push(("content-type", kind));
            }
            send(&demo, request("POST", &target, &headers, body)).await
        }
    };
    for kind in ["", "application/json; charset=utf-8", "text/plain"] {
        assert_refused(&post(kind, r#"{"action":"kill"}"#).await, 415, "unsupported_content_type_error");
    }
    assert_page(&post("application/json", "{broken").await, 400);
    assert_page(&post("application/json", "").await, 400);
    assert_refused(&post("application/json", "[]").await, 400, "bad_parameters_error");
    assert_eq!(caller(&demo, ADMIN).status("resumed-beyond-total").await, "terminated");
}

#[tokio::test]
async fn reports_of_a_new_status() {
    let demo = demo();
    let admin = caller(&demo, ADMIN);
    let report = |id: &'static str, body: Value| {
        let admin = caller(&demo, ADMIN);
        async move { admin.patch(&format!("/executions/{id}"), body).await }
    };
    admin.forced("r-started", "started").await;
    let ended = report("r-started", json!({ "status": "failed", "error": "went wrong" })).await;
    assert_eq!(ended.status, StatusCode::OK);
    assert_eq!((&ended.json()["status"], &ended.json()["error"]), (&json!("failed"), &json!("went wrong")));
    assert_eq!(ended.json()["ended_at"], "2026-11-20T00:00:00.000Z");
    demo.advance(1_000);
    let again = report("r-started", json!({ "status": "failed" })).await.json();
    assert_eq!((&again["error"], &again["ended_at"]), (&json!(""), &json!("2026-11-20T00:00:01.000Z")));
    let back = report("r-started", json!({ "status": "started" })).await;
    assert_eq!(
        assert_refused(&back, 400, "invalid_exception_status_update"),
        "Invalid relationship - can't change status from failed to started for \"r-started\" execution while running \
         \"backup\" workflow."
    );
    admin.forced("r-cancelling", "cancelling").await;
    for (status, accepted) in [("started", false), ("terminated", false), ("queued", true)] {
        let answer = report("r-cancelling", json!({ "status": status })).await;
        assert_eq!(answer.status == StatusCode::OK, accepted, "{status}: {}", answer.text());
    }
    admin.forced("r-kill", "kill_cancelling").await;
    let started = report("r-kill", json!({ "status": "started" })).await.json();
    assert_eq!(started["started_at"], "2026-11-20T00:00:01.000Z");
    let message =
        assert_refused(&report("r-kill", json!({ "status": "BANANA" })).await, 409, "storage_error");
    assert!(message.contains("SQL"), "{message}");
    assert_refused(&report("r-kill", json!({})).await, 400, "bad_parameters_error");
    assert_refused(&report("nobody", json!({ "status": "failed" })).await, 404, "not_found_error");
}

#[tokio::test]
async fn a_report_by_hand_stops_the_worker() {
    let demo = demo();
    let admin = caller(&demo, ADMIN);
    let id = text(&admin.backup("backup-vault").await, "id").to_owned();
    demo.advance(5_000);
    admin.patch(&format!("/executions/{id}"), json!({ "status": "terminated" })).await;
    let done = admin.read(&format!("/executions/{id}")).await;
    demo.advance(60_000);
    assert_eq!(admin.read(&format!("/executions/{id}")).await, done);
    let id = text(&admin.backup("backup-vault").await, "id").to_owned();
    demo.advance(5_000);
    admin.patch(&format!("/executions/{id}"), json!({ "status": "cancelling" })).await;
    demo.advance(5_000);
    assert_eq!(admin.status(&id).await, "cancelled", "the worker listens to a report too");
}

#[tokio::test]
async fn should_start_answers_as_it_was_meant_to() {
    let demo = demo();
    let admin = caller(&demo, ADMIN);
    let id = text(&admin.backup("backup-vault").await, "id").to_owned();
    assert_eq!(admin.read(&format!("/executions/{id}/should-start")).await, json!(true));
    assert_eq!(admin.read("/executions/resumed-beyond-total/should-start").await, json!(false));
    assert_refused(&admin.get("/executions/nobody/should-start").await, 404, "not_found_error");
    let real = admin.get("/executions/should-start-fail-500/should-start").await;
    assert_refused(&real, 500, "internal_server_error");
}
