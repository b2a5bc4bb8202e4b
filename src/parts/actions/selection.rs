//! Choosing rows of a list, and the bar that says what can be done with them.

use crate::reactive::prelude::*;

use super::bulk::{BulkReport, bulk_confirm};
use super::{BUTTONS, connection_off, counted, either, entry, look, place};
use crate::keys::{self, Does};
use crate::parts::connected::Connected;
use crate::parts::export::export_chosen;
use crate::parts::status_bar::grouped;
use crate::parts::watch_button::{watch_chosen, watch_key};
use crate::reactive::{derive, effect, memo};
use crate::state::Console;
use crate::state::act::Place;
use crate::state::act::select::Selection;
use crate::state::export::Export;
use crate::state::list::List;
use crate::ui::el::{El, Node, el, live_node};
use crate::ui::{Button, Look, Menu, MenuItem, live};
use longrun_core::dialect::{Action, Reach};
use longrun_core::text::{fill, t};
use longrun_core::view::bulk::Fit;
use longrun_core::view::rows::SlotNo;

/// The box of one row; the table hears of its changes.
pub fn pick_cell(selection: Selection, list: List, slot: SlotNo) -> El {
    let id = list.read_row(slot, |op| (!op.unreadable).then(|| op.id.to_string())).flatten();
    let input = id.map(|id| {
        let check = el("input")
            .class("check")
            .attr("type", "checkbox")
            .attr("aria-label", fill("Select {0}", &[&id]))
            .live_flag("checked", move || selection.has(slot));
        el("label").class("hit").child(check)
    });
    el("td").class("pick").child(input)
}

/// The box of all rows.
pub fn pick_head(selection: Selection, list: List) -> El {
    let all = memo(move |_| selection.all_of(list));
    let some = memo(move |_| !selection.is_empty());
    let input = el("input")
        .class("check")
        .attr("type", "checkbox")
        .attr("aria-label", "Select all visible rows")
        .live_flag("checked", move || all.get())
        .live_flag("indeterminate", move || some.get() && !all.get())
        .on("change", move |_| selection.toggle_all(list));
    el("th").attr("scope", "col").class("pick").child(el("label").class("hit").child(input))
}

/// The bar below the table, and the dialogs of doing one thing to many.
pub fn selection_bar(at: &Connected, export: Export) -> Node {
    let (console, list) = (Console::here(), export.list);
    let place = place(at);
    let selection = console.acting.selection;
    selection.enter(place.name());
    keys(selection, list);
    effect(move |_: Option<()>| {
        let _ = list.loaded();
        selection.follow(list);
    });
    let announcer = live::Announcer::current();
    effect(move |before: Option<(usize, usize)>| {
        let now = (selection.len(), selection.away());
        // While another question is asked nothing is where it was.
        if let Some(before) = before.filter(|_| is_asking(list)) {
            return before;
        }
        if let Some(announcer) = announcer.filter(|_| before.is_some_and(|before| before != now)) {
            let count = fill("{0} selected", &[&grouped(now.0)]);
            // What is not there is said in the same breath.
            announcer.say(away(list, selection).map_or(count.clone(), |word| [count, word].join(". ")));
        }
        now
    });
    let name = place.name();
    let place = StoredValue::new(place);
    watch_key(place, list);
    let open = RwSignal::new(None::<&'static Action>);
    let any = memo(move |_| !selection.is_empty());
    let some = memo(move |_| selection.len().min(1) == 1);
    let bar = move || {
        any.get().then(|| {
            let acts = if some.get() { acts(console, place, export, selection, open) } else { Node::None };
            frame(list, selection, acts)
        })
    };
    let ask = move || {
        let action = open.get()?;
        let close = Callback::new(move |()| open.set(None));
        let ops = untrack(|| selection.operations(list));
        Some(untrack(|| bulk_confirm(place.get_value(), action, &ops, selection.hidden(list), close)))
    };
    let runs = memo(move |_| {
        console.acting.run.with(|run| run.as_ref().is_some_and(|run| run.place.name() == name))
    });
    let report = move || {
        runs.get().then(|| {
            let close = Callback::new(move |()| {
                console.acting.run.set(None);
                selection.clear();
            });
            view! { <BulkReport on_close=close /> }
        })
    };
    [live_node(bar), live_node(ask), live_node(report)].into()
}

/// How many of the chosen ones an action fits, and why not the others.
#[derive(Clone, PartialEq)]
struct Fits {
    ready: usize,
    chosen: usize,
    why: Option<&'static str>,
}

/// What can be done with the chosen rows.
fn acts(
    console: Console,
    place: StoredValue<Place>,
    export: Export,
    selection: Selection,
    open: RwSignal<Option<&'static Action>>,
) -> Node {
    let list = export.list;
    let actions: Vec<&'static Action> = place.with_value(|place| {
        place.table.actions.iter().filter(|action| action.reach == Reach::Item).collect()
    });
    let count = actions.len();
    let fits = memo({
        let actions = actions.clone();
        move |_| {
            // Rows may change while they are chosen.
            let _ = list.loaded();
            let ops = selection.operations(list);
            let one = |action: &&'static Action| {
                let fit = Fit::of(action, &ops);
                let why = fit.off.first().map(|(why, _)| *why);
                Fits { ready: fit.ready.len(), chosen: ops.len(), why }
            };
            actions.iter().map(one).collect::<Vec<_>>()
        }
    });
    let fit = move |at: usize| fits.with(|fits| fits.get(at).cloned());
    let label = move |at: usize, action: &Action| {
        fit(at)
            .map(|fit| {
                let (ready, chosen) = (fit.ready.to_string(), fit.chosen.to_string());
                fill("{0} {1} of {2}…", &[t(action.label), &ready, &chosen])
            })
            .unwrap_or_default()
    };
    let off = move |at: usize, action: &'static Action| {
        let connection = connection_off(console, place, action.weight);
        derive(move || {
            let none = fit(at).filter(|fit| fit.ready == 0);
            either(none.and_then(|fit| fit.why).map(|why| t(why).to_owned()), connection.get())
        })
    };
    let press = move |action: &'static Action| Callback::new(move |()| open.set(Some(action)));
    let buttons: Node = (0..count.min(BUTTONS))
        .zip(&actions)
        .map(|(at, action)| -> Node {
            let action: &'static Action = action;
            let (label, why_off, act) = (derive(move || label(at, action)), off(at, action), press(action));
            view! { <Button label=label look=look(action.weight, false) why_off=why_off on_press=act /> }
                .into()
        })
        .collect();
    let rest: Vec<_> = (BUTTONS..)
        .zip(actions.iter().skip(BUTTONS))
        .map(|(at, action)| (at, *action, off(at, action), press(action)))
        .collect();
    let menu = (!rest.is_empty()).then(|| {
        let items = derive(move || -> Vec<MenuItem> {
            let one =
                |(at, action, off, act): &(usize, &'static Action, Signal<Option<String>>, Callback<()>)| {
                    MenuItem { label: label(*at, action), ..entry(action, "", off.get(), *act) }
                };
            rest.iter().map(one).collect()
        });
        view! { <Menu label="More actions" items=items /> }
    });
    [buttons, menu.into(), watch_chosen(place, list, selection), export_chosen(export, selection)].into()
}

