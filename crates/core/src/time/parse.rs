//! Reading instants as the APIs write them. Whatever does not fit is `None`: the caller keeps the server's text.
//!
//! Written by hand because a list brings a hundred thousand of them at once and the forms are fixed.

use super::calendar::{day_number, days_in_month};
use super::{DAY, HOUR, MINUTE, Millis, SECOND};

/// `2017-11-27 21:35:38`, which means UTC (ECL contract, 1.4: no zone, a blank, no fraction, two digits each).
pub fn parse_ecl(text: &str) -> Option<Millis> {
    let mut reader = Reader::new(text);
    let date = reader.date()?;
    reader.expect(b' ')?;
    let time = reader.time()?;
    reader.end()?;
    instant(date, time, 0, 0)
}

/// RFC 3339, with what servers make of it: any number of fraction digits (cut to milliseconds), `t` or a blank
/// between date and time, and offsets as `Z`, `+00:00`, `+0000` (ExtremeCloud IQ) or `+00`.
pub fn parse_rfc3339(text: &str) -> Option<Millis> {
    let mut reader = Reader::new(text);
    let date = reader.date()?;
    reader.one_of(b"Tt ")?;
    let time = reader.time()?;
    let millis = reader.fraction()?;
    let offset = reader.offset()?;
    reader.end()?;
    instant(date, time, millis, offset)
}

/// `2026-11-21T03:47:17.000Z` (Cloudify contract: always three digits, always `Z`); the blank-separated form of
/// schedules and a missing zone are read as UTC, which is what that server stores.
pub fn parse_cloudify(text: &str) -> Option<Millis> {
    let mut reader = Reader::new(text);
    let date = reader.date()?;
    reader.one_of(b"T ")?;
    let time = reader.time()?;
    let millis = reader.fraction()?;
    let offset = if reader.rest.is_empty() { 0 } else { reader.offset()? };
    reader.end()?;
    instant(date, time, millis, offset)
}

/// Checks the ranges and joins the parts; `offset` is in milliseconds east of UTC.
fn instant(date: [i64; 3], time: [i64; 3], millis: i64, offset: i64) -> Option<Millis> {
    let [year, month, day] = date;
    let [hour, minute, second] = time;
    if day < 1 || day > days_in_month(year, month) || hour > 23 || minute > 59 || second > 60 {
        return None;
    }
    let at = day_number(year, month, day) * DAY + hour * HOUR + minute * MINUTE + second * SECOND + millis
        - offset;
    // Second 60 exists only as the last of a UTC day; it has no number of its own and becomes the next day's first.
    (second < 60 || at.rem_euclid(DAY) < SECOND).then_some(Millis(at))
}

struct Reader<'a> {
    rest: &'a [u8],
}

impl<'a> Reader<'a> {
    fn new(text: &'a str) -> Self {
        Reader { rest: text.as_bytes() }
    }

    fn digits<const N: usize>(&mut self) -> Option<i64> {
        let (digits, rest) = self.rest.split_first_chunk::<N>()?;
        let mut value = 0;
        for digit in digits {
            value = value * 10 + i64::from(digit.is_ascii_digit().then(|| digit - b'0')?);
        }
        self.rest = rest;
        Some(value)
    }

    fn one_of(&mut self, allowed: &[u8]) -> Option<u8> {
        let (first, rest) = self.rest.split_first()?;
        self.rest = rest;
        allowed.contains(first).then_some(*first)
    }

    fn expect(&mut self, byte: u8) -> Option<()> {
        self.one_of(&[byte]).map(|_| ())
    }

    fn end(&self) -> Option<()> {
        self.rest.is_empty().then_some(())
    }

    fn date(&mut self) -> Option<[i64; 3]> {
        let year = self.digits::<4>()?;
        self.expect(b'-')?;
        let month = self.digits::<2>()?;
        self.expect(b'-')?;
        Some([year, month, self.digits::<2>()?])
    }

    fn time(&mut self) -> Option<[i64; 3]> {
        let hour = self.digits::<2>()?;
        self.expect(b':')?;
        let minute = self.digits::<2>()?;
        self.expect(b':')?;
        Some([hour, minute, self.digits::<2>()?])
    }

    /// Milliseconds of an optional fraction, further digits cut off; a point without digits is refused.
    fn fraction(&mut self) -> Option<i64> {
        let Some((b'.' | b',', rest)) = self.rest.split_first() else { return Some(0) };
        let count = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
        let (digits, rest) = rest.split_at_checked(count)?;
        self.rest = rest;
        let value = |at: usize| digits.get(at).map_or(0, |digit| i64::from(digit - b'0'));
        (count > 0).then(|| value(0) * 100 + value(1) * 10 + value(2))
    }

