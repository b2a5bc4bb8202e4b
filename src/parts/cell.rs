//! One cell of a list, drawn from what the dialect's column says.

use crate::reactive::prelude::*;

use super::mark::row_mark;
use crate::state::Console;
use crate::state::list::List;
use crate::state::list::watched::GONE;
use crate::ui::el::{El, Node, el, live_node};
use crate::ui::{StatusMark, copy_button};
use longrun_core::dialect::{Cell, Column};
use longrun_core::model::{Progress, State};
use longrun_core::text::{fill, t};
use longrun_core::time::{Millis, SECOND, duration, iso8601};
use longrun_core::view::rows::SlotNo;

/// What a cell shows, taken out of the row so that the row is not borrowed while it is drawn.
enum Content {
    Status(State, Option<String>),
    Operation { kind: String, on: String },
    Text(String),
    Id(String),
    Instant(Millis),
    OddTime(String),
    Span,
    Progress(Progress),
    Absent,
}

/// Where a cell stands.
#[derive(Clone, Copy)]
pub struct Place {
    /// The console.
    pub console: Console,
    /// The list of the row.
    pub list: List,
    /// The row.
    pub slot: SlotNo,
    /// Where the operation's name leads; empty where nowhere.
    pub link: StoredValue<String>,
    /// Times with seconds and zone, whatever the user prefers for lists.
    pub exact: bool,
    /// Whether there is a second line, in place of the columns that have no room.
    pub narrow: bool,
}

/// A cell as its row is now. Who draws a whole row follows the row once, not in each of its cells; and what is only a
/// text stands in the cell itself. What is followed and which elements there are is what a row costs when it is made,
/// styled, laid out, painted and taken down, and that is most of what a filter keystroke costs.
pub fn cell_of(tag: &'static str, class: &str, place: Place, column: &'static Column) -> El {
    let with = |more: &str| el(tag).class([class, more].concat());
    let Place { console, list, slot, link, exact, narrow } = place;
    if column.id == "connection" {
        return with("").child(super::source::where_of(list, slot));
    }
    let inner: Node = match content(place, column) {
        Content::Text(text) => return with(" words").attr("title", text.clone()).text(text),
        // One button a row. Other ids can be copied where it is open.
        Content::Id(id) if column.id != "id" => {
            return with(" ids").attr("title", id.clone()).text(short(&id));
        }
        Content::OddTime(text) => {
            return with(" odd")
                .attr("title", "The server gave this time in a form the console does not know")
                .text(text);
        }
        Content::Absent => return with(" quiet").text("-"),
        Content::Status(state, native) => {
            view! { <StatusMark slug=state.slug() label=state.label() native=native.unwrap_or_default() /> }
                .into()
        }
        Content::Operation { kind, on } => {
            let name = leading(&link.get_value(), slot)
                .child(el("strong").text(kind))
                .text(" ")
                .child(el("span").class("on").text(on));
            let sub = narrow.then(|| sub(console, list, slot));
            let mark = row_mark(console, list, slot);
            [Node::from(el("div").class("op").child(name).child(mark)), sub.into()].into()
        }
        // Where no column says what an operation does, its id is what leads to it, with the note beside it.
        Content::Id(id) if column.id == "id" && leads(list.tables().columns, column) => {
            let note = list.read_row(slot, |op| op.name.as_deref().map(str::to_owned)).flatten();
            let gone = list.read_row(slot, |op| op.warning.as_deref() == Some(t(GONE))).unwrap_or(false);
            let flag = gone.then(|| el("span").class("flag").attr("title", GONE).text("no longer known"));
            let name = el("a")
                .attr("href", link.get_value())
                .attr("id", format!("row-{slot}"))
                .attr("title", id.clone())
                .child(el("strong").class("mono").text(id.chars().take(40).collect::<String>()))
                .child(note.map(|note| el("span").class("on").text(format!(" {note}"))));
            let mark = row_mark(console, list, slot);
            let sub = (narrow || exact).then(|| sub(console, list, slot));
            [Node::from(el("div").class("op").child(name).child(flag).child(mark)), sub.into()].into()
        }
        Content::Id(id) => {
            let label = fill("Copy {0} {1}", &[t(column.head), &id]);
            let shown = el("span").text(short(&id)).attr("title", id.clone());
            el("span").class("id").child(shown).child(copy_button(label, id)).into()
        }
        Content::Instant(at) => el("time")
            .attr("datetime", iso8601(at))
            // Read here: another zone draws the row anew.
            .attr("title", console.settings.exact_text(at))
            .live_text(move || {
                if exact {
                    console.settings.exact_text(at)
                } else {
                    console.settings.cell(at, console.now.get())
                }
            })
            .into(),
        Content::Span => span(place, column),
        Content::Progress(progress) => progress_bar(progress).into(),
    };
    with("").child(inner)
}

