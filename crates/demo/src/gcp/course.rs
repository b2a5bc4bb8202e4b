//! When operations arrive by themselves, what they do and how they end. It must not know HTTP, nor how they are kept.

use super::operation::{Cancel, Ending, Operation};
use super::{LOCATIONS, words};
use crate::chance::Chance;
use crate::config::Config;
use serde_json::{Value, json};

pub(super) const SECOND: i64 = 1_000;
const DAY: i64 = 86_400 * SECOND;
/// Records vanish after thirty days; the past reaches almost as far.
pub(super) const KEPT: i64 = 30 * DAY;
const PAST: i64 = 29 * DAY;
/// The gap between two operations while the demo runs, at speed 1.
const GAP: i64 = 30 * SECOND;
/// So many of the past ones arrived at that gap too, so that some are running when the demo starts.
const RECENT: usize = 10;
/// Google's part of all operations of the demo, in per cent, and the least there are.
const SHARE: usize = 40;
const LEAST: usize = 120;

pub(super) struct Course {
    seed: u64,
    start_ms: i64,
    past: usize,
    speed: f64,
}

/// What is asked of an evaluation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verb {
    Create,
    Update,
    Delete,
    Run,
}

impl Verb {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Create => "create",
            Self::Update => "update",
            Self::Delete => "delete",
            Self::Run => "run",
        }
    }

    /// Fewest and most seconds of work.
    fn seconds(self) -> (i64, i64) {
        match self {
            Self::Create => (6, 25),
            Self::Update => (5, 15),
            Self::Delete => (8, 30),
            Self::Run => (45, 280),
        }
    }
}

impl Course {
    pub(super) fn new(config: &Config) -> Self {
        let past = if config.operations == 0 { 0 } else { (config.operations * SHARE / 100).max(LEAST) };
        let speed = if config.speed > 0.0 { config.speed } else { 1.0 };
        Self { seed: config.seed ^ 0x0067_6370, start_ms: config.start_ms, past, speed }
    }

    /// When operation number `number` arrives by itself; every number has its own slot of time.
    pub(super) fn birth_ms(&self, number: usize) -> i64 {
        if self.past == 0 {
            return i64::MAX;
        }
        let jitter = |slot: i64| Chance::new(self.seed ^ 0x6269, number as u64).between(0, slot.max(1) - 1);
        let count = |number: usize| i64::try_from(number).unwrap_or(i64::MAX / DAY);
        let old = self.past - RECENT.min(self.past);
        let recent_from = self.start_ms - count(self.past - old) * GAP;
        if number < old {
            let slot = (recent_from - self.start_ms + PAST) / count(old);
            return self.start_ms - PAST + slot * count(number) + jitter(slot);
        }
        let since = count(number - old);
        if number < self.past {
            return recent_from + since * GAP + jitter(GAP);
        }
        let gap = self.hurried(GAP);
        (self.start_ms + 1)
            .saturating_add(gap.saturating_mul(count(number - self.past)))
            .saturating_add(jitter(gap))
    }

    #[expect(clippy::cast_possible_truncation, clippy::cast_precision_loss, reason = "far below 2^52 ms")]
    pub(super) fn hurried(&self, ms: i64) -> i64 {
        ((ms as f64 / self.speed) as i64).max(1)
    }

    /// Draws for operation number `number`, the same ones every time.
    pub(super) fn chance(&self, number: usize) -> Chance {
        Chance::new(self.seed, number as u64)
    }

    /// What the next operation in order of arrival does; `trials` says whether there is something to delete.
    pub(super) fn verb(chance: &mut Chance, trials: usize) -> Verb {
        match chance.below(100) {
            0..62 => Verb::Run,
            62..80 => Verb::Update,
            80..90 if trials > 3 => Verb::Delete,
            80..92 if trials < 8 => Verb::Create,
            _ => Verb::Run,
        }
    }

    /// Most arrive in the first location.
    pub(super) fn location(chance: &mut Chance) -> &'static str {
        let [first, second, ..] = LOCATIONS;
        if chance.below(100) < 68 { first.id } else { second.id }
    }

    /// An operation that arrives at `made_ms` and does `verb` with `target`; `fails` is decided by the caller.
    pub(super) fn operation(
        &self,
        chance: &mut Chance,
        (project, location): (&'static str, &'static str),
        (verb, target): (Verb, String),
        made_ms: i64,
        ending: Ending,
    ) -> Operation {
        let (least, most) = verb.seconds();
        let work_ms = chance.between(least * SECOND, most * SECOND);
        let nanos = u32::try_from(chance.below(1_000_000)).unwrap_or(0);
        let nanos = match chance.below(10) {
            0 => 0,
            1 => nanos / 1000 * 1000,
            _ => nanos,
        };
        Operation {
            project,
            location,
            id: words::operation_id(chance, made_ms),
            verb: verb.name(),
            target,
            made_ms,
            ends_ms: made_ms + if made_ms > self.start_ms { self.hurried(work_ms) } else { work_ms },
            nanos,
            ending,
            cancel: Cancel::Stops(chance.between(2, 7) * SECOND),
            asked_ms: None,
            resources: if verb == Verb::Run { chance.between(8, 420) } else { 0 },
            deleted: false,
        }
    }
}

/// The message an operation ends with when all goes well.
pub(super) fn good_end(verb: Verb, target: &str, description: &str) -> Ending {
    let kind = |name: &str| format!("type.googleapis.com/google.cloud.workloadmanager.v1.{name}");
    Ending::Response(match verb {
        Verb::Create | Verb::Update => {
            json!({ "@type": kind("Evaluation"), "name": target, "description": description })
        }
        Verb::Run => {
            let mut execution = json!({ "@type": kind("Execution"), "name": target, "state": "SUCCEEDED", "runType": "ONE_TIME" });
            if let (Some(fields), Some((evaluation, _))) =
                (execution.as_object_mut(), target.split_once("/executions/"))
            {
                let id = evaluation.rsplit('/').next().unwrap_or_default();
                fields.insert("evaluationId".to_owned(), Value::from(id));
            }
            execution
        }
        Verb::Delete => json!({ "@type": "type.googleapis.com/google.protobuf.Empty" }),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const START: i64 = 1_795_132_800_000;

    #[test]
    fn arrivals_are_in_order_and_go_on() {
        for operations in [1, 500, 10_000] {
            let course = Course::new(&Config { operations, ..Config::starting_at(START) });
            let births: Vec<i64> = (0..course.past + 50).map(|number| course.birth_ms(number)).collect();
            assert!(births.is_sorted(), "{operations}");
            assert!(
                births[0] >= START - PAST && births[course.past - 1] <= START && births[course.past] > START
            );
        }
        let empty = Course::new(&Config { operations: 0, ..Config::starting_at(START) });
        assert_eq!(empty.birth_ms(0), i64::MAX);
    }
}
