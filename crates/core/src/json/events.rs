//! A strict reader that walks a whole document piece by piece: enter, key, scalar, leave. Everything that must know
//! a document to be valid stands on it. Keeps its own stack of open brackets, one byte per level.

use super::nesting::{Scan, is_space, string_end};
use crate::text::{fill, t};

/// Why a text is not JSON.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", fill("Not valid JSON at byte {0}: {1}.", &[&.offset.to_string(), t(.message)]))]
pub struct JsonError {
    /// Where, in bytes from the start.
    pub offset: usize,
    /// What is wrong there, without a full stop.
    pub message: &'static str,
}

/// Checks that a text is one JSON value and nothing else, at any depth of nesting.
pub fn validate(text: &str) -> Result<(), JsonError> {
    let mut events = Events::new(text);
    while events.next()?.is_some() {}
    Ok(())
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Container {
    Object,
    Array,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Event<'a> {
    /// An opening bracket at this offset.
    Enter(usize),
    /// A closing bracket; the container ends before this offset.
    Leave(usize),
    /// A member's name as it is written, quotes included, at this offset.
    Key(usize, &'a str),
    /// A string, number or word as it is written, at this offset.
    Scalar(usize, &'a str),
}

#[derive(Clone, Copy)]
enum Expect {
    Value,
    ValueOrEnd,
    Key,
    KeyOrEnd,
    CommaOrEnd,
    Nothing,
}

pub(super) struct Events<'a> {
    text: &'a str,
    at: usize,
    open: Vec<Container>,
    expect: Expect,
}

impl<'a> Events<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Events { text, at: 0, open: Vec::new(), expect: Expect::Value }
    }

    /// The next piece; `None` after the last. After an error the reader is of no more use.
    pub(super) fn next(&mut self) -> Result<Option<Event<'a>>, JsonError> {
        loop {
            self.skip_space();
            let Some(byte) = self.peek() else {
                return match self.expect {
                    Expect::Nothing => Ok(None),
                    _ => self.fail("the text ends too early"),
                };
            };
            match (self.expect, byte) {
                (Expect::Nothing, _) => return self.fail("something follows the end of the value"),
                (Expect::CommaOrEnd, b',') => {
                    self.at += 1;
                    self.expect = match self.open.last() {
                        Some(Container::Object) => Expect::Key,
                        _ => Expect::Value,
                    };
                }
                (Expect::KeyOrEnd | Expect::CommaOrEnd, b'}') => return self.leave(Container::Object),
                (Expect::ValueOrEnd | Expect::CommaOrEnd, b']') => return self.leave(Container::Array),
                (Expect::CommaOrEnd, _) => return self.fail("a comma or a closing bracket is missing"),
                (Expect::Key | Expect::KeyOrEnd, b'"') => return self.key(),
                (Expect::Key | Expect::KeyOrEnd, _) => {
                    return self.fail("a member's name in quotes is missing");
                }
                (Expect::Value | Expect::ValueOrEnd, _) => return self.value(byte),
            }
        }
    }

    fn value(&mut self, byte: u8) -> Result<Option<Event<'a>>, JsonError> {
        let start = self.at;
        match byte {
            b'{' => return Ok(Some(self.enter(Container::Object, Expect::KeyOrEnd))),
            b'[' => return Ok(Some(self.enter(Container::Array, Expect::ValueOrEnd))),
            b'"' => self.string()?,
            b'-' | b'0'..=b'9' => self.number()?,
            b't' => self.word("true")?,
            b'f' => self.word("false")?,
            b'n' => self.word("null")?,
            _ => return self.fail("a value is missing"),
        }
        self.close_value();
        Ok(Some(Event::Scalar(start, self.text.get(start..self.at).unwrap_or_default())))
    }

    fn enter(&mut self, container: Container, expect: Expect) -> Event<'a> {
        self.open.push(container);
        self.expect = expect;
        self.at += 1;
        Event::Enter(self.at - 1)
    }

    fn leave(&mut self, container: Container) -> Result<Option<Event<'a>>, JsonError> {
        if self.open.last() != Some(&container) {
            return self.fail("the closing bracket is of the wrong kind");
        }
        self.open.pop();
        self.at += 1;
        self.close_value();
        Ok(Some(Event::Leave(self.at)))
    }

    fn close_value(&mut self) {
        self.expect = if self.open.is_empty() { Expect::Nothing } else { Expect::CommaOrEnd };
    }

    fn key(&mut self) -> Result<Option<Event<'a>>, JsonError> {
        let start = self.at;
        self.string()?;
        let key = self.text.get(start..self.at).unwrap_or_default();
        self.skip_space();
        if self.peek() != Some(b':') {
            return self.fail("a colon is missing after a member's name");
        }
        self.at += 1;
        self.expect = Expect::Value;
        Ok(Some(Event::Key(start, key)))
    }

    fn string(&mut self) -> Result<(), JsonError> {
        let start = self.at + 1;
        let Scan::Done(end) = string_end(self.text.as_bytes(), start) else {
            return self.fail("a string has no end");
        };
        let inner = self.text.as_bytes().get(start..end - 1).unwrap_or_default();
        let mut escaped = false;
        for (offset, byte) in inner.iter().enumerate() {
            if *byte < b' ' {
                self.at = start + offset;
                return self.fail("a control character stands bare in a string");
            }
            escaped |= *byte == b'\\';
        }
        if escaped && let Some(offset) = bad_escape(inner) {
            self.at = start + offset;
            return self.fail("an escape in a string is not one JSON knows");
        }
        self.at = end;
        Ok(())
    }

    fn number(&mut self) -> Result<(), JsonError> {
        self.eat(b'-');
        if !self.eat(b'0') {
            self.digits()?;
        }
        if self.eat(b'.') {
            self.digits()?;
        }
        if self.eat(b'e') || self.eat(b'E') {
            let _ = self.eat(b'+') || self.eat(b'-');
            self.digits()?;
        }
        Ok(())
    }

    fn digits(&mut self) -> Result<(), JsonError> {
        let from = self.at;
        while self.peek().is_some_and(|byte| byte.is_ascii_digit()) {
            self.at += 1;
        }
        if from == self.at { self.fail("a number lacks digits") } else { Ok(()) }
    }

    fn word(&mut self, word: &'static str) -> Result<(), JsonError> {
        if !self.text.as_bytes().get(self.at..).unwrap_or_default().starts_with(word.as_bytes()) {
            return self.fail("only true, false and null may stand without quotes");
        }
        self.at += word.len();
        Ok(())
    }

    fn eat(&mut self, byte: u8) -> bool {
        let found = self.peek() == Some(byte);
        self.at += usize::from(found);
        found
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn skip_space(&mut self) {
        while self.peek().is_some_and(is_space) {
            self.at += 1;
        }
    }

    fn fail<T>(&self, message: &'static str) -> Result<T, JsonError> {
        Err(JsonError { offset: self.at, message })
    }
}

