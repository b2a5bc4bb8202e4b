//! What one piece of a text means, or what is wrong with it. Must not know where it goes.

use std::ops::Range;

use super::Problem;
use super::key::{self, Key, Measure, is_exact, is_masked, is_prose, key, measure};
use super::moment::{moment, moment_text, span, span_text};
use super::token::{Sign, Token, Value};
use crate::dialect::{Cell, Column, Filter, FilterKind, SortKey};
use crate::json::redact::is_secret_key;
use crate::model::Operation;
use crate::query::{Tables, TimeBound};
use crate::text::t;
use crate::time::Millis;

/// Where a row's text for a key comes from.
#[derive(Clone, Copy)]
pub(crate) enum Of {
    Column(&'static Column),
    Filter(fn(&Operation) -> Option<&str>),
}

impl Of {
    /// The text; `None` where the row has none.
    pub(crate) fn text(self, op: &Operation) -> Option<&str> {
        let text = match self {
            Of::Filter(value) => value(op),
            Of::Column(Column { sort: Some(SortKey::Text(of)), .. }) => Some(of(op)),
            Of::Column(column) => match (column.cell)(op, Millis(0)) {
                Cell::Text(text) | Cell::Id(text) | Cell::OddTime(text) => Some(text),
                _ => None,
            },
        };
        text.filter(|text| !text.is_empty())
    }
}

/// What a piece means.
pub(crate) enum Meaning<'a> {
    Word,
    State,
    /// The server filters by it.
    Sent(&'static Filter),
    /// Compared with a text of the row; anywhere in it, where it is prose.
    Text(Of, bool),
    /// Compared with a number of the row.
    Number(fn(&Operation, Millis) -> Option<i64>, Bound),
    /// Looked for in the request body, at these steps; anywhere, where there are none.
    Body(&'a str),
}

/// What a number of a row is compared with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Bound {
    Fixed(i64),
    /// As of now, this long ago.
    Ago(i64),
}

/// What a piece means, or what is wrong with it.
pub(crate) fn mean<'a>(token: &Token<'a>, tables: Tables) -> Result<Meaning<'a>, Problem> {
    let Some((name, sign)) = token.key else { return Ok(Meaning::Word) };
    let name_span = token.begin..token.begin + name.len();
    let Some(found) = key(tables, name) else {
        return Err(if is_secret_key(name) {
            Problem::masked(&token.span)
        } else {
            Problem::unknown_key(&name_span, name, tables)
        });
    };
    if let Key::Body(path) = found
        && is_masked(path)
    {
        return Err(Problem::masked(&token.span));
    }
    if let Some(at) = token.open {
        return Err(Problem::open_quote(at));
    }
    let is_missing = |value: &&Value| value.text.is_empty() && !value.quoted;
    if let Some(value) = token.values.iter().find(is_missing) {
        return Err(Problem::empty(&(token.span.start..value.span.end), name));
    }
    let wrong_sign = |measure| Err(Problem::sign(&name_span, name, measure));
    match found {
        Key::State if sign == Sign::Is => Ok(Meaning::State),
        Key::Server(filter) if sign == Sign::Is => served(token, filter, name, tables),
        // Its name may also be a column's that can be compared.
        Key::Server(_) | Key::Column(_) => match key::column(tables, name) {
            Some(column) => in_column(token, column, sign, name, &name_span),
            None => wrong_sign(Measure::Text),
        },
        Key::Body(path) if sign == Sign::Is => {
            if !path.is_empty() && path.split('.').any(str::is_empty) || name.ends_with('.') {
                return Err(Problem::new(
                    &name_span,
                    t("A step of this path has no name. * stands for any."),
                ));
            }
            stars(token)?;
            Ok(Meaning::Body(path))
        }
        Key::State | Key::Body(_) => wrong_sign(Measure::Text),
    }
}

