//! When something is read again by itself. The policy is `longrun_core::view::poll`; here are the timer, the tab's
//! visibility, the network, and what somebody is in the middle of.

use crate::reactive::{Lasting, RwSignal, StoredValue, lasting};
use leptos::prelude::untrack;

use super::Console;
use super::budgets::steady_ms;
use super::hold::Held;
use crate::platform::timers::Timeout;
use crate::platform::{clock, network, visibility};
use crate::reactive::effect;
use longrun_core::http::ApiError;
use longrun_core::text::{fill, t};
use longrun_core::time::{Millis, SECOND, duration};
use longrun_core::view::config::Connection;
use longrun_core::view::freshness::Freshness;
use longrun_core::view::poll::{Budget, Pace, Reader, Rule};

type Act = std::rc::Rc<dyn Fn()>;

/// One reader's timer.
pub type Poller = Lasting<PollerParts>;

/// What [`Poller`] points to.
pub struct PollerParts {
    /// What the user chose.
    pub pace: RwSignal<Pace>,
    console: Console,
    conn: StoredValue<Connection>,
    fresh: RwSignal<Freshness>,
    /// When it reads next by itself, and what decides about it.
    next: RwSignal<(Option<Millis>, Rule)>,
    running: RwSignal<bool>,
    online: RwSignal<bool>,
    /// Rows do not move while somebody is in the middle of something.
    is_held: RwSignal<bool>,
    reader: StoredValue<Reader>,
    timer: StoredValue<Option<Timeout>>,
    act: StoredValue<Option<Act>>,
}

impl Poller {
    /// Stands still until [`resume`](Poller::resume). Tells `fresh` when a failed read is tried again.
    pub fn new(console: Console, conn: Connection, fresh: RwSignal<Freshness>) -> Poller {
        let pace = conn.pace;
        lasting(PollerParts {
            pace: RwSignal::new(pace),
            console,
            conn: StoredValue::new(conn),
            fresh,
            next: RwSignal::new((None, Rule::Pace)),
            running: RwSignal::new(false),
            online: network::online(),
            is_held: RwSignal::new(false),
            reader: StoredValue::new(Reader::new(pace)),
            timer: StoredValue::new(None),
            act: StoredValue::new(None),
        })
    }

    /// Says what to do when it is time, and follows pace, visibility, network and what is held.
    pub fn start(self, act: impl Fn() + 'static) {
        self.act.set_value(Some(std::rc::Rc::new(act)));
        let visible = visibility::visible();
        effect(move |before: Option<Pace>| {
            let pace = self.pace.get();
            if before.is_some_and(|before| before != pace) {
                self.plan();
            }
            pace
        });
        effect(move |before: Option<bool>| {
            let (visible, online) = (visible.get(), self.online.get());
            let held = self.is_held.get() && self.console.hold.get() != Held::No;
            if before == Some(false) && online {
                // What failed for want of a network need not wait any longer.
                self.with(&mut |reader, _, now| reader.hasten(now));
            }
            if visible && online && !held && self.running.get() {
                untrack(|| self.arm());
            } else {
                self.timer.set_value(None);
            }
            online
        });
        // The clock on the wall was set: when it is told anew, the time to wait is what it was.
        effect(move |before: Option<Millis>| {
            let now = self.console.now.get();
            let is_jump = before.is_some_and(|before| !(-2_000..60_000).contains(&now.since(before)));
            if is_jump {
                untrack(|| self.tell());
            }
            now
        });
    }

    /// It is on the screen.
    pub fn resume(self) {
        self.running.set(true);
    }

    /// It is off the screen.
    pub fn pause(self) {
        self.running.set(false);
    }

    /// From now on it waits while somebody is in the middle of something.
    pub fn hold(self) {
        self.is_held.set(true);
    }

    fn with(self, act: &mut dyn FnMut(&mut Reader, &mut Budget, i64)) {
        self.conn.with_value(|conn| {
            self.console.budgets.with(conn, &mut |budget, now| {
                self.reader.update_value(|reader| act(reader, budget, now));
            });
        });
    }

