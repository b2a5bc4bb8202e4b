//! The words for instants and spans, in the forms the design's pages use: `4 s ago`, `45m ago`, `6m 41s`.
//! Knows no zone name; the caller says how far the zone is from UTC.

use super::calendar::date;
use super::{DAY, HOUR, MINUTE, Millis, SECOND};
use crate::text::{fill, t};

/// ISO 8601 in UTC: `2026-11-21T03:47:17Z`, with milliseconds only where they are not zero. Years beyond four
/// digits get a sign and at least six.
pub fn iso8601(at: Millis) -> String {
    let millis = at.0.rem_euclid(SECOND);
    let fraction = if millis == 0 { String::new() } else { format!(".{millis:03}") };
    format!("{}T{}{fraction}Z", day_text(at.0), clock_text(at.0))
}

/// Date and time of day to the second in a zone so many minutes east of UTC: `2026-11-21 03:31:20`.
pub fn stamp(at: Millis, offset_minutes: i32) -> String {
    let local = local(at, offset_minutes);
    format!("{} {}", day_text(local), clock_text(local))
}

/// Time of day to the second in a zone so many minutes east of UTC: `03:31:20`.
pub fn clock(at: Millis, offset_minutes: i32) -> String {
    clock_text(local(at, offset_minutes))
}

/// How long ago or ahead, in one unit, cut off rather than rounded: `4 s ago`, `in 3 min`, `2 d ago`, `just now`.
pub fn relative(now: Millis, then: Millis) -> String {
    directed(now, then, "just now", rough)
}

/// The same for narrow columns: `1m ago`, `in 2h`, `now`.
pub fn relative_short(now: Millis, then: Millis) -> String {
    directed(now, then, "now", |span| {
        let (count, _, short) = largest(span);
        fill(short, &[&count.to_string()])
    })
}

/// A span in its largest unit, cut off: `4 s`, `6 min`, `1 h`, `2 d`. The sign is dropped.
pub fn rough(span: i64) -> String {
    let (count, long, _) = largest(span);
    fill(long, &[&count.to_string()])
}

/// A span of milliseconds as an operator reads a duration: `0.4s`, `58s`, `6m 41s`, `1h 05m`, `2d 3h`. Cut off
/// rather than rounded, so that nothing has run for a minute before it has; a negative span keeps its sign.
pub fn duration(span: i64) -> String {
    let sign = if span < 0 { "-" } else { "" };
    let span = span.saturating_abs();
    let text = match span {
        0 => return fill("{0}s", &["0"]),
        1..100 => return fill("{0}s", &[&format!("{sign}<0.1")]),
        100..SECOND => fill("{0}s", &[&format!("0.{}", span / 100)]),
        SECOND..MINUTE => fill("{0}s", &[&(span / SECOND).to_string()]),
        MINUTE..HOUR => two("{0}m {1}s", span / MINUTE, span % MINUTE / SECOND),
        HOUR..DAY => two("{0}h {1}m", span / HOUR, span % HOUR / MINUTE),
        _ => fill("{0}d {1}h", &[&(span / DAY).to_string(), &(span % DAY / HOUR).to_string()]),
    };
    format!("{sign}{text}")
}

fn two(pattern: &'static str, large: i64, small: i64) -> String {
    fill(pattern, &[&large.to_string(), &format!("{small:02}")])
}

fn directed(now: Millis, then: Millis, same: &'static str, words: fn(i64) -> String) -> String {
    let ago = now.since(then);
    if ago >= SECOND {
        fill("{0} ago", &[&words(ago)])
    } else if ago <= -SECOND {
        fill("in {0}", &[&words(ago)])
    } else {
        t(same).to_owned()
    }
}

/// How many of its largest unit, with the pattern for them and the narrow one.
fn largest(span: i64) -> (i64, &'static str, &'static str) {
    let span = span.saturating_abs();
    match span {
        ..MINUTE => (span / SECOND, "{0} s", "{0}s"),
        MINUTE..HOUR => (span / MINUTE, "{0} min", "{0}m"),
        HOUR..DAY => (span / HOUR, "{0} h", "{0}h"),
        _ => (span / DAY, "{0} d", "{0}d"),
    }
}

fn local(at: Millis, offset_minutes: i32) -> i64 {
    at.0.saturating_add(i64::from(offset_minutes) * MINUTE)
}

fn day_text(millis: i64) -> String {
    let (year, month, day) = date(millis.div_euclid(DAY));
    if (0..=9_999).contains(&year) {
        format!("{year:04}-{month:02}-{day:02}")
    } else {
        format!("{year:+07}-{month:02}-{day:02}")
    }
}

