//! Secrets in what was JSON once: cut off in the middle, or never quite right. Goes from string to string and trusts
//! nothing else, so it hides what a name announces even where no reader could tell what stands in what.

use super::super::literal::{decode, encode};
use super::super::nesting::{Nesting, Scan, is_space, string_end};
use super::names::{is_name_word, is_secret_key, is_value_word};
use super::{MASK, redact_string};

/// `None` where there is nothing to mask.
pub(super) fn redact(text: &str, depth: usize) -> Option<String> {
    let bytes = text.as_bytes();
    let mut out = String::new();
    let mut copied = 0;
    let mut hide = |from: usize, to: usize, hidden: &str| {
        out.push_str(text.get(copied..from).unwrap_or_default());
        encode(hidden, &mut out);
        copied = to;
    };
    // What the last name announces: a secret, a name, or that the value of a pair whose name was a secret's follows.
    let mut is_secret = false;
    let mut is_name = false;
    let mut names_secret = false;
    let mut at = 0;
    while let Some(byte) = bytes.get(at).copied() {
        if is_secret && !is_space(byte) {
            let end = value_end(bytes, at);
            if !text.get(at..end).is_some_and(|value| matches!(value, "null" | "\"\"" | "{}" | "[]")) {
                hide(at, end, MASK);
            }
            is_secret = false;
            at = end;
            continue;
        }
        if byte != b'"' {
            names_secret &= byte != b'}';
            at += 1;
            continue;
        }
        let end = match string_end(bytes, at + 1) {
            Scan::Done(end) => end,
            Scan::More(_) => bytes.len(),
        };
        let string = decode(text.get(at..end).unwrap_or_default());
        let colon = bytes.get(end..).unwrap_or_default().iter().position(|byte| !is_space(*byte));
        let colon = colon.map(|blanks| end + blanks).filter(|at| bytes.get(*at) == Some(&b':'));
        if let Some(colon) = colon {
            is_secret = is_secret_key(&string) || (names_secret && is_value_word(&string));
            is_name = is_name_word(&string);
            at = colon + 1;
        } else {
            if let Some(hidden) = redact_string(&string, depth) {
                hide(at, end, &hidden);
            }
            names_secret |= is_name && is_secret_key(&string);
            is_name = false;
            at = end;
        }
    }
    out.push_str(text.get(copied..).unwrap_or_default());
    (copied > 0).then_some(out)
}

/// Where the value that begins here ends; the end of the text where it has none.
fn value_end(bytes: &[u8], at: usize) -> usize {
    if matches!(bytes.get(at), Some(b'"' | b'{' | b'[')) {
        return match Nesting::default().scan(bytes, at) {
            Scan::Done(end) => end,
            Scan::More(_) => bytes.len(),
        };
    }
    let rest = bytes.get(at..).unwrap_or_default();
    let length = rest.iter().position(|byte| matches!(byte, b',' | b'}' | b']' | b'\n'));
    at + length.unwrap_or(rest.len())
}
