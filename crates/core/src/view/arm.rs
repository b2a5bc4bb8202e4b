//! Whether a connection may be acted on now: its mode, and until when the user armed it. Knows no clock and no screen.

use super::config::Mode;
use crate::dialect::Weight;
use crate::time::{MINUTE, Millis};

/// How long a connection stays armed, in milliseconds.
pub const ARMED_FOR: i64 = 15 * MINUTE;

/// Said where the deployer allows no action.
pub const READ_ONLY: &str = "This connection is read-only.";
/// Said where the user has not armed the connection.
pub const NOT_ARMED: &str = "This connection is not armed. Arm it first.";

/// Why nothing of that weight may leave the connection now; `None` where it may. What only asks always may.
pub fn why_off(mode: Mode, armed_until: Option<Millis>, weight: Weight, now: Millis) -> Option<&'static str> {
    match mode {
        _ if weight == Weight::Reads => None,
        Mode::Armed => None,
        Mode::ReadOnly => Some(READ_ONLY),
        Mode::ArmedOnDemand => left(armed_until, now).is_none().then_some(NOT_ARMED),
    }
}

/// Milliseconds until the connection is no longer armed; `None` where it is not. A clock that was set back does not
/// make it longer than [`ARMED_FOR`]: then it counts as ended.
pub fn left(armed_until: Option<Millis>, now: Millis) -> Option<i64> {
    armed_until.map(|until| until.since(now)).filter(|left| (1..=ARMED_FOR).contains(left))
}

/// What an action does, in one word: on the button that says how many.
pub fn verb(label: &'static str) -> &'static str {
    label.split(' ').next().unwrap_or(label)
}

/// What must be typed before the worst is done: the verb, and how many where it is not one. In every language the
/// same, which any keyboard can type.
pub fn word(label: &str, count: usize) -> String {
    let verb = label.split(' ').next().unwrap_or(label).to_ascii_lowercase();
    if count == 1 { verb } else { format!("{verb} {count}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WEIGHTS: [Weight; 4] = [Weight::Reads, Weight::Writes, Weight::Destroys, Weight::Worst];

    #[test]
    fn a_read_only_connection_lets_nothing_out_but_questions() {
        for until in [None, Some(Millis(5)), Some(Millis(i64::MAX))] {
            for weight in WEIGHTS {
                let why = why_off(Mode::ReadOnly, until, weight, Millis(0));
                assert_eq!(why.is_none(), weight == Weight::Reads, "{weight:?} {until:?}");
            }
        }
    }

    #[test]
    fn an_armed_connection_lets_everything_out() {
        for weight in WEIGHTS {
            assert_eq!(why_off(Mode::Armed, None, weight, Millis(0)), None);
        }
    }

    #[test]
    fn arming_ends_by_the_clock() {
        let now = Millis(1_000_000);
        let until = Some(Millis(now.0 + ARMED_FOR));
        let at = |ms| why_off(Mode::ArmedOnDemand, until, Weight::Destroys, Millis(now.0 + ms));
        assert_eq!(at(0), None);
        assert_eq!(at(ARMED_FOR - 1), None);
        assert_eq!(at(ARMED_FOR), Some(NOT_ARMED));
        assert_eq!(at(-60_000), Some(NOT_ARMED), "a clock set back lengthens nothing");
        assert_eq!(why_off(Mode::ArmedOnDemand, None, Weight::Writes, now), Some(NOT_ARMED));
        assert_eq!(why_off(Mode::ArmedOnDemand, None, Weight::Reads, now), None);
    }

    #[test]
    fn the_word_to_type_names_how_many() {
        assert_eq!(word("Kill", 1), "kill");
        assert_eq!(word("Force-cancel all", 1), "force-cancel");
        assert_eq!(word("Delete by criteria", 12), "delete 12");
    }
}
