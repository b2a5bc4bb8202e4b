//! One cell of a list, drawn from what the dialect's column says.

use leptos::prelude::*;

use crate::state::Console;
use crate::state::list::List;
use crate::ui::{CopyIcon, StatusMark, live, live_view};
use longrun_core::dialect::{Cell, Column};
use longrun_core::model::State;
use longrun_core::time::{Millis, duration, iso8601};
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
    Absent,
}

/// A cell that follows its row. `link` is where the operation's name leads.
pub fn cell(
    console: Console,
    list: List,
    slot: SlotNo,
    column: &'static Column,
    revision: Memo<u32>,
    link: StoredValue<String>,
) -> impl IntoView {
    live_view(move || {
        revision.track();
        let now = console.now.get_untracked();
        let content = list.read_row(slot, |op| match (column.cell)(op, now) {
            Cell::Status => Content::Status(op.state, op.status.as_deref().map(str::to_owned)),
            Cell::Operation { kind, on } => Content::Operation { kind: kind.to_owned(), on: on.to_owned() },
            Cell::Text(text) => Content::Text(text.to_owned()),
            Cell::Id(id) => Content::Id(id.to_owned()),
            Cell::Instant(at) => Content::Instant(at),
            Cell::OddTime(text) => Content::OddTime(text.to_owned()),
            Cell::Span(_) => Content::Span,
            Cell::Absent => Content::Absent,
        });
        match content.unwrap_or(Content::Absent) {
            Content::Status(state, native) => {
                view! { <StatusMark slug=state.slug() label=state.label() native=native.unwrap_or_default() /> }.into_any()
            }
            Content::Operation { kind, on } => view! {
                <div class="op">
                    <a href=link.get_value() id=format!("row-{slot}")><strong>{kind}</strong>" "<span class="on">{on}</span></a>
                </div>
                <div class="sub">{sub(console, list, slot)}</div>
            }
            .into_any(),
            Content::Text(text) => view! { <span class="clip" title=text.clone()>{text.clone()}</span> }.into_any(),
            Content::Id(id) => {
                let copied = id.clone();
                view! {
                    <span class="id">
                        <span title=id.clone()>{short(&id)}</span>
                        <CopyIcon label=format!("Copy {} {id}", column.head) value=Callback::new(move |()| copied.clone()) />
                    </span>
                }
                .into_any()
            }
            Content::Instant(at) => view! {
                <time datetime=iso8601(at) title=live(move || console.settings.exact_text(at))>
                    {live(move || console.settings.cell(at, console.now.get()))}
                </time>
            }
            .into_any(),
            Content::OddTime(text) => {
                view! { <span class="odd" title="The server gave this time in a form the console does not know">{text}</span> }.into_any()
            }
            Content::Span => live(move || span_text(console, list, slot)).into_any(),
            Content::Absent => view! { <span class="quiet">"-"</span> }.into_any(),
        }
    })
}

/// The duration now; follows the clock only while the operation goes on.
fn span_text(console: Console, list: List, slot: SlotNo) -> String {
    let goes_on = list.read_row(slot, |op| !op.state.has_ended() && op.ended.millis().is_none()).unwrap_or(false);
    let now = if goes_on { console.now.get() } else { console.now.get_untracked() };
    list.read_row(slot, |op| op.duration(now)).flatten().map_or_else(|| "-".to_owned(), duration)
}

/// The second line of a row on narrow screens, in place of the columns that have no room.
fn sub(console: Console, list: List, slot: SlotNo) -> impl IntoView {
    let created = list.read_row(slot, |op| op.created.millis()).flatten();
    view! {
        {created.map(|at| view! { <span>{live(move || console.settings.cell(at, console.now.get()))}</span> })}
        <span>{live(move || span_text(console, list, slot))}</span>
    }
}

/// Enough of an id to tell it from others; the whole one is in the title and under the copy button.
pub fn short(id: &str) -> String {
    let plain = id.len() >= 32 && id.bytes().all(|byte| byte.is_ascii_hexdigit() || byte == b'-');
    if plain { id.chars().take(8).collect() } else { id.chars().take(40).collect() }
}
