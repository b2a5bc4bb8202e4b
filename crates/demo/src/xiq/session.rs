//! `POST /login`, `POST /logout`, `POST /auth/apitoken`, and who a request comes from.
//! It must not know operations.

use axum::body::Body;
use axum::http::StatusCode;
use axum::response::Response;
use serde_json::{Value, json};

use super::error::{bad_request, refusal, refused};
use super::operation::date_time;
use super::tokens::Grant;
use super::{Asked, accounts, state};
use crate::answer::{self, header};
use crate::fault::Fault;

/// Long-lived tokens live at least this long.
const SHORTEST_S: i64 = 300;

/// Who is calling.
pub(super) struct Caller<'a> {
    pub(super) token: &'a str,
    pub(super) grant: Grant,
}

fn bearer<'a>(asked: &Asked<'a>) -> Option<&'a str> {
    let (scheme, token) = header(asked.headers, "authorization")?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then_some(token.trim())
}

pub(super) fn caller<'a>(asked: &Asked<'a>) -> Option<Caller<'a>> {
    let token = bearer(asked)?;
    let grant = state::with(asked.demo, |state, now| state.tokens.grant(token, now))?;
    Some(Caller { token, grant })
}

pub(super) async fn login(asked: &Asked<'_>) -> Response {
    let body: Value = serde_json::from_slice(asked.body).unwrap_or_default();
    let text = |name: &str| body.get(name).and_then(Value::as_str);
    let (Some(user), Some(password)) = (text("username"), text("password")) else {
        return bad_request("The request body must be a JSON object with \"username\" and \"password\".");
    };
    if let Some(fault) = Fault::sentinel(user) {
        return fault.answer(asked.demo, b"{}".to_vec(), refusal).await;
    }
    let Some(account) = accounts::signing_in(user, password) else {
        return refused(StatusCode::UNAUTHORIZED, "INVALID_CREDENTIALS", "User name or password is wrong.");
    };
    let permissions = account.permissions.iter().map(|held| (*held).to_owned()).collect();
    let token = state::with(asked.demo, |state, now| {
        state.tokens.issue(account, permissions, Some(now + account.token_lifetime_ms), now)
    });
    let body = json!({
        "access_token": token, "token_type": "Bearer", "expires_in": account.token_lifetime_ms / 1000,
    });
    answer::json(StatusCode::OK, body.to_string())
}

pub(super) fn logout(asked: &Asked<'_>) -> Response {
    let Some(caller) = caller(asked) else { return refusal(StatusCode::UNAUTHORIZED) };
    state::with(asked.demo, |state, _| state.tokens.revoke(caller.token));
    Response::new(Body::empty())
}

/// A token for a script; it may at most what its maker may.
pub(super) fn issue_long_lived(asked: &Asked<'_>, caller: &Caller<'_>) -> Response {
    let body: Value = serde_json::from_slice(asked.body).unwrap_or_default();
    let wanted = body.get("permissions").and_then(Value::as_array).filter(|list| !list.is_empty());
    let permissions: Option<Vec<String>> =
        wanted.and_then(|list| list.iter().map(|item| item.as_str().map(str::to_owned)).collect());
    let Some(permissions) = permissions else {
        return bad_request("\"permissions\" must be a list of names, and not an empty one.");
    };
    if !permissions.iter().all(|permission| caller.grant.may(permission)) {
        return refusal(StatusCode::FORBIDDEN);
    }
    let now = asked.demo.now_ms();
    let expire_s = body.get("expire_time").and_then(Value::as_i64);
    if expire_s.is_some_and(|at| at < now / 1000 + SHORTEST_S) {
        return bad_request(
            "\"expire_time\" must be at least 300 seconds from now, in seconds of the epoch.",
        );
    }
    let account = caller.grant.account;
    let expires_ms = expire_s.map(|at| at.saturating_mul(1000));
    let token = state::with(asked.demo, |state, now| {
        state.tokens.issue(account, permissions.clone(), expires_ms, now)
    });
    let body = json!({
        "access_token": token, "create_time": date_time(now), "expire_time": expires_ms.map(date_time),
        "creator_id": account.user_id, "customer_id": account.customer.id,
        "description": body.get("description"), "permissions": permissions,
    });
    answer::json(StatusCode::OK, body.to_string())
}
