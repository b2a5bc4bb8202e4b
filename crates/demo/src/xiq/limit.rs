//! The sliding hour in which a customer's calls are counted. It must not know users, tokens or HTTP.

use std::collections::{HashMap, VecDeque};

use super::accounts::Customer;

const WINDOW_MS: i64 = 3_600_000;

#[derive(Default)]
pub(super) struct Limits(HashMap<u64, VecDeque<i64>>);

/// Where a customer stands after a call, as the `RateLimit-*` headers say it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Standing {
    pub(super) limit: usize,
    pub(super) remaining: usize,
    /// Seconds until the oldest call leaves the window.
    pub(super) reset_s: i64,
    pub(super) refused: bool,
}

impl Standing {
    /// For answers to callers who are nobody yet.
    pub(super) const UNCOUNTED: Self = Self { limit: 7500, remaining: 7500, reset_s: 3600, refused: false };
}

impl Limits {
    /// Counts a call, unless there is no room for it; a refused call is not counted.
    pub(super) fn take(&mut self, customer: Customer, now: i64) -> Standing {
        let calls = self.0.entry(customer.id).or_default();
        while calls.front().is_some_and(|at| at + WINDOW_MS <= now) {
            calls.pop_front();
        }
        let refused = calls.len() >= customer.calls_per_hour;
        if !refused {
            calls.push_back(now);
        }
        let oldest = calls.front().copied().unwrap_or(now);
        Standing {
            limit: customer.calls_per_hour,
            remaining: customer.calls_per_hour - calls.len(),
            reset_s: (oldest + WINDOW_MS - now + 999) / 1000,
            refused,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_window_slides() {
        let small = Customer { id: 1, calls_per_hour: 2 };
        let mut limits = Limits::default();
        assert_eq!(limits.take(small, 0).remaining, 1);
        assert_eq!(limits.take(small, 600_000).remaining, 0);
        let refused = limits.take(small, 1_200_000);
        assert_eq!((refused.refused, refused.remaining, refused.reset_s), (true, 0, 2_400));
        let other = Customer { id: 2, calls_per_hour: 2 };
        assert!(!limits.take(other, 1_200_000).refused);
        let later = limits.take(small, WINDOW_MS);
        assert_eq!((later.refused, later.remaining, later.reset_s), (false, 0, 600));
    }
}
