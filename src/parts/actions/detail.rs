//! What can be done with the operation on the screen.

use crate::reactive::prelude::*;

use super::arm::arm_button;
use super::confirm::confirm;
use super::kind::form_href;
use super::tracker::Tracker;
use super::{BUTTONS, connection_off, either, entry, leading, look, place};
use crate::parts::connected::Connected;
use crate::reactive::{derive, memo};
use crate::state::Console;
use crate::state::act::Place;
use crate::state::detail::{Detail, Shown};
use crate::ui::el::{Node, live_node};
use crate::ui::{Button, Menu, MenuItem};
use longrun_core::dialect::{Action, Availability, Reach, Weight};
use longrun_core::text::{fill, t};

/// Buttons for the usual actions, a menu for the others, and the way to arm the connection.
pub fn detail_actions(at: &Connected, detail: Detail) -> Node {
    let console = Console::here();
    let place = place(at);
    let arm = arm_button(&place);
    let actions: Vec<&'static Action> =
        place.table.actions.iter().filter(|action| action.reach == Reach::Item).collect();
    if actions.is_empty() {
        return Node::None;
    }
    let one = place.table.one;
    let place = StoredValue::new(place);
    let open = RwSignal::new(None::<&'static Action>);
    let shown = detail.shown;
    let off = move |action: &'static Action| {
        let connection = connection_off(console, place, action.weight);
        memo(move |_| either(own_reason(action, shown), connection.get()))
    };
    let press = move |action: &'static Action| Callback::new(move |()| open.set(Some(action)));
    let buttons: Node = actions
        .iter()
        .take(BUTTONS)
        .map(|action| -> Node {
            let (label, look, act) = (leading(action, one), look(action.weight, false), press(action));
            view! { <Button label=label look=look why_off=off(action) on_press=act /> }.into()
        })
        .collect();
    // Another one like this one.
    let again = move |action: &'static Action| {
        Callback::new(move |()| {
            let key = detail.key();
            console.router.go(&place.with_value(|place| form_href(console, place, action, Some(&key))));
        })
    };
    let copies: Vec<_> = place.with_value(|place| {
        let like = |action: &&'static Action| {
            action.reach == Reach::Kind
                && action.weight == Weight::Writes
                && action.inputs.iter().any(|input| input.start.is_some())
        };
        place.table.actions.iter().filter(like).map(|action| (action, again(action))).collect()
    });
    let rest: Vec<_> =
        actions.iter().skip(BUTTONS).map(|action| (*action, off(action), press(action))).collect();
    let menu = (rest.len() + copies.len() > 0).then(|| {
        let items = derive(move || -> Vec<MenuItem> {
            let rest = rest.iter().map(|(action, off, act)| entry(action, one, off.get(), *act));
            let copies = copies.iter().enumerate().map(|(at, (action, act))| {
                let label = fill("{0} with these values…", &[t(action.label)]);
                MenuItem { apart: at == 0, ..MenuItem::new(label, *act) }
            });
            rest.chain(copies).collect()
        });
        view! { <Menu label="More actions" items=items /> }
    });
    let dialog = move || {
        let action = open.get()?;
        let op = shown.with_untracked(|shown| shown.as_ref().map(|shown| shown.op.clone()))?;
        let place = place.get_value();
        let key = detail.key();
        let close = Callback::new(move |()| open.set(None));
        let sent = Callback::new(move |()| detail.refresh());
        Some(untrack(|| confirm(place, action, key, Some(&op), close, sent)))
    };
    [arm, buttons, menu.into(), live_node(dialog)].into()
}

fn own_reason(action: &Action, shown: RwSignal<Option<Shown>>) -> Option<String> {
    shown.with(|shown| match shown {
        None => Some(t("It has not been read yet.").to_owned()),
        Some(shown) if shown.op.unreadable => Some(t("This entry is no operation.").to_owned()),
        Some(shown) => match (action.allowed)(&shown.op) {
            Availability::Ready => None,
            Availability::Off(why) => Some(t(why).to_owned()),
        },
    })
}

/// The action under way on the operation on the screen, if there is one.
pub fn detail_tracker(at: &Connected, detail: Detail) -> Node {
    let place: Place = place(at);
    view! { <Tracker place=place key=detail.key() detail=detail /> }.into()
}
