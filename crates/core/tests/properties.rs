//! Properties of queries, lists and polling that must hold for any input.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "helpers of tests fail by panicking, as tests do"
)]

use longrun_core::dialect::{FilterKind, find};
use longrun_core::model::{State, StateSet};
use longrun_core::query::{ListQuery, Matcher, Sort, Tables, TextQuery, TimeBound};
use longrun_core::time::Millis;
use longrun_core::view::filter::Filter;
use longrun_core::view::index::Index;
use longrun_core::view::rows::{Reading, Rows};
use proptest::prelude::*;

const KIND: &str = "operations";
const NOW: Millis = Millis(1_795_232_837_000);

fn tables() -> Tables {
    let ecl = find("ecl-vna").unwrap();
    Tables { filters: ecl.filters(KIND), columns: ecl.columns(KIND) }
}

fn any_query() -> impl Strategy<Value = ListQuery> {
    let params = prop::collection::vec((0..tables().filters.len(), ".{1,12}"), 0..6);
    let bound = prop_oneof![
        (1_i64..500).prop_map(|hours| TimeBound::Ago(hours * 3_600_000)),
        (0_i64..4_000_000_000).prop_map(|seconds| TimeBound::At(Millis(seconds * 1_000))),
    ];
    let columns =
        prop::option::of(prop::sample::subsequence((0..tables().columns.len()).collect::<Vec<_>>(), 1..5));
    (
        params,
        any::<u8>(),
        ".{0,20}",
        prop::option::of(bound.clone()),
        prop::option::of(bound),
        0..tables().columns.len(),
        any::<bool>(),
        columns,
    )
        .prop_map(|(params, states, text, from, to, sort, descending, columns)| {
            let mut query = ListQuery {
                states: State::ALL
                    .into_iter()
                    .filter(|s| states & (1 << s.index()) != 0)
                    .fold(StateSet::EMPTY, StateSet::with),
                text,
                from,
                to,
                sort: Sort { column: tables().columns[sort].id, descending },
                columns: columns.map(|at| at.into_iter().map(|at| tables().columns[at].id).collect()),
                widths: vec![(tables().columns[sort].id, 48 + u16::from(states))],
                ..ListQuery::default()
            };
            for (at, value) in params {
                query.set_server(tables().filters, tables().filters[at].param, &value);
            }
            query.with_text(&query.as_text(), tables()).0
        })
}

/// A list over few ids and words, so that changes, removals and ties are common.
fn any_list() -> impl Strategy<Value = Vec<(u8, u8, u8)>> {
    prop::collection::vec((0_u8..24, 0_u8..6, 0_u8..4), 0..30)
}

fn text_of((id, status, kind): &(u8, u8, u8)) -> String {
    let status = ["COMPLETE", "ERROR", "PROCESSING", "STUCK", "odd", ""][usize::from(*status)];
    let kind = ["Create", "update", "Delete", ""][usize::from(*kind)];
    format!(
        r#"{{"id":"op-{id}","status":"{status}","request_type":"{kind}","reception_datetime":"2026-11-2{} 01:02:03"}}"#,
        id % 3
    )
}

fn read(rows: &mut Rows, list: &[(u8, u8, u8)]) {
    let mut load = rows.begin();
    for row in list {
        rows.take(&mut load, text_of(row).as_bytes(), find("ecl-vna").unwrap(), KIND);
    }
    rows.finish(load);
}

/// The check of Google's filter language.
fn check_filter(text: &str) -> Result<(), String> {
    let filter = find("google-lro").unwrap().filters(KIND).iter().find(|filter| filter.param == "filter");
    let FilterKind::Checked(check) = filter.unwrap().kind else { panic!("the filter is not checked") };
    check(text)
}