/// The bar: how many are chosen, where they are, and the way to choose others.
fn frame(list: List, selection: Selection, acts: Node) -> El {
    let clear = Callback::new(move |()| selection.clear());
    let hidden = memo(move |_| selection.hidden(list));
    let partial = memo(move |_| list.visible() > 0 && !selection.all_of(list));
    let all = Callback::new(move |()| selection.choose_all(list));
    let all_label = derive(move || fill("Select all {0} matching", &[&grouped(list.visible())]));
    let why = |word: String| el("span").class("why").text(word);
    let word = move || {
        let hidden = Some(hidden.get()).filter(|hidden| *hidden > 0);
        [Node::from(hidden.map(hidden_word).map(why)), away(list, selection).map(why).into()]
    };
    el("div")
        .class("selection")
        .attr("role", "region")
        .attr("aria-label", t("Selection"))
        .child(el("strong").live_text(move || fill("{0} selected", &[&grouped(selection.len())])))
        .live_child(word)
        .live_child(move || {
            let button = || view! { <Button label=all_label look=Look::Ghost on_press=all /> };
            partial.get().then(button)
        })
        .child(acts)
        .child(
            el("span")
                .class("push")
                .child(view! { <Button label="Clear selection" look=Look::Ghost on_press=clear /> }),
        )
}

/// How many of the chosen rows cannot be seen now.
pub(super) fn hidden_word(hidden: usize) -> String {
    fill("{0} hidden by the filters", &[&grouped(hidden)])
}

/// Chosen rows that nothing can be done with, as the list does not have them for this question.
fn away(list: List, selection: Selection) -> Option<String> {
    let count = Some(selection.away()).filter(|away| *away > 0 && !is_asking(list))?;
    Some(fill("{0} more not in this answer of the server", &[&grouped(count)]))
}

fn is_asking(list: List) -> bool {
    list.fresh.with(|fresh| fresh.loaded_at.is_none())
}

/// `x` chooses the row that the keyboard is on, with Shift all rows up to it. Escape lets go of all.
fn keys(selection: Selection, list: List) {
    keys::listen(move |does, _| {
        match does {
            Does::Select | Does::SelectTo => {
                let Some(slot) = list.cursor.get_untracked() else { return false };
                selection.toggle(list, slot, does == Does::SelectTo);
            }
            Does::Back if untrack(|| !selection.is_empty()) => selection.clear(),
            _ => return false,
        }
        true
    });
}

/// The chosen operations in words: "3 executions".
pub(super) fn chosen(place: &Place, count: usize) -> String {
    counted(count, place.table.one)
}
