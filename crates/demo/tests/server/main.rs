//! The demo from outside: what it answers, in process, without a socket except where a connection must drop.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "helpers of tests fail by panicking, as tests do"
)]

mod faults;
mod filters;
mod gcp;
mod gcp_actions;
mod gcp_refusals;
mod living;
mod recorded;
mod site;
mod tokens;
mod xiq;

use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode};
use longrun_demo::{Config, Demo, app};
use serde_json::{Value, json};
use tower::ServiceExt;

/// 2026-11-20 00:00:00 UTC.
const START: i64 = 1_795_132_800_000;
const FIRST: &str = "13572f6f42a74d2b82f7099f78d0393a";
const OSAKA: &str = "9ae2b07c4d1e4f6a8b3c5d7e9f012345";
const TOKENS: &str = "/ecl/keystone/v3/auth/tokens";
const OPERATIONS: &str = "/ecl/virtual-network-appliance/v1.0/operations";

fn config() -> Config {
    Config { controls: true, ..Config::starting_at(START) }
}

fn demo() -> Demo {
    Demo::new(config(), || START)
}

struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    body: Vec<u8>,
}

impl Answer {
    fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.text()))
    }

    fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }
}

async fn send(demo: &Demo, request: Request<Body>) -> Answer {
    let response = app(demo.clone()).oneshot(request).await.unwrap();
    let (head, body) = response.into_parts();
    let body = to_bytes(body, usize::MAX).await.unwrap().to_vec();
    Answer { status: head.status, headers: head.headers, body }
}

fn request(method: &str, target: &str, headers: &[(&str, &str)], body: impl Into<Body>) -> Request<Body> {
    let mut request = Request::builder().method(method).uri(target).header("host", "127.0.0.1:8787");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    request.body(body.into()).unwrap()
}

fn password(key: &str, secret: &str, project: Option<&str>) -> String {
    let mut auth = json!({ "auth": { "identity": { "methods": ["password"], "password": {
        "user": { "name": key, "password": secret, "domain": { "id": "default" } } } } } });
    if let Some(project) = project {
        auth["auth"]["scope"] = json!({ "project": { "id": project } });
    }
    auth.to_string()
}

async fn sign_in(demo: &Demo, body: String) -> Answer {
    send(demo, request("POST", TOKENS, &[("content-type", "application/json")], body)).await
}

async fn token(demo: &Demo, key: &str, secret: &str) -> String {
    let answer = sign_in(demo, password(key, secret, None)).await;
    assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.text());
    answer.header("x-subject-token").to_owned()
}

async fn get(demo: &Demo, token: &str, target: &str) -> Answer {
    send(demo, request("GET", target, &[("x-auth-token", token)], "")).await
}

async fn list(demo: &Demo, token: &str, query: &str) -> Answer {
    get(demo, token, &format!("{OPERATIONS}?{query}")).await
}

/// The rows a query leaves for the first account.
async fn rows(demo: &Demo, query: &str) -> Vec<Value> {
    let token = token(demo, "APIKEY", "APISECRET").await;
    let answer = list(demo, &token, query).await;
    assert_eq!(answer.status, StatusCode::OK, "{query}");
    answer.json()["operations"].as_array().unwrap().clone()
}

async fn post(demo: &Demo, target: &str) -> Answer {
    send(demo, request("POST", target, &[], "")).await
}

fn text<'a>(row: &'a Value, field: &str) -> &'a str {
    row[field].as_str().unwrap_or_default()
}
