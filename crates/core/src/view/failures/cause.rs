//! The cause in an error text: what stays the same when ids, numbers, names and addresses are left out. Total, and the
//! same for a text that went through it already. Must not know which API a text comes from.

use crate::json::redact::{MASK, redact_text};

/// How much of a text is looked at, in bytes.
const READ: usize = 16_384;
/// How long a cause is at most, in bytes.
const LONGEST: usize = 320;
/// How long a quoted name is at most, in bytes.
const NAME: usize = 160;
/// After these words a short number says what went wrong.
const TELLING: [&str; 4] = ["code", "status", "errno", "http"];
/// What a host's name ends with, where nothing else tells it from a name of code.
const ENDINGS: [&str; 12] =
    ["com", "net", "org", "io", "jp", "de", "dev", "cloud", "local", "lan", "internal", "localdomain"];

/// What stands in the place of what differs from one failure to the next.
const SLOTS: [&str; 9] =
    ["<id>", "<n>", "<ip>", "<mac>", "<time>", "<host>", "<address>", "<name>", "<secret>"];
const URL: &str = "<url>";

/// The cause in an error text, in one line. Secrets are masked first.
pub fn cause(text: &str) -> String {
    settled(telling_line(&redact_text(head(text, READ))))
}

/// The same for a text whose secrets nobody will see: fast, and not yet settled. Texts of which this is the same have
/// the same cause.
pub(super) fn rough(text: &str) -> String {
    once(&telling_line(head(text, READ)))
}

/// Leaves out until nothing more is left out. Each round leaves fewer letters outside of slots, so it ends. What stood
/// beside a number may look like a secret once the number is gone, so they are masked in each round.
fn settled(mut now: String) -> String {
    loop {
        let next = cut(once(&redact_text(&now)));
        if next == now {
            return now;
        }
        now = next;
    }
}

/// Of a Python traceback the last line tells what happened, of anything else the first.
fn telling_line(text: &str) -> String {
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let first = lines.next().unwrap_or_default();
    let line = if first.starts_with("Traceback (") { lines.next_back().unwrap_or(first) } else { first };
    line.to_owned()
}

fn head(text: &str, most: usize) -> &str {
    let mut end = most.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.get(..end).unwrap_or_default()
}

/// No longer than a cause may be, and never within a slot.
fn cut(text: String) -> String {
    if text.len() <= LONGEST {
        return text;
    }
    let kept = head(&text, LONGEST);
    let open = kept.rfind('<').filter(|at| !kept.get(*at..).is_some_and(|rest| rest.contains('>')));
    kept.get(..open.unwrap_or(kept.len())).unwrap_or_default().trim_end().to_owned()
}

/// One pass over a line.
fn once(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    let mut rest = line;
    // A letter or digit stands right before: a word goes on.
    let mut within = false;
    let mut word = "";
    while let Some(first) = rest.chars().next() {
        let digits = run(rest.as_bytes(), |byte| byte.is_ascii_digit());
        let (taken, slot) = match slot_at(rest) {
            Some(len) => (len, None),
            None if within && digits > 0 => (digits, Some("<n>")),
            None if within => (run(rest.as_bytes(), |byte| byte.is_ascii_alphabetic()), None),
            None => found(rest, word),
        };
        // A slot, a word without anything in it, or one letter.
        let (kept, after) = rest.split_at_checked(taken.max(first.len_utf8())).unwrap_or((rest, ""));
        rest = after;
        out.push_str(slot.unwrap_or(kept));
        let end = kept.chars().next_back().unwrap_or(first);
        within = slot.is_none() && end.is_alphanumeric();
        if within && first.is_ascii_alphabetic() {
            word = kept;
        } else if !first.is_whitespace() && first != ':' {
            word = "";
        }
    }
    out
}

/// The length of a slot, where one stands here.
fn slot_at(text: &str) -> Option<usize> {
    if !text.starts_with('<') {
        return None;
    }
    SLOTS.iter().chain([&URL]).find(|slot| text.starts_with(**slot)).map(|slot| slot.len())
}

