//! Writes JSON text in the order it is asked to, because the real service keeps a request body as it was sent
//! and a map would sort its keys. It must not know what it writes.

/// An open JSON object; members are written at the end of `out`.
pub(crate) struct Object<'a> {
    out: &'a mut String,
    first: bool,
}

/// Writes one object into `out`.
pub(crate) fn object(out: &mut String, fill: impl FnOnce(&mut Object<'_>)) {
    out.push('{');
    fill(&mut Object { out, first: true });
    out.push('}');
}

/// Writes `text` with its quotes.
pub(crate) fn quoted(out: &mut String, text: &str) {
    out.push('"');
    for character in text.chars() {
        match character {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            control if u32::from(control) < 0x20 => {
                out.push_str(&format!("\\u{:04x}", u32::from(control)));
            }
            plain => out.push(plain),
        }
    }
    out.push('"');
}

impl Object<'_> {
    fn key(&mut self, key: &str) {
        if !self.first {
            self.out.push(',');
        }
        self.first = false;
        quoted(self.out, key);
        self.out.push(':');
    }

    pub(crate) fn text(&mut self, key: &str, value: &str) {
        self.key(key);
        quoted(self.out, value);
    }

    /// `value` is JSON already.
    pub(crate) fn json(&mut self, key: &str, value: &str) {
        self.key(key);
        self.out.push_str(value);
    }

    pub(crate) fn object(&mut self, key: &str, fill: impl FnOnce(&mut Object<'_>)) {
        self.key(key);
        object(self.out, fill);
    }

    /// An array of exactly one object, the only kind of array these bodies have.
    pub(crate) fn list_of_one(&mut self, key: &str, fill: impl FnOnce(&mut Object<'_>)) {
        self.key(key);
        self.out.push('[');
        object(self.out, fill);
        self.out.push(']');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_order_and_escapes() {
        let mut out = String::new();
        object(&mut out, |o| {
            o.text("z", "a \"b\" \\ \n \u{1}");
            o.object("a", |o| o.json("n", "null"));
            o.list_of_one("l", |o| o.text("k", "大阪"));
        });
        let read: serde_json::Value = serde_json::from_str(&out).unwrap();
        assert_eq!(read["z"], "a \"b\" \\ \n \u{1}");
        assert_eq!(read["l"][0]["k"], "大阪");
        assert!(out.find("\"z\"") < out.find("\"a\""));
    }
}
