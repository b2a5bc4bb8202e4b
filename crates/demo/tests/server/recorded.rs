//! The calls the vendor's own client makes, byte for byte as recorded, and what it needs in the answers.

use super::*;
use longrun_demo::RECORDED_TOKEN;

const AGENT: (&str, &str) = ("user-agent", "eclsdk/1.11.1 keystoneauth1/3.8.0");
const ACCEPT: (&str, &str) = ("accept", "application/json");

async fn replay(demo: &Demo, method: &str, target: &str, token: bool, body: &str) -> Answer {
    let mut headers = vec![ACCEPT, AGENT];
    if token {
        headers.push(("x-auth-token", RECORDED_TOKEN));
    }
    let length = body.len().to_string();
    if !body.is_empty() {
        headers.extend([("content-type", "application/json"), ("content-length", length.as_str())]);
    }
    send(demo, request(method, target, &headers, body.to_owned())).await
}

#[tokio::test]
async fn version_discovery_with_and_without_a_slash() {
    let demo = demo();
    for target in ["/ecl/keystone/v3", "/ecl/keystone/v3/"] {
        let answer = replay(&demo, "GET", target, false, "").await;
        assert_eq!(answer.status, StatusCode::OK);
        let version = answer.json()["version"].clone();
        assert_eq!((text(&version, "id"), text(&version, "status")), ("v3.14", "stable"));
        assert_eq!(version["media-types"][0]["base"], "application/json");
        // The client posts to this link plus "auth/tokens".
        assert_eq!(version["links"][0]["href"], "http://127.0.0.1:8787/ecl/keystone/v3/");
    }
}

#[tokio::test]
async fn the_token_request_with_its_recorded_body() {
    const BODY: &str = r#"{"auth": {"identity": {"methods": ["password"], "password": {"user": {"password": "APISECRET", "name": "APIKEY", "domain": {"id": "default"}}}}, "scope": {"project": {"id": "13572f6f42a74d2b82f7099f78d0393a"}}}}"#;
    assert_eq!(BODY.len(), 211);
    let answer = replay(&demo(), "POST", TOKENS, false, BODY).await;
    assert_eq!(answer.status, StatusCode::CREATED);
    assert_eq!(answer.header("x-subject-token").len(), 32);
    let token = answer.json()["token"].clone();
    assert!(text(&token, "expires_at").ends_with('Z'));
    let endpoint = token["catalog"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|service| service["type"] == "virtual-network-appliance")
        .flat_map(|service| service["endpoints"].as_array().unwrap())
        .find(|endpoint| endpoint["interface"] == "public")
        .unwrap();
    assert!(text(endpoint, "url").contains("virtual-network-appliance"));
}

#[tokio::test]
async fn the_list_and_the_show_of_the_documented_sample() {
    let demo = demo();
    let target = format!(
        "{OPERATIONS}?no_deleted=false&latest=false&resource_id=a80c1728-cc0c-11e6-8080-525400060300"
    );
    let listed = replay(&demo, "GET", &target, true, "").await;
    assert_eq!(listed.status, StatusCode::OK);
    let expected = json!({"operations": [
        {"id": "85aab8db-8632-42b4-af2f-06b5820798ef", "resource_id": "a80c1728-cc0c-11e6-8080-525400060300",
         "resource_type": "ECL::VirtualNetworkAppliance::VSRX",
         "request_id": "0c1d2e3f-0000-4000-8000-000000000000", "request_type": "Action",
         "request_body": "{\"os-stop\": null}", "status": "PROCESSING",
         "reception_datetime": "2017-11-28 09:00:00", "commit_datetime": null, "warning": null, "error": null,
         "tenant_id": FIRST},
        {"id": "75aab8db-8632-42b4-af2f-06b5820798ef", "resource_id": "a80c1728-cc0c-11e6-8080-525400060300",
         "resource_type": "ECL::VirtualNetworkAppliance::VSRX", "request_id": "", "request_type": "Create",
         "request_body": {"virtual_network_appliance": {"name": "vna-1", "tags": {}, "interfaces": {
             "interface_1": {"name": "if1", "tags": {}, "fixed_ips": [{"ip_address": "192.168.0.100"}]}}}},
         "status": "COMPLETE", "reception_datetime": "2017-11-27 21:35:38",
         "commit_datetime": "2017-11-27 21:46:21", "warning": null, "error": null, "tenant_id": FIRST}]});
    assert_eq!(listed.json(), expected);
    let shown =
        replay(&demo, "GET", &format!("{OPERATIONS}/75aab8db-8632-42b4-af2f-06b5820798ef"), true, "").await;
    assert_eq!(shown.status, StatusCode::OK);
    assert_eq!(shown.json()["operation"], expected["operations"][1]);
}

#[tokio::test]
async fn the_list_without_keystone() {
    let answer =
        replay(&demo(), "GET", &format!("{OPERATIONS}?no_deleted=true&latest=false"), true, "").await;
    assert_eq!(answer.status, StatusCode::OK);
    assert!(answer.json()["operations"].as_array().unwrap().len() > 100);
    assert_eq!(answer.header("content-type"), "application/json");
}

#[tokio::test]
async fn what_the_client_turns_into_its_own_errors() {
    let demo = demo();
    let missing = replay(&demo, "GET", &format!("{OPERATIONS}/nope"), true, "").await;
    assert_eq!(
        (missing.status, missing.text().as_str()),
        (StatusCode::NOT_FOUND, r#"{"cause":"Not Found"}"#)
    );
    let failed = replay(&demo, "GET", &format!("{OPERATIONS}?request_id=fault-500"), true, "").await;
    assert_eq!(failed.json(), json!({ "cause": "Internal Server Error" }));
    let limited = replay(&demo, "GET", &format!("{OPERATIONS}?request_id=fault-429"), true, "").await;
    assert_eq!(limited.header("retry-after"), "7");
    assert!(text(&limited.json()["fault"], "faultstring").starts_with("Rate limit quota violation."));
}
