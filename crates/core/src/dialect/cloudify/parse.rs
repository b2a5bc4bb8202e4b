//! From the wire: rows of executions, groups, operations and graphs, the page around them, and the user's tenants
//! (docs/DIALECTS.md, 4.3 to 4.8). Every field may be absent, null or of another type.

use super::{events, kinds, said};
use crate::dialect::read::Reader;
use crate::dialect::{Choice, Kind, PageInfo, RowError, Words};
use crate::http::{ApiError, ApiResponse};
use crate::json::fields;
use crate::json::redact::redact_text;
use crate::json::tree::{NodeId, Tree};
use crate::model::{More, Operation, Progress, State};
use crate::text::{fill, t};
use crate::time::parse_cloudify;

pub(super) fn row(kind: Kind, text: &str, words: &mut Words) -> Result<Operation, RowError> {
    let mut read = Reader::row(text, words)?;
    if kind == kinds::EVENTS {
        return events::event(read);
    }
    let mut op = Operation {
        id: read.text("id").filter(|id| !id.trim().is_empty()).ok_or(RowError::NoId)?,
        tenant: read.word("tenant_name"),
        created: read.stamp("created_at", parse_cloudify),
        ..Operation::default()
    };
    let mut more = More::default();
    match kind {
        kinds::GROUPS => group(&mut read, &mut op, &mut more),
        kinds::OPERATIONS => operation(&mut read, &mut op, &mut more),
        kinds::GRAPHS => {
            op.kind = read.word("name");
            op.target = read.word("execution_id");
            more.facts = read.facts(&["created_by", "visibility"]);
        }
        _ => execution(&mut read, &mut op, &mut more),
    }
    op.more = Some(Box::new(more));
    op.oddities = read.oddities;
    Ok(op)
}

fn execution(read: &mut Reader, op: &mut Operation, more: &mut More) {
    status(read, op, "status");
    op.kind = read.word("workflow_id");
    op.target = read.word("deployment_id");
    op.name = read.text("deployment_display_name");
    op.started = read.stamp("started_at", parse_cloudify);
    op.ended = read.stamp("ended_at", parse_cloudify);
    op.error = read.text("error").map(|text| redact_text(&text).into());
    op.body = read.span("parameters");
    let (finished, total) = (count(read, "finished_operations"), count(read, "total_operations"));
    // Zero of zero is what the server writes for "unknown" too.
    if finished > 0 || total > 0 {
        more.progress = Some(Progress::Steps { finished, total });
    }
    more.facts = read.facts(&[
        "status_display",
        "created_by",
        "blueprint_id",
        "execution_group_id",
        "is_dry_run",
        "resume",
        "scheduled_for",
        "is_system_workflow",
        "allow_custom_parameters",
        "visibility",
    ]);
}

fn group(read: &mut Reader, op: &mut Operation, more: &mut More) {
    status(read, op, "status");
    op.kind = read.word("workflow_id");
    op.target = read.word("deployment_group_id");
    more.facts = read.facts(&["concurrency", "created_by", "visibility"]);
    if let Some(ids) = read.raw("execution_ids") {
        let mut members = 0;
        if elements(ids, &mut |_| members += 1) {
            let members = read.share(&members.to_string());
            more.facts.push(("executions", members));
        } else {
            read.odd(ids, "execution_ids", "{0} is not a list: {1}");
        }
    }
}

fn operation(read: &mut Reader, op: &mut Operation, more: &mut More) {
    status(read, op, "state");
    op.kind = read.word("name");
    op.target_type = read.word("type");
    op.body = read.span("parameters");
    more.facts = read.facts(&[
        "tasks_graph_id",
        "dependencies",
        "manager_name",
        "agent_name",
        "created_by",
        "visibility",
    ]);
    // What the workflow engine keeps in the parameters: how often it was tried, and deep inside on what it works.
    read.open("parameters");
    op.error = read.raw("error").and_then(fields::as_shown).map(|text| redact_text(&text).into());
    more.facts.extend(read.facts(&[
        "current_retries",
        "total_retries",
        "containing_subgraph",
        "retried_task",
    ]));
    let retried = read.raw("retried_task").and_then(fields::as_text);
    op.warning = match (retried, op.status.as_deref()) {
        (Some(id), _) => Some(fill("This tries the operation {0} again.", &[&id]).into()),
        (None, Some(state)) if state.eq_ignore_ascii_case("rescheduled") => {
            Some(t("It failed and is tried again by a newer operation.").into())
        }
        _ => None,
    };
    read.open("task_kwargs");
    read.open("kwargs");
    if read.raw("__cloudify_context").is_some() {
        read.open("__cloudify_context");
        op.target = read.raw("node_id").and_then(fields::as_text).map(|id| read.share(&id));
        op.name = read.raw("node_name").and_then(fields::as_text).map(|name| name.into());
    }
}

