//! How old data is and why. A failed read never takes data away: it is kept, with its age, the reason and the time of
//! the next try.

use crate::http::{ApiError, ErrorKind};
use crate::time::Millis;

/// The last failure since data was last good.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// What went wrong, the last time.
    pub error: ApiError,
    /// How often in a row.
    pub attempts: u32,
    /// When, the last time.
    pub at: Millis,
    /// When it is tried again by itself; `None` where only a person can help.
    pub next_try: Option<Millis>,
}

/// What is known about the age of some data.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Freshness {
    /// When the last complete answer arrived.
    pub loaded_at: Option<Millis>,
    /// A request is under way since then.
    pub loading_since: Option<Millis>,
    /// Set while the newest try has failed.
    pub failure: Option<Failure>,
}

impl Freshness {
    /// A request starts. A failure stays on the screen until an answer is good.
    pub fn started(&mut self, now: Millis) {
        self.loading_since = Some(now);
    }

    /// A complete answer arrived.
    pub fn succeeded(&mut self, now: Millis) {
        *self = Freshness { loaded_at: Some(now), loading_since: None, failure: None };
    }

    /// The try failed.
    pub fn failed(&mut self, error: ApiError, now: Millis) {
        let attempts = self.failure.as_ref().map_or(0, |failure| failure.attempts) + 1;
        self.loading_since = None;
        self.failure = Some(Failure { error, attempts, at: now, next_try: None });
    }

    /// The try was given up by us: no failure, no success.
    pub fn abandoned(&mut self) {
        self.loading_since = None;
    }

    /// Says when the next try is due.
    pub fn will_retry(&mut self, at: Option<Millis>) {
        if let Some(failure) = &mut self.failure {
            failure.next_try = at;
        }
    }

    /// How often in a row it has failed.
    pub fn failures(&self) -> u32 {
        self.failure.as_ref().map_or(0, |failure| failure.attempts)
    }

    /// True where what is on the screen is older than it should be.
    pub fn is_stale(&self) -> bool {
        self.loaded_at.is_some() && self.failure.is_some()
    }

    /// True where the user must sign in before anything else can work.
    pub fn is_signed_out(&self) -> bool {
        self.failure.as_ref().is_some_and(|failure| failure.error.kind == ErrorKind::SignedOut)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn failures_count_up_and_an_answer_clears_them() {
        let mut fresh = Freshness::default();
        fresh.succeeded(Millis(1));
        for at in 2..5 {
            fresh.started(Millis(at));
            fresh.failed(ApiError::without_answer(ErrorKind::TimedOut, "slow"), Millis(at));
        }
        fresh.will_retry(Some(Millis(9)));
        assert!(fresh.is_stale() && fresh.loaded_at == Some(Millis(1)));
        let failure = fresh.failure.clone().unwrap();
        assert_eq!((failure.attempts, failure.at, failure.next_try), (3, Millis(4), Some(Millis(9))));
        fresh.succeeded(Millis(10));
        assert_eq!((fresh.failures(), fresh.is_stale()), (0, false));
    }
}
