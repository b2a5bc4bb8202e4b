use super::*;
use rstest::rstest;

fn split(rows_at: &'static str, chunks: &[&[u8]]) -> (Vec<String>, Result<Envelope, SplitError>) {
    let mut splitter = Splitter::new(rows_at);
    let mut rows = Vec::new();
    for chunk in chunks {
        splitter.push(chunk);
        while let Some(row) = splitter.next_row() {
            rows.push(String::from_utf8_lossy(row).into_owned());
        }
    }
    (rows, splitter.finish())
}

/// The answer whole and byte by byte; both must be told alike.
fn both(rows_at: &'static str, text: &str) -> (Vec<String>, Result<Envelope, SplitError>) {
    let whole = split(rows_at, &[text.as_bytes()]);
    let bytes: Vec<&[u8]> = text.as_bytes().chunks(1).collect();
    assert_eq!(split(rows_at, &bytes), whole, "byte by byte: {text}");
    whole
}

#[rstest]
#[case(r#"{"operations":[{"id":1},{"id":2}],"next":"x"}"#, &[r#"{"id":1}"#, r#"{"id":2}"#], r#"{"operations":[],"next":"x"}"#)]
#[case(r#"{"operations":[]}"#, &[], r#"{"operations":[]}"#)]
#[case("\u{feff} { \"total\" : 1 , \"operations\" : [ { } ] }\n", &["{ }"], " { \"total\" : 1 , \"operations\" : [] }\n")]
#[case(r#"{"a":{"operations":[9]},"operations":[1]}"#, &["1"], r#"{"a":{"operations":[9]},"operations":[]}"#)]
#[case(r#"{"a":["operations",[3]],"operations":[[4],"5",null,-6e1 ,true]}"#, &["[4]", "\"5\"", "null", "-6e1", "true"], r#"{"a":["operations",[3]],"operations":[]}"#)]
#[case(r#"{"oper\u0061tions":[7]}"#, &["7"], r#"{"oper\u0061tions":[]}"#)]
#[case(r#"{"operations":[{"a":"]}\"\\"},{"b":"\\\""}]}"#, &[r#"{"a":"]}\"\\"}"#, r#"{"b":"\\\""}"#], r#"{"operations":[]}"#)]
#[case(r#"{"operations":[{"a":}, {oops}]}"#, &[r#"{"a":}"#, "{oops}"], r#"{"operations":[]}"#)]
#[case(r#"{"operations":[1],"operations":[2]}"#, &["1", "2"], r#"{"operations":[],"operations":[]}"#)]
#[case(r#"{"operations":[1],"operations":null}"#, &["1"], r#"{"operations":[],"operations":null}"#)]
fn rows_and_the_rest(#[case] text: &str, #[case] rows: &[&str], #[case] envelope: &str) {
    let (got, end) = both("operations", text);
    assert_eq!(got, rows);
    assert_eq!(end, Ok(Envelope { text: envelope.to_owned(), rows: rows.len() }));
}

#[test]
fn a_bare_list_is_split_where_no_key_is_named() {
    let (rows, end) = both("", " [ {\"a\":[1]} , 2 ] ");
    assert_eq!(rows, ["{\"a\":[1]}", "2"]);
    assert_eq!(end, Ok(Envelope { text: " [] ".to_owned(), rows: 2 }));
    assert_eq!(
        both("", "{\"a\":[]}").1,
        Err(SplitError::RowsNotAnArray { envelope: "{\"a\":[]}".to_owned() })
    );
    assert_eq!(both("", "null").1, Err(SplitError::RowsMissing { envelope: "null".to_owned() }));
}

