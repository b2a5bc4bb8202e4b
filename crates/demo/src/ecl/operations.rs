//! `GET v1.0/operations` and `GET v1.0/operations/{id}`.
//! It must not know how operations come to be, nor how a fault looks.

use axum::extract::{RawPathParams, RawQuery, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;

use super::accounts::Account;
use super::filter::Filter;
use crate::answer::{self, header};
use crate::demo::Demo;
use crate::fault::Fault;
use crate::{odd, rows};

const TOKEN: &str = "x-auth-token";

struct Caller<'a> {
    token: &'a str,
    account: &'static Account,
}

impl Caller<'_> {
    /// The tenant the caller may not look beyond.
    fn confined_to(&self) -> Option<&'static str> {
        (!self.account.sees_all).then_some(self.account.project)
    }
}

fn unauthorized() -> Response {
    answer::cause(StatusCode::UNAUTHORIZED, "Unauthorized")
}

/// How the service, the gateway and the identity layer in front of it word their errors.
pub(super) fn refusal(status: StatusCode) -> Response {
    match status {
        StatusCode::UNAUTHORIZED => unauthorized(),
        StatusCode::FORBIDDEN => {
            answer::identity(status, "You are not authorized to perform the requested action.")
        }
        StatusCode::TOO_MANY_REQUESTS => answer::gateway(
            status,
            "Rate limit quota violation. Quota limit exceeded.",
            "policies.ratelimit.QuotaViolation",
        ),
        StatusCode::SERVICE_UNAVAILABLE => answer::message(status, "The service is under maintenance."),
        _ => answer::cause(status, "Internal Server Error"),
    }
}

fn caller<'a>(demo: &Demo, headers: &'a HeaderMap) -> Option<Caller<'a>> {
    let token = header(headers, TOKEN)?;
    let grant = demo.tokens(|tokens, now| tokens.grant(token, now))?;
    Some(Caller { token, account: grant.account })
}

/// A fault that has to do with the caller's token happens here, all others where the answer is made.
fn spoilt_token(demo: &Demo, caller: &Caller<'_>, fault: &Fault) -> bool {
    match fault {
        Fault::TokenExpired => demo.tokens(|tokens, _| tokens.expire_once(caller.token, caller.account)),
        Fault::TokenAlwaysExpired => {
            demo.tokens(|tokens, _| tokens.revoke(caller.token));
            true
        }
        _ => false,
    }
}

pub(crate) async fn list(State(demo): State<Demo>, headers: HeaderMap, query: RawQuery) -> Response {
    let Some(caller) = caller(&demo, &headers) else { return unauthorized() };
    let RawQuery(query) = query;
    let filter = Filter::parse(query.as_deref().unwrap_or_default());
    let queued = demo.faults(crate::fault::Queue::next);
    let fault = queued.or_else(|| filter.fault.clone());
    if fault.as_ref().is_some_and(|fault| spoilt_token(&demo, &caller, fault)) {
        return unauthorized();
    }
    let family = fault.as_ref().and_then(Fault::family).or(filter.odd);
    let selected = match family {
        Some(family) => family.rows(),
        None => demo.world(|world| world.select(&filter, caller.confined_to())),
    };
    match fault.filter(Fault::spoils_answer) {
        None => answer::json(StatusCode::OK, rows::list(selected)),
        Some(fault) => fault.answer(&demo, rows::list_text(&selected), refusal).await,
    }
}

pub(crate) async fn show(State(demo): State<Demo>, headers: HeaderMap, path: RawPathParams) -> Response {
    let Some(caller) = caller(&demo, &headers) else { return unauthorized() };
    // Decoded after the path was split, so that an id may hold a slash.
    let id = path.iter().find(|(name, _)| *name == "id").map(|(_, value)| value).unwrap_or_default();
    let queued = demo.faults(crate::fault::Queue::next);
    let fault = queued.or_else(|| Fault::sentinel(id));
    if fault.as_ref().is_some_and(|fault| spoilt_token(&demo, &caller, fault)) {
        return unauthorized();
    }
    let found = odd::row(id).or_else(|| demo.world(|world| world.find(id, caller.confined_to())));
    let wrapped = found.map(|row| [b"{\"operation\": ", &row[..], b"}"].concat());
    match (fault.filter(Fault::spoils_answer), wrapped) {
        (Some(fault), text) => {
            fault.answer(&demo, text.unwrap_or_else(|| b"{\"operation\": {}}".to_vec()), refusal).await
        }
        (None, Some(text)) => answer::json(StatusCode::OK, text),
        (None, None) => answer::cause(StatusCode::NOT_FOUND, "Not Found"),
    }
}
