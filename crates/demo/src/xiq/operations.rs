//! The calls on operations, and the calls that start them.
//! It must not know how an operation comes to its end.

use axum::body::Body;
use axum::http::StatusCode;
use axum::http::header::{HeaderValue, LOCATION};
use axum::response::Response;
use serde_json::Value;

use super::calls::Call;
use super::error::{self, bad_request, refusal};
use super::session::Caller;
use super::state::{self, State};
use super::{Asked, MOUNT, odd};
use crate::answer::{self, header};
use crate::fault::{Fault, Queue};

/// What a fault leaves to be done: everything, or only this answer.
enum Way {
    Open(Option<Fault>),
    Shut(Response),
}

/// A fault that was ordered or asked for, if any; one that has to do with the caller's token happens here.
fn way(asked: &Asked<'_>, caller: &Caller<'_>, named: &str, permission: &str) -> Way {
    let fault = asked.demo.faults(Queue::next).or_else(|| Fault::sentinel(named));
    let account = caller.grant.account;
    let dead = state::with(asked.demo, |state, _| match fault {
        Some(Fault::TokenExpired) => state.tokens.expire_once(caller.token, account),
        Some(Fault::TokenAlwaysExpired) => {
            state.tokens.revoke(caller.token);
            true
        }
        _ => false,
    });
    if dead {
        return Way::Shut(refusal(StatusCode::UNAUTHORIZED));
    }
    if !caller.grant.may(permission) {
        return Way::Shut(refusal(StatusCode::FORBIDDEN));
    }
    // A token that has just been let off is not a fault any more.
    Way::Open(fault.filter(|fault| *fault != Fault::TokenExpired))
}

async fn carefully(
    asked: &Asked<'_>,
    caller: &Caller<'_>,
    (named, permission): (&str, &str),
    work: impl FnOnce() -> Response + Send,
) -> Response {
    match way(asked, caller, named, permission) {
        Way::Shut(response) => response,
        Way::Open(None) => work(),
        Way::Open(Some(fault)) => fault.around(asked.demo, refusal, work).await,
    }
}

fn unknown(id: &str) -> Response {
    error::not_found(&format!("There is no operation {id}."))
}

/// The documented answer of the calls that return nothing.
fn done() -> Response {
    Response::new(Body::empty())
}

pub(super) async fn get(asked: &Asked<'_>, caller: &Caller<'_>, id: &str) -> Response {
    let work = || {
        if let Some(refused) = odd::refusal(id) {
            return answer::json(StatusCode::BAD_REQUEST, refused);
        }
        let found = state::with(asked.demo, |state, now| {
            if let Some(text) = odd_record(state, id) {
                return Some(text);
            }
            state.find(id, now).map(|operation| operation.json(now).to_string().into_bytes())
        });
        found.map_or_else(|| unknown(id), |text| answer::json(StatusCode::OK, text))
    };
    carefully(asked, caller, (id, "lro:r"), work).await
}

fn odd_record(state: &State, id: &str) -> Option<Vec<u8>> {
    (!state.removed.contains(id)).then(|| odd::record(id)).flatten()
}

pub(super) async fn cancel(asked: &Asked<'_>, caller: &Caller<'_>, id: &str) -> Response {
    let work = || {
        state::with(asked.demo, |state, now| {
            if let Some(operation) = state.find(id, now).filter(|operation| operation.is_cancelable(now)) {
                operation.asked_ms = Some(now);
                return done();
            }
            if state.find(id, now).is_some() || odd_record(state, id).is_some() {
                return bad_request("The operation cannot be canceled in its current status.");
            }
            unknown(id)
        })
    };
    carefully(asked, caller, (id, "lro"), work).await
}

pub(super) async fn delete(asked: &Asked<'_>, caller: &Caller<'_>, id: &str) -> Response {
    let work = || {
        state::with(asked.demo, |state, now| match state.find(id, now).map(|found| found.is_deletable(now)) {
            Some(true) => {
                state.remove(id);
                done()
            }
            Some(false) => bad_request("Only an operation that is done or pending can be deleted."),
            None if odd_record(state, id).is_some() => {
                state.removed.insert(id.to_owned());
                done()
            }
            None => unknown(id),
        })
    };
    carefully(asked, caller, (id, "lro"), work).await
}

/// A call of its own kind, in the background or at once.
pub(super) async fn start(asked: &Asked<'_>, caller: &Caller<'_>, call: &Call) -> Response {
    let body = match asked.body {
        [] => Value::Null,
        text => match serde_json::from_slice(text) {
            Ok(body) => body,
            Err(trouble) => return bad_request(&format!("The request body is not JSON: {trouble}.")),
        },
    };
    let in_background = match flag(asked.query, "async") {
        Ok(asked) => asked || call.always_in_background,
        Err(value) => return bad_request(&format!("\"async\" must be true or false, not \"{value}\".")),
    };
    let named = sentinel_text(&body).unwrap_or_default();
    let work = || {
        if let Some(complaint) = call.complaint(&body) {
            return bad_request(&complaint);
        }
        if !in_background {
            let result = state::with(asked.demo, |state, _| state.result(call, &body));
            return result.map_or_else(done, |result| answer::json(StatusCode::OK, result.to_string()));
        }
        let id = state::with(asked.demo, |state, now| state.start(call, &body, now));
        let mut response = done();
        *response.status_mut() = StatusCode::ACCEPTED;
        if let Ok(location) = HeaderValue::from_str(&format!("{}{MOUNT}/operations/{id}", origin(asked))) {
            response.headers_mut().insert(LOCATION, location);
        }
        response
    };
    carefully(asked, caller, (named, call.permission), work).await
}

/// How this server is reached from outside; the link must lead back the same way.
fn origin(asked: &Asked<'_>) -> String {
    let scheme = header(asked.headers, "x-forwarded-proto").unwrap_or("http");
    format!("{scheme}://{}", header(asked.headers, "host").unwrap_or("127.0.0.1"))
}

/// A switch of the query; old clients write `True`. The value that is neither comes back.
fn flag(query: &str, name: &str) -> Result<bool, String> {
    let given = form_urlencoded::parse(query.as_bytes()).find(|(known, _)| known == name);
    match given.map(|(_, value)| value.to_lowercase()).as_deref() {
        None | Some("" | "false") => Ok(false),
        Some("true") => Ok(true),
        Some(other) => Err(other.to_owned()),
    }
}

/// The first text of a body that names a fault.
fn sentinel_text(body: &Value) -> Option<&str> {
    match body {
        Value::String(text) => Fault::sentinel(text).map(|_| text.as_str()),
        Value::Array(items) => items.iter().find_map(sentinel_text),
        Value::Object(members) => members.values().find_map(sentinel_text),
        _ => None,
    }
}
