//! Every operation on one target.

use crate::reactive::prelude::*;

use crate::app::use_title;
use crate::parts::connected::{Connected, KIND, TENANT, connected};
use crate::parts::related::{RelatedRows, RelatedTable};
use crate::parts::sign_in::SignInPanel;
use crate::reactive::memo;
use crate::routes::Route;
use crate::state::Console;
use crate::ui::Empty;
use crate::ui::el::{El, Node, el};
use longrun_core::dialect::Key;
use longrun_core::http::decode_query;
use longrun_core::text::{fill, t};

/// The page of `/c/:conn/resource/:type/:rid`.
#[component]
pub fn ResourcePage(conn: String, of: String, id: String) -> Node {
    let search = Console::here().router.search.get_untracked();
    let named = |name: &str| {
        decode_query(&search).into_iter().find(|(known, _)| known == name).map(|(_, value)| value)
    };
    let (kind, tenant) = (named(KIND).unwrap_or_default(), named(TENANT));
    connected(conn, kind, move |at| {
        view! { <Resource at=at of=of.clone() id=id.clone() tenant=tenant.clone() /> }.into()
    })
}

#[component]
fn Resource(at: Connected, of: String, id: String, tenant: Option<String>) -> El {
    let console = Console::here();
    let kind_name = of.rsplit("::").next().unwrap_or(&of).to_owned();
    let noun = if of == "-" { t(at.table.target) } else { &kind_name };
    let heading = fill("History of {0} {1}", &[noun, &id]);
    let title = heading.clone();
    use_title(move || title.clone());
    let by = at.table.can.history_by;
    let history = at.table.related.iter().find(|related| Some(related.param) == by);
    let history = history.and_then(|related| RelatedRows::new(console, &at, related));
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
    let key = Signal::stored(Some(Key { id, tenant }));
    let table = match history {
        Some(rows) => view! { <RelatedTable rows=rows at=at of=key moving=true /> }.into(),
        None => Node::from(view! {
            <Empty head="No history" says="This API cannot list by what an operation works on." />
        }),
    };
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
