//! The way every request takes: read, recognised, judged, answered, and spoilt where a fault is ordered.
//! It must not know what any route does.

use axum::body::to_bytes;
use axum::extract::{RawPathParams, Request, State};
use axum::http::header::{HeaderName, HeaderValue, VARY};
use axum::http::{Method as Verb, StatusCode};
use axum::response::Response;
use axum::routing::{MethodFilter, MethodRouter, on};
use serde_json::Value;

use super::accounts::May;
use super::call::{Arrival, Call, Method};
use super::manager::{Manager, Shared};
use super::odd;
use super::refusal::{self, Outcome, Refusal};
use crate::answer;
use crate::demo::Demo;
use crate::fault::{Fault, Queue};

/// Bodies beyond this are cut off.
const BODY_LIMIT: usize = 16 * 1024 * 1024;

/// What a route answers when nothing is wrong.
pub(super) struct Reply {
    status: StatusCode,
    text: Option<String>,
}

impl Reply {
    pub(super) fn ok(body: &Value) -> Outcome<Self> {
        Ok(Self::with(StatusCode::OK, body))
    }

    pub(super) fn created(body: &Value) -> Outcome<Self> {
        Ok(Self::with(StatusCode::CREATED, body))
    }

    pub(super) fn with(status: StatusCode, body: &Value) -> Self {
        Self { status, text: Some(body.to_string()) }
    }

    /// 204 without a body.
    pub(super) fn empty() -> Outcome<Self> {
        Ok(Self { status: StatusCode::NO_CONTENT, text: None })
    }

    fn answer(self) -> Response {
        match self.text {
            Some(text) => answer::json(self.status, text),
            None => {
                let mut response = Response::default();
                *response.status_mut() = self.status;
                response
            }
        }
    }
}

/// What is asked of the sender of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Needs {
    /// Nothing at all.
    Nobody,
    /// A user.
    User,
    /// A user and a tenant where this is allowed.
    Tenant(May),
    /// As [`Needs::Tenant`], or all tenants at once.
    Listing(May),
}

