//! Cuts a query's text into words and `key:value` pieces, each with its place. Total: any text can be cut. Knows no key,
//! no column and no filter; whether a piece means something is for `read` to say.

use std::ops::Range;

/// How a key and a value stand to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sign {
    /// `:`
    Is,
    /// `>`
    Over,
    /// `>=`
    AtLeast,
    /// `<`
    Under,
    /// `<=`
    AtMost,
}

impl Sign {
    /// As it is written.
    pub(crate) fn text(self) -> &'static str {
        match self {
            Sign::Is => ":",
            Sign::Over => ">",
            Sign::AtLeast => ">=",
            Sign::Under => "<",
            Sign::AtMost => "<=",
        }
    }

    /// The sign at the start of a text, with how long it is. `a::b` and `http://` are words.
    fn at(text: &str) -> Option<(Sign, usize)> {
        let two = match text.as_bytes().get(..2) {
            Some(b">=") => Some(Sign::AtLeast),
            Some(b"<=") => Some(Sign::AtMost),
            _ => None,
        };
        match text.as_bytes().first()? {
            _ if two.is_some() => two.map(|sign| (sign, 2)),
            b':' if !text.starts_with("::") && !text.starts_with("://") => Some((Sign::Is, 1)),
            b'>' => Some((Sign::Over, 1)),
            b'<' => Some((Sign::Under, 1)),
            _ => None,
        }
    }
}

/// One value of a piece, or its word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Value {
    /// Without quotes and escapes.
    pub(crate) text: String,
    /// It stood in quotes, so that every character of it means itself.
    pub(crate) quoted: bool,
    /// Where it stands, quotes included.
    pub(crate) span: Range<usize>,
}

/// One piece.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Token<'a> {
    /// Where it stands, the minus included.
    pub(crate) span: Range<usize>,
    /// A minus stands before it.
    pub(crate) not: bool,
    /// Its key with the sign after it; a word has none.
    pub(crate) key: Option<(&'a str, Sign)>,
    /// Where the key begins, or the word.
    pub(crate) begin: usize,
    /// Its values; a word has one.
    pub(crate) values: Vec<Value>,
    /// Where a quote opens that is not closed.
    pub(crate) open: Option<usize>,
}

/// All pieces of a text, in order.
pub(crate) fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut reader = Reader { text, at: 0, open: None };
    let mut found = Vec::new();
    while reader.skip_blanks() {
        found.push(reader.token());
    }
    found
}

/// What stands between quotes, with what it would be cut into for the quotes left out.
pub(crate) fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for letter in text.chars() {
        if matches!(letter, '"' | '\\') {
            out.push('\\');
        }
        out.push(letter);
    }
    out.push('"');
    out
}

/// How much of a text could be a key, where a sign follows; with the sign and its length.
pub(crate) fn key_in(text: &str) -> Option<(&str, Sign, usize)> {
    let is_key = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '_' | '-' | '.' | '*');
    if !text.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_') {
        return None;
    }
    let (key, rest) = text.split_at(text.find(|letter| !is_key(letter))?);
    Sign::at(rest).map(|(sign, len)| (key, sign, len))
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
    open: Option<usize>,
}

impl<'a> Reader<'a> {
    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn skip_blanks(&mut self) -> bool {
        let rest = self.rest();
        self.at += rest.len() - rest.trim_start().len();
        !self.rest().is_empty()
    }

    fn token(&mut self) -> Token<'a> {
        let start = self.at;
        self.open = None;
        let not = self.rest().strip_prefix('-').is_some_and(|body| {
            let first = body.chars().next();
            first.is_some_and(|first| !first.is_whitespace())
        });
        self.at += usize::from(not);
        let begin = self.at;
        let found = key_in(self.rest());
        let mut values = Vec::new();
        if let Some((key, _, len)) = found {
            self.at += key.len() + len;
            values.push(self.value(true));
            while self.rest().starts_with(',') {
                self.at += 1;
                values.push(self.value(true));
            }
        } else {
            values.push(self.value(false));
        }
        let key = found.map(|(key, sign, _)| (key, sign));
        Token { span: start..self.at, not, key, begin, values, open: self.open }
    }

    fn value(&mut self, in_list: bool) -> Value {
        let start = self.at;
        if self.rest().starts_with('"') {
            let text = self.quoted();
            return Value { text, quoted: true, span: start..self.at };
        }
        let rest = self.rest();
        let ends = |letter: char| letter.is_whitespace() || in_list && letter == ',';
        let text = rest.get(..rest.find(ends).unwrap_or(rest.len())).unwrap_or_default();
        self.at += text.len();
        Value { text: text.to_owned(), quoted: false, span: start..self.at }
    }

    /// Reads from a quote to the one that closes it, or to the end.
    fn quoted(&mut self) -> String {
        let start = self.at;
        let mut text = String::new();
        let mut letters = self.rest().char_indices().skip(1).peekable();
        while let Some((at, letter)) = letters.next() {
            let next = letters.peek().map(|(_, next)| *next);
            match letter {
                '"' => {
                    self.at = start + at + 1;
                    return text;
                }
                '\\' if matches!(next, Some('"' | '\\')) => {
                    text.extend(next);
                    letters.next();
                }
                _ => text.push(letter),
            }
        }
        self.open = Some(start);
        self.at = self.text.len();
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<String> {
        let told = |token: &Token<'_>| {
            let not = if token.not { "not " } else { "" };
            let key = token.key.map(|(key, sign)| format!("{key} {} ", sign.text())).unwrap_or_default();
            let values: Vec<_> = token.values.iter().map(|value| format!("<{}>", value.text)).collect();
            format!("{not}{key}{}{}", values.join(""), if token.open.is_some() { " open" } else { "" })
        };
        tokens(text).iter().map(told).collect()
    }

    #[test]
    fn words_phrases_keys_and_values() {
        assert_eq!(
            cut(r#" Port "two words" -vsrx - -"not these" state:failed,stuck -tenant:x body.a-b.*.c:192.* "#),
            [
                "<Port>",
                "<two words>",
                "not <vsrx>",
                "<->",
                "not <not these>",
                "state : <failed><stuck>",
                "not tenant : <x>",
                "body.a-b.*.c : <192.*>"
            ]
        );
        assert_eq!(
            cut(r#"started>now-2h progress>=50 a<b a<=b kind:"a, \"b\"",c"#),
            ["started > <now-2h>", "progress >= <50>", "a < <b>", "a <= <b>", "kind : <a, \"b\"><c>"]
        );
    }

    #[test]
    fn what_only_looks_like_a_key_is_a_word() {
        for word in ["ECL::VSRX", "http://host/x?a=b", "12:30", "--x:y", ":x", "é:x", "a=b", "ab\"c", "-"] {
            let tokens = tokens(word);
            assert!(tokens.len() == 1 && tokens[0].key.is_none(), "{word}: {tokens:?}");
        }
    }

    #[test]
    fn open_quotes_and_missing_values_are_seen() {
        assert_eq!(cut("\"open to the end"), ["<open to the end> open"]);
        assert_eq!(cut(r#"kind:"a"b kind: kind:a,"#), ["kind : <a>", "<b>", "kind : <>", "kind : <a><>"]);
        assert_eq!(tokens("ab -kind:x,\"y z\"")[1].values[1].span, 11..16);
    }
}
