//! The windowed table of operations: only rows in view are on the page, each keeps its element for as long as it is
//! in view, whatever a refresh brings.

use crate::reactive::prelude::*;
use leptos::prelude::Owner;
use wasm_bindgen::JsCast;
use web_sys::{Event, MouseEvent};

use super::actions::selection::{pick_cell, pick_head};
use super::cell::{Place, cell_of, leads};
use super::row_menu::with_row_menu;
use super::widths::{Widths, grip};
use crate::keys::{self, Does};
use crate::platform::{cells, focus, media, pause, task::Scope};
use crate::reactive::{effect, memo};
use crate::state::Console;
use crate::state::act::select::Selection;
use crate::state::list::List;
use crate::ui::el::{El, Node, el};
use crate::ui::window::Windowed;
use crate::ui::{Glyph, copy_pressed, icon_s};
use longrun_core::dialect::Column;
use longrun_core::query::{ListQuery, Sort};
use longrun_core::text::{fill, t};
use longrun_core::view::rows::SlotNo;

/// Row height before anything could be measured, in pixels.
const ROW: f64 = 32.0;

/// The table. `on_sort` gets the order to use; `href` makes the address of a row.
#[component]
pub fn OperationsTable(
    list: List,
    #[prop(into)] columns: Signal<Vec<&'static Column>>,
    #[prop(into)] sort: Signal<Sort>,
    on_sort: Callback<Sort>,
    /// A query that a cell asks for, where the list can be filtered.
    #[prop(optional_no_strip)]
    on_narrow: Option<Callback<ListQuery>>,
    href: Callback<SlotNo, String>,
    #[prop(into)] stale: Signal<bool>,
    /// Which rows are chosen, where rows can be.
    #[prop(optional_no_strip)]
    selection: Option<Selection>,
    widths: Widths,
) -> El {
    let console = Console::here();
    let count = memo(move |_| list.visible());
    let windowed = Windowed::new(count.into(), ROW);
    // Another order starts from its top: the row that was here means nothing there.
    effect(move |before: Option<Sort>| {
        let now = sort.get();
        if before.is_some_and(|before| before != now) {
            windowed.to_top();
        }
        now
    });
    let range = windowed.rows();
    let shown = memo(move |_| list.slice(range.get()));
    follow_keys(list, windowed, count, selection);
    // What the cells of every row have in common: which column, what class, whether it names the row.
    let shapes = memo(move |_| {
        let (all, columns) = (list.tables().columns, columns.get());
        let usual = is_usual(&columns);
        let shape = |column: &Column| {
            let at = all.iter().position(|one| one.id == column.id).unwrap_or_default();
            (at, column_class(all, column, usual), leads(all, column))
        };
        columns.into_iter().map(shape).collect::<Vec<_>>()
    });
    let scope = Scope::current();
    let narrow = media::matches(media::NARROW);
    let row = move |slot: SlotNo| {
        let revision = memo(move |_| list.revision(slot));
        let at = move || {
            shown.with(|shown| shown.iter().position(|s| *s == slot)).unwrap_or(0) + range.get().start
        };
        let link = StoredValue::new(href.run(slot));
        let mut drawn = false;
        el("tr")
            .live("aria-rowindex", move || (at() + 2).to_string())
            .live("aria-current", move || (list.cursor.get() == Some(slot)).then_some("true"))
            .child(selection.map(|selection| pick_cell(selection, list, slot)))
            .live_child(move || {
                // Drawn anew where the row says something else: read, as what nobody reads is never computed.
                let _ = revision.get();
                if std::mem::replace(&mut drawn, true) {
                    keep_focus(scope, slot);
                }
                let place = Place { console, list, slot, link, exact: false, narrow: narrow.get() };
                let all = list.tables().columns;
                let cell = |(at, class, leads): &(usize, String, bool)| {
                    let cell = cell_of(if *leads { "th" } else { "td" }, class, place, all.get(*at)?);
                    Some(cell.attr("scope", leads.then_some("row")))
                };
                shapes.with(|shapes| shapes.iter().filter_map(cell).collect::<Node>())
            })
    };
    let space = move |height: Signal<String>| {
        // One cell, over no more than the first column: over all, it would make room for columns that are dropped.
        let cell = el("td").live_style("height", move || height.get());
        el("tr").class("space").attr("aria-hidden", "true").child(cell)
    };
    let all = selection.map(|selection| pick_head(selection, list));
    let heads = el("tr").attr("aria-rowindex", "1").child(all).live_child(move || {
        let columns = columns.get();
        let usual = is_usual(&columns);
        let one = |column| head(console, list.tables().columns, column, usual, sort, on_sort, widths);
        columns.into_iter().map(one).collect::<Node>()
    });
    let (shift, owner) = (StoredValue::new(false), Owner::current());
    // One listener for all rows: what each row has of its own is paid for with every keystroke.
    let body = el("tbody")
        .made(windowed.follow_made())
        .on("click", move |event| pressed(list, shift, owner.as_ref(), &event))
        .on("change", move |event| {
            if let Some((selection, slot)) = selection.zip(row_of(list, &event)) {
                selection.toggle(list, slot, shift.get_value());
            }
        })
        .child(space(windowed.space_before()))
        .keyed(
            move || shown.with(|shown| shown.iter().copied().map(u64::from).collect()),
            move |slot| row(SlotNo::try_from(slot).unwrap_or_default()),
        )
        .child(space(windowed.space_after()));
    let table = el("table")
        .class("table")
        .live("data-sized", move || widths.any())
        .attr("aria-label", "Operations")
        .live("aria-rowcount", move || (count.get() + 1).to_string())
        .child(el("thead").child(heads))
        .child(body);
    let frame = el("div")
        .class("table-wrap")
        .live("data-stale", move || stale.get().then_some("true"))
        .live("data-times", move || console.settings.exact.get().then_some("exact"))
        .child(table);
    match on_narrow {
        Some(on_narrow) => with_row_menu(frame, list, columns, on_narrow),
        None => frame,
    }
}

