//! Properties of the query language: any text is read, text, chips and address are one query, and places of problems lie
//! in the text.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "helpers of tests fail by panicking, as tests do"
)]

use longrun_core::dialect::{ALL, find};
use longrun_core::model::Operation;
use longrun_core::query::{ChipAt, ListQuery, Matcher, Tables};
use longrun_core::time::Millis;
use proptest::prelude::*;

const NOW: Millis = Millis(1_795_232_837_000);

fn tables_of(dialect: &str, kind: &'static str) -> Tables {
    let dialect = find(dialect).unwrap();
    Tables { filters: dialect.filters(kind), columns: dialect.columns(kind) }
}

fn ecl() -> Tables {
    tables_of("ecl-vna", "operations")
}

fn every_table() -> Vec<Tables> {
    let kinds = |dialect: &&'static dyn longrun_core::dialect::Dialect| {
        let kinds = dialect.describe().kinds.iter();
        kinds.map(|kind| Tables { filters: kind.filters, columns: kind.columns }).collect::<Vec<_>>()
    };
    ALL.iter().flat_map(kinds).collect()
}

/// Texts made of what the language is made of, right and wrong.
fn any_text() -> impl Strategy<Value = String> {
    let keys = prop::sample::select(vec![
        "state",
        "status",
        "kind",
        "created",
        "started",
        "duration",
        "progress",
        "latest",
        "tenant",
        "tenant_id",
        "id",
        "resource_id",
        "error",
        "body",
        "body.a.*.b",
        "body.password",
        "body..x",
        "filter",
        "pageSize",
        "_size",
        "nope",
        "KIND",
    ]);
    let signs = prop::sample::select(vec![":", ">", ">=", "<", "<=", "::", ""]);
    let values = prop_oneof![
        "[a-z0-9*]{0,4}",
        prop::sample::select(vec![
            "now-2h",
            "now",
            "10m",
            "1h30m",
            "50",
            "50%",
            "failed",
            "done",
            "true",
            "2026-11-21",
            "2026-11-21T03:00Z",
            "\"a b\"",
            "\"",
            "\"*\"",
            "\"\"",
            "a,b",
            "a,,b",
            "\"x,y\",z",
            "-5",
            "waiting,running,stuck,failed,cancelled",
            "\"a\\\"b\\\\\"",
        ])
        .prop_map(str::to_owned),
        ".{0,5}",
    ];
    let minus = prop::sample::select(vec!["", "", "-", "--"]);
    let piece = (minus, keys, signs, values.clone())
        .prop_map(|(minus, key, sign, value)| format!("{minus}{key}{sign}{value}"));
    let any = prop_oneof![6 => piece, 2 => values, 1 => ".{0,8}"];
    (prop::collection::vec(any, 0..7), prop::sample::select(vec![" ", "  ", "\t", "\u{3000}"]))
        .prop_map(|(pieces, blank)| pieces.join(blank))
}

