//! Moments as this API writes and reads them. It must not know what the time is: callers pass it.

use serde_json::Value;
use time::{Date, Month, OffsetDateTime};

const MINUTE_MS: i64 = 60_000;
const HOUR_MS: i64 = 60 * MINUTE_MS;
const DAY_MS: i64 = 24 * HOUR_MS;

/// `2026-11-20T00:00:00.000Z`: UTC with exactly three decimals.
pub(super) fn shown(ms: i64) -> String {
    let mut text = blank_separated(ms).replace(' ', "T");
    text.push_str(&format!(".{:03}Z", ms.rem_euclid(1000)));
    text
}

/// `2026-11-20 00:00:00`, as the coming times of a schedule are written.
pub(super) fn blank_separated(ms: i64) -> String {
    let at = OffsetDateTime::from_unix_timestamp(ms.div_euclid(1000)).unwrap_or(OffsetDateTime::UNIX_EPOCH);
    format!(
        "{:04}-{:02}-{:02} {:02}:{:02}:{:02}",
        at.year(),
        u8::from(at.month()),
        at.day(),
        at.hour(),
        at.minute(),
        at.second()
    )
}

/// Null where there is no moment.
pub(super) fn value(ms: Option<i64>) -> Value {
    ms.map_or(Value::Null, |ms| shown(ms).into())
}

/// Reads text piece by piece; every piece is a fixed number of digits or a separator.
struct Reader<'a>(&'a str);

impl Reader<'_> {
    fn digits(&mut self, count: usize) -> Option<u32> {
        let (digits, rest) = self.0.split_at_checked(count)?;
        if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        self.0 = rest;
        digits.parse().ok()
    }

    fn skip(&mut self, separators: &str) -> Option<char> {
        let first = self.0.chars().next().filter(|first| separators.contains(*first))?;
        self.0 = self.0.get(first.len_utf8()..)?;
        Some(first)
    }

    fn date(&mut self, dashed: bool) -> Option<i64> {
        let year = self.digits(4)?;
        if dashed {
            self.skip("-")?;
        }
        let month = self.digits(2)?;
        if dashed {
            self.skip("-")?;
        }
        let day = self.digits(2)?;
        let month = Month::try_from(u8::try_from(month).ok()?).ok()?;
        let date =
            Date::from_calendar_date(i32::try_from(year).ok()?, month, u8::try_from(day).ok()?).ok()?;
        Some(date.midnight().assume_utc().unix_timestamp() * 1000)
    }

    fn hour_and_minute(&mut self, colon: bool) -> Option<i64> {
        let hour = self.digits(2).filter(|hour| *hour < 24)?;
        if colon {
            self.skip(":")?;
        }
        let minute = self.digits(2).filter(|minute| *minute < 60)?;
        Some(i64::from(hour) * HOUR_MS + i64::from(minute) * MINUTE_MS)
    }

    /// Seconds with their fraction, in milliseconds.
    fn seconds(&mut self) -> Option<i64> {
        let whole = self.digits(2).filter(|second| *second < 60)?;
        let mut ms = i64::from(whole) * 1000;
        if self.skip(".").is_some() {
            let count = self.0.bytes().take_while(u8::is_ascii_digit).count();
            let (digits, rest) = self.0.split_at_checked(count)?;
            let thousandths: String = digits.chars().chain("000".chars()).take(3).collect();
            ms += thousandths.parse::<i64>().ok()?;
            self.0 = rest;
        }
        Some(ms)
    }

    /// `Z`, `+09:00`, `+0900` or nothing; what is to be added to come to UTC.
    fn zone(&mut self) -> Option<Zone> {
        if self.0.is_empty() {
            return Some(Zone::Missing);
        }
        if self.skip("Zz").is_some() {
            return Some(Zone::Offset(0));
        }
        let sign = if self.skip("+- ")? == '-' { 1 } else { -1 };
        let colon = self.0.contains(':');
        Some(Zone::Offset(sign * self.hour_and_minute(colon)?))
    }

    fn is_done(&self) -> bool {
        self.0.is_empty()
    }
}

enum Zone {
    Missing,
    Offset(i64),
}

/// ISO 8601 in the spellings clients send; without a zone it is UTC.
pub(super) fn parse(text: &str) -> Option<i64> {
    parse_zoned(text).map(|(ms, _)| ms)
}

/// As [`parse`], and whether a zone was given.
pub(super) fn parse_zoned(text: &str) -> Option<(i64, bool)> {
    let mut reader = Reader(text.trim());
    let mut ms = reader.date(true)?;
    if reader.is_done() {
        return Some((ms, false));
    }
    reader.skip("T ")?;
    ms += reader.hour_and_minute(true)?;
    if reader.skip(":").is_some() {
        ms += reader.seconds()?;
    }
    let zone = reader.zone()?;
    reader.is_done().then_some(match zone {
        Zone::Missing => (ms, false),
        Zone::Offset(offset) => (ms + offset, true),
    })
}