fn clock_text(millis: i64) -> String {
    let of_day = millis.rem_euclid(DAY);
    format!("{:02}:{:02}:{:02}", of_day / HOUR, of_day % HOUR / MINUTE, of_day % MINUTE / SECOND)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::parse_rfc3339;
    use rstest::rstest;

    const NOW: Millis = Millis(1_795_168_800_000);

    #[rstest]
    #[case(1_795_168_800_000, "2026-11-20T10:00:00Z")]
    #[case(1_795_168_800_007, "2026-11-20T10:00:00.007Z")]
    #[case(0, "1970-01-01T00:00:00Z")]
    #[case(-1, "1969-12-31T23:59:59.999Z")]
    #[case(253_402_300_799_999, "9999-12-31T23:59:59.999Z")]
    #[case(253_402_300_800_000, "+010000-01-01T00:00:00Z")]
    #[case(-62_167_219_200_001, "-000001-12-31T23:59:59.999Z")]
    #[case(i64::MAX, "+292278994-08-17T07:12:55.807Z")]
    #[case(i64::MIN, "-292275055-05-16T16:47:04.192Z")]
    fn iso(#[case] millis: i64, #[case] expected: &str) {
        assert_eq!(iso8601(Millis(millis)), expected);
        if expected.starts_with(|first: char| first.is_ascii_digit()) {
            assert_eq!(parse_rfc3339(expected), Some(Millis(millis)));
        }
    }

    #[rstest]
    #[case(0, "2026-11-20 10:00:00", "10:00:00")]
    #[case(540, "2026-11-20 19:00:00", "19:00:00")]
    #[case(-630, "2026-11-19 23:30:00", "23:30:00")]
    fn zones(#[case] offset: i32, #[case] full: &str, #[case] time: &str) {
        assert_eq!((stamp(NOW, offset).as_str(), clock(NOW, offset).as_str()), (full, time));
    }

    #[rstest]
    #[case(0, "just now", "now")]
    #[case(999, "just now", "now")]
    #[case(-999, "just now", "now")]
    #[case(1_000, "1 s ago", "1s ago")]
    #[case(4_200, "4 s ago", "4s ago")]
    #[case(59_999, "59 s ago", "59s ago")]
    #[case(60_000, "1 min ago", "1m ago")]
    #[case(45 * MINUTE, "45 min ago", "45m ago")]
    #[case(HOUR - 1, "59 min ago", "59m ago")]
    #[case(HOUR, "1 h ago", "1h ago")]
    #[case(DAY - 1, "23 h ago", "23h ago")]
    #[case(2 * DAY, "2 d ago", "2d ago")]
    #[case(-3 * MINUTE, "in 3 min", "in 3m")]
    #[case(-38 * SECOND, "in 38 s", "in 38s")]
    fn distances(#[case] ago: i64, #[case] long: &str, #[case] short: &str) {
        let then = Millis(NOW.0 - ago);
        assert_eq!((relative(NOW, then).as_str(), relative_short(NOW, then).as_str()), (long, short));
    }

    #[test]
    fn the_far_ends_do_not_overflow() {
        assert!(relative(Millis(i64::MAX), Millis(i64::MIN)).ends_with(" d ago"));
        assert!(relative_short(Millis(i64::MIN), Millis(i64::MAX)).starts_with("in "));
        assert!(duration(i64::MIN).starts_with('-'));
        assert!(stamp(Millis(i64::MAX), i32::MAX).starts_with("+292278994"));
    }

    #[rstest]
    #[case(0, "0s")]
    #[case(99, "<0.1s")]
    #[case(400, "0.4s")]
    #[case(999, "0.9s")]
    #[case(1_000, "1s")]
    #[case(58_999, "58s")]
    #[case(60_000, "1m 00s")]
    #[case(65_000, "1m 05s")]
    #[case(401_000, "6m 41s")]
    #[case(HOUR - 1, "59m 59s")]
    #[case(HOUR, "1h 00m")]
    #[case(HOUR + 5 * MINUTE + 59 * SECOND, "1h 05m")]
    #[case(2 * HOUR + 10 * MINUTE, "2h 10m")]
    #[case(DAY - 1, "23h 59m")]
    #[case(2 * DAY + 3 * HOUR, "2d 3h")]
    #[case(-401_000, "-6m 41s")]
    fn durations(#[case] span: i64, #[case] expected: &str) {
        assert_eq!(duration(span), expected);
    }

    #[rstest]
    #[case(4_900, "4 s")]
    #[case(6 * MINUTE, "6 min")]
    #[case(-HOUR, "1 h")]
    #[case(30 * DAY, "30 d")]
    fn rough_spans(#[case] span: i64, #[case] expected: &str) {
        assert_eq!(rough(span), expected);
    }
}
