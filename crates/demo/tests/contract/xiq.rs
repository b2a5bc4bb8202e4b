//! ExtremeCloud IQ: signing in, the three calls on every operation that is there from the start, ids handed out by other
//! calls, the limit of calls, and every documented error.

use axum::Router;
use longrun_core::dialect::{ActionCall, Availability, Dialect, Endpoint, Key, Outcome, Words, find};
use longrun_core::http::sign_in::{BEARER, Session, SignIn, SignInKind};
use longrun_core::http::{ApiError, ApiRequest, ApiResponse, ErrorKind, Method, RateLimit, Secret};
use longrun_core::model::{Operation, Progress, Stamp, State};
use longrun_core::time::Millis;

use crate::{START, demo, send};

const KIND: &str = "operations";
const BASE: &str = "/xiq";

fn xiq() -> &'static dyn Dialect {
    find("xiq").unwrap()
}

fn with_token(token: &str) -> Endpoint {
    Endpoint { base: BASE.into(), tenant: None, session: Some(Session::pasted(Secret::new(token))) }
}

fn way() -> SignIn {
    SignIn { kind: SignInKind::Xiq, ..SignIn::default() }
}

async fn signed_in(router: &Router, user: &str, password: &str) -> Result<Session, ApiError> {
    let request = way().request(BASE, user, &Secret::new(password)).unwrap();
    way().session(user, &send(router, &request).await, Millis(START))
}

async fn get(router: &Router, at: &Endpoint, id: &str) -> Result<(Operation, String), ApiError> {
    let answer = send(router, &xiq().get(at, KIND, &Key::of(id)).unwrap()).await;
    xiq().parse_get(KIND, &answer, &mut Words::default())
}

async fn shown(router: &Router, id: &str) -> Operation {
    get(router, &with_token("xiq-full-token"), id).await.unwrap_or_else(|error| panic!("{id}: {error:?}")).0
}

async fn act(router: &Router, at: &Endpoint, action: &'static str, id: &str) -> Result<Outcome, ApiError> {
    let call = ActionCall { action, key: Key::of(id), inputs: vec![] };
    let answer = send(router, &xiq().act(at, KIND, &call).unwrap()).await;
    xiq().parse_act(KIND, &call, &answer)
}

fn allowed(action: &str, op: &Operation) -> Availability {
    let action = xiq().actions(KIND).iter().find(|known| known.id == action).unwrap();
    (action.allowed)(op)
}

#[tokio::test]
async fn signing_in_and_out() {
    let (demo, router) = demo();
    let session = signed_in(&router, "operator@example.com", "operator").await.unwrap();
    assert_eq!(session.user.as_deref(), Some("operator@example.com"));
    assert_eq!(session.expires, Some(Millis(START + 86_400_000)));
    let at = Endpoint { session: Some(session.clone()), ..with_token("") };
    assert_eq!(get(&router, &at, "op-running").await.unwrap().0.state, State::Running);
    assert!(send(&router, &way().sign_out(BASE, &session).unwrap()).await.is_success());
    assert_eq!(get(&router, &at, "op-running").await.unwrap_err().kind, ErrorKind::SignedOut);

    let wrong = signed_in(&router, "operator@example.com", "wrong").await.unwrap_err();
    assert_eq!(wrong.kind, ErrorKind::SignedOut);
    assert!(
        !wrong.message.contains("does not know") && !wrong.message.contains("wrong-"),
        "{}",
        wrong.message
    );
    let unsigned = Endpoint { session: None, ..at };
    assert_eq!(get(&router, &unsigned, "op-running").await.unwrap_err().kind, ErrorKind::SignedOut);

    let short = signed_in(&router, "short@example.com", "operator").await.unwrap();
    let at = Endpoint { session: Some(short.clone()), ..unsigned };
    assert!(get(&router, &at, "op-running").await.is_ok());
    demo.advance(121_000);
    assert!(short.has_expired(Millis(START + 121_000)));
    assert_eq!(get(&router, &at, "op-running").await.unwrap_err().kind, ErrorKind::SignedOut);
}

