//! Cuts the rows out of an answer while it streams in: push bytes, take whole rows, read the rest at the end.
//!
//! A row's inside is not checked here, only its brackets are counted, so one odd row never spoils the others; whoever
//! parses a row reports it. Every byte is looked at once, whatever the chunks. Must not know what a row means.

mod error;
#[cfg(test)]
mod tests;

use super::literal::decode;
use super::nesting::{Nesting, Scan, is_space, string_end};
use error::{EXCERPT, excerpt};

pub use error::SplitError;

/// What an answer holds beside its rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Envelope {
    /// The answer as JSON text with an empty list in the place of the rows, so that page tokens can be read.
    pub text: String,
    /// How many rows there were.
    pub rows: usize,
}

/// Resumable reader of `{"operations": [row, row], "next": "x"}`, or of a bare list.
#[derive(Debug)]
pub struct Splitter {
    rows_at: &'static str,
    buffer: Vec<u8>,
    /// Bytes before this are done with: handed out as a row, copied to the envelope, or dropped.
    start: usize,
    /// Bytes before this have been looked at.
    at: usize,
    /// How many bytes of the answer came before the buffer.
    before: usize,
    place: Place,
    value: Nesting,
    /// The member now being read is the one the rows belong to.
    at_rows: bool,
    found: Found,
    rows: usize,
    envelope: Vec<u8>,
}

