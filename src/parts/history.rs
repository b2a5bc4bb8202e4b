//! Everything that was done to one target, newest first.

use leptos::prelude::*;

use super::cell::short;
use super::connected::Connected;
use super::failure::FailurePanel;
use crate::routes::Route;
use crate::state::Console;
use crate::state::detail::History;
use crate::ui::{Empty, SkeletonRows, StatusMark, live_view};
use longrun_core::model::Operation;
use longrun_core::time::duration;

/// Most rows that are drawn; further ones are found through the list.
const MOST: usize = 200;

/// The table. Reads anew whenever the target changes.
#[component]
pub fn HistoryTable(history: History, at: Connected, #[prop(into)] target: Signal<Option<String>>) -> impl IntoView {
    let console = Console::here();
    let (id, noun) = (at.conn.id.clone(), at.dialect.describe().target_noun);
    let read = move || {
        if let Some(target) = target.get_untracked() {
            history.read(target);
        }
    };
    let session = id.clone();
    Effect::new(move |_| {
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
    let at = StoredValue::new(at);
    let row = move |op: Operation| row(console, &op, &at.get_value());
    let rows = move || {
        let fresh = history.fresh.get();
        let count = history.rows.with(Vec::len);
        match (fresh.failure, fresh.loaded_at) {
            (Some(failure), None) => view! {
                <FailurePanel what="The history could not be read" error=failure.error on_retry=Callback::new(move |()| read()) />
            }
            .into_any(),
            (_, None) => view! { <SkeletonRows rows=4 columns=4 /> }.into_any(),
            _ if count == 0 => view! { <Empty head="No history" says="The server lists no operation for it." /> }.into_any(),
            _ => view! {
                <p class="soft">{format!("{count} operations on this {noun}, newest first. ")}<a class="inline-link" href=all_href.clone()>"Open them as a list"</a></p>
                <div class="table-scroll">
                    <table class="table" aria-label="History">
                        <thead><tr><th scope="col">"Status"</th><th scope="col">"Operation"</th><th scope="col">"ID"</th><th scope="col" class="num">"Received"</th><th scope="col" class="num">"Duration"</th></tr></thead>
                        <tbody>{history.rows.with(|rows| rows.iter().take(MOST).cloned().collect::<Vec<_>>()).into_iter().map(row).collect_view()}</tbody>
                    </table>
                </div>
            }
            .into_any(),
        }
    };
    view! { {live_view(move || if target.get().is_none() {
        view! { <Empty head="No history" says="The server does not say what this operation works on." /> }.into_any()
    } else {
        rows().into_any()
    })} }
}

fn row(console: Console, op: &Operation, at: &Connected) -> impl IntoView + use<> {
    let route = Route::Detail { conn: at.conn.id.clone(), kind: at.kind.to_owned(), id: op.id.to_string() };
    let (href, here) = (console.router.href(&route, ""), console.router.route.with_untracked(|now| *now == route));
    let created = op.created.millis().map_or_else(|| "-".to_owned(), |at| console.settings.exact_text(at));
    let span = op.duration(console.now.get_untracked()).map_or_else(|| "-".to_owned(), duration);
    view! {
        <tr aria-current=here.then_some("true")>
            <td><StatusMark slug=op.state.slug() label=op.state.label() native=op.status.as_deref().unwrap_or_default().to_owned() /></td>
            <th scope="row"><div class="op"><a href=href><strong>{op.kind.as_deref().unwrap_or("No type").to_owned()}</strong>" "<span class="on">{op.name.as_deref().unwrap_or_default().to_owned()}</span></a></div></th>
            <td><span class="id" title=op.id.to_string()>{short(&op.id)}</span></td>
            <td class="num">{created}</td>
            <td class="num">{span}</td>
        </tr>
    }
}
