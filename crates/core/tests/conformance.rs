//! What every dialect in the registry must hold to, whatever its API. A new dialect is picked up by itself.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "helpers of tests fail by panicking, as tests do"
)]

use longrun_core::dialect::{
    self, Availability, BuildError, Dialect, Endpoint, FilterKind, Key, Kind, ServerQuery, SortKey, Words,
};
use longrun_core::export::curl;
use longrun_core::http::sign_in::Session;
use longrun_core::http::{ApiResponse, ErrorKind, Secret, decode_query};
use longrun_core::model::{Operation, State};
use longrun_core::query::{ListQuery, Tables};
use longrun_core::time::Millis;

const TOKEN: &str = "s3cret-t0ken-of-the-session";
const NOW: Millis = Millis(1_795_232_837_000);

/// Ids that break naive URL building.
const HARD_IDS: [&str; 9] =
    ["a/b", "a?b=c", "a#b", "100%", "a b", "%2F", "..", "東京-オペ", "\u{202e}gnp.exe<script>"];

fn endpoint(tenant: Option<&str>) -> Endpoint {
    Endpoint {
        base: "https://api.example/base".into(),
        tenant: tenant.map(str::to_owned),
        session: Some(Session::pasted(Secret::new(TOKEN))),
    }
}

fn kinds() -> Vec<(&'static dyn Dialect, Kind)> {
    let all: Vec<_> = dialect::ALL
        .iter()
        .flat_map(|dialect| dialect.describe().kinds.iter().map(|kind| (*dialect, kind.id)))
        .collect();
    assert!(!all.is_empty(), "the registry is empty");
    all
}

fn answer(status: u16, body: &str) -> ApiResponse {
    ApiResponse {
        status,
        headers: vec![("content-type".into(), "application/json".into())],
        body: body.into(),
    }
}

#[test]
fn ids_are_unique_plain_and_found() {
    let mut ids: Vec<&str> = dialect::ALL.iter().map(|dialect| dialect.id()).collect();
    for id in &ids {
        assert!(
            id.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-'),
            "{id}"
        );
        assert_eq!(dialect::find(id).map(Dialect::id), Some(*id));
    }
    let count = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), count);
    assert!(dialect::find("nothing").is_none());
}

#[test]
fn tables_are_complete_and_distinct() {
    for (dialect, kind) in kinds() {
        let columns = dialect.columns(kind);
        let filters = dialect.filters(kind);
        let mut names: Vec<&str> = columns.iter().map(|column| column.id).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), columns.len(), "{}: a column id stands twice", dialect.id());
        assert!(columns.iter().any(|column| column.shown));
        for common in ["state", "id", "created"] {
            assert!(columns.iter().any(|column| column.id == common), "{}: no column {common}", dialect.id());
        }
        for column in columns {
            let known = column.filter.is_none_or(|param| filters.iter().any(|filter| filter.param == param));
            assert!(known, "{}: column {} names an unknown filter", dialect.id(), column.id);
        }
        for reserved in ["state", "q", "from", "to", "tz", "sort", "cols", "tab"] {
            assert!(filters.iter().all(|filter| filter.param != reserved), "{reserved} is ours in URLs");
        }
        let capabilities = dialect.capabilities(kind);
        for param in [capabilities.history_by, capabilities.tenant_by].into_iter().flatten() {
            assert!(filters.iter().any(|filter| filter.param == param), "{param} is no filter");
        }
    }
}

#[test]
fn every_filter_arrives_encoded_and_alone() {
    for (dialect, kind) in kinds() {
        for filter in dialect.filters(kind) {
            let value =
                if matches!(filter.kind, FilterKind::Flag(_)) { "true" } else { "a&b=c #1 + 東京%" };
            let query = ServerQuery::new(vec![(filter.param, value.to_owned())]);
            let request = dialect.list(&endpoint(None), kind, &query).unwrap();
            let sent = decode_query(request.url.split_once('?').unwrap().1);
            assert_eq!(sent, [(filter.param.to_owned(), value.to_owned())], "{}", dialect.id());
        }
        let bare = dialect.list(&endpoint(None), kind, &ServerQuery::default()).unwrap();
        assert!(!bare.url.contains('?'), "a filter that is not set is not sent: {}", bare.url);
    }
}

#[test]
fn every_filter_survives_the_address_bar() {
    for (dialect, kind) in kinds() {
        let tables = Tables { filters: dialect.filters(kind), columns: dialect.columns(kind) };
        let mut query = ListQuery::default();
        for filter in tables.filters {
            query.set_server(
                tables.filters,
                filter.param,
                if matches!(filter.kind, FilterKind::Flag(_)) { "true" } else { "x y&z" },
            );
        }
        assert_eq!(query.server.params.len(), tables.filters.len());
        assert_eq!(ListQuery::from_search(&query.to_search(), tables), query);
    }
}

