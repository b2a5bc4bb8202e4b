//! Google's `Status`, as the error of an operation (its code is one of `google.rpc.Code`) and as the body of an HTTP
//! error (its code is the HTTP status, and a name stands beside it): readable lines, and what to do next
//! (docs/DIALECTS.md, sections 3.3 and 3.7).

use std::borrow::Cow;

use super::parse::each;
use crate::http::{ApiError, delay_seconds};
use crate::json::{fields, redact};
use crate::text::{fill, t};

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

/// The members of an object, as written; what is no object has none, what is broken off has those before.
struct Members<'a>(Vec<(Cow<'a, str>, &'a str)>);

impl<'a> Members<'a> {
    fn of(object: &'a str) -> Members<'a> {
        let mut members = vec![];
        let _ = fields::visit(object, &mut |name, value| {
            if !fields::is_null(value) {
                members.push((name, value));
            }
        });
        Members(members)
    }

    /// A member as written; the last one of that name counts.
    fn raw(&self, wanted: &str) -> Option<&'a str> {
        self.0.iter().rev().find(|(name, _)| name == wanted).map(|(_, value)| *value)
    }

    fn text(&self, wanted: &str) -> Option<Cow<'a, str>> {
        fields::as_text(self.raw(wanted)?)
    }

    fn code(&self) -> Option<i64> {
        fields::as_i64(self.raw("code")?)
    }
}

/// The code of an operation's error.
pub(super) fn code(status: &str) -> Option<i64> {
    Members::of(status).code()
}

/// The code's name; a number without a name stays a number.
pub(super) fn code_name(code: i64) -> Cow<'static, str> {
    let known = usize::try_from(code).ok().and_then(|at| CODES.get(at));
    known.map_or_else(|| fill("code {0}", &[&code.to_string()]).into(), |name| (*name).into())
}

/// An operation's error in words: `NOT_FOUND (5): message`, and a line for each detail.
pub(super) fn words(status: &str) -> Option<String> {
    let status = Members::of(status);
    let mut head = String::new();
    if let Some(code) = status.code() {
        let name = code_name(code);
        head.push_str(&name);
        if matches!(name, Cow::Borrowed(_)) {
            head.push_str(" (");
            head.push_str(&code.to_string());
            head.push(')');
        }
    }
    said_by(&status, head)
}

/// The message of an HTTP error body, with the status' name before it and a line for each detail after it. Google's
/// sign-in servers have a form of their own, a word and its description.
pub(super) fn said(body: &str) -> Option<String> {
    let body = Members::of(body);
    let error = body.raw("error")?;
    if error.starts_with('"') {
        return said_by(&body, fields::as_text(error)?.into_owned());
    }
    let status = Members::of(error);
    let name = status.text("status").unwrap_or_default().into_owned();
    let unimplemented = name == "UNIMPLEMENTED";
    let mut said = said_by(&status, name)?;
    if unimplemented {
        said.push('\n');
        said.push_str(t("This service does not offer the call, or not with what was asked for."));
    }
    Some(said)
}

/// What an error body tells beside its words: how long to wait, and the id to quote to Google's support. A browser
/// cannot read either from the headers.
pub(super) fn hints(body: &str, error: &mut ApiError) {
    let status = Members::of(Members::of(body).raw("error").unwrap_or_default());
    each(status.raw("details").unwrap_or_default(), &mut |detail| {
        let detail = Members::of(detail);
        if let Some(delay) = detail.text("retryDelay").and_then(|delay| delay_seconds(&delay)) {
            error.retry_after = Some(error.retry_after.unwrap_or(0).max(delay));
        }
        if let Some(id) = detail.text("requestId") {
            error.request_id.get_or_insert_with(|| id.into_owned());
        }
    });
}

/// How much of the details is shown; all of them stand in the raw text.
const LONGEST: usize = 1_500;

fn said_by(status: &Members<'_>, head: String) -> Option<String> {
    let message = status.raw("message").or_else(|| status.raw("error_description"));
    let message = message.and_then(fields::as_shown).filter(|message| !message.trim().is_empty());
    let mut said = head;
    if let Some(message) = message {
        if !said.is_empty() {
            said.push_str(": ");
        }
        said.push_str(&message);
    }
    each(status.raw("details").unwrap_or_default(), &mut |detail| {
        if said.len() < LONGEST {
            line(&Members::of(detail), &mut said);
        }
    });
    (!said.is_empty()).then(|| redact::redact_text(&said))
}

/// One detail as a line: the last part of its type, and its members as `name: value`.
fn line(detail: &Members<'_>, said: &mut String) {
    let kind = detail.text("@type");
    if !said.is_empty() {
        said.push('\n');
    }
    said.push_str(kind.as_deref().and_then(|kind| kind.rsplit(['.', '/']).next()).unwrap_or(t("Detail")));
    let start = said.len();
    tell(detail, 0, said);
    // The first separator stands between the type and what it holds.
    if said.len() > start {
        said.replace_range(start..=start, ":");
    }
}

/// Members that come first, in this order, whatever the server's.
const FIRST: [&str; 5] = ["reason", "domain", "type", "field", "subject"];

/// Members of a detail: first its texts, then those of inner objects and lists of objects in their turn; deeper ones as
/// they are written.
fn tell(object: &Members<'_>, depth: usize, said: &mut String) {
    let is_nested = |value: &str| {
        let inner = value.strip_prefix('[').unwrap_or(value);
        depth < 3 && inner.trim_start().starts_with('{')
    };
    let mut separator = "; ";
    let mut one = |name: &str, value: &str| {
        if name != "@type" && !is_nested(value) {
            for part in [separator, name, ": ", &fields::as_shown(value).unwrap_or_default()] {
                said.push_str(part);
            }
            separator = ", ";
        }
    };
    for name in FIRST {
        if let Some(value) = object.raw(name) {
            one(name, value);
        }
    }
    for (name, value) in object.0.iter().filter(|(name, _)| !FIRST.contains(&&**name)) {
        one(name, value);
    }
    for (_, value) in object.0.iter().filter(|(_, value)| is_nested(value)) {
        if value.starts_with('{') {
            tell(&Members::of(value), depth + 1, said);
        } else {
            each(value, &mut |entry| tell(&Members::of(entry), depth + 1, said));
        }
    }
}

#[cfg(test)]
#[path = "status_tests.rs"]
mod tests;
