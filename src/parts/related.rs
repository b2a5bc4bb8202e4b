//! A list that belongs to one operation or one target: its events, its members, what else happened to it. Newest
//! first; while the operation goes on, it is read again by itself.

use crate::reactive::prelude::*;
use leptos::prelude::Owner;
use web_sys::Event;

use super::cell::{Place, cell_of, leads};
use super::connected::Connected;
use super::failure::FailurePanel;
use super::foot::More;
use super::freshness::PanelAge;
use super::status_bar::grouped;
use crate::reactive::{effect, memo};
use crate::routes::Route;
use crate::state::Console;
use crate::state::list::List;
use crate::ui::el::{El, Node, el, live_node};
use crate::ui::{Button, Empty, SkeletonRows, copy_pressed};
use longrun_core::dialect::{Column, Key, KindTable, Related, ServerQuery};
use longrun_core::fold::lowered;
use longrun_core::http::encode_query;
use longrun_core::query::ListQuery;
use longrun_core::text::{fill, t};
use longrun_core::view::poll::Pace;
use longrun_core::view::rows::SlotNo;

/// So many rows are drawn at first, and so many more each time.
const STEP: usize = 200;

/// The rows behind one tab. Cheap to copy.
#[derive(Clone, Copy)]
pub struct RelatedRows {
    related: &'static Related,
    table: &'static KindTable,
    list: List,
}

impl RelatedRows {
    /// Nothing is asked before it is drawn.
    pub fn new(console: Console, at: &Connected, related: &'static Related) -> Option<RelatedRows> {
        let table = at.dialect.kind(related.kind)?;
        Some(RelatedRows {
            related,
            table,
            list: List::new(console, at.conn.clone(), at.dialect, related.kind),
        })
    }

    /// Name of the tab.
    pub fn related(self) -> &'static Related {
        self.related
    }
}

/// The table. `of` is the value that the rows are chosen by, with the tenant it belongs to; `moving` says that the
/// operation goes on.
#[component]
pub fn RelatedTable(
    rows: RelatedRows,
    at: Connected,
    #[prop(into)] of: Signal<Option<Key>>,
    #[prop(into)] moving: Signal<bool>,
) -> Node {
    let console = Console::here();
    let RelatedRows { related, table, list } = rows;
    let query = move |of: &Key| {
        let mut params = vec![(related.param, of.id.clone())];
        if let (Some(by), Some(tenant), true) = (table.can.tenant_by, &of.tenant, table.can.keyed_by_tenant) {
            params.push((by, tenant.clone()));
        }
        ListQuery { server: ServerQuery::new(params), ..ListQuery::default() }
    };
    effect(move |_: Option<()>| {
        if let Some(of) = of.get() {
            untrack(|| list.ask(query(&of)));
        }
    });
    let pace = list.poller().pace.get_untracked();
    effect(move |before: Option<bool>| {
        let now = moving.get();
        list.poller().beside(now);
        list.poller().pace.set(if now { pace } else { Pace::Off });
        // What was said last comes with its end.
        if before == Some(true) && !now {
            untrack(|| list.refresh(true));
        }
        now
    });
    // Beside an operation nothing is selected or compared: rows come in as they are.
    effect(move |_: Option<()>| {
        if list.waiting() > 0 {
            untrack(|| list.let_in());
        }
    });
    let session = at.conn.id.clone();
    let signed_in = memo(move |_| console.connections.session(&session).is_some());
    effect(move |_: Option<()>| {
        if signed_in.get() && of.with(Option::is_some) {
            untrack(|| list.refresh_if_needed());
        }
    });
    list.poller().resume();
    on_cleanup(move || list.poller().pause());

    let again = Callback::new(move |()| list.refresh(true));
    // Rows that are there stay as they are, whatever a further read meets.
    let shows = memo(move |_| {
        list.fresh.with(|fresh| {
            let loaded = fresh.loaded_at.map(|_| ());
            (fresh.failure.clone().filter(|_| loaded.is_none()), loaded)
        })
    });
    let age = move || view! { <PanelAge fresh=list.fresh poller=list.poller() on_retry=again /> };
    let limit = RwSignal::new(STEP);
    let count = memo(move |_| list.visible());
    let route = Route::List { conn: at.conn.id.clone(), kind: related.kind.to_owned() };
    let all = move || of.with(|of| of.as_ref().map(|of| query(of).to_search()));
    let href = move || console.router.href(&route, &all().unwrap_or_default());
    let at = StoredValue::new(at);
    let many = lowered(t(table.noun));
    let label = move || lowered(t(related.label));
    live_node(move || -> Node {
        if of.with(Option::is_none) {
            return view! { <Empty head=fill("No {0}", &[&label()]) says=related.without /> }.into();
        }
        if let Some(why) = list.unasked.get() {
            return view! { <Empty head="Not asked" says=why.to_string() /> }.into();
        }
        let empty = count.get() == 0;
        match shows.get() {
            (Some(failure), None) => {
                let what = fill("The {0} could not be read", &[&label()]);
                view! { <FailurePanel what=what error=failure.error next_try=failure.next_try on_retry=again /> }.into()
            }
            (_, None) => view! { <SkeletonRows rows=4 columns=4 /> }.into(),
            _ if empty => {
                let says = fill("The server lists none of its {0}.", &[&many]);
                let head = fill("No {0}", &[&label()]);
                [Node::from(view! { <Empty head=head says=says /> }), age().into()].into()
            }
            _ => {
                let link =
                    el("a").class("inline-link").live("href", href.clone()).text("Open them as a list");
                let many = many.clone();
                let about = move || {
                    let many = if list.loaded() == 1 { t(table.one) } else { &*many };
                    let count = grouped(list.loaded());
                    let total = list.reach.with(|reach| reach.total).and_then(|n| usize::try_from(n).ok());
                    match total.filter(|total| *total > list.loaded()) {
                        Some(total) => {
                            fill("{0} of {1} {2}, newest first.", &[&count, &grouped(total), many])
                        }
                        None => fill("{0} {1}, newest first.", &[&count, many]),
                    }
                };
                let further = move || {
                    let hidden = count.get().saturating_sub(limit.get());
                    let label = fill("Show {0} more", &[&grouped(hidden.min(STEP))]);
                    let press = Callback::new(move |()| limit.update(|limit| *limit += STEP));
                    (hidden > 0).then(|| view! { <Button label=label on_press=press /> })
                };
                let foot = el("div").class("row").live_child(further).child(view! { <More list=list /> });
                [
                    el("p").class("soft").attr("role", "status").live_text(about).text(" ").child(link),
                    age().into_inner(),
                    drawn(console, rows, at, limit),
                    foot,
                ]
                .into()
            }
        }
    })
}

