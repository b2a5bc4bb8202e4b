use super::*;
use crate::dialect::{By, Named, What, find};

fn named(dialect: &str, text: &str) -> Vec<(String, What, By)> {
    let named = find(dialect).unwrap().named(&Pasted::read(text));
    named.into_iter().map(|Named { kind, what, by }| (kind.to_owned(), what, by)).collect()
}

fn one(dialect: &str, text: &str) -> Option<(String, String)> {
    named(dialect, text).into_iter().find_map(|(kind, what, _)| match what {
        What::One(key) => Some((kind, key.id)),
        What::List(_) => None,
    })
}

fn list(dialect: &str, text: &str) -> Option<(String, String)> {
    named(dialect, text).into_iter().find_map(|(kind, what, _)| match what {
        What::List(search) => Some((kind, search)),
        What::One(_) => None,
    })
}

#[test]
fn the_id_of_an_operation_is_found_in_every_form_it_is_handed_out_in() {
    for (pasted, expected) in [
        (" op-1 ", "op-1"),
        ("a b/c?d", "a b/c?d"),
        ("https://api.extremecloudiq.com/operations/op-1", "op-1"),
        ("https://api.extremecloudiq.com/operations/a%2Fb%20c%3Ad%3Fe", "a/b c:d?e"),
        ("https://api.extremecloudiq.com/operations/op-1/:cancel", "op-1"),
        ("https://api.extremecloudiq.com/operations/op-1/cancel?x=1#y", "op-1"),
        ("http://localhost:8787/xiq/operations/op-1/", "op-1"),
        ("/xiq/operations/op-1?async=true", "op-1"),
        ("operations/op-1", "op-1"),
        ("Location: https://api.extremecloudiq.com/operations/op-1", "op-1"),
        ("HTTP/1.1 202 Accepted\r\nlocation: https://x.example/operations/op-1\r\nContent-Length: 0", "op-1"),
        ("< LOCATION:   https://x.example/operations/op-1", "op-1"),
        ("\"https://x.example/operations/op-1\"", "op-1"),
        ("https://x.example/operations/operations/op-1", "op-1"),
        (r#"{"id":"op-1","done":false,"metadata":{"status":"RUNNING"}}"#, "op-1"),
        (r#"{"operationId":"op-1"}"#, "op-1"),
        ("curl -sSH 'Authorization: Bearer x' https://api.extremecloudiq.com/operations/op-1", "op-1"),
    ] {
        assert_eq!(find("xiq").unwrap().recognise(pasted).as_deref(), Some(expected), "{pasted}");
    }
    for pasted in
        ["", "  ", "https://x.example/devices/5", "https://x.example/operations/", "two\nlines", "Location:"]
    {
        assert_eq!(find("xiq").unwrap().recognise(pasted), None, "{pasted}");
    }
}

#[test]
fn addresses_of_each_api_name_one_object_or_a_list_with_its_filters() {
    let at = |kind: &str, rest: &str| Some((kind.to_owned(), rest.to_owned()));
    let id = "5f0c1e77-0000-4000-8000-000000000001";
    let ecl = "https://virtual-network-appliance-jp1-ecl.api.ntt.com/v1.0/operations";
    assert_eq!(one("ecl-vna", &format!("{ecl}/{id}")), at("operations", id));
    assert_eq!(one("ecl-vna", &format!("{ecl}?id={id}")), at("operations", id));
    assert_eq!(
        list("ecl-vna", &format!("{ecl}?status=ERROR&no_deleted=true&unknown=1&X-Auth-Token=abcdef")),
        at("operations", "status=ERROR&no_deleted=true")
    );
    let cloudify = "https://m.example/api/v3.1";
    assert_eq!(one("cloudify-executions", &format!("{cloudify}/execution-groups/g-1")), at("groups", "g-1"));
    assert_eq!(one("cloudify-executions", &format!("{cloudify}/operations/op")), at("operations", "op"));
    assert_eq!(
        list(
            "cloudify-operations",
            &format!("{cloudify}/operations?execution_id=e&state=failed&_include=id")
        ),
        at("operations", "execution_id=e&operation_state=failed")
    );
    assert_eq!(list("cloudify-operations", &format!("{cloudify}/executions?status=failed")), None);
    let google = "https://workloadmanager.googleapis.com/v1/projects/demo/locations/us-central1/operations";
    assert_eq!(
        list("google-lro", &format!("{google}?filter=done%3Dfalse&key=AIzaxyz")),
        at("operations", "project=demo&location=us-central1&filter=done%3Dfalse")
    );
    assert_eq!(
        list("google-lro", "v1/projects/demo/locations/-/operations"),
        at("operations", "project=demo")
    );
    // An address whose `id` is empty asks for the whole list.
    for empty in ["?id", "?id=", "?id=%20", "?id=&id="] {
        assert_eq!(
            list("xiq", &format!("/v1.0/operations{empty}")).map(|(kind, _)| kind),
            Some("operations".into())
        );
        assert_eq!(one("ecl-vna", &format!("{ecl}{empty}")), None);
    }
    let name = "projects/demo/locations/us-central1/operations/op-1";
    for pasted in [
        name.to_owned(),
        format!("{google}/op-1:cancel"),
        format!(
            "curl -X POST \\\n  '{google}/op-1:cancel?key=AIza' -H \"Authorization: Bearer $(gcloud auth print)\""
        ),
        format!(r#"{{"name": "{name}", "done": false}}"#),
        format!("https://console.cloud.google.com/x;name={}?project=demo", name.replace('/', "%2F")),
        format!("https://console.cloud.google.com/projects/demo?n={name}&x=1"),
    ] {
        assert_eq!(one("google-lro", &pasted), at("operations", name), "{pasted}");
    }
    assert_eq!(named("google-lro", "op-1"), []);
}

#[test]
fn bodies_tell_what_they_are_by_their_members() {
    let execution =
        r#"{"id":"e-1","workflow_id":"install","tenant_name":"osaka-edge","parameters":{"id":"no"}}"#;
    let (kind, what, by) = named("cloudify-executions", execution).remove(0);
    let What::One(key) = what else { panic!("{what:?}") };
    assert_eq!((kind.as_str(), key.id.as_str(), by), ("executions", "e-1", By::Body));
    assert_eq!(key.tenant.as_deref(), Some("osaka-edge"), "an id alone does not find it");
    let event = r#"{"execution_id":"e-2","event_type":"task_failed"}"#;
    assert_eq!(one("cloudify-executions", event).unwrap().1, "e-2");
    let wrapped = r#"{"operation":{"id":"op-1","request_type":"Create","request_id":"r-1"}}"#;
    assert_eq!(one("ecl-vna", wrapped).unwrap().1, "op-1");
    let listed = r#"{"operations":[{"id":"op-1","resource_type":"x"},{"id":"op-2"}]}"#;
    assert_eq!(one("ecl-vna", listed).unwrap().1, "op-1");
    let cut = r#"{"id":"op-1","reception_datetime":"2017-11-27 21:35:38","request_body":{"virtual"#;
    assert_eq!(one("ecl-vna", cut).unwrap().1, "op-1");
    let refused = r#"{"cause":"quota","request_id":"r-7"}"#;
    assert_eq!(list("ecl-vna", refused).unwrap().1, "request_id=r-7");
    assert_eq!(named("xiq", r#"{"id":"7","other":1}"#).remove(0).2, By::Word, "an id, and no more");
}

#[test]
fn what_stands_in_the_box_instead_holds_the_address_or_the_id_alone() {
    for (pasted, shown) in [
        (
            "curl 'https://api.example/v1.0/operations/op-1?status=ERROR&token=abc123xyz' -H 'X-Auth-Token: s3cret'",
            "https://api.example/v1.0/operations/op-1?status=ERROR",
        ),
        (
            "$ curl -u admin:s3cret --data-raw 'https://not.this/x' https://u:p@A.example/operations/5",
            "https://a.example/operations/5",
        ),
        (
            "curl ^\"https://a.example/operations/5^\" ^\n -H ^\"Authorization: Bearer s3cret^\"",
            "https://a.example/operations/5",
        ),
        (
            "curl --referer https://not.this/ -e https://nor.this/ --url HTTPS://a.example/x",
            "https://a.example/x",
        ),
        ("curl -XPOST -d@body -HX:y $'https://a.example/it\\'s'", "https://a.example/it's"),
        (r#"{"id":"op-1","password":"s3cret"}"#, "op-1"),
        ("curl -H 'X: y'", ""),
    ] {
        let pasted = Pasted::read(pasted);
        assert_eq!((pasted.shown().as_str(), pasted.is_wrapped), (shown, true), "{pasted:?}");
    }
    for (address, shown) in [
        ("https://u:p@a.example/operations/5", "https://a.example/operations/5"),
        ("https://a.example/operations/5?key=AIza&x=1", "https://a.example/operations/5?x=1"),
        ("https://a.example/operations/5#access_token=abc", "https://a.example/operations/5"),
    ] {
        let pasted = Pasted::read(address);
        assert_eq!((pasted.shown().as_str(), pasted.is_wrapped), (shown, true), "{address}");
    }
    assert!(!Pasted::read("https://a.example/operations/5?x=1#main").is_wrapped);
    assert_eq!(Pasted::read("curl").word, "curl");
}

#[test]
fn what_looks_like_a_secret_is_no_id() {
    for secret in [
        "Bearer abcdefghij0123456789",
        "password=hunter22",
        "ya29.a0AfB_byDemoDemoDemoDemo",
        "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjMifQ.c2lnbmF0dXJl",
        "AKIAABCDEFGHIJKLMNOP",
    ] {
        let pasted = Pasted::read(secret);
        assert_eq!(pasted, Pasted { is_wrapped: true, ..Pasted::default() }, "{secret}");
        assert_eq!(Pasted::read(&format!("{{\"id\":\"{secret}\"}}")).word, "", "{secret}");
    }
}
