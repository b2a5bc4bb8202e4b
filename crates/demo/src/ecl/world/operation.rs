//! One operation: what was asked, how it will go, and its row as it stands now.
//! It must not know the clock; the world tells it when its next change has come.

use std::sync::Arc;

use super::appliance::Appliance;
use super::words;
use super::{Kind, RESOURCE_TYPE};
use crate::chance::Chance;
use crate::json_text::{Object, object};
use crate::moment;
use crate::rows::Row;

/// How an operation will end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fate {
    Complete,
    /// Complete, with a warning.
    Reserved,
    Error,
    /// Stops midway; a person may end it at the given moment.
    Stuck {
        ended_ms: Option<i64>,
    },
    /// Ends with a word no document lists.
    Unlisted(&'static str),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Phase {
    Running,
    Halted,
    Ended,
}

pub(super) struct Operation {
    pub(super) id: String,
    /// Where its appliance stands in the fleet.
    pub(super) appliance: usize,
    pub(super) kind: Kind,
    /// The caller's idempotency id, empty when none was sent.
    pub(super) request_id: String,
    pub(super) received_ms: i64,
    /// When it stops running, well or not.
    pub(super) stops_ms: i64,
    pub(super) fate: Fate,
    pub(super) phase: Phase,
    /// Some installations write `Complete` for `COMPLETE`.
    pub(super) title_case: bool,
    /// How often a test changed the row.
    pub(super) touched: u32,
    pub(super) seed: u64,
    pub(super) row: Row,
    /// Up to where the row never changes: everything before the status.
    fixed: usize,
}

/// What changes in the course of an operation's life.
struct Standing {
    status: &'static str,
    ended_ms: Option<i64>,
    warning: Option<String>,
    error: Option<String>,
}

impl Operation {
    pub(super) fn new(
        (id, request_id): (String, String),
        (at, appliance): (usize, &Appliance),
        kind: Kind,
        (received_ms, stops_ms): (i64, i64),
        fate: Fate,
        chance: &mut Chance,
        body: &str,
    ) -> Self {
        let mut row = String::with_capacity(body.len() + 640);
        object(&mut row, |o| {
            o.text("id", &id);
            o.text("resource_id", &appliance.id);
            o.text("resource_type", RESOURCE_TYPE);
            o.text("request_id", &request_id);
            o.text("request_type", kind.name());
            o.json("request_body", body);
        });
        row.pop();
        let mut operation = Self {
            id,
            appliance: at,
            kind,
            request_id,
            received_ms,
            stops_ms,
            fate,
            phase: Phase::Running,
            title_case: chance.below(25) == 0,
            touched: 0,
            seed: chance.next(),
            fixed: row.len(),
            row: Row::from(row.into_bytes()),
        };
        operation.write(appliance);
        operation
    }

    /// The documented spelling of the status and of "none", whatever chance said.
    pub(super) fn as_documented(&mut self, appliance: &Appliance) {
        (self.title_case, self.seed) = (false, 1);
        self.write(appliance);
    }

    /// When it changes next, if ever.
    pub(super) fn next_change(&self) -> Option<i64> {
        match (self.phase, self.fate) {
            (Phase::Running, _) => Some(self.stops_ms),
            (Phase::Halted, Fate::Stuck { ended_ms }) => ended_ms,
            (Phase::Halted | Phase::Ended, _) => None,
        }
    }

    /// Its next change has come.
    pub(super) fn change(&mut self, appliance: &Appliance) {
        self.phase = match (self.phase, self.fate) {
            (Phase::Running, Fate::Stuck { .. }) => Phase::Halted,
            _ => Phase::Ended,
        };
        self.write(appliance);
    }

    /// A test wants to see a row change: mostly the warning, sometimes the state.
    pub(super) fn touch(&mut self, round: u32, appliance: &Appliance) {
        self.touched = round;
        self.write(appliance);
    }