/// The kind's usual columns but those that say the same in every row.
fn columns(rows: RelatedRows) -> Vec<&'static Column> {
    let same = |column: &Column| {
        column.filter.is_some_and(|by| by == rows.related.param || Some(by) == rows.table.can.tenant_by)
    };
    rows.table.columns.iter().filter(|column| column.shown && !same(column)).collect()
}

fn drawn(console: Console, rows: RelatedRows, at: StoredValue<Connected>, limit: RwSignal<usize>) -> El {
    let list = rows.list;
    let columns = StoredValue::new(columns(rows));
    let heads = columns.get_value().into_iter().map(|column| {
        let head = el("th").attr("scope", "col").class(column.is_number.then_some("num"));
        let zone = column.is_time.then(|| {
            el("span")
                .class("zone")
                .live_text(move || format!(" {}", console.settings.zone_name(console.now.get())))
        });
        head.text(column.head).child(zone)
    });
    let heads: Node = heads.collect();
    let shown = memo(move |_| list.slice(0..limit.get()));
    let row = move |slot: SlotNo| {
        let revision = memo(move |_| list.revision(slot));
        let (href, here) = list
            .read_row(slot, |op| {
                let href = at.with_value(|at| at.href(console, rows.table.id, op)).unwrap_or_default();
                let here = console
                    .router
                    .route
                    .with_untracked(|now| matches!(now, Route::Detail { id, .. } if **id == *op.id));
                (href, here)
            })
            .unwrap_or_default();
        let place = Place { console, list, slot, link: StoredValue::new(href), exact: true, narrow: false };
        let cell = move |column: &'static Column| {
            let leads = leads(rows.table.columns, column);
            let class = if column.is_number { "num" } else { "" };
            cell_of(if leads { "th" } else { "td" }, class, place, column)
                .attr("scope", leads.then_some("row"))
        };
        el("tr").attr("aria-current", here.then_some("true")).live_child(move || {
            // Read, not only tracked: a memo that nobody reads is never computed, and so never tells of a change.
            let _ = revision.get();
            columns.get_value().into_iter().map(&cell).collect::<Node>()
        })
    };
    let owner = Owner::current();
    let press = move |event: Event| {
        copy_pressed(owner.as_ref(), &event);
    };
    let body = el("tbody").on("click", press).keyed(
        move || shown.with(|shown| shown.iter().copied().map(u64::from).collect()),
        move |slot| row(SlotNo::try_from(slot).unwrap_or_default()),
    );
    let table = el("table")
        .class("table")
        .attr("aria-label", rows.related.label)
        .child(el("thead").child(el("tr").child(heads)))
        .child(body);
    el("div").class("table-scroll").attr("data-kind", rows.table.id).child(table)
}

/// What the rows of an operation's list are chosen by, as an address names it.
pub fn search_of(related: &Related, value: &str, tenant: Option<(&str, &str)>) -> String {
    encode_query([(related.param, value)].into_iter().chain(tenant))
}
