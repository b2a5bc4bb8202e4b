//! What servers tell about how often they may be asked: the `RateLimit-*` headers (docs/DIALECTS.md, 2.6) and delays
//! written as Google's durations (3.7). Decides nothing and knows no clock: whoever polls does.

use super::retry_after_seconds;

/// How much a caller may still ask, as of the answer that told it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RateLimit {
    /// Requests per window.
    pub limit: Option<u64>,
    /// Requests left in the window.
    pub remaining: Option<u64>,
    /// Seconds until there are more.
    pub reset: Option<u64>,
}

impl RateLimit {
    /// Reads `RateLimit-Limit: 7500;w=3600`, `RateLimit-Remaining` and `RateLimit-Reset` (names in lower case). `None`
    /// where an answer has none of them; what cannot be read is left out.
    pub fn of(headers: &[(String, String)]) -> Option<RateLimit> {
        let value = |name: &str| {
            headers.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value.as_str())
        };
        // What follows the number says how long the window is.
        let limit = value("ratelimit-limit").split(';').next().unwrap_or_default();
        let told = RateLimit {
            limit: retry_after_seconds(limit),
            remaining: retry_after_seconds(value("ratelimit-remaining")),
            reset: retry_after_seconds(value("ratelimit-reset")),
        };
        (told != RateLimit::default()).then_some(told)
    }
}

/// Reads a duration as Google writes it (`1.5s`), rounded up to whole seconds.
pub(crate) fn delay_seconds(text: &str) -> Option<u64> {
    let number = text.trim().strip_suffix('s')?;
    let (whole, fraction) = number.split_once('.').unwrap_or((number, "0"));
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(whole) || !digits(fraction) {
        return None;
    }
    let seconds: u64 = whole.parse().ok()?;
    seconds.checked_add(u64::from(fraction.bytes().any(|byte| byte != b'0')))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
        pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    #[test]
    fn the_three_headers_are_read() {
        let told = RateLimit::of(&headers(&[
            ("ratelimit-limit", "7500;w=3600"),
            ("ratelimit-remaining", "0"),
            ("ratelimit-reset", "17"),
        ]))
        .unwrap();
        assert_eq!(told, RateLimit { limit: Some(7500), remaining: Some(0), reset: Some(17) });
    }

    #[test]
    fn what_cannot_be_read_is_left_out() {
        assert_eq!(RateLimit::of(&headers(&[("content-type", "text/html")])), None);
        assert_eq!(RateLimit::of(&headers(&[("ratelimit-limit", "many;w=soon")])), None);
        let told = RateLimit::of(&headers(&[("ratelimit-limit", "20"), ("ratelimit-reset", "-3")])).unwrap();
        assert_eq!(told, RateLimit { limit: Some(20), ..RateLimit::default() });
    }

    #[test]
    fn durations_round_up() {
        for (text, seconds) in [("0s", 0), ("3s", 3), ("1.5s", 2), ("0.000000001s", 1), ("2.000s", 2)] {
            assert_eq!(delay_seconds(text), Some(seconds), "{text}");
        }
        for text in ["", "s", "5", "-1s", "1.s", ".5s", "1e3s", "1,5s", "99999999999999999999s"] {
            assert_eq!(delay_seconds(text), None, "{text}");
        }
    }
}
