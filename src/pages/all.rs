//! One list across connections. What of it could not be read is told for each of them.

use crate::reactive::prelude::*;

use crate::app::use_title;
use crate::parts::asked::{Asked, page_head};
use crate::parts::card::again;
use crate::parts::config_problems::ConfigProblems;
use crate::parts::filter_bar::FilterBar;
use crate::parts::foot::More;
use crate::parts::freshness::reason;
use crate::parts::histogram::over_time;
use crate::parts::share_link::share_link;
use crate::parts::source::{Source, Standing, across, offer, sources};
use crate::parts::status_bar::grouped;
use crate::reactive::{derive, memo};
use crate::routes::Route;
use crate::state::Console;
use crate::state::list::List;
use crate::ui::el::{El, Node, el, live_node};
use crate::ui::{Button, CopyButton, Empty, Glyph, SkeletonRows, icon_s};
use longrun_core::query::ListQuery;
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
    let asked = Asked::of(console, list);
    let (query, change) = (asked.query, asked.change);
    list.keep_parts_fresh(false);
    list.merge_parts();
    offer(list);
    let link = share_link(console, list);
    let leads = Callback::new(move |query: ListQuery| router.href(&Route::All, &query.to_search()));
    let strip = strip(console, &sources);
    let sources = StoredValue::new(sources);
    let href = Callback::new(move |slot: SlotNo| {
        let which = list.part_of(slot).map(|(which, ..)| which).unwrap_or_default();
        let of = |source: &Source| list.read_row(slot, |op| source.at.href(console, source.at.kind, op));
        sources.with_value(|sources| sources.get(which).and_then(of)).flatten().unwrap_or_default()
    });
    let copy = view! { <CopyButton label="Copy link" value=link icon=Glyph::Link icon_only=true /> };
    let says = t("The main list of every connection, as one. States, words and time filter the loaded rows.");
    let actions = [asked.columns_menu(), copy.into()];
    let head = page_head("", t("All operations").to_owned(), says, actions.into());
    let show = memo(move |_| {
        let reading = list.fresh.with(|fresh| fresh.loaded_at.is_none() && fresh.loading_since.is_some());
        (list.visible() > 0, list.loaded() > 0, reading)
    });
    let rows = live_node(move || -> Node {
        match show.get() {
            (true, ..) => asked.table(href, derive(|| false), None),
            (_, true, _) => {
                let actions = Node::from(view! { <Button label=t("Clear filters") on_press=asked.clear() /> });
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
        Node::from(head),
        strip.into(),
        view! { <FilterBar list=list query=query pinned=None tenant_by=None on_change=change /> }.into(),
        asked.status_bar(),
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
