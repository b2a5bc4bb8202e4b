//! Properties of polling: whatever answers come, whoever asks by hand, however the clocks jump, the server is asked no
//! more often than it may be, and polling goes on for as long as it may.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "helpers of tests fail by panicking, as tests do"
)]

use std::collections::VecDeque;

use longrun_core::time::Millis;
use longrun_core::view::poll::{Budget, Pace, Reader, Rule, Situation, next_delay};
use proptest::prelude::*;

const HOUR: i64 = 3_600_000;
const DAY: i64 = 24 * HOUR;
/// Requests are counted in slots of some seconds; a pause after failures, with its chance, is no longer than this.
const SLACK: i64 = 10_000 + 400_000;

/// What happens next.
#[derive(Clone, Debug)]
enum Event {
    /// The next reader that is due reads; its answer is good, with so many pages, or not.
    Read { good: bool, moving: bool, pages: u32, retry_after: Option<u64>, retryable: bool },
    /// Somebody refreshes by hand, so many times.
    ByHand(u32),
    /// The machine sleeps, or the tab is hidden: time passes and no timer fires.
    Asleep(i64),
    /// Somebody sets the clock on the wall.
    Jump(i64),
    /// The pace of a reader is chosen.
    Choose(usize, Pace),
}

fn any_pace() -> impl Strategy<Value = Pace> {
    prop::sample::select([&Pace::CHOICES[..], &[Pace::Every(1), Pace::Every(86_400)]].concat())
}

fn any_event(most_pages: u32) -> impl Strategy<Value = Event> {
    let read =
        (any::<bool>(), any::<bool>(), 1..=most_pages, prop::option::weighted(0.2, 0_u64..7_200), 0..9)
            .prop_map(|(good, moving, pages, retry_after, no)| Event::Read {
                good,
                moving,
                pages,
                retry_after,
                retryable: no > 0,
            });
    prop_oneof![
        12 => read,
        2 => (1_u32..40).prop_map(Event::ByHand),
        1 => (0_i64..3 * HOUR).prop_map(Event::Asleep),
        1 => (-20 * DAY..20 * DAY).prop_map(Event::Jump),
        1 => (0_usize..3, any_pace()).prop_map(|(at, pace)| Event::Choose(at, pace)),
    ]
}

/// Readers of one connection with a clock that goes on and one on the wall that jumps.
struct World {
    now: i64,
    wall: i64,
    budget: Budget,
    readers: Vec<(Reader, u32)>,
    /// When the requests of the last hour left.
    hour: VecDeque<i64>,
    sent: usize,
    /// Until when the server asked to be left alone.
    asked: i64,
}

impl World {
    fn new(per_hour: u32, paces: &[Pace]) -> World {
        let mut budget = Budget::new(per_hour);
        let readers = paces
            .iter()
            .map(|pace| {
                let mut reader = Reader::new(*pace);
                reader.plan(0, &mut budget, 0.0);
                (reader, 0)
            })
            .collect();
        World { now: 0, wall: 1_795_232_837_000, budget, readers, hour: VecDeque::new(), sent: 0, asked: 0 }
    }

    fn pass(&mut self, ms: i64) {
        self.now += ms;
        self.wall += ms;
    }

    fn send(&mut self, by_itself: bool) {
        self.budget.sent(self.now);
        self.sent += 1;
        self.hour.push_back(self.now);
        while self.hour.front().is_some_and(|at| *at <= self.now - HOUR) {
            self.hour.pop_front();
        }
        if by_itself {
            let hour = self.hour.len();
            assert!(hour <= self.budget.per_hour() as usize, "{hour} requests in an hour");
            assert!(self.now >= self.asked, "{} ms too early", self.asked - self.now);
        }
    }

    /// The reader that is due first reads. False where none is due.
    fn read(
        &mut self,
        good: bool,
        moving: bool,
        pages: u32,
        retry_after: Option<u64>,
        retryable: bool,
        chance: f64,
    ) -> bool {
        let due =
            self.readers.iter().enumerate().filter_map(|(at, (reader, _))| Some((reader.due()?, at))).min();
        let Some((due, at)) = due else { return false };
        self.pass((due - self.now).max(0));
        if !self.readers[at].0.may(self.now, &mut self.budget) {
            return true;
        }
        let mut good = good;
        for page in 0..pages {
            // Somebody may have asked for something else between two pages.
            if page > 0 && self.budget.soonest(self.now, 1, false) != Some(self.now) {
                good = false;
                break;
            }
            self.send(true);
            self.pass(1);
        }
        let (now, budget) = (self.now, &mut self.budget);
        let (reader, failures) = &mut self.readers[at];
        if good {
            budget.answered();
            *failures = 0;
            reader.succeeded(now, moving, moving, pages);
        } else {
            *failures += 1;
            budget.failed(now, retry_after);
            self.asked = self.asked.max(now + retry_after.map_or(0, |s| i64::try_from(s).unwrap() * 1_000));
            reader.failed(*failures, retryable);
        }
        reader.plan(now, budget, chance);
        true
    }

