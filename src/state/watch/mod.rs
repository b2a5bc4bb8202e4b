//! The watchlist: operations of any API that somebody keeps an eye on. For an API that has no list it is the list.
//! What is kept of one is `longrun_core::view::watch`'s business; `follow` reads them, `tell` says when one has ended.

mod follow;
mod legacy;
mod tell;

use crate::reactive::{Callback, Lasting, RwSignal, StoredValue, lasting};

use super::keeper::Keeper;
use crate::platform::clock;
use crate::platform::notify::Permission;
use crate::platform::store::{Deed, Shelf};
use crate::platform::task::Scope;
use crate::platform::timers::Timeout;
use longrun_core::model::{Operation, State};
use longrun_core::time::Millis;
pub use longrun_core::view::watch::Watched;

/// One entry.
#[derive(Clone, PartialEq)]
pub struct Entry {
    /// Tells it from others on the screen.
    pub number: u64,
    /// What is kept.
    pub kept: Watched,
}

/// All of them. Cheap to copy.
pub type Watch = Lasting<WatchParts>;

/// What [`Watch`] points to.
pub struct WatchParts {
    all: RwSignal<Vec<Entry>>,
    next: StoredValue<u64>,
    tries: StoredValue<Vec<follow::Try>>,
    scope: Scope,
    keeper: Keeper,
    /// What is kept was read, or is known not to be readable.
    pub ready: RwSignal<bool>,
    /// Whether desktop notices are shown, as far as the browser lets us.
    pub desktop: RwSignal<(bool, Permission)>,
}

/// How long nobody waits for a database that does not answer, in milliseconds.
const PATIENCE: i32 = 3_000;

impl Watch {
    /// Reads what this browser keeps, and follows what other tabs change.
    pub fn load(keeper: Keeper) -> Watch {
        let watch = lasting(WatchParts {
            all: RwSignal::new(vec![]),
            next: StoredValue::new(0),
            tries: StoredValue::new(vec![]),
            scope: Scope::current(),
            keeper,
            ready: RwSignal::new(false),
            desktop: RwSignal::new(tell::stored()),
        });
        let (older, places) = legacy::read();
        watch.replace(older.clone());
        let first = RwSignal::new(true);
        keeper.follow(
            Shelf::Watch,
            Callback::new(move |texts: Vec<String>| {
                let mut kept: Vec<Watched> = texts.iter().filter_map(|text| Watched::read(text)).collect();
                if first.get_untracked() {
                    first.set(false);
                    for one in &older {
                        if kept.iter().all(|known| known.key() != one.key()) {
                            watch.keep(one);
                            kept.push(one.clone());
                        }
                    }
                    places.iter().for_each(|place| keeper.moved(place.clone()));
                }
                watch.replace(kept);
                watch.ready.set(true);
            }),
        );
        if let Some(timeout) = Timeout::new(PATIENCE, move || {
            watch.ready.try_set(true);
        }) {
            timeout.forget();
        }
        watch
    }

    /// Every entry, in the order in which they are shown.
    pub fn entries(self) -> Vec<Entry> {
        self.all.get()
    }

    /// The entry of that number.
    pub fn entry(self, number: u64) -> Option<Watched> {
        self.all.with(|all| all.iter().find(|entry| entry.number == number).map(|entry| entry.kept.clone()))
    }

    /// How many are watched, and how many of them ended unseen.
    pub fn counts(self) -> (usize, usize) {
        self.all.with(|all| (all.len(), all.iter().filter(|entry| entry.kept.unseen).count()))
    }

    /// What is remembered for a connection, in the order in which it was added.
    pub fn of(self, conn: &str) -> Vec<Watched> {
        let mut of: Vec<Watched> = self.all.with(|all| {
            all.iter().map(|entry| &entry.kept).filter(|one| one.conn == conn).cloned().collect()
        });
        of.sort_by_key(|one| one.added);
        of
    }

    /// True where the id is remembered.
    pub fn has(self, conn: &str, kind: &str, id: &str) -> bool {
        self.find(conn, kind, id).is_some()
    }

    /// What is kept of an operation.
    pub fn find(self, conn: &str, kind: &str, id: &str) -> Option<Watched> {
        let is_it = |one: &Watched| one.conn == conn && one.kind == kind && one.id == id;
        self.all.with(|all| all.iter().map(|entry| &entry.kept).find(|one| is_it(one)).cloned())
    }

