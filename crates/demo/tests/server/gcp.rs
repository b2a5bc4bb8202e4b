//! Google Workload Manager from outside: lists and their pages, filters, locations, the life of the data.

use std::collections::HashSet;

use super::*;

pub(super) const FULL: &str = "ya29.demo";
pub(super) const IOWA: &str = "projects/demo/locations/us-central1";

pub(super) async fn call(demo: &Demo, token: &str, method: &str, path: &str, body: &str) -> Answer {
    let bearer = format!("Bearer {token}");
    let headers = [("authorization", bearer.as_str()), ("content-type", "application/json")];
    send(demo, request(method, &format!("/gcp/v1/{path}"), &headers, body.to_owned())).await
}

pub(super) fn query(pairs: &[(&str, &str)]) -> String {
    form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish()
}

pub(super) async fn page(demo: &Demo, parent: &str, pairs: &[(&str, &str)]) -> Value {
    let answer = call(demo, FULL, "GET", &format!("{parent}/operations?{}", query(pairs)), "").await;
    assert_eq!(answer.status, StatusCode::OK, "{pairs:?}: {}", answer.text());
    assert!(answer.header("content-type").starts_with("application/json"));
    answer.json()
}

pub(super) fn names(page: &Value) -> Vec<String> {
    let rows = page["operations"].as_array().map(Vec::as_slice).unwrap_or_default();
    rows.iter().map(|row| text(row, "name").to_owned()).collect()
}

/// Every operation the filter leaves, page after page.
async fn all(demo: &Demo, parent: &str, filter: &str, size: &str) -> Vec<Value> {
    let mut rows = Vec::new();
    let mut token = String::new();
    loop {
        let more =
            [("filter", filter), ("pageSize", size), ("pageToken", &token), ("returnPartialSuccess", "true")];
        let mut page = page(demo, parent, &more).await;
        if let Some(found) = page["operations"].as_array_mut() {
            rows.append(found);
        }
        let Some(next) = page["nextPageToken"].as_str() else { return rows };
        token = next.to_owned();
    }
}

pub(super) async fn look(demo: &Demo, id: &str) -> Value {
    let answer = call(demo, FULL, "GET", &format!("{IOWA}/operations/{id}"), "").await;
    assert_eq!(answer.status, StatusCode::OK, "{id}: {}", answer.text());
    answer.json()
}

/// The envelope has the HTTP number and the code's name, and says why.
pub(super) fn assert_refused(answer: &Answer, http: u16, status: &str) {
    assert_eq!(answer.status.as_u16(), http, "{}", answer.text());
    let error = &answer.json()["error"];
    assert_eq!((error["code"].as_u64(), text(error, "status")), (Some(u64::from(http)), status), "{error}");
    assert!(!text(error, "message").is_empty());
    let details = error["details"].as_array().unwrap();
    let kinds: HashSet<&str> = details.iter().map(|detail| text(detail, "@type")).collect();
    assert_eq!(kinds.len(), details.len(), "each kind at most once: {error}");
    let info = details.iter().find(|detail| text(detail, "@type").ends_with("google.rpc.ErrorInfo")).unwrap();
    assert!(!text(info, "reason").is_empty() && info["metadata"].is_object(), "{info}");
    assert_eq!(info["domain"], "workloadmanager.googleapis.com");
}

#[tokio::test]
async fn pages_follow_each_other_to_the_end() {
    let demo = demo();
    let first = page(&demo, IOWA, &[]).await;
    assert_eq!(names(&first).len(), 50, "the default");
    let raw = call(&demo, FULL, "GET", &format!("{IOWA}/operations"), "").await;
    assert_eq!(raw.header("content-type"), "application/json; charset=UTF-8");
    let whole = all(&demo, IOWA, "", "1000").await;
    assert!(whole.len() > 110, "{}", whole.len());
    let mut paged = Vec::new();
    let mut token = String::new();
    let mut sizes = ["7", "30", "0", "11"].iter().cycle();
    loop {
        let size = *sizes.next().unwrap();
        let page = page(&demo, IOWA, &[("pageSize", size), ("pageToken", &token)]).await;
        paged.extend(names(&page));
        // A new operation does not shift the pages that are still to come.
        demo.advance(40_000);
        match page["nextPageToken"].as_str() {
            Some(next) => token = next.to_owned(),
            None => break,
        }
    }
    let expected: Vec<&str> = whole.iter().map(|row| text(row, "name")).collect();
    assert_eq!(paged, expected);
    let times: Vec<&str> = whole.iter().map(|row| row["metadata"]["createTime"].as_str().unwrap()).collect();
    assert!(times.is_sorted_by(|a, b| a[..19] >= b[..19]), "newest first");
}

