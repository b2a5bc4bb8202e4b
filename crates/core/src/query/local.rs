//! Bounds in time that are applied to loaded rows.

use std::fmt;

use crate::time::{Millis, iso8601, parse_rfc3339};

/// One end of a time range: an instant, or a distance from now that moves with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimeBound {
    /// UTC.
    At(Millis),
    /// So many milliseconds before now.
    Ago(i64),
}

impl TimeBound {
    /// Reads `-6h`, `-15m`, `-2d`, `-90s`, `now` or an ISO 8601 instant.
    pub fn parse(text: &str) -> Option<TimeBound> {
        let text = text.trim();
        if text == "now" {
            return Some(TimeBound::Ago(0));
        }
        let Some(ago) = text.strip_prefix('-') else {
            return parse_rfc3339(text).map(TimeBound::At);
        };
        let unit = match ago.chars().last()? {
            's' => 1_000,
            'm' => 60_000,
            'h' => 3_600_000,
            'd' => 86_400_000,
            _ => return None,
        };
        let count: i64 = ago.get(..ago.len() - 1)?.parse().ok().filter(|count| *count > 0)?;
        count.checked_mul(unit).map(TimeBound::Ago)
    }

    /// The instant it means at the time `now`.
    pub fn at(self, now: Millis) -> Millis {
        match self {
            TimeBound::At(at) => at,
            TimeBound::Ago(ms) => Millis(now.0.saturating_sub(ms)),
        }
    }
}

impl fmt::Display for TimeBound {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let TimeBound::Ago(ms) = *self else {
            let TimeBound::At(at) = *self else { return Ok(()) };
            return f.write_str(&iso8601(at));
        };
        if ms == 0 {
            return f.write_str("now");
        }
        let units = [(86_400_000, 'd'), (3_600_000, 'h'), (60_000, 'm'), (1_000, 's')];
        let fits = units.into_iter().find(|(unit, _)| ms % unit == 0).unwrap_or((1_000, 's'));
        write!(f, "-{}{}", ms / fits.0, fits.1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances_read_back() {
        for text in ["-6h", "-15m", "-2d", "-90s", "2026-11-21T03:47:17Z"] {
            assert_eq!(TimeBound::parse(text).unwrap().to_string(), text);
        }
        for text in ["", "-", "-h", "-0h", "--1h", "6h", "-6w", "-99999999999999999d", "-6日"] {
            assert_eq!(TimeBound::parse(text), None, "{text}");
        }
    }
}
