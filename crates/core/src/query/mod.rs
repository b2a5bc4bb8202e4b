//! What the user asks a list for, as a value: what the server filters, what is filtered among the loaded rows, and
//! how all of it is written into a URL. Knows no screen and no transport.

mod codec;
pub mod columns;
mod language;
mod local;
mod matcher;
mod places;
mod suggest;
pub mod views;
mod words;

pub use codec::unread;
pub use language::{Chip, ChipAt, Problem, names};
pub use local::TimeBound;
pub use matcher::{BodyTerm, Matcher};
pub use places::text_at;
pub use suggest::{Proposal, Spot, accept, count, suggest};
pub use words::TextQuery;

use crate::dialect::{Column, Filter, FilterKind, ServerQuery};
use crate::model::StateSet;

/// The tables of one kind of object; what a URL can name.
#[derive(Clone, Copy, Debug)]
pub struct Tables {
    /// Filters that the server applies.
    pub filters: &'static [Filter],
    /// Columns that can be shown and sorted by.
    pub columns: &'static [Column],
}

/// A sort order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sort {
    /// Column id.
    pub column: &'static str,
    /// Largest first.
    pub descending: bool,
}

impl Default for Sort {
    /// Newest first.
    fn default() -> Sort {
        Sort { column: "created", descending: true }
    }
}

/// Everything about a list that stands in its URL.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ListQuery {
    /// What the server filters, in the order of the filter table.
    pub server: ServerQuery,
    /// States shown among the loaded rows; empty means all.
    pub states: StateSet,
    /// What else is applied to the loaded rows, in the language of `language`: words, terms on fields and bodies, and
    /// what could not be understood.
    pub text: String,
    /// Created no earlier than this.
    pub from: Option<TimeBound>,
    /// Created no later than this.
    pub to: Option<TimeBound>,
    /// Order of the rows.
    pub sort: Sort,
    /// Columns chosen by the user, in order; `None` means the default ones.
    pub columns: Option<Vec<&'static str>>,
    /// Widths given to columns by the user.
    pub widths: Vec<columns::Width>,
}

impl ListQuery {
    /// The value of a server filter that stands once.
    pub fn server_value(&self, param: &str) -> Option<&str> {
        self.server.params.iter().find(|(name, _)| *name == param).map(|(_, value)| value.as_str())
    }

    /// Every value of a repeatable server filter.
    pub fn server_values<'a>(&'a self, param: &'a str) -> impl Iterator<Item = &'a str> {
        self.server.params.iter().filter(move |(name, _)| *name == param).map(|(_, value)| value.as_str())
    }

    /// Sets a server filter: adds to a repeatable one, replaces another. An empty value or an unset flag is not sent.
    pub fn set_server(&mut self, filters: &'static [Filter], param: &str, value: &str) {
        let Some(filter) = filters.iter().find(|filter| filter.param == param) else { return };
        let value = value.trim();
        if !filter.repeatable {
            self.server.params.retain(|(name, _)| *name != filter.param);
        }
        let off = value.is_empty() || matches!(filter.kind, FilterKind::Flag(_)) && !is_true(value);
        let known = self.server.params.iter().any(|(name, v)| *name == filter.param && v == value);
        if !off && !known {
            let value = if matches!(filter.kind, FilterKind::Flag(_)) { "true" } else { value };
            self.server.params.push((filter.param, value.to_owned()));
        }
        self.in_table_order(filters);
    }

    /// Removes one value of a server filter.
    pub fn drop_server(&mut self, param: &str, value: &str) {
        self.server.params.retain(|(name, v)| !(*name == param && v == value));
    }

    /// True where something is filtered, by the server or among the loaded rows.
    pub fn is_filtered(&self) -> bool {
        !self.server.params.is_empty() || self.is_filtered_locally()
    }

    /// True where loaded rows are hidden by our own filters.
    pub fn is_filtered_locally(&self) -> bool {
        !self.states.is_empty() || !self.text.trim().is_empty() || self.from.is_some() || self.to.is_some()
    }

    /// Takes every filter away; order and columns stay.
    pub fn clear_filters(&mut self) {
        let cleared = ListQuery {
            sort: self.sort,
            columns: self.columns.take(),
            widths: std::mem::take(&mut self.widths),
            ..ListQuery::default()
        };
        *self = cleared;
    }

    /// Repeated values stay in the order given.
    fn in_table_order(&mut self, filters: &'static [Filter]) {
        let given = std::mem::take(&mut self.server.params);
        let of = |filter: &'static Filter| given.iter().filter(|(name, _)| *name == filter.param).cloned();
        self.server.params = filters.iter().flat_map(of).collect();
    }
}

fn is_true(value: &str) -> bool {
    value.eq_ignore_ascii_case("true") || value == "1"
}
