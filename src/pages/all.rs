//! One list across connections. What of it could not be read is told for each of them.

use crate::reactive::prelude::*;

use crate::app::use_title;
use crate::parts::card::again;
use crate::parts::columns_menu::ColumnsMenu;
use crate::parts::config_problems::ConfigProblems;
use crate::parts::filter_bar::FilterBar;
use crate::parts::foot::More;
use crate::parts::freshness::reason;
use crate::parts::histogram::over_time;
use crate::parts::share_link::share_link;
use crate::parts::source::{Source, Standing, across, offer, sources};
use crate::parts::status_bar::{StatusBar, grouped};
use crate::parts::table::OperationsTable;
use crate::parts::widths::Widths;
use crate::reactive::{derive, effect, memo};
use crate::routes::Route;
use crate::state::Console;
use crate::state::list::List;
use crate::ui::el::{El, Node, el, live_node};
use crate::ui::{Button, CopyButton, Empty, Glyph, SkeletonRows, icon_s};
use longrun_core::query::columns::shown;
use longrun_core::query::{ListQuery, Sort};
use longrun_core::text::{fill, t};
use longrun_core::view::rows::SlotNo;

/// The page of `/all`.
#[component]
pub fn AllPage() -> El {
    let console = Console::here();
    use_title(|| t("All operations").to_owned());
    let all = memo(move |_| console.connections.all());
    let draw = move || -> Node {
        let _ = all.get();
        let Some(sources) = untrack(|| sources(console)) else {
            return el("p")
                .class("quiet")
                .attr("role", "status")
                .text(t("Reading the configuration…"))
                .into();
        };
        match across(console, &sources) {
            Some(list) => page(console, list, sources),
            None => {
                view! { <Empty head=t("No connection yet") says=t("There is nothing to list.") /> }.into()
            }
        }
    };
    el("div").class("page page-fill").child(view! { <ConfigProblems /> }).live_child(draw)
}

