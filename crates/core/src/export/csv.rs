//! Operations as a table for a spreadsheet: RFC 4180 with a byte order mark. No cell is run as a formula, secrets are
//! masked as in copies, and every value can be read back. Knows no screen and no file.

use std::borrow::Cow;
use std::fmt::Write as _;

use crate::dialect::{Cell, Column};
use crate::json::redact::{MASK, is_secret_key, redact_text};
use crate::model::{Operation, Progress};
use crate::text::{fill, t};
use crate::time::{Millis, SECOND, iso8601};

/// What the file begins with, so that spreadsheets read it as UTF-8.
const MARK: char = '\u{feff}';

/// Writes the line of heads. A time's head names its zone, a number's head its unit.
pub fn head(columns: &[&Column], out: &mut String) {
    out.push(MARK);
    for (at, column) in columns.iter().enumerate() {
        let head = t(column.head);
        let said = match column.id {
            // The one list of ours that holds lengths of time: all others are counted or are text.
            "duration" | "expires_in" => fill("{0} (s)", &[head]),
            _ if column.is_time => fill("{0} (UTC)", &[head]),
            _ => head.to_owned(),
        };
        field(at == 0, &said, out);
        match column.id {
            "state" => field(false, &fill("{0} (server)", &[head]), out),
            "kind" => field(false, &fill("{0} (name)", &[head]), out),
            _ => {}
        }
    }
    out.push_str("\r\n");
}

/// Writes the line of an operation as it is at the time `now`.
pub fn row(columns: &[&Column], op: &Operation, now: Millis, out: &mut String) {
    for (at, column) in columns.iter().enumerate() {
        let (value, beside) = match (column.cell)(op, now) {
            // By name, as a member of a body is; a masked cell says that there was something.
            Cell::Text(text) | Cell::Id(text) if is_secret_key(column.id) && !text.is_empty() => {
                (MASK.into(), Cow::default())
            }
            Cell::Status => (t(op.state.label()).into(), masked(op.status.as_deref().unwrap_or_default())),
            Cell::Operation { kind, on } => (masked(kind), masked(on)),
            Cell::Text(text) | Cell::Id(text) | Cell::OddTime(text) => (masked(text), Cow::default()),
            Cell::Instant(at) => (iso8601(at).into(), Cow::default()),
            Cell::Progress(Progress::Steps { finished, total }) => {
                // With a slash it would become a date.
                (fill("{0} of {1}", &[&finished.to_string(), &total.to_string()]).into(), Cow::default())
            }
            Cell::Progress(Progress::Percent(percent)) => (format!("{percent} %").into(), Cow::default()),
            Cell::Span(ms) => (seconds(ms).into(), Cow::default()),
            Cell::Count(count) => (count.to_string().into(), Cow::default()),
            Cell::Absent => Default::default(),
        };
        field(at == 0, &value, out);
        // The two columns that hold two things.
        if matches!(column.id, "state" | "kind") {
            field(false, &beside, out);
        }
    }
    out.push_str("\r\n");
}

fn masked(text: &str) -> Cow<'static, str> {
    // Ids, of which most cells are: nothing that gives a secret away is written in these alone.
    if text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f' | b'-')) {
        return text.to_owned().into();
    }
    redact_text(text).into()
}

/// Whole seconds, with milliseconds where there are any; never negative, as a spreadsheet takes a minus for a formula.
fn seconds(ms: i64) -> String {
    let ms = ms.max(0);
    let mut text = (ms / SECOND).to_string();
    if ms % SECOND != 0 {
        // Writing to a string cannot fail.
        let _ = write!(text, ".{:03}", ms % SECOND);
    }
    text
}

/// Writes one field. Nobody's formula: what a spreadsheet would run begins with an apostrophe, which says "text".
fn field(first: bool, value: &str, out: &mut String) {
    if !first {
        out.push(',');
    }
    let live = is_live(value);
    // Also at what other programs cut lines at: their users' fields must not come apart.
    let quoted = live || value.contains(['"', ',', ';', '\t', '\r', '\n']) || value.trim() != value;
    if quoted {
        out.push('"');
    }
    if live {
        out.push('\'');
    }
    if quoted {
        out.push_str(&value.replace('"', "\"\""));
        out.push('"');
    } else {
        out.push_str(value);
    }
}

/// Whether a spreadsheet may take a text for a formula. Apostrophes before it do not count, so that taking one away
/// always gives back what was there.
fn is_live(value: &str) -> bool {
    let plain = value.trim_start_matches('\'');
    let blank = |c: char| c.is_whitespace() || c.is_control() || c == MARK;
    plain.starts_with(['\t', '\r', '\n'])
        || plain
            .trim_start_matches(blank)
            .starts_with(['=', '+', '-', '@', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}'])
}

/// What a field of ours, as a reader of CSV gives it, stood for.
pub fn value(field: &str) -> &str {
    field.strip_prefix('\'').filter(|rest| is_live(rest)).unwrap_or(field)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dialect::find;
    use crate::model::{Stamp, State};

    #[test]
    fn a_line_reads_as_the_screen_does() {
        let ecl = find("ecl-vna").unwrap();
        let columns: Vec<&Column> = ecl.columns("operations").iter().filter(|column| column.shown).collect();
        let op = Operation {
            id: "75aab8db".into(),
            state: State::Failed,
            status: Some("ERROR".into()),
            kind: Some("Create".into()),
            tenant: Some("=cmd|' /C calc'!A0".into()),
            created: Stamp::At(Millis(1_795_232_837_000)),
            ended: Stamp::At(Millis(1_795_232_838_250)),
            ..Operation::default()
        };
        let mut text = String::new();
        head(&columns, &mut text);
        row(&columns, &op, Millis(0), &mut text);
        let lines: Vec<&str> = text.split("\r\n").collect();
        assert!(lines[0].starts_with("\u{feff}Status,Status (server),"), "{}", lines[0]);
        assert!(lines[0].contains("Received (UTC),Duration (s)"), "{}", lines[0]);
        assert!(lines[1].starts_with("Failed,ERROR,Create,"), "{}", lines[1]);
        assert!(lines[1].contains(",\"'=cmd|' /C calc'!A0\","), "{}", lines[1]);
        assert!(lines[1].ends_with(",2026-11-21T03:47:17Z,1.250"), "{}", lines[1]);
        assert_eq!(lines[2], "");
    }

    #[test]
    fn what_a_spreadsheet_would_run_is_text_and_comes_back() {
        for text in
            ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r", " =1", "'=1", "''=1", "\u{ff1d}1", "\u{feff}=1"]
        {
            let mut out = String::new();
            field(true, text, &mut out);
            assert!(out.starts_with("\"'"), "{text:?} became {out}");
            assert_eq!(value(&out[1..out.len() - 1]), text);
        }
        for text in ["", "'", "it's", "a=b", "'quoted'", "2026-11-21"] {
            let mut out = String::new();
            field(true, text, &mut out);
            assert_eq!((out.as_str(), value(&out)), (text, text));
        }
    }
}
