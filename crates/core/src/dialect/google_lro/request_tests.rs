//! Each call as a value.

use super::*;
use crate::http::sign_in::Session;

const NAME: &str = "projects/demo/locations/us-central1/operations/op-1";

fn at(tenant: Option<&str>) -> Endpoint {
    Endpoint {
        base: "/gcp/".into(),
        tenant: tenant.map(str::to_owned),
        session: Some(Session::pasted(Secret::new("ya29.demo"))),
    }
}

fn query(params: &[(&'static str, &str)]) -> ServerQuery {
    ServerQuery::new(params.iter().map(|(name, value)| (*name, (*value).to_owned())).collect())
}

fn header<'a>(request: &'a ApiRequest, name: &str) -> Option<&'a HeaderValue> {
    request.headers.iter().find(|(known, _)| *known == name).map(|(_, value)| value)
}

#[test]
fn a_list_needs_a_project_and_takes_all_locations() {
    assert!(matches!(list(&at(None), &query(&[])), Err(BuildError::Missing(why)) if why.ends_with('.')));
    assert!(matches!(list(&at(Some(" ")), &query(&[("location", "l")])), Err(BuildError::Missing(_))));
    let request = list(&at(None), &query(&[("project", "demo")])).unwrap();
    assert_eq!(request.url, "/gcp/v1/projects/demo/locations/-/operations");
    let asked = query(&[
        ("location", "us-central1"),
        ("filter", "done=false AND metadata.verb=\"a b\""),
        ("pageSize", "3"),
        ("returnPartialSuccess", "true"),
    ]);
    let request = list(&at(Some("demo")), &ServerQuery { page: Some("to+ken/2=".into()), ..asked }).unwrap();
    assert_eq!(
        (request.method, request.url.as_str()),
        (
            Method::Get,
            "/gcp/v1/projects/demo/locations/us-central1/operations?filter=done%3Dfalse%20AND%20metadata.verb%3D%22a%20b%22&pageSize=3&returnPartialSuccess=true&pageToken=to%2Bken%2F2%3D"
        )
    );
    assert_eq!(request.body, None);
}

#[test]
fn a_pinned_project_replaces_the_one_asked_for() {
    for call in [list, locations] {
        let request = call(&at(Some("mine")), &query(&[("project", "other")])).unwrap();
        assert!(request.url.starts_with("/gcp/v1/projects/mine/locations"), "{}", request.url);
        assert!(!request.url.contains("other"));
    }
    let key = Key { id: NAME.into(), tenant: Some("other".into()) };
    assert!(matches!(get(&at(Some("mine")), &key), Err(BuildError::Invalid(_))));
    assert!(get(&at(Some("demo")), &key).unwrap().url.ends_with(NAME));
}

#[test]
fn what_would_be_refused_is_not_sent() {
    let bad = list(&at(Some("demo")), &query(&[("filter", "done=")])).unwrap_err();
    assert!(matches!(bad, BuildError::Invalid(why) if why.contains("character")));
    for location in ["..", "."] {
        assert!(matches!(
            list(&at(Some("demo")), &query(&[("location", location)])),
            Err(BuildError::Invalid(_))
        ));
    }
    let slashed = list(&at(Some("demo")), &query(&[("location", "a/b")])).unwrap();
    assert_eq!(slashed.url, "/gcp/v1/projects/demo/locations/a%2Fb/operations");
}

#[test]
fn a_long_list_travels_as_a_form() {
    let long = "a".repeat(2_100);
    let request = list(&at(Some("demo")), &query(&[("filter", &long), ("pageSize", "5")])).unwrap();
    assert_eq!(
        (request.method, request.url.as_str()),
        (Method::Post, "/gcp/v1/projects/demo/locations/-/operations")
    );
    assert_eq!(header(&request, "x-http-method-override"), Some(&HeaderValue::Plain("GET".into())));
    let form = HeaderValue::Plain("application/x-www-form-urlencoded".into());
    assert_eq!(header(&request, "content-type"), Some(&form));
    assert_eq!(request.body.unwrap().reveal(), format!("filter={long}&pageSize=5"));
    // Exactly at the limit it still is a URL.
    let rest = LONGEST_URL - "/gcp/v1/projects/demo/locations/-/operations?filter=".len();
    let request = list(&at(Some("demo")), &query(&[("filter", &"a".repeat(rest))])).unwrap();
    assert_eq!((request.method, request.url.len()), (Method::Get, LONGEST_URL));
    let request = list(&at(Some("demo")), &query(&[("filter", &"a".repeat(rest + 1))])).unwrap();
    assert_eq!(request.method, Method::Post);
}

#[test]
fn get_cancel_and_delete() {
    let get_one = |id: &str| get(&at(None), &Key::of(id));
    assert_eq!(get_one(NAME).unwrap().url, format!("/gcp/v1/{NAME}"));
    assert_eq!(get_one(" ").unwrap_err(), BuildError::EmptyId);
    assert!(matches!(get_one("operations/x"), Err(BuildError::Invalid(why)) if why.contains("projects/")));
    let call = |action| act(&at(None), &ActionCall { action, key: Key::of(NAME), inputs: vec![] });
    let cancel = call("cancel").unwrap();
    assert_eq!((cancel.method, cancel.url), (Method::Post, format!("/gcp/v1/{NAME}:cancel")));
    assert_eq!(cancel.body.unwrap().reveal(), "{}");
    let delete = call("delete").unwrap();
    assert_eq!((delete.method, delete.url, delete.body), (Method::Delete, format!("/gcp/v1/{NAME}"), None));
    assert_eq!(call("wait").unwrap_err(), BuildError::NotOffered);
}

#[test]
fn locations_of_the_project() {
    assert_eq!(locations(&at(Some("demo")), &query(&[])).unwrap().url, "/gcp/v1/projects/demo/locations");
    assert!(matches!(locations(&at(None), &query(&[])), Err(BuildError::Missing(_))));
}
