//! What people read, in their language. A text is named by its English words, which stand where it is used; another
//! language is one file that says each of them anew. Must not know which languages there are, nor where they come from.

use std::sync::OnceLock;

/// English texts with their translations, sorted by the English.
type Catalogue = Vec<(String, String)>;

static SPOKEN: OnceLock<Catalogue> = OnceLock::new();

/// Speaks another language from now on. Only the first call counts: a page speaks one language for as long as it lives.
pub fn speak(mut catalogue: Vec<(String, String)>) {
    catalogue.sort_unstable();
    let _ = SPOKEN.set(catalogue);
}

/// A text in the language spoken; in English where that language lacks it.
pub fn t(english: &'static str) -> &'static str {
    SPOKEN.get().and_then(|spoken| said(spoken, english)).unwrap_or(english)
}

/// A text with values in the places `{0}`, `{1}` …, which another language may put in another order. A place without
/// a value stays as it is written.
pub fn fill(english: &'static str, values: &[&str]) -> String {
    put(t(english), values)
}

fn said<'a>(spoken: &'a Catalogue, english: &str) -> Option<&'a str> {
    let at = spoken.binary_search_by(|(known, _)| known.as_str().cmp(english)).ok()?;
    spoken.get(at).map(|(_, other)| other.as_str())
}

fn put(pattern: &str, values: &[&str]) -> String {
    let mut text = String::with_capacity(pattern.len() + 16);
    let mut rest = pattern;
    while let Some((before, after)) = rest.split_once('{') {
        text.push_str(before);
        let digit =
            after.as_bytes().first().map_or(usize::MAX, |digit| usize::from(digit.wrapping_sub(b'0')));
        match (values.get(digit), after.get(1..2)) {
            (Some(value), Some("}")) => {
                text.push_str(value);
                rest = after.get(2..).unwrap_or_default();
            }
            _ => {
                text.push('{');
                rest = after;
            }
        }
    }
    text.push_str(rest);
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_go_where_the_pattern_wants_them() {
        assert_eq!(put("{0} of {1} loaded", &["3", "10"]), "3 of 10 loaded");
        assert_eq!(put("{1}件中{0}件", &["3", "10"]), "10件中3件");
        assert_eq!(put("{0}{0}", &["{0}"]), "{0}{0}", "a value is not read again");
        assert_eq!(put("{2} { {x} {0", &["a"]), "{2} { {x} {0");
        assert_eq!(put("日{0}", &["本"]), "日本");
    }

    #[test]
    fn a_text_that_a_language_lacks_is_said_in_english() {
        let spoken =
            vec![("Cancel".to_owned(), "取消".to_owned()), ("Retry".to_owned(), "再試行".to_owned())];
        assert_eq!(said(&spoken, "Retry"), Some("再試行"));
        assert_eq!(said(&spoken, "Redo"), None);
        assert_eq!((t("Redo"), fill("{0} rows", &["7"]).as_str()), ("Redo", "7 rows"));
    }
}