/// The row that an event is in.
fn row_of(list: List, event: &Event) -> Option<SlotNo> {
    // The head is row 1.
    let at = cells::row_index(event)?.checked_sub(2)?;
    untrack(|| list.slice(at..at + 1)).first().copied()
}

/// A row was pressed: the keyboard goes on from there. A button that copies only copies.
fn pressed(list: List, shift: StoredValue<bool>, owner: Option<&Owner>, event: &Event) {
    let Some(slot) = row_of(list, event).filter(|_| !copy_pressed(owner, event)) else { return };
    shift.set_value(event.dyn_ref::<MouseEvent>().is_some_and(MouseEvent::shift_key));
    list.cursor.set(Some(slot));
}

/// A row that is drawn anew has another link: where the old one had the focus, the new one takes it.
fn keep_focus(scope: Scope, slot: SlotNo) {
    let name = format!("row-{slot}");
    if focus::active_id().as_deref() == Some(&*name) {
        scope.spawn(async move { focus::quietly_by_id(&name) });
    }
}

/// True where the user chose no column beyond the usual ones: then the least needed may go where there is no room.
fn is_usual(columns: &[&Column]) -> bool {
    columns.iter().all(|column| column.shown)
}

const COMMON: [&str; 11] = [
    "state",
    "kind",
    "id",
    "target",
    "connection",
    "tenant",
    "created",
    "duration",
    "progress",
    "step",
    "expires_in",
];

fn column_class(all: &[Column], column: &Column, usual: bool) -> String {
    let leads = leads(all, column);
    let low = if leads || column.id == "state" { "" } else { "low " };
    let has_progress = all.iter().any(|column| column.id == "progress" && column.shown);
    let drop = match column.id {
        _ if leads => "",
        // Where there is progress, the name says what it works on, and room is needed.
        "target" if usual && has_progress => "drop-1 ",
        "tenant" if usual && has_progress => "drop-2 ",
        // What only this API has goes first.
        id if usual && !COMMON.contains(&id) => "drop-1 ",
        "target" if usual => "drop-3 ",
        "tenant" if usual => "drop-4 ",
        "id" if usual => "drop-4 ",
        _ => "",
    };
    let number = if column.is_number { " num" } else { "" };
    let id = match column.id {
        _ if leads => "kind",
        "state" => "status",
        id => id,
    };
    format!("{low}{drop}col-{id}{number}")
}

