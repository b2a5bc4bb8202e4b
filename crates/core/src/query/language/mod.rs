//! A query as text: `state:failed kind:Create,Update "two words" -tenant:x duration>10m body.a.*.b:lan`. Text, chips and
//! address are three forms of one [`ListQuery`]: what the server can filter goes to the server, states and the range of
//! creation have fields of their own, and the rest is kept as text and applied to the loaded rows.
//!
//! Repeated keys merge (*or*); a minus excludes; quotes make every character mean itself. Whatever is wrong is said with
//! its place, stays in the text, and leaves the rest of the query as it is. Knows no screen and no row.

mod key;
mod meaning;
mod moment;
mod problem;
mod read;
mod secret;
mod token;
mod write;

pub use key::names;
pub(crate) use key::{Key, Measure, STATE, key, measure};
pub(crate) use meaning::{Bound, Meaning, Of, mean};
pub use problem::Problem;
pub(crate) use token::{Sign, Token, Value, tokens};
pub(crate) use write::value_text;
pub use write::{Chip, ChipAt};

use super::{ListQuery, Tables};

impl ListQuery {
    /// The same list, filtered as `text` says; order, columns and widths stay. What is wrong with the text comes beside it.
    pub fn with_text(&self, text: &str, tables: Tables) -> (ListQuery, Vec<Problem>) {
        let mut query = self.clone();
        query.clear_filters();
        let problems = read::read_into(&mut query, text, tables);
        (query, problems)
    }

    /// What applies while `text` is being typed, with the caret at a place: the server's part stays as it is until the
    /// text is done, and the value at the caret may go on.
    #[must_use]
    pub fn while_typing(&self, text: &str, caret: usize, tables: Tables) -> ListQuery {
        let mut next = self.with_text(text, tables).0;
        let goes_on = tokens(text).into_iter().any(|piece| {
            let value = piece.values.last().filter(|value| !value.quoted && !value.text.is_empty());
            let open = value.is_some_and(|value| !value.text.ends_with('*'));
            let grows = |(name, sign): (&str, Sign)| sign == Sign::Is && !name.eq_ignore_ascii_case(STATE);
            open && piece.span.end == caret && piece.key.is_some_and(grows)
        });
        if let Some((before, after)) = text.split_at_checked(caret).filter(|_| goes_on) {
            let mut open = before.to_owned();
            open.push('*');
            open.push_str(after);
            let open = self.with_text(&open, tables).0;
            // What the server is to compare exactly waits.
            if open.server == next.server {
                next = open;
            }
        }
        next.server.clone_from(&self.server);
        let next = ListQuery::from_search(&next.to_search(), tables);
        if next.server == self.server { next } else { self.clone() }
    }

    /// What is wrong with it, with places in [`as_text`](ListQuery::as_text).
    pub fn problems(&self, tables: Tables) -> Vec<Problem> {
        self.with_text(&self.as_text(), tables).1
    }
}

#[cfg(test)]
#[path = "language_tests.rs"]
mod tests;
