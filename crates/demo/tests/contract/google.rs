//! Google Workload Manager: locations, lists with filters and pages to the last one, get, cancel and delete, and every
//! documented error.

use std::collections::HashMap;

use axum::Router;
use longrun_core::dialect::{
    ActionCall, Availability, BuildError, Dialect, Endpoint, FilterKind, Key, Outcome, PageInfo, ServerQuery,
    Words, find,
};
use longrun_core::http::sign_in::Session;
use longrun_core::http::{ApiError, ErrorKind, Method, Secret};
use longrun_core::json::split::SplitError;
use longrun_core::model::{Operation, Stamp, State};
use serde_json::value::RawValue;

use crate::{demo, read_rows, send};

const KIND: &str = "operations";
const IOWA: &str = "projects/demo/locations/us-central1/operations";

fn google() -> &'static dyn Dialect {
    find("google-lro").unwrap()
}

fn with_token(token: &str) -> Endpoint {
    let session = Session::pasted(Secret::new(token));
    Endpoint { base: "/gcp".into(), tenant: Some("demo".into()), session: Some(session) }
}

fn full() -> Endpoint {
    with_token("ya29.demo")
}

fn query(params: &[(&'static str, &str)]) -> ServerQuery {
    ServerQuery::new(params.iter().map(|(name, value)| (*name, (*value).to_owned())).collect())
}

async fn page(
    router: &Router,
    at: &Endpoint,
    query: &ServerQuery,
) -> Result<(Vec<Operation>, PageInfo), ApiError> {
    let answer = send(router, &google().list(at, KIND, query).unwrap()).await;
    if !answer.is_success() {
        return Err(google().error(&answer));
    }
    Ok(read_rows(google(), KIND, &answer).unwrap_or_else(|error| panic!("{query:?}: {error}")))
}

/// Every page from the first to the last.
async fn all(router: &Router, params: &[(&'static str, &str)]) -> Vec<Operation> {
    let mut query = query(params);
    let mut found = vec![];
    loop {
        let (rows, told) = page(router, &full(), &query).await.unwrap();
        found.extend(rows);
        let Some(next) = told.next else { return found };
        query.page = Some(next);
        assert!(found.len() < 10_000, "pages without end");
    }
}

async fn get(router: &Router, at: &Endpoint, name: &str) -> Result<(Operation, String), ApiError> {
    let answer = send(router, &google().get(at, KIND, &Key::of(name)).unwrap()).await;
    google().parse_get(KIND, &answer, &mut Words::default())
}

async fn shown(router: &Router, id: &str) -> Operation {
    let name = format!("{IOWA}/{id}");
    get(router, &full(), &name).await.unwrap_or_else(|error| panic!("{id}: {error:?}")).0
}

async fn act(router: &Router, at: &Endpoint, action: &'static str, id: &str) -> Result<Outcome, ApiError> {
    let call = ActionCall { action, key: Key::of(format!("{IOWA}/{id}")), inputs: vec![] };
    let answer = send(router, &google().act(at, KIND, &call).unwrap()).await;
    google().parse_act(KIND, &call, &answer)
}

fn allowed(action: &str, op: &Operation) -> bool {
    let action = google().actions(KIND).iter().find(|known| known.id == action).unwrap();
    (action.allowed)(op) == Availability::Ready
}

fn names(ops: &[Operation]) -> Vec<&str> {
    ops.iter().map(|op| &*op.id).collect()
}

#[tokio::test]
async fn the_pages_make_the_whole_list() {
    let (_, router) = demo();
    let whole = all(&router, &[("location", "us-central1"), ("pageSize", "1000")]).await;
    assert!(whole.len() > 100, "{}", whole.len());
    for size in ["7", "50", ""] {
        let mut params = vec![("location", "us-central1")];
        params.extend((!size.is_empty()).then_some(("pageSize", size)));
        assert_eq!(names(&all(&router, &params).await), names(&whole), "pages of {size}");
    }
    let newest_first = whole.windows(2).all(|pair| pair[0].created.millis() >= pair[1].created.millis());
    assert!(newest_first);
    for op in &whole {
        let without_outcome = op.id.ends_with("/nothing");
        assert!(!op.unreadable && op.oddities.is_empty() != without_outcome, "{op:?}");
        assert!(matches!(op.created, Stamp::At(_)), "{op:?}");
        assert_eq!(matches!(op.ended, Stamp::At(_)), op.state.has_ended(), "{op:?}");
        assert_eq!((op.tenant.as_deref(), op.fact("location")), (Some("demo"), Some("us-central1")));
        assert!(op.kind.is_some() && op.name.is_some() && op.body.is_some(), "{op:?}");
        assert_eq!(op.error.is_some(), matches!(op.state, State::Failed | State::Cancelled), "{op:?}");
    }
    for state in [State::Running, State::Cancelling, State::Succeeded, State::Failed, State::Cancelled] {
        assert!(whole.iter().any(|op| op.state == state), "no operation is {state:?}");
    }
}

#[tokio::test]
async fn a_page_without_rows_is_no_error() {
    let (_, router) = demo();
    let none = [("location", "us-central1"), ("filter", "metadata.verb=juggle")];
    let (rows, told) = page(&router, &full(), &query(&none)).await.unwrap();
    assert_eq!((rows, told), (vec![], PageInfo::default()));
}

#[tokio::test]
async fn a_project_and_its_locations_are_chosen() {
    let (_, router) = demo();
    let anyone = Endpoint { tenant: None, ..full() };
    assert!(matches!(google().list(&anyone, KIND, &query(&[])), Err(BuildError::Missing(_))));
    for (at, params) in [(full(), vec![]), (anyone.clone(), vec![("project", "demo")])] {
        let request = google().choices(&at, &query(&params), "location").unwrap().unwrap();
        let places = google().parse_choices("location", &send(&router, &request).await).unwrap();
        let ids: Vec<&str> = places.iter().map(|place| place.value.as_str()).collect();
        assert_eq!(ids, ["us-central1", "asia-northeast1", "europe-west9"]);
        assert!(places.iter().all(|place| place.note.is_some()));
        let (rows, _) = page(&router, &at, &query(&[params, vec![("location", "asia-northeast1")]].concat()))
            .await
            .unwrap();
        assert!(rows.iter().all(|op| op.fact("location") == Some("asia-northeast1")) && !rows.is_empty());
    }
    let other = query(&[("project", "other"), ("location", "us-central1")]);
    assert!(page(&router, &full(), &other).await.is_ok(), "the pinned project is asked for");
    let refused = page(&router, &anyone, &other).await.unwrap_err();
    assert_eq!(refused.kind, ErrorKind::Forbidden);
    let choices = google().choices(&anyone, &other, "location").unwrap().unwrap();
    let refused = google().parse_choices("location", &send(&router, &choices).await).unwrap_err();
    assert_eq!(refused.kind, ErrorKind::Forbidden);
}

#[tokio::test]
async fn all_locations_at_once_but_one_is_out_of_reach() {
    let (_, router) = demo();
    let whole = page(&router, &full(), &query(&[])).await.unwrap_err();
    assert_eq!(whole.kind, ErrorKind::Server);
    assert!(
        whole.message.starts_with("UNAVAILABLE: ") && whole.message.contains("europe-west9"),
        "{}",
        whole.message
    );
    let partial = [("pageSize", "1000"), ("returnPartialSuccess", "true")];
    let (rows, told) = page(&router, &full(), &query(&partial)).await.unwrap();
    assert_eq!(told.unreachable, ["projects/demo/locations/europe-west9"]);
    let mut expected = 0;
    for location in ["us-central1", "asia-northeast1"] {
        expected += all(&router, &[("location", location), ("pageSize", "1000")]).await.len();
    }
    assert_eq!(rows.len(), expected);
    let mut paged = vec![];
    let mut asked = query(&[("pageSize", "30"), ("returnPartialSuccess", "true")]);
    loop {
        let (rows, told) = page(&router, &full(), &asked).await.unwrap();
        paged.extend(rows);
        match told.next {
            Some(next) => asked.page = Some(next),
            None => break,
        }
    }
    assert_eq!(names(&paged), names(&rows));
}

#[tokio::test]
async fn filters_choose_what_they_say() {
    let (_, router) = demo();
    let whole = all(&router, &[("location", "us-central1"), ("pageSize", "1000")]).await;
    let expect = async |filter: &str, keep: &dyn Fn(&Operation) -> bool| {
        let found =
            all(&router, &[("location", "us-central1"), ("filter", filter), ("pageSize", "1000")]).await;
        let kept: Vec<&str> = whole.iter().filter(|op| keep(op)).map(|op| &*op.id).collect();
        assert!(!kept.is_empty() && kept.len() < whole.len(), "{filter}");
        assert_eq!(names(&found), kept, "{filter}");
    };
    expect("done=false", &|op| !op.state.has_ended()).await;
    expect("-done=true", &|op| !op.state.has_ended()).await;
    expect("error.code=1", &|op| op.state == State::Cancelled).await;
    expect("error:* AND NOT error.code = 1", &|op| op.state == State::Failed).await;
    expect("metadata.verb=create OR metadata.verb='delete'", &|op| {
        matches!(op.kind.as_deref(), Some("create" | "delete"))
    })
    .await;
    expect("metadata.createTime >= \"2026-11-10T00:00:00Z\"", &|op| {
        op.created.millis().is_some_and(|at| at.0 >= 1_794_268_800_000)
    })
    .await;
    expect("metadata.target:sap-hana", &|op| {
        op.target.as_deref().is_some_and(|target| target.contains("sap-hana"))
    })
    .await;
    expect("metadata.requestedCancellation=true (error:* OR done=false)", &|op| {
        op.fact("requestedCancellation") == Some("true") && op.more.as_ref().unwrap().result.is_none()
    })
    .await;
}

/// What the check takes or refuses as grammar, the server does too.
#[tokio::test]
async fn the_check_and_the_server_agree_about_grammar() {
    let (_, router) = demo();
    let filter = google().filters(KIND).iter().find(|filter| filter.param == "filter").unwrap();
    let FilterKind::Checked(check) = filter.kind else { panic!("the filter is not checked") };
    for (text, good) in [
        ("", true),
        ("done=false", true),
        ("done = false AND metadata.verb=create", true),
        ("NOT done=true", true),
        ("-(done=true metadata.verb=run)", true),
        ("(done=true OR done=false) create", true),
        ("\"two words\"", true),
        ("name = 'projects/*/x'", true),
        ("error:*", true),
        ("done=", false),
        ("AND done=true", false),
        ("done=true AND", false),
        ("done=true OR", false),
        ("NOT", false),
        ("(done=true", false),
        ("done=true)", false),
        ("()", false),
        ("metadata.verb=\"create", false),
        ("\"done\"=true", false),
        ("metadata.createTime>2026-11-10T00:00:00Z", false),
        ("(done=true)(done=false)", false),
        ("f(x)", false),
        ("=true", false),
    ] {
        assert_eq!(check(text).is_ok(), good, "{text}: {:?}", check(text));
        // Past the check, as another client would send it.
        let mut request = google().list(&full(), KIND, &query(&[("location", "us-central1")])).unwrap();
        request.url.push_str("?filter=");
        request.url.push_str(&longrun_core::http::encode_segment(text));
        let answer = send(&router, &request).await;
        assert_eq!(answer.is_success(), good, "{text}: {}", answer.text());
        if !good {
            let error = google().error(&answer);
            assert_eq!(error.kind, ErrorKind::Rejected);
            assert!(
                error.message.starts_with("INVALID_ARGUMENT: ")
                    && error.message.contains("\nBadRequest: field: filter"),
                "{}",
                error.message
            );
        }
    }
    let unknown = query(&[("location", "us-central1"), ("filter", "colour=red")]);
    let error = page(&router, &full(), &unknown).await.unwrap_err();
    assert!(error.kind == ErrorKind::Rejected && error.message.contains("colour"), "{}", error.message);
    let token = ServerQuery { page: Some("nonsense".into()), ..query(&[("location", "us-central1")]) };
    let error = page(&router, &full(), &token).await.unwrap_err();
    assert!(error.message.contains("page_token"), "{}", error.message);
}

#[tokio::test]
async fn a_long_filter_is_answered_all_the_same() {
    let (_, router) = demo();
    let long = format!("done=false {}", "-xxxxxxxxxxxxxxxxxxx ".repeat(110));
    let params = [("location", "us-central1"), ("filter", long.as_str())];
    let request = google().list(&full(), KIND, &query(&params)).unwrap();
    assert_eq!(request.method, Method::Post);
    let (rows, _) = page(&router, &full(), &query(&params)).await.unwrap();
    let short = all(&router, &[("location", "us-central1"), ("filter", "done=false")]).await;
    assert_eq!(names(&rows), names(&short));
}

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