/// Filters that the grammar allows, brackets within brackets included.
fn well_formed_filter() -> impl Strategy<Value = String> {
    let word = "[a-zA-Z_*東][a-zA-Z0-9_*/東-]{0,6}"
        .prop_filter("a word of the language", |word| !matches!(word.as_str(), "AND" | "OR" | "NOT"));
    let text = prop_oneof!["\"([^\"\\\\]|\\\\.){0,6}\"", "'([^'\\\\]|\\\\.){0,6}'",];
    let value = prop_oneof![word.clone(), text.clone(), Just("-5".to_owned()), Just("3.14".to_owned())];
    let field = prop::collection::vec(word, 1..4).prop_map(|parts| parts.join("."));
    let sign = prop::sample::select(vec!["=", "!=", "<", "<=", ">", ">=", ":", " = ", " != ", " : "]);
    let restriction =
        (field.clone(), sign.clone(), value).prop_map(|(field, sign, value)| format!("{field}{sign}{value}"));
    let leaf = prop_oneof![restriction, field.clone(), text];
    leaf.prop_recursive(6, 40, 4, move |inner| {
        let joint = prop::sample::select(vec![" ", "  ", " AND ", " OR ", " AND NOT ", " OR -"]);
        prop_oneof![
            (inner.clone(), joint, inner.clone()).prop_map(|(left, joint, right)| {
                // A minus or NOT before another one is not in the grammar.
                let right = right.trim_start_matches(['-', ' ']).trim_start_matches("NOT ").to_owned();
                format!("{left}{joint}{right}")
            }),
            inner.clone().prop_map(|inner| format!("({inner})")),
            inner.clone().prop_map(|inner| format!("( {inner} )")),
            inner.clone().prop_map(|inner| format!("NOT ({inner})")),
            (field.clone(), sign.clone(), inner)
                .prop_map(|(field, sign, inner)| format!("{field}{sign}({inner})")),
        ]
    })
}

fn distinct(mut list: Vec<(u8, u8, u8)>) -> Vec<(u8, u8, u8)> {
    let mut seen = std::collections::HashSet::new();
    list.retain(|(id, _, _)| seen.insert(*id));
    list
}

