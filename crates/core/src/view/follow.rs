//! An action that the server accepted, watched to its end. "Requested" is not "done": only reading the operation again
//! tells. Knows no API, no clock and no screen.

use std::sync::Arc;

use crate::dialect::{Action, Settles, Weight};
use crate::fold::lowered;
use crate::model::{Operation, Stamp, State};
use crate::text::t;
use crate::time::{MINUTE, Millis, SECOND};

/// After this many milliseconds without an end, the next stronger action is offered.
pub const NEXT_RUNG: i64 = 20 * SECOND;
/// So many readings without any change, after an answer that told nothing, mean that nothing was done.
const UNCHANGED: u32 = 3;

/// What was seen on reading the operation again.
#[derive(Clone, Copy, Debug)]
pub enum Seen<'a> {
    /// It is there.
    There(&'a Operation),
    /// The server knows it no more.
    Gone,
}

/// How it ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// The server said that it is done.
    Done,
    /// It was cancelled.
    Cancelled,
    /// It came to its own end before the action could take effect.
    Finished,
    /// It failed.
    Failed,
    /// It goes on again.
    GoesOn,
    /// The server knows it no more.
    Gone,
    /// The answer told nothing, and nothing has changed since.
    Nothing,
}

/// How far it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// The server accepted it; nothing else was seen.
    Requested,
    /// The answer did not tell whether it was done.
    Unclear,
    /// The operation is on its way to what was asked.
    OnItsWay,
    /// It came to an end.
    Settled(End),
}

/// What tells whether an operation has moved.
#[derive(Clone, Debug, PartialEq)]
struct Look {
    state: State,
    status: Option<Arc<str>>,
    ended: Stamp,
}

impl Look {
    fn of(op: &Operation) -> Look {
        Look { state: op.state, status: op.status.clone(), ended: op.ended.clone() }
    }
}

/// One action under way.
#[derive(Clone, Debug, PartialEq)]
pub struct Follow {
    /// What the action is called.
    pub label: &'static str,
    settles: Settles,
    /// It reaches many things at once, whose ends the operation does not tell apart.
    many: bool,
    before: Look,
    /// When it was sent.
    pub since: Millis,
    /// How far it is.
    pub phase: Phase,
    /// When it came to its end.
    pub settled_at: Option<Millis>,
    /// The state last seen.
    pub state: State,
    unchanged: u32,
}

impl Follow {
    /// Begins when the server has answered. `before` is the operation as it was just before the action was sent;
    /// `unclear` where the answer did not tell whether it was done.
    pub fn begin(action: &Action, before: &Operation, unclear: bool, now: Millis) -> Follow {
        let settles = action.settles;
        let at_once = settles == Settles::AtOnce && !unclear;
        Follow {
            label: action.label,
            settles,
            many: action.weight == Weight::Worst,
            before: Look::of(before),
            since: now,
            phase: match (at_once, unclear) {
                (true, _) => Phase::Settled(End::Done),
                (_, true) => Phase::Unclear,
                _ => Phase::Requested,
            },
            settled_at: at_once.then_some(now),
            state: before.state,
            unchanged: 0,
        }
    }

    /// True until it has come to an end.
    pub fn is_open(&self) -> bool {
        self.settled_at.is_none()
    }

    /// Takes in what a reading showed. What comes after the end changes nothing.
    pub fn see(&mut self, seen: Seen<'_>, now: Millis) {
        if !self.is_open() {
            return;
        }
        let phase = match seen {
            Seen::Gone => Phase::Settled(End::Gone),
            Seen::There(op) => self.phase_of(op),
        };
        self.phase = phase;
        if matches!(phase, Phase::Settled(_)) {
            self.settled_at = Some(now);
        }
    }

    fn phase_of(&mut self, op: &Operation) -> Phase {
        self.state = op.state;
        let changed = Look::of(op) != self.before;
        let end = match self.settles {
            // Asked for and answered: only where the answer told nothing, a change must show it.
            Settles::AtOnce => changed.then_some(End::Done),
            // What had ended before has not ended by this.
            Settles::WhenEnded => {
                (changed || !self.before.state.has_ended()).then(|| ended(op.state)).flatten()
            }
            Settles::WhenMoving if op.state.in_transition() => Some(End::GoesOn),
            Settles::WhenMoving => changed.then(|| ended(op.state)).flatten(),
            Settles::WhenGone => None,
        };
        self.unchanged = if changed { 0 } else { self.unchanged + 1 };
        match (end, self.phase) {
            (Some(end), _) => Phase::Settled(end),
            (None, Phase::Unclear) if self.unchanged >= UNCHANGED => Phase::Settled(End::Nothing),
            (None, Phase::Unclear) if !changed => Phase::Unclear,
            (None, _) if changed => Phase::OnItsWay,
            (None, phase) => phase,
        }
    }

    /// Milliseconds from sending to the end, or to `now`.
    pub fn elapsed(&self, now: Millis) -> i64 {
        self.settled_at.unwrap_or(now).since(self.since).max(0)
    }

    /// True once it has waited long enough for a stronger action to be offered.
    pub fn offers_next(&self, now: Millis) -> bool {
        self.is_open() && self.settles == Settles::WhenEnded && self.elapsed(now) >= NEXT_RUNG
    }

    /// Milliseconds until the operation is read again: quick at first; `failures` in a row make it slower. What the
    /// connection's budget allows and what the server asked for is not in it: see [`poll::Budget`](super::poll::Budget).
    pub fn next_look(&self, now: Millis, failures: u32) -> i64 {
        let pace = match self.elapsed(now) {
            ..MINUTE => 2 * SECOND,
            MINUTE..600_000 => 5 * SECOND,
            _ => 15 * SECOND,
        };
        pace.saturating_mul(1_i64 << failures.min(4)).min(5 * MINUTE)
    }

    /// Where it stands, in words.
    pub fn says(&self) -> String {
        let how = match self.phase {
            Phase::Requested => t("requested"),
            Phase::Unclear => t("the answer does not tell whether it was done; reading it again"),
            Phase::OnItsWay => &lowered(t(self.state.label())),
            Phase::Settled(end) => match end {
                End::Done => t("done"),
                End::Cancelled => t("cancelled"),
                End::Finished if self.many => t("it has ended; what it holds tells how"),
                End::Finished => t("it finished anyway"),
                End::Failed => t("it failed"),
                End::GoesOn => t("it goes on"),
                End::Gone if self.settles == Settles::WhenGone => t("it is deleted"),
                End::Gone => t("the server knows it no more"),
                End::Nothing => t("nothing has changed, so it was not done"),
            },
        };
        [t(self.label), ": ", how].concat()
    }
}

fn ended(state: State) -> Option<End> {
    match state {
        State::Succeeded => Some(End::Finished),
        State::Failed => Some(End::Failed),
        State::Cancelled => Some(End::Cancelled),
        _ => None,
    }
}

#[cfg(test)]
#[path = "follow_tests.rs"]
mod tests;
