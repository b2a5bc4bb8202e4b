//! Properties of exports: whatever a server sends, the table re-reads to the same values and holds nothing that a
//! spreadsheet would run, the JSON stays JSON, and no secret that a copy would mask comes out of either.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test may stop at once where it is wrong itself"
)]

use longrun_core::dialect::{Cell, Column, KindTable, find};
use longrun_core::export::{csv, rows};
use longrun_core::json::redact::redact_text;
use longrun_core::model::{Operation, Stamp, State};
use longrun_core::time::{Millis, iso8601};
use proptest::prelude::*;
use serde_json::Value;

fn config(cases: u32) -> ProptestConfig {
    ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() }
}

fn table() -> &'static KindTable {
    find("ecl-vna").and_then(|ecl| ecl.kind("operations")).unwrap()
}

/// A reader of RFC 4180 that knows nothing of ours.
fn read(text: &str) -> Vec<Vec<String>> {
    let (mut lines, mut line, mut field) = (vec![], vec![], String::new());
    let mut chars = text.strip_prefix('\u{feff}').unwrap().chars().peekable();
    let mut quoted = false;
    while let Some(char) = chars.next() {
        match (quoted, char) {
            (true, '"') if chars.peek() == Some(&'"') => field.extend(chars.next()),
            (true, '"') => quoted = false,
            (false, '"') if field.is_empty() => quoted = true,
            (false, ',') => line.push(std::mem::take(&mut field)),
            (false, '\r') if chars.peek() == Some(&'\n') => {
                chars.next();
                line.push(std::mem::take(&mut field));
                lines.push(std::mem::take(&mut line));
            }
            (_, char) => field.push(char),
        }
    }
    assert!(!quoted && field.is_empty() && line.is_empty(), "the last line is whole");
    lines
}

/// Texts that are hard on a table: separators, quotes, line ends, and what begins a formula.
fn hostile() -> impl Strategy<Value = String> {
    let hard = vec![
        '=', '+', '-', '@', '\t', '\r', '\n', '"', '\'', ',', ';', ' ', '\u{feff}', '\u{ff1d}', '\u{202e}',
        '日', '😀',
    ];
    let char =
        prop_oneof![4 => prop::sample::select(hard), 2 => prop::char::range('a', 'z'), 1 => any::<char>()];
    prop::collection::vec(char, 0..10).prop_map(|chars| chars.into_iter().collect())
}

fn operation() -> impl Strategy<Value = Operation> {
    let stamp = prop_oneof![
        1 => Just(Stamp::Absent),
        3 => (0_i64..4_000_000_000_000).prop_map(|at| Stamp::At(Millis(at))),
        1 => hostile().prop_map(|text| Stamp::Odd(text.into())),
    ];
    (prop::collection::vec(hostile(), 8), stamp.clone(), stamp, 0..State::COUNT).prop_map(
        |(texts, created, ended, state)| {
            let text = |at: usize| texts[at].as_str();
            Operation {
                id: text(0).into(),
                state: State::ALL[state],
                status: Some(text(1).into()),
                kind: Some(text(2).into()),
                name: Some(text(3).into()),
                target: Some(text(4).into()),
                tenant: Some(text(5).into()),
                request_id: Some(text(6).into()),
                error: Some(text(7).into()),
                created,
                ended,
                ..Operation::default()
            }
        },
    )
}

/// What a column's fields are to say once they are read back.
fn expected(column: &Column, op: &Operation) -> Vec<String> {
    match (column.cell)(op, Millis(0)) {
        Cell::Status => vec![op.state.label().to_owned(), redact_text(op.status.as_deref().unwrap())],
        Cell::Operation { kind, on } => vec![redact_text(kind), redact_text(on)],
        Cell::Text(text) | Cell::Id(text) | Cell::OddTime(text) => vec![redact_text(text)],
        Cell::Instant(at) => vec![iso8601(at)],
        Cell::Span(ms) if ms % 1_000 == 0 => vec![(ms / 1_000).to_string()],
        Cell::Span(ms) => vec![format!("{}.{:03}", ms / 1_000, ms % 1_000)],
        Cell::Absent => vec![String::new()],
        other => panic!("a column of another kind: {other:?}"),
    }
}

