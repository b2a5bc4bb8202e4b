//! The values a filter compares with: patterns, switches, numbers and times. It must not know grammar or fields.

use time::{Date, Month, Time, UtcOffset};

/// Text in which `*` stands for anything.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Pattern(String);

impl Pattern {
    pub(super) fn new(text: &str) -> Self {
        Self(text.to_owned())
    }

    pub(super) fn text(&self) -> &str {
        &self.0
    }

    pub(super) fn matches(&self, text: &str) -> bool {
        let mut parts = self.0.split('*');
        let first = parts.next().unwrap_or_default();
        let Some(mut rest) = text.strip_prefix(first) else { return false };
        let Some(last) = parts.next_back() else { return rest.is_empty() };
        for part in parts {
            let Some((_, after)) = rest.split_once(part) else { return false };
            rest = after;
        }
        rest.ends_with(last)
    }
}

/// Nanoseconds of the Unix epoch of an RFC 3339 text.
pub(super) fn time(text: &str) -> Option<i128> {
    let (date, clock) = text.split_once(['T', 't'])?;
    let mut parts = date.split('-');
    let year = number(parts.next()?, 4)?;
    let month = Month::try_from(u8::try_from(number(parts.next()?, 2)?).ok()?).ok()?;
    let date = Date::from_calendar_date(year, month, u8::try_from(number(parts.next()?, 2)?).ok()?).ok()?;
    if parts.next().is_some() {
        return None;
    }
    let zone_at = clock.find(['Z', 'z', '+', '-'])?;
    let (clock, zone) = clock.split_at_checked(zone_at)?;
    let (clock, fraction) = clock.split_once('.').unwrap_or((clock, "0"));
    let mut parts = clock.split(':');
    let mut two = || number(parts.next()?, 2).and_then(|value| u8::try_from(value).ok());
    let at = Time::from_hms(two()?, two()?, two()?).ok()?;
    if parts.next().is_some() || fraction.is_empty() || fraction.len() > 9 {
        return None;
    }
    let nanos = i128::from(number(&format!("{fraction:0<9}"), 9)?);
    let moment = date.with_time(at).assume_offset(offset(zone)?);
    Some(moment.unix_timestamp_nanos() + nanos)
}

fn offset(zone: &str) -> Option<UtcOffset> {
    if zone.eq_ignore_ascii_case("z") {
        return Some(UtcOffset::UTC);
    }
    let sign = if zone.starts_with('-') { -1 } else { 1 };
    let (hours, minutes) = zone.get(1..)?.split_once(':')?;
    let (hours, minutes) = (i8::try_from(number(hours, 2)?).ok()?, i8::try_from(number(minutes, 2)?).ok()?);
    UtcOffset::from_hms(sign * hours, sign * minutes, 0).ok()
}

fn number(digits: &str, long: usize) -> Option<i32> {
    (digits.len() == long && digits.bytes().all(|digit| digit.is_ascii_digit()))
        .then(|| digits.parse().ok())
        .flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns() {
        for (pattern, text, holds) in [
            ("create", "create", true),
            ("create", "created", false),
            ("*", "", true),
            ("*-prod", "sap-hana-prod", true),
            ("sap*prod", "sap-hana-prod", true),
            ("a*a", "a", false),
            ("*b*b*", "abcabc", true),
            ("*b*b*b*", "abcabc", false),
        ] {
            assert_eq!(Pattern::new(pattern).matches(text), holds, "{pattern} {text}");
        }
    }

    #[test]
    fn times() {
        let utc = time("2026-11-20T00:00:00Z").unwrap();
        assert_eq!(utc, 1_795_132_800_000_000_000);
        assert_eq!(time("2026-11-20T09:00:00.000000001+09:00"), Some(utc + 1));
        assert_eq!(time("2026-11-19T23:30:00.5-00:30"), Some(utc + 500_000_000));
        for bad in [
            "2026-11-20",
            "2026-13-20T00:00:00Z",
            "2026-11-20T00:00:00",
            "2026-11-20T25:00:00Z",
            "soon",
            "2026-11-20T00:00:00.Z",
            "+026-11-20T00:00:00Z",
        ] {
            assert_eq!(time(bad), None, "{bad}");
        }
    }
}
