//! What a dialect declares is complete and means one thing.

use longrun_core::dialect::{self, Availability, Cell, Dialect, FilterKind, SortKey};
use longrun_core::model::{More, Operation, Progress, Stamp, State};
use longrun_core::query::{ListQuery, Tables};

use crate::{HARD_VALUE, NOW, cases, dialects};

fn all_different(mut names: Vec<&str>, what: &str) {
    let count = names.len();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), count, "{what}: a name stands twice");
    assert!(names.iter().all(|name| !name.trim().is_empty()), "{what}: a name is empty");
}

#[test]
fn ids_are_unique_plain_and_found() {
    for dialect in dialects() {
        let id = dialect.id();
        assert!(
            id.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-'),
            "{id}"
        );
    }
    all_different(dialects().iter().map(|dialect| dialect.id()).collect(), "dialects");
    for dialect in dialect::ALL {
        assert_eq!(dialect::find(dialect.id()).map(Dialect::id), Some(dialect.id()));
    }
    assert!(dialect::find("nothing").is_none());
}

#[test]
fn a_dialect_says_what_it_is() {
    for dialect in dialects() {
        let about = dialect.describe();
        all_different(about.kinds.iter().map(|kind| kind.id).collect(), dialect.id());
        assert!(
            about.can.ends_with('.') && !about.title.is_empty() && !about.tenant.is_empty(),
            "{}",
            dialect.id()
        );
        assert!(!about.sign_in.is_empty() && !about.base_example.is_empty(), "{}", dialect.id());
        assert!(about.token.header.bytes().all(|byte| !byte.is_ascii_uppercase()), "{}", dialect.id());
        assert!(about.kinds.iter().any(|kind| kind.listed), "{}", dialect.id());
        for kind in about.kinds {
            assert!(kind.can.list || kind.can.get, "{} {}: nothing to see", dialect.id(), kind.id);
            for text in [kind.noun, kind.one, kind.target, kind.times[0], kind.times[1]] {
                assert!(!text.is_empty(), "{} {}", dialect.id(), kind.id);
            }
        }
    }
}

#[test]
fn tables_are_complete_and_distinct() {
    for case in cases() {
        let name = case.name();
        let columns = case.dialect.columns(case.kind);
        let filters = case.filters();
        all_different(columns.iter().map(|column| column.id).collect(), &name);
        all_different(filters.iter().map(|filter| filter.param).collect(), &name);
        all_different(case.dialect.actions(case.kind).iter().map(|action| action.id).collect(), &name);
        assert!(columns.iter().any(|column| column.shown));
        let table = case.dialect.kind(case.kind).unwrap();
        let needed: &[&str] = if table.listed { &["state", "id", "created"] } else { &[] };
        for common in needed {
            assert!(columns.iter().any(|column| column.id == *common), "{name}: no column {common}");
        }
        for column in columns {
            let known = column.filter.is_none_or(|param| filters.iter().any(|filter| filter.param == param));
            assert!(known, "{name}: column {} names an unknown filter", column.id);
        }
        for reserved in ["state", "q", "from", "to", "tz", "sort", "cols", "tab"] {
            let ours = filters.iter().all(|filter| filter.param != reserved);
            assert!(ours, "{name}: {reserved} is ours in URLs");
        }
        let can = case.dialect.capabilities(case.kind);
        for param in [can.history_by, can.tenant_by].into_iter().flatten() {
            assert!(filters.iter().any(|filter| filter.param == param), "{name}: {param} is no filter");
        }
        for related in table.related {
            let of = case
                .dialect
                .kind(related.kind)
                .unwrap_or_else(|| panic!("{name}: {} is no kind", related.kind));
            assert!(
                of.filters.iter().any(|filter| filter.param == related.param),
                "{name}: {}",
                related.param
            );
            assert!(related.without.ends_with('.'), "{name}: {}", related.without);
        }
    }
}

#[test]
fn actions_say_what_they_do() {
    for case in cases() {
        for action in case.dialect.actions(case.kind) {
            let name = format!("{} {}", case.name(), action.id);
            assert!(!action.label.is_empty() && action.consequence.ends_with('.'), "{name}");
            all_different(action.inputs.iter().map(|input| input.name).collect(), &name);
            for input in action.inputs {
                assert!(!input.label.is_empty(), "{name} {}", input.name);
            }
        }
    }
}

#[test]
fn every_filter_survives_the_address_bar() {
    for case in cases() {
        let tables = Tables { filters: case.filters(), columns: case.dialect.columns(case.kind) };
        let mut query = ListQuery::default();
        for filter in tables.filters {
            let value = match filter.kind {
                FilterKind::Flag(_) => "true",
                // What is no number is not sent; it stays in the text, with what is wrong.
                FilterKind::Number => "25",
                _ => HARD_VALUE,
            };
            query.set_server(tables.filters, filter.param, value);
        }
        assert_eq!(query.server.params.len(), tables.filters.len());
        assert_eq!(ListQuery::from_search(&query.to_search(), tables), query);
    }
}

/// Operations in every state, bare and with everything that some API may tell.
fn operations() -> Vec<Operation> {
    let mut all = vec![];
    for state in State::ALL {
        let bare = Operation { id: "x".into(), state, ..Operation::default() };
        all.push(Operation { unreadable: true, ..bare.clone() });
        for cancelable in [None, Some(false), Some(true)] {
            let more = More {
                progress: Some(Progress::Steps { finished: u64::MAX, total: 3 }),
                updated: Stamp::Odd("soon".into()),
                expires_in: Some(i64::MIN),
                cancelable,
                ..More::default()
            };
            all.push(Operation {
                created: Stamp::Odd("soon".into()),
                kind: Some("".into()),
                more: Some(Box::new(more)),
                ..bare.clone()
            });
        }
        all.push(bare);
    }
    all
}

#[test]
fn columns_filters_and_actions_answer_for_any_operation() {
    for case in cases() {
        for op in operations() {
            for column in case.dialect.columns(case.kind) {
                let cell = (column.cell)(&op, NOW);
                assert!(!matches!(cell, Cell::Span(span) if span < 0), "{}: {}", case.name(), column.id);
                match column.sort {
                    Some(SortKey::Text(of)) => drop(of(&op).to_owned()),
                    Some(SortKey::Number(of)) => drop(of(&op, NOW)),
                    None => {}
                }
            }
            for filter in case.filters() {
                let _ = filter.value.map(|of| of(&op));
            }
            for related in case.dialect.kind(case.kind).unwrap().related {
                let _ = (related.of)(&op);
            }
            for action in case.dialect.actions(case.kind) {
                if let Availability::Off(why) = (action.allowed)(&op) {
                    assert!(why.ends_with('.') && why.len() > 10, "{} {}: {why}", case.name(), action.id);
                }
                for input in action.inputs {
                    let _ = input.start.map(|of| of(&op));
                }
            }
        }
    }
}

/// Shown with `cargo test -p longrun-core --test conformance -- --nocapture counts`.
#[test]
fn counts_of_each_dialect() {
    println!("{:<24} {:<12} {:>7} {:>7} {:>7}", "dialect", "kind", "filters", "columns", "actions");
    let mut kinds = 0;
    for case in cases() {
        let (filters, columns) = (case.filters().len(), case.dialect.columns(case.kind).len());
        let actions = case.dialect.actions(case.kind).len();
        println!("{:<24} {:<12} {filters:>7} {columns:>7} {actions:>7}", case.dialect.id(), case.kind);
        assert!(columns > 0);
        kinds += 1;
    }
    assert!(kinds > dialect::ALL.len(), "the sixth dialect is among them");
}
