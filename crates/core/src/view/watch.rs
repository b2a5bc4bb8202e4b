//! Operations that somebody watches, of any API: what is kept of one, what a reading changes in it, what of that is
//! worth telling, and when it is read again. Knows no storage, no clock and no screen.
//!
//! What is kept holds no body and no secret: an error text is masked before it gets here.

use crate::http::{decode_query, encode_query, encode_segment};
use crate::json::redact::redact_text;
use crate::model::{Operation, State};
use crate::time::{HOUR, MINUTE, Millis, SECOND};

/// Of an error text no more characters than this are kept.
const LONGEST_ERROR: usize = 2_000;
/// Servers tell when they forget something in whole seconds: less than this is no news.
const SAME_EXPIRY: i64 = 5 * SECOND;

/// One watched operation.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Watched {
    /// The connection's id.
    pub conn: String,
    /// The kind of object, as the dialect spells it.
    pub kind: String,
    /// The server's id.
    pub id: String,
    /// The tenant that names it together with the id, where the API wants that.
    pub tenant: Option<String>,
    /// What its user says of it; may be empty.
    pub note: String,
    /// What it does and to what; empty until it was read.
    pub name: String,
    /// When it was added.
    pub added: Millis,
    /// How it was last seen; `None` until it was.
    pub state: Option<State>,
    /// The server's own word for that.
    pub status: String,
    /// When the work began, or was accepted.
    pub begun: Option<Millis>,
    /// When it ended, as the server says.
    pub ended: Option<Millis>,
    /// How far it has come, in per cent.
    pub percent: Option<u8>,
    /// When the server forgets it, where it tells.
    pub expires: Option<Millis>,
    /// Why it failed, masked.
    pub error: String,
    /// The server no longer knows it.
    pub gone: bool,
    /// It came to an end, and nobody has looked yet.
    pub unseen: bool,
}

impl Watched {
    /// What tells it from all others.
    pub fn key(&self) -> String {
        let tenant = self.tenant.as_deref().unwrap_or_default();
        [self.conn.as_str(), &self.kind, &self.id, tenant].map(encode_segment).join("/")
    }

    /// The text that is kept.
    pub fn to_text(&self) -> String {
        let at = |at: Option<Millis>| at.map(|at| at.0.to_string()).unwrap_or_default();
        let flag = |on: bool| if on { "1" } else { "" }.to_owned();
        let pairs = [
            ("conn", self.conn.clone()),
            ("kind", self.kind.clone()),
            ("id", self.id.clone()),
            ("tenant", self.tenant.clone().unwrap_or_default()),
            ("note", self.note.clone()),
            ("name", self.name.clone()),
            ("added", self.added.0.to_string()),
            ("state", self.state.map(State::slug).unwrap_or_default().to_owned()),
            ("status", self.status.clone()),
            ("begun", at(self.begun)),
            ("ended", at(self.ended)),
            ("percent", self.percent.map(|percent| percent.to_string()).unwrap_or_default()),
            ("expires", at(self.expires)),
            ("error", self.error.clone()),
            ("gone", flag(self.gone)),
            ("unseen", flag(self.unseen)),
        ];
        encode_query(pairs.into_iter().filter(|(_, value)| !value.is_empty()))
    }

    /// Reads it back. Total, but for what names nothing: `None`.
    pub fn read(text: &str) -> Option<Watched> {
        let mut one = Watched::default();
        for (name, value) in decode_query(text) {
            let at = || value.parse().ok().map(Millis);
            match name.as_str() {
                "conn" => one.conn = value,
                "kind" => one.kind = value,
                "id" => one.id = value,
                "tenant" => one.tenant = Some(value),
                "note" => one.note = value,
                "name" => one.name = value,
                "added" => one.added = at().unwrap_or_default(),
                "state" => one.state = State::from_slug(&value),
                "status" => one.status = value,
                "begun" => one.begun = at(),
                "ended" => one.ended = at(),
                "percent" => one.percent = value.parse().ok(),
                "expires" => one.expires = at(),
                "error" => one.error = value,
                "gone" => one.gone = true,
                "unseen" => one.unseen = true,
                _ => {}
            }
        }
        (!one.conn.is_empty() && !one.id.is_empty()).then_some(one)
    }

    /// Takes in how it was read at the time `now`. True where that is worth telling: it came to an end, or stopped
    /// midway, and was last seen before that.
    pub fn see(&mut self, op: &Operation, now: Millis) -> bool {
        let goes_on = self.state.is_some_and(|before| before != op.state && !before.has_ended());
        let tells = goes_on && (op.state.has_ended() || op.state == State::Stuck);
        self.state = Some(op.state);
        op.status.as_deref().unwrap_or_default().clone_into(&mut self.status);
        self.name = name_of(op);
        self.begun = op.started.millis().or_else(|| op.created.millis());
        self.ended = op.ended.millis();
        let more = op.more.as_deref();
        self.percent = more.and_then(|more| more.progress).map(crate::model::Progress::percent);
        let expires = more
            .and_then(|more| more.expires_in)
            .map(|left| Millis(now.0.saturating_add(left.saturating_mul(SECOND))));
        let same = |(a, b): (Millis, Millis)| a.0.abs_diff(b.0) < SAME_EXPIRY.unsigned_abs();
        if !self.expires.zip(expires).is_some_and(same) {
            self.expires = expires;
        }
        let error = op.error.as_deref().unwrap_or_default();
        self.error = redact_text(error).chars().take(LONGEST_ERROR).collect();
        self.gone = false;
        self.unseen |= tells;
        tells
    }

    /// The server no longer knows it. True where that is worth telling: it had not ended before.
    pub fn vanish(&mut self) -> bool {
        let tells = !self.gone && self.state.is_some_and(|before| !before.has_ended());
        self.gone = true;
        self.unseen |= tells;
        tells
    }

    /// Nothing more happens to it, as far as is known.
    pub fn is_over(&self) -> bool {
        self.gone || self.state.is_some_and(State::has_ended)
    }

    /// Milliseconds between two readings after so many failures in a row, the server's own wait (seconds) included;
    /// `None` where it need not be read. A tab that nobody looks at reads seldom: only to tell of the end.
    pub fn pace(&self, visible: bool, failures: u32, retry_after: Option<u64>) -> Option<i64> {
        if self.is_over() {
            return None;
        }
        let moving = self.state.is_none_or(State::in_transition);
        let pace = if visible && moving { 5 * SECOND } else { MINUTE };
        let slower = pace.saturating_mul(1 << failures.min(6)).min((10 * MINUTE).max(pace));
        let asked = retry_after.and_then(|seconds| i64::try_from(seconds).ok()).unwrap_or_default();
        Some(slower.max(asked.saturating_mul(SECOND)))
    }

    /// Where it stands in the list: what ended unseen, then what goes on, then the rest; each newest first.
    pub fn rank(&self) -> (bool, bool, i64) {
        (!self.unseen, self.is_over(), self.added.0.saturating_neg())
    }
}

/// Milliseconds that lie at least between two readings of watched operations on one connection: they take a quarter of
/// what it may ask in an hour.
pub fn gap(per_hour: u32) -> i64 {
    (4 * HOUR / i64::from(per_hour.max(1))).max(2 * SECOND)
}

/// What an operation does, and to what; empty where the server tells neither.
pub fn name_of(op: &Operation) -> String {
    let on =
        op.name.as_deref().or_else(|| op.target_type.as_deref().and_then(|full| full.rsplit("::").next()));
    let words = [op.kind.as_deref(), on];
    words.into_iter().flatten().filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
#[path = "watch_tests.rs"]
mod tests;