fn served<'a>(
    token: &Token<'a>,
    filter: &'static Filter,
    name: &str,
    tables: Tables,
) -> Result<Meaning<'a>, Problem> {
    let first = token.values.first().map_or(0..0, |value| value.span.clone());
    let one = if token.values.len() == 1 { token.values.first() } else { None };
    let plain = one.filter(|_| !token.not);
    match (filter.kind, plain) {
        (FilterKind::Flag(_), Some(value)) if is_flag(&value.text) => return Ok(Meaning::Sent(filter)),
        (FilterKind::Flag(_), _) => {
            return Err(Problem::new(&first, crate::text::fill("Write {0}:true, or leave it out.", &[name])));
        }
        (FilterKind::Number, Some(value)) if value.text.trim().parse::<u64>().is_err() => {
            return Err(Problem::bound(&first, &value.text, Measure::Number));
        }
        (FilterKind::Number | FilterKind::Checked(_), Some(value)) if !value.text.trim().is_empty() => {
            return Ok(Meaning::Sent(filter));
        }
        _ => {}
    }
    let can = |value: &Value| !is_wild(value) && !value.text.trim().is_empty();
    let many = one.is_some() || filter.repeatable;
    if is_exact(filter) && !token.not && many && token.values.iter().all(can) {
        return Ok(Meaning::Sent(filter));
    }
    let of = filter.value.map(Of::Filter).or_else(|| key::column(tables, name).map(Of::Column));
    match of {
        Some(of) if is_exact(filter) => {
            stars(token)?;
            Ok(Meaning::Text(of, false))
        }
        _ => Err(Problem::server_only(&token.span, name)),
    }
}

fn in_column<'a>(
    token: &Token<'a>,
    column: &'static Column,
    sign: Sign,
    name: &str,
    name_span: &Range<usize>,
) -> Result<Meaning<'a>, Problem> {
    let measure = measure(column);
    let number = match column.sort {
        Some(SortKey::Number(of)) => Some(of),
        _ => None,
    };
    match (sign, number) {
        (Sign::Is, None) => {
            stars(token)?;
            Ok(Meaning::Text(Of::Column(column), is_prose(column)))
        }
        (Sign::Is, Some(_)) | (_, None) => Err(Problem::sign(name_span, name, measure)),
        (_, Some(of)) => {
            let [value] = token.values.as_slice() else {
                return Err(Problem::new(&token.span, t("A comparison takes one value.")));
            };
            if token.not {
                let says = t("A comparison is not excluded: turn it round.");
                return Err(Problem::new(&token.span, says));
            }
            let Some((bound, _)) = bound(&value.text, measure) else {
                return Err(Problem::bound(&value.span, &value.text, measure));
            };
            Ok(Meaning::Number(of, bound))
        }
    }
}

/// Reads what a number is compared with; with it, how it is written.
pub(super) fn bound(text: &str, measure: Measure) -> Option<(Bound, String)> {
    Some(match measure {
        Measure::Time => {
            let bound = moment(text)?;
            let as_number = match bound {
                TimeBound::At(at) => Bound::Fixed(at.0),
                TimeBound::Ago(ms) => Bound::Ago(ms),
            };
            (as_number, moment_text(bound))
        }
        Measure::Span => {
            let ms = span(text)?;
            (Bound::Fixed(ms), span_text(ms))
        }
        _ => {
            let number: i64 = text.trim_end_matches('%').parse().ok()?;
            (Bound::Fixed(number), number.to_string())
        }
    })
}

fn is_flag(text: &str) -> bool {
    ["true", "false", "1", "0"].iter().any(|known| known.eq_ignore_ascii_case(text.trim()))
}

/// A `*` stands for any beginning or end.
pub(super) fn is_wild(value: &Value) -> bool {
    !value.quoted && value.text.contains('*')
}

fn stars(token: &Token<'_>) -> Result<(), Problem> {
    let inside = |value: &&Value| is_wild(value) && value.text.trim_matches('*').contains('*');
    match token.values.iter().find(inside) {
        Some(value) => Err(Problem::new(
            &value.span,
            t("A * stands at the beginning or the end of a value; in quotes it means itself."),
        )),
        None => Ok(()),
    }
}
