//! What goes wrong: services without lists, refusals, broken lists, odd rows.

use std::collections::HashMap;

use longrun_core::dialect::Endpoint;
use longrun_core::http::ErrorKind;
use longrun_core::json::split::SplitError;
use longrun_core::model::State;
use serde_json::value::RawValue;

use super::{IOWA, KIND, act, full, get, google, page, query, shown};
use crate::{demo, read_rows, send};

#[tokio::test]
async fn a_service_without_lists_says_so() {
    let (_, router) = demo();
    let at = Endpoint { tenant: Some("nolist".into()), ..full() };
    let error = page(&router, &at, &query(&[("location", "us-central1")])).await.unwrap_err();
    assert_eq!(error.kind, ErrorKind::NotOffered);
    assert!(
        error.message.starts_with("UNIMPLEMENTED: ") && error.message.contains("does not offer"),
        "{}",
        error.message
    );
    let one = "projects/nolist/locations/us-central1/operations/run";
    assert_eq!(get(&router, &at, one).await.unwrap().0.state, State::Running, "one by one it works");
}

#[tokio::test]
async fn every_fault_is_told_for_what_it_is() {
    let (_, router) = demo();
    for (fault, kind, words, retry) in [
        ("401-always", ErrorKind::SignedOut, "UNAUTHENTICATED: ", None),
        ("403", ErrorKind::Forbidden, "PERMISSION_DENIED: ", None),
        ("429", ErrorKind::RateLimited, "RESOURCE_EXHAUSTED: ", Some(7)),
        ("429-bare", ErrorKind::RateLimited, "retryDelay", Some(7)),
        ("500", ErrorKind::Server, "INTERNAL: ", None),
        ("503", ErrorKind::Server, "UNAVAILABLE: ", Some(5)),
        ("html", ErrorKind::Server, "web page", None),
        ("body-empty", ErrorKind::Server, "without a message", None),
    ] {
        let id = format!("fault-{fault}");
        let mut errors = vec![];
        for params in [
            [("location", id.as_str()), ("pageSize", "5")],
            [("location", "us-central1"), ("filter", id.as_str())],
        ] {
            errors.push(page(&router, &full(), &query(&params)).await.unwrap_err());
        }
        errors.push(get(&router, &full(), &format!("{IOWA}/{id}")).await.unwrap_err());
        for action in ["cancel", "delete"] {
            errors.push(act(&router, &full(), action, &id).await.unwrap_err());
        }
        for error in errors {
            assert_eq!((error.kind, error.retry_after), (kind, retry), "{fault}: {error:?}");
            assert!(error.message.contains(words), "{fault}: {}", error.message);
        }
    }
}

#[tokio::test]
async fn broken_lists_are_no_lists() {
    let (_, router) = demo();
    for fault in ["truncated", "not-json", "no-operations", "drop"] {
        let location = format!("fault-{fault}");
        let request = google().list(&full(), KIND, &query(&[("location", &location)])).unwrap();
        let error = read_rows(google(), KIND, &send(&router, &request).await).unwrap_err();
        let fits = match fault {
            "truncated" => matches!(error, SplitError::Truncated { .. }),
            "not-json" => matches!(error, SplitError::NotJson { .. }),
            "drop" => true,
            // Members that no list has: something else has answered.
            _ => matches!(error, SplitError::RowsMissing { .. }),
        };
        assert!(fits, "{fault}: {error:?}");
    }
    let (rows, _) = page(&router, &full(), &query(&[("location", "fault-null-operations")])).await.unwrap();
    assert_eq!(rows, [], "null is none");
}

#[tokio::test]
async fn odd_rows_are_all_kept() {
    let (_, router) = demo();
    let request = google().list(&full(), KIND, &query(&[("location", "fault-odd-rows")])).unwrap();
    let answer = send(&router, &request).await;
    let sent: HashMap<String, Vec<&RawValue>> = serde_json::from_slice(&answer.body).unwrap();
    let (ops, _) = read_rows(google(), KIND, &answer).unwrap();
    assert_eq!(ops.len(), sent["operations"].len(), "no row is lost");
    assert!(ops.iter().any(|op| op.unreadable) && ops.iter().any(|op| !op.oddities.is_empty()));
    for (id, state, told) in [
        ("odd-both", State::Unknown, "both an error and a response"),
        ("odd-neither", State::Succeeded, "neither an error nor a response"),
        ("odd-not-done", State::Unknown, "does not say that the operation is done"),
        ("odd-unknown-type", State::Succeeded, ""),
        ("odd-no-type", State::Running, ""),
        ("odd-no-metadata", State::Succeeded, ""),
        ("odd-only-name", State::Running, ""),
        ("odd-nulls", State::Running, ""),
        ("odd-code-word", State::Unknown, "without a readable code"),
        ("odd-code-unknown", State::Failed, ""),
        ("odd-code-zero", State::Unknown, "without a readable code"),
        ("odd-markup", State::Failed, ""),
        ("odd-direction", State::Running, ""),
        ("odd-times", State::Succeeded, ""),
        ("odd-extra", State::Running, ""),
        ("odd/id?x=1#frag%2F 100% done", State::Succeeded, ""),
        ("fault-5mb", State::Succeeded, ""),
        ("fault-deep", State::Succeeded, ""),
    ] {
        let op = shown(&router, id).await;
        assert_eq!((&*op.id, op.state), (format!("{IOWA}/{id}").as_str(), state));
        let lines = op.oddities.join("; ");
        assert!(lines.contains(told) && lines.is_empty() == told.is_empty(), "{id}: {lines}");
    }
    let wrong = shown(&router, "odd-wrong-types").await;
    assert_eq!((&*wrong.id, wrong.state), ("12345", State::Unknown));
    assert!(wrong.oddities.len() >= 5, "{:?}", wrong.oddities);
    for fault in ["5mb", "deep"] {
        let location = format!("fault-{fault}");
        let (rows, _) = page(&router, &full(), &query(&[("location", &location)])).await.unwrap();
        let result = rows[0].more.as_ref().unwrap().result.unwrap();
        assert!(result.end - result.start > 15_000, "{fault}");
    }
}