fn content(place: Place, column: &'static Column) -> Content {
    let Place { console, list, slot, .. } = place;
    let now = console.now.get_untracked();
    let content = list.read_row(slot, |op| match (column.cell)(op, now) {
        Cell::Status => Content::Status(op.state, op.status.as_deref().map(str::to_owned)),
        Cell::Operation { kind, on } => Content::Operation { kind: kind.to_owned(), on: on.to_owned() },
        Cell::Text(text) => Content::Text(text.to_owned()),
        Cell::Id(id) => Content::Id(id.to_owned()),
        Cell::Instant(at) => Content::Instant(at),
        Cell::OddTime(text) => Content::OddTime(text.to_owned()),
        Cell::Span(_) => Content::Span,
        Cell::Progress(progress) => Content::Progress(progress),
        Cell::Count(count) => Content::Text(count.to_string()),
        Cell::Absent => Content::Absent,
    });
    content.unwrap_or(Content::Absent)
}

/// A length of time, which follows the clock only while it changes.
fn span(place: Place, column: &'static Column) -> Node {
    let Place { console, list, slot, .. } = place;
    if column.id == "expires_in" || goes_on(list, slot) {
        return live_node(move || span_text(console, list, slot, column));
    }
    untrack(|| span_text(console, list, slot, column)).into()
}

fn goes_on(list: List, slot: SlotNo) -> bool {
    list.read_row(slot, |op| !op.state.has_ended() && op.ended.millis().is_none()).unwrap_or(false)
}

fn span_text(console: Console, list: List, slot: SlotNo, column: &'static Column) -> String {
    if column.id == "expires_in" {
        let now = console.now.get();
        let left = list.read_row(slot, |op| list.expires_in(op, now)).flatten();
        return left.map_or_else(|| "-".to_owned(), left_text);
    }
    let now = if goes_on(list, slot) { console.now.get() } else { console.now.get_untracked() };
    let span = list.read_row(slot, |op| match (column.cell)(op, now) {
        Cell::Span(ms) => Some(ms),
        _ => None,
    });
    span.flatten().map_or_else(|| "-".to_owned(), duration)
}

/// How long until the server forgets something, in seconds.
pub fn left_text(seconds: i64) -> String {
    if seconds > 0 { duration(seconds.saturating_mul(SECOND)) } else { t("expired").to_owned() }
}

/// How far something has come: in words, with a bar beside them.
pub fn progress_bar(progress: Progress) -> El {
    let share = progress.percent().to_string();
    let text = match progress {
        Progress::Steps { finished, total } => {
            fill("{0} of {1}", &[&finished.to_string(), &total.to_string()])
        }
        Progress::Percent(_) => format!("{share} %"),
    };
    let bar = el("progress")
        .attr("max", "100")
        .attr("value", share)
        .attr("aria-label", "Progress")
        .attr("aria-valuetext", text.clone());
    el("span").class("prog").child(bar).child(el("span").text(text))
}

/// The second line of a row on narrow screens, in place of the columns that have no room.
fn sub(console: Console, list: List, slot: SlotNo) -> El {
    let created = list.read_row(slot, |op| op.created.millis()).flatten();
    el("div")
        .class("sub")
        .child(super::source::where_of(list, slot))
        .child(created.map(|at| el("span").live_text(move || console.settings.cell(at, console.now.get()))))
        .child(el("span").live_text(move || {
            let goes_on = list.read_row(slot, |op| !op.state.has_ended()).unwrap_or(false);
            let now = if goes_on { console.now.get() } else { console.now.get_untracked() };
            list.read_row(slot, |op| op.duration(now)).flatten().map_or_else(String::new, duration)
        }))
}

/// A link, where there is something to lead to.
fn leading(href: &str, slot: SlotNo) -> El {
    if href.is_empty() {
        return el("span");
    }
    el("a").attr("href", href.to_owned()).attr("id", format!("row-{slot}"))
}

/// True for the column whose cells lead to the operation and name the row.
pub fn leads(columns: &[Column], column: &Column) -> bool {
    let has_kind = columns.iter().any(|column| column.id == "kind");
    column.id == if has_kind { "kind" } else { "id" }
}

/// Enough of an id to tell it from others; the whole one is in the title and under the copy button.
pub fn short(id: &str) -> String {
    // Of a name like a path, the last part is what tells it from others.
    let id = id.rsplit('/').find(|part| !part.is_empty()).unwrap_or(id);
    let plain = id.len() >= 32 && id.bytes().all(|byte| byte.is_ascii_hexdigit() || byte == b'-');
    if plain { id.chars().take(8).collect() } else { id.chars().take(40).collect() }
}
