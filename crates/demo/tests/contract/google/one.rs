//! One operation: shown, cancelled, deleted, and by whom.

use longrun_core::dialect::{Endpoint, Key, Outcome, ServerQuery};
use longrun_core::http::ErrorKind;
use longrun_core::model::{Operation, State};

use super::{IOWA, KIND, act, all, allowed, full, get, google, names, page, query, shown, with_token};
use crate::demo;

#[tokio::test]
async fn get_gives_what_the_list_gave() {
    let (_, router) = demo();
    for listed in all(&router, &[("location", "us-central1")]).await.iter().take(60) {
        let (op, text) = get(&router, &full(), &listed.id).await.unwrap();
        let bare = |op: &Operation| Operation { body: None, more: None, ..op.clone() };
        assert_eq!(bare(&op), bare(listed));
        let (more, before) = (op.more.unwrap(), listed.more.as_ref().unwrap());
        assert_eq!(more.facts, before.facts);
        for (span, before) in
            [(op.body, listed.body), (more.result, before.result), (more.failure, before.failure)]
        {
            assert_eq!(span.is_some(), before.is_some());
            span.into_iter().for_each(|span| longrun_core::json::validate(span.cut(&text).unwrap()).unwrap());
        }
    }
    let gone = get(&router, &full(), &format!("{IOWA}/none")).await.unwrap_err();
    assert_eq!(gone.kind, ErrorKind::NotFound);
    assert!(
        gone.message.starts_with("NOT_FOUND: ") && gone.message.contains("\nErrorInfo: reason: "),
        "{}",
        gone.message
    );
    let anyone = Endpoint { tenant: None, ..full() };
    let foreign = "projects/other/locations/us-central1/operations/run";
    assert_eq!(get(&router, &anyone, foreign).await.unwrap_err().kind, ErrorKind::Forbidden);
    assert!(google().get(&full(), KIND, &Key::of(foreign)).is_err(), "pinned to another project");
}

#[tokio::test]
async fn every_state_and_what_can_be_done_in_it() {
    let (_, router) = demo();
    for (id, state, cancel) in [
        ("run", State::Running, true),
        ("quick", State::Running, true),
        ("cancelling", State::Cancelling, false),
        ("ok", State::Succeeded, false),
        ("gone", State::Succeeded, false),
        ("nothing", State::Succeeded, false),
        ("failed", State::Failed, false),
        ("cancelled", State::Cancelled, false),
    ] {
        let op = shown(&router, id).await;
        assert_eq!((op.state, allowed("cancel", &op), allowed("delete", &op)), (state, cancel, true), "{id}");
        assert_eq!(
            google().recognise(&format!("https://x.example/v1/{}:cancel", op.id)).as_deref(),
            Some(&*op.id)
        );
    }
    let failed = shown(&router, "failed").await;
    assert_eq!(failed.status.as_deref(), Some("FAILED_PRECONDITION"));
    let error = failed.error.unwrap();
    assert!(error.starts_with("FAILED_PRECONDITION (9): ") && error.contains("NO_RESOURCES"), "{error}");
}

#[tokio::test]
async fn a_cancel_is_watched_to_its_end() {
    let (demo, router) = demo();
    for id in ["run", "race"] {
        assert_eq!(act(&router, &full(), "cancel", id).await, Ok(Outcome::Requested), "{id}");
        assert_eq!(shown(&router, id).await.state, State::Cancelling, "{id}");
    }
    assert_eq!(
        act(&router, &full(), "cancel", "ok").await,
        Ok(Outcome::Requested),
        "the server does not mind"
    );
    demo.advance(10_000);
    assert_eq!(shown(&router, "run").await.state, State::Cancelled);
    assert_eq!(shown(&router, "race").await.state, State::Succeeded, "the work was faster");
    let never = act(&router, &full(), "cancel", "run-nocancel").await.unwrap_err();
    assert_eq!(never.kind, ErrorKind::NotOffered);
    assert!(never.message.starts_with("This service does not support cancelling"), "{}", never.message);
    assert!(never.message.contains("UNIMPLEMENTED"), "{}", never.message);
    let late = act(&router, &full(), "cancel", "ok-strict").await.unwrap_err();
    assert_eq!(late.kind, ErrorKind::Rejected);
    assert!(
        late.message.contains("FAILED_PRECONDITION") && late.message.contains("PreconditionFailure"),
        "{}",
        late.message
    );
    assert_eq!(act(&router, &full(), "cancel", "none").await.unwrap_err().kind, ErrorKind::NotFound);
}

#[tokio::test]
async fn what_is_deleted_is_gone_from_the_list_too() {
    let (_, router) = demo();
    for id in ["ok", "run", "failed"] {
        assert_eq!(act(&router, &full(), "delete", id).await, Ok(Outcome::Done), "{id}");
        let name = format!("{IOWA}/{id}");
        assert_eq!(get(&router, &full(), &name).await.unwrap_err().kind, ErrorKind::NotFound, "{id}");
        assert_eq!(act(&router, &full(), "delete", id).await.unwrap_err().kind, ErrorKind::NotFound, "{id}");
        let rest = all(&router, &[("location", "us-central1"), ("pageSize", "1000")]).await;
        assert!(!names(&rest).contains(&name.as_str()), "{id}");
    }
    let strict = act(&router, &full(), "delete", "run-strict").await.unwrap_err();
    assert!(strict.message.starts_with("FAILED_PRECONDITION: "), "{}", strict.message);
    assert_eq!(shown(&router, "run-strict").await.state, State::Running);
}

#[tokio::test]
async fn tokens_that_read_only_end_or_are_none() {
    let (demo, router) = demo();
    let reader = with_token("ya29.reader");
    assert!(get(&router, &reader, &format!("{IOWA}/run")).await.is_ok());
    for action in ["cancel", "delete"] {
        for id in ["run", "none"] {
            let refused = act(&router, &reader, action, id).await.unwrap_err();
            assert_eq!(refused.kind, ErrorKind::Forbidden, "{action} {id}");
            assert!(refused.message.starts_with("PERMISSION_DENIED: "), "{}", refused.message);
        }
    }
    assert_eq!(shown(&router, "run").await.state, State::Running, "nothing was done");
    let place = query(&[("location", "us-central1")]);
    for at in [with_token("nonsense"), Endpoint { session: None, ..full() }] {
        assert_eq!(page(&router, &at, &place).await.unwrap_err().kind, ErrorKind::SignedOut);
    }
    let short = with_token("ya29.short");
    let (_, told) = page(&router, &short, &place).await.unwrap();
    demo.advance(121_000);
    let next = ServerQuery { page: told.next, ..place };
    assert_eq!(page(&router, &short, &next).await.unwrap_err().kind, ErrorKind::SignedOut, "in mid-work");
    assert!(page(&router, &full(), &next).await.is_ok(), "and on with a new one");
}
