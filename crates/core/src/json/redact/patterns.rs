//! What gives a secret away by its look alone, wherever it stands in a text.

use std::ops::Range;

/// How a kind of token begins, and how many more characters it has at least.
const TOKENS: &[(&str, usize)] = &[
    ("ya29.", 8),
    ("AKIA", 16),
    ("ASIA", 16),
    ("AIza", 30),
    ("gAAAAA", 40),
    ("ghp_", 20),
    ("gho_", 20),
    ("ghs_", 20),
    ("github_pat_", 20),
    ("glpat-", 16),
    ("xoxb-", 10),
    ("xoxp-", 10),
];

/// Appends every place in `text` that looks like a secret.
pub(super) fn find(text: &str, secrets: &mut Vec<Range<usize>>) {
    for (prefix, least) in TOKENS {
        for word in words(text, prefix, |byte| is_token(byte) || byte == b'.') {
            if word.len() >= prefix.len() + least {
                secrets.push(word);
            }
        }
    }
    web_tokens(text, secrets);
    hashes(text, secrets);
    keys(text, secrets);
    addresses(text, secrets);
}

/// Signed tokens: three parts with points between, the first being JSON, which in Base64 begins with `eyJ`.
fn web_tokens(text: &str, secrets: &mut Vec<Range<usize>>) {
    for word in words(text, "eyJ", |byte| is_token(byte) || byte == b'.') {
        let parts = text.get(word.clone()).unwrap_or_default().split('.');
        if parts.filter(|part| part.len() >= 4).count() >= 2 {
            secrets.push(word);
        }
    }
}

/// Hashed or lightly hidden passwords: `$6$salt$hash`, `$9$…` of Junos.
fn hashes(text: &str, secrets: &mut Vec<Range<usize>>) {
    for word in
        words(text, "$", |byte| is_token(byte) || matches!(byte, b'$' | b'.' | b'/' | b'=' | b'+' | b','))
    {
        let hash = text.get(word.start + 1..word.end).and_then(|inner| inner.split_once('$'));
        if hash.is_some_and(|(kind, hash)| {
            (1..=6).contains(&kind.len())
                && kind.bytes().all(|byte| byte.is_ascii_alphanumeric())
                && hash.len() >= 4
        }) {
            secrets.push(word);
        }
    }
}

/// Private keys as text; one whose end is missing goes on to the end of the text.
fn keys(text: &str, secrets: &mut Vec<Range<usize>>) {
    const BEGIN: &str = "-----BEGIN ";
    let mut from = 0;
    while let Some(found) = text.get(from..).and_then(|rest| rest.find(BEGIN)) {
        let start = from + found;
        from = start + BEGIN.len();
        let rest = text.get(from..).unwrap_or_default();
        let title = rest.split("-----").next().unwrap_or_default();
        if !title.ends_with("PRIVATE KEY") && !title.ends_with("PRIVATE KEY BLOCK") {
            continue;
        }
        let end = rest.find("-----END").map_or(text.len(), |end| {
            let tail = rest.get(end + 8..).unwrap_or_default();
            from + end + 8 + tail.find("-----").map_or(tail.len(), |dashes| dashes + 5)
        });
        secrets.push(start..end);
        from = end;
    }
}

/// The password in `scheme://user:password@host`.
fn addresses(text: &str, secrets: &mut Vec<Range<usize>>) {
    for found in text.match_indices("://").map(|(at, _)| at) {
        let start = found + 3;
        let length = run(text, start, |byte| !byte.is_ascii_whitespace() && !b"/?#\"'<>\\".contains(&byte));
        let authority = text.get(start..start + length).unwrap_or_default();
        if let Some((user, _)) = authority.rsplit_once('@')
            && let Some((name, password)) = user.split_once(':')
            && !password.is_empty()
        {
            secrets.push(start + name.len() + 1..start + user.len());
        }
    }
}

/// The words that begin with `prefix`, each as long as its characters are of a kind. A prefix inside of such a word
/// is not looked at again, so that no text costs more than its length.
fn words(text: &str, prefix: &str, is: impl Fn(u8) -> bool) -> Vec<Range<usize>> {
    let mut words: Vec<Range<usize>> = Vec::new();
    for start in text.match_indices(prefix).map(|(at, _)| at) {
        let before = start.checked_sub(1).and_then(|at| text.as_bytes().get(at));
        let is_inside = words.last().is_some_and(|word| start < word.end);
        if !is_inside && !before.is_some_and(|byte| byte.is_ascii_alphanumeric()) {
            let after = start + prefix.len();
            words.push(start..after + run(text, after, &is));
        }
    }
    words
}

/// How many bytes from `start` on are of a kind.
fn run(text: &str, start: usize, is: impl Fn(u8) -> bool) -> usize {
    text.as_bytes().get(start..).unwrap_or_default().iter().take_while(|byte| is(**byte)).count()
}

fn is_token(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_')
}
