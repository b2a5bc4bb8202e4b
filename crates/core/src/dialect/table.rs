//! The tables a dialect declares: columns, filters, actions. Generic screens draw what stands here.

use super::{Capabilities, Kind};
use crate::model::{Operation, Progress};
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
    /// How far it has come.
    Progress(Progress),
    /// A number of things.
    Count(u64),
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
#[derive(Clone, Copy, Debug)]
pub enum FilterKind {
    /// Free text, compared exactly by the server.
    Exact,
    /// One of these words (others can be typed).
    OneOf(&'static [&'static str]),
    /// On or not sent. Holds what "on" does, in words.
    Flag(&'static str),
    /// A whole number.
    Number,
    /// One of the values that the server itself offers, see [`Dialect::choices`](super::Dialect::choices). Others can
    /// be typed.
    Choice,
    /// Text in a language of the server's. The check finds what the server would refuse, in a sentence with the place.
    Checked(fn(&str) -> Result<(), String>),
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

/// How much an action can do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Weight {
    /// Only asks: allowed on a read-only connection too.
    Reads,
    /// Changes something that can be changed back or goes on by itself.
    Writes,
    /// Stops work or loses data: the button is red, the safe choice has the focus.
    Destroys,
    /// As [`Destroys`](Weight::Destroys), for many things at once or with effects on others: a word must be typed.
    Worst,
}

/// What an action is taken on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// One operation; also a selection, one after the other.
    Item,
    /// The kind as a whole: start one, create one, delete by criteria, count. Its key has an empty id.
    Kind,
}

/// When an action that the server accepted has come to its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Settles {
    /// With the answer.
    AtOnce,
    /// When the operation has ended, one way or another.
    WhenEnded,
    /// When the operation goes on again: it is in transition, or has ended anew.
    WhenMoving,
    /// When the server knows the operation no more.
    WhenGone,
}

/// What a field of an action's form takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InputKind {
    /// One line.
    Text,
    /// A whole number.
    Number,
    /// JSON text, over several lines.
    Json,
    /// One of these words (others can be typed).
    OneOf(&'static [&'static str]),
    /// Yes or nothing.
    Flag,
    /// A time, in words that the API understands.
    Time,
}

/// One field of an action's form.
#[derive(Debug)]
pub struct Input {
    /// The API's own name for it.
    pub name: &'static str,
    /// Name on screen.
    pub label: &'static str,
    /// What it takes.
    pub kind: InputKind,
    /// It must be filled in.
    pub required: bool,
    /// One line of help.
    pub hint: &'static str,
    /// The value it starts with, from the operation it is taken on or copied from.
    pub start: Option<fn(&Operation) -> Option<&str>>,
}

/// Something that can be done on this API.
#[derive(Debug)]
pub struct Action {
    /// Stable name.
    pub id: &'static str,
    /// Verb on the button.
    pub label: &'static str,
    /// What it is taken on.
    pub reach: Reach,
    /// How much it can do.
    pub weight: Weight,
    /// Whether it can be taken on this operation now. Not asked where it reaches the kind.
    pub allowed: fn(&Operation) -> Availability,
    /// What it does on this API, one sentence.
    pub consequence: &'static str,
    /// What must be told with it.
    pub inputs: &'static [Input],
    /// When it has come to its end.
    pub settles: Settles,
}

/// A list that belongs to one operation: its events, its members, what else happened to its target.
#[derive(Debug)]
pub struct Related {
    /// Stable name, the tab in URLs.
    pub id: &'static str,
    /// Name of the tab.
    pub label: &'static str,
    /// Of which kind the rows are.
    pub kind: Kind,
    /// The server filter that chooses them.
    pub param: &'static str,
    /// Its value, from the operation.
    pub of: fn(&Operation) -> Option<&str>,
    /// Said where the operation gives no value.
    pub without: &'static str,
}

/// One kind of object of a dialect: what it is called, what can be done with it, and its tables.
#[derive(Debug)]
pub struct KindTable {
    /// Stable name; appears in URLs.
    pub id: Kind,
    /// What they are called on screen, as a heading ("Operations").
    pub noun: &'static str,
    /// What one is called within a sentence ("operation").
    pub one: &'static str,
    /// What its target is called within a sentence ("appliance").
    pub target: &'static str,
    /// What the server calls the moments of acceptance and of the end ("Received", "Committed").
    pub times: [&'static str; 2],
    /// The tab of the request body, where there is one ("Request body", "Parameters").
    pub body: Option<&'static str>,
    /// The tab of the result, where there is one.
    pub result: Option<&'static str>,
    /// A list of its own in the navigation. Others are only shown beside something else.
    pub listed: bool,
    /// What exists.
    pub can: Capabilities,
    /// The columns of its list, in default order.
    pub columns: &'static [Column],
    /// The filters that its server understands.
    pub filters: &'static [Filter],
    /// What can be done.
    pub actions: &'static [Action],
    /// Lists that belong to one of them.
    pub related: &'static [Related],
}
