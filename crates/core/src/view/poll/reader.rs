//! What one reader does next: a list, an operation on the screen, whatever is read again and again. It keeps to its
//! pace, to what the connection's budget allows all readers together, and to what the server asked for. Times are
//! milliseconds of a clock that never goes back; the time of day is none of its business, so it may jump.

use super::{Budget, Pace, Situation, next_delay};
use crate::time::Millis;

/// What decides when the next read is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Rule {
    /// The pace, failures included.
    #[default]
    Pace,
    /// The hourly budget: it is later than the pace would have it.
    Budget,
    /// The hourly budget is smaller than one read of so many requests: only by hand.
    TooMany(u32),
}

/// One reader.
#[derive(Clone, Debug)]
pub struct Reader {
    /// What the user chose.
    pub pace: Pace,
    moved_at: Option<i64>,
    beside: bool,
    failures: u32,
    retryable: bool,
    requests: u32,
    left: Option<(u64, u64)>,
    due: Option<i64>,
    /// When it would read by its pace alone.
    wish: i64,
    rule: Rule,
}

/// Who is not first in turn looks again after this many milliseconds.
const AGAIN: i64 = 300;

impl Reader {
    /// It has not read yet, and nothing is due.
    pub fn new(pace: Pace) -> Reader {
        Reader {
            pace,
            moved_at: None,
            beside: false,
            failures: 0,
            retryable: true,
            requests: 1,
            left: None,
            due: None,
            wish: 0,
            rule: Rule::Pace,
        }
    }

    /// When it reads next; `None` where only by hand.
    pub fn due(&self) -> Option<i64> {
        self.due
    }

    /// The same by a clock on the wall that says `wall` when ours says `now`.
    pub fn due_at(&self, now: i64, wall: Millis) -> Option<Millis> {
        self.due.map(|due| Millis(wall.0.saturating_add(due - now)))
    }

    /// What decides about it.
    pub fn rule(&self) -> Rule {
        self.rule
    }

    /// What the server says is left of the requests it allows, with the seconds until there are more.
    pub fn left(&mut self, left: Option<(u64, u64)>) {
        self.left = left;
    }

    /// Says whether what it belongs to is in transition: then its rows come and go though none of them moves.
    pub fn beside(&mut self, now: i64, moving: bool) {
        self.beside = moving;
        if moving {
            self.moved_at = Some(now);
        }
    }

    /// A read of so many requests went well. `moving`: something of it is in transition; `changed`: it differs from before.
    pub fn succeeded(&mut self, now: i64, moving: bool, changed: bool, requests: u32) {
        if !(moving || self.beside) {
            self.moved_at = None;
        } else if changed || self.moved_at.is_none() {
            self.moved_at = Some(now);
        }
        (self.failures, self.retryable, self.requests) = (0, true, requests.max(1));
    }

    /// A read failed, so often in a row.
    pub fn failed(&mut self, failures: u32, retryable: bool) {
        (self.failures, self.retryable) = (failures, retryable);
    }

    /// True where it failed and trying again cannot help.
    pub fn needs_a_person(&self) -> bool {
        self.failures > 0 && !self.retryable
    }

    /// Decides anew when it reads next. `chance` is between 0 and 1.
    pub fn plan(&mut self, now: i64, budget: &mut Budget, chance: f64) {
        let delay = next_delay(&Situation {
            pace: self.pace,
            moved_ago: self.moved_at.map(|at| now.saturating_sub(at)),
            failures: self.failures.max(budget.failures()),
            retryable: !self.needs_a_person(),
            requests: self.requests,
            left: self.left,
            chance,
        });
        let delay = delay.and_then(|delay| i64::try_from(delay).ok());
        (self.due, self.rule) = match (delay, budget.soonest(now, self.requests, true)) {
            (None, _) => (None, Rule::Pace),
            (Some(_), None) => (None, Rule::TooMany(self.requests)),
            (Some(delay), Some(soonest)) => {
                self.wish = now + delay;
                if soonest > self.wish {
                    budget.waits(now, self.wish, soonest);
                }
                // A little later than the pace is still the pace.
                let is_ruled = soonest > self.wish + delay / 4 && !budget.is_held(now);
                (Some(self.wish.max(soonest)), if is_ruled { Rule::Budget } else { Rule::Pace })
            }
        };
    }

    /// Has it read as soon as it may: what it waited for has come about.
    pub fn hasten(&mut self, now: i64) {
        if self.due.is_some() {
            (self.due, self.wish) = (Some(now), now);
        }
    }

    /// Its time has come. True where it may read now; then nothing is due until that is told of as good or bad. Else
    /// it is due later, as others have used up what was there.
    pub fn may(&mut self, now: i64, budget: &mut Budget) -> bool {
        match budget.soonest(now, self.requests, true) {
            Some(at) if at <= now && budget.takes_turn(now, self.wish) => {
                self.due = None;
                true
            }
            Some(at) => {
                let at = if at > now { at } else { now + AGAIN };
                budget.waits(now, self.wish, at);
                self.due = Some(at);
                if !budget.is_held(now) {
                    self.rule = Rule::Budget;
                }
                false
            }
            None => {
                (self.due, self.rule) = (None, Rule::TooMany(self.requests));
                false
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_pages_are_read_less_often_and_it_says_why() {
        let mut budget = Budget::new(720);
        let mut reader = Reader::new(Pace::Every(5));
        let mut now = 0;
        let mut reads = 0;
        while now < 600_000 {
            if reader.due().is_none_or(|due| due <= now) && reader.may(now, &mut budget) {
                (0..10).for_each(|_| budget.sent(now));
                reader.succeeded(now, true, true, 10);
                reader.plan(now, &mut budget, 0.0);
                reads += 1;
            }
            now = reader.due().unwrap().max(now + 1);
        }
        // Four at once, then one for every ten gaps.
        assert!((14..=16).contains(&reads), "{reads}");
        assert_eq!(reader.rule(), Rule::Budget);
        reader.succeeded(now, true, true, 721);
        reader.plan(now, &mut budget, 0.0);
        assert_eq!((reader.due(), reader.rule()), (None, Rule::TooMany(721)));
    }

    #[test]
    fn another_failure_on_the_same_connection_slows_all() {
        let mut budget = Budget::new(720);
        let mut reader = Reader::new(Pace::Every(15));
        reader.succeeded(0, false, false, 1);
        budget.failed(0, None);
        reader.plan(0, &mut budget, 0.0);
        assert_eq!(reader.due(), Some(30_000));
        budget.failed(0, Some(90));
        reader.plan(0, &mut budget, 0.0);
        assert_eq!((reader.due(), reader.rule()), (Some(90_000), Rule::Pace));
    }

    #[test]
    fn what_only_a_person_can_mend_is_not_tried_again() {
        let mut reader = Reader::new(Pace::Auto);
        reader.failed(1, false);
        reader.plan(0, &mut Budget::new(720), 0.0);
        assert_eq!(reader.due(), None);
        reader.hasten(0);
        assert_eq!(reader.due(), None);
        reader.succeeded(0, false, false, 1);
        reader.plan(0, &mut Budget::new(720), 0.0);
        assert_eq!(reader.due_at(0, Millis(1_000_000)), Some(Millis(1_060_000)));
    }
}
