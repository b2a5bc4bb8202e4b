//! Everything that can go wrong on the way: each error in the manager's own form, pages in place of data, broken
//! lists, odd rows.

use std::collections::HashMap;

use longrun_core::dialect::{Key, ServerQuery, Words};
use longrun_core::http::ErrorKind;
use longrun_core::json::split::SplitError;
use serde_json::value::RawValue;

use super::*;

#[tokio::test]
async fn every_fault_is_told_for_what_it_is() {
    let mut count = 0;
    for (dialect, kind, filter) in [
        (EXECUTIONS, "executions", "deployment_id"),
        (EXECUTIONS, "groups", "deployment_group_id"),
        (EXECUTIONS, "events", "execution_id"),
        (OPERATIONS, "operations", "execution_id"),
        (OPERATIONS, "graphs", "execution_id"),
    ] {
        for (fault, expected, words) in [
            ("401-always", ErrorKind::SignedOut, "User unauthorized"),
            ("403", ErrorKind::Forbidden, ""),
            ("429", ErrorKind::RateLimited, ""),
            ("429-bare", ErrorKind::RateLimited, ""),
            ("500", ErrorKind::Server, "Internal error occurred"),
            ("503", ErrorKind::Server, "maintenance mode"),
            ("html", ErrorKind::Server, "web page"),
            ("body-empty", ErrorKind::Server, "without a message"),
        ] {
            let console = console(dialect, "admin").await;
            let answer = console.answer(kind, &params(&[(filter, &format!("fault-{fault}"))])).await;
            let error = console.dialect.error(&answer);
            assert_eq!(error.kind, expected, "{kind} {fault}: {error:?}");
            assert!(error.message.contains(words) && !error.message.is_empty(), "{fault}: {}", error.message);
            assert!(!error.message.contains("does not know"), "{fault}: {}", error.message);
            assert!(!error.message.contains("Traceback"), "{fault}: {}", error.message);
            assert_eq!(error.retry_after.is_some(), matches!(fault, "429" | "503"), "{fault}: {error:?}");
            count += 1;
        }
    }
    assert_eq!(count, 40);
}

#[tokio::test]
async fn an_action_that_meets_a_fault_says_so_and_is_not_repeated() {
    for (fault, expected) in [
        ("403", ErrorKind::Forbidden),
        ("429", ErrorKind::RateLimited),
        ("500", ErrorKind::Server),
        ("503", ErrorKind::Server),
        ("html", ErrorKind::Server),
    ] {
        let console = console(EXECUTIONS, "admin").await;
        let running = console.list("executions", &[("status", "started"), ("tenant", DEFAULT)]).await;
        let key = in_tenant(&running[0].id, DEFAULT);
        console.demo.fail_next(fault, 1);
        let error = console.act("executions", "cancel", key.clone(), &[]).await.unwrap_err();
        assert_eq!(error.kind, expected, "{fault}");
        let op = console.get("executions", &key).await.unwrap();
        assert_eq!(op.state, State::Running, "{fault}: refused, so nothing changed");
    }
}

#[tokio::test]
async fn an_unknown_value_of_a_typed_filter_crashes_the_server_and_is_told() {
    let console = console(EXECUTIONS, "admin").await;
    let answer = console.answer("executions", &params(&[("status", "foo")])).await;
    assert_eq!(console.dialect.error(&answer).kind, ErrorKind::Server);
    let answer = console.answer("executions", &params(&[("_size", "-1")])).await;
    let error = console.dialect.error(&answer);
    assert_eq!(
        (error.kind, error.message.contains("does not know")),
        (ErrorKind::Rejected, false),
        "{}",
        error.message
    );
}

#[tokio::test]
async fn broken_lists_are_no_lists() {
    for fault in ["truncated", "not-json", "no-operations", "null-operations", "drop"] {
        let console = console(EXECUTIONS, "admin").await;
        let query = params(&[("deployment_id", &format!("fault-{fault}"))]);
        let error = read_rows(console.dialect, "executions", &console.answer("executions", &query).await)
            .unwrap_err();
        let fits = match fault {
            "truncated" => matches!(error, SplitError::Truncated { .. }),
            "not-json" => matches!(error, SplitError::NotJson { .. }),
            "drop" => true,
            _ => matches!(error, SplitError::RowsMissing { .. }),
        };
        assert!(fits, "{fault}: {error:?}");
    }
}

#[tokio::test]
async fn odd_rows_are_all_kept() {
    for (dialect, kind, filter) in [
        (EXECUTIONS, "executions", "deployment_id"),
        (OPERATIONS, "operations", "execution_id"),
        (EXECUTIONS, "events", "execution_id"),
    ] {
        let console = console(dialect, "admin").await;
        let answer = console.answer(kind, &params(&[(filter, "fault-odd-rows")])).await;
        let sent: HashMap<String, &RawValue> = serde_json::from_slice(&answer.body).unwrap();
        let sent = serde_json::from_str::<Vec<&RawValue>>(sent["items"].get()).unwrap().len();
        let (rows, _) = read_rows(console.dialect, kind, &answer).unwrap();
        assert_eq!(rows.len(), sent, "{kind}: no row is lost");
        assert!(rows.iter().any(|op| op.unreadable), "{kind}");
        assert!(rows.iter().any(|op| !op.oddities.is_empty() && !op.unreadable), "{kind}");
        assert!(rows.iter().all(|op| op.status.as_deref() != Some("paused") || op.state == State::Unknown));
        if console.dialect.capabilities(kind).get {
            let hard = rows.iter().find(|op| op.id.starts_with("odd/id")).unwrap();
            let shown = console.get(kind, &Key::of(&*hard.id)).await.unwrap();
            assert_eq!(shown.id, hard.id);
        }
    }
}

#[tokio::test]
async fn huge_and_deep_bodies_are_only_ranges() {
    let console = console(EXECUTIONS, "admin").await;
    for (fault, bytes) in [("5mb", 5_000_000), ("deep", 15_000)] {
        let query = params(&[("deployment_id", &format!("fault-{fault}"))]);
        let (rows, _) = console.page("executions", &query).await;
        assert!(rows.iter().any(|op| op.body.is_some_and(|body| body.end - body.start > bytes)), "{fault}");
        let error = console.get("executions", &Key::of("fault-500")).await.unwrap_err();
        assert_eq!(error.kind, ErrorKind::Server);
    }
}

#[tokio::test]
async fn a_page_in_place_of_data_is_named() {
    let mut console = console(EXECUTIONS, "admin").await;
    console.at.base = "/cloudify/elsewhere".into();
    let answer = console.answer("executions", &ServerQuery::default()).await;
    let error = console.dialect.error(&answer);
    assert_eq!(error.kind, ErrorKind::NotFound);
    assert!(error.message.contains("web page"), "{}", error.message);
    let error = console.dialect.parse_get("executions", &answer, &mut Words::default()).unwrap_err();
    assert_eq!(error.kind, ErrorKind::NotFound);
}
