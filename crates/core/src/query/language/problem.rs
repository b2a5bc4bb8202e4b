//! What can be wrong with a query, in sentences that help, each with its place. Knows no way to find out.

use std::ops::Range;

use super::key::{self, Measure};
use crate::model::State;
use crate::query::Tables;
use crate::text::{fill, t};

/// Something wrong in a query's text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Where, in bytes of the text.
    pub span: Range<usize>,
    /// What is wrong and what helps, as a sentence.
    pub says: String,
}

impl Problem {
    pub(super) fn new(span: &Range<usize>, says: impl Into<String>) -> Problem {
        Problem { span: span.clone(), says: says.into() }
    }

    pub(super) fn unknown_key(span: &Range<usize>, name: &str, tables: Tables) -> Problem {
        let near = key::near(tables, name).join(", ");
        let says = if near.is_empty() {
            fill("This list has no key {0}. In quotes it is looked for as words.", &[name])
        } else {
            fill(
                "This list has no key {0}. Near to it: {1}. In quotes it is looked for as words.",
                &[name, &near],
            )
        };
        Problem::new(span, says)
    }

    pub(super) fn unknown_state(span: &Range<usize>, name: &str) -> Problem {
        let known = State::ALL.map(State::slug).join(", ");
        Problem::new(span, fill("{0} is no state. The states are {1}.", &[name, &known]))
    }

    /// A value was compared that cannot be, or the other way round.
    pub(super) fn sign(span: &Range<usize>, name: &str, measure: Measure) -> Problem {
        let example = match measure {
            Measure::Text => {
                return Problem::new(
                    span,
                    fill(
                        "{0} is a text: it is not larger or smaller. Write {0}:value, or {0}:value* for a beginning.",
                        &[name],
                    ),
                );
            }
            Measure::Time => "now-2h",
            Measure::Span => "10m",
            Measure::Number => "50",
        };
        Problem::new(span, fill("{0} is compared: write {0}>{1} or {0}<{1}.", &[name, example]))
    }

    /// A bound that cannot be read.
    pub(super) fn bound(span: &Range<usize>, text: &str, measure: Measure) -> Problem {
        let says = match measure {
            Measure::Time => fill(
                "{0} is no time. Write now-2h, 2026-11-21 or 2026-11-21T03:00Z; without a zone it means UTC.",
                &[text],
            ),
            Measure::Span => fill("{0} is no duration. Write 90s, 10m, 2h, 1d or 1h30m.", &[text]),
            _ => fill("{0} is no whole number.", &[text]),
        };
        Problem::new(span, says)
    }

    pub(super) fn empty(span: &Range<usize>, name: &str) -> Problem {
        let says = fill("{0} has no value yet. Rows without one are found by {0}:\"\".", &[name]);
        Problem::new(span, says)
    }

    pub(super) fn open_quote(at: usize) -> Problem {
        Problem::new(&(at..at + 1), t("This quote is not closed."))
    }

    pub(super) fn masked(span: &Range<usize>) -> Problem {
        Problem::new(span, t("What is masked cannot be searched for, and is not kept in the address."))
    }

    /// The server cannot, and nor can we.
    pub(super) fn server_only(span: &Range<usize>, name: &str) -> Problem {
        let says = fill(
            "Only the server knows {0}, and it takes one exact value: no other, none excluded, no *.",
            &[name],
        );
        Problem::new(span, says)
    }
}