    /// Watches an operation, or changes the note of one that is watched. False where it was watched already.
    pub fn add(self, mut one: Watched, op: Option<&Operation>) -> bool {
        let now = Millis(clock::now_ms());
        let known = self.all.with_untracked(|all| all.iter().any(|entry| entry.kept.key() == one.key()));
        if known {
            if !one.note.is_empty() {
                self.note(&one.key(), &one.note);
            }
            return false;
        }
        // Two added at once keep their order.
        let last = self.all.with_untracked(|all| all.iter().map(|entry| entry.kept.added.0).max());
        one.added = Millis(now.0.max(last.unwrap_or_default().saturating_add(1)));
        if let Some(op) = op {
            one.see(op, now);
        }
        self.take_back(&[one]);
        true
    }

    /// Changes what its user says of one.
    pub fn note(self, key: &str, note: &str) {
        self.change(key, |one| note.clone_into(&mut one.note));
    }

    /// No longer watches an operation.
    pub fn forget(self, conn: &str, kind: &str, id: &str) {
        if let Some(one) = leptos::prelude::untrack(|| self.find(conn, kind, id)) {
            self.drop(&[one.key()]);
        }
    }

    /// No longer watches those. Gives back what was known of them.
    pub fn drop(self, keys: &[String]) -> Vec<Watched> {
        let mut gone = vec![];
        self.all.update(|all| {
            all.retain(|entry| {
                let goes = keys.contains(&entry.kept.key());
                if goes {
                    gone.push(entry.kept.clone());
                }
                !goes
            });
        });
        keys.iter().for_each(|key| self.keeper.change(Shelf::Watch, Deed::Delete(key.clone())));
        gone
    }

    /// Takes in what is not there, or was dropped.
    pub fn take_back(self, gone: &[Watched]) {
        let mut all: Vec<Watched> =
            self.all.with_untracked(|all| all.iter().map(|e| e.kept.clone()).collect());
        for one in gone {
            self.keep(one);
            all.push(one.clone());
        }
        self.replace(all);
    }

    /// Somebody has looked at those that ended.
    pub fn seen(self, key: &str) {
        self.change(key, |one| one.unseen = false);
    }

    /// Forgets all of them.
    pub fn forget_everything(self) {
        self.all.update(Vec::clear);
        self.keeper.change(Shelf::Watch, Deed::Clear);
    }

    /// Changes one entry, and keeps it where that is another than before.
    fn change(self, key: &str, act: impl FnOnce(&mut Watched)) {
        let find = |all: &Vec<Entry>| all.iter().find(|entry| entry.kept.key() == key).cloned();
        let Some(before) = self.all.with_untracked(find) else { return };
        let mut after = before.kept.clone();
        act(&mut after);
        if after == before.kept {
            return;
        }
        self.keep(&after);
        self.all.update(|all| {
            if let Some(entry) = all.iter_mut().find(|entry| entry.number == before.number) {
                entry.kept = after;
            }
            all.sort_by_key(|entry| entry.kept.rank());
        });
    }

    fn keep(self, one: &Watched) {
        self.keeper.change(Shelf::Watch, Deed::Put(one.key(), one.to_text()));
    }

    /// Those are all there are. What is known of one that stays, stays known.
    fn replace(self, kept: Vec<Watched>) {
        self.all.update(|all| {
            let mut before = std::mem::take(all);
            for kept in kept {
                let known = before.iter().position(|entry| entry.kept.key() == kept.key());
                let entry = match known.map(|at| before.swap_remove(at)) {
                    Some(entry) => Entry { kept, ..entry },
                    None => {
                        self.next.update_value(|next| *next += 1);
                        Entry { number: self.next.get_value(), kept }
                    }
                };
                all.push(entry);
            }
            all.sort_by_key(|entry| entry.kept.rank());
        });
    }
}

/// What names an operation, before anything is known of it.
pub fn named(conn: &str, kind: &str, id: &str, tenant: Option<&str>) -> Watched {
    Watched {
        conn: conn.to_owned(),
        kind: kind.to_owned(),
        id: id.to_owned(),
        tenant: tenant.map(str::to_owned),
        ..Watched::default()
    }
}

/// The state that an entry was last seen in, for the list of an API that has none.
pub fn last_state(one: &Watched) -> State {
    one.state.unwrap_or(State::Unknown)
}
