//! How often one connection may be asked in an hour, by whoever asks: lists, operations that are followed, runs over
//! many. Requests are counted where they leave. Times are milliseconds of a clock that never goes back; must not know
//! the time of day.
//!
//! Two rules hold together. In no sliding hour do more requests leave by themselves than the budget allows. And a
//! twentieth of it may be used at once; after that requests are spread evenly, so that a busy minute does not leave
//! the screen blind for the rest of the hour.

use std::collections::VecDeque;

const HOUR: i64 = 3_600_000;
/// Requests are counted together that leave within this time; they count until the last of them could be an hour old.
const SLOT: i64 = 5_000;
/// Refreshing by hand may use more than its share. Nobody waits longer than this for it.
const LONGEST_DEBT: i64 = 300_000;
/// A server that asks for more than a day is asked again after a day.
const LONGEST_ASKED: u64 = 86_400;
/// Who does not take its turn within this time, as its page has gone, has lost it.
const TURN: i64 = 2_000;

/// The requests of the last hour, and what the server said of them.
#[derive(Clone, Debug)]
pub struct Budget {
    per_hour: u32,
    /// When a slot ends, and how many requests left in it.
    sent: VecDeque<(i64, u32)>,
    /// Until when what has left is paid for at an even pace.
    paid: i64,
    /// The server asked to be left alone until then.
    not_before: i64,
    failures: u32,
    /// Who has waited longest for its turn: since when, and until when it is waited for.
    first: (i64, i64),
}

impl Budget {
    /// Nothing was asked yet. At least one request an hour is allowed.
    pub fn new(per_hour: u32) -> Budget {
        Budget {
            per_hour: per_hour.max(1),
            sent: VecDeque::new(),
            paid: i64::MIN / 2,
            not_before: i64::MIN / 2,
            failures: 0,
            first: (0, i64::MIN),
        }
    }

    /// How many requests may leave in an hour.
    pub fn per_hour(&self) -> u32 {
        self.per_hour
    }

    /// The configuration says another number now.
    pub fn allow(&mut self, per_hour: u32) {
        self.per_hour = per_hour.max(1);
    }

    /// How many may leave at once before they are spread.
    pub fn burst(&self) -> u32 {
        (self.per_hour / 20).max(1)
    }

    /// Milliseconds between requests that are spread.
    pub fn gap(&self) -> i64 {
        HOUR / i64::from(self.per_hour - self.burst() + 1)
    }

    /// A request leaves, for whatever reason.
    pub fn sent(&mut self, now: i64) {
        let end = (now.div_euclid(SLOT) + 1) * SLOT;
        match self.sent.back_mut() {
            Some((known, count)) if *known >= end => *count += 1,
            _ => self.sent.push_back((end, 1)),
        }
        while self.sent.front().is_some_and(|(end, _)| end + HOUR <= now) {
            self.sent.pop_front();
        }
        self.paid = (self.paid.max(now) + self.gap()).min(now + LONGEST_DEBT);
    }

    /// The server answered well.
    pub fn answered(&mut self) {
        self.failures = 0;
    }

    /// It did not. `retry_after` are the seconds that it asked to wait.
    pub fn failed(&mut self, now: i64, retry_after: Option<u64>) {
        self.failures += 1;
        if let Some(seconds) = retry_after {
            self.not_before = self.not_before.max(now + seconds.min(LONGEST_ASKED) as i64 * 1_000);
        }
    }

    /// Failures in a row, of all who ask.
    pub fn failures(&self) -> u32 {
        self.failures
    }

    /// Requests of the last hour.
    pub fn used(&self, now: i64) -> u32 {
        self.sent.iter().filter(|(end, _)| end + HOUR > now).map(|(_, count)| count).sum()
    }

    /// True where the server asked to be left alone until later than `now`.
    pub fn is_held(&self, now: i64) -> bool {
        self.not_before > now
    }

    /// When so many requests may leave by themselves, `now` at the soonest; `None` where the budget never allows it.
    /// `spread` also keeps an even pace: for what goes on and on, not for work that a person has begun.
    pub fn soonest(&self, now: i64, requests: u32, spread: bool) -> Option<i64> {
        let room = self.per_hour.checked_sub(requests.max(1))?;
        let mut at = now.max(self.not_before);
        if spread {
            at = at.max(self.paid - i64::from(self.burst() - 1) * self.gap());
        }
        let mut used = self.used(now);
        for (end, count) in self.sent.iter().filter(|(end, _)| end + HOUR > now) {
            if used <= room {
                break;
            }
            used -= count;
            at = at.max(end + HOUR);
        }
        Some(at)
    }

    /// Who would have read at `wish` has to wait until `at`.
    pub(super) fn waits(&mut self, now: i64, wish: i64, at: i64) {
        if now > self.first.1 || wish < self.first.0 {
            self.first = (wish, at + TURN);
        }
    }

    /// True where nobody has waited longer than since `wish`: then the turn is taken.
    pub(super) fn takes_turn(&mut self, now: i64, wish: i64) -> bool {
        let is_first = now > self.first.1 || wish <= self.first.0;
        if is_first {
            self.first.1 = i64::MIN;
        }
        is_first
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_burst_is_free_and_then_requests_are_spread() {
        let mut budget = Budget::new(720);
        assert_eq!((budget.burst(), budget.gap()), (36, 5_255));
        for _ in 0..36 {
            assert_eq!(budget.soonest(0, 1, true), Some(0));
            budget.sent(0);
        }
        assert_eq!(budget.soonest(0, 1, true), Some(5_255));
        assert_eq!(budget.soonest(0, 1, false), Some(0), "what a person began is not spread");
        assert_eq!(budget.soonest(0, 721, true), None);
        assert_eq!(budget.soonest(6_000, 1, true), Some(6_000));
    }

    #[test]
    fn the_hour_is_the_limit_whoever_asked() {
        let mut budget = Budget::new(10);
        (0..9).for_each(|_| budget.sent(1_000));
        assert_eq!(budget.used(1_000), 9);
        assert_eq!(budget.soonest(2_000, 1, false), Some(2_000));
        assert_eq!(budget.soonest(2_000, 2, false), Some(HOUR + SLOT));
        budget.sent(2_000);
        assert_eq!(budget.soonest(2_000, 1, false), Some(HOUR + SLOT));
        assert_eq!(budget.soonest(HOUR + SLOT, 10, false), Some(HOUR + SLOT));
        assert_eq!(budget.used(HOUR + SLOT), 0);
    }

    #[test]
    fn refreshing_by_hand_counts_but_leaves_nobody_blind() {
        let mut budget = Budget::new(720);
        (0..300).for_each(|_| budget.sent(0));
        let next = budget.soonest(0, 1, true).unwrap();
        assert!(next > 60_000 && next <= LONGEST_DEBT, "{next}");
    }

    #[test]
    fn what_the_server_asked_holds_for_all() {
        let mut budget = Budget::new(720);
        budget.failed(1_000, Some(30));
        budget.failed(2_000, Some(5));
        assert_eq!((budget.soonest(2_000, 1, false), budget.failures()), (Some(31_000), 2));
        assert!(budget.is_held(30_999) && !budget.is_held(31_000));
        budget.answered();
        assert_eq!(budget.failures(), 0);
        budget.failed(0, Some(u64::MAX));
        assert_eq!(budget.soonest(0, 1, true), Some(86_400_000));
        assert_eq!(Budget::new(0).soonest(0, 1, true), Some(0));
    }
}