#[tokio::test]
async fn every_operation_reads_clean_and_in_its_state() {
    let (_, router) = demo();
    for (id, state, cancel, delete) in [
        ("op-running", State::Running, true, false),
        ("op-quick", State::Running, true, false),
        ("op-pending", State::Waiting, true, true),
        ("op-canceling", State::Cancelling, false, false),
        ("op-succeeded", State::Succeeded, false, true),
        ("op-failed", State::Failed, false, true),
        ("op-canceled", State::Cancelled, false, true),
        ("op-uncancelable", State::Running, false, false),
        ("op-race", State::Running, true, false),
        ("op-expiring", State::Succeeded, false, true),
        ("op-silent", State::Running, true, false),
        ("site 7/ap?#100%·大阪", State::Running, true, false),
    ] {
        let (op, text) = get(&router, &with_token("xiq-full-token"), id).await.unwrap();
        assert_eq!((&*op.id, op.state), (id, state));
        assert!(op.oddities.is_empty(), "{id}: {:?}", op.oddities);
        assert!(matches!(op.created, Stamp::At(_)), "{id}");
        assert_eq!(matches!(op.ended, Stamp::At(_)), state.has_ended(), "{id}");
        let more = op.more.as_ref().unwrap();
        assert!(more.expires_in.is_some_and(|left| left > 0) && matches!(more.updated, Stamp::At(_)), "{id}");
        assert_eq!(more.result.is_some(), state == State::Succeeded, "{id}");
        assert_eq!(op.error.is_some(), matches!(state, State::Failed | State::Cancelled), "{id}");
        assert_eq!(more.failure.is_some(), op.error.is_some(), "{id}");
        let moving = state == State::Running && id != "op-silent";
        assert_eq!(matches!(more.progress, Some(Progress::Percent(0..=100))), moving, "{id}");
        assert_eq!(more.step.is_some(), moving, "{id}");
        for span in [more.result, more.failure].into_iter().flatten() {
            longrun_core::json::validate(span.cut(&text).unwrap()).unwrap();
        }
        assert_eq!(allowed("cancel", &op) == Availability::Ready, cancel, "{id}");
        assert_eq!(allowed("delete", &op) == Availability::Ready, delete, "{id}");
    }
    let gone = get(&router, &with_token("xiq-full-token"), "op-none").await.unwrap_err();
    assert_eq!(gone.kind, ErrorKind::NotFound);
    assert!(gone.message.contains("error id"), "{}", gone.message);
}

#[tokio::test]
async fn a_cancel_is_watched_to_its_end() {
    let (demo, router) = demo();
    let at = with_token("xiq-full-token");
    for id in ["op-running", "op-race", "site 7/ap?#100%·大阪"] {
        assert_eq!(act(&router, &at, "cancel", id).await, Ok(Outcome::Requested), "{id}");
        let op = shown(&router, id).await;
        assert_eq!(op.state, State::Cancelling, "{id}");
        assert_eq!(allowed("cancel", &op), Availability::Off("It is being cancelled already."));
    }
    demo.advance(10_000);
    let cancelled = shown(&router, "op-running").await;
    assert_eq!(cancelled.state, State::Cancelled);
    assert!(cancelled.error.is_some() && matches!(cancelled.ended, Stamp::At(_)));
    let finished = shown(&router, "op-race").await;
    assert_eq!(finished.state, State::Succeeded, "the work was faster");
    // What the console would not send, the server refuses.
    for id in ["op-uncancelable", "op-succeeded", "op-running"] {
        let refused = act(&router, &at, "cancel", id).await.unwrap_err();
        assert_eq!((refused.kind, refused.status), (ErrorKind::Rejected, Some(400)), "{id}");
        assert!(refused.message.contains("current status"), "{}", refused.message);
    }
    assert_eq!(act(&router, &at, "cancel", "op-none").await.unwrap_err().kind, ErrorKind::NotFound);
}

#[tokio::test]
async fn what_is_deleted_is_gone() {
    let (_, router) = demo();
    let at = with_token("xiq-full-token");
    for id in ["op-pending", "op-succeeded", "op-failed", "op-canceled"] {
        assert_eq!(act(&router, &at, "delete", id).await, Ok(Outcome::Done), "{id}");
        assert_eq!(get(&router, &at, id).await.unwrap_err().kind, ErrorKind::NotFound, "{id}");
        assert_eq!(act(&router, &at, "delete", id).await.unwrap_err().kind, ErrorKind::NotFound, "{id}");
    }
    for id in ["op-running", "op-canceling"] {
        assert_eq!(act(&router, &at, "delete", id).await.unwrap_err().kind, ErrorKind::Rejected, "{id}");
        assert!(!shown(&router, id).await.state.has_ended());
    }
}

#[tokio::test]
async fn a_record_counts_down_and_expires() {
    let (demo, router) = demo();
    let left = |op: &Operation| op.more.as_ref().unwrap().expires_in.unwrap();
    assert_eq!(left(&shown(&router, "op-expiring").await), 120);
    demo.advance(60_000);
    assert_eq!(left(&shown(&router, "op-expiring").await), 60);
    demo.advance(60_000);
    let at = with_token("xiq-full-token");
    assert_eq!(get(&router, &at, "op-expiring").await.unwrap_err().kind, ErrorKind::NotFound);
}

