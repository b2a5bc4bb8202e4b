//! From text to query: what each piece means, where it goes, and what is wrong with it.

use std::ops::Range;

use super::key::{self, CREATED, Key, Measure, is_exact, is_masked, is_prose, key, measure};
use super::moment::{moment, moment_text, span, span_text};
use super::token::{Sign, Token, Value, tokens};
use super::write::{piece_text, word_text};
use super::{Problem, STATE};
use crate::dialect::{Cell, Column, Filter, FilterKind, SortKey};
use crate::fold::lowered;
use crate::json::redact::{is_secret_key, redact_text};
use crate::model::{Operation, State, StateSet};
use crate::query::{ListQuery, Tables, TimeBound};
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

/// Reads a text into a query that has no filter yet.
pub(super) fn read_into(query: &mut ListQuery, text: &str, tables: Tables) -> Vec<Problem> {
    let mut problems = Vec::new();
    let mut pieces: Vec<Token<'_>> = Vec::new();
    for token in tokens(text) {
        merge(&mut pieces, token);
    }
    let mut rest: Vec<String> = Vec::new();
    let (mut wanted, mut unwanted, mut refused) = (StateSet::EMPTY, StateSet::EMPTY, 0..0);
    // What is no state, asked for and excluded; it stands in front, as states do.
    let mut odd: [Vec<Value>; 2] = Default::default();
    // `password: x` is two pieces, and what stands in a header or in JSON is words.
    let mut after_secret = false;
    for piece in &pieces {
        let typed = as_typed(piece, text);
        if piece.key.is_none() {
            let is_scheme = ["bearer", "basic"].iter().any(|scheme| scheme.eq_ignore_ascii_case(&typed));
            if after_secret || redact_text(&typed) != typed {
                problems.push(Problem::masked(&piece.span));
                after_secret &= is_scheme;
                continue;
            }
        }
        after_secret = names_secret(piece, &typed);
        if after_secret {
            problems.push(Problem::masked(&piece.span));
            continue;
        }
        match mean(piece, tables) {
            Err(problem) => {
                // What may be a secret is not kept: it would stand in the address.
                let keep = !problem_is_secret(piece, tables);
                problems.push(problem);
                rest.extend(keep.then(|| as_typed(piece, text)));
            }
            Ok(Meaning::State) => {
                for value in &piece.values {
                    match State::from_slug(&value.text) {
                        Some(state) if piece.not => unwanted = unwanted.with(state),
                        Some(state) => wanted = wanted.with(state),
                        None => {
                            problems.push(Problem::unknown_state(&value.span, &value.text));
                            let [asked, excluded] = &mut odd;
                            (if piece.not { excluded } else { asked }).push(value.clone());
                        }
                    }
                }
                if piece.not {
                    refused = piece.span.clone();
                }
            }
            Ok(Meaning::Sent(filter)) => {
                for value in &piece.values {
                    query.set_server(tables.filters, filter.param, &value.text);
                    if let FilterKind::Checked(check) = filter.kind
                        && let Err(says) = check(value.text.trim())
                    {
                        problems.push(Problem::new(&value.span, says));
                    }
                }
            }
            Ok(meaning) => {
                if !takes_range(query, piece) {
                    rest.extend(local_text(piece, &meaning, text, tables));
                }
            }
        }
        if piece.key.is_none()
            && let Some(at) = piece.open
        {
            problems.push(Problem::open_quote(at));
        }
    }
    let all = wanted.is_empty() && !unwanted.is_empty();
    query.states = if all { StateSet::ALL } else { wanted }.without(unwanted);
    if query.states.is_empty() && !unwanted.is_empty() {
        query.states = wanted;
        problems.push(Problem::new(&refused, t("No state is left: what is excluded is what is asked for.")));
        odd[1].extend(states_as_values(unwanted));
    }
    let odd = [false, true].into_iter().zip(&odd).filter(|(_, values)| !values.is_empty());
    rest.splice(0..0, odd.map(|(not, values)| piece_text(not, STATE, Sign::Is, values)));
    let kept = rest.len();
    rest.retain(|piece| redact_text(piece) == *piece);
    if rest.len() < kept {
        problems.push(Problem::masked(&(0..text.len())));
    }
    query.text = rest.join(" ");
    problems.sort_by_key(|problem| problem.span.start);
    problems
}