/// A head with its sort button; a second press turns the order round. Where times stand, the zone is a button that flips
/// between how long ago and when.
fn head(
    console: Console,
    all: &'static [Column],
    column: &'static Column,
    usual: bool,
    sort: Signal<Sort>,
    on_sort: Callback<Sort>,
    widths: Widths,
) -> El {
    let zone = move || console.settings.zone_name(console.now.get());
    let flip = column.is_time.then(|| {
        let name = move || {
            let exact = console.settings.exact.get();
            if exact {
                fill("{0}: show how long ago", &[&zone()])
            } else {
                fill("{0}: show exact times", &[&zone()])
            }
        };
        el("button")
            .class("flip zone")
            .attr("type", "button")
            .live("aria-label", name)
            .live("title", name)
            .on("click", move |_| console.settings.flip_times())
            .live_text(zone)
    });
    let press = move |_| {
        let now = sort.get_untracked();
        // Times and durations are asked for newest and longest first, words from A.
        let descending = if now.column == column.id { !now.descending } else { column.is_number };
        on_sort.run(Sort { column: column.id, descending });
    };
    let name = t(column.head);
    let inner = if column.sort.is_some() {
        el("button")
            .class("sort")
            .attr("type", "button")
            .on("click", press)
            .text(name)
            .child(icon_s(Glyph::SortDown))
    } else {
        el("span").text(name)
    };
    el("th")
        .attr("scope", "col")
        .attr("data-column", column.id)
        // What stands beside the name is no part of it: each cell would say it again.
        .live(
            "aria-label",
            move || if column.is_time { [name, " ", &zone()].concat() } else { name.to_owned() },
        )
        .class(column_class(all, column, usual))
        .live_style("inline-size", move || widths.style(column.id))
        .live("aria-sort", move || {
            let sort = sort.get();
            (sort.column == column.id).then_some(if sort.descending { "descending" } else { "ascending" })
        })
        .child(inner)
        .child(flip.map(|flip| [Node::from(" "), flip.into()]))
        .child(grip(widths, column))
}

/// `j`, `k` and the arrows move through the rows; the focus goes along, so Enter opens. With Shift they choose.
fn follow_keys(list: List, windowed: Windowed, count: Memo<usize>, selection: Option<Selection>) {
    let scope = Scope::current();
    let go = move |to: usize| {
        let Some(slot) = list.slice(to..to + 1).first().copied() else { return };
        list.cursor.set(Some(slot));
        windowed.show(to);
        // A row in view takes the focus at once, so that Enter right after opens it; another one as soon as it is drawn.
        if !focus::by_id(&format!("row-{slot}")) {
            scope.spawn(async move {
                pause::next_frame().await;
                focus::by_id(&format!("row-{slot}"));
            });
        }
    };
    keys::listen(move |does, key| {
        let last = count.get_untracked().saturating_sub(1);
        let here = untrack(|| list.cursor.get().and_then(|slot| list.position(slot)));
        let to = match (does, here) {
            (Does::Open, Some(_)) if !key.on_control => {
                let id = list.cursor.get_untracked().map(|slot| format!("row-{slot}")).unwrap_or_default();
                return focus::press(&id);
            }
            (Does::Next | Does::Previous | Does::PageDown | Does::PageUp, None) => 0,
            (Does::Next, Some(at)) => (at + 1).min(last),
            (Does::Previous, Some(at)) => at.saturating_sub(1),
            (Does::PageDown, Some(at)) => (at + windowed.page()).min(last),
            (Does::PageUp, Some(at)) => at.saturating_sub(windowed.page()),
            (Does::First, _) => 0,
            (Does::Last, _) => last,
            _ => return false,
        };
        // On a button or a tab the arrows are that control's own; on a row's link they are ours.
        let ours = keys::is_free(key) && count.get_untracked() > 0;
        if ours {
            untrack(|| {
                let from = list.cursor.get().filter(|_| key.shift && here.is_some());
                go(to);
                if let (Some(selection), Some(from), Some(to)) = (selection, from, list.cursor.get()) {
                    selection.stretch(list, from, to);
                }
            });
        }
        ours
    });
    // Coming back from an operation, its row is where it was, and the keyboard on it.
    effect(move |done: Option<bool>| {
        if done == Some(true) || count.get() == 0 {
            return done.unwrap_or(false);
        }
        if let Some((slot, at)) =
            untrack(|| list.cursor.get().and_then(|slot| list.position(slot).map(|at| (slot, at))))
        {
            scope.spawn(async move {
                pause::next_frame().await;
                windowed.show(at);
                pause::next_frame().await;
                if focus::active_id().as_deref() == Some("main") {
                    focus::by_id(&format!("row-{slot}"));
                }
            });
        }
        true
    });
    // A row that is gone leaves the keyboard to the one in its place.
    effect(move |was: Option<Option<usize>>| {
        let slot = list.cursor.get();
        let at = slot.and_then(|slot| list.position(slot));
        // Not only out of sight: the filters may hide it.
        let is_there =
            |slot| list.read_row(slot, |op| op.id.clone()).and_then(|id| list.slot_of(&id)) == Some(slot);
        let gone = at.is_none() && slot.is_some_and(|slot| !is_there(slot));
        let last = count.get_untracked().checked_sub(1);
        if let (true, Some(Some(was)), Some(last)) = (gone, was, last) {
            let next = untrack(|| list.slice(was.min(last)..was.min(last) + 1)).first().copied();
            list.cursor.set(next);
            scope.spawn(async move {
                pause::next_frame().await;
                if let Some(slot) = next.filter(|_| focus::is_lost()) {
                    focus::by_id(&format!("row-{slot}"));
                }
            });
        }
        at
    });
}
