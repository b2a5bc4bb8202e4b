//! Answers: whatever comes, something is said about it, and nothing is guessed.

use longrun_core::dialect::{FilterKind, Words};
use longrun_core::http::ErrorKind;
use longrun_core::json::split::Splitter;
use longrun_core::model::State;

use crate::{ODD_BODIES, TOKEN, answer, cases, dialects};

const STATUSES: [(u16, ErrorKind); 11] = [
    (400, ErrorKind::Rejected),
    (401, ErrorKind::SignedOut),
    (403, ErrorKind::Forbidden),
    (404, ErrorKind::NotFound),
    (405, ErrorKind::NotOffered),
    (409, ErrorKind::Conflict),
    (412, ErrorKind::Conflict),
    (429, ErrorKind::RateLimited),
    (500, ErrorKind::Server),
    (501, ErrorKind::NotOffered),
    (503, ErrorKind::Server),
];

#[test]
fn every_status_maps_to_a_kind_with_words() {
    for dialect in dialects() {
        for (status, kind) in STATUSES {
            for body in ODD_BODIES {
                let error = dialect.error(&answer(status, body));
                assert_eq!(error.kind, kind, "{} {status} {body}", dialect.id());
                assert!(!error.message.trim().is_empty(), "{} {status} {body}", dialect.id());
            }
        }
        let mut late = answer(429, "");
        late.headers.push(("retry-after".into(), "12".into()));
        assert_eq!(dialect.error(&late).retry_after, Some(12), "{}", dialect.id());
        assert_eq!(dialect.error(&answer(429, "")).retry_after, None, "{}", dialect.id());
    }
}

/// Servers repeat what they were sent.
#[test]
fn an_echoed_token_is_masked() {
    for dialect in dialects() {
        for body in [
            format!(r#"{{"message":"bad header Bearer {TOKEN}"}}"#),
            format!(r#"{{"error":{{"message":"bad header Bearer {TOKEN}"}}}}"#),
            format!(r#"{{"error_message":"bad header Bearer {TOKEN}"}}"#),
            format!(r#"{{"error_description":"token={TOKEN}","error":"x"}}"#),
            format!("bad header Bearer {TOKEN}"),
        ] {
            let echoed = dialect.error(&answer(400, &body));
            assert!(!format!("{echoed:?}").contains(TOKEN), "{}: {echoed:?}", dialect.id());
        }
    }
}

#[test]
fn an_object_is_shown_or_the_reason_why_not() {
    for case in cases().into_iter().filter(|case| case.dialect.capabilities(case.kind).get) {
        let read = |status, body: &str| {
            case.dialect.parse_get(case.kind, &answer(status, body), &mut Words::default())
        };
        for body in ODD_BODIES {
            let error = read(200, body).expect_err("no id");
            assert_eq!(error.kind, ErrorKind::Unreadable, "{}: {body}", case.name());
            assert!(!error.message.trim().is_empty(), "{}: {body}", case.name());
            for (status, kind) in STATUSES {
                assert_eq!(read(status, body).unwrap_err().kind, kind, "{}: {status} {body}", case.name());
            }
        }
        // The text that comes with it is the object's own: ranges inside it can be cut out.
        let whole = r#" {"id":"x","name":"x","metadata":{"a":1},"parameters":{"a":1},"request_body":{"a":1},"response":{"a":1}} "#;
        let (op, text) = read(200, whole).unwrap_or_else(|error| panic!("{}: {error:?}", case.name()));
        let more = op.more.as_ref();
        let spans = [op.body, more.and_then(|more| more.result), more.and_then(|more| more.failure)];
        for span in spans.into_iter().flatten() {
            assert_eq!(span.cut(&text), Some(r#"{"a":1}"#), "{}", case.name());
        }
    }
}

#[test]
fn odd_rows_never_panic_and_only_lose_what_is_odd() {
    let odd = [
        "null",
        "true",
        "1",
        "\"text\"",
        "[]",
        "{}",
        r#"{"id":null,"name":null}"#,
        r#"{"id":[],"name":[]}"#,
        r#"{"id":"","name":""}"#,
        "{",
        "\u{feff}{}",
    ];
    for case in cases() {
        for row in odd {
            let read = case.dialect.parse_row(case.kind, row, &mut Words::default());
            assert!(read.is_err(), "{}: {row}", case.name());
        }
    }
}

#[test]
fn an_unknown_status_is_never_guessed() {
    const WORD: &str = "never heard of";
    for case in cases() {
        for row in [
            format!(
                r#"{{"id":"x","name":"x","status":"{WORD}","state":"{WORD}","new_field":{{"a":[1,2]}}}}"#
            ),
            format!(r#"{{"id":"x","name":"x","metadata":{{"status":"{WORD}","state":"{WORD}"}}}}"#),
            r#"{"id":"x","name":"x","status":null,"state":null}"#.to_owned(),
            r#"{"id":"x","name":"x","status":7,"state":{}}"#.to_owned(),
            r#"{"id":"x","name":"x"}"#.to_owned(),
        ] {
            let Ok(op) = case.dialect.parse_row(case.kind, &row, &mut Words::default()) else { continue };
            assert!(!op.state.has_ended(), "{}: {row}", case.name());
            if op.status.as_deref() == Some(WORD) {
                assert_eq!(op.state, State::Unknown, "{}: {row}", case.name());
            }
        }
    }
}

#[test]
fn what_stands_around_the_rows_is_read_or_left() {
    for case in cases().into_iter().filter(|case| case.dialect.capabilities(case.kind).list) {
        for envelope in ODD_BODIES {
            let page = case.dialect.parse_page(case.kind, envelope);
            assert_eq!((page.next, page.total), (None, None), "{}: {envelope}", case.name());
        }
        let rows_at = case.dialect.rows_at(case.kind);
        let whole = if rows_at.is_empty() { "[]".to_owned() } else { format!("{{\"{rows_at}\":[]}}") };
        let end = |text: &str| {
            let mut splitter = Splitter::new(rows_at);
            splitter.push(text.as_bytes());
            case.dialect.finish_page(case.kind, splitter)
        };
        assert!(end(&whole).is_ok(), "{}", case.name());
        for broken in ["", "<html>", "{\"x\":", r#"{"error":{"message":"no"}}"#, "{}[]"] {
            assert!(end(broken).is_err(), "{}: {broken}", case.name());
        }
    }
}

#[test]
fn choices_are_read_or_refused() {
    for case in cases() {
        for filter in case.filters().iter().filter(|filter| matches!(filter.kind, FilterKind::Choice)) {
            for body in ODD_BODIES {
                let read = |status| case.dialect.parse_choices(filter.param, &answer(status, body));
                for (status, kind) in STATUSES {
                    assert_eq!(read(status).unwrap_err().kind, kind, "{} {}", case.name(), filter.param);
                }
                if let Ok(found) = read(200) {
                    assert_eq!(found, [], "{} {}: {body}", case.name(), filter.param);
                }
            }
        }
    }
}

#[test]
fn what_was_pasted_never_breaks_anything() {
    for dialect in dialects() {
        for nothing in ["", " ", "\n\t"] {
            assert_eq!(dialect.recognise(nothing), None, "{}", dialect.id());
        }
        for odd in [
            "%",
            "%FF",
            "://",
            "operations/",
            "Location:",
            "projects/%2F/locations",
            "🎉",
            "a\u{0}b",
            "{\"id\":",
        ] {
            let id = dialect.recognise(odd);
            assert!(id.is_none_or(|id| !id.trim().is_empty()), "{}: {odd}", dialect.id());
        }
    }
}
