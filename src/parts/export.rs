//! The menus that export rows of a list, and the bar that shows how far a file has come. Writing is
//! `state::export`'s business.

use crate::reactive::prelude::*;

use super::status_bar::grouped;
use crate::keys::{self, Does};
use crate::reactive::derive;
use crate::state::act::select::Selection;
use crate::state::export::{Export, Form};
use crate::ui::el::{Node, el, live_node};
use crate::ui::{Button, Glyph, Menu, MenuItem};
use longrun_core::text::{fill, t};

/// Which rows.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Of {
    Shown,
    Chosen,
}

/// The menu in the head of a list; `e` opens it.
pub fn export_menu(export: Export, selection: Selection) -> Node {
    let items = derive(move || {
        let mut items = entries(export, selection, Of::Shown);
        let some = selection.len();
        if some > 0 {
            let mut chosen = entries(export, selection, Of::Chosen);
            if let Some(first) = chosen.first_mut() {
                first.apart = true;
            }
            items.extend(chosen);
        }
        items
    });
    let open = Trigger::new();
    keys::listen(move |does, _| {
        let ours = does == Does::Export;
        if ours {
            open.notify();
        }
        ours
    });
    view! { <Menu label=t("Export") items=items icon=Glyph::Download icon_only=true open_on=open /> }.into()
}

/// The menu of the selection bar.
pub fn export_chosen(export: Export, selection: Selection) -> Node {
    let label = derive(move || fill("Export {0}", &[&grouped(selection.len())]));
    let items = derive(move || entries(export, selection, Of::Chosen));
    view! { <Menu label=label items=items icon=Glyph::Download /> }.into()
}

fn entries(export: Export, selection: Selection, of: Of) -> Vec<MenuItem> {
    let list = export.list;
    let count = if of == Of::Shown { list.visible() } else { selection.len() };
    let more = of == Of::Shown && list.reach.with(|reach| reach.more);
    let labels = match of {
        Of::Shown => vec![
            (Form::Csv, t("CSV, columns as shown")),
            (Form::CsvAll, t("CSV, all columns")),
            (Form::Json, t("JSON, as the server sent it")),
        ],
        Of::Chosen => vec![(Form::Csv, t("Selection as CSV")), (Form::Json, t("Selection as JSON"))],
    };
    let one = |(form, label): (Form, &'static str)| {
        let act = Callback::new(move |()| {
            let slots = untrack(|| match of {
                Of::Shown => list.slice(0..usize::MAX),
                Of::Chosen => selection.slots(list),
            });
            export.start(form, slots, of == Of::Shown);
        });
        MenuItem {
            end: Some(grouped(count)),
            why_off: (count == 0).then(|| t("No row is shown.").to_owned()),
            note: (more && form == Form::Csv).then(|| t("Loaded rows only; the server has more.").to_owned()),
            ..MenuItem::new(label, act)
        }
    };
    labels.into_iter().map(one).collect()
}

/// How far a file has come, and the way to stop it.
pub fn export_progress(export: Export) -> Node {
    let busy = crate::reactive::memo(move |_| export.under_way.with(Option::is_some));
    let stop = Callback::new(move |()| export.stop());
    let far = move || export.under_way.get().unwrap_or_default();
    let bar = move || {
        busy.get().then(|| {
            el("div")
                .class("selection")
                .attr("role", "region")
                .attr("aria-label", t("Export"))
                .child(el("span").live_text(move || {
                    let (done, of) = far();
                    fill("Exporting: {0} of {1} rows", &[&grouped(done), &grouped(of)])
                }))
                .child(
                    el("progress")
                        .class("short")
                        .attr("aria-label", t("Export"))
                        .live("max", move || far().1.to_string())
                        .live("value", move || far().0.to_string()),
                )
                .child(view! { <Button label=t("Stop export") on_press=stop /> })
        })
    };
    live_node(bar)
}
