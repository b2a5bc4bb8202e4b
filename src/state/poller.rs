//! When a list is read again by itself. The policy is `longrun_core::view::poll`; here are the timer, the tab's
//! visibility and the network.

use crate::reactive::{RwSignal, StoredValue};
use leptos::prelude::untrack;

use crate::platform::timers::Timeout;
use crate::platform::{clock, network, visibility};
use crate::reactive::effect;
use longrun_core::http::ApiError;
use longrun_core::time::Millis;
use longrun_core::view::poll::{Pace, Situation, next_delay};

type Act = std::rc::Rc<dyn Fn()>;

/// One list's timer.
#[derive(Clone, Copy)]
pub struct Poller {
    /// What the user chose.
    pub pace: RwSignal<Pace>,
    /// When the list is read next; `None` where only by hand.
    pub due: RwSignal<Option<Millis>>,
    running: RwSignal<bool>,
    per_hour: u32,
    last: StoredValue<Situation>,
    moved_at: StoredValue<Option<Millis>>,
    /// What the list belongs to is in transition.
    beside: StoredValue<bool>,
    timer: StoredValue<Option<Timeout>>,
    act: StoredValue<Option<Act>>,
}

impl Poller {
    /// Stands still until [`resume`](Poller::resume).
    pub fn new(pace: Pace, per_hour: u32) -> Poller {
        let last = Situation {
            pace,
            moved_ago: None,
            failures: 0,
            retry_after: None,
            retryable: true,
            per_hour,
            requests: 1,
            left: None,
            chance: 0.0,
        };
        Poller {
            pace: RwSignal::new(pace),
            due: RwSignal::new(None),
            running: RwSignal::new(false),
            per_hour,
            last: StoredValue::new(last),
            moved_at: StoredValue::new(None),
            beside: StoredValue::new(false),
            timer: StoredValue::new(None),
            act: StoredValue::new(None),
        }
    }

    /// Says what to do when it is time, and follows pace, visibility and network.
    pub fn start(self, act: impl Fn() + 'static) {
        self.act.set_value(Some(std::rc::Rc::new(act)));
        let (visible, online) = (visibility::visible(), network::online());
        effect(move |before: Option<Pace>| {
            let pace = self.pace.get();
            if before.is_some_and(|before| before != pace) {
                self.plan();
            }
            pace
        });
        effect(move |_: Option<()>| {
            let may = visible.get() && online.get() && self.running.get();
            if may {
                untrack(|| self.arm());
            } else {
                self.timer.set_value(None);
            }
        });
    }

    /// The list is on the screen.
    pub fn resume(self) {
        self.running.set(true);
    }

    /// The list is off the screen.
    pub fn pause(self) {
        self.running.set(false);
    }

    /// What the server says is left of the requests it allows, before a read is told of as good or bad.
    pub fn left(self, left: Option<(u64, u64)>) {
        self.last.set_value(Situation { left, ..self.last.get_value() });
    }

    /// Says whether what the list belongs to is in transition. Then its rows come and go though none of them moves: an
    /// event has no state.
    pub fn beside(self, moving: bool) {
        self.beside.set_value(moving);
        if moving {
            self.moved_at.set_value(Some(Millis(clock::now_ms())));
        }
    }

    /// A read of so many requests succeeded. `moving`: something on the list is in transition; `changed`: it differs
    /// from before.
    pub fn succeeded(self, now: Millis, moving: bool, changed: bool, requests: u32) {
        let moving = moving || self.beside.get_value();
        if !moving {
            self.moved_at.set_value(None);
        } else if changed || self.moved_at.get_value().is_none() {
            self.moved_at.set_value(Some(now));
        }
        let last = self.last.get_value();
        self.last.set_value(Situation { failures: 0, retry_after: None, retryable: true, requests, ..last });
        self.plan();
    }

    /// A read failed. Says when it is tried again.
    pub fn failed(self, _now: Millis, failures: u32, error: &ApiError) -> Option<Millis> {
        let last = self.last.get_value();
        let retryable = error.kind.is_retryable();
        self.last.set_value(Situation { failures, retry_after: error.retry_after, retryable, ..last });
        self.plan();
        self.due.get_untracked()
    }

    fn plan(self) {
        let now = clock::now_ms();
        let situation = Situation {
            pace: self.pace.get_untracked(),
            moved_ago: self.moved_at.get_value().map(|at| now.saturating_sub(at.0)),
            per_hour: self.per_hour,
            chance: js_sys::Math::random(),
            ..self.last.get_value()
        };
        let delay = next_delay(&situation).and_then(|delay| i64::try_from(delay).ok());
        self.due.set(delay.map(|delay| Millis(now.saturating_add(delay))));
        self.arm();
    }

    /// Sets the timer to what is due; what is overdue happens at once.
    fn arm(self) {
        self.timer.set_value(None);
        let Some(due) = self.due.get_untracked() else { return };
        if !self.running.get_untracked() || !visibility::is_visible() || !network::is_online() {
            return;
        }
        let wait = due.0.saturating_sub(clock::now_ms()).clamp(0, 86_400_000);
        let timer = Timeout::new(i32::try_from(wait).unwrap_or(i32::MAX), move || {
            self.due.set(None);
            let act = self.act.with_value(Clone::clone);
            if let Some(act) = act {
                act();
            }
        });
        self.timer.set_value(timer);
    }
}
