//! What people read, in their language. A text is named by its English words, which stand where it is used; another
//! language is one file that says each of them anew. Must not know which languages there are, nor where they come from.
//!
//! A `&'static str` that is drawn or said is ours and is translated there ([`said`]); a `String` holds what somebody
//! else said, or what was put together with [`fill`], and stays as it is.

use std::borrow::Cow;
use std::sync::OnceLock;

use crate::json::{decode, fields};

/// English texts with their translations, sorted by the English.
type Catalogue = Vec<(String, String)>;

static SPOKEN: OnceLock<Catalogue> = OnceLock::new();

/// Speaks another language from now on: a JSON object that gives each English text its translation. False where it is
/// no such object; then English stays. Only the first call counts: a page speaks one language for as long as it lives.
pub fn speak(catalogue: &str) -> bool {
    read(catalogue).is_some_and(|catalogue| SPOKEN.set(catalogue).is_ok())
}

/// A translation that is empty is none.
fn read(catalogue: &str) -> Option<Catalogue> {
    let mut texts = Catalogue::new();
    let mut sound = true;
    fields::visit(catalogue, &mut |english, other| {
        sound &= other.starts_with('"');
        let other = decode(other).into_owned();
        if !other.is_empty() {
            texts.push((english.into_owned(), other));
        }
    })
    .ok()?;
    texts.sort_unstable();
    (sound && !texts.is_empty()).then_some(texts)
}

/// A text in the language spoken; in English where that language lacks it.
pub fn t(english: &'static str) -> &'static str {
    SPOKEN.get().and_then(|spoken| look(spoken, english)).unwrap_or(english)
}

/// A text with values in the places `{0}`, `{1}` …, which another language may put in another order. A place without
/// a value stays as it is written.
pub fn fill(english: &'static str, values: &[&str]) -> String {
    put(t(english), values)
}

/// A number of things: `one` for 1, `many` for any other, with the number in the place `{0}` and further values after it.
pub fn count(number: usize, one: &'static str, many: &'static str, values: &[&str]) -> String {
    let shown = number.to_string();
    let mut all = vec![&*shown];
    all.extend_from_slice(values);
    fill(if number == 1 { one } else { many }, &all)
}

/// An action's label with what it is done to; behind a label of several words after a colon. Languages order them their
/// own way, and a pattern of signs alone would be the name of other texts, too: so this one begins with a word.
pub fn act(label: &'static str, what: &str) -> String {
    let pattern = t(if label.contains(' ') { "do {0}: {1}" } else { "do {0} {1}" });
    put(pattern.strip_prefix("do ").unwrap_or(pattern), &[t(label), what])
}

/// What is drawn or said: a text of ours in the language spoken, any other as it is.
pub fn said(text: Cow<'static, str>) -> Cow<'static, str> {
    match text {
        Cow::Borrowed(ours) => Cow::Borrowed(t(ours)),
        owned @ Cow::Owned(_) => owned,
    }
}

fn look<'a>(spoken: &'a Catalogue, english: &str) -> Option<&'a str> {
    let at = spoken.binary_search_by(|(known, _)| known.as_str().cmp(english)).ok()?;
    spoken.get(at).map(|(_, other)| other.as_str())
}

fn put(pattern: &str, values: &[&str]) -> String {
    let mut text = String::with_capacity(pattern.len() + 16);
    pieces(pattern, &mut |before, place| {
        text.push_str(before);
        let Some(place) = place else { return };
        match values.get(place) {
            Some(value) => text.push_str(value),
            None => text.extend(['{', char::from(b'0' + u8::try_from(place).unwrap_or(0)), '}']),
        }
    });
    text
}

/// Takes a pattern apart: each text with the number of the place behind it, the last one without.
pub fn pieces(pattern: &str, each: &mut dyn FnMut(&str, Option<usize>)) {
    let mut from = 0;
    for (at, window) in pattern.as_bytes().windows(3).enumerate() {
        if let [b'{', digit @ b'0'..=b'9', b'}'] = window {
            each(pattern.get(from..at).unwrap_or_default(), Some(usize::from(digit - b'0')));
            from = at + 3;
        }
    }
    each(pattern.get(from..).unwrap_or_default(), None);
}

/// What ends a sentence.
pub const STOPS: [char; 4] = ['.', '!', '?', '。'];

/// A clause as a sentence of its own.
pub fn full_stop(clause: &str) -> String {
    fill("{0}.", &[clause])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_go_where_the_pattern_wants_them() {
        assert_eq!(put("{0} of {1} loaded", &["3", "10"]), "3 of 10 loaded");
        assert_eq!(put("{1}件中{0}件", &["3", "10"]), "10件中3件");
        assert_eq!(put("{0}{0}", &["{0}"]), "{0}{0}", "a value is not read again");
        assert_eq!(put("{2} { {x} {0 {{0}}", &["a"]), "{2} { {x} {0 {a}");
        assert_eq!(put("日{0}", &["本"]), "日本");
    }

    #[test]
    fn a_text_that_a_language_lacks_is_said_in_english() {
        let spoken = read(r#"{"Retry":"再試行","Cancel":"取消","Redo":""}"#).unwrap();
        assert_eq!(look(&spoken, "Retry"), Some("再試行"));
        assert_eq!(look(&spoken, "Redo"), None);
        assert_eq!((t("Redo"), fill("{0} rows", &["7"]).as_str()), ("Redo", "7 rows"));
        assert_eq!(count(1, "{0} row of {1}", "{0} rows of {1}", &["9"]), "1 row of 9");
        assert_eq!([act("Kill", "1 job"), act("Set state", "1 job")], ["Kill 1 job", "Set state: 1 job"]);
        assert_eq!(count(0, "{0} row of {1}", "{0} rows of {1}", &["9"]), "0 rows of 9");
    }

    #[test]
    fn what_is_no_catalogue_is_not_spoken() {
        for broken in
            ["", "null", "<!doctype html>", "[]", "{}", r#"{"a":1}"#, r#"{"a":"b""#, r#"{"a":null}"#]
        {
            assert!(read(broken).is_none(), "{broken}");
        }
        assert!(!speak("{}"));
    }
}
