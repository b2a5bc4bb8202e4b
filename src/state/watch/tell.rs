//! A watched operation has ended: that is told on the page, on the tab's title and icon, and on the desktop where its
//! user wants that.

use super::{Watch, Watched};
use crate::platform::notify::{self, Permission};
use crate::platform::storage::{self, Area};
use crate::reactive::{effect, memo};
use crate::state::Console;
use longrun_core::model::State;
use longrun_core::text::{fill, t};

const KEY: &str = "longrun.notify";
/// Of an error so many characters are told; the rest is on the operation's page.
const SHORT: usize = 160;

/// What was chosen, and what the browser says of it.
pub(super) fn stored() -> (bool, Permission) {
    let on = storage::get(Area::Lasting, KEY).ok().flatten().is_some();
    (on, notify::permission())
}

impl Watch {
    /// The tab's icon shows whether something ended unseen.
    pub(super) fn mark_tab(self) {
        let any = memo(move |_| self.counts().1 > 0);
        effect(move |before: Option<bool>| {
            let any = any.get();
            if before.unwrap_or(false) != any {
                notify::mark_icon(any);
            }
            any
        });
    }

    /// The tab's title, with how many ended unseen before it.
    pub fn titled(self, subject: &str) -> String {
        match self.counts().1 {
            0 => subject.to_owned(),
            ended => fill("({0} ended) {1}", &[&ended.to_string(), subject]).trim_end().to_owned(),
        }
    }

    /// Turns notices on the desktop on or off. The browser asks its user where nobody did yet.
    pub fn turn_desktop(self) {
        let (on, permission) = self.desktop.get_untracked();
        if on && permission == Permission::Granted {
            self.keep_desktop(false);
            return;
        }
        self.scope.spawn(async move {
            notify::ask().await;
            self.keep_desktop(true);
        });
    }

    /// Keeps the choice. One that is forgotten on reload is no reason to interrupt anyone.
    pub fn keep_desktop(self, on: bool) {
        let _ = if on { storage::set(Area::Lasting, KEY, "on") } else { storage::remove(Area::Lasting, KEY) };
        self.desktop.try_set((on, notify::permission()));
    }

    pub(super) fn tell(self, console: Console, one: &Watched) {
        let state = one.state.unwrap_or(State::Unknown).label();
        let name = self.name(one);
        let head = if one.gone {
            fill("No longer known: {0}", &[&name])
        } else {
            fill("{0}: {1}", &[t(state), &name])
        };
        let conn = leptos::prelude::untrack(|| console.connections.find(&one.conn));
        let conn = conn.map_or_else(|| one.conn.clone(), |conn| conn.name.clone());
        // A note that is the name was said already.
        let note = if one.note == name { "" } else { &one.note };
        let more = if one.error.is_empty() { note } else { &one.error };
        let more: String = more.chars().take(SHORT).collect();
        let says = fill("On {0}. {1}", &[&conn, &more]).trim_end().to_owned();
        let (on, _) = self.desktop.get_untracked();
        if on && notify::permission() == Permission::Granted {
            // Where the browser refuses it, the page, the title and the icon have told it.
            notify::show(&head, &says, &one.key());
        }
        console.notices.note(head, says);
    }

    /// What an entry is called: what it does, else what its user says of it, else its id.
    pub fn name(self, one: &Watched) -> String {
        let words = [&one.name, &one.note, &one.id];
        words.into_iter().find(|word| !word.is_empty()).cloned().unwrap_or_default()
    }
}