/// What differs, at the beginning of a text, with its length; without a slot, how much of it is a plain word.
fn found(text: &str, word: &str) -> (usize, Option<&'static str>) {
    let bytes = text.as_bytes();
    let Some(first) = bytes.first().copied() else { return (0, None) };
    if text.starts_with(MASK) {
        return (MASK.len(), Some("<secret>"));
    }
    if matches!(first, b'"' | b'\'' | b'`') {
        return quoted(text).map_or((0, None), |len| (len, Some("<name>")));
    }
    if !first.is_ascii_alphanumeric() && first != b':' {
        return (0, None);
    }
    let whole = [
        (uuid(bytes), "<id>"),
        (instant(bytes), "<time>"),
        (address(bytes), "<ip>"),
        (url(text), URL),
        (colons(bytes), "<mac>"),
    ];
    if let Some((len, slot)) = whole.into_iter().find(|(len, _)| *len > 0) {
        let slot = if slot == "<mac>" && len != 17 { "<ip>" } else { slot };
        return (len, Some(slot));
    }
    let name = run(bytes, |byte| byte.is_ascii_alphanumeric() || b"._@+-".contains(&byte));
    let name = text.get(..name).unwrap_or_default().trim_end_matches(['.', '-', '@', '+', '_']);
    if name.contains('@') {
        return (name.len(), Some("<address>"));
    }
    if is_host(name) {
        return (name.len(), Some("<host>"));
    }
    if is_name(name) {
        return (name.len(), Some("<name>"));
    }
    let len = run(bytes, |byte| byte.is_ascii_alphanumeric());
    in_word(bytes.get(..len).unwrap_or_default(), bytes, word)
}

/// Within one word of letters and digits.
fn in_word(run_of: &[u8], text: &[u8], word: &str) -> (usize, Option<&'static str>) {
    let digits = run(run_of, |byte| byte.is_ascii_digit());
    let has_digit = run_of.iter().any(u8::is_ascii_digit);
    let is_hex = run_of.iter().all(u8::is_ascii_hexdigit);
    if !has_digit {
        return (run_of.len(), None);
    }
    if digits == run_of.len() {
        let telling = TELLING.iter().any(|known| known.eq_ignore_ascii_case(word));
        if telling && digits <= 3 {
            return (digits, None);
        }
        return (number(text), Some("<n>"));
    }
    let turns =
        run_of.windows(2).filter(|two| two.iter().filter(|byte| byte.is_ascii_digit()).count() == 1).count();
    let is_long = run_of.len() >= 16 && run_of.iter().filter(|byte| byte.is_ascii_digit()).count() > 1;
    if is_hex && run_of.len() >= 6 || run_of.starts_with(b"0x") || is_long || turns > 2 {
        return (run_of.len(), Some("<id>"));
    }
    if digits > 0 {
        return (digits, Some("<n>"));
    }
    // The letters before the first digit, which is left out next.
    (run(run_of, |byte| byte.is_ascii_alphabetic()), None)
}

/// Digits with what groups and divides them: `10,000`, `4.2`.
fn number(text: &[u8]) -> usize {
    let mut len = run(text, |byte| byte.is_ascii_digit());
    while let Some([b',' | b'.', next, ..]) = text.get(len..)
        && next.is_ascii_digit()
    {
        len += 1 + run(text.get(len + 1..).unwrap_or_default(), |byte| byte.is_ascii_digit());
    }
    len
}

fn run(text: &[u8], goes_on: impl Fn(u8) -> bool) -> usize {
    text.iter().position(|byte| !goes_on(*byte)).unwrap_or(text.len())
}

/// A quoted name up to its closing mark, which no letter follows.
fn quoted(text: &str) -> Option<usize> {
    let mark = text.chars().next()?;
    let inner = text.get(1..)?;
    let inner = head(inner, NAME);
    inner.match_indices(mark).map(|(at, _)| at).find_map(|at| {
        let next = inner.get(at + 1..)?.chars().next();
        (!next.is_some_and(char::is_alphanumeric)).then_some(at + 2)
    })
}

/// 8-4-4-4-12 hexadecimal digits.
fn uuid(text: &[u8]) -> usize {
    let fits = |at: usize| match at {
        8 | 13 | 18 | 23 => text.get(at) == Some(&b'-'),
        _ => text.get(at).is_some_and(u8::is_ascii_hexdigit),
    };
    let ends = !text.get(36).is_some_and(u8::is_ascii_alphanumeric);
    if ends && (0..36).all(fits) { 36 } else { 0 }
}