/// A number of operations; null stands as 0 on the wire already.
fn count(read: &mut Reader, name: &str) -> u64 {
    read.number(name).and_then(|count| u64::try_from(count).ok()).unwrap_or(0)
}

fn status(read: &mut Reader, op: &mut Operation, name: &str) {
    op.status = read.word(name);
    op.state = op.status.as_deref().map_or(State::Unknown, state);
}

/// The words of executions, groups and operations in one table: no word means two things. Nothing is guessed.
fn state(word: &str) -> State {
    let known: &[(&[&str], State)] = &[
        (&["pending", "queued", "scheduled"], State::Waiting),
        (&["started", "sending", "sent", "response-sent"], State::Running),
        (&["cancelling", "force_cancelling", "kill_cancelling"], State::Cancelling),
        (&["terminated", "succeeded"], State::Succeeded),
        (&["failed", "rescheduled"], State::Failed),
        (&["cancelled"], State::Cancelled),
    ];
    let is = |words: &[&str]| words.iter().any(|known| word.eq_ignore_ascii_case(known));
    known.iter().find(|(words, _)| is(words)).map_or(State::Unknown, |(_, state)| *state)
}

/// `{"metadata": {"pagination": {"total", "size", "offset"}}}`. `size` is what was asked for, not what came.
pub(super) fn page(envelope: &str) -> PageInfo {
    let (mut total, mut size, mut offset) = (None, 0, 0);
    within(envelope, &["metadata", "pagination"], &mut |name, value| match name {
        "total" => total = fields::as_u64(value),
        "size" => size = fields::as_u64(value).unwrap_or(0),
        "offset" => offset = fields::as_u64(value).unwrap_or(0),
        _ => {}
    });
    let after = offset.saturating_add(size);
    let next = total.filter(|total| size > 0 && after < *total).map(|_| after.to_string());
    PageInfo { total, next, unreachable: vec![] }
}

/// Calls `each` with the members of the object that the path leads to. What is no object has none.
pub(super) fn within(text: &str, path: &[&str], each: &mut dyn FnMut(&str, &str)) {
    let mut text = text;
    for name in path {
        let mut inner = None;
        let _ = fields::visit(text, &mut |member, value| {
            if member == *name {
                inner = Some(value);
            }
        });
        let Some(found) = inner else { return };
        text = found;
    }
    let _ = fields::visit(text, &mut |name, value| each(&name, value));
}

/// Calls `each` with the elements of a list. False where it is no list.
pub(super) fn elements(text: &str, each: &mut dyn FnMut(&str)) -> bool {
    let Some(tree) = Tree::read(text).ok().filter(|_| text.starts_with('[')) else { return false };
    for id in tree.children(NodeId(0)) {
        if let Some(node) = tree.node(id) {
            each(node.raw);
        }
    }
    true
}

/// The tenants of the user with their roles. An administrator of the system may use others too, and is told so.
pub(super) fn tenants(response: &ApiResponse) -> Result<Vec<Choice>, ApiError> {
    let text = response.text();
    if !response.is_success() {
        return Err(ApiError::from_answer(response, said(&text)));
    }
    let (mut admin, mut found) = (false, None);
    fields::visit(&text, &mut |name, value| match &*name {
        "role" => admin = fields::as_text(value).is_some_and(|role| role == "sys_admin"),
        "tenants" => found = Some(value),
        _ => {}
    })
    .map_err(|error| ApiError::unreadable(response, error.to_string()))?;
    let mut choices = vec![];
    within(found.unwrap_or_default(), &[], &mut |tenant, value| {
        let mut note = String::new();
        let mut add = |role: &str| {
            if !note.is_empty() {
                note.push_str(", ");
            }
            note.push_str(role);
        };
        within(value, &[], &mut |name, value| {
            if name == "roles" {
                elements(value, &mut |role| add(&fields::as_text(role).unwrap_or_default()));
            }
        });
        if admin {
            add("sys_admin");
        }
        choices.push(Choice { value: tenant.to_owned(), note: (!note.is_empty()).then_some(note) });
    });
    choices.sort_by(|one, other| one.value.cmp(&other.value));
    Ok(choices)
}

#[cfg(test)]
#[path = "parse_tests.rs"]
mod tests;
