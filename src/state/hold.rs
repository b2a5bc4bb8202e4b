//! Whether somebody is in the middle of something, so that rows must not move: rows are chosen, a dialog or a menu is
//! open, a field is being typed in. The one place where that is decided. Knows no list and no markup.

use crate::reactive::RwSignal;
use leptos::prelude::untrack;

use super::act::select::Selection;
use super::budgets::steady_ms;
use crate::platform::{focus, hold, keyboard};
use crate::reactive::{StoredValue, effect};
use longrun_core::text::{fill, t};
use longrun_core::time::Millis;

/// Who has not typed for so long looks again, though the field still has the focus.
const QUIET: i64 = 8_000;

/// What somebody is in the middle of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Held {
    /// Nothing.
    #[default]
    No,
    /// A dialog or a menu is open.
    Open,
    /// A field is being typed in, other than the one that finds operations.
    Typing,
    /// So many rows are chosen.
    Chosen(usize),
}

impl Held {
    /// What is said beside the age; `None` where nothing is held.
    pub fn says(self) -> Option<String> {
        Some(match self {
            Held::No => return None,
            Held::Open => t("paused while something is open").to_owned(),
            Held::Typing => t("paused while you type").to_owned(),
            Held::Chosen(1) => t("paused while 1 row is selected").to_owned(),
            Held::Chosen(count) => fill("paused while {0} rows are selected", &[&count.to_string()]),
        })
    }
}

/// Decides it. Cheap to copy.
#[derive(Clone, Copy)]
pub struct Hold {
    held: RwSignal<Held>,
    selection: Selection,
    typed_at: StoredValue<i64>,
}

impl Hold {
    /// Follows the keyboard, the focus, the chosen rows and, once a second, what is open.
    pub fn start(selection: Selection, now: RwSignal<Millis>) -> Hold {
        let this = Hold { held: RwSignal::new(Held::No), selection, typed_at: StoredValue::new(-QUIET) };
        effect(move |_: Option<()>| {
            let _ = (now.get(), selection.len());
            this.look();
        });
        if let Some(listener) = keyboard::on_input(move || {
            this.typed_at.set_value(steady_ms());
            this.look();
        }) {
            hold(listener);
        }
        this
    }

    fn look(self) -> Held {
        let held = self.now();
        if self.held.get_untracked() != held {
            self.held.set(held);
        }
        held
    }

    /// At this moment; who follows it hears of it, so that the end of what is held is never missed.
    pub fn holds(self) -> bool {
        self.look() != Held::No
    }

    /// At this moment.
    pub fn now(self) -> Held {
        let chosen = untrack(|| self.selection.len());
        if focus::is_something_open() {
            Held::Open
        } else if steady_ms() - self.typed_at.get_value() < QUIET && focus::is_typing() {
            Held::Typing
        } else if chosen > 0 {
            Held::Chosen(chosen)
        } else {
            Held::No
        }
    }

    /// Followed; up to a second late.
    pub fn get(self) -> Held {
        self.held.get()
    }
}
