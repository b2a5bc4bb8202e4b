//! Secrets in running text and in device configuration, where no quotes and braces tell names from values:
//! `password=x`, `set system root-authentication encrypted-password "x"`, `Authorization: Bearer x`.
//!
//! Sentences about secrets must stay readable ("the token has expired"), so after a blank alone a value is taken for
//! one only where the line is configuration or the next word is not a plain one.

use std::ops::Range;

use super::names::is_secret_key;
use super::{MASK, patterns};

/// Words that begin a line of device configuration or of a shell.
const COMMANDS: &[&str] = &[
    "set",
    "delete",
    "replace",
    "edit",
    "snmp-server",
    "username",
    "user",
    "enable",
    "crypto",
    "ip",
    "neighbor",
    "key",
    "tacacs-server",
    "radius-server",
    "ntp",
    "aaa",
    "isakmp",
    "line",
    "setenv",
];

/// Every place in `text` to mask, by where it begins; places may overlap.
pub(super) fn secrets_in(text: &str) -> Vec<Range<usize>> {
    let mut secrets = Vec::new();
    patterns::find(text, &mut secrets);
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let content = line.trim_end_matches(['\n', '\r']);
        in_line(content, start, content.len() < text.len(), &mut secrets);
        start += line.len();
    }
    secrets.sort_unstable_by_key(|secret| (secret.start, secret.end));
    secrets
}

/// Looks at every word of a line that could name a secret.
fn in_line(line: &str, offset: usize, among_others: bool, secrets: &mut Vec<Range<usize>>) {
    let first_word = line.split_whitespace().next().unwrap_or_default();
    let is_command = COMMANDS.contains(&first_word);
    let is_statement = among_others || line.trim_end().ends_with(';');
    let mut at = 0;
    while let Some(word) = next_word(line, at) {
        at = word.end;
        let name = line.get(word.clone()).unwrap_or_default();
        let rest = line.get(at..).unwrap_or_default();
        let value = if name.eq_ignore_ascii_case("bearer") || name.eq_ignore_ascii_case("basic") {
            opaque(rest)
        } else if is_secret_key(name) {
            let whole_rest =
                is_command || name.starts_with('-') || (is_statement && first_word.starts_with(name));
            assigned(rest).or_else(|| after_blank(rest, whole_rest))
        } else {
            None
        };
        if let Some(value) = value.filter(|value| !value.is_empty()) {
            secrets.push(offset + at + value.start..offset + at + value.end);
            at += value.end;
        }
    }
}

/// Whether a mask is needed by what begins here: not by null, nor by another mask. Asked before a value's end is
/// looked for: what is passed over would be looked through again for every name that follows.
fn needs_mask(text: &str) -> bool {
    let bare = text.trim_start_matches(['"', '\'', '\\']);
    let is_null = bare.strip_prefix("null").is_some_and(|rest| {
        rest.is_empty() || rest.starts_with(|next: char| next.is_whitespace() || ",;}]\"'\\".contains(next))
    });
    !is_null && !bare.starts_with(MASK)
}

/// The value behind `=` or `:`, the name perhaps closed by quotes.
fn assigned(rest: &str) -> Option<Range<usize>> {
    let signs = rest.trim_start_matches(['"', '\'', '\\', ']', ' ', '\t']);
    let close = signs.starts_with('=');
    let value = signs
        .strip_prefix("=>")
        .or_else(|| signs.strip_prefix(":="))
        .or_else(|| signs.strip_prefix(['=', ':']))?;
    let text = value.trim_start_matches([' ', '\t']);
    let start = rest.len() - text.len();
    if !needs_mask(text) {
        return None;
    }
    if let Some(quoted) = quoted(text) {
        return Some(start + quoted.start..start + quoted.end);
    }
    // Without a blank behind `=` none is in the value either; behind a colon it may be.
    let length = if close && text.len() == value.len() {
        text.find(char::is_whitespace).unwrap_or(text.len())
    } else {
        text.trim_end().len()
    };
    Some(start..start + length)
}

/// The value behind nothing but a blank.
fn after_blank(rest: &str, whole_rest: bool) -> Option<Range<usize>> {
    let text = rest.trim_start_matches([' ', '\t']);
    let start = rest.len() - text.len();
    if start == 0 || text.starts_with(['=', ':']) || !needs_mask(text) {
        return None;
    }
    if let Some(quoted) = quoted(text) {
        return Some(start + quoted.start..start + quoted.end);
    }
    if whole_rest {
        return Some(start..start + text.trim_end().len());
    }
    opaque(rest)
}

/// The next word, if it is not one that a sentence would have.
fn opaque(rest: &str) -> Option<Range<usize>> {
    let text = rest.trim_start_matches([' ', '\t']);
    let start = rest.len() - text.len();
    if start == 0 || !needs_mask(text) {
        return None;
    }
    let length = text.find(char::is_whitespace).unwrap_or(text.len());
    let word = text
        .get(..length)
        .unwrap_or_default()
        .trim_end_matches(['.', ',', ';', ':', '!', '?', ')', '"', '\'']);
    let is_plain = word
        .chars()
        .all(|char| (char.is_ascii_alphabetic() || !char.is_ascii()) || char == '\'' || char == '-')
        && word.len() < 20;
    (!is_plain).then(|| start..start + word.len())
}

/// What stands between quotes; up to the end where the closing one is missing. Escaped quotes are not trusted to
/// be balanced, so a value that begins with a backslash is left to the caller.
fn quoted(text: &str) -> Option<Range<usize>> {
    let quote = text.chars().next().filter(|first| matches!(first, '"' | '\''))?;
    let inner = text.get(1..)?;
    let mut escaped = false;
    for (at, char) in inner.char_indices() {
        if char == quote && !escaped {
            return Some(1..1 + at);
        }
        escaped = char == '\\' && !escaped;
    }
    Some(1..text.len())
}

/// The next run of characters that names are made of.
fn next_word(line: &str, from: usize) -> Option<Range<usize>> {
    let is_word =
        |char: char| char.is_ascii_alphanumeric() || !char.is_ascii() || matches!(char, '_' | '-' | '.');
    let start = from + line.get(from..)?.find(is_word)?;
    let rest = line.get(start..)?;
    let length = rest.find(|char| !is_word(char)).unwrap_or(rest.len());
    Some(start..start + rest.get(..length)?.trim_end_matches('.').len().max(1))
}
