//! When operations arrive, of what kind they are, how long they run and how they end.
//! It must not know appliances or rows: it only draws.

use super::Kind;
use super::operation::Fate;
use crate::chance::Chance;
use crate::config::Config;

const SECOND: i64 = 1_000;
const HOUR: i64 = 3_600 * SECOND;
const PAST: i64 = 30 * 24 * HOUR;
/// The gap between two operations while the demo runs, at speed 1.
const GAP: i64 = 20 * SECOND;
/// So many of the past operations arrived at that gap too, so that some are running when the demo starts.
const RECENT: usize = 24;
/// Words that stand in no document; the console has to cope.
const UNLISTED: [&str; 3] = ["ROLLING_BACK", "SUSPENDED", "Unknown"];

pub(super) struct Course {
    seed: u64,
    start_ms: i64,
    /// Operations born before the start.
    past: usize,
    samples: usize,
    fleet: usize,
    /// An empty world stays empty.
    silent: bool,
    speed: f64,
}

impl Course {
    pub(super) fn new(config: &Config) -> Self {
        let samples = if config.operations >= 10 { super::sample::COUNT } else { 0 };
        Self {
            seed: config.seed,
            start_ms: config.start_ms,
            past: config.operations - samples,
            samples,
            fleet: (config.operations / 8).clamp(60, 800),
            silent: config.operations == 0,
            speed: if config.speed > 0.0 { config.speed } else { 1.0 },
        }
    }

    pub(super) fn has_samples(&self) -> bool {
        self.samples > 0
    }

    /// How many appliances there are at a time, more or less.
    pub(super) fn fleet(&self) -> usize {
        self.fleet
    }

    /// When operation number `number` arrives; every number has its own slot of time, so the order holds.
    pub(super) fn birth_ms(&self, number: usize) -> i64 {
        if self.silent {
            return i64::MAX;
        }
        let within =
            |slot: i64| Chance::new(self.seed ^ 0x0062_6972, number as u64).between(0, slot.max(1) - 1);
        let times = |count: usize, gap: i64| i64::try_from(count).unwrap_or(i64::MAX).saturating_mul(gap);
        let recent = RECENT.min(self.past / 8);
        let old = self.past - recent;
        let recent_from = self.start_ms - times(recent, GAP);
        if number < old {
            let span = PAST - times(recent, GAP);
            // Multiplied first: the slots of 100,000 operations are not whole milliseconds.
            let slot = |number: usize| {
                span.saturating_mul(i64::try_from(number).unwrap_or(0)) / times(old.max(1), 1)
            };
            return self.start_ms - PAST + slot(number) + within(slot(number + 1) - slot(number));
        }
        if number < self.past {
            return recent_from + times(number - old, GAP) + within(GAP);
        }
        let gap = self.hurried(GAP);
        (self.start_ms + 1).saturating_add(times(number - self.past, gap)).saturating_add(within(gap))
    }

    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_precision_loss,
        reason = "durations are far below 2^52 ms"
    )]
    fn hurried(&self, ms: i64) -> i64 {
        ((ms as f64 / self.speed) as i64).max(1)
    }

    /// Rare kinds stay rare however many operations there are: the fleet turns over about once in thirty days.
    pub(super) fn kind(&self, living: usize, chance: &mut Chance) -> Kind {
        let turnover = (800_000 * self.fleet as u64 / self.past.max(1) as u64).min(60_000);
        let roll = chance.below(1_000_000);
        if living < self.fleet * 7 / 10 || (roll < turnover && living < self.fleet * 6 / 5) {
            Kind::Create
        } else if roll < 2 * turnover && living > self.fleet * 7 / 10 {
            Kind::Delete
        } else if roll < 490_000 {
            Kind::Update
        } else {
            Kind::Action
        }
    }

    pub(super) fn fate(&self, number: usize, chance: &mut Chance) -> Fate {
        // Stuck appliances are lost to the fleet until rescued, so their number is bound to the fleet's.
        let stuck = (100_000 * self.fleet as u64 / self.past.max(1) as u64).clamp(3_000, 14_000);
        let roll = chance.below(1_000_000);
        if number % 197 == 101 {
            Fate::Unlisted(chance.pick(&UNLISTED))
        } else if roll < stuck {
            Fate::Stuck { ended_ms: None }
        } else if roll < 75_000 {
            Fate::Error
        } else if roll < 110_000 {
            Fate::Reserved
        } else {
            Fate::Complete
        }
    }

    /// How long it runs before it ends or halts.
    pub(super) fn duration_ms(&self, kind: Kind, fate: Fate, received_ms: i64, chance: &mut Chance) -> i64 {
        let (low, high) = match kind {
            Kind::Create => (240, 660),
            Kind::Update => (40, 240),
            Kind::Delete => (50, 200),
            Kind::Action => (15, 100),
        };
        let seconds = match fate {
            Fate::Error | Fate::Stuck { .. } => chance.between(low, 2 * high),
            _ => chance.between(low, high),
        };
        let ms = seconds * SECOND + chance.between(0, 999);
        if received_ms > self.start_ms { self.hurried(ms) } else { ms }
    }

    /// When support ends a stuck operation; one in four is left lying.
    pub(super) fn rescue_ms(&self, stopped_ms: i64, chance: &mut Chance) -> Option<i64> {
        let after = chance.between(HOUR, 30 * HOUR);
        (chance.below(4) > 0).then(|| {
            stopped_ms.saturating_add(if stopped_ms > self.start_ms { self.hurried(after) } else { after })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const START: i64 = 1_790_000_000_000;

    fn course(operations: usize, speed: f64) -> Course {
        Course::new(&Config { operations, speed, ..Config::starting_at(START) })
    }

    #[test]
    fn births_are_in_order_fill_thirty_days_and_go_on() {
        for operations in [10, 500, 20_000] {
            let course = course(operations, 1.0);
            let births: Vec<_> = (0..operations + 50).map(|number| course.birth_ms(number)).collect();
            assert!(births.is_sorted(), "{operations}");
            assert!(births[0] >= START - PAST && births[0] < START - PAST / 2);
            assert_eq!(births.iter().filter(|at| **at <= START).count(), course.past);
            let later = births.last().unwrap() - START;
            assert!((45 * GAP..=52 * GAP).contains(&later), "{later}");
        }
    }

    #[test]
    fn speed_shortens_the_gaps_and_nothing_is_born_into_an_empty_world() {
        let (slow, fast) = (course(500, 1.0), course(500, 10.0));
        assert!((slow.birth_ms(600) - START) > 9 * (fast.birth_ms(600) - START));
        assert_eq!(course(0, 1.0).birth_ms(0), i64::MAX);
    }
}