/// Repeated keys become one piece. What is broken stays by itself, so that the rest is not lost with it.
fn merge<'a>(pieces: &mut Vec<Token<'a>>, token: Token<'a>) {
    let whole = |token: &Token<'_>| {
        token.open.is_none() && token.values.iter().all(|value| value.quoted || !value.text.is_empty())
    };
    let same = |known: &&mut Token<'a>| match (known.key, token.key) {
        (Some((a, Sign::Is)), Some((b, Sign::Is))) => {
            let equal = if a.contains('.') { a == b } else { a.eq_ignore_ascii_case(b) };
            equal && known.not == token.not && whole(known)
        }
        _ => false,
    };
    match pieces.iter_mut().find(same).filter(|_| whole(&token)) {
        Some(known) => known.values.extend(token.values),
        None => pieces.push(token),
    }
    if let Some(piece) = pieces.iter_mut().find(|piece| piece.values.len() > 1) {
        dedupe(&mut piece.values);
    }
}

fn dedupe(values: &mut Vec<Value>) {
    let mut known: Vec<(String, bool)> = Vec::new();
    values.retain(|value| {
        let this = (value.text.clone(), is_wild(value));
        let new = !known.contains(&this);
        if new {
            known.push(this);
        }
        new
    });
}

/// Whether the next word is the value of a secret: `password:`, `'X-Auth-Token:`.
fn names_secret(piece: &Token<'_>, typed: &str) -> bool {
    let is_sign = |sign: char| !sign.is_alphanumeric();
    let name = typed.rsplit([',', '{']).next().unwrap_or_default().trim_matches(is_sign);
    let is_open =
        piece.key.is_none() || piece.values.iter().all(|value| value.text.trim_matches(is_sign).is_empty());
    is_open && typed.trim_end_matches(['"', '\'']).ends_with(':') && is_secret_key(name)
}

fn problem_is_secret(piece: &Token<'_>, tables: Tables) -> bool {
    let Some((name, _)) = piece.key else { return false };
    match key(tables, name) {
        Some(Key::Body(path)) => is_masked(path),
        Some(_) => false,
        None => is_secret_key(name),
    }
}

/// `created>=` and `created<=` have keys of their own in the address, where they are free.
fn takes_range(query: &mut ListQuery, piece: &Token<'_>) -> bool {
    let (Some((name, sign)), Some(value)) = (piece.key, piece.values.first()) else { return false };
    let place = match sign {
        Sign::AtLeast => &mut query.from,
        Sign::AtMost => &mut query.to,
        _ => return false,
    };
    if place.is_some() || !name.eq_ignore_ascii_case(CREATED) {
        return false;
    }
    *place = moment(&value.text);
    place.is_some()
}

/// How a piece is kept that is applied to the loaded rows.
fn local_text(piece: &Token<'_>, meaning: &Meaning<'_>, text: &str, tables: Tables) -> Option<String> {
    let Some((name, sign)) = piece.key else {
        // An open quote stays open: what is wrong is said until it is mended.
        if piece.open.is_some() {
            return Some(as_typed(piece, text));
        }
        let word = piece.values.first().filter(|word| !word.text.is_empty())?;
        return Some(word_text(piece.not, &word.text));
    };
    let mut known = match key(tables, name) {
        Some(Key::Server(filter)) => filter.param.to_owned(),
        Some(Key::Column(column)) => column.id.to_owned(),
        _ => name.to_owned(),
    };
    if let Meaning::Body(path) = meaning {
        known = lowered(name.get(..name.len() - path.len()).unwrap_or_default());
        known.push_str(path);
    }
    let mut values = piece.values.clone();
    if let (Meaning::Number(..), Some(value)) = (meaning, values.first_mut()) {
        let measure = key::column(tables, name).map_or(Measure::Text, measure);
        if let Some((_, canonical)) = bound(&value.text, measure) {
            value.text = canonical;
            value.quoted = false;
        }
    }
    Some(piece_text(piece.not, &known, sign, &values))
}

fn as_typed(piece: &Token<'_>, text: &str) -> String {
    match piece.key {
        // A merged piece stands in several places.
        Some((name, sign)) if piece.values.iter().any(|value| value.span.end > piece.span.end) => {
            piece_text(piece.not, name, sign, &piece.values)
        }
        _ => text.get(piece.span.clone()).unwrap_or_default().to_owned(),
    }
}

pub(super) fn states_as_values(states: StateSet) -> Vec<Value> {
    let value = |state: State| Value { text: state.slug().to_owned(), quoted: false, span: 0..0 };
    states.iter().map(value).collect()
}
