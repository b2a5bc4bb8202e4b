//! What every action sends, and what is refused before it is sent.

use super::*;
use crate::dialect::{
    Availability, Dialect, InputKind, Key, Kind, cloudify::EXECUTIONS, cloudify::OPERATIONS,
};
use crate::http::{HeaderValue, Secret, decode_query, sign_in::Session};
use crate::model::{Operation, State};
use std::sync::Arc;

fn at(tenant: Option<&str>) -> Endpoint {
    Endpoint {
        base: "/cloudify".into(),
        tenant: tenant.map(str::to_owned),
        session: Some(Session::pasted(Secret::new("ctok-a-b"))),
    }
}

fn dialect(kind: Kind) -> &'static dyn Dialect {
    if matches!(kind, "operations" | "graphs") { &OPERATIONS } else { &EXECUTIONS }
}

fn call(action: &'static str, id: &str, inputs: &[(&'static str, &str)]) -> ActionCall {
    let inputs = inputs.iter().map(|(name, value)| (*name, (*value).to_owned())).collect();
    ActionCall { action, key: Key::of(id), inputs }
}

fn built(
    kind: Kind,
    action: &'static str,
    id: &str,
    inputs: &[(&'static str, &str)],
) -> Result<ApiRequest, BuildError> {
    dialect(kind).act(&at(None), kind, &call(action, id, inputs))
}

/// Method, path and query below the API's root, and the body.
fn wire(
    kind: Kind,
    action: &'static str,
    id: &str,
    inputs: &[(&'static str, &str)],
) -> (&'static str, String, Option<String>) {
    let request = built(kind, action, id, inputs).unwrap();
    let url = request.url.strip_prefix("/cloudify/api/v3.1/").unwrap().to_owned();
    (request.method.as_str(), url, request.body.map(|body| body.reveal().to_owned()))
}

fn is(wire: (&'static str, String, Option<String>), method: &str, url: &str, body: &str) {
    let expected = Some(body.to_owned()).filter(|body| !body.is_empty());
    assert_eq!((wire.0, wire.1.as_str(), wire.2), (method, url, expected));
}

#[test]
fn actions_on_one_execution() {
    for action in ["cancel", "force-cancel", "kill", "resume", "force-resume", "requeue"] {
        let body = format!(r#"{{"action":"{action}"}}"#);
        is(wire("executions", action, "a b", &[]), "POST", "executions/a%20b", &body);
    }
    let inputs = [("status", "Failed"), ("error", "it \"broke\"")];
    is(
        wire("executions", "update-status", "e", &inputs),
        "PATCH",
        "executions/e",
        r#"{"status":"failed","error":"it \"broke\""}"#,
    );
    is(wire("executions", "delete", "a&b", &[]), "DELETE", "executions?id=a%26b", "{}");
    is(wire("executions", "should-start", "e", &[]), "GET", "executions/e/should-start", "");
}

#[test]
fn actions_on_groups() {
    for action in ["cancel", "force-cancel", "kill", "resume", "force-resume"] {
        let body = format!(r#"{{"action":"{action}"}}"#);
        is(wire("groups", action, "g", &[]), "POST", "execution-groups/g", &body);
    }
    assert_eq!(built("groups", "requeue", "g", &[]).unwrap_err(), BuildError::NotOffered);
    is(
        wire("groups", "set-concurrency", "g", &[("concurrency", "0")]),
        "PATCH",
        "execution-groups/g",
        r#"{"concurrency":0}"#,
    );
    is(
        wire("groups", "set-target-groups", "g", &[("failure_group_id", "bad")]),
        "PATCH",
        "execution-groups/g",
        r#"{"failure_group_id":"bad"}"#,
    );
    assert!(matches!(built("groups", "set-target-groups", "g", &[]), Err(BuildError::Missing(_))));
    let inputs =
        [("deployment_group_id", "dg"), ("workflow_id", "install"), ("concurrency", "2"), ("force", "false")];
    is(
        wire("groups", "start-group", "", &inputs),
        "POST",
        "execution-groups",
        r#"{"deployment_group_id":"dg","workflow_id":"install","concurrency":2}"#,
    );
    let inputs =
        [("deployment_group_id", "dg"), ("workflow_id", "install"), ("associated_executions", r#"["a"]"#)];
    is(
        wire("groups", "create-group", "", &inputs),
        "POST",
        "execution-groups",
        r#"{"deployment_group_id":"dg","workflow_id":"install","associated_executions":["a"]}"#,
    );
    let (method, url, body) = wire("groups", "dump", "", &[("execution_group_ids", r#"["a","b"]"#)]);
    let query = decode_query(url.split_once('?').unwrap().1);
    assert_eq!((method, body), ("GET", None));
    let ids: Vec<_> = query.iter().filter(|(name, _)| name == "id").map(|(_, id)| id.as_str()).collect();
    assert_eq!(ids, ["a", "b"]);
    for name in ["_get_data", "_get_all_results", "_include", "_all_tenants"] {
        assert!(query.iter().any(|(known, _)| known == name), "{name}");
    }
}

#[test]
fn actions_on_operations_and_graphs() {
    let inputs = [("state", "failed"), ("result", "[1.50]"), ("agent_name", "agent")];
    is(
        wire("operations", "update-state", "o", &inputs),
        "PATCH",
        "operations/o",
        r#"{"state":"failed","result":[1.50],"agent_name":"agent"}"#,
    );
    is(wire("operations", "delete", "o", &[]), "DELETE", "operations/o", "");
    let inputs = [("id", "o/1"), ("name", "n"), ("graph_id", "g"), ("type", "my.own.Task")];
    is(
        wire("operations", "create-operation", "", &inputs),
        "PUT",
        "operations/o%2F1",
        r#"{"name":"n","graph_id":"g","type":"my.own.Task","dependencies":[],"parameters":{}}"#,
    );
    let inputs = [("name", "n"), ("execution_id", "e"), ("operations", "[]")];
    is(
        wire("graphs", "create-graph", "", &inputs),
        "POST",
        "tasks_graphs/tasks_graphs",
        r#"{"name":"n","execution_id":"e","operations":[]}"#,
    );
}

#[test]
fn a_start_sends_what_was_filled_in() {
    let inputs = [
        ("deployment_id", "d"),
        ("workflow_id", "backup"),
        ("parameters", r#"{"n": 12345678901234567890}"#),
        ("force", "true"),
        ("dry_run", "TRUE"),
        ("queue", ""),
        ("wait_after_fail", "60"),
        ("scheduled_time", "202611220900+0900"),
        ("tenant", "osaka-edge"),
    ];
    is(
        wire("executions", "start", "", &inputs),
        "POST",
        "executions",
        r#"{"deployment_id":"d","workflow_id":"backup","parameters":{"n": 12345678901234567890},"force":true,"dry_run":true,"scheduled_time":"202611220900+0900","wait_after_fail":60}"#,
    );
    let inputs = [
        ("deployment_id", "d"),
        ("workflow_id", "w"),
        ("force_status", "failed"),
        ("id", "mine"),
        ("ended_at", "2026-11-21T03:47:17Z"),
    ];
    is(
        wire("executions", "create", "", &inputs),
        "POST",
        "executions",
        r#"{"deployment_id":"d","workflow_id":"w","force_status":"failed","id":"mine","ended_at":"2026-11-21T03:47:17Z"}"#,
    );
}

#[test]
fn what_the_server_would_misread_is_refused_in_words() {
    let start = [("deployment_id", "d"), ("workflow_id", "w")];
    for (name, value, why) in [
        ("parameters", "{", "Parameters: Not valid JSON"),
        ("parameters", "[]", "Parameters must be a JSON object."),
        ("wait_after_fail", "-1", "Wait after a failure must be a whole number"),
        ("wait_after_fail", "1e3", "Wait after a failure must be a whole number"),
        ("scheduled_time", "2026-11-21T03:47:17", "Scheduled time needs date, time and zone"),
        ("scheduled_time", "tomorrow", "Scheduled time needs date, time and zone"),
    ] {
        let inputs: Vec<_> = start.into_iter().chain([(name, value)]).collect();
        let told = built("executions", "start", "", &inputs).unwrap_err().to_string();
        assert!(told.starts_with(why), "{told}");
    }
    let told = built("executions", "start", "", &[("workflow_id", "w")]).unwrap_err().to_string();
    assert_eq!(told, "Deployment is missing.");
    let told = built("operations", "update-state", "o", &[("state", "BANANA")]).unwrap_err().to_string();
    assert!(told.starts_with("State must be one of"), "this API would store it: {told}");
    let told = built("groups", "dump", "", &[("execution_group_ids", r#""a""#)]).unwrap_err().to_string();
    assert!(told.contains("must be a JSON list"), "{told}");
}

/// Values that pass for any input, so that every action can be built.
fn fill(kind: Kind, action: &'static str, id: &str) -> ActionCall {
    let table = dialect(kind).actions(kind).iter().find(|known| known.id == action).unwrap();
    let mut inputs = vec![];
    for input in table.inputs.iter().filter(|input| input.name != "keep_last") {
        let value = match input.kind {
            InputKind::Text => "other",
            InputKind::Number => "3",
            InputKind::Json if input.name.ends_with("parameters") => "{}",
            InputKind::Json => "[]",
            InputKind::OneOf(words) => words[0],
            InputKind::Flag => "true",
            InputKind::Time => "2026-11-21T03:47:17Z",
        };
        inputs.push((input.name, value.to_owned()));
    }
    let key = Key { id: id.to_owned(), tenant: Some("theirs".into()) };
    ActionCall { action, key, inputs }
}

#[test]
fn every_action_is_signed_in_its_tenant_and_a_pinned_one_always_wins() {
    let mut count = 0;
    for kind in ["executions", "groups", "operations", "graphs"] {
        for action in dialect(kind).actions(kind) {
            count += 1;
            let item = action.reach == Reach::Item;
            let call = fill(kind, action.id, if item { "x" } else { "" });
            let told = if call.input("tenant").is_some() { "other" } else { "theirs" };
            for (pin, expected) in [(None, told), (Some("mine"), "mine")] {
                let request = dialect(kind).act(&at(pin), kind, &call).unwrap();
                let tenants: Vec<_> = request.headers.iter().filter(|(name, _)| *name == "tenant").collect();
                assert_eq!(
                    tenants,
                    [&("tenant", HeaderValue::Plain(expected.into()))],
                    "{kind} {}",
                    action.id
                );
                assert!(request.headers.iter().any(|(name, _)| *name == "authentication-token"));
                assert!(
                    !request.url.contains("tenants") && !request.url.contains("tenant="),
                    "{}",
                    request.url
                );
                let types: Vec<_> =
                    request.headers.iter().filter(|(name, _)| *name == "content-type").collect();
                let json = ("content-type", HeaderValue::Plain("application/json".into()));
                let expected = if request.body.is_some() { vec![&json] } else { vec![] };
                assert_eq!(types, expected, "{kind} {}: a charset is refused", action.id);
                if let Some(body) = request.body {
                    crate::json::validate(body.reveal()).unwrap();
                    assert!(!body.reveal().contains("tenant"), "{kind} {}: {}", action.id, body.reveal());
                }
            }
            if item {
                let empty = fill(kind, action.id, " ");
                assert_eq!(dialect(kind).act(&at(None), kind, &empty).unwrap_err(), BuildError::EmptyId);
            }
            assert!(action.consequence.ends_with('.'), "{}", action.consequence);
        }
    }
    assert_eq!(count, 27);
    assert_eq!(built("executions", "explode", "x", &[]).unwrap_err(), BuildError::NotOffered);
    assert_eq!(
        EXECUTIONS.act(&at(None), "nothing", &call("cancel", "x", &[])).unwrap_err(),
        BuildError::NotOffered
    );
}

#[test]
fn questions_without_a_tenant_go_to_all() {
    let url = built("executions", "count-by-status", "", &[]).unwrap().url;
    assert!(url.ends_with("/summary/executions?_target_field=status&_all_tenants=true"), "{url}");
    let pinned = EXECUTIONS.act(&at(Some("mine")), "executions", &call("count-by-status", "", &[])).unwrap();
    assert!(!pinned.url.contains("_all_tenants"), "{}", pinned.url);
}

/// Contract 6.3, but for a kill of what has ended: the server would take it.
#[test]
fn the_table_of_statuses_and_actions() {
    let actions =
        ["cancel", "force-cancel", "kill", "resume", "force-resume", "requeue", "delete", "update-status"];
    for (status, state, allowed) in [
        ("pending", State::Waiting, "yyy..y.y"),
        ("started", State::Running, "yyyy.y.y"),
        ("queued", State::Waiting, "yyy..y.y"),
        ("scheduled", State::Waiting, "yyy..y.y"),
        ("cancelling", State::Cancelling, ".yy....y"),
        ("force_cancelling", State::Cancelling, "..y....y"),
        ("KILL_CANCELLING", State::Cancelling, "..y....y"),
        ("terminated", State::Succeeded, "......y."),
        ("failed", State::Failed, "...yy.y."),
        ("cancelled", State::Cancelled, "...yy.y."),
    ] {
        let op = Operation { state, status: Some(Arc::from(status)), ..Operation::default() };
        for (action, expected) in actions.into_iter().zip(allowed.chars()) {
            let table = EXECUTIONS.actions("executions").iter().find(|known| known.id == action).unwrap();
            let ready = (table.allowed)(&op) == Availability::Ready;
            assert_eq!(ready, expected == 'y', "{action} in {status}");
        }
    }
}
