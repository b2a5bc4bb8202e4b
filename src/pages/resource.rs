//! Every operation on one target.

use leptos::prelude::*;

use crate::app::use_title;
use crate::parts::connected::{Connected, connected};
use crate::parts::history::HistoryTable;
use crate::parts::sign_in::SignInPanel;
use crate::reactive::memo;
use crate::routes::Route;
use crate::state::Console;
use crate::state::detail::History;
use crate::ui::el::{El, Node, el};

/// The page of `/c/:conn/resource/:type/:rid`.
#[component]
pub fn ResourcePage(conn: String, of: String, id: String) -> Node {
    connected(conn, String::new(), move |at| view! { <Resource at=at of=of.clone() id=id.clone() /> }.into())
}

#[component]
fn Resource(at: Connected, of: String, id: String) -> El {
    let console = Console::here();
    let kind_name = of.rsplit("::").next().unwrap_or(&of).to_owned();
    let noun = at.table.target;
    let heading =
        if of == "-" { format!("History of {noun} {id}") } else { format!("History of {kind_name} {id}") };
    let title = heading.clone();
    use_title(move || title.clone());
    let history = History::new(console, at.conn.clone(), at.dialect, at.kind);
    let session_id = at.conn.id.clone();
    let signed_in = memo(move |_| console.connections.session(&session_id).is_some());
    let conn = at.conn.clone();
    let list = console.router.href(&Route::List { conn: at.conn.id.clone(), kind: at.kind.to_owned() }, "");
    let crumb = el("a")
        .class(format!("band-{}", at.conn.band))
        .attr("href", list)
        .child(el("span").class("swatch"))
        .text(at.conn.name.clone());
    let crumbs = el("ol").child(el("li").child(crumb)).child(el("li").text(of));
    let titles = el("div")
        .class("titles")
        .child(el("nav").class("crumbs").attr("aria-label", "Breadcrumb").child(crumbs))
        .child(el("h1").text(heading));
    let table = view! { <HistoryTable history=history at=at target=Signal::stored(Some(id)) /> };
    let panel = el("section")
        .class("panel")
        .attr("aria-label", "Operations on it")
        .child(el("div").class("body").child(table));
    el("div")
        .class("page")
        .child(el("div").class("page-head").child(titles))
        .live_child(move || {
            (!signed_in.get()).then(|| view! { <SignInPanel conn=conn.clone() expired=false /> })
        })
        .child(el("div").class("page-body").child(panel))
}