#[tokio::test]
async fn page_tokens_and_sizes_that_make_no_sense() {
    let demo = demo();
    let token =
        page(&demo, IOWA, &[("filter", "done=true")]).await["nextPageToken"].as_str().unwrap().to_owned();
    let refused = async |parent: &str, pairs: &[(&str, &str)]| {
        let answer = call(&demo, FULL, "GET", &format!("{parent}/operations?{}", query(pairs)), "").await;
        assert_refused(&answer, 400, "INVALID_ARGUMENT");
        let field = answer.json()["error"]["details"][1]["fieldViolations"][0]["field"].clone();
        field.as_str().unwrap().to_owned()
    };
    assert_eq!(refused(IOWA, &[("pageToken", &token)]).await, "page_token");
    assert_eq!(refused(IOWA, &[("filter", "done=false"), ("pageToken", &token)]).await, "page_token");
    let tokyo = "projects/demo/locations/asia-northeast1";
    assert_eq!(refused(tokyo, &[("filter", "done=true"), ("pageToken", &token)]).await, "page_token");
    assert_eq!(refused(IOWA, &[("pageToken", "41")]).await, "page_token");
    assert_eq!(refused(IOWA, &[("pageSize", "-1")]).await, "page_size");
    assert_eq!(refused(IOWA, &[("pageSize", "many")]).await, "page_size");
    assert_eq!(refused(IOWA, &[("filter", "state=DONE")]).await, "filter");
    demo.advance(4 * 86_400_000);
    assert_eq!(refused(IOWA, &[("filter", "done=true"), ("pageToken", &token)]).await, "page_token");
}

#[tokio::test]
async fn filters_choose() {
    let demo = demo();
    let whole = all(&demo, IOWA, "", "1000").await;
    let expect = async |filter: &str, keep: &dyn Fn(&Value) -> bool| {
        let kept: Vec<Value> = whole.iter().filter(|row| keep(row)).cloned().collect();
        assert!(!kept.is_empty() && kept.len() < whole.len(), "{filter}: {}", kept.len());
        assert_eq!(all(&demo, IOWA, filter, "1000").await, kept, "{filter}");
    };
    let done = |row: &Value| row["done"] == true;
    expect("done=true", &done).await;
    expect("NOT done=true", &|row| !done(row)).await;
    expect("error:* AND error.code != 1", &|row| row["error"]["code"].as_i64().is_some_and(|code| code != 1))
        .await;
    expect("metadata.verb=run", &|row| row["metadata"]["verb"] == "run").await;
    expect("metadata.verb=create OR metadata.verb=delete done=true", &|row| {
        done(row) && ["create", "delete"].contains(&row["metadata"]["verb"].as_str().unwrap())
    })
    .await;
    expect("metadata.requestedCancellation=true", &|row| row["metadata"]["requestedCancellation"] == true)
        .await;
    expect("metadata.createTime>=\"2026-11-10T00:00:00Z\"", &|row| {
        row["metadata"]["createTime"].as_str().unwrap() >= "2026-11-10"
    })
    .await;
    expect("metadata.target:sap-hana", &|row| {
        row["metadata"]["target"].as_str().unwrap().contains("sap-hana")
    })
    .await;
    assert_eq!(
        page(&demo, IOWA, &[("filter", "metadata.verb=juggle")]).await,
        json!({}),
        "an empty page is empty"
    );
}

#[tokio::test]
async fn a_long_filter_may_come_as_a_form() {
    let demo = demo();
    let filter = format!("done=false {}", "-xxxxxxxxxxxxxxxxxxx ".repeat(110));
    let form = query(&[("filter", &filter), ("pageSize", "2"), ("alt", "json")]);
    let headers = [
        ("authorization", "Bearer ya29.demo"),
        ("x-http-method-override", "GET"),
        ("content-type", "application/x-www-form-urlencoded"),
    ];
    let sent = send(&demo, request("POST", &format!("/gcp/v1/{IOWA}/operations"), &headers, form)).await;
    assert_eq!(sent.status, StatusCode::OK);
    assert_eq!(
        names(&sent.json()),
        names(&page(&demo, IOWA, &[("filter", "done=false"), ("pageSize", "2")]).await)
    );
    assert_refused(&call(&demo, FULL, "POST", &format!("{IOWA}/operations"), "").await, 404, "NOT_FOUND");
}

#[tokio::test]
async fn every_location_at_once_but_one_is_out_of_reach() {
    let demo = demo();
    let anywhere = "projects/demo/locations/-";
    let path = format!("{anywhere}/operations");
    assert_refused(&call(&demo, FULL, "GET", &path, "").await, 503, "UNAVAILABLE");
    let partial = page(&demo, anywhere, &[("returnPartialSuccess", "true"), ("pageSize", "1000")]).await;
    assert_eq!(partial["unreachable"], json!(["projects/demo/locations/europe-west9"]));
    let (iowa, tokyo) = (
        all(&demo, IOWA, "", "1000").await,
        all(&demo, "projects/demo/locations/asia-northeast1", "", "1000").await,
    );
    assert!(tokyo.len() > 20);
    assert_eq!(names(&partial).len(), iowa.len() + tokyo.len());
    let paris = "projects/demo/locations/europe-west9";
    for path in [format!("{paris}/operations"), format!("{paris}/operations/run")] {
        assert_refused(&call(&demo, FULL, "GET", &path, "").await, 503, "UNAVAILABLE");
    }
    let nowhere = call(&demo, FULL, "GET", "projects/demo/locations/moon-1/operations", "").await;
    assert_refused(&nowhere, 404, "NOT_FOUND");
    let listed = call(&demo, FULL, "GET", "projects/demo/locations", "").await.json();
    assert_eq!(listed["locations"].as_array().unwrap().len(), 3);
    let one = call(&demo, FULL, "GET", paris, "").await.json();
    assert_eq!((text(&one, "locationId"), text(&one, "displayName")), ("europe-west9", "Paris"));
    assert_refused(&call(&demo, FULL, "GET", "projects/demo/locations/moon-1", "").await, 404, "NOT_FOUND");
}

