//! Google's `Status`, as the error of an operation (its code is one of `google.rpc.Code`) and as the body of an HTTP
//! error (its code is the HTTP status, and a name stands beside it): readable lines, and what to do next
//! (docs/DIALECTS.md, sections 3.3 and 3.7).

use super::parse::each;
use crate::http::{ApiError, delay_seconds};
use crate::json::{fields, redact};

/// Names of `google.rpc.Code`, by number.
const CODES: [&str; 17] = [
    "OK",
    "CANCELLED",
    "UNKNOWN",
    "INVALID_ARGUMENT",
    "DEADLINE_EXCEEDED",
    "NOT_FOUND",
    "ALREADY_EXISTS",
    "PERMISSION_DENIED",
    "RESOURCE_EXHAUSTED",
    "FAILED_PRECONDITION",
    "ABORTED",
    "OUT_OF_RANGE",
    "UNIMPLEMENTED",
    "INTERNAL",
    "UNAVAILABLE",
    "DATA_LOSS",
    "UNAUTHENTICATED",
];

/// The code of an operation's error.
pub(super) fn code(status: &str) -> Option<i64> {
    fields::as_i64(member(status, "code")?)
}

/// The code's name; a number without a name stays a number.
pub(super) fn code_name(code: i64) -> String {
    let known = usize::try_from(code).ok().and_then(|at| CODES.get(at));
    known.map_or_else(|| ["code ", &code.to_string()].concat(), |name| (*name).to_owned())
}

/// An operation's error in words: `NOT_FOUND (5): message`, and a line for each detail.
pub(super) fn words(status: &str) -> Option<String> {
    let head = code(status).map(|code| {
        let mut head = code_name(code);
        if code >= 0 && head.bytes().all(|byte| byte != b' ') {
            head.push_str(" (");
            head.push_str(&code.to_string());
            head.push(')');
        }
        head
    });
    said_by(status, head)
}

/// The message of an HTTP error body, with the status' name before it and a line for each detail after it. Google's
/// sign-in servers have a form of their own, a word and its description.
pub(super) fn said(body: &str) -> Option<String> {
    let error = member(body, "error")?;
    if error.starts_with('"') {
        return said_by(body, Some(fields::as_text(error)?.into_owned()));
    }
    let name = member(error, "status").and_then(fields::as_text).map(|name| name.into_owned());
    let unimplemented = name.as_deref() == Some("UNIMPLEMENTED");
    let mut said = said_by(error, name)?;
    if unimplemented {
        said.push_str("\nThis service does not offer the call, or not with what was asked for.");
    }
    Some(said)
}

/// What an error body tells beside its words: how long to wait, and the id to quote to Google's support. A browser
/// cannot read either from the headers.
pub(super) fn hints(body: &str, error: &mut ApiError) {
    let Some(details) = member(body, "error").and_then(|status| member(status, "details")) else { return };
    each(details, &mut |detail| {
        let delay = member(detail, "retryDelay").and_then(fields::as_text);
        if let Some(delay) = delay.and_then(|delay| delay_seconds(&delay)) {
            error.retry_after = Some(error.retry_after.unwrap_or(0).max(delay));
        }
        if let Some(id) = member(detail, "requestId").and_then(fields::as_text) {
            error.request_id.get_or_insert_with(|| id.into_owned());
        }
    });
}

/// How much of the details is shown; all of them stand in the raw text.
const LONGEST: usize = 1_500;

fn said_by(status: &str, head: Option<String>) -> Option<String> {
    let message = ["message", "error_description"].into_iter().find_map(|name| member(status, name));
    let message = message.and_then(fields::as_shown).filter(|message| !message.trim().is_empty());
    let mut said = head.unwrap_or_default();
    if let Some(message) = message {
        if !said.is_empty() {
            said.push_str(": ");
        }
        said.push_str(&message);
    }
    each(member(status, "details").unwrap_or_default(), &mut |detail| {
        if said.len() < LONGEST {
            line(detail, &mut said);
        }
    });
    (!said.is_empty()).then(|| redact::redact_text(&said))
}

/// One detail as a line: the last part of its type, and its members as `name: value`.
fn line(detail: &str, said: &mut String) {
    let kind = member(detail, "@type").and_then(fields::as_text);
    if !said.is_empty() {
        said.push('\n');
    }
    said.push_str(kind.as_deref().and_then(|kind| kind.rsplit(['.', '/']).next()).unwrap_or("Detail"));
    let start = said.len();
    members(detail, 0, said);
    // The first separator stands between the type and what it holds.
    if said.get(start..).is_some_and(|rest| !rest.is_empty()) {
        said.replace_range(start..=start, ":");
    }
}

/// Members of a detail, those of inner objects and lists of objects in their turn; deeper ones as they are written.
fn members(object: &str, depth: usize, said: &mut String) {
    let mut separator = "; ";
    // What is no object has no members.
    let _ = fields::visit(object, &mut |name, value| {
        if name == "@type" || fields::is_null(value) {
            return;
        }
        match value.bytes().next() {
            Some(b'{') if depth < 3 => members(value, depth + 1, said),
            Some(b'[')
                if depth < 3 && value.get(1..).is_some_and(|rest| rest.trim_start().starts_with('{')) =>
            {
                each(value, &mut |entry| members(entry, depth + 1, said));
            }
            _ => {
                said.push_str(separator);
                said.push_str(&name);
                said.push_str(": ");
                said.push_str(&fields::as_shown(value).unwrap_or_default());
                separator = ", ";
            }
        }
    });
}

/// A member of an object as written; the last one of that name counts.
fn member<'a>(object: &'a str, wanted: &str) -> Option<&'a str> {
    let mut found = None;
    // What is no object has no members; what is broken off has those before.
    let _ = fields::visit(object, &mut |name, value| {
        if name == wanted {
            found = Some(value);
        }
    });
    found.filter(|value| !fields::is_null(value))
}

#[cfg(test)]
#[path = "status_tests.rs"]
mod tests;
