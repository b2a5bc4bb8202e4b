//! When to read something again. Pure functions of what is known; clock, visibility and chance come from outside.
//! `next_delay` is the pace of one reader, `Budget` what all readers of a connection share, `Reader` joins the two.
#![expect(clippy::cast_possible_truncation, reason = "delays are at most two days")]

mod budget;
mod reader;

use std::fmt;

pub use budget::Budget;
pub use reader::{Reader, Rule};

use crate::text::{fill, t};

/// What the user (or the configuration) chose.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Pace {
    /// Only by hand.
    Off,
    /// Every so many seconds.
    Every(u32),
    /// Fast while something moves, slow else.
    #[default]
    Auto,
}

impl Pace {
    /// What the menu offers.
    pub const CHOICES: [Pace; 6] =
        [Pace::Auto, Pace::Every(5), Pace::Every(15), Pace::Every(30), Pace::Every(60), Pace::Off];

    /// Reads `auto`, `off` or seconds (1 to 86,400).
    pub fn parse(text: &str) -> Option<Pace> {
        match text.trim() {
            "auto" => Some(Pace::Auto),
            "off" | "0" => Some(Pace::Off),
            seconds => seconds.parse().ok().filter(|s| (1..=86_400).contains(s)).map(Pace::Every),
        }
    }
}

impl fmt::Display for Pace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Pace::Off => f.write_str(t("off")),
            Pace::Every(60) => f.write_str(&fill("{0} min", &["1"])),
            Pace::Every(seconds) => f.write_str(&fill("{0} s", &[&seconds.to_string()])),
            Pace::Auto => f.write_str(t("auto")),
        }
    }
}

/// What the next delay depends on.
#[derive(Clone, Copy, Debug)]
pub struct Situation {
    /// The choice.
    pub pace: Pace,
    /// Milliseconds since something on the list last began to move or moved; `None` if nothing moves.
    pub moved_ago: Option<i64>,
    /// Failures in a row.
    pub failures: u32,
    /// False where a retry cannot help (signed out, forbidden, not found).
    pub retryable: bool,
    /// Requests that one read takes: a list of several pages takes as many.
    pub requests: u32,
    /// Requests that the server says are left, and the seconds until there are more.
    pub left: Option<(u64, u64)>,
    /// Chance, 0.0 to 1.0, so that many consoles do not ask in step.
    pub chance: f64,
}

const FAST: f64 = 5_000.0;
const MEDIUM: f64 = 15_000.0;
const SLOW: f64 = 60_000.0;
/// How long something that moves keeps the pace fast; a stuck one cannot keep it fast for ever.
const FAST_FOR: i64 = 120_000;
/// Longest pause between tries after failures.
const LONGEST: f64 = 300_000.0;

/// Milliseconds until the next read by pace and failures, or `None` where only a person starts one. What the hourly
/// budget allows and what the server asked for is the connection's: see [`Budget`].
pub fn next_delay(at: &Situation) -> Option<u64> {
    let base = match at.pace {
        Pace::Off => return None,
        Pace::Every(seconds) => f64::from(seconds) * 1_000.0,
        Pace::Auto => match at.moved_ago {
            Some(ago) if ago < FAST_FOR => FAST,
            Some(_) => MEDIUM,
            None => SLOW,
        },
    };
    if at.failures > 0 && !at.retryable {
        return None;
    }
    let doubled = base * f64::from(2_u32.saturating_pow(at.failures.min(10)));
    let delay = if at.failures == 0 { base } else { doubled.min(LONGEST.max(base)) };
    // Others share what is left: half of it is theirs, and ours is spread over the time until there is more.
    let rationed = at.left.map_or(0.0, |(left, seconds)| {
        let wait = seconds.min(86_400) as f64 * 1_000.0;
        let ours = left.min(1_000_000) as f64 / 2.0;
        if left == 0 { wait } else { wait * (f64::from(at.requests.max(1)) / ours).min(1.0) }
    });
    // Chance only ever adds.
    let delay = delay.max(rationed);
    let spread = if at.failures > 0 { 0.2 } else { 0.05 };
    Some((delay * (1.0 + spread * at.chance.clamp(0.0, 1.0))) as u64)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn calm() -> Situation {
        Situation {
            pace: Pace::Auto,
            moved_ago: None,
            failures: 0,
            retryable: true,
            requests: 1,
            left: None,
            chance: 0.0,
        }
    }

    #[test]
    fn auto_is_fast_only_while_something_moves() {
        assert_eq!(next_delay(&calm()), Some(60_000));
        assert_eq!(next_delay(&Situation { moved_ago: Some(0), ..calm() }), Some(5_000));
        assert_eq!(next_delay(&Situation { moved_ago: Some(FAST_FOR), ..calm() }), Some(15_000));
        assert_eq!(next_delay(&Situation { pace: Pace::Off, ..calm() }), None);
    }

    #[test]
    fn failures_back_off() {
        let failing = |failures| Situation { pace: Pace::Every(15), failures, ..calm() };
        let delays: Vec<_> = [1, 2, 3, 9].map(failing).iter().filter_map(next_delay).collect();
        assert_eq!(delays, [30_000, 60_000, 120_000, 300_000]);
        assert_eq!(next_delay(&Situation { retryable: false, ..failing(1) }), None);
    }

    #[test]
    fn what_the_server_has_left_is_rationed() {
        let left = |left, seconds| Situation { left: Some((left, seconds)), moved_ago: Some(0), ..calm() };
        assert_eq!(next_delay(&left(7_431, 3_600)), Some(5_000), "plenty changes nothing");
        assert_eq!(next_delay(&left(20, 600)), Some(60_000));
        assert_eq!(next_delay(&left(1, 600)), Some(600_000), "never longer than until there are more");
        assert_eq!(next_delay(&left(0, 600)), Some(600_000));
        assert_eq!(next_delay(&Situation { pace: Pace::Off, ..left(0, 600) }), None);
    }

    #[test]
    fn paces_read_back() {
        assert_eq!(Pace::parse("auto"), Some(Pace::Auto));
        assert_eq!(Pace::parse("15"), Some(Pace::Every(15)));
        assert_eq!(Pace::parse("off"), Some(Pace::Off));
        assert_eq!(Pace::parse("-3"), None);
    }
}
