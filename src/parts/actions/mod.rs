//! What can be done: buttons, dialogs, forms and the tracker. Everything is drawn from the dialect's tables; sending is
//! `state::act`'s business.

pub mod answer;
pub mod arm;
pub mod bulk;
mod confirm;
pub mod detail;
pub mod foreseen;
pub mod form;
pub mod inputs;
pub mod kind;
pub mod selection;
pub mod tracker;

use crate::reactive::prelude::*;

use super::connected::Connected;
use crate::reactive::derive;
use crate::state::Console;
use crate::state::act::Place;
use crate::ui::{Look, MenuItem};
use longrun_core::dialect::{Action, Reach, Weight};
use longrun_core::text::{act, fill, t};
use longrun_core::view::arm::READ_ONLY;

/// How many actions stand as buttons; the rest is in a menu.
const BUTTONS: usize = 4;

/// Where a page is, for acting.
pub fn place(at: &Connected) -> Place {
    Place { conn: at.conn.clone(), dialect: at.dialect, table: at.table }
}

/// Red where something is lost.
fn look(weight: Weight, in_dialog: bool) -> Look {
    match weight {
        Weight::Reads | Weight::Writes if in_dialog => Look::Primary,
        Weight::Reads | Weight::Writes => Look::Plain,
        _ if in_dialog => Look::Danger,
        _ => Look::DangerQuiet,
    }
}

/// What is written on the button that leads to an action. The dots say that a question follows.
fn leading(action: &Action, one: &'static str) -> String {
    match action.weight {
        Weight::Reads if action.inputs.is_empty() => t(action.label).to_owned(),
        // "Start" alone, in the head of a list, does not say what.
        Weight::Writes if action.reach == Reach::Kind && !action.label.contains(' ') => {
            format!("{}…", act(action.label, t(one)))
        }
        _ => format!("{}…", t(action.label)),
    }
}

/// Why an action is off as far as the connection goes: its mode, and whether somebody is signed in.
pub fn connection_off(console: Console, place: StoredValue<Place>, weight: Weight) -> Signal<Option<String>> {
    derive(move || {
        place.with_value(|place| {
            let mode = console.acting.why_off(console, &place.conn, weight).map(|why| t(why).to_owned());
            mode.or_else(|| {
                let signed_in = console.connections.session(&place.conn.id).is_some();
                (!signed_in).then(|| t("Sign in first.").to_owned())
            })
        })
    })
}

/// The first of two reasons that there is: the operation's own, since arming would not help there. On a read-only
/// connection the operation has no say.
fn either(own: Option<String>, connection: Option<String>) -> Option<String> {
    let closed = connection.as_deref() == Some(t(READ_ONLY));
    if closed { connection } else { own.or(connection) }
}

/// The entry of an action in a menu.
fn entry(action: &Action, one: &'static str, why_off: Option<String>, act: Callback<()>) -> MenuItem {
    MenuItem { why_off, ..MenuItem::new(leading(action, one), act) }
}

/// So many of a kind: "1 execution", "3 executions".
pub fn counted(count: usize, one: &'static str) -> String {
    if count == 1 {
        return fill("1 {0}", &[t(one)]);
    }
    fill("{0} {1}s", &[&super::status_bar::grouped(count), t(one)])
}

/// A verb with what it is done to. Behind more than one word it would not read.
fn doing(action: &Action, what: &str) -> String {
    act(action.label, what)
}