/// What is expected at the next byte.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    Start,
    FirstKey,
    Key,
    InKey,
    Colon,
    Value,
    InValue,
    InWord,
    AfterValue,
    FirstRow,
    Row,
    InRow,
    InRowWord,
    AfterRow,
    End,
    /// The answer has not the shape that could hold rows. It is kept whole and judged at its end.
    Other,
    Broken(Break),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Break {
    NotJson,
    Malformed,
    Trailing,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Found {
    Nothing,
    NotAnArray,
    Rows,
}

impl Splitter {
    /// Rows are looked for under the top-level key `rows_at`; with `""` the answer itself must be the list. Should a
    /// server name the key twice, the rows of both lists come.
    pub fn new(rows_at: &'static str) -> Self {
        Splitter {
            rows_at,
            buffer: Vec::new(),
            start: 0,
            at: 0,
            before: 0,
            place: Place::Start,
            value: Nesting::default(),
            at_rows: false,
            found: Found::Nothing,
            rows: 0,
            envelope: Vec::new(),
        }
    }

    /// Takes the next bytes of the answer.
    pub fn push(&mut self, bytes: &[u8]) {
        // Only when the part to keep is smaller than the part to drop: so no byte is moved often.
        if self.start > self.buffer.len() / 2 {
            self.buffer.drain(..self.start);
            self.before += self.start;
            self.at -= self.start;
            self.start = 0;
        }
        let wanted = match self.place {
            Place::Broken(_) => EXCERPT.saturating_sub(self.buffered()),
            _ => bytes.len(),
        };
        self.buffer.extend_from_slice(bytes.get(..wanted).unwrap_or(bytes));
    }

    /// The next whole row as its text, good until the next call; `None` when more bytes are needed or none are left.
    /// A row that is not an object comes all the same, for its reader to refuse.
    pub fn next_row(&mut self) -> Option<&[u8]> {
        let end = self.advance()?;
        let start = std::mem::replace(&mut self.start, end);
        self.at = end;
        self.place = Place::AfterRow;
        self.rows += 1;
        self.buffer.get(start..end)
    }

    /// How many bytes are held that belong to no finished row yet.
    pub fn buffered(&self) -> usize {
        self.buffer.len() - self.start
    }

    /// To be called after the last bytes. Rows not taken yet are counted and dropped.
    pub fn finish(mut self) -> Result<Envelope, SplitError> {
        while self.next_row().is_some() {}
        let rows = self.rows;
        let text = String::from_utf8_lossy(&self.envelope).into_owned();
        match (self.place, self.found) {
            (Place::End, Found::Rows) => Ok(Envelope { text, rows }),
            (Place::End, Found::Nothing) => Err(SplitError::RowsMissing { envelope: text }),
            (Place::End, Found::NotAnArray) => Err(SplitError::RowsNotAnArray { envelope: text }),
            (Place::Start, _) if self.buffered() == 0 => Err(SplitError::Empty),
            (Place::Start | Place::Broken(Break::NotJson), _) => {
                Err(SplitError::NotJson { excerpt: self.excerpt() })
            }
            (Place::Broken(Break::Malformed), _) => {
                Err(SplitError::Malformed { offset: self.before + self.start, rows, excerpt: self.excerpt() })
            }
            (Place::Broken(Break::Trailing), _) => {
                Err(SplitError::TrailingText { rows, excerpt: self.excerpt() })
            }
            (Place::Other, _) => Err(other_answer(self.rows_at, text)),
            _ => Err(SplitError::Truncated { rows }),
        }
    }

    /// Reads on to the end of the next row, which then begins at `start`; `None` where the buffer ends before.
    fn advance(&mut self) -> Option<usize> {
        loop {
            match self.place {
                Place::InRow => match self.value.scan(&self.buffer, self.at) {
                    Scan::Done(end) => return Some(end),
                    Scan::More(at) => return self.wait_at(at),
                },
                Place::InRowWord => match self.word_end() {
                    Some(end) => return Some(end),
                    None => return self.wait_at(self.buffer.len()),
                },
                Place::InValue => match self.value.scan(&self.buffer, self.at) {
                    Scan::Done(end) => self.go(end, Place::AfterValue),
                    Scan::More(at) => return self.keep_and_wait(at),
                },
                Place::InWord => match self.word_end() {
                    Some(end) => self.go(end, Place::AfterValue),
                    None => return self.keep_and_wait(self.buffer.len()),
                },
                Place::InKey => match string_end(&self.buffer, self.at) {
                    Scan::Done(end) => {
                        self.at_rows = self.is_rows_key(end);
                        self.go(end, Place::Colon);
                    }
                    Scan::More(at) => return self.wait_at(at),
                },
                Place::Other => return self.keep_and_wait(self.buffer.len()),
                Place::Broken(_) => return None,
                Place::FirstRow | Place::Row | Place::AfterRow => self.between_rows()?,
                _ => self.outside_rows()?,
            }
        }
    }

    /// The next byte of the answer's own structure: its braces, keys, colons and commas.
    fn outside_rows(&mut self) -> Option<()> {
        let Some(byte) = self.next_solid() else { return self.keep_and_wait(self.at) };
        let next = self.at + 1;
        match (self.place, byte) {
            (Place::Start, 0xEF) if self.before + self.at == 0 => return self.byte_order_mark(),
            (Place::Start, b'{') if !self.rows_at.is_empty() => self.go(next, Place::FirstKey),
            (Place::Start, b'[') if self.rows_at.is_empty() => self.open_rows(),
            (Place::Start, b'{' | b'[' | b'"' | b'-' | b'0'..=b'9' | b't' | b'f' | b'n') => {
                self.go(self.at, Place::Other);
            }
            (Place::Start, _) => self.break_off(Break::NotJson),
            (Place::FirstKey | Place::Key, b'"') => {
                self.keep(self.at);
                self.go(next, Place::InKey);
            }
            (Place::Colon, b':') => self.go(next, Place::Value),
            (Place::Value, b'[') if self.at_rows => self.open_rows(),
            (Place::Value, b'{' | b'[' | b'"') => self.begin_value(Place::InValue, true),
            (Place::Value, b'n') => self.begin_value(Place::InWord, false),
            (Place::Value, b'-' | b'0'..=b'9' | b't' | b'f') => self.begin_value(Place::InWord, true),
            (Place::AfterValue, b',') => self.go(next, Place::Key),
            (Place::FirstKey | Place::AfterValue, b'}') => self.go(next, Place::End),
            (Place::End, _) => self.break_off(Break::Trailing),
            _ => self.break_off(Break::Malformed),
        }
        Some(())
    }

    /// The next byte between rows. What stands there is of no use to anyone and is dropped.
    fn between_rows(&mut self) -> Option<()> {
        let byte = self.next_solid();
        self.start = self.at;
        match (self.place, byte?) {
            (Place::FirstRow | Place::AfterRow, b']') => {
                let after = if self.rows_at.is_empty() { Place::End } else { Place::AfterValue };
                self.go(self.at + 1, after);
            }
            (Place::AfterRow, b',') => self.go(self.at + 1, Place::Row),
            (Place::AfterRow, _) | (_, b',' | b':' | b']' | b'}') => self.break_off(Break::Malformed),
            (_, b'{' | b'[' | b'"') => {
                self.value = Nesting::default();
                self.place = Place::InRow;
            }
            _ => self.place = Place::InRowWord,
        }
        Some(())
    }

    fn open_rows(&mut self) {
        self.keep(self.at + 1);
        self.found = Found::Rows;
        self.go(self.at + 1, Place::FirstRow);
    }

    fn begin_value(&mut self, place: Place, is_something: bool) {
        if self.at_rows && is_something && self.found == Found::Nothing {
            self.found = Found::NotAnArray;
        }
        self.value = Nesting::default();
        self.place = place;
    }

    /// Some servers begin with one; JSON does not allow it, and it must not reach the envelope.
    fn byte_order_mark(&mut self) -> Option<()> {
        const MARK: &[u8] = b"\xEF\xBB\xBF";
        let head = self.buffer.get(self.at..).unwrap_or_default();
        if head.starts_with(MARK) {
            self.start = self.at + MARK.len();
            self.go(self.start, Place::Start);
        } else if MARK.starts_with(head) {
            return None;
        } else {
            self.break_off(Break::NotJson);
        }
        Some(())
    }

    fn is_rows_key(&self, end: usize) -> bool {
        let key = self.buffer.get(self.start..end).unwrap_or_default();
        std::str::from_utf8(key).is_ok_and(|key| decode(key) == self.rows_at)
    }

    fn next_solid(&mut self) -> Option<u8> {
        let rest = self.buffer.get(self.at..).unwrap_or_default();
        self.at += rest.iter().take_while(|byte| is_space(**byte)).count();
        self.buffer.get(self.at).copied()
    }

    /// Where a number or a bare word ends.
    fn word_end(&self) -> Option<usize> {
        let rest = self.buffer.get(self.at..).unwrap_or_default();
        let length = rest.iter().position(|byte| is_space(*byte) || matches!(byte, b',' | b']' | b'}'))?;
        Some(self.at + length)
    }

    fn go(&mut self, at: usize, place: Place) {
        self.at = at;
        self.place = place;
    }

    fn break_off(&mut self, how: Break) {
        self.start = self.at;
        self.buffer.truncate(self.start + EXCERPT);
        self.place = Place::Broken(how);
    }

    /// Moves what has been read outside of the rows to the envelope.
    fn keep(&mut self, end: usize) {
        self.envelope.extend_from_slice(self.buffer.get(self.start..end).unwrap_or_default());
        self.start = end;
    }

    fn keep_and_wait<T>(&mut self, at: usize) -> Option<T> {
        self.keep(at);
        self.wait_at(at)
    }

    fn wait_at<T>(&mut self, at: usize) -> Option<T> {
        self.at = at;
        None
    }

    fn excerpt(&self) -> String {
        excerpt(self.buffer.get(self.start..).unwrap_or_default())
    }
}

/// Judges an answer that could not hold rows at all.
fn other_answer(rows_at: &str, envelope: String) -> SplitError {
    match super::validate(&envelope) {
        Ok(()) if rows_at.is_empty() && envelope.trim() != "null" => SplitError::RowsNotAnArray { envelope },
        Ok(()) => SplitError::RowsMissing { envelope },
        Err(error) if error.offset >= envelope.len() => SplitError::Truncated { rows: 0 },
        Err(_) => SplitError::NotJson { excerpt: excerpt(envelope.as_bytes()) },
    }
}
