//! Lists: where, which, and in which pages.

use longrun_core::dialect::{BuildError, Endpoint, FilterKind, PageInfo, ServerQuery};
use longrun_core::http::{ErrorKind, Method};
use longrun_core::model::{Operation, Stamp, State};

use super::{KIND, all, full, google, names, page, query};
use crate::{demo, send};

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