proptest! {
    #[test]
    fn any_text_is_read_and_problems_lie_in_it(text in prop_oneof![any_text(), ".{0,60}"]) {
        for tables in every_table() {
            let (query, problems) = ListQuery::default().with_text(&text, tables);
            for problem in problems {
                prop_assert!(problem.span.start < problem.span.end, "{text}: {problem:?}");
                prop_assert!(text.get(problem.span.clone()).is_some(), "{text}: {problem:?}");
                prop_assert!(problem.says.ends_with(['.', '。']), "{problem:?}");
            }
            let _ = Matcher::new(&query.text, tables).allows(&Operation::default(), NOW);
        }
    }

    #[test]
    fn text_reads_back_as_the_same_query(text in any_text()) {
        for tables in [ecl(), tables_of("cloudify-executions", "executions"), tables_of("google-lro", "operations")] {
            let (query, _) = ListQuery::default().with_text(&text, tables);
            let again = query.as_text();
            prop_assert_eq!(&query.with_text(&again, tables).0, &query, "{} → {}", text, again);
            prop_assert_eq!(query.with_text(&again, tables).0.as_text(), again);
        }
    }

    #[test]
    fn any_query_reads_back_from_its_address(text in any_text(), sort in any::<bool>()) {
        let search = if sort { "sort=duration&cols=id,state" } else { "" };
        let (query, _) = ListQuery::from_search(search, ecl()).with_text(&text, ecl());
        prop_assert_eq!(ListQuery::from_search(&query.to_search(), ecl()), query);
    }

    #[test]
    fn what_the_address_says_twice_is_said_once(text in any_text(), server in "[a-z*, \"]{0,6}") {
        let pairs = [("status", server.as_str()), ("resource_id", "a"), ("resource_id", &server), ("q", &text)];
        let once = ListQuery::from_search(&longrun_core::http::encode_query(pairs), ecl());
        prop_assert_eq!(ListQuery::from_search(&once.to_search(), ecl()), once.clone());
        prop_assert_eq!(once.with_text(&once.as_text(), ecl()).0, once);
    }

    #[test]
    fn each_chip_can_be_taken_away_and_is_gone(text in any_text()) {
        let (query, _) = ListQuery::default().with_text(&text, ecl());
        let chips = query.chips(ecl());
        for chip in &chips {
            let mut without = query.clone();
            match &chip.at {
                ChipAt::Server(filter, value) => without.drop_server(filter, value),
                ChipAt::Text(at) => {
                    let span = query.piece_at(*at).unwrap();
                    prop_assert!(query.as_text().get(span).is_some());
                    without.drop_piece(*at);
                }
            }
            prop_assert_eq!(without.chips(ecl()).len(), chips.len() - 1);
        }
    }

    #[test]
    fn a_frozen_query_no_longer_moves(text in any_text()) {
        let (query, _) = ListQuery::from_search("from=-6h", ecl()).with_text(&text, ecl());
        let frozen = query.frozen(ecl(), NOW);
        prop_assert!(!frozen.moves(ecl()));
        prop_assert_eq!(frozen.chips(ecl()).len(), query.chips(ecl()).len());
        prop_assert_eq!(frozen.with_text(&frozen.as_text(), ecl()).0.states, query.states);
    }

    #[test]
    fn only_this_and_exclude_this_read_back(text in any_text(), value in ".{1,10}", not in any::<bool>(), at in 0_usize..12) {
        let column = &ecl().columns[at % ecl().columns.len()];
        let (query, _) = ListQuery::default().with_text(&text, ecl());
        let narrowed = query.narrowed(column, &value, not, ecl());
        prop_assert_eq!(ListQuery::from_search(&narrowed.to_search(), ecl()), narrowed);
    }

    #[test]
    fn what_is_masked_never_reaches_the_address(before in any_text(), secret in "[A-Za-z0-9]{12}", after in any_text()) {
        for key in ["body.admin_password", "body.users.*.password", "password", "body.db.secret.x"] {
            // An open quote would swallow the key, and then it is words.
            let before = before.replace('"', "");
            let text = format!("{before} {key}:{secret} {after}");
            let (query, problems) = ListQuery::default().with_text(&text, ecl());
            prop_assert!(!query.to_search().contains(&secret));
            prop_assert!(!problems.is_empty());
        }
    }

    #[test]
    fn a_secret_that_is_pasted_with_its_name_never_reaches_the_address(secret in "[A-Za-z0-9]{24}") {
        for text in [
            format!("password: {secret}"),
            format!("X-Auth-Token: {secret}"),
            format!("Authorization: Bearer {secret}"),
            format!(r#"{{"id":"x","password":"{secret}"}}"#),
            format!("state:failed curl -H 'X-Auth-Token: {secret}' https://host/v1.0/operations/x"),
        ] {
            let (query, problems) = ListQuery::default().with_text(&text, ecl());
            prop_assert!(!query.to_search().contains(&secret), "{text}");
            prop_assert!(!problems.is_empty(), "{text}");
        }
    }
}
