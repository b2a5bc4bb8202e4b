//! What lists and single objects ask for, and in whose tenant.

use super::*;
use crate::http::sign_in::Session;
use crate::http::{HeaderValue, Secret, decode_query};

fn at(tenant: Option<&str>) -> Endpoint {
    Endpoint {
        base: "/cloudify/".into(),
        tenant: tenant.map(str::to_owned),
        session: Some(Session::pasted(Secret::new("ctok-a-b"))),
    }
}

fn asked(kind: Kind, tenant: Option<&str>, params: &[(&'static str, &str)]) -> ApiRequest {
    let params = params.iter().map(|(name, value)| (*name, (*value).to_owned())).collect();
    list(&at(tenant), kind, &ServerQuery::new(params)).unwrap()
}

fn header(request: &ApiRequest) -> Option<&str> {
    request.headers.iter().find_map(|(name, value)| match value {
        HeaderValue::Plain(text) if *name == "tenant" => Some(text.as_str()),
        _ => None,
    })
}

fn sent(request: &ApiRequest) -> Vec<(String, String)> {
    let query = request.url.split_once('?').map_or("", |(_, query)| query);
    decode_query(query).into_iter().filter(|(name, _)| name != "_include").collect()
}

fn pairs(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

#[test]
fn executions_of_all_tenants_come_newest_first() {
    let request = asked("executions", None, &[]);
    assert!(request.url.starts_with("/cloudify/api/v3.1/executions?"), "{}", request.url);
    assert_eq!(sent(&request), pairs(&[("_sort", "-created_at"), ("_all_tenants", "true")]));
    assert_eq!(header(&request), None);
    let fields = decode_query(request.url.split_once('?').unwrap().1);
    let fields = &fields.iter().find(|(name, _)| name == "_include").unwrap().1;
    assert!(
        fields.split(',').all(|field| field.bytes().all(|b| b.is_ascii_lowercase() || b == b'_')),
        "{fields}"
    );
    assert!(fields.contains("parameters"));
}

#[test]
fn a_chosen_tenant_becomes_a_header_and_a_pinned_one_replaces_it() {
    for (pin, chosen, expected) in [
        (None, vec![("tenant", "osaka-edge")], "osaka-edge"),
        (Some("mine"), vec![("tenant", "osaka-edge")], "mine"),
        (Some("mine"), vec![], "mine"),
    ] {
        for kind in ["executions", "groups", "events"] {
            let request = asked(kind, pin, &chosen);
            assert_eq!(header(&request), Some(expected), "{kind}");
            assert!(
                !request.url.contains("tenant=") && !request.url.contains("_all_tenants"),
                "{}",
                request.url
            );
        }
    }
    assert_eq!(header(&asked("events", None, &[])), Some("default_tenant"));
    for kind in ["executions", "groups", "operations"] {
        let key = Key { id: "x".into(), tenant: Some("theirs".into()) };
        assert_eq!(header(&get(&at(None), kind, &key).unwrap()), Some("theirs"));
        assert_eq!(header(&get(&at(Some("mine")), kind, &key).unwrap()), Some("mine"));
        assert_eq!(header(&get(&at(None), kind, &Key::of("x")).unwrap()), Some("default_tenant"));
    }
}

#[test]
fn repeated_filters_stay_repeated_and_what_is_set_is_not_set_again() {
    let query = [("status", "pending"), ("status", "queued"), ("_sort", "status"), ("_size", "20")];
    let mut expected = pairs(&query);
    expected.extend(pairs(&[("_all_tenants", "true")]));
    assert_eq!(sent(&asked("executions", None, &query)), expected);
    let request = asked("events", None, &[("type", "cloudify_log"), ("_sort", "timestamp"), ("_size", "5")]);
    assert_eq!(sent(&request), pairs(&[("type", "cloudify_log"), ("_sort", "timestamp"), ("_size", "5")]));
    let request = asked("events", None, &[("execution_id", "e")]);
    let tail = [
        ("execution_id", "e"),
        ("type", "cloudify_event"),
        ("type", "cloudify_log"),
        ("_size", "500"),
        ("_sort", "-timestamp"),
    ];
    assert_eq!(sent(&request), pairs(&tail));
}

#[test]
fn groups_are_asked_for_with_their_status_and_pages_by_offset() {
    let query = ServerQuery { params: vec![], page: Some("1000".into()) };
    let request = list(&at(None), "groups", &query).unwrap();
    assert!(request.url.starts_with("/cloudify/api/v3.1/execution-groups?"), "{}", request.url);
    let expected =
        [("_get_data", "true"), ("_sort", "-created_at"), ("_offset", "1000"), ("_all_tenants", "true")];
    assert_eq!(sent(&request), pairs(&expected));
}

#[test]
fn operations_are_listed_within_exactly_one_thing() {
    let missing = |kind, params: &[(&'static str, &str)]| {
        let params = params.iter().map(|(name, value)| (*name, (*value).to_owned())).collect();
        match list(&at(None), kind, &ServerQuery::new(params)) {
            Err(BuildError::Missing(why)) => why,
            other => panic!("{other:?}"),
        }
    };
    assert!(missing("operations", &[]).starts_with("Choose a tasks graph or an execution:"));
    assert!(missing("operations", &[("graph_id", "g"), ("execution_id", "e")]).contains("not both"));
    assert!(missing("graphs", &[]).starts_with("Choose an execution:"));

    let query = [("graph_id", "g 1"), ("operation_state", "pending"), ("skip_internal", "true")];
    let request = asked("operations", None, &query);
    assert_eq!(
        sent(&request),
        pairs(&[("graph_id", "g 1"), ("state", "pending"), ("skip_internal", "true")])
    );
    assert_eq!(header(&request), Some("default_tenant"));
    let request = asked("operations", None, &[("graph_id", "g")]);
    assert!(!request.url.contains("skip_internal"), "any value of it means true: {}", request.url);
    assert_eq!(sent(&asked("graphs", None, &[("execution_id", "e")])), pairs(&[("execution_id", "e")]));
}

#[test]
fn what_this_api_does_not_show_by_id_is_not_asked_for() {
    for kind in ["graphs", "events", "nothing"] {
        assert_eq!(get(&at(None), kind, &Key::of("x")).unwrap_err(), BuildError::NotOffered, "{kind}");
    }
    assert_eq!(get(&at(None), "groups", &Key::of(" ")).unwrap_err(), BuildError::EmptyId);
    let url = get(&at(None), "groups", &Key::of("a:b c/d")).unwrap().url;
    assert_eq!(url, "/cloudify/api/v3.1/execution-groups/a%3Ab%20c%2Fd");
}

#[test]
fn ids_and_addresses_are_recognised() {
    for (pasted, dialect, expected) in [
        (" 5f0c-1 ", "cloudify-executions", Some("5f0c-1")),
        ("https://m.example/api/v3.1/executions/5f0c%3A1", "cloudify-executions", Some("5f0c:1")),
        (
            "https://m.example/api/v3.1/executions/5f0c/should-start?x=1#y",
            "cloudify-executions",
            Some("5f0c"),
        ),
        ("/cloudify/api/v3.1/executions?id=5f0c&status=failed", "cloudify-executions", Some("5f0c")),
        ("https://m.example/api/v3.1/operations/op+1", "cloudify-operations", Some("op+1")),
        ("https://m.example/api/v3.1/operations/op", "cloudify-executions", None),
        ("https://m.example/api/v3.1/executions?status=failed", "cloudify-executions", None),
        ("https://m.example/api/v3.1/executions/", "cloudify-executions", None),
        ("  ", "cloudify-executions", None),
    ] {
        assert_eq!(crate::dialect::find(dialect).unwrap().recognise(pasted).as_deref(), expected, "{pasted}");
    }
}