    /// Every reader that may go on has a time, no later than the rules can make it, by either clock.
    fn goes_on(&self) {
        for (reader, _) in &self.readers {
            match (reader.due(), reader.pace) {
                (Some(due), pace) => {
                    let own = match pace {
                        Pace::Every(seconds) => i64::from(seconds) * 1_200,
                        _ => 0,
                    };
                    let latest = self.now.max(self.asked) + HOUR + SLACK + own;
                    assert!(due <= latest, "{} ms too late", due - latest);
                    let wall = reader.due_at(self.now, Millis(self.wall)).unwrap();
                    assert_eq!(wall.0 - self.wall, due - self.now, "the wall's clock says something else");
                }
                (None, Pace::Off) => {}
                // Only a person can help: signed out, or more pages than the budget has requests.
                (None, _) => assert!(
                    matches!(reader.rule(), Rule::TooMany(n) if n > self.budget.per_hour())
                        || reader.needs_a_person(),
                    "polling has stopped for good: {reader:?}"
                ),
            }
        }
    }
}

proptest! {
    #[test]
    fn requests_by_themselves_keep_to_the_budget_and_to_what_the_server_asked(
        per_hour in prop_oneof![1_u32..60, 60_u32..4_000],
        paces in prop::collection::vec(any_pace(), 1..4),
        events in prop::collection::vec((any_event(12), 0.0_f64..1.0), 1..60),
    ) {
        let mut world = World::new(per_hour, &paces);
        for (event, chance) in events {
            match event {
                Event::Read { good, moving, pages, retry_after, retryable } => {
                    // One answer decides for many reads, so that hours pass within a test.
                    for _ in 0..20 {
                        world.read(good, moving, pages, retry_after, retryable, chance);
                    }
                }
                Event::ByHand(times) => (0..times).for_each(|_| world.send(false)),
                Event::Asleep(ms) => world.pass(ms),
                Event::Jump(ms) => world.wall += ms,
                Event::Choose(at, pace) => {
                    let now = world.now;
                    if let Some((reader, _)) = world.readers.get_mut(at) {
                        reader.pace = pace;
                        reader.plan(now, &mut world.budget, chance);
                    }
                }
            }
            world.goes_on();
        }
    }

    #[test]
    fn every_reader_gets_its_turn_again_and_again(
        per_hour in 20_u32..2_000,
        paces in prop::collection::vec(prop::sample::select(vec![Pace::Every(1), Pace::Every(5), Pace::Every(60), Pace::Auto]), 1..5),
        by_hand in 0_u32..3_000,
        retry_after in prop::option::of(0_u64..4_000),
    ) {
        let mut world = World::new(per_hour, &paces);
        (0..by_hand).for_each(|_| world.send(false));
        world.read(false, false, 1, retry_after, true, 0.5);
        // As many pages as may be asked for at once: who needs more waits for the others to rest.
        let pages = world.budget.burst();
        let until = world.now + 4 * HOUR;
        let mut turns = vec![0; world.readers.len()];
        while world.now < until {
            let before: Vec<_> = world.readers.iter().map(|(reader, _)| reader.due()).collect();
            let due = before.iter().enumerate().filter_map(|(at, due)| Some(((*due)?, at))).min();
            let (_, at) = due.unwrap();
            let sent = world.sent;
            world.read(true, true, if at == 0 { pages } else { 1 }, None, true, 0.1);
            if world.sent > sent {
                turns[at] += 1;
            }
        }
        prop_assert!(turns.iter().all(|turns| *turns >= 2), "{turns:?} at {per_hour} an hour");
    }

    #[test]
    fn a_delay_follows_the_pace_and_what_the_server_has_left(
        pace in any_pace(),
        moved_ago in prop::option::of(0_i64..10_000_000),
        failures in 0_u32..100,
        requests in 0_u32..40,
        left in prop::option::of((0_u64..10_000, 0_u64..100_000)),
        chance in 0.0_f64..1.0,
    ) {
        let at = Situation { pace, moved_ago, failures, retryable: true, requests, left, chance };
        if let Some(delay) = next_delay(&at) {
            if let Some((0, seconds)) = left {
                prop_assert!(delay >= seconds.min(86_400) * 1_000);
            }
            if let Pace::Every(seconds) = pace {
                prop_assert!(delay >= u64::from(seconds) * 1_000);
            }
            prop_assert!(delay <= 86_400_000 * 2);
        } else {
            prop_assert_eq!(pace, Pace::Off);
        }
    }
}
