//! The top-level members of one object, as slices of its text, and tolerant readers for their values.
//!
//! For rows by the hundred thousand: nothing is copied, and the inside of nested values is passed over by its brackets
//! only. Must not know which members there are.

use std::borrow::Cow;
use std::collections::HashMap;
use std::collections::hash_map::Entry;

use super::events::JsonError;
use super::literal::decode;
use super::nesting::{Nesting, Scan, is_space};

/// Calls `each` with every top-level member of an object: its decoded name and its value as written. Of members with
/// the same name the last one counts; it comes last, so plain assignment gets it right. Values are not checked
/// inside: see [`super::validate`].
pub fn visit<'a>(text: &'a str, each: &mut dyn FnMut(Cow<'a, str>, &'a str)) -> Result<(), JsonError> {
    let mut cursor = Cursor { text, at: 0 };
    cursor.expect(b'{', "an object is missing")?;
    if cursor.eat(b'}') {
        return cursor.end();
    }
    loop {
        if cursor.next_solid() != Some(b'"') {
            return cursor.fail("a member's name in quotes is missing");
        }
        let key = cursor.value()?;
        cursor.expect(b':', "a colon is missing after a member's name")?;
        each(decode(key), cursor.value()?);
        if !cursor.eat(b',') {
            cursor.expect(b'}', "a comma or a closing bracket is missing")?;
            return cursor.end();
        }
    }
}

/// The top-level members of an object in their order. Of members with the same name the last value stays, in the
/// place of the first.
pub fn members(text: &str) -> Result<Vec<(Cow<'_, str>, &str)>, JsonError> {
    let mut members: Vec<(Cow<'_, str>, &str)> = Vec::new();
    let mut places: HashMap<Cow<'_, str>, usize> = HashMap::new();
    visit(text, &mut |key, value| match places.entry(key.clone()) {
        Entry::Occupied(place) => {
            if let Some(member) = members.get_mut(*place.get()) {
                member.1 = value;
            }
        }
        Entry::Vacant(place) => {
            place.insert(members.len());
            members.push((key, value));
        }
    })?;
    Ok(members)
}

/// Whether a value is `null`.
pub fn is_null(value: &str) -> bool {
    value.trim() == "null"
}

/// The text of a scalar: a string decoded, a number or word as written. `None` for null, objects and arrays.
pub fn as_text(value: &str) -> Option<Cow<'_, str>> {
    let value = value.trim();
    match value.bytes().next()? {
        b'"' => Some(decode(value)),
        b'{' | b'[' => None,
        _ => (value != "null").then_some(Cow::Borrowed(value)),
    }
}

/// What to show where a text belongs but anything may stand: as [`as_text`], with objects and arrays as written.
pub fn as_shown(value: &str) -> Option<Cow<'_, str>> {
    let value = value.trim();
    match value.bytes().next()? {
        b'{' | b'[' => Some(Cow::Borrowed(value)),
        _ => as_text(value),
    }
}

/// A boolean, or a string that spells one in any case.
pub fn as_bool(value: &str) -> Option<bool> {
    let text = as_text(value)?;
    if text.eq_ignore_ascii_case("true") {
        Some(true)
    } else {
        text.eq_ignore_ascii_case("false").then_some(false)
    }
}

/// A whole number that is not negative, or a string that spells one. `3.0` counts, `3.5` and `3e2` do not.
pub fn as_u64(value: &str) -> Option<u64> {
    whole(&as_text(value)?)?.parse().ok()
}

/// A whole number, as [`as_u64`] but with a sign.
pub fn as_i64(value: &str) -> Option<i64> {
    whole(&as_text(value)?)?.parse().ok()
}

/// Digits with at most a minus before and nothing but zeros behind the point.
fn whole(text: &str) -> Option<&str> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let digits = whole.strip_prefix('-').unwrap_or(whole);
    let good = !digits.is_empty()
        && digits.bytes().all(|byte| byte.is_ascii_digit())
        && !fraction.is_empty()
        && fraction.bytes().all(|byte| byte == b'0');
    good.then_some(whole)
}