#[tokio::test]
async fn the_seeded_operations_stand_in_every_state() {
    let demo = demo();
    for (id, done, requested, has) in [
        ("run", false, false, None),
        ("cancelling", false, true, None),
        ("ok", true, false, Some("response")),
        ("gone", true, false, Some("response")),
        ("nothing", true, false, None),
        ("failed", true, false, Some("error")),
        ("cancelled", true, true, Some("error")),
    ] {
        let row = look(&demo, id).await;
        assert_eq!(row["done"].as_bool().unwrap_or(false), done, "{id}");
        assert_eq!(row["metadata"]["requestedCancellation"], requested, "{id}");
        assert_eq!(row["metadata"].get("endTime").is_some(), done, "{id}");
        for field in ["response", "error"] {
            assert_eq!(row.get(field).is_some(), has == Some(field), "{id}");
        }
    }
    assert_eq!(look(&demo, "failed").await["error"]["details"][0]["reason"], "NO_RESOURCES");
    assert_eq!(look(&demo, "cancelled").await["error"]["code"], 1);
    let empty = json!({ "@type": "type.googleapis.com/google.protobuf.Empty" });
    assert_eq!(look(&demo, "gone").await["response"], empty);
}

#[tokio::test]
async fn nothing_is_sent_that_a_strict_client_would_refuse() {
    let demo = demo();
    demo.advance(3_600_000);
    let rows = all(&demo, "projects/demo/locations/-", "", "1000").await;
    let allowed = [
        "@type",
        "createTime",
        "endTime",
        "target",
        "verb",
        "statusMessage",
        "requestedCancellation",
        "apiVersion",
    ];
    for row in &rows {
        for key in row.as_object().unwrap().keys() {
            assert!(["name", "metadata", "done", "error", "response"].contains(&key.as_str()), "{row}");
        }
        for key in row["metadata"].as_object().unwrap().keys() {
            assert!(allowed.contains(&key.as_str()), "{row}");
        }
        assert!(row.get("error").is_none() || row.get("response").is_none(), "{row}");
    }
    let causes: HashSet<i64> = rows.iter().filter_map(|row| row["error"]["code"].as_i64()).collect();
    assert!(causes.len() >= 5, "{causes:?}");
    let digits: HashSet<usize> =
        rows.iter().map(|row| row["metadata"]["createTime"].as_str().unwrap().len()).collect();
    assert!(digits.contains(&30) && digits.len() == 3, "nine digits, and fewer: {digits:?}");
    assert!(rows.iter().any(|row| row.get("done").is_none()), "absent means false");
}

#[tokio::test]
async fn the_list_lives() {
    let demo = demo();
    let before = names(&page(&demo, IOWA, &[("filter", "done=false")]).await);
    assert!(before.len() >= 6, "{before:?}");
    assert!(!page(&demo, IOWA, &[]).await["operations"].as_array().unwrap().is_empty());
    demo.advance(600_000);
    let whole = "projects/demo/locations/-";
    let newer = all(&demo, whole, "metadata.createTime>\"2026-11-20T00:00:00Z\"", "1000").await;
    assert!((19..=21).contains(&newer.len()), "one every 30 s: {}", newer.len());
    assert!(newer.iter().any(|row| row["done"] == true));
    assert!(look(&demo, "quick").await.get("response").is_some());
    demo.advance(31 * 86_400_000);
    let gone = call(&demo, FULL, "GET", &format!("{IOWA}/operations/ok"), "").await;
    assert_refused(&gone, 404, "NOT_FOUND");
}

#[tokio::test]
async fn a_page_may_be_empty_and_not_the_last() {
    let demo = Demo::new(Config { operations: 10_000, ..config() }, || START);
    let pairs = [("filter", "metadata.createTime<\"2026-10-24T00:00:00Z\"")];
    let first = page(&demo, IOWA, &pairs).await;
    assert!(first.get("operations").is_none() && first["nextPageToken"].is_string(), "{first}");
    assert!(all(&demo, IOWA, pairs[0].1, "1000").await.len() > 100);
    let none = Demo::new(Config { operations: 0, ..config() }, || START);
    assert_eq!(page(&none, IOWA, &[]).await, json!({}));
    none.advance(3_600_000);
    assert_eq!(page(&none, IOWA, &[]).await, json!({}));
}
