//! The watchlist: operations of any API that somebody keeps an eye on. For an API that has no list it is the list.
//! What is kept of one is `longrun_core::view::watch`'s business; `follow` reads them, `tell` says when one has ended.

mod follow;
mod legacy;
mod tell;

use crate::reactive::{Callback, Lasting, RwSignal, StoredValue, lasting};
use leptos::prelude::untrack;

use super::keeper::Keeper;
use crate::platform::clock;
use crate::platform::notify::Permission;
use crate::platform::task::Scope;
use crate::platform::timers::Timeout;
use longrun_core::model::{Operation, State};
use longrun_core::time::Millis;
use longrun_core::view::shelf::{Deed, Shelf};
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
        watch.replace(older);
        let first = StoredValue::new(Some(places));
        keeper.follow(
            Shelf::Watch,
            Callback::new(move |texts: Vec<String>| {
                let mut kept: Vec<Watched> = texts.iter().filter_map(|text| Watched::read(text)).collect();
                if let Some(places) = first.try_update_value(Option::take).flatten() {
                    // What is on the screen and was not read here comes from the older place.
                    let mut older = watch.kept();
                    older.retain(|one| kept.iter().all(|known| known.key() != one.key()));
                    watch.keep(&older);
                    kept.extend(older);
                    keeper.moved(places);
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

    /// What is kept of the operation of that [key](Watched::key).
    pub fn find(self, key: &str) -> Option<Watched> {
        self.all.with(|all| all.iter().map(|entry| &entry.kept).find(|one| one.key() == key).cloned())
    }

    fn kept(self) -> Vec<Watched> {
        self.all.with_untracked(|all| all.iter().map(|entry| entry.kept.clone()).collect())
    }

    /// Watches an operation, or changes the note of one that is watched. False where it was watched already.
    pub fn add(self, mut one: Watched, op: Option<&Operation>) -> bool {
        let now = Millis(clock::now_ms());
        let key = one.key();
        if untrack(|| self.find(&key)).is_some() {
            if !one.note.is_empty() {
                self.note(&key, &one.note);
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

    /// No longer watches an operation, if it was watched.
    pub fn forget(self, key: String) {
        if untrack(|| self.find(&key)).is_some() {
            self.drop(&[key]);
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
        self.keeper.change(Shelf::Watch, Deed::Set(keys.iter().map(|key| (key.clone(), None)).collect()));
        gone
    }

    /// Takes in what is not there, or was dropped.
    pub fn take_back(self, gone: &[Watched]) {
        self.keep(gone);
        let mut all = self.kept();
        all.extend_from_slice(gone);
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
        // They would be back where nothing can be kept.
        legacy::forget();
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
        self.keep(std::slice::from_ref(&after));
        self.all.update(|all| {
            if let Some(entry) = all.iter_mut().find(|entry| entry.number == before.number) {
                entry.kept = after;
            }
            all.sort_by_key(|entry| entry.kept.rank());
        });
    }

    fn keep(self, all: &[Watched]) {
        let changes: Vec<_> = all.iter().map(|one| (one.key(), Some(one.to_text()))).collect();
        if !changes.is_empty() {
            self.keeper.change(Shelf::Watch, Deed::Set(changes));
        }
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
