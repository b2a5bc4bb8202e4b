//! Rows as the server sent them, as one JSON array, with secrets masked as in copies. Knows nothing of what is in them.

use crate::json::encode;
use crate::json::redact::{redact_json, redact_text};

/// What stands before the first row.
pub const BEGIN: &str = "[\n";
/// What stands between two rows.
pub const BETWEEN: &str = ",\n";
/// What stands after the last row.
pub const END: &str = "\n]\n";

/// Writes one row. What is no JSON becomes a string, so that the array stays one.
pub fn row(text: &str, out: &mut String) {
    match redact_json(text) {
        Some(row) => out.push_str(&row),
        None => encode(&redact_text(text), out),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::validate;

    #[test]
    fn rows_stay_as_they_were_sent_but_for_secrets() {
        let mut out = BEGIN.to_owned();
        row(r#"{"id": 12345678901234567890123, "password": "hunter2",  "a":[1.50]}"#, &mut out);
        out.push_str(BETWEEN);
        row("{broken \"token=abc123", &mut out);
        out.push_str(END);
        assert!(out.starts_with(
            "[\n{\"id\": 12345678901234567890123, \"password\": \"•••• masked\",  \"a\":[1.50]},\n\""
        ));
        assert!(!out.contains("hunter2") && !out.contains("abc123"), "{out}");
        assert!(validate(&out).is_ok());
    }
}
