//! Rows as the contract has them, and as a bad day has them.

use super::*;
use crate::dialect::{Dialect, cloudify::EXECUTIONS};
use crate::http::ErrorKind;
use crate::model::Stamp;
use crate::time::Millis;

const EXECUTION: &str = r#"{"id":"e1","workflow_id":"install","deployment_id":"d1","deployment_display_name":"Shop",
    "blueprint_id":"b1","status":"terminated","status_display":"completed","error":"","parameters":{"a":[1]},
    "created_at":"2026-11-21T03:47:17.000Z","started_at":"2026-11-21T03:47:18.000Z","ended_at":null,
    "scheduled_for":null,"created_by":"admin","tenant_name":"default_tenant","is_system_workflow":false,
    "is_dry_run":false,"resume":true,"total_operations":7,"finished_operations":8,"visibility":"tenant"}"#;

fn parse(kind: Kind, text: &str) -> Operation {
    row(kind, text, &mut Words::default()).unwrap()
}

fn answer(status: u16, body: &str) -> ApiResponse {
    ApiResponse { status, headers: vec![], body: body.into() }
}

#[test]
fn an_execution_reads_whole() {
    let op = parse("executions", EXECUTION);
    assert_eq!((&*op.id, op.state, op.status.as_deref()), ("e1", State::Succeeded, Some("terminated")));
    assert_eq!((op.kind.as_deref(), op.target.as_deref()), (Some("install"), Some("d1")));
    assert_eq!((op.name.as_deref(), op.tenant.as_deref()), (Some("Shop"), Some("default_tenant")));
    assert_eq!(op.created, Stamp::At(Millis(1_795_232_837_000)));
    assert_eq!((op.ended.clone(), op.error.as_deref()), (Stamp::Absent, None));
    assert_eq!(op.body.unwrap().cut(EXECUTION), Some(r#"{"a":[1]}"#));
    assert_eq!((op.fact("status_display"), op.fact("resume")), (Some("completed"), Some("true")));
    assert_eq!(op.fact("scheduled_for"), None);
    let progress = op.more.as_ref().unwrap().progress.unwrap();
    assert_eq!(progress, Progress::Steps { finished: 8, total: 7 }, "as the server says it");
    assert_eq!(progress.percent(), 100, "but never more than all");
    assert!(op.oddities.is_empty(), "{:?}", op.oddities);
}

#[test]
fn every_word_of_the_contract_has_its_state_in_any_case() {
    for (kind, field, words, state) in [
        ("executions", "status", &["pending", "queued", "scheduled"][..], State::Waiting),
        ("executions", "status", &["started", "STARTED"], State::Running),
        ("executions", "status", &["cancelling", "force_cancelling", "kill_cancelling"], State::Cancelling),
        ("executions", "status", &["terminated", "Terminated"], State::Succeeded),
        ("executions", "status", &["failed"], State::Failed),
        ("executions", "status", &["cancelled"], State::Cancelled),
        ("groups", "status", &["pending", "queued"], State::Waiting),
        ("groups", "status", &["started"], State::Running),
        ("groups", "status", &["terminated"], State::Succeeded),
        ("operations", "state", &["pending", "PENDING"], State::Waiting),
        ("operations", "state", &["sending", "sent", "started", "response-sent"], State::Running),
        ("operations", "state", &["succeeded"], State::Succeeded),
        ("operations", "state", &["failed", "rescheduled"], State::Failed),
        ("operations", "state", &["BANANA", "completed", ""], State::Unknown),
    ] {
        for word in words {
            let op = parse(kind, &format!(r#"{{"id":"x","{field}":"{word}"}}"#));
            assert_eq!(op.state, state, "{kind} {word}");
        }
        let op = parse(kind, &format!(r#"{{"id":"x","{field}":null}}"#));
        assert_eq!((op.state, op.status), (State::Unknown, None), "{kind} null");
    }
}

#[test]
fn an_orphan_and_wrong_types_lose_only_what_is_odd() {
    let op = parse(
        "executions",
        r#"{"id":"x","status":null,"parameters":null,"total_operations":0,"finished_operations":0}"#,
    );
    assert_eq!((op.state, op.body), (State::Unknown, None));
    assert_eq!(op.more.unwrap().progress, None, "0 of 0 is unknown");
    let op = parse(
        "executions",
        r#"{"id":5,"status":["a"],"deployment_id":{"a":1},"created_at":"soon","started_at":17,
            "finished_operations":-3,"total_operations":"many","error":{"text":"no"}}"#,
    );
    assert_eq!((&*op.id, op.state, op.target.as_deref()), ("5", State::Unknown, None));
    assert_eq!((op.created, op.started), (Stamp::Odd("soon".into()), Stamp::Odd("17".into())));
    assert_eq!(op.more.unwrap().progress, None);
    let told = op.oddities.join("; ");
    for name in ["id is", "status is", "deployment_id is", "started_at is", "total_operations is", "error is"]
    {
        assert!(told.contains(name), "{name}: {told}");
    }
    for (text, expected) in
        [("{}", RowError::NoId), (r#"{"id":null}"#, RowError::NoId), ("[]", RowError::NotAnObject)]
    {
        assert_eq!(row("executions", text, &mut Words::default()), Err(expected), "{text}");
    }
}

#[test]
fn a_group_counts_its_executions_where_it_tells_them() {
    let text = r#"{"id":"g","status":"started","workflow_id":"install","deployment_group_id":"dg","concurrency":2,
        "execution_ids":["a","b","c"],"created_at":"2026-11-21T03:47:17.000Z"}"#;
    let op = parse("groups", text);
    assert_eq!((op.fact("executions"), op.fact("concurrency")), (Some("3"), Some("2")));
    assert_eq!((op.kind.as_deref(), op.target.as_deref()), (Some("install"), Some("dg")));
    assert_eq!(parse("groups", r#"{"id":"g","execution_ids":null}"#).fact("executions"), None);
    assert_eq!(parse("groups", r#"{"id":"g","execution_ids":7}"#).oddities.len(), 1);
}

#[test]
fn an_operation_tells_its_retries_and_its_node() {
    let text = r#"{"id":"o2","name":"create","state":"sent","dependencies":["o1"],"type":"RemoteWorkflowTask",
        "tasks_graph_id":"g","tenant_name":"t","agent_name":null,
        "parameters":{"retried_task":"o0","current_retries":1,"total_retries":60,"error":"timed out",
        "task_kwargs":{"kwargs":{"error":"not this one","node_id":"nor this",
        "__cloudify_context":{"node_id":"vm_x1","node_name":"vm","operation":{"name":"create"}}}}}}"#;
    let op = parse("operations", text);
    assert_eq!((op.kind.as_deref(), op.target_type.as_deref()), (Some("create"), Some("RemoteWorkflowTask")));
    assert_eq!((op.target.as_deref(), op.name.as_deref()), (Some("vm_x1"), Some("vm")));
    assert_eq!((op.fact("tasks_graph_id"), op.fact("dependencies")), (Some("g"), Some(r#"["o1"]"#)));
    assert_eq!((op.fact("current_retries"), op.fact("agent_name")), (Some("1"), None));
    assert_eq!(op.error.as_deref(), Some("timed out"));
    assert!(op.warning.as_deref().unwrap().contains("o0"));
    assert!(op.body.unwrap().cut(text).unwrap().starts_with(r#"{"retried_task""#));
    assert!(op.oddities.is_empty(), "{:?}", op.oddities);

    let plain = parse(
        "operations",
        r#"{"id":"o","state":"failed","parameters":{"task_kwargs":{"kwargs":{"node_id":"mine"}}}}"#,
    );
    assert_eq!((plain.target.as_deref(), plain.warning.as_deref()), (None, None));
    let retried = parse("operations", r#"{"id":"o","state":"rescheduled","parameters":[]}"#);
    assert!(retried.warning.as_deref().unwrap().contains("newer operation"));
    assert_eq!(retried.oddities.len(), 1, "{:?}", retried.oddities);
}

#[test]
fn a_graph_and_an_event_read() {
    let graph = parse("graphs", r#"{"id":"g","name":"install","execution_id":"e","created_by":"admin"}"#);
    assert_eq!((graph.kind.as_deref(), graph.target.as_deref()), (Some("install"), Some("e")));
    assert_eq!(graph.state, State::Unknown);
    let text = r#"{"_storage_id":17,"type":"cloudify_event","timestamp":"2026-11-21T03:47:17.000Z","message":"Task failed",
        "event_type":"task_failed","error_causes":[{"message":"no route","type":"NonRecoverable","traceback":"Trace"},
        {"message":"again"}],"operation":"create","node_name":"vm","execution_id":"e"}"#;
    let event = parse("events", text);
    assert_eq!((&*event.id, event.kind.as_deref()), ("cloudify_event-17", Some("task_failed")));
    assert_eq!((event.name.as_deref(), event.target.as_deref()), (Some("Task failed"), Some("vm")));
    assert_eq!(event.error.as_deref(), Some("NonRecoverable: no route\nagain"));
    assert_eq!((event.fact("operation"), event.fact("execution_id")), (Some("create"), Some("e")));
    let failure = event.more.as_ref().unwrap().failure.unwrap();
    assert!(failure.cut(text).unwrap().starts_with('['));
    let log = parse(
        "events",
        r#"{"_storage_id":17,"type":"cloudify_log","level":"warning","logger":"ctx.vm","message":"m","error_causes":null}"#,
    );
    assert_eq!(
        (&*log.id, log.kind.as_deref()),
        ("cloudify_log-17", Some("ctx.vm")),
        "the type is part of the id"
    );
    assert_eq!((log.status.as_deref(), log.state, log.error), (Some("warning"), State::Unknown, None));
    for text in ["{}", r#"{"_storage_id":null,"type":"cloudify_log"}"#, r#"{"_storage_id":[1]}"#] {
        assert_eq!(row("events", text, &mut Words::default()), Err(RowError::NoId), "{text}");
    }
    assert_eq!(parse("events", r#"{"_storage_id":1,"error_causes":"odd"}"#).error, None);
}

#[test]
fn pages_follow_the_size_asked_for() {
    let page_of = |total: u64, size: u64, offset: u64| {
        page(&format!(
            r#"{{"items":[],"metadata":{{"pagination":{{"total":{total},"size":{size},"offset":{offset}}},"filtered":null}}}}"#
        ))
    };
    assert_eq!(
        page_of(2_500, 1_000, 0),
        PageInfo { total: Some(2_500), next: Some("1000".into()), unreachable: vec![] }
    );
    assert_eq!(page_of(2_500, 1_000, 1_000).next.as_deref(), Some("2000"));
    for (total, size, offset) in
        [(2_500, 1_000, 2_000), (0, 1_000, 0), (5, 0, 0), (10, 5, 5), (3, 5, u64::MAX)]
    {
        assert_eq!(page_of(total, size, offset).next, None, "{total} {size} {offset}");
    }
    for odd in ["", "null", "{}", r#"{"metadata":[]}"#, r#"{"metadata":{"pagination":{}}}"#] {
        assert_eq!(page(odd), PageInfo::default(), "{odd}");
    }
}

#[test]
fn get_tells_what_went_wrong() {
    let get = |status, body| EXECUTIONS.parse_get("executions", &answer(status, body), &mut Words::default());
    let (op, text) = get(200, EXECUTION).unwrap();
    assert_eq!((&*op.id, text.as_str()), ("e1", EXECUTION));
    let missing = r#"{"error_code":"not_found_error","message":"Requested `Execution` with ID `x` was not found","server_traceback":null}"#;
    let error = get(404, missing).unwrap_err();
    assert_eq!(
        (error.kind, error.message.as_str()),
        (ErrorKind::NotFound, "Requested `Execution` with ID `x` was not found")
    );
    let both = r#"{"message":"Internal error","error_code":"internal_server_error","server_traceback":"Traceback: secret"}"#;
    let error = get(500, both).unwrap_err();
    assert!(!error.message.contains("Traceback"), "{}", error.message);
    for (status, kind) in [
        (400, ErrorKind::Rejected),
        (401, ErrorKind::SignedOut),
        (403, ErrorKind::Forbidden),
        (404, ErrorKind::NotFound),
        (405, ErrorKind::NotOffered),
        (409, ErrorKind::Conflict),
        (415, ErrorKind::Rejected),
        (500, ErrorKind::Server),
        (503, ErrorKind::Server),
    ] {
        for body in
            ["<!doctype html><title>Not Found</title>", "", "null", r#"{"message":null,"detail":"no"}"#]
        {
            let error = get(status, body).unwrap_err();
            assert_eq!(error.kind, kind, "{status} {body}");
            assert!(!error.message.is_empty());
        }
    }
    for body in ["", "[]", "<html>", "{}", r#"{"id":null,"status":"scheduled"}"#] {
        assert_eq!(get(200, body).unwrap_err().kind, ErrorKind::Unreadable, "{body}");
    }
}

#[test]
fn the_tenants_of_a_user_come_with_their_roles() {
    let body = r#"{"username":"mona","role":"default","tenants":{"osaka-edge":{"tenant-role":"viewer","roles":["viewer","operations"]},
        "default_tenant":{"tenant-role":"manager","roles":["manager"]}}}"#;
    let note = |note: &str| Some(note.to_owned());
    let expected = [
        Choice { value: "default_tenant".into(), note: note("manager") },
        Choice { value: "osaka-edge".into(), note: note("viewer, operations") },
    ];
    assert_eq!(tenants(&answer(200, body)).unwrap(), expected);
    let admin = r#"{"role":"sys_admin","tenants":{"default_tenant":{"roles":["user"]},"odd":7}}"#;
    let found = tenants(&answer(200, admin)).unwrap();
    assert_eq!(found[0].note, note("user, sys_admin"));
    assert_eq!(found[1].note, note("sys_admin"));
    assert_eq!(tenants(&answer(200, r#"{"role":"default","tenants":2}"#)).unwrap(), [], "a count is no list");
    assert_eq!(tenants(&answer(200, "<html>")).unwrap_err().kind, ErrorKind::Unreadable);
    assert_eq!(tenants(&answer(401, "")).unwrap_err().kind, ErrorKind::SignedOut);
}
