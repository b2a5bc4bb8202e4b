//! Page sizes and page tokens. A token is good for one list with one filter, and only for a while.
//! It must not know what is listed.

use super::status::Refusal;
use crate::chance::Chance;

const DEFAULT: usize = 50;
const MOST: usize = 1000;
const LIVES_MS: i64 = 3 * 86_400_000;

/// The page size of a request: none or 0 is the default, too many are silently fewer.
pub(super) fn size(given: Option<&str>) -> Result<usize, Refusal> {
    let Some(text) = given else { return Ok(DEFAULT) };
    let refused = |description: &str| Err(Refusal::argument("page_size", description));
    match text.parse::<i32>() {
        Err(_) => refused("It must be a whole number of 32 bits."),
        Ok(..0) => refused("It must not be negative."),
        Ok(0) => Ok(DEFAULT),
        Ok(wanted) => Ok(usize::try_from(wanted).unwrap_or(MOST).min(MOST)),
    }
}

/// What the pages of one list have in common.
pub(super) struct Pages<'a> {
    pub(super) seed: u64,
    pub(super) name: &'a str,
    pub(super) filter: &'a str,
}

impl Pages<'_> {
    /// The token for what comes after `mark`.
    pub(super) fn token(&self, mark: usize, now: i64) -> String {
        let (mark, at) = (mark as u64, u64::try_from(now).unwrap_or(0));
        let (hidden_mark, hidden_at) = (mark ^ self.key(1, 0), at ^ self.key(2, mark));
        format!("{hidden_mark:016x}{hidden_at:016x}{:016x}", self.key(3, mark ^ at.rotate_left(24)))
    }

    /// The mark that a token stands for.
    pub(super) fn mark(&self, token: &str, now: i64) -> Result<usize, Refusal> {
        let refused = |description: &str| Refusal::argument("page_token", description);
        let part = |number: usize| {
            let digits = token.get(number * 16..number * 16 + 16)?;
            u64::from_str_radix(digits, 16).ok()
        };
        let parts = (token.len() == 48).then(|| Some((part(0)?, part(1)?, part(2)?))).flatten();
        let (hidden_mark, hidden_at, seal) = parts.ok_or_else(|| refused("It is not a page token."))?;
        let mark = hidden_mark ^ self.key(1, 0);
        let at = hidden_at ^ self.key(2, mark);
        if seal != self.key(3, mark ^ at.rotate_left(24)) {
            return Err(refused("It belongs to another list or another filter."));
        }
        if i64::try_from(at).unwrap_or(i64::MAX).saturating_add(LIVES_MS) < now {
            return Err(refused("It has expired."));
        }
        usize::try_from(mark).map_err(|_| refused("It is not a page token."))
    }

    /// A number that only this list with this filter has.
    fn key(&self, purpose: u64, salt: u64) -> u64 {
        let text = self.name.bytes().chain([0]).chain(self.filter.bytes());
        let sum = text.fold(0xcbf2_9ce4_8422_2325_u64, |sum, byte| {
            (sum ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        });
        Chance::new(self.seed ^ sum ^ salt.rotate_left(17), purpose).next()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes() {
        for (given, size_) in [(None, 50), (Some("0"), 50), (Some("3"), 3), (Some("99999"), 1000)] {
            assert_eq!(size(given).unwrap(), size_);
        }
        for bad in ["-1", "many", "99999999999", "1.5", ""] {
            assert!(size(Some(bad)).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_token_is_good_for_its_own_list_only_and_for_a_while() {
        let pages = Pages { seed: 7, name: "a", filter: "done=true" };
        let token = pages.token(41, 1_000);
        assert_eq!(pages.mark(&token, 2_000).unwrap(), 41);
        assert!(pages.mark(&token, 1_000 + LIVES_MS + 1).is_err());
        for other in [Pages { filter: "done=false", ..pages }, Pages { name: "b", ..pages }] {
            assert!(other.mark(&token, 2_000).is_err());
        }
        for bad in ["", "41", &token[1..], &token.replace(&token[..1], "g"), &"é".repeat(24)] {
            assert!(pages.mark(bad, 2_000).is_err(), "{bad}");
        }
    }
}