    /// The status word of the row as it stands.
    pub(super) fn status(&self) -> &'static str {
        self.spelt(self.ending().unwrap_or(if self.phase == Phase::Halted { "STUCK" } else { "PROCESSING" }))
    }

    /// Whether it ended and did what was asked.
    pub(super) fn succeeded(&self) -> bool {
        self.ending().is_some_and(|word| word == "COMPLETE")
    }

    fn ending(&self) -> Option<&'static str> {
        if self.phase != Phase::Ended {
            return None;
        }
        Some(match self.fate {
            // Every fourth touched row flips, so that counts change too.
            Fate::Complete | Fate::Reserved if self.flipped() => "ERROR",
            Fate::Complete | Fate::Reserved => "COMPLETE",
            Fate::Unlisted(word) => word,
            // Support ends a stuck one either way.
            Fate::Stuck { .. } if self.seed.is_multiple_of(3) => "COMPLETE",
            Fate::Error | Fate::Stuck { .. } => "ERROR",
        })
    }

    /// A deleted appliance cannot come back, so a Delete never flips.
    fn flipped(&self) -> bool {
        let drawn = Chance::new(self.seed, 0x666c_6970 + u64::from(self.touched)).below(4);
        self.touched > 0 && drawn == 0 && self.kind != Kind::Delete
    }

    fn spelt(&self, word: &'static str) -> &'static str {
        match word {
            _ if !self.title_case => word,
            "COMPLETE" => "Complete",
            "ERROR" => "Error",
            "PROCESSING" => "Processing",
            "STUCK" => "Stuck",
            other => other,
        }
    }

    fn standing(&self, appliance: &Appliance) -> Standing {
        let mut chance = Chance::new(self.seed, 5);
        let halted = || words::halt(&mut Chance::new(self.seed, 6));
        let status = self.status();
        let (ended_ms, mut warning, mut error) = match (self.phase, self.fate) {
            (Phase::Running, _) => (None, None, None),
            (Phase::Halted, _) => (None, Some(halted()), None),
            (Phase::Ended, Fate::Stuck { ended_ms }) => {
                let failed = (!self.succeeded()).then(|| "Ended by support after a halt.".to_owned());
                (ended_ms, Some(halted()), failed)
            }
            (Phase::Ended, Fate::Reserved) => {
                (Some(self.stops_ms), Some(words::reservation(&mut chance, appliance)), None)
            }
            (Phase::Ended, Fate::Error) => {
                (Some(self.stops_ms), None, Some(words::failure(&mut chance, appliance)))
            }
            (Phase::Ended, _) => (Some(self.stops_ms), None, None),
        };
        if self.touched > 0 {
            warning = Some(format!("Looked at again, round {}.", self.touched));
            if self.flipped() {
                error = Some(words::failure(&mut chance, appliance));
            }
        }
        Standing { status, ended_ms, warning, error }
    }

    /// Writes the part of the row that changes.
    fn write(&mut self, appliance: &Appliance) {
        let standing = self.standing(appliance);
        let mut rest = String::with_capacity(512);
        object(&mut rest, |o| {
            o.text("status", standing.status);
            o.text("reception_datetime", &moment::blank_separated(self.received_ms));
            optional(o, "commit_datetime", standing.ended_ms.map(moment::blank_separated).as_deref(), "null");
            // Both ways of saying "none" are seen in the wild.
            let none = if self.seed.is_multiple_of(10) { "\"\"" } else { "null" };
            optional(o, "warning", standing.warning.as_deref(), none);
            optional(o, "error", standing.error.as_deref(), none);
            o.text("tenant_id", appliance.tenant);
        });
        let mut row = Vec::with_capacity(self.fixed + rest.len());
        row.extend_from_slice(self.row.get(..self.fixed).unwrap_or_default());
        row.push(b',');
        row.extend_from_slice(rest.as_bytes().get(1..).unwrap_or_default());
        self.row = Arc::from(row);
    }
}

fn optional(o: &mut Object<'_>, key: &str, value: Option<&str>, none: &str) {
    match value {
        Some(text) => o.text(key, text),
        None => o.json(key, none),
    }
}