/// A date, with or without a time of day, or a time of day.
fn instant(text: &[u8]) -> usize {
    let mut len = 0;
    if like(text, b"0000-00-00") {
        len = 10;
        let joint = text.get(10).is_some_and(|joint| matches!(joint, b'T' | b't' | b' '));
        if !(joint && like(text.get(11..).unwrap_or_default(), b"00:00")) {
            return len;
        }
        len += 1;
    }
    let clock = text.get(len..).unwrap_or_default();
    if !like(clock, if len > 0 { b"00:00" } else { b"00:00:00" }) {
        return 0;
    }
    len += run(clock, |byte| byte.is_ascii_digit() || b":.,".contains(&byte));
    let zone = text.get(len..).unwrap_or_default();
    len += match zone {
        [b'Z', ..] => 1,
        _ if like(zone, b"+00:00") || like(zone, b"-00:00") => 6,
        _ => 0,
    };
    // What ends a sentence is not of the time.
    while text.get(len - 1).is_some_and(|byte| b":.,".contains(byte)) {
        len -= 1;
    }
    len
}

/// True where the text begins like the pattern; `0` stands for any digit, `+` and the rest for themselves.
fn like(text: &[u8], pattern: &[u8]) -> bool {
    text.len() >= pattern.len()
        && text
            .iter()
            .zip(pattern)
            .all(|(byte, like)| if *like == b'0' { byte.is_ascii_digit() } else { byte == like })
}

/// An IPv4 address with its port or the length of its net.
fn address(text: &[u8]) -> usize {
    let mut len = 0;
    for part in 0..4 {
        if part > 0 {
            if text.get(len) != Some(&b'.') {
                return 0;
            }
            len += 1;
        }
        let digits = run(text.get(len..).unwrap_or_default(), |byte| byte.is_ascii_digit());
        if !(1..=3).contains(&digits) {
            return 0;
        }
        len += digits;
    }
    if let Some([b':' | b'/', next, ..]) = text.get(len..)
        && next.is_ascii_digit()
    {
        len += 1 + run(text.get(len + 1..).unwrap_or_default(), |byte| byte.is_ascii_digit());
    }
    len
}

/// Hexadecimal groups between colons: an IPv6 or a hardware address.
fn colons(text: &[u8]) -> usize {
    let mut len = run(text, |byte| byte.is_ascii_hexdigit() || byte == b':');
    // What follows an address ends it: "from fe80::1: refused".
    len -= usize::from(len > 0 && text.get(len - 1) == Some(&b':'));
    let all = text.get(..len).unwrap_or_default();
    let is_short = all.split(|byte| *byte == b':').all(|group| group.len() <= 4);
    let colons = all.iter().filter(|byte| **byte == b':').count();
    let folded = all.windows(2).any(|two| two == b"::");
    let goes_on = text.get(len).is_some_and(u8::is_ascii_alphanumeric) || all.last() == Some(&b':');
    let is_one = (colons > 2 || folded) && is_short && !goes_on && all.iter().any(u8::is_ascii_digit);
    if is_one { len } else { 0 }
}

fn url(text: &str) -> usize {
    let scheme = run(text.as_bytes(), |byte| byte.is_ascii_alphabetic());
    if scheme < 2 || !text.get(scheme..).is_some_and(|rest| rest.starts_with("://")) {
        return 0;
    }
    let all = run(text.as_bytes(), |byte| !byte.is_ascii_whitespace() && !b"\"'`<>()[]{}|,;".contains(&byte));
    text.get(..all).map_or(0, |all| all.trim_end_matches(['.', ':']).len())
}

/// Words and numbers between hyphens, as machines and their parts are called: `fw-retail-03`.
fn is_name(name: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
    name.bytes().all(plain)
        && name.bytes().filter(|byte| *byte == b'-').count() > 1
        && name.bytes().any(|byte| byte.is_ascii_digit())
}

/// Labels between dots, in small letters, with an ending that names have or a digit in one of them.
fn is_host(name: &str) -> bool {
    let labels = name.split('.').count();
    let last = name.rsplit('.').next().unwrap_or_default();
    let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-' || byte == b'.';
    labels > 1
        && name.bytes().all(plain)
        && !name.contains("..")
        && last.len() > 1
        && last.bytes().all(|byte| byte.is_ascii_lowercase())
        && (ENDINGS.contains(&last) || labels > 2 && name.bytes().any(|byte| byte.is_ascii_digit()))
}

#[cfg(test)]
#[path = "cause_tests.rs"]
mod tests;
