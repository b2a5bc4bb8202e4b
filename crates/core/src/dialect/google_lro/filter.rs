//! The filter language of Google's lists (AIP-160), as much of it as the operations of a service are known to take
//! (docs/DIALECTS.md, section 3.6). Checks the grammar, so that a slip is shown before anything is sent. Which fields
//! there are only the server knows.

use crate::text::{fill, t};

/// Brackets within brackets.
const DEEPEST: u8 = 50;

/// Finds what the server would refuse: a sentence with the place, counted in characters from 1.
pub(super) fn check(text: &str) -> Result<(), String> {
    let mut reader = Reader { text, at: 0, depth: 0 };
    reader.whole().map_err(|slip| {
        let before = text.get(..slip.at).unwrap_or(text);
        fill("At character {0}: {1}", &[&(before.chars().count() + 1).to_string(), t(slip.what)])
    })
}

/// What is wrong, and at which byte.
struct Slip {
    at: usize,
    what: &'static str,
}

type Checked = Result<(), Slip>;

struct Reader<'a> {
    text: &'a str,
    at: usize,
    depth: u8,
}

impl<'a> Reader<'a> {
    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn peek(&self) -> Option<u8> {
        self.rest().bytes().next()
    }

    fn slip(&self, what: &'static str) -> Checked {
        Err(Slip { at: self.at, what })
    }

    /// Passes over blanks; true where there were some.
    fn blanks(&mut self) -> bool {
        let blanks = self.rest().bytes().take_while(u8::is_ascii_whitespace).count();
        self.at += blanks;
        blanks > 0
    }

    /// The unquoted word that begins here, perhaps an empty one.
    fn word(&self) -> &'a str {
        let rest = self.rest();
        let ends = |char: char| char.is_ascii_whitespace() || "()\"',.:=<>!".contains(char);
        rest.get(..rest.find(ends).unwrap_or(rest.len())).unwrap_or_default()
    }

    /// Nothing at all, or an expression up to the end.
    fn whole(&mut self) -> Checked {
        self.blanks();
        if self.rest().is_empty() {
            return Ok(());
        }
        self.expression()?;
        match self.peek() {
            None => Ok(()),
            Some(b')') => self.slip("There is no opening bracket for this one."),
            Some(_) => self.slip("A blank is missing here."),
        }
    }

    /// Terms with `AND`, `OR` or nothing but a blank between them. How tightly they bind does not change what is well
    /// formed. Ends before what cannot continue it.
    fn expression(&mut self) -> Checked {
        loop {
            self.term()?;
            let (end, apart) = (self.at, self.blanks());
            if matches!(self.peek(), None | Some(b')')) {
                return Ok(());
            }
            if !apart {
                self.at = end;
                return Ok(());
            }
            if let word @ ("AND" | "OR") = self.word() {
                self.at += word.len();
                let after = if word == "AND" {
                    "Something is missing after AND."
                } else {
                    "Something is missing after OR."
                };
                self.operand(after)?;
            }
        }
    }

    /// A blank, and then something that a word before it is about.
    fn operand(&mut self, missing: &'static str) -> Checked {
        let apart = self.blanks();
        match (self.peek(), self.word()) {
            (None | Some(b')'), _) | (_, "AND" | "OR") => self.slip(missing),
            _ if !apart => self.slip("A blank is missing here."),
            _ => Ok(()),
        }
    }

    /// A restriction or an expression in brackets, perhaps after `NOT` or a minus.
    fn term(&mut self) -> Checked {
        match self.word() {
            "AND" | "OR" => return self.slip("Nothing stands before this word, which joins two conditions."),
            "NOT" => {
                self.at += 3;
                self.operand("Something is missing after NOT.")?;
            }
            _ if self.peek() == Some(b'-') => {
                self.at += 1;
                if self.peek().is_none_or(|next| next.is_ascii_whitespace() || next == b')') {
                    return self.slip("Something is missing after the minus.");
                }
            }
            _ => {}
        }
        if self.peek() == Some(b'(') { self.brackets() } else { self.restriction() }
    }

    fn brackets(&mut self) -> Checked {
        let open = self.at;
        self.at += 1;
        self.depth += 1;
        if self.depth > DEEPEST {
            return self.slip("The brackets are nested too deeply.");
        }
        self.blanks();
        if self.peek() == Some(b')') {
            return self.slip("Nothing stands between the brackets.");
        }
        self.expression()?;
        match self.peek() {
            Some(b')') => {
                self.at += 1;
                self.depth -= 1;
                Ok(())
            }
            None => Err(Slip { at: open, what: "There is no closing bracket for this one." }),
            Some(_) => self.slip("A blank is missing here."),
        }
    }

    /// A lone value, or a field, a comparison and a value.
    fn restriction(&mut self) -> Checked {
        let quoted = self.value("A condition is missing here.")?;
        let end = self.at;
        self.blanks();
        let start = self.at;
        let Some(length) = self.comparison()? else {
            self.at = end;
            return Ok(());
        };
        if quoted {
            self.at = start;
            return self.slip("On the left of a comparison stands a field, without quotes.");
        }
        self.at = start + length;
        self.blanks();
        if self.peek() == Some(b'(') {
            return self.brackets();
        }
        if matches!(self.word(), "AND" | "OR" | "NOT") {
            return self.slip("A value is missing after the comparison.");
        }
        self.value("A value is missing after the comparison.")?;
        match self.peek() {
            Some(b':' | b'=' | b'<' | b'>' | b'!') => {
                self.slip("A value that holds this character must stand in quotes.")
            }
            _ => Ok(()),
        }
    }

    /// The length of the comparison that stands here, if one does.
    fn comparison(&self) -> Result<Option<usize>, Slip> {
        let rest = self.rest();
        let known = ["<=", ">=", "!=", "<", ">", "=", ":"];
        match known.into_iter().find(|sign| rest.starts_with(sign)) {
            Some(sign) => Ok(Some(sign.len())),
            None if rest.starts_with('!') => {
                Err(Slip { at: self.at, what: "This sign alone means nothing: use != or NOT." })
            }
            None => Ok(None),
        }
    }

    /// A quoted text, or words with dots between them. True where it was quoted.
    fn value(&mut self, missing: &'static str) -> Result<bool, Slip> {
        if let Some(quote @ (b'"' | b'\'')) = self.peek() {
            return self.quoted(quote).map(|()| true);
        }
        loop {
            let word = self.word();
            if word.is_empty() {
                let what = if self.peek() == Some(b',') { "A comma has no meaning here." } else { missing };
                return Err(Slip { at: self.at, what });
            }
            self.at += word.len();
            if self.peek() != Some(b'.') {
                return Ok(false);
            }
            self.at += 1;
            if self.word().is_empty() {
                return Err(Slip { at: self.at, what: "A name is missing after the dot." });
            }
        }
    }

    /// Up to the same quote that no backslash stands before.
    fn quoted(&mut self, quote: u8) -> Checked {
        let mut escaped = false;
        for (at, byte) in self.rest().bytes().enumerate().skip(1) {
            if !escaped && byte == quote {
                self.at += at + 1;
                return Ok(());
            }
            escaped = !escaped && byte == b'\\';
        }
        self.slip("There is no closing quote for this one.")
    }
}

#[cfg(test)]
#[path = "filter_tests.rs"]
mod tests;
