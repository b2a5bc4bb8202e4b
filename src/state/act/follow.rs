//! Actions that the server accepted, watched to their end whatever page is on the screen. How far each is, is
//! `longrun_core::view::follow`'s business; here are the readings.

use crate::reactive::RwSignal;
use leptos::prelude::untrack;

use super::{Place, send};
use crate::platform::{clock, pause, visibility};
use crate::state::Console;
use crate::state::detail::Shown;
use longrun_core::dialect::{Action, Key};
use longrun_core::http::{ApiError, ErrorKind};
use longrun_core::model::Operation;
use longrun_core::time::Millis;
use longrun_core::view::follow::{Follow, Seen};

/// One of them.
#[derive(Clone, PartialEq)]
pub struct Tracked {
    name: String,
    /// Tells it from one that took its place.
    number: u32,
    /// How far it is.
    pub follow: Follow,
    /// The operation as last read; `None` until it was read again.
    pub shown: Option<Shown>,
    /// Why the last reading failed.
    pub trouble: Option<ApiError>,
    failures: u32,
}

/// All of them, one for each operation at most.
#[derive(Clone, Copy)]
pub struct Follows {
    all: RwSignal<Vec<Tracked>>,
    next: RwSignal<u32>,
}

fn name(place: &Place, key: &Key) -> String {
    format!("{} {} {}", place.name(), key.tenant.as_deref().unwrap_or_default(), key.id)
}

impl Follows {
    /// None yet.
    pub fn new() -> Follows {
        Follows { all: RwSignal::new(vec![]), next: RwSignal::new(0) }
    }

    /// What is known of an action on that operation.
    pub fn find(self, place: &Place, key: &Key) -> Option<Tracked> {
        let name = name(place, key);
        self.all.with(|all| all.iter().find(|tracked| tracked.name == name).cloned())
    }

    /// Forgets what has come to its end.
    pub fn dismiss(self, place: &Place, key: &Key) {
        let name = name(place, key);
        self.all.update(|all| all.retain(|tracked| tracked.name != name));
    }

    /// Watches an action from now on, in the place of an earlier one on the same operation.
    pub fn begin(
        self,
        console: Console,
        place: Place,
        action: &'static Action,
        key: Key,
        before: &Operation,
        unclear: bool,
    ) {
        self.next.update(|next| *next += 1);
        let number = self.next.get_untracked();
        let follow = Follow::begin(action, before, unclear, Millis(clock::now_ms()));
        let is_open = follow.is_open();
        let name = name(&place, &key);
        self.all.update(|all| {
            all.retain(|tracked| tracked.name != name);
            all.push(Tracked { name, number, follow, shown: None, trouble: None, failures: 0 });
        });
        refresh_list(console, &place);
        if is_open {
            console.acting.scope.spawn(async move { self.watch(console, &place, &key, number).await });
        }
    }

    async fn watch(self, console: Console, place: &Place, key: &Key, number: u32) {
        let get = |all: &Vec<Tracked>| all.iter().find(|tracked| tracked.number == number).cloned();
        while let Some(tracked) = self.all.with_untracked(get).filter(|tracked| tracked.follow.is_open()) {
            // An answer that told nothing is decided at once.
            let first = tracked.shown.is_none() && tracked.failures == 0;
            let delay = tracked.follow.next_look(Millis(clock::now_ms()), tracked.failures);
            let delay = if first { delay.min(1_000) } else { delay };
            pause::sleep(u32::try_from(delay).unwrap_or(u32::MAX)).await;
            console.budgets.turn(&place.conn).await;
            // Nobody looks, or nobody may be asked: later.
            let signed_in = untrack(|| console.connections.session(&place.conn.id)).is_some();
            if signed_in && visibility::is_visible() {
                let read = send::read(console, place, key).await;
                self.take(console, place, number, read);
            }
        }
    }

    fn take(self, console: Console, place: &Place, number: u32, read: Result<Shown, ApiError>) {
        let now = Millis(clock::now_ms());
        let mut moved = false;
        self.all.update(|all| {
            let Some(tracked) = all.iter_mut().find(|tracked| tracked.number == number) else { return };
            let before = (tracked.follow.phase, tracked.follow.state);
            match read {
                Ok(shown) => {
                    tracked.follow.see(Seen::There(&shown.op), now);
                    (tracked.shown, tracked.trouble, tracked.failures) = (Some(shown), None, 0);
                }
                Err(error) if error.kind == ErrorKind::NotFound => {
                    tracked.follow.see(Seen::Gone, now);
                    tracked.trouble = None;
                }
                Err(error) => {
                    tracked.failures += 1;
                    tracked.trouble = Some(error);
                }
            }
            moved = before != (tracked.follow.phase, tracked.follow.state);
        });
        if moved {
            refresh_list(console, place);
        }
    }
}

impl Default for Follows {
    fn default() -> Follows {
        Follows::new()
    }
}

/// Reads the list again, if it was ever read: nobody waits for one that was not.
pub fn refresh_list(console: Console, place: &Place) {
    let list = place.list(console);
    if list.fresh.with_untracked(|fresh| fresh.loaded_at.is_some()) {
        list.refresh(false);
    }
}
