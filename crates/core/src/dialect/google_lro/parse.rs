//! From the wire: one operation, what stands around a page of them, and the locations of a project (docs/DIALECTS.md,
//! sections 3.3 to 3.5). Only a missing name makes an operation unreadable.

use std::borrow::Cow;

use super::name::Name;
use super::status;
use crate::dialect::read::Reader;
use crate::dialect::{Choice, PageInfo, RowError, Words};
use crate::http::{ApiError, ApiResponse};
use crate::json::fields;
use crate::json::split::Splitter;
use crate::model::{More, Operation, State};
use crate::text::{fill, t};
use crate::time::parse_rfc3339;

pub(super) fn row(text: &str, words: &mut Words) -> Result<Operation, RowError> {
    let mut read = Reader::row(text, words)?;
    // Before the metadata's members join those of the operation, so that none of them takes the place of these.
    let id = read.text("name").filter(|id| !id.trim().is_empty()).ok_or(RowError::NoId)?;
    let done = match read.raw("done") {
        None => Some(false),
        Some(_) => read.flag("done"),
    };
    let error = read.raw("error");
    let code = error.and_then(status::code);
    let (body, result, failure) = (read.span("metadata"), read.span("response"), read.span("error"));
    read.open("metadata");
    let asked_to_stop = read.flag("requestedCancellation") == Some(true);
    let (state, odd) = state(done, (error.is_some(), code), result.is_some(), asked_to_stop);
    if let Some(odd) = odd {
        read.oddities.push(t(odd).into());
    }
    let name = Name::read(&id);
    let mut facts = vec![];
    if let Some(name) = name {
        facts.push(("location", read.share(name.location)));
    }
    facts.extend(read.facts(&["apiVersion", "statusMessage", "requestedCancellation", "@type"]));
    let target = read.word("target");
    // `…/evaluations/e1`: what it is, and its own name.
    let mut parts = target.as_deref().unwrap_or_default().rsplit('/');
    let (last, before) = (parts.next().filter(|last| !last.is_empty()), parts.next());
    Ok(Operation {
        state,
        status: code.filter(|_| state == State::Failed).map(|code| read.share(&status::code_name(code))),
        kind: read.word("verb"),
        target_type: before.map(|before| read.share(before)),
        name: last.map(Into::into),
        tenant: name.map(|name| read.share(name.project)),
        created: read.stamp("createTime", parse_rfc3339),
        ended: read.stamp("endTime", parse_rfc3339),
        error: error.and_then(status::words).map(String::into_boxed_str),
        body,
        more: Some(Box::new(More { result, failure, facts, ..More::default() })),
        oddities: read.oddities,
        target,
        id,
        ..Operation::default()
    })
}

/// Section 3.4, and what is odd about it. An error or a response of something that is not done, and both at once, mean
/// nothing that could be relied on.
fn state(
    done: Option<bool>,
    (is_error, code): (bool, Option<i64>),
    is_response: bool,
    asked_to_stop: bool,
) -> (State, Option<&'static str>) {
    match (done, is_error, is_response) {
        (None, ..) => (State::Unknown, None),
        (_, true, true) => (State::Unknown, Some("The server gave both an error and a response.")),
        (Some(false), false, false) if asked_to_stop => (State::Cancelling, None),
        (Some(false), false, false) => (State::Running, None),
        (Some(false), ..) => {
            (State::Unknown, Some("The server gave an outcome, but does not say that the operation is done."))
        }
        (Some(true), false, true) => (State::Succeeded, None),
        (Some(true), false, false) => (
            State::Succeeded,
            Some("The operation is done, and the server gave neither an error nor a response."),
        ),
        (Some(true), true, false) => match code {
            Some(1) => (State::Cancelled, None),
            None | Some(0) => (State::Unknown, Some("The server gave an error without a readable code.")),
            Some(_) => (State::Failed, None),
        },
    }
}

/// What stands around the rows. `None` where something stands there that is no part of such an answer.
pub(super) fn page(envelope: &str) -> Option<PageInfo> {
    let mut page = PageInfo::default();
    let mut known = true;
    fields::visit(envelope, &mut |name, value| match &*name {
        "nextPageToken" => page.next = text(value),
        "unreachable" => {
            each(value, &mut |place| page.unreachable.extend(text(place)));
        }
        "operations" => {}
        _ => known = false,
    })
    .ok()?;
    known.then_some(page)
}

/// The locations, by the word that stands in paths; their names as people know them beside it.
pub(super) fn locations(response: &ApiResponse) -> Result<Vec<Choice>, ApiError> {
    let body = response.text();
    let mut found = vec![];
    let read = fields::visit(&body, &mut |name, value| {
        if name == "locations" {
            each(value, &mut |place| found.extend(location(place)));
        }
    });
    match read {
        Ok(()) => Ok(found),
        Err(error) => {
            let why = fill("The answer is no list of locations: {0}", &[&error.to_string()]);
            Err(ApiError::unreadable(response, why))
        }
    }
}

fn location(place: &str) -> Option<Choice> {
    let (mut value, mut note) = (None, None);
    fields::visit(place, &mut |name, member| match &*name {
        "locationId" => value = text(member),
        "displayName" => note = text(member),
        _ => {}
    })
    .ok()?;
    Some(Choice { value: value?, note })
}

/// Calls `one` with every entry of an array; what is none has no entries.
pub(super) fn each(array: &str, one: &mut dyn FnMut(&str)) {
    let mut entries = Splitter::new("");
    entries.push(array.as_bytes());
    while let Some(entry) = entries.next_row() {
        one(&String::from_utf8_lossy(entry));
    }
}

fn text(value: &str) -> Option<String> {
    fields::as_text(value).map(Cow::into_owned).filter(|text| !text.is_empty())
}

#[cfg(test)]
#[path = "parse_tests.rs"]
mod tests;