proptest! {
    #![proptest_config(config(500))]

    #[test]
    fn a_table_reads_back_to_the_same_values_and_holds_no_live_formula(ops in prop::collection::vec(operation(), 0..5)) {
        let columns: Vec<&Column> = table().columns.iter().collect();
        let mut text = String::new();
        csv::head(&columns, &mut text);
        for op in &ops {
            csv::row(&columns, op, Millis(0), &mut text);
        }
        let lines = read(&text);
        prop_assert_eq!(lines.len(), ops.len() + 1);
        for (line, op) in lines[1..].iter().zip(&ops) {
            prop_assert_eq!(line.len(), lines[0].len());
            let values: Vec<&str> = line.iter().map(|field| csv::value(field)).collect();
            let wanted: Vec<String> = columns.iter().flat_map(|column| expected(column, op)).collect();
            prop_assert_eq!(values, wanted);
        }
        for field in lines.iter().flatten() {
            // As OWASP lists them, also behind blanks that a spreadsheet may drop, and in full width.
            let bare = field.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
            prop_assert!(!field.starts_with(['\t', '\r', '\n']), "{field:?}");
            prop_assert!(!bare.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']), "{field:?}");
        }
    }

    #[test]
    fn ids_are_nothing_to_mask(id in "[0-9a-f-]{0,80}") {
        prop_assert_eq!(redact_text(&id), id);
    }

    #[test]
    fn rows_stay_one_array_of_what_was_sent(texts in prop::collection::vec(hostile(), 0..6), whole in any::<bool>()) {
        let sent: Vec<String> = texts.iter().map(|text| {
            if whole { serde_json::json!({ "id": text, "n": 1 }).to_string() } else { text.clone() }
        }).collect();
        let mut out = rows::BEGIN.to_owned();
        for (at, text) in sent.iter().enumerate() {
            if at > 0 {
                out.push_str(rows::BETWEEN);
            }
            rows::row(text, &mut out);
        }
        out.push_str(rows::END);
        let read: Vec<Value> = serde_json::from_str(&out).unwrap();
        prop_assert_eq!(read.len(), sent.len());
        for (value, text) in read.iter().zip(&sent) {
            let wanted = serde_json::from_str(text).unwrap_or_else(|_| Value::from(redact_text(text)));
            prop_assert_eq!(value, &wanted);
        }
    }

    #[test]
    fn a_masked_secret_comes_out_of_neither(secret in "[a-zA-Z0-9]{12,24}", name in "(password|api_key|token|client_secret)", at in 0_usize..4) {
        let planted = [
            format!("{name}={secret}"),
            format!("{{\"{name}\": \"{secret}\"}}"),
            format!("https://user:{secret}@host/path"),
            format!("ya29.{secret}"),
        ];
        let text = planted[at].as_str();
        let op = Operation {
            id: "a".into(),
            error: Some(text.into()),
            name: Some(text.into()),
            status: Some(text.into()),
            warning: Some(text.into()),
            request_id: Some(text.into()),
            created: Stamp::Odd(text.into()),
            ..Operation::default()
        };
        let columns: Vec<&Column> = table().columns.iter().collect();
        let mut out = String::new();
        csv::row(&columns, &op, Millis(0), &mut out);
        rows::row(&serde_json::json!({ "id": "a", "note": text, "deep": [{ name: secret.clone() }] }).to_string(), &mut out);
        rows::row(&format!("{{broken {text}"), &mut out);
        prop_assert!(!out.contains(&secret), "{}", out);
        prop_assert!(out.contains("masked"));
    }
}
