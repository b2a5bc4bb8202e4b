//! Acting on operations: arming a connection, sending one action, following it, doing it to many. What is decided here
//! is decided by `longrun_core::view::{arm, follow, bulk}`; here are the signals, the requests and the clock. No markup.

pub mod after;
pub mod follow;
pub mod preview;
pub mod run;
pub mod select;
pub mod send;

use crate::reactive::{Lasting, RwSignal, lasting};

use super::Console;
use super::list::{List, list_name};
use super::watch::{Watched, named};
use crate::platform::clock;
use crate::platform::task::Scope;
use longrun_core::dialect::{Dialect, Key, Kind, KindTable, Weight};
use longrun_core::model::Operation;
use longrun_core::time::Millis;
use longrun_core::view::arm;
use longrun_core::view::config::{Connection, Mode};

/// Where something is done: a connection and one of its kinds.
#[derive(Clone)]
pub struct Place {
    /// The connection.
    pub conn: Connection,
    /// Its dialect.
    pub dialect: &'static dyn Dialect,
    /// The kind, with its tables.
    pub table: &'static KindTable,
}

impl Place {
    /// The kind.
    pub fn kind(&self) -> Kind {
        self.table.id
    }

    /// What names an operation that was read here.
    pub fn key_of(&self, op: &Operation) -> Key {
        let tenant = op.tenant.as_deref().map(str::to_owned).or_else(|| self.conn.tenant.clone());
        Key { id: op.id.to_string(), tenant: tenant.filter(|_| self.table.can.keyed_by_tenant) }
    }

    /// How the watchlist would name one.
    pub fn watched(&self, key: &Key) -> Watched {
        named(&self.conn.id, self.kind(), &key.id, key.tenant.as_deref())
    }

    /// Tells this place from all others: another address or tenant under the same id is another place.
    pub fn name(&self) -> String {
        list_name(&self.conn, self.table.id)
    }

    /// Its list, as it was left.
    pub fn list(&self, console: Console) -> List {
        console.lists.open(console, &self.conn, self.dialect, self.table.id)
    }

    /// True where something can be done here that more than asks.
    pub fn can_act(&self) -> bool {
        self.table.actions.iter().any(|action| action.weight > Weight::Reads)
    }
}

/// Everything about acting that lives as long as the console. Cheap to copy.
pub type Acting = Lasting<ActingParts>;

/// What [`Acting`] points to.
pub struct ActingParts {
    /// Until when connections are armed, by id. In memory only: another tab, another decision.
    armed: RwSignal<Vec<(String, Millis)>>,
    /// Actions under way.
    pub follows: follow::Follows,
    /// The rows chosen in a list.
    pub selection: select::Selection,
    /// The one action on many that is under way or just over.
    pub run: RwSignal<Option<run::Run>>,
    /// Work that goes on whatever page is on the screen.
    scope: Scope,
}

impl Acting {
    /// Nothing armed, nothing under way.
    pub fn new() -> Acting {
        lasting(ActingParts {
            armed: RwSignal::new(vec![]),
            follows: follow::Follows::new(),
            selection: select::Selection::new(),
            run: RwSignal::new(None),
            scope: Scope::current(),
        })
    }

    /// Arms a connection from now on, for as long as [`arm::ARMED_FOR`].
    pub fn arm(self, id: &str) {
        let until = Millis(clock::now_ms().saturating_add(arm::ARMED_FOR));
        self.disarm(id);
        self.armed.update(|armed| armed.push((id.to_owned(), until)));
    }

    /// Ends it before its time.
    pub fn disarm(self, id: &str) {
        self.armed.update(|armed| armed.retain(|(known, _)| known != id));
    }

    fn until(self, id: &str) -> Option<Millis> {
        self.armed.with(|armed| armed.iter().find(|(known, _)| known == id).map(|(_, until)| *until))
    }

    /// Milliseconds that a connection stays armed; follows the clock.
    pub fn left(self, console: Console, id: &str) -> Option<i64> {
        let until = self.until(id)?;
        // Looked at once a second; the machine's own clock decides, as it does when something is sent.
        let _ = console.now.get();
        arm::left(Some(until), Millis(clock::now_ms()))
    }

    /// Why nothing of that weight can be sent now, for a button; follows the clock.
    pub fn why_off(self, console: Console, conn: &Connection, weight: Weight) -> Option<&'static str> {
        let until = self.until(&conn.id);
        if until.is_some() {
            // Only what was armed depends on the time.
            let _ = console.now.get();
        }
        arm::why_off(conn.mode, until, weight, Millis(clock::now_ms()))
    }

    /// The same as a decision, by the machine's own clock.
    fn decide(self, mode: Mode, id: &str, weight: Weight) -> Option<&'static str> {
        let until = leptos::prelude::untrack(|| self.until(id));
        arm::why_off(mode, until, weight, Millis(clock::now_ms()))
    }
}

impl Default for Acting {
    fn default() -> Acting {
        Acting::new()
    }
}