    /// Milliseconds east of UTC.
    fn offset(&mut self) -> Option<i64> {
        let sign = match self.one_of(b"Zz+-")? {
            b'+' => 1,
            b'-' => -1,
            _ => return Some(0),
        };
        let hours = self.digits::<2>()?;
        if self.rest.first() == Some(&b':') {
            self.expect(b':')?;
        } else if self.rest.is_empty() {
            return (hours <= 23).then_some(sign * hours * HOUR);
        }
        let minutes = self.digits::<2>()?;
        (hours <= 23 && minutes <= 59).then_some(sign * (hours * HOUR + minutes * MINUTE))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("2017-11-27 21:35:38", Some(1_511_818_538_000))]
    #[case("1970-01-01 00:00:00", Some(0))]
    #[case("1969-12-31 23:59:59", Some(-1_000))]
    #[case("2024-02-29 00:00:00", Some(1_709_164_800_000))]
    #[case("9999-12-31 23:59:59", Some(253_402_300_799_000))]
    #[case("0000-01-01 00:00:00", Some(-62_167_219_200_000))]
    #[case("2016-12-31 23:59:60", Some(1_483_228_800_000))] // a real leap second
    #[case("2016-12-31 22:59:60", None)]
    #[case("2023-02-29 00:00:00", None)]
    #[case("2026-13-01 00:00:00", None)]
    #[case("2026-00-01 00:00:00", None)]
    #[case("2026-04-31 00:00:00", None)]
    #[case("2026-01-00 00:00:00", None)]
    #[case("2026-01-01 24:00:00", None)]
    #[case("2026-01-01 00:60:00", None)]
    #[case("2026-01-01 00:00:61", None)]
    #[case("2026-1-01 00:00:00", None)]
    #[case("2017-11-27T21:35:38", None)]
    #[case("2017-11-27 21:35:38Z", None)]
    #[case(" 2017-11-27 21:35:38", None)]
    #[case("２017-11-27 21:35:38", None)]
    #[case("", None)]
    #[case("soon", None)]
    fn ecl(#[case] text: &str, #[case] expected: Option<i64>) {
        assert_eq!(parse_ecl(text), expected.map(Millis));
    }

    #[rstest]
    #[case("2026-11-20T10:00:00.000Z", Some(1_795_168_800_000))]
    #[case("2026-11-20T10:00:00.000+0000", Some(1_795_168_800_000))]
    #[case("2026-11-20T10:00:00+00:00", Some(1_795_168_800_000))]
    #[case("2026-11-20T19:00:00+09:00", Some(1_795_168_800_000))]
    #[case("2026-11-20T19:00:00+09", Some(1_795_168_800_000))]
    #[case("2026-11-20T04:30:00-0530", Some(1_795_168_800_000))]
    #[case("2026-11-20 10:00:00z", Some(1_795_168_800_000))]
    #[case("2026-11-20T10:00:00.123456789Z", Some(1_795_168_800_123))]
    #[case("2026-11-20T10:00:00.9999Z", Some(1_795_168_800_999))]
    #[case("2026-11-20T10:00:00.5Z", Some(1_795_168_800_500))]
    #[case("1969-12-31T23:59:59.999Z", Some(-1))]
    #[case("2017-01-01T08:59:60.5+09:00", Some(1_483_228_800_500))] // the leap second seen from Tokyo
    #[case("2017-01-01T08:59:60-09:00", None)]
    #[case("2026-11-20T10:00:00.Z", None)]
    #[case("2026-11-20T10:00:00", None)]
    #[case("2026-11-20T10:00:00+24:00", None)]
    #[case("2026-11-20T10:00:00+09:60", None)]
    #[case("2026-11-20T10:00:00+0", None)]
    #[case("2026-11-20T10:00:00+09:", None)]
    #[case("2026-11-20T10:00Z", None)]
    #[case("2026-11-20", None)]
    #[case("2026-11-20T10:00:00ZZ", None)]
    fn rfc3339(#[case] text: &str, #[case] expected: Option<i64>) {
        assert_eq!(parse_rfc3339(text), expected.map(Millis));
    }

    #[rstest]
    #[case("2026-11-20T10:00:00.000Z", Some(1_795_168_800_000))]
    #[case("2026-11-20 10:00:00", Some(1_795_168_800_000))]
    #[case("2026-11-20T10:00:00.250000", Some(1_795_168_800_250))]
    #[case("2026-11-20T10:00:00 Z", None)]
    #[case("2026-11-20", None)]
    fn cloudify(#[case] text: &str, #[case] expected: Option<i64>) {
        assert_eq!(parse_cloudify(text), expected.map(Millis));
    }
}