struct Cursor<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Cursor<'a> {
    fn next_solid(&mut self) -> Option<u8> {
        let rest = self.text.as_bytes().get(self.at..).unwrap_or_default();
        self.at += rest.iter().take_while(|byte| is_space(**byte)).count();
        self.text.as_bytes().get(self.at).copied()
    }

    fn eat(&mut self, byte: u8) -> bool {
        let found = self.next_solid() == Some(byte);
        self.at += usize::from(found);
        found
    }

    fn expect(&mut self, byte: u8, message: &'static str) -> Result<(), JsonError> {
        if self.eat(byte) { Ok(()) } else { self.fail(message) }
    }

    fn end(&mut self) -> Result<(), JsonError> {
        match self.next_solid() {
            None => Ok(()),
            Some(_) => self.fail("something follows the end of the object"),
        }
    }

    fn value(&mut self) -> Result<&'a str, JsonError> {
        let bytes = self.text.as_bytes();
        let first = self.next_solid();
        let start = self.at;
        match first {
            Some(b'"' | b'{' | b'[') => match Nesting::default().scan(bytes, start) {
                Scan::Done(end) => self.at = end,
                Scan::More(_) => return self.fail("a value has no end"),
            },
            Some(b'-' | b'0'..=b'9' | b'a'..=b'z') => {
                let rest = bytes.get(start..).unwrap_or_default();
                let length = rest.iter().take_while(|byte| is_word(**byte)).count();
                self.at += length;
            }
            _ => return self.fail("a value is missing"),
        }
        Ok(self.text.get(start..self.at).unwrap_or_default())
    }

    fn fail<T>(&self, message: &'static str) -> Result<T, JsonError> {
        Err(JsonError { offset: self.at, message })
    }
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'+' | b'.')
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[test]
    fn members_come_as_written_and_in_order() {
        let text = r#" { "b" : 1.50 , "a":{"x":[1,"}"]} , "\u0063":"\u00e9" , "d":null} "#;
        let expected = [("b", "1.50"), ("a", r#"{"x":[1,"}"]}"#), ("c", r#""\u00e9""#), ("d", "null")];
        let got = members(text).unwrap();
        assert_eq!(got.iter().map(|(key, value)| (key.as_ref(), *value)).collect::<Vec<_>>(), expected);
        assert_eq!(members("{}"), Ok(vec![]));
    }

    #[test]
    fn of_equal_names_the_last_counts() {
        let got = members(r#"{"a":1,"b":2,"\u0061":3}"#).unwrap();
        assert_eq!(got, [("a".into(), "3"), ("b".into(), "2")]);
    }

    #[rstest]
    #[case("", 0)]
    #[case("[]", 0)]
    #[case("{", 1)]
    #[case("{\"a\"}", 4)]
    #[case("{\"a\":}", 5)]
    #[case("{\"a\":1,}", 7)]
    #[case("{\"a\":1 \"b\":2}", 7)]
    #[case("{\"a\":[1}", 8)] // brackets are only counted here, so it is the last one that is missing
    #[case("{\"a\":\"x}", 5)]
    #[case("{} {}", 3)]
    #[case("{'a':1}", 1)]
    fn what_is_wrong_is_told(#[case] text: &str, #[case] offset: usize) {
        assert_eq!(members(text).unwrap_err().offset, offset, "{text}");
    }

    #[test]
    fn depth_is_no_limit() {
        let deep = format!("{}1{}", "[{\"a\":".repeat(200_000), "}]".repeat(200_000));
        assert_eq!(members(&format!("{{\"b\":{deep}}}")), Ok(vec![("b".into(), deep.as_str())]));
    }

    #[rstest]
    #[case("\"a\\nb\"", Some("a\nb"), Some("a\nb"))]
    #[case(" 1.50 ", Some("1.50"), Some("1.50"))]
    #[case("true", Some("true"), Some("true"))]
    #[case("\"\"", Some(""), Some(""))]
    #[case("null", None, None)]
    #[case("\"null\"", Some("null"), Some("null"))]
    #[case("{\"a\":1}", None, Some("{\"a\":1}"))]
    #[case("[]", None, Some("[]"))]
    #[case("", None, None)]
    fn texts(#[case] value: &str, #[case] text: Option<&str>, #[case] shown: Option<&str>) {
        assert_eq!((as_text(value).as_deref(), as_shown(value).as_deref()), (text, shown));
        assert_eq!(is_null(value), value == "null");
    }

    #[rstest]
    #[case("5", Some(5), Some(5))]
    #[case("\"5\"", Some(5), Some(5))]
    #[case("86340.0", Some(86_340), Some(86_340))]
    #[case("-5", None, Some(-5))]
    #[case("18446744073709551615", Some(u64::MAX), None)]
    #[case("18446744073709551616", None, None)]
    #[case("5.5", None, None)]
    #[case("5e3", None, None)]
    #[case("\"+5\"", None, None)]
    #[case("\" 5\"", None, None)]
    #[case("null", None, None)]
    #[case("[5]", None, None)]
    fn numbers(#[case] value: &str, #[case] unsigned: Option<u64>, #[case] signed: Option<i64>) {
        assert_eq!((as_u64(value), as_i64(value)), (unsigned, signed));
    }

    #[rstest]
    #[case("true", Some(true))]
    #[case("\"False\"", Some(false))]
    #[case("1", None)]
    #[case("null", None)]
    fn booleans(#[case] value: &str, #[case] expected: Option<bool>) {
        assert_eq!(as_bool(value), expected);
    }
}
