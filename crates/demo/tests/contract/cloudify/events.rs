//! The events and logs of an execution or a group: the newest first, without doubles, with every filter.

use std::collections::HashSet;

use longrun_core::dialect::FilterKind;
use longrun_core::http::ErrorKind;
use longrun_core::model::Stamp;

use super::*;

async fn failed(console: &Console) -> Operation {
    let all = console.list("executions", &[("status", "failed"), ("tenant", DEFAULT)]).await;
    all.into_iter().next().unwrap()
}

#[tokio::test]
async fn an_execution_tells_its_events_and_logs_newest_first() {
    for dialect in [EXECUTIONS, OPERATIONS] {
        let console = console(dialect, "mona").await;
        let executions = Console { dialect: find(EXECUTIONS).unwrap(), ..console.other("mona").await };
        let id = failed(&executions).await.id;
        let all = console.list("events", &[("execution_id", &id)]).await;
        assert!(all.len() > 3, "{}", all.len());
        assert!(all.windows(2).all(|pair| pair[0].created.millis() >= pair[1].created.millis()));
        let ids: HashSet<_> = all.iter().map(|op| &*op.id).collect();
        assert_eq!(ids.len(), all.len(), "type and number make an id");
        for op in &all {
            assert!(
                op.oddities.is_empty() && matches!(op.created, Stamp::At(_)) && op.name.is_some(),
                "{op:?}"
            );
            assert_eq!(op.fact("execution_id"), Some(&*id));
        }
        for of in ["cloudify_event", "cloudify_log"] {
            assert!(all.iter().any(|op| op.target_type.as_deref() == Some(of)), "{of}");
        }
        assert!(all.iter().any(|op| op.kind.as_deref() == Some("workflow_failed")));
        assert!(all.iter().any(|op| op.error.is_some()), "causes are told");
        let paged = console.list("events", &[("execution_id", &id), ("_size", "3")]).await;
        assert_eq!(paged, all);
    }
}

#[tokio::test]
async fn every_filter_of_events_keeps_what_it_says() {
    let console = console(EXECUTIONS, "mona").await;
    let id = failed(&console).await.id;
    let all = console.list("events", &[("execution_id", &id)]).await;
    for filter in console.dialect.filters("events") {
        let Some(of) = filter.value.filter(|_| !matches!(filter.param, "execution_group_id" | "tenant"))
        else {
            continue;
        };
        let Some(value) = all.iter().find_map(of) else { panic!("no event has {}", filter.param) };
        let kept = console.list("events", &[("execution_id", &id), (filter.param, value)]).await;
        let expected = all.iter().filter(|op| of(op) == Some(value)).count();
        assert_eq!(kept.len(), expected, "{}={value}", filter.param);
    }
    for filter in console.dialect.filters("events").iter().filter(|filter| filter.param == "_sort") {
        let FilterKind::OneOf(orders) = filter.kind else { panic!("_sort takes words") };
        for order in orders {
            let sorted = console.list("events", &[("execution_id", &id), ("_sort", order)]).await;
            assert_eq!(sorted.len(), all.len(), "{order}");
        }
    }
    let pattern =
        console.list("events", &[("execution_id", &id), ("message", "%WORKFLOW EXECUTION FAILED%")]).await;
    assert_eq!(pattern.len(), 1);
    let levels = [
        ("execution_id", &*id),
        ("level", "info"),
        ("level", "warning"),
        ("level", "error"),
        ("level", "debug"),
    ];
    let logs = console.list("events", &levels).await;
    assert!(!logs.is_empty() && logs.iter().all(|op| op.target_type.as_deref() == Some("cloudify_log")));
}

#[tokio::test]
async fn a_tail_reads_on_from_where_it_was() {
    let console = console(EXECUTIONS, "mona").await;
    let key = console.start("heal", "backup-vault", &[]).await;
    console.later(4);
    let first = console.list("events", &[("execution_id", &key.id)]).await;
    assert!(!first.is_empty());
    let Stamp::At(last) = first[0].created else { panic!("no time") };
    console.later(60);
    let range = format!("timestamp,{},", longrun_core::time::iso8601(last));
    let next = console.list("events", &[("execution_id", &key.id), ("_range", &range)]).await;
    let whole = console.list("events", &[("execution_id", &key.id)]).await;
    let known: HashSet<_> = first.iter().map(|op| &*op.id).collect();
    let new = next.iter().filter(|op| !known.contains(&*op.id)).count();
    assert_eq!(first.len() + new, whole.len(), "nothing is missed and nothing doubled");
    assert!(new > 0);
}

#[tokio::test]
async fn a_group_tells_how_its_members_went() {
    let console = console(EXECUTIONS, "mona").await;
    let events = console.list("events", &[("execution_group_id", "group-running")]).await;
    let changes: Vec<_> =
        events.iter().filter(|op| op.kind.as_deref() == Some("execution_state_change")).collect();
    assert!(!changes.is_empty());
    assert!(changes.iter().all(|op| op.fact("execution_group_id") == Some("group-running")));
}

#[tokio::test]
async fn a_range_or_type_that_the_server_does_not_know_is_refused_in_its_words() {
    let console = console(EXECUTIONS, "mona").await;
    for query in [[("_range", "timestamp,soon,")], [("type", "odd")]] {
        let answer = console.answer("events", &params(&query)).await;
        let error = console.dialect.error(&answer);
        assert_eq!(error.kind, ErrorKind::Rejected, "{query:?}");
        assert!(!error.message.contains("does not know"), "{}", error.message);
    }
}
