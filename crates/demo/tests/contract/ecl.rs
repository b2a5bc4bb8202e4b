//! NTT ECL VNA: the list with its filters, show, tenants and tokens, faults and odd rows.

use std::collections::HashMap;

use axum::Router;
use longrun_core::dialect::{Dialect, Endpoint, Key, ServerQuery, Words, find};
use longrun_core::http::sign_in::{Session, keystone};
use longrun_core::http::{ApiResponse, ErrorKind, Secret};
use longrun_core::json::split::SplitError;
use longrun_core::model::{Operation, Stamp, State};
use longrun_core::time::Millis;
use serde_json::value::RawValue;

use crate::{START, demo, read_rows, send};

const KIND: &str = "operations";

fn ecl() -> &'static dyn Dialect {
    find("ecl-vna").unwrap()
}

async fn signed_in(router: &Router, key: &str, secret: &str, project: &str) -> Endpoint {
    let request = keystone::password("/ecl/keystone/v3", project, key, &Secret::new(secret));
    let session = keystone::parse(&send(router, &request).await, Millis(START)).unwrap();
    Endpoint { base: "/ecl/virtual-network-appliance".into(), tenant: None, session: Some(session) }
}

async fn admin(router: &Router) -> Endpoint {
    signed_in(router, "APIKEY", "APISECRET", "13572f6f42a74d2b82f7099f78d0393a").await
}