#[test]
fn a_pinned_tenant_is_always_sent_and_never_another() {
    for (dialect, kind) in kinds() {
        let Some(by) = dialect.capabilities(kind).tenant_by else { continue };
        for asked in [vec![], vec![(by, "other".to_owned())]] {
            let request = dialect.list(&endpoint(Some("mine")), kind, &ServerQuery::new(asked)).unwrap();
            let sent = decode_query(request.url.split_once('?').unwrap().1);
            assert_eq!(sent, [(by.to_owned(), "mine".to_owned())]);
        }
    }
}

#[test]
fn hard_ids_stay_one_segment_and_empty_ones_are_refused() {
    for (dialect, kind) in kinds().into_iter().filter(|(dialect, kind)| dialect.capabilities(kind).get) {
        let plain = dialect.get(&endpoint(None), kind, &Key::of("plain")).unwrap().url;
        for id in HARD_IDS {
            let url = dialect.get(&endpoint(None), kind, &Key::of(id)).unwrap().url;
            assert_eq!(url.matches('/').count(), plain.matches('/').count(), "{id}: {url}");
            assert!(url.is_ascii() && !url.contains(['?', '#', ' ', '<']), "{id}: {url}");
            let last = url.rsplit('/').next().unwrap();
            assert_eq!(percent_encoding::percent_decode_str(last).decode_utf8().unwrap(), id);
        }
        for empty in ["", " ", "\t"] {
            assert_eq!(dialect.get(&endpoint(None), kind, &Key::of(empty)).unwrap_err(), BuildError::EmptyId);
        }
        let nowhere = Endpoint { base: String::new(), ..endpoint(None) };
        assert_eq!(dialect.get(&nowhere, kind, &Key::of("x")).unwrap_err(), BuildError::NoBase);
    }
}

#[test]
fn the_token_is_sent_and_shown_nowhere() {
    for (dialect, kind) in kinds() {
        let about = dialect.describe();
        let requests = [
            dialect.list(&endpoint(None), kind, &ServerQuery::default()).unwrap(),
            dialect.get(&endpoint(None), kind, &Key::of("x")).unwrap(),
        ];
        for request in requests {
            assert!(
                request.headers.iter().any(|(name, _)| *name == about.token.header),
                "{:?}",
                request.headers
            );
            assert!(!format!("{request:?}").contains(TOKEN));
            assert!(!request.url.contains(TOKEN));
            assert!(!curl(&request, "https://console.example").contains(TOKEN));
        }
        assert!(!format!("{:?}", endpoint(None)).contains(TOKEN));
        let echoed = dialect.error(&answer(400, &format!(r#"{{"message":"bad header Bearer {TOKEN}"}}"#)));
        assert!(!format!("{echoed:?}").contains(TOKEN), "{echoed:?}");
    }
}

#[test]
fn every_status_maps_to_a_kind_with_words() {
    for dialect in dialect::ALL {
        for (status, kind) in [
            (400, ErrorKind::Rejected),
            (401, ErrorKind::SignedOut),
            (403, ErrorKind::Forbidden),
            (404, ErrorKind::NotFound),
            (405, ErrorKind::NotOffered),
            (409, ErrorKind::Conflict),
            (429, ErrorKind::RateLimited),
            (500, ErrorKind::Server),
            (501, ErrorKind::NotOffered),
            (503, ErrorKind::Server),
        ] {
            for body in
                ["", "null", "[]", "{}", "<html><body>oops</body></html>", r#"{"cause":null}"#, "\u{0}\u{1}"]
            {
                let error = dialect.error(&answer(status, body));
                assert_eq!(error.kind, kind, "{status} {body}");
                assert!(!error.message.trim().is_empty(), "{status} {body}");
            }
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
        "{\"id\":null}",
        "{\"id\":[]}",
        "{\"id\":\"\"}",
        "{",
        "\u{feff}{}",
    ];
    for (dialect, kind) in kinds() {
        for row in odd {
            assert!(dialect.parse_row(kind, row, &mut Words::default()).is_err(), "{}: {row}", dialect.id());
        }
        let unknown = r#"{"id":"x","name":"x","status":"never heard of","state":"never heard of","new_field":{"a":[1,2]}}"#;
        if let Ok(op) = dialect.parse_row(kind, unknown, &mut Words::default()) {
            assert_eq!(op.state, State::Unknown, "an unknown status is never guessed");
        }
        assert_eq!(dialect.parse_page(kind, "not json").next, None);
    }
}

#[test]
fn columns_filters_and_actions_answer_for_any_operation() {
    for (dialect, kind) in kinds() {
        for state in State::ALL {
            let op = Operation { id: "x".into(), state, ..Operation::default() };
            for column in dialect.columns(kind) {
                let _ = (column.cell)(&op, NOW);
                match column.sort {
                    Some(SortKey::Text(of)) => drop(of(&op).to_owned()),
                    Some(SortKey::Number(of)) => drop(of(&op, NOW)),
                    None => {}
                }
            }
            for filter in dialect.filters(kind) {
                let _ = filter.value.map(|of| of(&op));
            }
            for action in dialect.actions(kind) {
                if let Availability::Off(why) = (action.allowed)(&op) {
                    assert!(why.ends_with('.'), "{}: a reason is a sentence", action.id);
                }
            }
        }
    }
}
