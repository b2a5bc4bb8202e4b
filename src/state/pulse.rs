//! What goes on in several lists at once: how many run, failed and are stuck, when operations began, and why they failed.
//! Computed from the rows that are loaded, when a list was read and when a minute has passed. Knows no markup.

use crate::platform::clock;
use crate::reactive::{RwSignal, effect, memo};
use crate::state::Console;
use crate::state::list::List;
use leptos::prelude::untrack;
use longrun_core::model::State;
use longrun_core::time::{DAY, MINUTE, Millis};
use longrun_core::view::failures::{Failures, Group};
use longrun_core::view::histogram::Histogram;

/// Of one list.
#[derive(Clone, Copy, Default)]
pub struct Tally {
    /// Running now.
    pub running: usize,
    /// Failed among those of the span.
    pub failed: usize,
    /// Waiting for a person.
    pub stuck: usize,
}

/// Of all lists.
#[derive(Clone, Default)]
pub struct Pulse {
    /// In the order of the lists.
    pub tallies: Vec<Tally>,
    /// When they began.
    pub histogram: Histogram,
    /// Why they failed; a group's sources are positions of lists.
    pub groups: Vec<Group>,
    /// The beginning of the span.
    pub from: Millis,
}

impl Pulse {
    /// Failures of the span.
    pub fn failed(&self) -> usize {
        self.groups.iter().map(|group| group.count).sum()
    }
}

/// Follows lists over the last `span` milliseconds; since the oldest failure that is loaded where it is `None`.
pub fn pulse(console: Console, lists: Vec<List>, span: Option<i64>) -> RwSignal<Pulse> {
    let pulse = RwSignal::new(Pulse::default());
    let followed = lists.clone();
    let read = memo(move |_| {
        let minute = console.now.get().0 / MINUTE;
        let at = followed.iter().map(|list| list.fresh.with(|fresh| fresh.loaded_at));
        (minute, at.collect::<Vec<_>>())
    });
    effect(move |_: Option<()>| {
        let _ = read.get();
        untrack(|| pulse.set(taken(&lists, span)));
    });
    pulse
}

fn taken(lists: &[List], span: Option<i64>) -> Pulse {
    let now = Millis(clock::now_ms());
    let from = match span {
        Some(span) => Millis(now.0.saturating_sub(span)),
        None => oldest_failure(lists).unwrap_or(Millis(now.0.saturating_sub(DAY))),
    };
    let mut histogram = Histogram::over(from, now);
    let mut failures = Failures::between(from, now);
    let mut tallies = vec![];
    for (source, list) in lists.iter().enumerate() {
        let mut tally = Tally::default();
        list.each(&mut |op| {
            match op.state {
                State::Running => tally.running += 1,
                State::Stuck => tally.stuck += 1,
                _ => {}
            }
            let Some(at) = op.created.millis().filter(|at| *at >= from && *at <= now) else { return };
            histogram.add(at, op.state);
            if op.state == State::Failed {
                tally.failed += 1;
                failures.add(source, op);
            }
        });
        tallies.push(tally);
    }
    Pulse { tallies, histogram, groups: failures.groups(), from }
}

fn oldest_failure(lists: &[List]) -> Option<Millis> {
    let mut oldest: Option<Millis> = None;
    for list in lists {
        list.each(&mut |op| {
            if let Some(at) = op.created.millis().filter(|_| op.state == State::Failed) {
                oldest = Some(oldest.map_or(at, |known| known.min(at)));
            }
        });
    }
    oldest
}
