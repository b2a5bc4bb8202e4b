//! Milliseconds of the Unix epoch in the two written forms the ECL APIs use, both UTC.
//! It must not know what the time is: callers pass it.

use time::OffsetDateTime;

fn moment(ms: i64) -> OffsetDateTime {
    OffsetDateTime::from_unix_timestamp(ms.div_euclid(1000)).unwrap_or(OffsetDateTime::UNIX_EPOCH)
}

/// `2017-11-27 21:35:38`: no zone and a blank, as VNA writes it.
pub(crate) fn blank_separated(ms: i64) -> String {
    let at = moment(ms);
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

/// `2017-11-27T21:35:38.000000Z`, as Keystone writes it.
pub(crate) fn keystone(ms: i64) -> String {
    let mut text = blank_separated(ms).replace(' ', "T");
    text.push_str(&format!(".{:06}Z", ms.rem_euclid(1000).saturating_mul(1000)));
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_forms() {
        let ms = 1_511_818_538_042;
        assert_eq!(blank_separated(ms), "2017-11-27 21:35:38");
        assert_eq!(keystone(ms), "2017-11-27T21:35:38.042000Z");
    }
}
