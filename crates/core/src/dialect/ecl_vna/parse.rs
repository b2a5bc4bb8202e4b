//! From the wire: one Operation object (contract section 1.4), the show answer, the error bodies (1.7).
//! Every field may be absent, null or of another type; only a missing id makes a row unreadable.

use std::sync::Arc;

use serde::Deserialize;
use serde_json::value::RawValue;

use crate::dialect::{RowError, Words};
use crate::http::{ApiError, ApiResponse};
use crate::json::redact;
use crate::model::{Operation, Span, Stamp, State};
use crate::time::parse_ecl;

/// Fields stay raw until each is read by itself, so that one wrong type costs one field.
#[derive(Deserialize, Default)]
#[serde(default)]
struct Wire<'a> {
    #[serde(borrow)]
    id: Option<&'a RawValue>,
    #[serde(borrow)]
    resource_id: Option<&'a RawValue>,
    #[serde(borrow)]
    resource_type: Option<&'a RawValue>,
    #[serde(borrow)]
    request_id: Option<&'a RawValue>,
    #[serde(borrow)]
    request_type: Option<&'a RawValue>,
    #[serde(borrow)]
    request_body: Option<&'a RawValue>,
    #[serde(borrow)]
    status: Option<&'a RawValue>,
    #[serde(borrow)]
    reception_datetime: Option<&'a RawValue>,
    #[serde(borrow)]
    commit_datetime: Option<&'a RawValue>,
    #[serde(borrow)]
    warning: Option<&'a RawValue>,
    #[serde(borrow)]
    error: Option<&'a RawValue>,
    #[serde(borrow)]
    tenant_id: Option<&'a RawValue>,
}

pub(super) fn row(text: &str, words: &mut Words) -> Result<Operation, RowError> {
    let text = text.trim();
    if !text.starts_with('{') {
        return Err(RowError::NotAnObject);
    }
    let wire: Wire = serde_json::from_str(text).map_err(|error| RowError::NotJson(error.to_string()))?;
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
        name: wire.request_body.and_then(|body| appliance_name(body.get())),
        tenant: read.word("tenant_id", wire.tenant_id),
        request_id: read.text("request_id", wire.request_id).filter(|id| !id.is_empty()),
        created: read.stamp("reception_datetime", wire.reception_datetime),
        started: Stamp::Absent,
        ended: read.stamp("commit_datetime", wire.commit_datetime),
        warning: read.text("warning", wire.warning).filter(|text| !text.is_empty()),
        error: read.text("error", wire.error).filter(|text| !text.is_empty()),
        body: wire.request_body.filter(|body| body.get() != "null").and_then(|body| Span::of(body.get(), text)),
        oddities: read.oddities,
        unreadable: false,
    })
}

/// Statuses come in any case (contract section 1.5). Nothing is guessed.
fn state(word: &str) -> State {
    let known = [
        ("PROCESSING", State::Running),
        ("COMPLETE", State::Succeeded),
        ("ERROR", State::Failed),
        ("STUCK", State::Stuck),
    ];
    known.into_iter().find(|(name, _)| word.eq_ignore_ascii_case(name)).map_or(State::Unknown, |(_, state)| state)
}

