//! Keystone v3 as far as clients of the appliance API need it: version discovery, tokens by password or by
//! token, their catalog, validation and revocation. It must not know operations.

use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::header::HeaderValue;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use serde_json::{Value, json};

use super::accounts::{self, Account};
use super::tokens::Grant;
use super::{APPLIANCES, KEYSTONE};
use crate::answer::{self, header};
use crate::chance::Chance;
use crate::demo::Demo;
use crate::fault::Fault;
use crate::moment;

const SUBJECT: &str = "x-subject-token";
const REGION: &str = "jp1";
/// Keystone's own sentence, whichever part of the credentials is wrong.
const REFUSED: &str = "The request you have made requires authentication.";

/// How this server is reached from outside; links must lead back the same way.
fn origin(headers: &HeaderMap) -> String {
    let scheme = header(headers, "x-forwarded-proto").unwrap_or("http");
    format!("{scheme}://{}", header(headers, "host").unwrap_or("127.0.0.1"))
}

/// `GET {auth_url}`: clients post to the link it names, so the link carries host and prefix.
pub(crate) async fn versions(headers: HeaderMap) -> Response {
    let version = json!({ "version": {
        "id": "v3.14", "status": "stable", "updated": "2020-04-07T00:00:00Z",
        "links": [{ "rel": "self", "href": format!("{}{KEYSTONE}/", origin(&headers)) }],
        "media-types": [{ "base": "application/json", "type": "application/vnd.openstack.identity-v3+json" }],
    }});
    answer::json(StatusCode::OK, version.to_string())
}

/// `POST auth/tokens`
pub(crate) async fn issue(State(demo): State<Demo>, headers: HeaderMap, body: Bytes) -> Response {
    let Ok(request) = serde_json::from_slice::<Value>(&body) else {
        return answer::keystone(
            StatusCode::BAD_REQUEST,
            "Expecting to find valid JSON in the request body. The server could not comply with the request \
             since it is either malformed or otherwise incorrect.",
        );
    };
    let Some(identity) = request.pointer("/auth/identity") else {
        return answer::keystone(
            StatusCode::BAD_REQUEST,
            "Expecting to find identity in auth. The server could not comply with the request.",
        );
    };
    if let Some(fault) = text(identity, "/password/user/name").and_then(Fault::sentinel) {
        return fault.answer(&demo, b"{}".to_vec(), super::operations::refusal).await;
    }
    let entry = match text(identity, "/methods/0") {
        Some("password") => by_password(identity).map(|account| (account, None)),
        Some("token") => text(identity, "/token/id")
            .and_then(|id| demo.tokens(|tokens, now| tokens.grant(id, now)))
            .map(|grant| (grant.account, Some(grant))),
        _ => None,
    };
    let Some((account, exchanged)) = entry.filter(|(account, _)| may_enter(account, &request)) else {
        return answer::keystone(StatusCode::UNAUTHORIZED, REFUSED);
    };
    let (token, grant) = demo.tokens(|tokens, now| tokens.issue(account, exchanged, now));
    described(&demo, StatusCode::CREATED, &headers, &token, grant)
}

fn text<'a>(value: &'a Value, pointer: &str) -> Option<&'a str> {
    value.pointer(pointer).and_then(Value::as_str)
}

fn by_password(identity: &Value) -> Option<&'static Account> {
    let user = identity.pointer("/password/user")?;
    let by_id = || {
        let id = text(user, "/id")?;
        accounts::ACCOUNTS.iter().find(|account| account.user_id == id)
    };
    let account = text(user, "/name").and_then(accounts::with_key).or_else(by_id)?;
    let domain = text(user, "/domain/id").or_else(|| text(user, "/domain/name")).unwrap_or("default");
    let known = domain.eq_ignore_ascii_case("default") && text(user, "/password") == Some(account.secret);
    known.then_some(account)
}

/// Without a scope the account's own project is meant.
fn may_enter(account: &Account, request: &Value) -> bool {
    match request.pointer("/auth/scope/project") {
        None => true,
        Some(project) => match text(project, "/id") {
            Some(id) => id == account.project,
            None => text(project, "/name") == Some(accounts::project_name(account.project)),
        },
    }
}

/// `GET auth/tokens`: what the token in `X-Subject-Token` stands for.
pub(crate) async fn validate(State(demo): State<Demo>, headers: HeaderMap) -> Response {
    let Some(subject) = caller_and_subject(&demo, &headers) else {
        return answer::keystone(StatusCode::UNAUTHORIZED, REFUSED);
    };
    match demo.tokens(|tokens, now| tokens.grant(subject, now)) {
        Some(grant) => described(&demo, StatusCode::OK, &headers, subject, grant),
        None => answer::keystone(StatusCode::NOT_FOUND, "Could not find token."),
    }
}

/// `DELETE auth/tokens`: the token in `X-Subject-Token` is dead at once.
pub(crate) async fn revoke(State(demo): State<Demo>, headers: HeaderMap) -> Response {
    let Some(subject) = caller_and_subject(&demo, &headers) else {
        return answer::keystone(StatusCode::UNAUTHORIZED, REFUSED);
    };
    if !demo.tokens(|tokens, _| tokens.revoke(subject)) {
        return answer::keystone(StatusCode::NOT_FOUND, "Could not find token.");
    }
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::NO_CONTENT;
    response
}

/// The subject token, when the caller's own token is alive.
fn caller_and_subject<'a>(demo: &Demo, headers: &'a HeaderMap) -> Option<&'a str> {
    let caller = header(headers, "x-auth-token")?;
    demo.tokens(|tokens, now| tokens.grant(caller, now))?;
    header(headers, SUBJECT)
}

fn described(demo: &Demo, status: StatusCode, headers: &HeaderMap, token: &str, grant: Grant) -> Response {
    let mut chance = Chance::new(demo.config().seed ^ 0x6361_7461, grant.number);
    let origin = origin(headers);
    let mut service = |name: &str, kind: &str, path: &str| {
        let endpoints: Vec<Value> = ["public", "internal", "admin"]
            .iter()
            .map(|interface| {
                json!({ "id": chance.hex32(), "interface": interface, "region": REGION, "region_id": REGION,
                        "url": format!("{origin}{path}") })
            })
            .collect();
        json!({ "id": chance.hex32(), "name": name, "type": kind, "endpoints": endpoints })
    };
    let catalog = [
        service("virtual-network-appliance", "virtual-network-appliance", APPLIANCES),
        service("keystone", "identity", KEYSTONE),
    ];
    let domain = json!({ "id": "default", "name": "Default" });
    let account = grant.account;
    let body = json!({ "token": {
        "methods": [grant.method],
        "issued_at": moment::keystone(grant.issued_ms),
        "expires_at": moment::keystone(grant.expires_ms),
        "audit_ids": [chance.hex32()],
        "user": { "id": account.user_id, "name": account.key, "domain": domain, "password_expires_at": null },
        "project": { "id": account.project, "name": accounts::project_name(account.project), "domain": domain },
        "roles": [{ "id": chance.hex32(), "name": "_member_" }],
        "is_domain": false,
        "catalog": catalog,
    }});
    let mut response = answer::json(status, body.to_string());
    if let Ok(value) = HeaderValue::from_str(token) {
        response.headers_mut().insert(SUBJECT, value);
    }
    response
}
