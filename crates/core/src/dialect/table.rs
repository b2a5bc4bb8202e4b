//! The tables a dialect declares: columns, filters, actions. Generic screens draw what stands here.

use crate::model::Operation;
use crate::time::Millis;

/// What stands in one cell. The table knows how to draw each variant; a column holds no markup.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell<'a> {
    /// Plain text.
    Text(&'a str),
    /// An id: monospaced, may be shortened, can be copied.
    Id(&'a str),
    /// Our state with the server's word beside it.
    Status,
    /// What the operation does, and on what; links to the detail view.
    Operation {
        /// What it does.
        kind: &'a str,
        /// On what.
        on: &'a str,
    },
    /// A point in time.
    Instant(Millis),
    /// A time that the server gave in a form we do not know.
    OddTime(&'a str),
    /// A duration in milliseconds.
    Span(i64),
    /// The server gave nothing.
    Absent,
}

/// By what a column sorts.
#[derive(Clone, Copy, Debug)]
pub enum SortKey {
    /// By text, regardless of case.
    Text(fn(&Operation) -> &str),
    /// By a number (milliseconds, position). `None` stands last in either direction.
    Number(fn(&Operation, Millis) -> Option<i64>),
}

/// One column of a list.
#[derive(Debug)]
pub struct Column {
    /// Stable name in URLs.
    pub id: &'static str,
    /// Head of the column.
    pub head: &'static str,
    /// True where the column shows times, so that its head names the zone.
    pub is_time: bool,
    /// True where figures stand flush right.
    pub is_number: bool,
    /// What a cell shows at the time `now`.
    pub cell: for<'a> fn(&'a Operation, Millis) -> Cell<'a>,
    /// How it sorts; `None` where it cannot.
    pub sort: Option<SortKey>,
    /// Shown unless the user chose otherwise.
    pub shown: bool,
    /// The server filter that "only this value" sets, if the server has one.
    pub filter: Option<&'static str>,
}

/// The kind of value that a server filter takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FilterKind {
    /// Free text, compared exactly by the server.
    Exact,
    /// One of these words (others can be typed).
    OneOf(&'static [&'static str]),
    /// On or not sent. Holds what "on" does, in words.
    Flag(&'static str),
}

/// A filter that the server applies.
#[derive(Debug)]
pub struct Filter {
    /// The API's own parameter name, also in the console's URL.
    pub param: &'static str,
    /// Name on screen.
    pub label: &'static str,
    /// What it takes.
    pub kind: FilterKind,
    /// May stand several times; then any of the values matches.
    pub repeatable: bool,
    /// One line of help.
    pub hint: &'static str,
    /// The operation's value for it, so that a cell can offer it. `None` for flags.
    pub value: Option<fn(&Operation) -> Option<&str>>,
}

/// Whether an action can be taken now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Availability {
    /// It can.
    Ready,
    /// It cannot, and why, as a sentence.
    Off(&'static str),
}

/// Something that can be done to an operation on this API.
#[derive(Debug)]
pub struct Action {
    /// Stable name.
    pub id: &'static str,
    /// Verb on the button.
    pub label: &'static str,
    /// Whether it can be taken on this operation now.
    pub allowed: fn(&Operation) -> Availability,
    /// What it does on this API, one sentence.
    pub consequence: &'static str,
}
