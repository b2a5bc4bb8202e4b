//! Which columns are shown.

use crate::reactive::prelude::*;

use crate::reactive::derive;
use crate::ui::el::{Node, el};
use crate::ui::{Button, CheckLine, Glyph, Look, Popover};
use longrun_core::dialect::Column;

/// The columns shown for a choice; `None` means the default ones.
pub fn shown(columns: &'static [Column], chosen: Option<&[&str]>) -> Vec<&'static Column> {
    match chosen {
        None => columns.iter().filter(|column| column.shown).collect(),
        Some(ids) => ids.iter().filter_map(|id| columns.iter().find(|column| column.id == *id)).collect(),
    }
}

/// The menu. `on_choose` gets the ids to show, `None` for the default ones.
#[component]
pub fn ColumnsMenu(
    columns: &'static [Column],
    #[prop(into)] chosen: Signal<Option<Vec<&'static str>>>,
    on_choose: Callback<Option<Vec<&'static str>>>,
) -> Node {
    let is_shown = move |id: &'static str| {
        chosen.with(|chosen| shown(columns, chosen.as_deref()).iter().any(|c| c.id == id))
    };
    let toggle = move |id: &'static str, on: bool| {
        let now = chosen.with_untracked(|chosen| shown(columns, chosen.as_deref()));
        // A column that is switched on takes its usual place among the others.
        let next: Vec<&'static str> = columns
            .iter()
            .map(|column| column.id)
            .filter(|column| if *column == id { on } else { now.iter().any(|c| c.id == *column) })
            .collect();
        let usual =
            columns.iter().filter(|column| column.shown).map(|column| column.id).eq(next.iter().copied());
        if !next.is_empty() {
            on_choose.run((!usual).then_some(next));
        }
    };
    let line = move |column: &'static Column| {
        let id = column.id;
        let checked = derive(move || is_shown(id));
        let change = Callback::new(move |on| toggle(id, on));
        Node::from(view! { <CheckLine label=column.head checked=checked on_change=change /> })
    };
    let usual = Callback::new(move |()| on_choose.run(None));
    let menu = move || {
        el("div")
            .class("stack-s")
            .child(columns.iter().map(line).collect::<Node>())
            .child(view! { <Button label="Default columns" look=Look::Ghost on_press=usual /> })
    };
    view! { <Popover label="Columns" icon=Glyph::Columns class="only-wide" body=menu /> }.into()
}