/// Where in the inside of a string an escape is wrong.
fn bad_escape(inner: &[u8]) -> Option<usize> {
    let mut at = 0;
    loop {
        at += memchr::memchr(b'\\', inner.get(at..)?)?;
        at += match inner.get(at + 1) {
            Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => 2,
            Some(b'u') => {
                let digits = inner.get(at + 2..at + 6);
                if !digits.is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit)) {
                    return Some(at);
                }
                6
            }
            _ => return Some(at),
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("{}")]
    #[case(" [ ] ")]
    #[case(r#"{"a":[1,-0,0.5,1e9,-2.5E-3,12345678901234567890123],"b":{"":null},"c":"\u00e9\n"}"#)]
    #[case("true")]
    #[case("\"\\ud800\"")]
    fn valid(#[case] text: &str) {
        assert_eq!(validate(text), Ok(()));
    }

    #[rstest]
    #[case("", 0)]
    #[case("{", 1)]
    #[case("[1,]", 3)]
    #[case("{\"a\":1,}", 7)]
    #[case("[}", 1)]
    #[case("{]", 1)]
    #[case("[1}", 2)]
    #[case("{\"a\"}", 4)]
    #[case("{a:1}", 1)]
    #[case("[1 2]", 3)]
    #[case("01", 1)]
    #[case("1.", 2)]
    #[case("-", 1)]
    #[case("1e", 2)]
    #[case("+1", 0)]
    #[case("nul", 0)]
    #[case("NaN", 0)]
    #[case("\"a", 0)]
    #[case("\"a\nb\"", 2)]
    #[case("\"\\x\"", 1)]
    #[case("\"\\n\\u12g4\"", 3)]
    #[case("{} x", 3)]
    #[case("'a'", 0)]
    fn invalid(#[case] text: &str, #[case] offset: usize) {
        assert_eq!(validate(text).unwrap_err().offset, offset, "{text}");
        assert!(serde_json::from_str::<serde_json::Value>(text).is_err(), "the judge agrees on {text}");
    }

    #[test]
    fn depth_is_no_limit() {
        let deep = format!("{}1{}", "[{\"a\":".repeat(200_000), "}]".repeat(200_000));
        assert_eq!(validate(&deep), Ok(()));
        assert!(validate(deep.get(..deep.len() - 1).unwrap()).is_err());
    }

    #[test]
    fn the_sentence_tells_where() {
        let error = validate("[1,]").unwrap_err();
        assert_eq!(error.to_string(), "Not valid JSON at byte 3: a value is missing.");
    }
}
