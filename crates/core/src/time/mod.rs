//! Instants and spans of time: reading the forms the APIs write, and the words the console shows for them.
//!
//! Must not know what time it is, which zone the operator lives in, or which API an instant came from. A zone comes
//! in as an offset in minutes; now comes in as an argument.

mod calendar;
mod parse;
mod show;

pub use parse::{parse_cloudify, parse_ecl, parse_rfc3339};
pub use show::{clock, duration, iso8601, relative, relative_short, rough, stamp};

/// Milliseconds since 1970-01-01T00:00:00Z, leap seconds not counted. May be negative.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Millis(pub i64);

impl Millis {
    /// Milliseconds from `earlier` to here; negative where `earlier` is in fact later. Never overflows.
    pub fn since(self, earlier: Millis) -> i64 {
        self.0.saturating_sub(earlier.0)
    }
}

/// One second in milliseconds.
pub const SECOND: i64 = 1_000;
/// One minute in milliseconds.
pub const MINUTE: i64 = 60 * SECOND;
/// One hour in milliseconds.
pub const HOUR: i64 = 60 * MINUTE;
/// One day in milliseconds.
pub const DAY: i64 = 24 * HOUR;
