//! What the answers to actions mean: done, asked for, made, refused, or not told.

use super::*;

fn answered(kind: Kind, action: &'static str, status: u16, body: &str) -> Result<Outcome, ApiError> {
    let call = ActionCall { action, key: Key::of("x"), inputs: vec![] };
    read(kind, &call, &ApiResponse { status, headers: vec![], body: body.into() })
}

fn refusal(
    kind: Kind,
    action: &'static str,
    status: u16,
    code: &str,
    message: &str,
) -> Result<Outcome, ApiError> {
    let body = format!(r#"{{"error_code":"{code}","message":"{message}","server_traceback":null}}"#);
    answered(kind, action, status, &body)
}

#[test]
fn asked_for_is_not_done() {
    let execution = r#"{"id":"x","status":"cancelling"}"#;
    for action in ["cancel", "force-cancel", "kill", "resume", "force-resume", "requeue"] {
        assert_eq!(answered("executions", action, 200, execution), Ok(Outcome::Requested), "{action}");
    }
    assert_eq!(answered("groups", "cancel", 200, r#"{"id":"g","status":null}"#), Ok(Outcome::Requested));
    for (kind, action) in
        [("executions", "update-status"), ("groups", "set-concurrency"), ("groups", "set-target-groups")]
    {
        assert_eq!(answered(kind, action, 200, execution), Ok(Outcome::Done), "{action}");
    }
    assert_eq!(answered("operations", "update-state", 200, "{}"), Ok(Outcome::Done));
}

#[test]
fn a_write_answered_with_something_else_is_unclear() {
    for body in ["<html>welcome</html>", "", "null", "[]", "{"] {
        for (kind, action) in [
            ("executions", "cancel"),
            ("executions", "start"),
            ("executions", "delete"),
            ("groups", "set-concurrency"),
        ] {
            assert!(matches!(answered(kind, action, 200, body), Ok(Outcome::Unclear(_))), "{action} {body}");
        }
        assert!(answered("executions", "count-by-status", 200, body).is_err(), "{body}");
        assert!(answered("executions", "should-start", 200, body).is_err(), "{body}");
        assert!(answered("groups", "dump", 200, body).is_err(), "{body}");
    }
}

#[test]
fn what_was_made_is_named_with_its_tenant() {
    let made = |kind, action, body| answered(kind, action, 201, body);
    let key = Outcome::Created(Key { id: "n".into(), tenant: Some("osaka-edge".into()) });
    let body = r#"{"id":"n","status":"pending","tenant_name":"osaka-edge"}"#;
    for (kind, action) in
        [("executions", "start"), ("executions", "create"), ("operations", "create-operation")]
    {
        assert_eq!(made(kind, action, body).as_ref(), Ok(&key), "{action}");
    }
    let Ok(Outcome::Said(told)) = made("graphs", "create-graph", body) else {
        panic!("no page shows a graph")
    };
    assert_eq!(told, "The tasks graph n was made.");
    let group = r#"{"id":"n","tenant_name":"osaka-edge","execution_ids":["a"],"status":"queued"}"#;
    assert_eq!(made("groups", "start-group", group), Ok(key));
    let empty = r#"{"id":"n","tenant_name":"osaka-edge","execution_ids":[],"status":null}"#;
    let Ok(Outcome::Said(told)) = made("groups", "start-group", empty) else {
        panic!("an empty group is told")
    };
    assert!(told.contains("without executions"), "{told}");
    let scheduled = r#"{"id":null,"status":"scheduled","workflow_id":null,"resume":null}"#;
    let Ok(Outcome::Said(told)) = made("executions", "start", scheduled) else { panic!("no id yet") };
    assert!(told.contains("scheduled"), "{told}");
    assert!(matches!(
        made("executions", "start", r#"{"id":null,"status":"pending"}"#),
        Ok(Outcome::Unclear(_))
    ));
}

#[test]
fn deletions_count_what_went() {
    let count =
        |count: &str| format!(r#"{{"items":[{{"count":{count}}}],"metadata":{{"pagination":{{}}}}}}"#);
    assert_eq!(answered("executions", "delete", 200, &count("1")), Ok(Outcome::Done));
    let error = answered("executions", "delete", 200, &count("0")).unwrap_err();
    assert_eq!(
        (error.kind, error.message.starts_with("The server deleted nothing.")),
        (ErrorKind::Conflict, true)
    );
    for (n, told) in [
        ("0", "0 executions were deleted."),
        ("1", "1 execution was deleted."),
        ("14", "14 executions were deleted."),
    ] {
        assert_eq!(
            answered("executions", "delete-executions", 200, &count(n)),
            Ok(Outcome::Said(told.into()))
        );
    }
    assert!(matches!(answered("executions", "delete-executions", 200, "{}"), Ok(Outcome::Unclear(_))));
    for (status, body) in [(204, ""), (200, r#"{"id":"x"}"#)] {
        assert_eq!(answered("operations", "delete", status, body), Ok(Outcome::Done), "{status}");
    }
    let Ok(Outcome::Unclear(error)) =
        refusal("operations", "delete", 500, "internal_server_error", "Internal error")
    else {
        panic!("the row may be gone")
    };
    assert_eq!(error.kind, ErrorKind::Server);
    assert_eq!(
        refusal("operations", "delete", 404, "not_found_error", "no").unwrap_err().kind,
        ErrorKind::NotFound
    );
}

#[test]
fn a_group_whose_queued_members_were_cancelled_is_unclear_and_an_unknown_one_is_not_found() {
    let none = "Requested `Execution` [] was not found";
    for action in ["cancel", "force-cancel", "kill"] {
        assert!(
            matches!(refusal("groups", action, 404, "not_found_error", none), Ok(Outcome::Unclear(_))),
            "{action}"
        );
        let unknown = refusal(
            "groups",
            action,
            404,
            "not_found_error",
            "Requested `ExecutionGroup` with ID `x` was not found",
        );
        assert_eq!(unknown.unwrap_err().kind, ErrorKind::NotFound);
        assert_eq!(answered("groups", action, 404, "<html>").unwrap_err().kind, ErrorKind::NotFound);
    }
    let error = refusal("groups", "cancel", 400, "illegal_action_error", "Can't cancel").unwrap_err();
    assert!(
        error.message.starts_with("Can't cancel") && error.message.contains("all the same"),
        "{}",
        error.message
    );
    assert!(refusal("executions", "cancel", 404, "not_found_error", none).is_err());
}

#[test]
fn refusals_tell_what_they_leave_behind() {
    for (code, left) in [
        ("unavailable_workflow_error", true),
        ("dependent_exists_error", true),
        ("illegal_execution_parameters_error", false),
        ("existing_running_execution_error", false),
    ] {
        let error = refusal("executions", "start", 400, code, "Refused.").unwrap_err();
        assert_eq!(error.message.contains("stored a failed execution"), left, "{code}");
        assert!(error.message.starts_with("Refused."), "{}", error.message);
    }
    let error =
        refusal("groups", "start-group", 400, "illegal_execution_parameters_error", "Refused.").unwrap_err();
    assert!(error.message.contains("empty group"), "{}", error.message);
    let error = refusal("executions", "should-start", 500, "internal_server_error", "Oops.").unwrap_err();
    assert!(error.message.contains("fails at should-start"), "{}", error.message);
    assert_eq!(
        refusal("executions", "resume", 409, "conflict_error", "no").unwrap_err().kind,
        ErrorKind::Conflict
    );
    assert_eq!(
        refusal("executions", "start", 401, "unauthorized_error", "no").unwrap_err().kind,
        ErrorKind::SignedOut
    );
    assert_eq!(
        refusal("executions", "start", 503, "maintenance_mode_active", "no").unwrap_err().kind,
        ErrorKind::Server
    );
}

#[test]
fn questions_are_answered_in_sentences() {
    for (body, words) in [("true", "It can start"), ("false", "It cannot start now")] {
        let Ok(Outcome::Said(told)) = answered("executions", "should-start", 200, body) else {
            panic!("{body}")
        };
        assert!(told.starts_with(words), "{told}");
    }
    let body =
        r#"{"items":[{"status":"failed","executions":2},{"status":null,"executions":1}],"metadata":{}}"#;
    assert_eq!(
        answered("executions", "count-by-status", 200, body),
        Ok(Outcome::Said("failed: 2\nnone: 1".into()))
    );
    let none = answered("executions", "count-by-status", 200, r#"{"items":[]}"#);
    assert_eq!(none, Ok(Outcome::Said("There are no executions.".into())));
    let body = r#"{"items":[{"id":"g","concurrency":5}],"metadata":{}}"#;
    let file = Outcome::File("execution-groups.json", r#"[{"id":"g","concurrency":5}]"#.into());
    assert_eq!(answered("groups", "dump", 200, body), Ok(file));
}