#[tokio::test]
async fn the_id_is_found_where_it_is_handed_out() {
    let (demo, router) = demo();
    for (path, body) in [
        ("/xiq/devices/:cli?async=true", r#"{"devices":{"ids":[1]},"clis":["show version"]}"#),
        ("/xiq/deployments?async=True", r#"{"devices":{"ids":[1]}}"#),
        ("/xiq/account/viq/export", ""),
    ] {
        let bare = ApiRequest::new(Method::Post, path.to_owned()).json(body.to_owned());
        let request = BEARER.sign(bare, with_token("xiq-full-token").session.as_ref());
        let answer = send(&router, &request).await;
        assert_eq!(answer.status, 202, "{path}: {}", answer.text());
        let location = answer.header("location").unwrap();
        let id = xiq().recognise(location).unwrap();
        assert_eq!(xiq().recognise(&format!("Location: {location}")).as_deref(), Some(&*id));
        assert!(location.ends_with(&id), "{location}: {id}");
        let op = shown(&router, &id).await;
        assert!(!op.state.has_ended() && op.oddities.is_empty(), "{op:?}");
        demo.advance(600_000);
        assert_eq!(shown(&router, &id).await.state, State::Succeeded, "{path}");
    }
}

#[tokio::test]
async fn a_token_may_only_read() {
    let (_, router) = demo();
    let session = signed_in(&router, "viewer@example.com", "viewer").await.unwrap();
    for at in [Endpoint { session: Some(session), ..with_token("") }, with_token("xiq-readonly-token")] {
        assert!(get(&router, &at, "op-running").await.is_ok());
        for action in ["cancel", "delete"] {
            for id in ["op-running", "op-succeeded", "op-none"] {
                let refused = act(&router, &at, action, id).await.unwrap_err();
                assert_eq!(refused.kind, ErrorKind::Forbidden, "{action} {id}");
                assert!(refused.message.contains("permission"), "{}", refused.message);
            }
        }
    }
    assert_eq!(shown(&router, "op-running").await.state, State::Running, "nothing was done");
}

#[tokio::test]
async fn the_limit_of_calls_is_told_and_respected() {
    let (demo, router) = demo();
    let session = signed_in(&router, "limited@example.com", "operator").await.unwrap();
    let at = Endpoint { session: Some(session), ..with_token("") };
    let ask = async || send(&router, &xiq().get(&at, KIND, &Key::of("op-running")).unwrap()).await;
    let mut last = ask().await;
    let first = RateLimit::of(&last.headers).unwrap();
    assert_eq!((first.limit, first.remaining), (Some(20), Some(19)));
    while last.is_success() {
        let before = RateLimit::of(&last.headers).unwrap();
        last = ask().await;
        let told = RateLimit::of(&last.headers).unwrap();
        assert_eq!(told.remaining, before.remaining.map(|left| left.saturating_sub(1)));
        assert!(told.reset.is_some());
    }
    let error = xiq().error(&last);
    assert_eq!(error.kind, ErrorKind::RateLimited);
    let wait = error.retry_after.expect("how long to wait");
    assert!((1..=3_600).contains(&wait), "{wait}");
    demo.advance(i64::try_from(wait).unwrap() * 1_000);
    assert!(ask().await.is_success(), "after the wait there is room again");
}

#[tokio::test]
async fn every_fault_is_told_for_what_it_is() {
    let (_, router) = demo();
    for (fault, kind, words, retry) in [
        ("403", ErrorKind::Forbidden, "permission", None),
        ("429", ErrorKind::RateLimited, "used up", Some(7)),
        ("429-bare", ErrorKind::RateLimited, "used up", None),
        ("500", ErrorKind::Server, "Something went wrong", None),
        ("503", ErrorKind::Server, "maintenance", Some(5)),
        ("html", ErrorKind::Server, "web page", None),
        ("body-empty", ErrorKind::Server, "without a message", None),
        ("body-message", ErrorKind::Server, "does not know", None),
    ] {
        let id = format!("fault-{fault}");
        let at = with_token("xiq-full-token");
        let mut errors = vec![get(&router, &at, &id).await.unwrap_err()];
        for action in ["cancel", "delete"] {
            errors.push(act(&router, &at, action, &id).await.unwrap_err());
        }
        for error in errors {
            assert_eq!((error.kind, error.retry_after), (kind, retry), "{fault}: {error:?}");
            assert!(error.message.contains(words), "{fault}: {}", error.message);
        }
    }
    let session = signed_in(&router, "operator@example.com", "operator").await.unwrap();
    let at = Endpoint { session: Some(session), ..with_token("") };
    assert_eq!(get(&router, &at, "fault-401").await.unwrap_err().kind, ErrorKind::SignedOut);
    for id in ["fault-truncated", "fault-not-json", "fault-drop", "fault-null-operations"] {
        let error = get(&router, &with_token("xiq-full-token"), id).await.unwrap_err();
        assert_eq!(error.kind, ErrorKind::Unreadable, "{id}");
    }
    let terse = get(&router, &with_token("xiq-full-token"), "odd-terse-error").await.unwrap_err();
    assert_eq!((terse.kind, &*terse.message), (ErrorKind::Rejected, "The id is malformed. (error id ab12)"));
    let bare = get(&router, &with_token("xiq-full-token"), "odd-bare-error").await.unwrap_err();
    assert!(bare.kind == ErrorKind::Rejected && !bare.message.is_empty(), "{bare:?}");
}

/// An answer of 200 that is not this API's: the call may have been taken, or something in between has answered.
#[tokio::test]
async fn an_answer_that_does_not_tell_is_unclear() {
    let (_, router) = demo();
    let at = with_token("xiq-full-token");
    let outcome = act(&router, &at, "delete", "fault-not-json").await.unwrap();
    let Outcome::Unclear(error) = outcome else { panic!("{outcome:?}") };
    assert_eq!(error.kind, ErrorKind::Unreadable);
    assert_eq!(
        get(&router, &at, "fault-not-json").await.unwrap_err().kind,
        ErrorKind::NotFound,
        "it was done"
    );
}

#[tokio::test]
async fn odd_records_are_shown_as_far_as_they_can_be() {
    let (_, router) = demo();
    for (id, state) in [
        ("odd-no-description", State::Failed),
        ("odd-unknown-status", State::Unknown),
        ("odd-null-status", State::Unknown),
        ("odd-nulls", State::Running),
        ("odd-only-id", State::Unknown),
        ("odd-no-metadata", State::Unknown),
        ("odd-no-expiry", State::Running),
        ("odd-both", State::Succeeded),
        ("odd-neither", State::Failed),
        ("odd-at-odds", State::Succeeded),
        ("odd-dates", State::Running),
        ("odd-markup", State::Failed),
        ("odd-direction", State::Running),
        ("odd-extra", State::Running),
        ("odd/id?x=1#frag%2F 100% done", State::Succeeded),
        ("fault-5mb", State::Succeeded),
        ("fault-deep", State::Succeeded),
    ] {
        let op = shown(&router, id).await;
        assert_eq!((&*op.id, op.state), (id, state));
    }
    let told = shown(&router, "odd-no-description").await;
    assert!(told.error.is_some_and(|error| !error.is_empty()));
    let done = shown(&router, "odd-no-metadata").await;
    assert_eq!(allowed("delete", &done), Availability::Ready, "it says that it is done");
    let wrong = shown(&router, "odd-wrong-types").await;
    assert_eq!((&*wrong.id, wrong.state), ("12345", State::Unknown));
    assert!(wrong.oddities.len() >= 7, "{:?}", wrong.oddities);
    let odds = shown(&router, "odd-at-odds").await;
    assert!(odds.oddities.iter().any(|line| line.contains("contradict")), "{:?}", odds.oddities);
    for id in ["odd-null", "odd-list", "odd-text"] {
        let error = get(&router, &with_token("xiq-full-token"), id).await.unwrap_err();
        assert_eq!(error.kind, ErrorKind::Unreadable, "{id}");
        assert!(error.excerpt.is_some(), "{id}");
    }
}

/// Exactly the three calls of the API exist, each as its documents say.
#[tokio::test]
async fn what_is_sent_is_what_the_vendors_client_sends() {
    let (_, router) = demo();
    let at = with_token("xiq-full-token");
    let call = |action| ActionCall { action, key: Key::of("op-pending"), inputs: vec![] };
    let sent: Vec<ApiRequest> = vec![
        xiq().get(&at, KIND, &Key::of("op-pending")).unwrap(),
        xiq().act(&at, KIND, &call("cancel")).unwrap(),
        xiq().act(&at, KIND, &call("delete")).unwrap(),
    ];
    let lines: Vec<String> =
        sent.iter().map(|request| format!("{} {}", request.method.as_str(), request.url)).collect();
    assert_eq!(
        lines,
        [
            "GET /xiq/operations/op-pending",
            "POST /xiq/operations/op-pending/:cancel",
            "DELETE /xiq/operations/op-pending"
        ]
    );
    let answers: Vec<ApiResponse> = vec![send(&router, &sent[0]).await, send(&router, &sent[1]).await];
    assert!(answers[1].body.is_empty() && answers[1].status == 200);
    assert!(answers.iter().all(|answer| RateLimit::of(&answer.headers).is_some()), "on every answer");
}