    /// What the server says is left of the requests it allows, before a read is told of as good or bad.
    pub fn left(self, left: Option<(u64, u64)>) {
        self.with(&mut |reader, _, _| reader.left(left));
    }

    /// Says whether what it belongs to is in transition. Then its rows come and go though none of them moves: an
    /// event has no state.
    pub fn beside(self, moving: bool) {
        self.with(&mut |reader, _, now| reader.beside(now, moving));
    }

    /// A read of so many requests succeeded. `moving`: something of it is in transition; `changed`: it differs
    /// from before.
    pub fn succeeded(self, moving: bool, changed: bool, requests: u32) {
        self.with(&mut |reader, _, now| reader.succeeded(now, moving, changed, requests));
        self.plan();
    }

    /// A read failed.
    pub fn failed(self, error: &ApiError) {
        let failures = self.fresh.with_untracked(Freshness::failures);
        self.with(&mut |reader, _, _| reader.failed(failures, error.kind.is_retryable()));
        self.plan();
    }

    /// Its time came, and there was nobody to ask for: it goes on as before.
    pub fn plan(self) {
        let pace = self.pace.get_untracked();
        let chance = js_sys::Math::random();
        self.with(&mut |reader, budget, now| {
            reader.pace = pace;
            reader.plan(now, budget, chance);
        });
        self.tell();
        self.arm();
    }

    /// True where it may read now, by itself. Else it does so as soon as the connection's budget allows.
    pub fn may(self) -> bool {
        let mut may = false;
        self.with(&mut |reader, budget, now| may = reader.may(now, budget));
        self.tell();
        if !may {
            self.arm();
        }
        may
    }

    /// Says when it is next, by the clock on the wall.
    fn tell(self) {
        let wall = Millis(clock::now_ms());
        let next = self.reader.with_value(|reader| (reader.due_at(steady_ms(), wall), reader.rule()));
        self.next.set(next);
        if self.fresh.with_untracked(|fresh| fresh.failure.is_some()) {
            self.fresh.update(|fresh| fresh.will_retry(next.0));
        }
    }

    /// Sets the timer to what is due; what is overdue happens at once.
    fn arm(self) {
        self.timer.set_value(None);
        let Some(due) = self.reader.with_value(Reader::due) else { return };
        let held = self.is_held.get_untracked() && self.console.hold.holds();
        if held || !self.running.get_untracked() || !visibility::is_visible() || !network::is_online() {
            return;
        }
        let wait = (due - steady_ms()).clamp(0, 86_400_000);
        let timer = Timeout::new(i32::try_from(wait).unwrap_or(i32::MAX), move || {
            // Something may have been opened since: then the end of that sets the timer again.
            let held = self.is_held.get_untracked() && self.console.hold.holds();
            if !held && self.may() {
                let act = self.act.with_value(Clone::clone);
                if let Some(act) = act {
                    act();
                }
            }
        });
        self.timer.set_value(timer);
    }

    /// Why it does not read when its pace says so, if it does not: what stands beside the age.
    pub fn why(self) -> Option<String> {
        if !self.online.get() {
            return Some(t("paused while this machine is offline").to_owned());
        }
        let (due, rule) = self.next.get();
        let held = || self.is_held.get().then(|| self.console.hold.get().says()).flatten();
        if self.pace.get() != Pace::Off
            && let Some(held) = held()
        {
            return Some(held);
        }
        let per_hour = self.conn.with_value(|conn| conn.requests_per_hour.to_string());
        match (rule, due) {
            (Rule::Budget, Some(due)) => {
                let wait = (due.since(self.console.now.get()) / SECOND).max(0) * SECOND;
                let next = duration(wait);
                Some(fill("paced by the hourly budget of {0} requests: next in {1}", &[&per_hour, &next]))
            }
            (Rule::TooMany(requests), _) => Some(fill(
                "one refresh takes {0} requests, more than the hourly budget of {1}: refresh by hand",
                &[&requests.to_string(), &per_hour],
            )),
            _ => None,
        }
    }
}
