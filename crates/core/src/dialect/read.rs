//! Reading one JSON object field by field: every field may be absent, null or of another type, and one wrong type costs
//! one field. Knows no API.

use std::borrow::Cow;
use std::sync::Arc;

use super::{RowError, Words};
use crate::json::fields;
use crate::model::{Span, Stamp};
use crate::text::fill;
use crate::time::Millis;

/// The members of one object, and what was odd about them.
pub(super) struct Reader<'a, 'w> {
    whole: &'a str,
    members: Vec<(Cow<'a, str>, &'a str)>,
    words: &'w mut Words,
    /// What could not be read, one sentence each.
    pub oddities: Vec<Box<str>>,
}

impl<'a, 'w> Reader<'a, 'w> {
    /// Reads a row. What is no object is no row.
    pub fn row(text: &'a str, words: &'w mut Words) -> Result<Reader<'a, 'w>, RowError> {
        let whole = text.trim();
        if !whole.starts_with('{') {
            return Err(RowError::NotAnObject);
        }
        let mut reader = Reader { whole, members: Vec::with_capacity(24), words, oddities: Vec::new() };
        reader.take(whole).map_err(|error| RowError::NotJson(error.to_string()))?;
        Ok(reader)
    }

    fn take(&mut self, text: &'a str) -> Result<(), crate::json::JsonError> {
        let members = &mut self.members;
        fields::visit(text, &mut |name, value| members.push((name, value)))
    }

    /// Takes the members of an inner object to those of the row, so that both are read in one way. `name` is the inner
    /// object's; something else in its place is noted.
    pub fn open(&mut self, name: &str) {
        let Some(inner) = self.raw(name) else { return };
        if self.take(inner).is_err() {
            self.odd(inner, name, "{0} is not an object: {1}");
        }
    }

    /// A member as written; `null` counts as absent. Of several, the last one counts.
    pub fn raw(&self, name: &str) -> Option<&'a str> {
        let found = self.members.iter().rev().find(|(known, _)| known == name);
        found.map(|(_, value)| *value).filter(|value| !fields::is_null(value))
    }

    /// Notes that a member is not what it should be: `told` gets its name and the beginning of its value.
    pub fn odd(&mut self, raw: &str, name: &str, told: &'static str) {
        let start: String = raw.chars().take(60).collect();
        self.oddities.push(fill(told, &[name, &start]).into_boxed_str());
    }

    fn plain(&mut self, name: &str) -> Option<Cow<'a, str>> {
        let raw = self.raw(name)?;
        if !raw.starts_with('"') {
            self.odd(raw, name, "{0} is not a text: {1}");
        }
        fields::as_text(raw)
    }

    /// A text; an empty one counts as absent.
    pub fn text(&mut self, name: &str) -> Option<Box<str>> {
        self.plain(name).filter(|text| !text.is_empty()).map(|text| text.into())
    }

    /// A text that repeats over many rows; an empty one counts as absent.
    pub fn word(&mut self, name: &str) -> Option<Arc<str>> {
        let text = self.plain(name)?;
        (!text.is_empty()).then(|| self.words.share(&text))
    }

    /// The shared copy of a text that was put together from others.
    pub fn share(&mut self, word: &str) -> Arc<str> {
        self.words.share(word)
    }

    /// A point in time in the form of this API.
    pub fn stamp(&mut self, name: &str, parse: fn(&str) -> Option<Millis>) -> Stamp {
        match self.plain(name).as_deref().map(str::trim) {
            None | Some("") => Stamp::Absent,
            Some(text) => parse(text).map_or_else(|| Stamp::Odd(text.into()), Stamp::At),
        }
    }

    /// A whole number.
    pub fn number(&mut self, name: &str) -> Option<i64> {
        let raw = self.raw(name)?;
        let number = fields::as_i64(raw);
        if number.is_none() {
            self.odd(raw, name, "{0} is not a whole number: {1}");
        }
        number
    }

    /// True or false.
    pub fn flag(&mut self, name: &str) -> Option<bool> {
        let raw = self.raw(name)?;
        let flag = fields::as_bool(raw);
        if flag.is_none() {
            self.odd(raw, name, "{0} is not true or false: {1}");
        }
        flag
    }

    /// Where a member stands in the row's text.
    pub fn span(&self, name: &str) -> Option<Span> {
        Span::of(self.raw(name)?, self.whole)
    }

    /// Further members under their own names, as they are: texts decoded, anything else as written.
    pub fn facts(&mut self, names: &[&'static str]) -> Vec<(&'static str, Arc<str>)> {
        let mut facts = vec![];
        for name in names {
            if let Some(text) = self.raw(name).and_then(fields::as_shown).filter(|text| !text.is_empty()) {
                facts.push((*name, self.words.share(&text)));
            }
        }
        facts
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::parse_rfc3339;

    #[test]
    fn a_wrong_type_costs_one_field_and_is_told() {
        let mut words = Words::default();
        let row =
            r#" {"id":"x","n":"12","when":5,"meta":{"step":"PUSH","n":null},"list":[1],"flag":"maybe"} "#;
        let mut read = Reader::row(row, &mut words).unwrap();
        read.open("meta");
        read.open("list");
        assert_eq!(read.text("id").as_deref(), Some("x"));
        assert_eq!(read.text("step").as_deref(), Some("PUSH"));
        assert_eq!(read.stamp("when", parse_rfc3339), Stamp::Odd("5".into()));
        assert_eq!(read.flag("flag"), None);
        assert_eq!(read.span("list").unwrap().cut(row.trim()), Some("[1]"));
        assert_eq!(read.facts(&["step", "list", "none"]).len(), 2);
        let told = read.oddities.join("; ");
        for name in ["list is not an object", "when is not a text", "flag is not true or false"] {
            assert!(told.contains(name), "{told}");
        }
    }

    #[test]
    fn what_is_no_object_is_no_row() {
        for row in ["", "null", "[]", "1", "\"x\""] {
            assert!(matches!(Reader::row(row, &mut Words::default()), Err(RowError::NotAnObject)), "{row}");
        }
        assert!(matches!(Reader::row("{", &mut Words::default()), Err(RowError::NotJson(_))));
    }
}
