//! Filled-in inputs as a JSON body: each under its own name, in the form that this API takes, checked before it is
//! sent. Knows no call.

use super::filters;
use crate::dialect::{Action, ActionCall, BuildError, Input, InputKind};
use crate::json::{encode, validate};
use crate::text::{fill, t};
use crate::time::parse_rfc3339;

/// Inputs whose JSON must be a list, or an object.
const LISTS: &[&str] =
    &["dependencies", "associated_executions", "operations", "exception_causes", "execution_group_ids"];
const OBJECTS: &[&str] = &["parameters", "default_parameters"];

/// A JSON object that is being written.
#[derive(Default)]
pub(super) struct Body(String);

impl Body {
    fn name(&mut self, name: &str) -> &mut String {
        self.0.push(if self.0.is_empty() { '{' } else { ',' });
        encode(name, &mut self.0);
        self.0.push(':');
        &mut self.0
    }

    /// A member with a text.
    pub fn text(&mut self, name: &str, text: &str) {
        encode(text, self.name(name));
    }

    /// A member whose value is JSON already.
    pub fn raw(&mut self, name: &str, json: &str) {
        self.name(name).push_str(json);
    }

    pub fn done(mut self) -> String {
        if self.0.is_empty() {
            self.0.push('{');
        }
        self.0.push('}');
        self.0
    }
}

/// What was filled in for an input; blanks are nothing.
pub(super) fn filled<'a>(call: &'a ActionCall, name: &str) -> Option<&'a str> {
    call.input(name).map(str::trim).filter(|value| !value.is_empty())
}

/// The inputs of an action as a body, but for those that stand elsewhere.
pub(super) fn of(action: &Action, call: &ActionCall, elsewhere: &[&str]) -> Result<Body, BuildError> {
    let mut body = Body::default();
    for input in action.inputs {
        match filled(call, input.name) {
            Some(_) if elsewhere.contains(&input.name) => {}
            Some(value) => write(&mut body, input, value)?,
            None if input.required => return Err(wrong(input, "{0} is missing.")),
            None => {}
        }
    }
    Ok(body)
}

fn write(body: &mut Body, input: &Input, value: &str) -> Result<(), BuildError> {
    match input.kind {
        InputKind::Text => body.text(input.name, value),
        InputKind::Number => {
            let number: u32 =
                value.parse().map_err(|_| wrong(input, "{0} must be a whole number, 0 or more."))?;
            body.raw(input.name, &number.to_string());
        }
        InputKind::Json => {
            json(input, value)?;
            body.raw(input.name, value);
        }
        InputKind::OneOf(words) => {
            let known = words.iter().find(|word| word.eq_ignore_ascii_case(value));
            // Types are an open set; states are not, though this API would store any text for some.
            if known.is_none() && words != filters::TYPES {
                return Err(wrong(input, "{0} must be one of the words offered."));
            }
            body.text(input.name, known.unwrap_or(&value));
        }
        InputKind::Flag if value.eq_ignore_ascii_case("true") => body.raw(input.name, "true"),
        InputKind::Flag => {}
        InputKind::Time => {
            // Without a zone the server would take its own.
            if parse_rfc3339(value).is_none() && !is_compact(value) {
                return Err(wrong(input, "{0} needs date, time and zone, as in 2026-11-21T03:47:17Z."));
            }
            body.text(input.name, value);
        }
    }
    Ok(())
}

/// Checks the JSON of an input.
pub(super) fn json(input: &Input, value: &str) -> Result<(), BuildError> {
    validate(value).map_err(|error| {
        let mut told = String::from(t(input.label));
        told.push_str(": ");
        told.push_str(&error.to_string());
        BuildError::Invalid(told)
    })?;
    if LISTS.contains(&input.name) && !value.starts_with('[') {
        return Err(wrong(input, "{0} must be a JSON list."));
    }
    if OBJECTS.contains(&input.name) && !value.starts_with('{') {
        return Err(wrong(input, "{0} must be a JSON object."));
    }
    Ok(())
}

/// `YYYYMMDDHHMM+HHMM`, the form that the manager's own documents name.
fn is_compact(text: &str) -> bool {
    text.len() == 17
        && text.bytes().enumerate().all(|(at, byte)| match at {
            12 => matches!(byte, b'+' | b'-'),
            _ => byte.is_ascii_digit(),
        })
}

fn wrong(input: &Input, why: &'static str) -> BuildError {
    BuildError::Invalid(fill(why, &[t(input.label)]))
}