async fn list(router: &Router, at: &Endpoint, params: &[(&'static str, &str)]) -> Vec<Operation> {
    let query = ServerQuery::new(params.iter().map(|(name, value)| (*name, (*value).to_owned())).collect());
    let answer = send(router, &ecl().list(at, KIND, &query).unwrap()).await;
    assert!(answer.is_success(), "{params:?}: {}", answer.text());
    rows(&answer).unwrap()
}

fn rows(answer: &ApiResponse) -> Result<Vec<Operation>, SplitError> {
    read_rows(ecl(), KIND, answer).map(|(rows, _)| rows)
}

#[tokio::test]
async fn the_list_reads_whole_and_clean() {
    let (_, router) = demo();
    let at = admin(&router).await;
    let ops = list(&router, &at, &[]).await;
    assert!(ops.len() >= 400, "{}", ops.len());
    for op in &ops {
        assert!(!op.unreadable && op.oddities.is_empty(), "{op:?}");
        assert!(matches!(op.created, Stamp::At(_)), "{op:?}");
        if op.state.has_ended() {
            assert!(matches!(op.ended, Stamp::At(_)), "{op:?}");
        } else if op.state == State::Running {
            assert_eq!(op.ended, Stamp::Absent, "{op:?}");
        }
    }
    for state in [State::Running, State::Succeeded, State::Failed, State::Stuck, State::Unknown] {
        assert!(ops.iter().any(|op| op.state == state), "no operation is {state:?}");
    }
    assert!(ops.iter().any(|op| op.name.is_some()), "names are found in bodies");
    let newest_first = ops.windows(2).all(|pair| pair[0].created.millis() >= pair[1].created.millis());
    assert!(newest_first);
}

#[tokio::test]
async fn every_filter_means_the_same_to_both_sides() {
    let (_, router) = demo();
    let at = admin(&router).await;
    let all = list(&router, &at, &[]).await;
    for filter in ecl().filters(KIND) {
        let Some(value_of) = filter.value else { continue };
        // The value of a row in the middle, so that some match and, where values vary, some do not.
        let value = all
            .iter()
            .skip(all.len() / 2)
            .find_map(|op| value_of(op).filter(|v| !v.is_empty()))
            .expect(filter.param)
            .to_owned();
        let found = list(&router, &at, &[(filter.param, &value)]).await;
        let expected: Vec<&str> =
            all.iter().filter(|op| value_of(op) == Some(&*value)).map(|op| &*op.id).collect();
        assert_eq!(found.iter().map(|op| &*op.id).collect::<Vec<_>>(), expected, "{}", filter.param);
    }
    let (a, b) = (
        all[0].target.clone().unwrap(),
        all.iter().find_map(|op| op.target.clone().filter(|t| Some(t) != all[0].target.as_ref())).unwrap(),
    );
    let both = list(&router, &at, &[("resource_id", &a), ("resource_id", &b)]).await;
    assert!(both.iter().all(|op| op.target.as_ref() == Some(&a) || op.target.as_ref() == Some(&b)));
    assert_eq!(
        both.len(),
        all.iter().filter(|op| op.target.as_ref() == Some(&a) || op.target.as_ref() == Some(&b)).count()
    );
}

#[tokio::test]
async fn latest_and_no_deleted() {
    let (_, router) = demo();
    let at = admin(&router).await;
    let all = list(&router, &at, &[]).await;
    let latest = list(&router, &at, &[("latest", "true")]).await;
    let mut targets: Vec<_> = latest.iter().map(|op| op.target.clone()).collect();
    let count = targets.len();
    targets.sort();
    targets.dedup();
    assert_eq!(targets.len(), count, "one operation for each appliance");
    for op in &latest {
        let newest =
            all.iter().filter(|other| other.target == op.target).filter_map(|o| o.created.millis()).max();
        assert_eq!(op.created.millis(), newest);
    }
    let living = list(&router, &at, &[("no_deleted", "true")]).await;
    assert!(living.len() < all.len());
    let deleted = |op: &&Operation| op.kind.as_deref() == Some("Delete") && op.state == State::Succeeded;
    assert!(all.iter().any(|op| deleted(&op)) && !living.iter().any(|op| deleted(&op)));
}

#[tokio::test]
async fn show_gives_what_the_list_gave() {
    let (_, router) = demo();
    let at = admin(&router).await;
    for listed in list(&router, &at, &[]).await.iter().take(40) {
        let answer = send(&router, &ecl().get(&at, KIND, &Key::of(&*listed.id)).unwrap()).await;
        let (shown, text) = ecl().parse_get(KIND, &answer, &mut Words::default()).unwrap();
        assert_eq!(Operation { body: None, ..shown.clone() }, Operation { body: None, ..listed.clone() });
        assert_eq!(shown.body.is_some(), listed.body.is_some());
        if let Some(body) = shown.body {
            longrun_core::json::validate(body.cut(&text).unwrap()).unwrap();
        }
    }
    let answer = send(&router, &ecl().get(&at, KIND, &Key::of("nothing-like-it")).unwrap()).await;
    assert_eq!(ecl().parse_get(KIND, &answer, &mut Words::default()).unwrap_err().kind, ErrorKind::NotFound);
}

#[tokio::test]
async fn tenants_see_their_own_and_tokens_end() {
    let (demo, router) = demo();
    let tenant = "9ae2b07c4d1e4f6a8b3c5d7e9f012345";
    let at = signed_in(&router, "TENANTKEY", "TENANTSECRET", tenant).await;
    let own = list(&router, &at, &[]).await;
    assert!(!own.is_empty() && own.iter().all(|op| op.tenant.as_deref() == Some(tenant)));
    assert_eq!(list(&router, &at, &[("tenant_id", "13572f6f42a74d2b82f7099f78d0393a")]).await, []);

    let short = signed_in(&router, "SHORTKEY", "SHORTSECRET", "13572f6f42a74d2b82f7099f78d0393a").await;
    assert!(!list(&router, &short, &[("latest", "true")]).await.is_empty());
    let end = short.session.as_ref().and_then(|session| session.expires).unwrap();
    assert_eq!(end.0 / 1_000, START / 1_000 + 120);
    demo.advance(121_000);
    let refused = send(&router, &ecl().list(&short, KIND, &ServerQuery::default()).unwrap()).await;
    assert_eq!(ecl().error(&refused).kind, ErrorKind::SignedOut);

    let session = at.session.clone().unwrap();
    let gone = send(&router, &keystone::revoke("/ecl/keystone/v3", &session.token)).await;
    assert_eq!(gone.status, 204);
    let refused = send(&router, &ecl().list(&at, KIND, &ServerQuery::default()).unwrap()).await;
    assert_eq!(ecl().error(&refused).kind, ErrorKind::SignedOut);
    let wrong = keystone::password("/ecl/keystone/v3", tenant, "APIKEY", &Secret::new("wrong"));
    assert_eq!(
        keystone::parse(&send(&router, &wrong).await, Millis(START)).unwrap_err().kind,
        ErrorKind::SignedOut
    );
    let unsigned = Endpoint { session: None, ..at };
    let refused = send(&router, &ecl().list(&unsigned, KIND, &ServerQuery::default()).unwrap()).await;
    assert_eq!(ecl().error(&refused).kind, ErrorKind::SignedOut);
    let pasted = Endpoint {
        session: Some(Session::pasted(Secret::new("69105c889f824efdafb56af224208ad4"))),
        ..unsigned
    };
    assert!(!list(&router, &pasted, &[("latest", "true")]).await.is_empty());
}

#[tokio::test]
async fn every_fault_is_told_for_what_it_is() {
    let (_, router) = demo();
    for (fault, kind, words) in [
        ("401-always", ErrorKind::SignedOut, ""),
        ("403", ErrorKind::Forbidden, ""),
        ("429", ErrorKind::RateLimited, ""),
        ("500", ErrorKind::Server, "Internal Server Error"),
        ("503", ErrorKind::Server, ""),
        ("html", ErrorKind::Server, "web page"),
        ("body-message", ErrorKind::Server, ""),
        ("body-both", ErrorKind::Server, " · "),
        ("body-fault", ErrorKind::Server, ""),
        ("body-error-message", ErrorKind::Server, ""),
        ("body-keystone", ErrorKind::Server, ""),
        ("body-empty", ErrorKind::Server, "without a message"),
    ] {
        let query = ServerQuery::new(vec![("request_id", format!("fault-{fault}"))]);
        // A fresh token each time: one of the faults ends it.
        let at = admin(&router).await;
        let answer = send(&router, &ecl().list(&at, KIND, &query).unwrap()).await;
        let error = ecl().error(&answer);
        assert_eq!(error.kind, kind, "{fault}: {error:?}");
        assert!(error.message.contains(words) && !error.message.is_empty(), "{fault}: {}", error.message);
        assert!(
            !error.message.contains("does not know"),
            "{fault}: the body was not read: {}",
            error.message
        );
        if matches!(fault, "429" | "503") {
            assert!(error.retry_after.is_some(), "{fault}");
        }
        assert!(error.request_id.is_some(), "{fault}");
    }
}

#[tokio::test]
async fn broken_lists_are_no_lists() {
    let (_, router) = demo();
    let at = admin(&router).await;
    for fault in ["truncated", "not-json", "no-operations", "null-operations", "drop"] {
        let query = ServerQuery::new(vec![("request_id", format!("fault-{fault}"))]);
        let answer = send(&router, &ecl().list(&at, KIND, &query).unwrap()).await;
        let error = rows(&answer).unwrap_err();
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
    let (_, router) = demo();
    let at = admin(&router).await;
    let query = ServerQuery::new(vec![("request_id", "fault-odd-rows".to_owned())]);
    let answer = send(&router, &ecl().list(&at, KIND, &query).unwrap()).await;
    let sent: HashMap<String, Vec<&RawValue>> = serde_json::from_slice(&answer.body).unwrap();
    let ops = rows(&answer).unwrap();
    assert_eq!(ops.len(), sent["operations"].len(), "no row is lost");
    assert!(ops.iter().any(|op| op.unreadable) && ops.iter().any(|op| !op.oddities.is_empty()));
    let hard = ops
        .iter()
        .find(|op| op.id.contains('/') && op.id.contains('?') && op.id.contains('%'))
        .expect("an id that breaks URLs");
    let answer = send(&router, &ecl().get(&at, KIND, &Key::of(&*hard.id)).unwrap()).await;
    assert_eq!(ecl().parse_get(KIND, &answer, &mut Words::default()).unwrap().0.id, hard.id);
    for fault in ["5mb", "deep"] {
        let ops = list(&router, &at, &[("request_id", &format!("fault-{fault}"))]).await;
        assert!(ops.iter().any(|op| op.body.is_some_and(|body| body.end - body.start > 15_000)), "{fault}");
    }
}