proptest! {
    #[test]
    fn any_filter_text_is_answered_with_a_place_inside_it(text in prop_oneof![".{0,60}", "[ab()\"'=<>!:., \\\\ANDORT-]{0,40}"]) {
        if let Err(said) = check_filter(&text) {
            let place = said.strip_prefix("At character ").and_then(|rest| rest.split(':').next());
            let place: usize = place.unwrap().parse().unwrap();
            prop_assert!((1..=text.chars().count() + 1).contains(&place), "{}: {}", text, said);
            prop_assert!(said.ends_with('.'));
        }
    }

    #[test]
    fn well_formed_filters_pass_and_broken_ones_do_not(text in well_formed_filter()) {
        prop_assert_eq!(check_filter(&text), Ok(()), "{}", text);
        for broken in [format!("({text}"), format!("{text})"), format!("{text} AND"), format!("OR {text}"), format!("{text} a=")] {
            prop_assert!(check_filter(&broken).is_err(), "{}", broken);
        }
    }

    #[test]
    fn a_query_reads_back_from_its_own_address(query in any_query()) {
        prop_assert_eq!(ListQuery::from_search(&query.to_search(), tables()), query);
    }

    #[test]
    fn any_address_is_read_and_settles(search in ".{0,120}") {
        let once = ListQuery::from_search(&search, tables());
        prop_assert_eq!(ListQuery::from_search(&once.to_search(), tables()), once);
    }

    #[test]
    fn any_text_is_a_query(text in ".{0,60}") {
        let query = TextQuery::parse(&text);
        prop_assert!(query.wanted.iter().chain(&query.unwanted).all(|word| !word.is_empty()));
    }

    #[test]
    fn after_any_refreshes_the_list_is_what_the_server_last_sent(lists in prop::collection::vec(any_list(), 1..5)) {
        let mut rows = Rows::default();
        let mut last = vec![];
        for list in lists {
            last = distinct(list);
            read(&mut rows, &last);
        }
        let shown: Vec<String> = rows.order().iter().map(|slot| rows.text(*slot)).collect();
        prop_assert_eq!(shown, last.iter().map(text_of).collect::<Vec<_>>());
        for row in &last {
            let slot = rows.find(&format!("op-{}", row.0)).expect("every row is found by its id");
            prop_assert_eq!(rows.text(slot), text_of(row));
        }
    }

    #[test]
    fn texts_are_what_the_server_sent_however_they_are_packed(
        lists in prop::collection::vec(prop::collection::vec((0_u8..40, 0_u8..4, 0_usize..9_000), 0..40), 1..5),
        pieces in any::<bool>(),
    ) {
        let text_of = |(id, round, size): &(u8, u8, usize)| {
            let body: String = (0..*size).map(|at| char::from_digit(u32::try_from(at * usize::from(*round + 1) % 23).unwrap(), 36).unwrap()).collect();
            match round {
                3 => format!("[\"{id} {body}\"]"),
                _ => format!(r#"{{"id":"op-{id}","status":"COMPLETE","request_body":{{"text":"{body} 東"}}}}"#),
            }
        };
        let mut rows = Rows::default();
        for mut list in lists {
            let mut ids = std::collections::HashSet::new();
            list.retain(|row| ids.insert(row.0));
            let sent: Vec<String> = list.iter().map(text_of).collect();
            let mut load = rows.begin();
            for text in &sent {
                rows.take(&mut load, text.as_bytes(), find("ecl-vna").unwrap(), KIND);
            }
            if pieces {
                while rows.settle(&mut load) {}
                rows.take_effect(load);
            } else {
                rows.finish(load);
            }
            let mut reading = Reading::default();
            // By place, then by slot: both orders must give each row its own text.
            let shown: Vec<String> = rows.order().iter().map(|slot| rows.read_text(*slot, &mut reading).to_owned()).collect();
            prop_assert_eq!(&shown, &sent);
            let mut by_slot: Vec<(usize, u32)> = rows.order().iter().copied().enumerate().collect();
            by_slot.sort_by_key(|(_, slot)| *slot);
            for (at, slot) in by_slot {
                prop_assert_eq!(rows.read_text(slot, &mut reading), &sent[at]);
                prop_assert_eq!(&rows.text(slot), &sent[at]);
            }
            let unreadable = list.iter().filter(|(_, round, _)| *round == 3).count();
            prop_assert_eq!(rows.unreadable(), unreadable);
        }
    }

    #[test]
    fn an_abandoned_refresh_leaves_no_trace(first in any_list(), second in any_list(), third in any_list()) {
        let (first, second, third) = (distinct(first), distinct(second), distinct(third));
        let mut rows = Rows::default();
        read(&mut rows, &first);
        let before: Vec<String> = rows.order().iter().map(|slot| rows.text(*slot)).collect();
        if !before.is_empty() {
            let mut load = rows.begin();
            for row in &second {
                rows.take(&mut load, text_of(row).as_bytes(), find("ecl-vna").unwrap(), KIND);
            }
            rows.abandon(load);
            let after: Vec<String> = rows.order().iter().map(|slot| rows.text(*slot)).collect();
            prop_assert_eq!(after, before);
        }
        read(&mut rows, &third);
        prop_assert_eq!(rows.len(), third.len());
    }

    #[test]
    fn the_index_shows_exactly_what_fits_in_order(list in any_list(), query in any_query()) {
        let mut rows = Rows::default();
        read(&mut rows, &distinct(list));
        let mut index = Index::default();
        let mut filter = Filter::default();
        filter.set(&query, tables());
        index.update(&rows, &query, &mut filter, tables().columns, NOW);
        let words = Matcher::new(&query.text, tables()).words;
        let fits = |slot: u32| {
            let op = rows.get(slot).unwrap();
            let text = format!("{}\u{1}{}\u{1}{}", op.id, op.kind.as_deref().unwrap_or(""), op.status.as_deref().unwrap_or("")).to_lowercase();
            let created = op.created.millis().unwrap();
            words.wanted.iter().all(|word| text.contains(word))
                && !words.unwanted.iter().any(|word| text.contains(word))
                && query.from.is_none_or(|from| created >= from.at(NOW))
                && query.to.is_none_or(|to| created <= to.at(NOW))
        };
        let matching: Vec<u32> = rows.order().iter().copied().filter(|slot| fits(*slot)).collect();
        prop_assert_eq!(index.matching, matching.len());
        let mut expected: Vec<u32> =
            matching.into_iter().filter(|slot| query.states.is_empty() || query.states.has(rows.get(*slot).unwrap().state)).collect();
        let mut shown = index.visible.clone();
        shown.sort_unstable();
        expected.sort_unstable();
        prop_assert_eq!(shown, expected);
    }
}
