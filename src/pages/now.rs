//! The start: what goes on now on every connection, when it began, and why it failed.

use crate::reactive::prelude::*;

use crate::app::use_title;
use crate::parts::card::cards;
use crate::parts::causes::causes;
use crate::parts::config_problems::ConfigProblems;
use crate::parts::histogram::histogram;
use crate::parts::source::{Source, across, offer, sources};
use crate::parts::watchlist::watchlist_panel;
use crate::reactive::{derive, memo};
use crate::routes::Route;
use crate::state::Console;
use crate::state::pulse::pulse;
use crate::ui::Empty;
use crate::ui::el::{El, Node, el};
use longrun_core::query::{ListQuery, TimeBound};
use longrun_core::text::t;
use longrun_core::time::DAY;

/// The page of `/`.
#[component]
pub fn NowPage() -> El {
    let console = Console::here();
    use_title(|| t("Now").to_owned());
    let all = memo(move |_| console.connections.all());
    let draw = move || match all.get() {
        None => el("p").class("quiet").attr("role", "status").text(t("Reading the configuration…")).into(),
        Some(all) if all.is_empty() => none(console),
        Some(_) => untrack(|| sources(console)).map(|sources| now(console, &sources)).into(),
    };
    el("div").class("page").child(view! { <ConfigProblems /> }).live_child(draw)
}

fn none(console: Console) -> Node {
    let href = console.router.href(&Route::NewConnection, "");
    let add = el("a").class("btn btn-primary").attr("href", href).text(t("Add a connection"));
    let empty = view! {
        <Empty
            head=t("No connection yet")
            says=t("A connection tells the console where an operations API is and how to sign in.")
            actions=add
        />
    };
    [Node::from(el("h1").class("visually-hidden").text("Longrun")), empty.into()].into()
}

fn now(console: Console, sources: &[Source]) -> Node {
    if let Some(list) = across(console, sources) {
        list.ask(ListQuery::default());
        list.keep_parts_fresh(true);
        offer(list);
    }
    let pulse = pulse(console, sources.iter().map(|source| source.list).collect(), Some(DAY));
    let leads = Callback::new(move |query: ListQuery| console.router.href(&Route::All, &query.to_search()));
    let day = Some(TimeBound::Ago(DAY));
    let in_range = Callback::new(move |(states, range): (_, Option<(_, _)>)| {
        let (from, to) =
            range.map_or((day, None), |(from, to)| (Some(TimeBound::At(from)), Some(TimeBound::At(to))));
        leads.run(ListQuery { states, from, to, ..ListQuery::default() })
    });
    let data = derive(move || pulse.with(|pulse| pulse.histogram.clone()));
    let when = move || console.settings.exact_text(console.now.get());
    let titles = el("div").class("titles").child(el("h1").text(t("Now"))).child(el("p").live_text(when));
    let began = el("section")
        .class("panel")
        .attr("aria-labelledby", "began")
        .child(el("header").child(el("h2").attr("id", "began").text(t("Operations of the last 24 h"))))
        .child(histogram(console, data, in_range));
    let why = causes(console, pulse, sources, t("last 24 h"), leads, day);
    let body = el("div")
        .class("page-body")
        .child(cards(console, sources, pulse))
        .child(began)
        .child(el("div").class("columns").child(why).child(watchlist_panel()));
    [el("div").class("page-head").child(titles), body].into()
}
