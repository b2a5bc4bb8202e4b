//! From the wire: one operation with its metadata (docs/DIALECTS.md, section 2.4). Only a missing id makes it unreadable.

use std::borrow::Cow;

use crate::dialect::read::Reader;
use crate::dialect::{RowError, Words};
use crate::http::sign_in;
use crate::json::fields;
use crate::json::redact::redact_text;
use crate::model::{More, Operation, Progress, State};
use crate::text::t;
use crate::time::{Millis, parse_rfc3339};

pub(super) fn row(text: &str, words: &mut Words) -> Result<Operation, RowError> {
    let mut read = Reader::row(text, words)?;
    // Before the metadata's members join those of the operation, so that none of them takes the place of these.
    let id = read.text("id").filter(|id| !id.trim().is_empty()).ok_or(RowError::NoId)?;
    let done = read.flag("done");
    let (result, failure) = (read.span("response"), read.span("error"));
    let error = read.raw("error");
    let mut facts = read.facts(&["done"]);
    read.open("metadata");
    let status = read.word("status");
    let state = status.as_deref().map_or(State::Unknown, state);
    if done.is_some_and(|done| done != state.has_ended()) && state != State::Unknown {
        read.oddities.push(t("The server's \"done\" and \"status\" contradict each other.").into());
    }
    let progress = progress(&mut read);
    facts.extend(read.facts(&["cancelable"]));
    if let Some(code) = error.and_then(code) {
        facts.push(("error_code", read.share(&code)));
    }
    let mut operation = Operation {
        id,
        state,
        status,
        created: read.stamp("create_time", when),
        started: read.stamp("start_time", when),
        ended: read.stamp("end_time", when),
        error: error.and_then(sign_in::xiq::said).map(|text| redact_text(&text).into()),
        ..Operation::default()
    };
    let more = More {
        progress,
        step: read.text("step"),
        updated: read.stamp("update_time", when),
        expires_in: read.number("expires_in"),
        cancelable: read.flag("cancelable"),
        result,
        failure,
        facts,
    };
    operation.more = Some(Box::new(more));
    operation.oddities = read.oddities;
    Ok(operation)
}

/// The vendor's word for what went wrong, from an error object.
fn code(error: &str) -> Option<Cow<'_, str>> {
    let mut code = None;
    // What is no object has no code.
    let _ = fields::visit(error, &mut |name, value| {
        if name == "error_code" {
            code = fields::as_text(value);
        }
    });
    code.filter(|code| !code.is_empty())
}

/// Per cent, rough by the vendor's own word; what lies outside 0 to 100 is cut and told.
fn progress(read: &mut Reader<'_, '_>) -> Option<Progress> {
    let told = read.number("percentage")?;
    let percent = told.clamp(0, 100);
    if percent != told {
        let raw = read.raw("percentage").unwrap_or_default();
        read.odd(raw, "percentage", "{0} is not between 0 and 100: {1}");
    }
    u8::try_from(percent).ok().map(Progress::Percent)
}

/// Statuses of section 2.5, in any case. One L in `CANCELED`.
fn state(word: &str) -> State {
    let known = [
        ("PENDING", State::Waiting),
        ("RUNNING", State::Running),
        ("CANCELING", State::Cancelling),
        ("SUCCEEDED", State::Succeeded),
        ("FAILED", State::Failed),
        ("CANCELED", State::Cancelled),
    ];
    let found = known.into_iter().find(|(name, _)| word.eq_ignore_ascii_case(name));
    found.map_or(State::Unknown, |(_, state)| state)
}

/// RFC 3339 in each form that the vendor's clients take; also the number of an epoch, which one of them takes, in
/// seconds or, past the year 2600, in milliseconds.
fn when(text: &str) -> Option<Millis> {
    parse_rfc3339(text).or_else(|| {
        let number: i64 = text.parse().ok()?;
        let seconds = number.unsigned_abs() < 20_000_000_000;
        Some(Millis(if seconds { number.saturating_mul(1_000) } else { number }))
    })
}

#[cfg(test)]
#[path = "parse_tests.rs"]
mod tests;
