//! From text to query: where each piece goes. What it means is `meaning`'s business, what must not be kept of it
//! `secret`'s.

use super::key::{self, CREATED, Key, Measure, key, measure};
use super::meaning::{Meaning, bound, is_wild, mean};
use super::moment::moment;
use super::secret::{self, Secrets};
use super::token::{Sign, Token, Value, tokens};
use super::write::{piece_text, word_text};
use super::{Problem, STATE};
use crate::dialect::FilterKind;
use crate::fold::lowered;
use crate::model::{State, StateSet};
use crate::query::{ListQuery, Tables};
use crate::text::t;

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
    let mut secrets = Secrets::default();
    for piece in &pieces {
        if secrets.takes(piece, &as_typed(piece, text)) {
            problems.push(Problem::masked(&piece.span));
            continue;
        }
        match mean(piece, tables) {
            Err(problem) => {
                // What may be a secret is not kept: it would stand in the address.
                let keep = !secret::is_named(piece, tables);
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
    rest.retain(|piece| !secret::shows(piece));
    if rest.len() < kept {
        problems.push(Problem::masked(&(0..text.len())));
    }
    query.text = rest.join(" ");
    problems.sort_by_key(|problem| problem.span.start);
    problems
}

/// Repeated keys become one piece. What is broken stays by itself, so that the rest is not lost with it.
fn merge<'a>(pieces: &mut Vec<Token<'a>>, mut token: Token<'a>) {
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
        Some(known) => {
            known.values.extend(token.values);
            dedupe(&mut known.values);
        }
        None => {
            dedupe(&mut token.values);
            pieces.push(token);
        }
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