/// The appliance's name from a Create or Update body given as an object. Looks only at the start of the body and
/// allocates only for a hit, because it runs for every row.
fn appliance_name(body: &str) -> Option<Box<str>> {
    let head = body.get(..body.len().min(600)).or_else(|| body.get(..body.floor_char_boundary(600)))?;
    let inner = head.strip_prefix('{')?.trim_start().strip_prefix("\"virtual_network_appliance\"")?;
    let at = inner.find("\"name\"")?;
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
    /// A string as it is; a number or a boolean as its text, noted as odd; anything else is noted and absent.
    fn with<T>(&mut self, field: &str, raw: Option<&RawValue>, take: impl FnOnce(&mut Self, &str) -> T) -> Option<T> {
        let raw = raw?.get();
        match raw.as_bytes().first() {
            Some(b'"') => {
                // Nearly every string has no escapes: its text is what stands between the quotes.
                let inner = raw.get(1..raw.len().saturating_sub(1))?;
                if inner.contains('\\') {
                    let decoded: String = serde_json::from_str(raw).ok()?;
                    Some(take(self, &decoded))
                } else {
                    Some(take(self, inner))
                }
            }
            Some(b'n') => None,
            Some(b'{' | b'[') => {
                self.odd(field, raw);
                None
            }
            _ => {
                self.odd(field, raw);
                Some(take(self, raw))
            }
        }
    }

    fn odd(&mut self, field: &str, raw: &str) {
        let start: String = raw.chars().take(60).collect();
        self.oddities.push(format!("{field} is not a text: {start}").into_boxed_str());
    }

    fn text(&mut self, field: &str, raw: Option<&RawValue>) -> Option<Box<str>> {
        self.with(field, raw, |_, text| text.into())
    }

    fn word(&mut self, field: &str, raw: Option<&RawValue>) -> Option<Arc<str>> {
        self.with(field, raw, |this, text| this.words.share(text)).filter(|word| !word.is_empty())
    }

    fn stamp(&mut self, field: &str, raw: Option<&RawValue>) -> Stamp {
        self.with(field, raw, |_, text| match text.trim() {
            "" => Stamp::Absent,
            text => parse_ecl(text).map_or_else(|| Stamp::Odd(text.into()), Stamp::At),
        })
        .unwrap_or_default()
    }
}

/// `{"operation": {…}}`; a bare object is accepted too, as the vendor's client does.
pub(super) fn shown(response: &ApiResponse, words: &mut Words) -> Result<(Operation, String), ApiError> {
    #[derive(Deserialize)]
    struct Wrapper<'a> {
        #[serde(borrow)]
        operation: Option<&'a RawValue>,
    }
    if !response.is_success() {
        return Err(ApiError::from_answer(response, said(&response.text())));
    }
    let text = response.text();
    let wrapped = serde_json::from_str::<Wrapper>(&text).map_err(|error| {
        ApiError::unreadable(response, format!("The answer is not the JSON object of an operation: {error}."))
    })?;
    let row_text = wrapped.operation.map_or_else(|| text.trim(), RawValue::get);
    match row(row_text, words) {
        Ok(operation) => Ok((operation, row_text.to_owned())),
        Err(error) => Err(ApiError::unreadable(response, error.to_string())),
    }
}

/// The error bodies of the service (`cause`, `message`), of the gateway in front of it (`fault.faultstring`) and of
/// identity (`errorMessage`, `error.message`). With both `cause` and `message`, both are shown.
pub(super) fn said(body: &str) -> Option<String> {
    #[derive(Deserialize, Default)]
    #[serde(default)]
    struct Body<'a> {
        #[serde(borrow)]
        cause: Option<&'a RawValue>,
        #[serde(borrow)]
        message: Option<&'a RawValue>,
        #[serde(borrow)]
        fault: Option<&'a RawValue>,
        #[serde(borrow, rename = "errorMessage")]
        error_message: Option<&'a RawValue>,
    }
    #[derive(Deserialize)]
    struct Fault {
        faultstring: String,
    }
    let text = |raw: Option<&RawValue>| serde_json::from_str::<String>(raw?.get()).ok();
    let read: Body = serde_json::from_str(body).ok()?;
    let fault = read.fault.and_then(|raw| serde_json::from_str::<Fault>(raw.get()).ok()).map(|f| f.faultstring);
    let parts: Vec<String> =
        [fault, text(read.cause), text(read.message), text(read.error_message)].into_iter().flatten().collect();
    if parts.is_empty() {
        return crate::http::sign_in::keystone::said(body);
    }
    Some(redact::redact_text(&parts.join(" · ")))
}

#[cfg(test)]
#[path = "parse_tests.rs"]
mod tests;
