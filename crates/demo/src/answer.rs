//! How API answers look: the JSON error bodies, and the headers every answer of the ECL gateway carries.
//! It must not know which route answers, or why.

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, HeaderName, HeaderValue};
use axum::http::{HeaderMap, StatusCode};
use axum::middleware::Next;
use axum::response::Response;

use crate::demo::Demo;
use crate::json_text::object;

const REQUEST_ID: HeaderName = HeaderName::from_static("x-openstack-request-id");

/// A JSON answer with this text as its body.
pub(crate) fn json(status: StatusCode, body: impl Into<Body>) -> Response {
    typed(status, "application/json", body)
}

pub(crate) fn typed(status: StatusCode, kind: &'static str, body: impl Into<Body>) -> Response {
    let mut response = Response::new(body.into());
    *response.status_mut() = status;
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(kind));
    response
}

/// `{"cause": …}`, the shape VNA documents.
pub(crate) fn cause(status: StatusCode, text: &str) -> Response {
    single(status, "cause", text)
}

/// `{"message": …}`, the other shape VNA is known for.
pub(crate) fn message(status: StatusCode, text: &str) -> Response {
    single(status, "message", text)
}

/// `{"errorMessage": …}`, the identity layer in front of VNA.
pub(crate) fn identity(status: StatusCode, text: &str) -> Response {
    single(status, "errorMessage", text)
}

fn single(status: StatusCode, key: &str, text: &str) -> Response {
    let mut body = String::new();
    object(&mut body, |o| o.text(key, text));
    json(status, body)
}

/// `{"fault": {"faultstring": …}}`, the API gateway.
pub(crate) fn gateway(status: StatusCode, text: &str, code: &str) -> Response {
    let mut body = String::new();
    object(&mut body, |o| {
        o.object("fault", |o| {
            o.text("faultstring", text);
            o.object("detail", |o| o.text("errorcode", code));
        });
    });
    json(status, body)
}

/// `{"error": {"code", "title", "message"}}`, Keystone.
pub(crate) fn keystone(status: StatusCode, text: &str) -> Response {
    let mut body = String::new();
    object(&mut body, |o| {
        o.object("error", |o| {
            o.json("code", status.as_str());
            o.text("title", status.canonical_reason().unwrap_or("Error"));
            o.text("message", text);
        });
    });
    json(status, body)
}

/// The header's value when it is there and readable.
pub(crate) fn header<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

/// Puts on every API answer what does not depend on the route.
pub(crate) async fn mark(State(demo): State<Demo>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert("x-content-type-options", HeaderValue::from_static("nosniff"));
    if let Ok(id) = HeaderValue::from_str(&demo.next_request_id()) {
        headers.insert(REQUEST_ID, id);
    }
    response
}
