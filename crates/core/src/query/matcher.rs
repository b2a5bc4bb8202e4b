//! The local part of a query, compiled once and asked for every row: words, terms on fields, terms on request bodies.
//! Knows one operation at a time, and no list.

use super::language::{Bound, Meaning, Of, Sign, Token, Value, mean, tokens};
use super::{Tables, TextQuery};
use crate::fold::lowered;
use crate::json::search::Needle;
use crate::json::seek::any_at;
use crate::model::Operation;
use crate::time::Millis;

/// A value with its wildcards.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Pattern {
    /// In small letters, without the stars.
    text: String,
    /// Anything may stand before it, or after it.
    open: [bool; 2],
    /// For looking anywhere; `None` where the text is empty.
    needle: Option<Needle>,
}

impl Pattern {
    pub(super) fn new(value: &Value, anywhere: bool) -> Pattern {
        let mut text = value.text.as_str();
        let mut open = [anywhere; 2];
        if !value.quoted {
            if let Some(rest) = text.strip_prefix('*') {
                (text, open[0]) = (rest, true);
            }
            if let Some(rest) = text.strip_suffix('*') {
                (text, open[1]) = (rest, true);
            }
        }
        // Nothing, anywhere, is still nothing: it asks for rows without a value.
        let none = text.is_empty() && value.quoted;
        Pattern { text: lowered(text), open: if none { [false; 2] } else { open }, needle: Needle::new(text) }
    }

    pub(super) fn fits(&self, value: &str) -> bool {
        if self.open == [true; 2] {
            return match &self.needle {
                Some(needle) => needle.is_in(value),
                None => !value.is_empty(),
            };
        }
        let whole = self.text.as_str();
        if !value.is_ascii() {
            let value = lowered(value);
            return self.placed(value.len(), whole, |range| value.get(range));
        }
        self.placed(value.len(), whole, |range| value.get(range))
    }

    fn placed<'a>(
        &self,
        len: usize,
        whole: &str,
        part: impl Fn(std::ops::Range<usize>) -> Option<&'a str>,
    ) -> bool {
        let range = match self.open {
            [false, true] => 0..whole.len(),
            [true, false] => len.saturating_sub(whole.len())..len,
            _ => 0..len,
        };
        // `*` alone asks for rows that have a value at all.
        len >= whole.len()
            && (len > 0 || self.open == [false; 2])
            && part(range).is_some_and(|part| part.eq_ignore_ascii_case(whole))
    }
}

#[derive(Clone)]
enum Test {
    Text(Of, Vec<Pattern>),
    Number(fn(&Operation, Millis) -> Option<i64>, Sign, Bound),
}

struct Term {
    not: bool,
    test: Test,
}

/// A term on the request body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BodyTerm {
    not: bool,
    path: String,
    patterns: Vec<Pattern>,
}

impl BodyTerm {
    /// Whether a body, as it stands in the row, passes.
    pub fn allows(&self, body: &str) -> bool {
        let steps: Vec<&str> = if self.path.is_empty() { Vec::new() } else { self.path.split('.').collect() };
        let found =
            any_at(body, &steps, &mut |value| self.patterns.iter().any(|pattern| pattern.fits(value)));
        found != self.not
    }
}

/// What is applied to loaded rows, but for states and the range of creation.
#[derive(Default)]
pub struct Matcher {
    /// Words, for the search that looks at all rows at once.
    pub words: TextQuery,
    terms: Vec<Term>,
    /// Terms that need the row's text.
    pub bodies: Vec<BodyTerm>,
}

impl std::fmt::Debug for Matcher {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Matcher").field("words", &self.words).field("bodies", &self.bodies).finish()
    }
}

impl Matcher {
    /// True where a row's fields are asked.
    pub fn asks(&self) -> bool {
        !self.terms.is_empty()
    }

    /// Compiles the text of a query. What is wrong with it is left out.
    pub fn new(text: &str, tables: Tables) -> Matcher {
        let mut matcher = Matcher::default();
        for piece in tokens(text) {
            matcher.add(&piece, tables);
        }
        matcher
    }

    fn add(&mut self, piece: &Token<'_>, tables: Tables) {
        let Ok(meaning) = mean(piece, tables) else { return };
        let patterns = |anywhere| piece.values.iter().map(|value| Pattern::new(value, anywhere)).collect();
        let test = match meaning {
            Meaning::Word => {
                let words = if piece.not { &mut self.words.unwanted } else { &mut self.words.wanted };
                let word = piece.values.iter().filter(|word| !word.text.is_empty());
                words.extend(word.map(|word| lowered(&word.text)));
                return;
            }
            Meaning::Body(path) => {
                let patterns = patterns(path.is_empty());
                self.bodies.push(BodyTerm { not: piece.not, path: path.to_owned(), patterns });
                return;
            }
            Meaning::Text(of, anywhere) => Test::Text(of, patterns(anywhere)),
            Meaning::Number(of, bound) => {
                let Some((_, sign)) = piece.key else { return };
                Test::Number(of, sign, bound)
            }
            // Applied by the server, or by the index itself.
            Meaning::State | Meaning::Sent(_) => return,
        };
        self.terms.push(Term { not: piece.not, test });
    }

    /// Whether a row passes every term on its fields. A row without a value lies in no range.
    pub fn allows(&self, op: &Operation, now: Millis) -> bool {
        self.terms.iter().all(|term| {
            let fits = match &term.test {
                Test::Text(of, patterns) => {
                    let value = of.text(op).unwrap_or_default();
                    patterns.iter().any(|pattern| pattern.fits(value))
                }
                Test::Number(of, sign, bound) => of(op, now).is_some_and(|value| {
                    let bound = match *bound {
                        Bound::Fixed(bound) => bound,
                        Bound::Ago(ms) => now.0.saturating_sub(ms),
                    };
                    match sign {
                        Sign::Over => value > bound,
                        Sign::AtLeast => value >= bound,
                        Sign::Under => value < bound,
                        Sign::AtMost => value <= bound,
                        Sign::Is => value == bound,
                    }
                }),
            };
            fits != term.not
        })
    }
}

#[cfg(test)]
#[path = "matcher_tests.rs"]
mod tests;
