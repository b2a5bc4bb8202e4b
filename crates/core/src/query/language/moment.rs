//! Times and spans as they are written in a query: `now-2h`, `2026-11-21T03:00Z`, `1h30m`. Knows no zone: a time
//! without one means UTC.

use crate::query::TimeBound;
use crate::time::{DAY, HOUR, MINUTE, SECOND, parse_rfc3339};

const UNITS: [(&str, i64); 5] = [("d", DAY), ("h", HOUR), ("m", MINUTE), ("s", SECOND), ("ms", 1)];

/// Reads `10m`, `1h30m`, `500ms`: milliseconds.
pub(crate) fn span(text: &str) -> Option<i64> {
    let mut total: i64 = 0;
    let mut rest = text;
    loop {
        let digits = rest.len() - rest.trim_start_matches(|letter: char| letter.is_ascii_digit()).len();
        let count: i64 = rest.get(..digits)?.parse().ok()?;
        rest = rest.get(digits..)?;
        let letters = rest.len() - rest.trim_start_matches(|letter: char| letter.is_ascii_alphabetic()).len();
        let name = rest.get(..letters)?;
        let (_, unit) = UNITS.into_iter().find(|(known, _)| known.eq_ignore_ascii_case(name))?;
        total = total.checked_add(count.checked_mul(unit)?)?;
        rest = rest.get(letters..)?;
        if rest.is_empty() {
            return Some(total);
        }
    }
}

/// Writes a span in the largest unit that holds it exactly.
pub(crate) fn span_text(ms: i64) -> String {
    let fits = |(_, unit): &(&str, i64)| ms != 0 && ms % unit == 0;
    let (name, unit) = UNITS.into_iter().find(fits).unwrap_or(("s", SECOND));
    let mut text = (ms / unit).to_string();
    text.push_str(name);
    text
}

/// Reads `now`, `now-2h`, `-2h`, a date, or a date with a time of day; without a zone it means UTC.
pub(crate) fn moment(text: &str) -> Option<TimeBound> {
    let text = text.trim();
    if text.eq_ignore_ascii_case("now") {
        return Some(TimeBound::Ago(0));
    }
    let head = text.get(..3).filter(|head| head.eq_ignore_ascii_case("now"));
    let distance = head.and_then(|_| text.get(3..)).unwrap_or(text);
    if let Some(ago) = distance.strip_prefix('-') {
        return span(ago).map(TimeBound::Ago);
    }
    // What may be left out is put in: seconds, the time of day, the zone.
    let parsed = ["", "Z", ":00Z", "T00:00:00Z"].into_iter().find_map(|rest| {
        let mut whole = text.to_owned();
        whole.push_str(rest);
        parse_rfc3339(&whole)
    });
    let parsed = parsed.or_else(|| {
        let (time, zone) = text.split_at_checked(16)?;
        let mut whole = time.to_owned();
        whole.push_str(":00");
        whole.push_str(zone);
        parse_rfc3339(&whole)
    });
    parsed.map(TimeBound::At)
}

/// Writes a moment so that [`moment`] reads it.
pub(crate) fn moment_text(bound: TimeBound) -> String {
    match bound {
        TimeBound::Ago(0) => "now".to_owned(),
        TimeBound::Ago(ms) => {
            let mut text = "now-".to_owned();
            text.push_str(&span_text(ms));
            text
        }
        TimeBound::At(_) => bound.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::Millis;

    #[test]
    fn spans_read_back() {
        for (text, ms) in
            [("10m", 600_000), ("90s", 90_000), ("2h", 7_200_000), ("1d", DAY), ("500ms", 500), ("0s", 0)]
        {
            assert_eq!(span(text), Some(ms), "{text}");
            assert_eq!(span(&span_text(ms)), Some(ms), "{text}");
        }
        assert_eq!((span("1h30m"), span_text(5_400_000).as_str()), (Some(5_400_000), "90m"));
        for text in
            ["", "10", "m", "-1m", "10 m", "10w", "1.5h", "9999999999999999999d", "99999999999999d", "１m"]
        {
            assert_eq!(span(text), None, "{text}");
        }
    }

    #[test]
    fn moments_read_back() {
        let at = |ms| Some(TimeBound::At(Millis(ms)));
        assert_eq!(moment("now-2h"), Some(TimeBound::Ago(7_200_000)));
        assert_eq!((moment("NOW"), moment("-15m")), (Some(TimeBound::Ago(0)), Some(TimeBound::Ago(900_000))));
        for text in ["2026-11-21T03:00Z", "2026-11-21T03:00", "2026-11-21 03:00:00", "2026-11-21T12:00+09:00"]
        {
            assert_eq!(moment(text), at(1_795_230_000_000), "{text}");
        }
        assert_eq!(moment("2026-11-21"), at(1_795_219_200_000));
        for text in ["", "yesterday", "now-", "now+1h", "now-2", "2026-13-01", "03:00", "2026-11-2é1234567"]
        {
            assert_eq!(moment(text), None, "{text}");
        }
        for text in ["now", "now-2h", "now-90s", "2026-11-21T03:00:00Z"] {
            assert_eq!(moment_text(moment(text).unwrap()), text);
        }
    }
}