#[rstest]
#[case("", SplitError::Empty)]
#[case(" \n", SplitError::Empty)]
#[case("<html>", SplitError::NotJson { excerpt: "<html>".into() })]
#[case("nginx", SplitError::NotJson { excerpt: "nginx".into() })]
#[case("\u{feff}\u{feff}{}", SplitError::NotJson { excerpt: "\u{feff}{}".into() })]
#[case("{}", SplitError::RowsMissing { envelope: "{}".into() })]
#[case("[]", SplitError::RowsMissing { envelope: "[]".into() })]
#[case("\"gone\"", SplitError::RowsMissing { envelope: "\"gone\"".into() })]
#[case("[1", SplitError::Truncated { rows: 0 })]
#[case(r#"{"operations":null}"#, SplitError::RowsMissing { envelope: r#"{"operations":null}"#.into() })]
#[case(r#"{"cause":"Not \"Found\""}"#, SplitError::RowsMissing { envelope: r#"{"cause":"Not \"Found\""}"#.into() })]
#[case(r#"{"operations":{"a":1}}"#, SplitError::RowsNotAnArray { envelope: r#"{"operations":{"a":1}}"#.into() })]
#[case(r#"{"operations":"none"}"#, SplitError::RowsNotAnArray { envelope: r#"{"operations":"none"}"#.into() })]
#[case(r#"{"operations":0}"#, SplitError::RowsNotAnArray { envelope: r#"{"operations":0}"#.into() })]
#[case(r#"{"operations":[{"a":1},{"b"#, SplitError::Truncated { rows: 1 })]
#[case(r#"{"operations":[1"#, SplitError::Truncated { rows: 0 })]
#[case(r#"{"operations":[1]"#, SplitError::Truncated { rows: 1 })]
#[case(r#"{"oper"#, SplitError::Truncated { rows: 0 })]
#[case(r#"{"operations":[1]} x"#, SplitError::TrailingText { rows: 1, excerpt: "x".into() })]
#[case(r#"{"operations":[1 2]}"#, SplitError::Malformed { offset: 17, rows: 1, excerpt: "2]}".into() })]
#[case(r#"{"operations":[1,]}"#, SplitError::Malformed { offset: 17, rows: 1, excerpt: "]}".into() })]
#[case(r#"{"operations":[,1]}"#, SplitError::Malformed { offset: 15, rows: 0, excerpt: ",1]}".into() })]
#[case(r#"{"operations" [1]}"#, SplitError::Malformed { offset: 14, rows: 0, excerpt: "[1]}".into() })]
#[case("{oops}", SplitError::Malformed { offset: 1, rows: 0, excerpt: "oops}".into() })]
fn what_is_wrong_is_told(#[case] text: &str, #[case] expected: SplitError) {
    assert_eq!(both("operations", text).1, Err(expected));
}

#[test]
fn an_excerpt_is_short_and_ends_with_a_whole_character() {
    let page = format!("<{}", "日".repeat(500));
    let (_, end) = both("operations", &page);
    let Err(SplitError::NotJson { excerpt }) = end else { panic!("{end:?}") };
    assert_eq!(excerpt, format!("<{}", "日".repeat(66)));
    let (_, end) = split("operations", &[b"<\xff\xfe>"]);
    assert_eq!(end, Err(SplitError::NotJson { excerpt: "<\u{fffd}\u{fffd}>".into() }));
}

#[test]
fn an_html_page_is_not_kept() {
    let mut splitter = Splitter::new("operations");
    for _ in 0..100 {
        splitter.push(&[b'<'; 10_000]);
        assert!(splitter.next_row().is_none());
    }
    assert!(splitter.buffered() <= EXCERPT, "{}", splitter.buffered());
}

#[test]
fn nesting_is_no_limit_and_no_burden() {
    let deep = format!("{}{}", "[{\"a\":".repeat(100_000), "1}]".repeat(100_000).replacen('1', "0", 1));
    let deep = deep.replace("1}", "}");
    let text = format!("{{\"operations\":[{deep},{{}}]}}");
    let (rows, end) = split("operations", &text.as_bytes().chunks(7).collect::<Vec<_>>());
    assert_eq!((rows.len(), rows.first().map(String::as_str)), (2, Some(deep.as_str())));
    assert!(end.is_ok());
}

/// Each byte of a large row must be looked at once, however small the chunks: would the row be read again from its
/// start for every chunk, this would take hours.
#[test]
fn a_large_row_in_tiny_chunks_is_read_once() {
    let row = format!("{{\"data\":\"{}\\\"\"}}", "x".repeat(5_000_000));
    let text = format!("{{\"operations\":[{row}]}}");
    let (rows, end) = split("operations", &text.as_bytes().chunks(1).collect::<Vec<_>>());
    assert_eq!(rows, [row]);
    assert!(end.is_ok());
}

/// A caller that takes one row per chunk lets the buffer grow; moving it at every push would be quadratic.
#[test]
fn a_slow_taker_costs_no_more() {
    let mut splitter = Splitter::new("");
    splitter.push(b"[");
    splitter.push(&b"{\"id\":1},".repeat(300_000));
    let mut taken = 0;
    for _ in 0..200_000 {
        splitter.push(b"{},");
        taken += usize::from(splitter.next_row().is_some());
    }
    splitter.push(b"0]");
    assert_eq!(taken, 200_000);
    assert_eq!(splitter.finish().map(|envelope| envelope.rows), Ok(500_001));
}

#[test]
fn rows_left_in_the_buffer_are_counted_at_the_end() {
    let mut splitter = Splitter::new("operations");
    splitter.push(br#"{"operations":[1,2,3]}"#);
    assert_eq!(splitter.next_row(), Some(&b"1"[..]));
    assert_eq!(splitter.finish().map(|envelope| envelope.rows), Ok(3));
}