pub(super) type Handler = fn(&mut Manager, &Call<'_>) -> Outcome<Reply>;

/// One verb on one path.
#[derive(Clone, Copy)]
pub(super) struct Gate {
    needs: Needs,
    /// Whether it reads a JSON body.
    body: bool,
    /// Whether it is answered under maintenance too.
    always: bool,
    /// Which rows stand in for real ones under a fault.
    odd: Option<odd::Kind>,
    handler: Handler,
}

pub(super) fn gate(needs: Needs, handler: Handler) -> Gate {
    Gate { needs, body: false, always: false, odd: None, handler }
}

impl Gate {
    /// Reads a JSON body.
    pub(super) fn with_body(self) -> Self {
        Self { body: true, ..self }
    }

    /// Is answered under maintenance too.
    pub(super) fn always(self) -> Self {
        Self { always: true, ..self }
    }

    /// Lists or shows things that may be odd.
    pub(super) fn odd(self, kind: odd::Kind) -> Self {
        Self { odd: Some(kind), ..self }
    }

    fn route(self, verb: MethodFilter) -> MethodRouter<Demo> {
        on(verb, move |State(demo): State<Demo>, names: RawPathParams, request: Request| {
            enter(demo, names, request, self)
        })
    }
}

/// All verbs of a path.
pub(super) fn verbs<const N: usize>(gates: [(MethodFilter, Gate); N]) -> MethodRouter<Demo> {
    gates.into_iter().fold(MethodRouter::new(), |verbs, (verb, gate)| verbs.merge(gate.route(verb)))
}

async fn enter(demo: Demo, names: RawPathParams, request: Request, gate: Gate) -> Response {
    let (parts, body) = request.into_parts();
    let Ok(body) = to_bytes(body, BODY_LIMIT).await else {
        return refusal::page(StatusCode::PAYLOAD_TOO_LARGE, "The body of the request is too large.");
    };
    let verb = parts.method.clone();
    let arrival = Arrival::new(parts, &names, body);
    let shared = Shared::of(&demo);
    if let Some(fault) = arrival.user_sentinel() {
        return fault.answer(&demo, b"{}".to_vec(), refusal::fault).await;
    }
    let sentinel = arrival.sentinel();
    let now = demo.now_ms();
    let entered = if gate.needs == Needs::Nobody {
        Ok(None)
    } else {
        shared.at(now, |manager| arrival.authenticate(manager, now)).map(Some)
    };
    let (user, method) = match entered {
        Ok(Some((user, method))) => (Some(user), Some(method)),
        Ok(None) => (None, None),
        Err(refusal) => return audited(refusal.answer(), None, None, &arrival),
    };
    let ordered = matches!(gate.needs, Needs::Tenant(_) | Needs::Listing(_));
    let fault = ordered.then(|| demo.faults(Queue::next)).flatten().or(sentinel);
    let spoilt = match (&fault, user) {
        (Some(Fault::TokenExpired), Some(user)) => {
            shared.at(now, |manager| manager.tokens.expire_once(arrival.token().unwrap_or_default(), user))
        }
        (Some(Fault::TokenExpired), None) => true,
        (Some(Fault::TokenAlwaysExpired), _) => {
            shared.at(now, |manager| manager.tokens.forget(arrival.token().unwrap_or_default()));
            true
        }
        (Some(fault), _) => !fault_lets_work_happen(fault),
        (None, _) => false,
    };
    let response = if spoilt {
        let fault = fault.unwrap_or(Fault::TokenExpired);
        fault.answer(&demo, Vec::new(), refusal::fault).await
    } else {
        let odd = fault.as_ref().and_then(Fault::family);
        let odd_text = gate.odd.and_then(|kind| odd::answer(kind, odd, arrival.name("id"), &verb));
        let outcome = match odd_text {
            Some(text) => Ok(Reply { status: StatusCode::OK, text: Some(text) }),
            None => shared.at(now, |manager| judge(manager, &arrival, user, gate, now)),
        };
        match (outcome, fault.filter(Fault::spoils_answer)) {
            (Ok(reply), Some(fault)) => spoil(&demo, &fault, reply).await,
            (Ok(reply), None) => reply.answer(),
            (Err(refusal), _) => refusal.answer(),
        }
    };
    audited(response, user.map(|user| user.name), method, &arrival)
}

/// A refused request changes nothing; one whose answer gets lost or comes late has been done.
fn fault_lets_work_happen(fault: &Fault) -> bool {
    match fault {
        Fault::Slow(_)
        | Fault::Trickle
        | Fault::Dropped
        | Fault::Truncated
        | Fault::NotJson
        | Fault::NoOperations
        | Fault::NullOperations
        | Fault::TokenExpired
        | Fault::Odd(_) => true,
        Fault::TokenAlwaysExpired
        | Fault::Forbidden
        | Fault::RateLimited
        | Fault::RateLimitedBare
        | Fault::ServerError
        | Fault::Unavailable
        | Fault::Html
        | Fault::BodyMessage
        | Fault::BodyBoth
        | Fault::BodyGateway
        | Fault::BodyIdentity
        | Fault::BodyKeystone
        | Fault::BodyEmpty => false,
    }
}

/// Spoils a good answer without changing its status.
async fn spoil(demo: &Demo, fault: &Fault, reply: Reply) -> Response {
    let (status, text) = (reply.status, reply.text.unwrap_or_default());
    let mut response = match fault {
        Fault::NoOperations => answer::json(status, r#"{"metadata": {"pagination": {"total": 0}}}"#),
        Fault::NullOperations => answer::json(status, r#"{"items": null, "metadata": {"pagination": {}}}"#),
        fault => fault.answer(demo, text.into_bytes(), refusal::fault).await,
    };
    if response.status() == StatusCode::OK {
        *response.status_mut() = status;
    }
    response
}

fn judge(
    manager: &mut Manager,
    arrival: &Arrival,
    user: Option<&'static super::accounts::User>,
    gate: Gate,
    now: i64,
) -> Outcome<Reply> {
    // Without a user only open routes are answered, and those never ask who it is.
    let user = match (user, gate.needs) {
        (Some(user), _) => user,
        (None, Needs::Nobody) => {
            let [first, ..] = &super::accounts::USERS;
            first
        }
        (None, _) => return Err(Refusal::unauthorized("No authentication info provided")),
    };
    if manager.maintenance.active.is_some() && !gate.always {
        return Err(Refusal::maintenance(false));
    }
    let tenants = match gate.needs {
        Needs::Nobody | Needs::User => Vec::new(),
        Needs::Tenant(may) => arrival.tenants_for(user, may, false)?,
        Needs::Listing(may) => arrival.tenants_for(user, may, true)?,
    };
    let body = if gate.body { arrival.json()? } else { serde_json::Map::new() };
    (gate.handler)(manager, &arrival.call(user, tenants, body, now))
}

/// Puts on every answer what the real service puts there.
fn audited(
    mut response: Response,
    user: Option<&str>,
    method: Option<Method>,
    arrival: &Arrival,
) -> Response {
    let headers = response.headers_mut();
    let put = |name: &'static str, value: &str| {
        let value = HeaderValue::from_str(value).ok()?;
        Some((HeaderName::from_static(name), value))
    };
    let texts = [
        put("x-cloudify-audit-auth-method", method.map_or("None", Method::name)),
        user.and_then(|user| put("x-cloudify-audit-username", user)),
        arrival.tenant_header().and_then(|tenant| put("x-cloudify-audit-tenant", tenant)),
    ];
    headers.extend(texts.into_iter().flatten());
    headers.insert(VARY, HeaderValue::from_static("Cookie"));
    response
}

/// What the web framework answers on its own: pages.
pub(super) async fn unknown() -> Response {
    refusal::page(StatusCode::NOT_FOUND, "There is nothing at this address.")
}

pub(super) async fn wrong_verb(verb: Verb) -> Response {
    if verb == Verb::OPTIONS {
        return Response::default();
    }
    refusal::page(StatusCode::METHOD_NOT_ALLOWED, "The method is not allowed for the requested address.")
}
