//! Who may what on Google Workload Manager, faults on order, and operations that break the rules.

use super::gcp::{FULL, IOWA, assert_refused, call, look, page, query};
use super::*;

#[tokio::test]
async fn who_may_what() {
    let demo = demo();
    for token in ["nonsense", "", "ya29.other"] {
        let answer = call(&demo, token, "GET", &format!("{IOWA}/operations"), "").await;
        assert_refused(&answer, 401, "UNAUTHENTICATED");
        assert!(answer.header("www-authenticate").starts_with("Bearer realm="));
    }
    let bare = send(&demo, request("GET", &format!("/gcp/v1/{IOWA}/operations?key=K"), &[], "")).await;
    assert_refused(&bare, 401, "UNAUTHENTICATED");
    let reader = "ya29.reader";
    assert_eq!(
        call(&demo, reader, "GET", &format!("{IOWA}/operations/run"), "").await.status,
        StatusCode::OK
    );
    for (method, path) in [
        ("POST", format!("{IOWA}/operations/run:cancel")),
        ("DELETE", format!("{IOWA}/operations/ok")),
        ("DELETE", format!("{IOWA}/operations/there-is-none")),
        ("POST", format!("{IOWA}/evaluations?evaluationId=e1")),
    ] {
        assert_refused(&call(&demo, reader, method, &path, "{}").await, 403, "PERMISSION_DENIED");
    }
    assert_eq!(look(&demo, "run").await["metadata"]["requestedCancellation"], false);
    for path in ["projects/other/locations", "projects/other/locations/x/operations/run"] {
        assert_refused(&call(&demo, FULL, "GET", path, "").await, 403, "PERMISSION_DENIED");
    }
    let nolist = "projects/nolist/locations/us-central1/operations";
    assert_refused(&call(&demo, FULL, "GET", nolist, "").await, 501, "UNIMPLEMENTED");
    assert_eq!(call(&demo, FULL, "GET", &format!("{nolist}/run"), "").await.status, StatusCode::OK);
    let path = format!("{IOWA}/operations/run");
    for token in ["ya29.short", "ya29.short-2"] {
        assert_eq!(call(&demo, token, "GET", &path, "").await.status, StatusCode::OK, "{token}");
        demo.advance(119_000);
        assert_eq!(call(&demo, token, "GET", &path, "").await.status, StatusCode::OK, "{token}");
        demo.advance(1_000);
        assert_refused(&call(&demo, token, "GET", &path, "").await, 401, "UNAUTHENTICATED");
    }
}

#[tokio::test]
async fn faults_by_filter_location_id_and_on_order() {
    let demo = demo();
    let kinds = [
        ("403", 403, "PERMISSION_DENIED"),
        ("429", 429, "RESOURCE_EXHAUSTED"),
        ("429-bare", 429, "RESOURCE_EXHAUSTED"),
        ("500", 500, "INTERNAL"),
        ("503", 503, "UNAVAILABLE"),
        ("401-always", 401, "UNAUTHENTICATED"),
    ];
    for (kind, http, status) in kinds {
        let by_filter = query(&[("filter", &format!("done=true AND metadata.verb=\"fault-{kind}\""))]);
        for (method, path) in [
            ("GET", format!("{IOWA}/operations?{by_filter}")),
            ("GET", format!("projects/demo/locations/fault-{kind}/operations")),
            ("GET", format!("{IOWA}/operations/fault-{kind}")),
            ("DELETE", format!("{IOWA}/operations/fault-{kind}")),
            ("POST", format!("{IOWA}/operations/fault-{kind}:cancel")),
            ("POST", format!("{IOWA}/evaluations?evaluationId=fault-{kind}")),
        ] {
            let answer = call(&demo, FULL, method, &path, "{}").await;
            assert_refused(&answer, http, status);
            if http == 429 {
                assert!(answer.text().contains("\"retryDelay\":\"7s\""));
                assert_eq!(answer.header("retry-after"), if kind == "429" { "7" } else { "" });
            }
        }
    }
    let good = page(&demo, IOWA, &[("filter", "done=true")]).await;
    assert_eq!(
        page(&demo, IOWA, &[("filter", "done=true fault-slow")]).await["operations"],
        good["operations"]
    );
    let elsewhere = page(&demo, "projects/demo/locations/fault-trickle", &[]).await;
    assert_eq!(elsewhere["operations"], page(&demo, IOWA, &[]).await["operations"]);
    let once = query(&[("filter", "fault-401")]);
    let path = format!("{IOWA}/operations?{once}");
    assert_refused(&call(&demo, FULL, "GET", &path, "").await, 401, "UNAUTHENTICATED");
    assert_eq!(call(&demo, FULL, "GET", &path, "").await.status, StatusCode::OK);
    post(&demo, "/demo/fault?kind=503").await;
    let refused = call(&demo, FULL, "DELETE", &format!("{IOWA}/operations/ok"), "").await;
    assert_refused(&refused, 503, "UNAVAILABLE");
    assert_eq!(look(&demo, "ok").await["done"], true, "a refused write changes nothing");
    post(&demo, "/demo/fault?kind=truncated").await;
    let cut = call(&demo, FULL, "DELETE", &format!("{IOWA}/operations/ok"), "").await;
    assert_eq!(cut.text(), "{");
    assert_refused(&call(&demo, FULL, "GET", &format!("{IOWA}/operations/ok"), "").await, 404, "NOT_FOUND");
}

#[tokio::test]
async fn odd_rows_come_as_a_list_and_one_by_one() {
    let demo = demo();
    let by_filter = call(&demo, FULL, "GET", &format!("{IOWA}/operations?filter=fault-odd-rows"), "").await;
    let by_location = call(&demo, FULL, "GET", "projects/demo/locations/fault-odd-rows/operations", "").await;
    assert_eq!(by_filter.body, by_location.body);
    let rows = by_filter.json()["operations"].as_array().unwrap().clone();
    assert!(rows.len() > 20 && rows.iter().any(Value::is_null));
    let both = look(&demo, "odd-both").await;
    assert!(both.get("response").is_some() && both.get("error").is_some());
    let encoded = look(&demo, "odd%2Fid%3Fx%3D1%23frag%252F%20100%25%20done").await;
    assert!(text(&encoded, "name").ends_with("operations/odd/id?x=1#frag%2F 100% done"));
    let big = call(&demo, FULL, "GET", &format!("{IOWA}/operations?filter=fault-5mb"), "").await;
    assert!(big.body.len() > 5_000_000);
    assert!(
        call(&demo, FULL, "GET", &format!("{IOWA}/operations/fault-deep"), "")
            .await
            .text()
            .contains("{\"in\":[{")
    );
}

#[tokio::test]
async fn unknown_parameters_are_nothing_to_worry_about() {
    let demo = demo();
    let more = "%24.xgafv=2&alt=json&%24alt=json%3Benum-encoding%3Dint&prettyPrint=true&quotaUser=me&key=K&callback=x";
    let asked = call(&demo, FULL, "GET", &format!("{IOWA}/operations/run?{more}"), "").await;
    assert_eq!(asked.json(), look(&demo, "run").await);
    for path in ["projects/demo", "", &format!("{IOWA}/operations/run/more"), &format!("{IOWA}/things")] {
        assert_refused(&call(&demo, FULL, "GET", path, "").await, 404, "NOT_FOUND");
    }
}
