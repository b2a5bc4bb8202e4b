//! Free text over loaded rows: words that must all occur, `"phrases with blanks"`, and `-word` for what must not.

use crate::fold::lowered;

/// A parsed free text. Case does not count.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TextQuery {
    /// In lower case; all must occur.
    pub wanted: Vec<String>,
    /// In lower case; none may occur.
    pub unwanted: Vec<String>,
}

impl TextQuery {
    /// Reads what was typed. Total: an open quote runs to the end, a lone `-` is a word.
    pub fn parse(text: &str) -> TextQuery {
        let mut query = TextQuery::default();
        let mut rest = text.trim_start();
        while !rest.is_empty() {
            let (not, body) = match rest.strip_prefix('-') {
                Some(body) if !body.is_empty() && !body.starts_with(char::is_whitespace) => (true, body),
                _ => (false, rest),
            };
            let (word, after) = match body.strip_prefix('"') {
                Some(quoted) => quoted.split_once('"').unwrap_or((quoted, "")),
                None => body.split_at(body.find(char::is_whitespace).unwrap_or(body.len())),
            };
            if !word.is_empty() {
                let list = if not { &mut query.unwanted } else { &mut query.wanted };
                list.push(lowered(word));
            }
            rest = after.trim_start();
        }
        query
    }

    /// True where every row matches.
    pub fn is_empty(&self) -> bool {
        self.wanted.is_empty() && self.unwanted.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_phrases_and_exclusions() {
        let query = TextQuery::parse(r#"  Port "Quota exceeded" -vsrx - -"two words" "open"#);
        assert_eq!(query.wanted, ["port", "quota exceeded", "-", "open"]);
        assert_eq!(query.unwanted, ["vsrx", "two words"]);
        assert!(TextQuery::parse(" \t").is_empty());
    }
}
