//! Why operations of one connection failed, among what is loaded of it.

use crate::reactive::prelude::*;

use crate::app::use_title;
use crate::parts::asked::page_head;
use crate::parts::causes::causes;
use crate::parts::connected::{Connected, connected};
use crate::parts::freshness::StaleBar;
use crate::parts::sign_in::SignInPanel;
use crate::parts::source::{Source, follow};
use crate::reactive::memo;
use crate::routes::Route;
use crate::state::Console;
use crate::state::offer::{Offer, Refreshable};
use crate::state::pulse::pulse;
use crate::ui::el::{El, Node, el, live_node};
use longrun_core::query::{ListQuery, TimeBound};
use longrun_core::text::{fill, t};
use longrun_core::time::DAY;

/// The page of `/c/:conn/failures`.
#[component]
pub fn FailuresPage(conn: String) -> Node {
    connected(conn, String::new(), |at| page(Console::here(), &at).into())
}

fn page(console: Console, at: &Connected) -> El {
    let list = console.lists.open(console, &at.conn, at.dialect, at.kind);
    let source = Source { at: at.clone(), list };
    follow(&source);
    let refresh = Callback::new(move |()| list.refresh(true));
    Offer::set(Refreshable { fresh: list.fresh, poller: list.poller(), now: refresh });
    let heading = fill("Failures on {0}", &[&at.conn.name]);
    let title = heading.clone();
    use_title(move || title.clone());
    let conn = at.conn.clone();
    let id = conn.id.clone();
    let signed_out = memo(move |_| console.connections.session(&id).is_none());
    let sign_in = move || {
        let conn = conn.clone();
        signed_out.get().then(|| view! { <SignInPanel conn=conn expired=false /> })
    };
    let route = Route::Failures { conn: at.conn.id.clone() };
    let recent = memo(move |_| console.router.search.with(|search| search == "from=-1d"));
    let choice = {
        let one = |label: &'static str, search: &'static str, is_recent: bool| {
            el("a")
                .class("btn")
                .attr("href", console.router.href(&route, search))
                .live("aria-current", move || (recent.get() == is_recent).then_some("true"))
                .text(label)
        };
        [one(t("All loaded"), "", false), one(t("Last 24 h"), "from=-1d", true)]
    };
    let says = t("Grouped by the server's words, without ids, numbers, names and addresses.");
    let head = page_head(at.conn.band, heading, says, choice.into());
    let body = live_node(move || {
        let span = recent.get().then_some(DAY);
        let pulse = pulse(console, vec![list], span);
        let source = source.clone();
        let leads = {
            let source = source.clone();
            Callback::new(move |query: ListQuery| source.href(console, &query))
        };
        let says = if span.is_some() { t("last 24 h") } else { t("all that is loaded") };
        causes(console, pulse, std::slice::from_ref(&source), says, leads, span.map(TimeBound::Ago))
    });
    el("div")
        .class("page")
        .child(view! { <StaleBar fresh=list.fresh on_retry=refresh /> })
        .child(head)
        .live_child(sign_in)
        .child(el("div").class("page-body").child(body))
}