fn page(console: Console, list: List, sources: Vec<Source>) -> Node {
    let router = console.router;
    let tables = list.tables();
    let query = memo(move |_| router.search.with(|search| ListQuery::from_search(search, tables)));
    list.ask(query.get_untracked());
    effect(move |before: Option<()>| {
        let query = query.get();
        if before.is_some() {
            list.ask(query);
        }
    });
    list.keep_parts_fresh(false);
    list.merge_parts();
    offer(list);
    let change = Callback::new(move |(next, committed): (ListQuery, bool)| {
        router.set_search(&next.to_search(), committed);
    });
    let edit = move |edit: &dyn Fn(&mut ListQuery)| {
        let mut next = query.get_untracked();
        edit(&mut next);
        change.run((next, true));
    };
    let chosen = memo(move |_| query.with(|query| query.columns.clone()));
    let columns = derive(move || chosen.with(|chosen| shown(tables.columns, chosen.as_deref())));
    let narrow = Some(Callback::new(move |query: ListQuery| change.run((query, true))));
    let choose_columns =
        Callback::new(move |chosen: Option<Vec<&'static str>>| edit(&|query| query.columns = chosen.clone()));
    let states = derive(move || query.with(|query| query.states));
    let choose_states = Callback::new(move |states| edit(&|query| query.states = states));
    let sort = derive(move || query.with(|query| query.sort));
    let choose_sort = Callback::new(move |sort: Sort| edit(&|query| query.sort = sort));
    let widths = memo(move |_| query.with(|query| query.widths.clone()));
    let set_widths = Callback::new(move |widths| {
        change.run((ListQuery { widths, ..query.get_untracked() }, false));
    });
    let widths = Widths::new(widths.into(), columns, set_widths);
    let clear = Callback::new(move |()| edit(&ListQuery::clear_filters));
    let link = share_link(console, list);
    let leads = Callback::new(move |query: ListQuery| router.href(&Route::All, &query.to_search()));
    let strip = strip(console, &sources);
    let sources = StoredValue::new(sources);
    let href = Callback::new(move |slot: SlotNo| {
        let which = list.part_of(slot).map(|(which, ..)| which).unwrap_or_default();
        let of = |source: &Source| list.read_row(slot, |op| source.at.href(console, source.at.kind, op));
        sources.with_value(|sources| sources.get(which).and_then(of)).flatten().unwrap_or_default()
    });
    let actions = el("div")
        .class("actions")
        .child(view! { <ColumnsMenu columns=tables.columns chosen=chosen on_choose=choose_columns /> })
        .child(view! { <CopyButton label="Copy link" value=link icon=Glyph::Link icon_only=true /> });
    let says = t("The main list of every connection, as one. States, words and time filter the loaded rows.");
    let titles =
        el("div").class("titles").child(el("h1").text(t("All operations"))).child(el("p").text(says));
    let show = memo(move |_| {
        let reading = list.fresh.with(|fresh| fresh.loaded_at.is_none() && fresh.loading_since.is_some());
        (list.visible() > 0, list.loaded() > 0, reading)
    });
    let rows = live_node(move || -> Node {
        match show.get() {
            (true, ..) => view! {
                <OperationsTable list=list columns=columns sort=sort on_sort=choose_sort on_narrow=narrow href=href stale=derive(|| false) widths=widths />
            }
            .into(),
            (_, true, _) => {
                let actions = Node::from(view! { <Button label=t("Clear filters") on_press=clear /> });
                view! { <Empty head=t("Nothing matches") says=t("No operation fits all of the filters above.") actions=actions /> }.into()
            }
            (_, _, true) => el("div").class("table-wrap").attr("aria-busy", "true").child(view! { <SkeletonRows rows=12 columns=7 /> }).into(),
            _ => view! { <Empty head=t("No operations") says=t("What stands in the way is told above, for each connection.") /> }.into(),
        }
    });
    let count = move || fill("{0} of {1}", &[&grouped(list.visible()), &grouped(list.loaded())]);
    let foot = el("div")
        .class("table-foot")
        .child(el("strong").attr("role", "status").attr("aria-label", t("Rows shown")).live_text(count))
        .child(el("span").class("quiet").text(t("Sorted among the loaded rows.")));
    [
        Node::from(el("div").class("page-head").child(titles).child(actions)),
        strip.into(),
        view! { <FilterBar list=list query=query pinned=None tenant_by=None on_change=change /> }.into(),
        view! { <StatusBar list=list chosen=states on_choose=choose_states /> }.into(),
        over_time(console, list, leads).into(),
        rows,
        foot.into(),
    ]
    .into()
}

/// How it stands with each connection's rows.
fn strip(console: Console, sources: &[Source]) -> El {
    let one = |source: &Source| {
        let standing = source.standing(console);
        let (conn, list, source) = (source.at.conn.clone(), source.list, source.clone());
        let name = el("a").attr("href", source.href(console, &ListQuery::default())).text(conn.name.clone());
        let told =
            memo(move |_| standing.get() != Standing::Read(None) || list.reach.with(|reach| reach.more));
        el("li")
            .class(format!("where band-{}", conn.band))
            // What is read to its end needs no word.
            .live("hidden", move || !told.get())
            .child(el("span").class("swatch"))
            .child(name)
            .live_child(move || {
                let standing = standing.get();
                let (glyph, text) = source.line(console, &standing);
                let mut title = None;
                if let Standing::Read(Some(error)) | Standing::Failed(error) = &standing {
                    title = Some(reason(error));
                }
                let says =
                    el("span").class("soft").attr("title", title.clone()).live_text(move || text.get());
                let why = title.map(|title| el("span").class("soft why").text(title));
                [Node::from(icon_s(glyph)), says.into(), why.into(), again(&source, &standing)]
            })
            .child(view! { <More list=list /> })
    };
    el("ul")
        .class("strip")
        .attr("aria-label", t("Connections"))
        .child(sources.iter().map(one).collect::<Node>())
}
