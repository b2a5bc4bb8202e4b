//! From the wire: what each action was answered. Asked for is not done, and where the answer does not tell, it says so.

use super::parse::{elements, within};
use super::{kinds, retention, said};
use crate::dialect::{ActionCall, Key, Kind, Outcome};
use crate::http::{ApiError, ApiResponse, ErrorKind};
use crate::json::fields;
use crate::text::{STOPS, fill, t};

pub(super) fn read(kind: Kind, call: &ActionCall, response: &ApiResponse) -> Result<Outcome, ApiError> {
    let text = response.text();
    if !response.is_success() {
        return refused(kind, call, response, &text);
    }
    let text = text.trim();
    let unreadable = |why: &'static str| ApiError::unreadable(response, why);
    // A write that was answered with something else may have been done all the same.
    let unclear = || Ok(Outcome::Unclear(unreadable("The answer is not one that this API gives.")));
    let is_object = fields::visit(text, &mut |_, _| {}).is_ok();
    match call.action {
        "should-start" => match fields::as_bool(text) {
            Some(true) => Ok(Outcome::Said(t("It can start: nothing stands in its way.").to_owned())),
            Some(false) => Ok(Outcome::Said(
                t("It cannot start now: its deployment or the system is busy with another execution.")
                    .to_owned(),
            )),
            None => Err(unreadable("The answer is neither true nor false.")),
        },
        "count-by-status" => {
            counts(text).map(Outcome::Said).ok_or_else(|| unreadable("The answer is no summary."))
        }
        "dump" => {
            let mut items = None;
            within(text, &[], &mut |name, value| {
                if name == "items" && value.starts_with('[') {
                    items = Some(value.to_owned());
                }
            });
            let items = items.ok_or_else(|| unreadable("The answer holds no list of groups."))?;
            Ok(Outcome::File("execution-groups.json", items))
        }
        // The operation's deletion has no body, or the deleted operation.
        "delete" if kind == kinds::OPERATIONS && (text.is_empty() || is_object) => Ok(Outcome::Done),
        _ if !is_object => unclear(),
        "delete" if kind == kinds::EXECUTIONS => match deleted(text) {
            Some(0) => {
                let mut error = unreadable(
                    "The server deleted nothing. It keeps executions that have not ended and the last successful creation of a deployment's environment, and knows nothing of those already gone.",
                );
                error.kind = ErrorKind::Conflict;
                Err(error)
            }
            Some(_) => Ok(Outcome::Done),
            None => unclear(),
        },
        retention::ACTION => match deleted(text) {
            Some(1) => Ok(Outcome::Said(t("1 execution was deleted.").to_owned())),
            Some(count) => Ok(Outcome::Said(fill("{0} executions were deleted.", &[&count.to_string()]))),
            None => unclear(),
        },
        "start" | "create" | "start-group" | "create-group" | "create-operation" | "create-graph" => {
            made(kind, text).map_or_else(unclear, Ok)
        }
        "update-status" | "update-state" | "set-concurrency" | "set-target-groups" => Ok(Outcome::Done),
        _ => Ok(Outcome::Requested),
    }
}

/// `{"items": [{"count": n}]}`.
fn deleted(text: &str) -> Option<u64> {
    let mut count = None;
    items(text, &mut |item| {
        within(item, &[], &mut |name, value| {
            if name == "count" {
                count = fields::as_u64(value);
            }
        });
    });
    count
}

/// A line for each status: its word and how many.
fn counts(text: &str) -> Option<String> {
    let mut told = String::new();
    let found = items(text, &mut |item| {
        let (mut status, mut count) = (t("none").to_owned(), "?".to_owned());
        within(item, &[], &mut |name, value| {
            let Some(text) = fields::as_text(value) else { return };
            match name {
                "status" => status = text.into_owned(),
                "executions" => count = text.into_owned(),
                _ => {}
            }
        });
        if !told.is_empty() {
            told.push('\n');
        }
        told.push_str(&status);
        told.push_str(": ");
        told.push_str(&count);
    });
    if told.is_empty() {
        told.push_str(t("There are no executions."));
    }
    found.then_some(told)
}

fn items(text: &str, each: &mut dyn FnMut(&str)) -> bool {
    let mut found = false;
    within(text, &[], &mut |name, value| {
        if name == "items" {
            found = elements(value, each);
        }
    });
    found
}

/// What was made. A scheduled start has no id yet, a graph cannot be shown by its id, and a group without executions
/// is worth a word.
fn made(kind: Kind, text: &str) -> Option<Outcome> {
    let (mut key, mut scheduled, mut empty) = (Key::default(), false, false);
    within(text, &[], &mut |name, value| match name {
        "id" => key.id = fields::as_text(value).unwrap_or_default().into_owned(),
        "tenant_name" => key.tenant = fields::as_text(value).map(|text| text.into_owned()),
        "status" => scheduled = fields::as_text(value).is_some_and(|status| status == "scheduled"),
        "execution_ids" => {
            empty = true;
            elements(value, &mut |_| empty = false);
        }
        _ => {}
    });
    if kind == kinds::GRAPHS && !key.id.is_empty() {
        return Some(Outcome::Said(fill("The tasks graph {0} was made.", &[&key.id])));
    }
    if !key.id.is_empty() && !empty {
        return Some(Outcome::Created(key));
    }
    if !key.id.is_empty() {
        return Some(Outcome::Said(fill(
            "The group {0} was made without executions. Does the workflow exist on its deployments?",
            &[&key.id],
        )));
    }
    scheduled.then(|| {
        Outcome::Said(
            t("The start is scheduled. The execution gets its id when it starts; until then no list shows it.")
                .to_owned(),
        )
    })
}

/// The server's refusal, with what it leaves unsaid.
fn refused(kind: Kind, call: &ActionCall, response: &ApiResponse, text: &str) -> Result<Outcome, ApiError> {
    let message = said(text);
    let speaks = message.is_some();
    let names_none = message.as_deref().is_some_and(|message| message.contains("[]"));
    let mut error = ApiError::from_answer(response, message);
    let cancels = matches!(call.action, "cancel" | "force-cancel" | "kill");
    let mut code = None;
    within(text, &[], &mut |name, value| {
        if name == "error_code" {
            code = fields::as_text(value).map(|code| code.into_owned());
        }
    });
    let more = match (kind, call.action, response.status) {
        // Deleted, and then the server failed to say so.
        (kinds::OPERATIONS, "delete", 500) => return Ok(Outcome::Unclear(error)),
        // Queued executions were cancelled, and nothing was left for the server to find.
        (kinds::GROUPS, _, 404) if cancels && names_none => return Ok(Outcome::Unclear(error)),
        (kinds::GROUPS, _, 400) if cancels && speaks => {
            "Its queued executions may be cancelled all the same."
        }
        (_, "should-start", 500) => "This server fails at should-start, as version 7.0.5 does.",
        (_, "start", _)
            if matches!(code.as_deref(), Some("unavailable_workflow_error" | "dependent_exists_error")) =>
        {
            "The server may have stored a failed execution for this start."
        }
        (_, "start-group", 400) if speaks => "The server may have stored an empty group for this start.",
        (_, "create-operation", 500) => "This server fails so where the tasks graph does not exist.",
        (_, "create-graph", 500) => "This server fails so where the execution does not exist.",
        _ => return Err(error),
    };
    // Servers mostly leave the full stop out; ours is a sentence of its own.
    let ended = error.message.ends_with(STOPS);
    error.message.push_str(if ended { " " } else { ". " });
    error.message.push_str(t(more));
    Err(error)
}

#[cfg(test)]
#[path = "answer_tests.rs"]
mod tests;
