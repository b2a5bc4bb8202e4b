//! "Only this" and "Exclude this" for what stands in a cell: one button for the whole table, which appears on the cell
//! that the pointer is over, and on the current row with the key `f`. Rows cost nothing more for it.

use crate::reactive::prelude::*;

use super::cell::leads;
use super::watch_button::row_item;
use crate::keys::{self, Does};
use crate::platform::cells::{CellAt, cell_of, press, row_in};
use crate::platform::{focus, pause, task::Scope};
use crate::reactive::derive;
use crate::state::Console;
use crate::state::list::List;
use crate::ui::el::{El, el};
use crate::ui::window::pixels;
use crate::ui::{Glyph, Menu, MenuItem};
use longrun_core::dialect::Column;
use longrun_core::query::ListQuery;
use longrun_core::text::{fill, t};

/// Where the button is found.
const BUTTON: &str = ".cell-menu button";
/// Of longer values only the beginning is shown.
const LONGEST: usize = 36;

/// The table's frame with the button in it. `on_choose` gets the narrowed query.
pub fn with_row_menu(
    frame: El,
    list: List,
    columns: Signal<Vec<&'static Column>>,
    on_choose: Callback<ListQuery>,
) -> El {
    let console = Console::here();
    let at = RwSignal::new(None::<CellAt>);
    let scope = Scope::current();
    let tables = list.tables();
    let values = move |at: &CellAt| -> Vec<(&'static Column, String)> {
        let is_meant = |column: &&'static Column| match at.column.as_str() {
            "" => true,
            "kind" => leads(tables.columns, column),
            "status" => column.id == "state",
            id => column.id == id,
        };
        let value = |column: &'static Column| {
            let value = list.read_row(at.row, |op| ListQuery::cell_value(op, column)).flatten()?;
            Some((column, value))
        };
        columns.get_untracked().into_iter().filter(is_meant).filter_map(value).collect()
    };
    let items = derive(move || {
        let Some(now) = at.get() else { return vec![] };
        let mut items: Vec<MenuItem> = Vec::new();
        for (column, value) in values(&now) {
            let short: String = value.chars().take(LONGEST).collect();
            let mut one = |label: String, icon: Glyph, not: bool| {
                let value = value.clone();
                let act = Callback::new(move |()| {
                    on_choose.run(list.query_now().narrowed(column, &value, not, tables));
                    at.set(None);
                    // The row may have gone.
                    let _ = focus::by_id(&format!("row-{}", now.row)) || focus::by_id("query");
                });
                let mut item = MenuItem::new(label, act);
                item.icon = Some(icon);
                items.push(item);
            };
            let head = t(column.head);
            one(fill("Only this: {0} {1}", &[head, &short]), Glyph::Check, false);
            one(fill("Exclude this: {0} {1}", &[head, &short]), Glyph::Close, true);
        }
        items.extend(row_item(console, list, now.row));
        items
    });
    let menu = view! { <Menu label=t("Filter by this") items=items icon=Glyph::Plus icon_only=true /> };
    let is_busy = || focus::is_in(".cell-menu");
    let place = el("div")
        .class("cell-menu")
        .live("hidden", move || at.with(Option::is_none))
        .live_style("left", move || at.with(|at| pixels(at.as_ref().map_or(0.0, |at| at.left))))
        .live_style("top", move || at.with(|at| pixels(at.as_ref().map_or(0.0, |at| at.top))))
        .child(menu);
    keys::listen(move |does, _| {
        if does != Does::Narrow {
            return false;
        }
        let row = list.cursor.get_untracked().or_else(|| untrack(|| list.slice(0..1).first().copied()));
        let Some(there) = row.and_then(|row| row_in(".table-wrap", row)) else { return false };
        at.set(Some(there));
        // The button must be in its place before the menu hangs itself to it.
        scope.spawn(async {
            pause::next_frame().await;
            press(BUTTON);
        });
        true
    });
    frame
        .on("mouseover", move |event| {
            if is_busy() {
                return;
            }
            let Some(found) = cell_of(&event) else { return };
            let found = Some(found).filter(|found| !values(found).is_empty());
            if at.with_untracked(|at| *at != found) {
                at.set(found);
            }
        })
        .on("mouseleave", move |_| {
            if !is_busy() {
                at.set(None);
            }
        })
        .on("scroll", move |_| {
            if !is_busy() {
                at.set(None);
            }
        })
        .child(place)
}
