//! From the wire: one Operation object (docs/DIALECTS.md, section 1.4), the show answer, the error bodies (1.7).
//! Every field may be absent, null or of another type; only a missing id makes a row unreadable.

use std::sync::Arc;

use crate::dialect::{RowError, Words};
use crate::http::{ApiError, ApiResponse, sign_in};
use crate::json::{fields, redact};
use crate::model::{Operation, Span, Stamp, State};
use crate::text::fill;
use crate::time::parse_ecl;

/// Fields stay text until each is read by itself, so that one wrong type costs one field.
#[derive(Default)]
struct Wire<'a> {
    id: Option<&'a str>,
    resource_id: Option<&'a str>,
    resource_type: Option<&'a str>,
    request_id: Option<&'a str>,
    request_type: Option<&'a str>,
    request_body: Option<&'a str>,
    status: Option<&'a str>,
    reception_datetime: Option<&'a str>,
    commit_datetime: Option<&'a str>,
    warning: Option<&'a str>,
    error: Option<&'a str>,
    tenant_id: Option<&'a str>,
}

impl<'a> Wire<'a> {
    fn read(text: &'a str) -> Result<Wire<'a>, RowError> {
        let mut wire = Wire::default();
        fields::visit(text, &mut |name, value| {
            let place = match &*name {
                "id" => &mut wire.id,
                "resource_id" => &mut wire.resource_id,
                "resource_type" => &mut wire.resource_type,
                "request_id" => &mut wire.request_id,
                "request_type" => &mut wire.request_type,
                "request_body" => &mut wire.request_body,
                "status" => &mut wire.status,
                "reception_datetime" => &mut wire.reception_datetime,
                "commit_datetime" => &mut wire.commit_datetime,
                "warning" => &mut wire.warning,
                "error" => &mut wire.error,
                "tenant_id" => &mut wire.tenant_id,
                _ => return,
            };
            *place = Some(value);
        })
        .map_err(|error| RowError::NotJson(error.to_string()))?;
        Ok(wire)
    }
}

pub(super) fn row(text: &str, words: &mut Words) -> Result<Operation, RowError> {
    let text = text.trim();
    if !text.starts_with('{') {
        return Err(RowError::NotAnObject);
    }
    let wire = Wire::read(text)?;
    let mut read = Reader { words, oddities: Vec::new() };
    let id = read.text("id", wire.id).filter(|id| !id.trim().is_empty()).ok_or(RowError::NoId)?;
    let status = read.word("status", wire.status);
    let target_type = read.word("resource_type", wire.resource_type);
    Ok(Operation {
        id,
        state: status.as_deref().map_or(State::Unknown, state),
        status,
        kind: read.word("request_type", wire.request_type),
        target: read.word("resource_id", wire.resource_id),
        target_type,
        name: wire.request_body.and_then(appliance_name),
        tenant: read.word("tenant_id", wire.tenant_id),
        request_id: read.text("request_id", wire.request_id).filter(|id| !id.is_empty()),
        created: read.stamp("reception_datetime", wire.reception_datetime),
        started: Stamp::Absent,
        ended: read.stamp("commit_datetime", wire.commit_datetime),
        warning: read.text("warning", wire.warning).filter(|text| !text.is_empty()),
        error: read.text("error", wire.error).filter(|text| !text.is_empty()),
        body: wire.request_body.filter(|body| *body != "null").and_then(|body| Span::of(body, text)),
        more: None,
        oddities: read.oddities,
        unreadable: false,
    })
}

/// Statuses come in any case (docs/DIALECTS.md, section 1.5). Nothing is guessed.
fn state(word: &str) -> State {
    let known = [
        ("PROCESSING", State::Running),
        ("COMPLETE", State::Succeeded),
        ("ERROR", State::Failed),
        ("STUCK", State::Stuck),
    ];
    known
        .into_iter()
        .find(|(name, _)| word.eq_ignore_ascii_case(name))
        .map_or(State::Unknown, |(_, state)| state)
}

/// The appliance's name from a Create or Update body given as an object. Looks only at the start of the body and
/// allocates only for a hit, because it runs for every row.
fn appliance_name(body: &str) -> Option<Box<str>> {
    let head = body.get(..body.floor_char_boundary(600))?;
    let inner = head.strip_prefix('{')?.trim_start().strip_prefix("\"virtual_network_appliance\"")?;
    let at = inner.find("\"name\"")?;
    // In the appliance's own object, not in one of its interfaces.
    if inner.get(..at)?.matches('{').count() != 1 {
        return None;
    }
    let value = inner.get(at + 6..)?.trim_start().strip_prefix(':')?.trim_start().strip_prefix('"')?;
    let name = value.get(..value.find('"')?)?;
    (!name.is_empty() && !name.contains('\\')).then(|| name.into())
}

struct Reader<'w> {
    words: &'w mut Words,
    oddities: Vec<Box<str>>,
}