/// When a scheduled start is meant: `202611201230+0900`, or any of the spellings above.
pub(super) fn parse_schedule(text: &str) -> Option<i64> {
    let compact = || {
        let mut reader = Reader(text.trim());
        let ms = reader.date(false)? + reader.hour_and_minute(false)?;
        let zone = reader.zone()?;
        reader.is_done().then_some(match zone {
            Zone::Missing => ms,
            Zone::Offset(offset) => ms + offset,
        })
    };
    compact().or_else(|| parse(text))
}

/// The bound of a bulk delete, which takes fewer spellings and no zone but `Z`.
pub(super) fn parse_bound(text: &str) -> Option<i64> {
    let body = text.strip_suffix('Z').unwrap_or(text);
    let (ms, zoned) = parse_zoned(body)?;
    let long_enough = body.len() == 10 || body.len() >= 19;
    (!zoned && long_enough && (body.len() > 10 || body.len() == text.len())).then_some(ms)
}

/// When a token is to end: `2026-11-21 10:30`, `10:30` today, or `+10h`, `+1day+10min`, down to the minute.
pub(super) fn parse_expiry(text: &str, now: i64) -> Option<i64> {
    let text = text.trim();
    if text.starts_with('+') {
        let mut total = 0_i64;
        for part in text.split('+').skip(1) {
            total = total.checked_add(relative(part.trim())?)?;
        }
        return Some(now.checked_add(total)?.div_euclid(MINUTE_MS) * MINUTE_MS);
    }
    let mut reader = Reader(text);
    if let Some(ms) = reader.hour_and_minute(true)
        && reader.is_done()
    {
        return Some(now.div_euclid(DAY_MS) * DAY_MS + ms);
    }
    let mut reader = Reader(text);
    let day = reader.date(true)?;
    reader.skip(" ")?;
    let ms = day + reader.hour_and_minute(true)?;
    reader.is_done().then_some(ms)
}

/// `10h`, `30 minutes`, `1day`.
fn relative(part: &str) -> Option<i64> {
    let count = part.bytes().take_while(u8::is_ascii_digit).count();
    let (digits, unit) = part.split_at_checked(count)?;
    let each = match unit.trim().trim_end_matches('s') {
        "min" | "minute" | "m" => MINUTE_MS,
        "h" | "hour" | "hr" => HOUR_MS,
        "d" | "day" => DAY_MS,
        "w" | "week" => 7 * DAY_MS,
        _ => return None,
    };
    digits.parse::<i64>().ok()?.checked_mul(each)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 2026-11-20 00:00:00 UTC.
    const START: i64 = 1_795_132_800_000;

    #[test]
    fn three_decimals_always() {
        assert_eq!(shown(START), "2026-11-20T00:00:00.000Z");
        assert_eq!(shown(START + 61_007), "2026-11-20T00:01:01.007Z");
        assert_eq!(value(None), Value::Null);
    }

    #[test]
    fn iso_in_its_spellings() {
        for (text, ms) in [
            ("2026-11-20", START),
            ("2026-11-20T00:00:01", START + 1_000),
            ("2026-11-20 00:00:01.25", START + 1_250),
            ("2026-11-20T00:00:01.250999Z", START + 1_250),
            ("2026-11-20T09:00:00+09:00", START),
            ("2026-11-20T09:00+0900", START),
            ("2026-11-19T19:00:00-05:00", START),
        ] {
            assert_eq!(parse(text), Some(ms), "{text}");
        }
        for text in ["", "2026-13-01", "2026-11-20T25:00", "2026-11-20x", "tomorrow", "2026-11-20T00:00:00+9"]
        {
            assert_eq!(parse(text), None, "{text}");
        }
        assert_eq!(parse_schedule("202611200900+0900"), Some(START));
        assert_eq!(parse_schedule("202611200000"), Some(START));
    }

    #[test]
    fn a_bound_takes_no_offset() {
        assert_eq!(parse_bound("2026-11-20"), Some(START));
        assert_eq!(parse_bound("2026-11-20T00:00:00.000000Z"), Some(START));
        assert_eq!(parse_bound("2026-11-20 00:00:00"), Some(START));
        for text in ["2026-11-20T00:00", "2026-11-20T09:00:00+09:00", "2026-11-20Z", "20.11.2026"] {
            assert_eq!(parse_bound(text), None, "{text}");
        }
    }

    #[test]
    fn the_end_of_a_token() {
        let now = START + 90_500;
        assert_eq!(parse_expiry("+10h", now), Some(START + 60_000 + 10 * HOUR_MS));
        assert_eq!(parse_expiry("+30 minutes", now), Some(START + 31 * MINUTE_MS));
        assert_eq!(parse_expiry("+1day+10min", now), Some(START + DAY_MS + 11 * MINUTE_MS));
        assert_eq!(parse_expiry("2026-11-21 10:30", now), Some(START + DAY_MS + 630 * MINUTE_MS));
        assert_eq!(parse_expiry("10:30", now), Some(START + 630 * MINUTE_MS));
        for text in ["soon", "+", "+10 parsecs", "2026-11-21", "25:00"] {
            assert_eq!(parse_expiry(text, now), None, "{text}");
        }
    }
}
