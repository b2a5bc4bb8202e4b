//! Everything that was done to one target, newest first.

use leptos::prelude::*;

use super::cell::short;
use super::connected::Connected;
use super::failure::FailurePanel;
use crate::reactive::effect;
use crate::routes::Route;
use crate::state::Console;
use crate::state::detail::History;
use crate::ui::el::{El, Node, el, live_node};
use crate::ui::{Empty, SkeletonRows, StatusMark};
use longrun_core::model::Operation;
use longrun_core::time::duration;

/// Most rows that are drawn; further ones are found through the list.
const MOST: usize = 200;

/// The table. Reads anew whenever the target changes.
#[component]
pub fn HistoryTable(history: History, at: Connected, #[prop(into)] target: Signal<Option<String>>) -> Node {
    let console = Console::here();
    let (id, noun) = (at.conn.id.clone(), at.table.target);
    let read = move || {
        if let Some(target) = target.get_untracked() {
            history.read(target);
        }
    };
    let session = id.clone();
    effect(move |_: Option<()>| {
        target.track();
        if console.connections.session(&session).is_some() {
            untrack(read);
        }
    });
    let by = at.dialect.capabilities(at.kind).history_by.unwrap_or_default();
    let list_route = Route::List { conn: id, kind: at.kind.to_owned() };
    let all_href = move || {
        let search = longrun_core::http::encode_query([(by, target.get().unwrap_or_default())]);
        console.router.href(&list_route, &search)
    };
    let again = Callback::new(move |()| read());
    live_node(move || -> Node {
        if target.get().is_none() {
            let says = "The server does not say what this operation works on.";
            return view! { <Empty head="No history" says=says /> }.into();
        }
        let fresh = history.fresh.get();
        let count = history.rows.with(Vec::len);
        match (fresh.failure, fresh.loaded_at) {
            (Some(failure), None) => {
                let what = "The history could not be read";
                view! { <FailurePanel what=what error=failure.error on_retry=again /> }.into()
            }
            (_, None) => view! { <SkeletonRows rows=4 columns=4 /> }.into(),
            _ if count == 0 => {
                view! { <Empty head="No history" says="The server lists no operation for it." /> }.into()
            }
            _ => {
                let link =
                    el("a").class("inline-link").live("href", all_href.clone()).text("Open them as a list");
                let about = format!("{count} operations on this {noun}, newest first. ");
                let rows = history
                    .rows
                    .with(|rows| rows.iter().take(MOST).map(|op| row(console, op, &at)).collect());
                [el("p").class("soft").text(about).child(link), table(rows)].into()
            }
        }
    })
}

fn table(rows: Vec<El>) -> El {
    let head = |text: &'static str| el("th").attr("scope", "col").text(text);
    let heads = el("tr")
        .child(head("Status"))
        .child(head("Operation"))
        .child(head("ID"))
        .child(head("Received").class("num"))
        .child(head("Duration").class("num"));
    let table = el("table")
        .class("table")
        .attr("aria-label", "History")
        .child(el("thead").child(heads))
        .child(el("tbody").child(rows));
    el("div").class("table-scroll").child(table)
}

fn row(console: Console, op: &Operation, at: &Connected) -> El {
    let href = at.href(console, at.kind, &op.id, op.tenant.as_deref());
    let here =
        console.router.route.with_untracked(|now| matches!(now, Route::Detail { id, .. } if **id == *op.id));
    let created = op.created.millis().map_or_else(|| "-".to_owned(), |at| console.settings.exact_text(at));
    let span = op.duration(console.now.get_untracked()).map_or_else(|| "-".to_owned(), duration);
    let native = op.status.as_deref().unwrap_or_default().to_owned();
    let link = el("a")
        .attr("href", href)
        .child(el("strong").text(op.kind.as_deref().unwrap_or("No type").to_owned()))
        .text(" ")
        .child(el("span").class("on").text(op.name.as_deref().unwrap_or_default().to_owned()));
    let id = el("span").class("id").attr("title", op.id.to_string()).text(short(&op.id));
    el("tr")
        .attr("aria-current", here.then_some("true"))
        .child(
            el("td")
                .child(view! { <StatusMark slug=op.state.slug() label=op.state.label() native=native /> }),
        )
        .child(el("th").attr("scope", "row").child(el("div").class("op").child(link)))
        .child(el("td").child(id))
        .child(el("td").class("num").text(created))
        .child(el("td").class("num").text(span))
}