impl Reader<'_> {
    /// A text as it is; a number or a boolean as its text, noted as odd; anything else is noted and absent.
    fn plain<'a>(&mut self, field: &str, raw: Option<&'a str>) -> Option<std::borrow::Cow<'a, str>> {
        let raw = raw?;
        if !raw.starts_with(['"', 'n']) {
            self.odd(field, raw);
        }
        fields::as_text(raw)
    }

    fn odd(&mut self, field: &str, raw: &str) {
        let start: String = raw.chars().take(60).collect();
        self.oddities.push(fill("{0} is not a text: {1}", &[field, &start]).into_boxed_str());
    }

    fn text(&mut self, field: &str, raw: Option<&str>) -> Option<Box<str>> {
        self.plain(field, raw).map(|text| text.into())
    }

    fn word(&mut self, field: &str, raw: Option<&str>) -> Option<Arc<str>> {
        let text = self.plain(field, raw)?;
        (!text.is_empty()).then(|| self.words.share(&text))
    }

    fn stamp(&mut self, field: &str, raw: Option<&str>) -> Stamp {
        match self.plain(field, raw).as_deref().map(str::trim) {
            None | Some("") => Stamp::Absent,
            Some(text) => parse_ecl(text).map_or_else(|| Stamp::Odd(text.into()), Stamp::At),
        }
    }
}

/// `{"operation": {…}}`; a bare object is accepted too, as the vendor's client does.
pub(super) fn shown(response: &ApiResponse, words: &mut Words) -> Result<(Operation, String), ApiError> {
    if !response.is_success() {
        return Err(ApiError::from_answer(response, said(&response.text())));
    }
    let text = response.text();
    let mut wrapped = None;
    fields::visit(&text, &mut |name, value| {
        if name == "operation" && value != "null" {
            wrapped = Some(value);
        }
    })
    .map_err(|error| {
        ApiError::unreadable(
            response,
            fill("The answer is not the JSON object of an operation: {0}", &[&error.to_string()]),
        )
    })?;
    let row_text = wrapped.unwrap_or_else(|| text.trim());
    match row(row_text, words) {
        Ok(operation) => Ok((operation, row_text.to_owned())),
        Err(error) => Err(ApiError::unreadable(response, error.to_string())),
    }
}

/// The error bodies of the service (`cause`, `message`), of the gateway in front of it (`fault.faultstring`) and of
/// identity (`errorMessage`, `error.message`). With both `cause` and `message`, both are shown.
pub(super) fn said(body: &str) -> Option<String> {
    let string =
        |value: &str| fields::as_text(value).filter(|_| value.starts_with('"')).map(|text| text.into_owned());
    let mut parts = [None, None, None, None];
    let [fault, cause, message, identity] = &mut parts;
    fields::visit(body, &mut |name, value| match &*name {
        "fault" => {
            // What is no object has no members; then there is no text in it either.
            let _ = fields::visit(value, &mut |name, value| {
                if name == "faultstring" {
                    *fault = string(value);
                }
            });
        }
        "cause" => *cause = string(value),
        "message" => *message = string(value),
        "errorMessage" => *identity = string(value),
        _ => {}
    })
    .ok()?;
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    if parts.is_empty() {
        return sign_in::keystone::said(body);
    }
    Some(redact::redact_text(&parts.join(" · ")))
}

#[cfg(test)]
#[path = "parse_tests.rs"]
mod tests;
