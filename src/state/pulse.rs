//! What goes on in several lists at once: how many run, failed and are stuck, when operations began, and why they failed.
//! Computed from the rows that are loaded, when a list was read and when a minute has passed. Knows no markup.

use crate::platform::task::Scope;
use crate::platform::{clock, pause};
use crate::reactive::{RwSignal, StoredValue, effect, memo};
use crate::state::Console;
use crate::state::list::List;
use longrun_core::model::{Operation, State};
use longrun_core::time::{DAY, MINUTE, Millis};
use longrun_core::view::failures::{Failures, Group};
use longrun_core::view::histogram::Histogram;

/// It is gone over in pieces of about this many milliseconds, so many rows at a time.
const SLICE: f64 = 8.0;
const SOME: usize = 500;

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

/// Follows lists over the last `span` milliseconds; since the oldest failure that is loaded where it is `None`. Without
/// tallies until it was computed for the first time.
pub fn pulse(console: Console, lists: Vec<List>, span: Option<i64>) -> RwSignal<Pulse> {
    let pulse = RwSignal::new(Pulse::default());
    let followed = lists.clone();
    let read = memo(move |_| {
        let minute = console.now.get().0 / MINUTE;
        let at = followed.iter().map(|list| list.fresh.with(|fresh| fresh.loaded_at));
        (minute, at.collect::<Vec<_>>())
    });
    let scope = Scope::current();
    // Whether one is under way, and whether something changed since it began: it comes to its end, as lists that are
    // read all the time would put off every other one.
    let turn = StoredValue::new((false, false));
    effect(move |_: Option<()>| {
        let _ = read.get();
        let mut is_first = false;
        turn.update_value(|(under_way, again)| {
            *again = true;
            is_first = !std::mem::replace(under_way, true);
        });
        if !is_first {
            return;
        }
        let lists = lists.clone();
        scope.spawn(async move {
            while turn.try_update_value(|(_, again)| std::mem::take(again)) == Some(true) {
                pulse.try_set(taken(&lists, span).await);
            }
            turn.try_update_value(|(under_way, _)| *under_way = false);
        });
    });
    pulse
}

/// Goes over every loaded row, some at a time: a hundred thousand failures would hold up the page for half a second. A
/// list that is read meanwhile is gone over anew anyway.
async fn taken(lists: &[List], span: Option<i64>) -> Pulse {
    let now = Millis(clock::now_ms());
    let mut slice = clock::since_start();
    let mut going = Going::over(now, now);
    // Where no span is given, the oldest failure is looked for before anything is counted.
    let mut counts = span.is_some();
    loop {
        if counts {
            going = Going::over(going.begin(span), now);
        }
        for (source, list) in lists.iter().enumerate() {
            going.tallies.push(Tally::default());
            let mut from = 0;
            while list.each(from, SOME, &mut |op| going.look(counts, source, op)) {
                from += SOME;
                if clock::since_start() - slice > SLICE {
                    pause::yield_now().await;
                    slice = clock::since_start();
                }
            }
        }
        if counts {
            break;
        }
        counts = true;
    }
    Pulse {
        tallies: going.tallies,
        histogram: going.histogram,
        groups: going.failures.groups(),
        from: going.from,
    }
}

/// A pulse in the making.
struct Going {
    from: Millis,
    now: Millis,
    oldest: Option<Millis>,
    tallies: Vec<Tally>,
    histogram: Histogram,
    failures: Failures,
}

impl Going {
    fn over(from: Millis, now: Millis) -> Going {
        let (histogram, failures) = (Histogram::over(from, now), Failures::between(from, now));
        Going { from, now, oldest: None, tallies: vec![], histogram, failures }
    }

    /// The beginning of what is counted.
    fn begin(&self, span: Option<i64>) -> Millis {
        let since = |span| Millis(self.now.0.saturating_sub(span));
        span.map(since).or(self.oldest).unwrap_or(since(DAY))
    }

    fn look(&mut self, counts: bool, source: usize, op: &Operation) {
        let at = op.created.millis();
        let failed = op.state == State::Failed;
        if !counts {
            if let Some(at) = at.filter(|_| failed) {
                self.oldest = Some(self.oldest.map_or(at, |known| known.min(at)));
            }
            return;
        }
        let Some(tally) = self.tallies.get_mut(source) else { return };
        match op.state {
            State::Running => tally.running += 1,
            State::Stuck => tally.stuck += 1,
            _ => {}
        }
        let Some(at) = at.filter(|at| *at >= self.from && *at <= self.now) else { return };
        self.histogram.add(at, op.state);
        if failed {
            tally.failed += 1;
            self.failures.add(source, op);
        }
    }
}
