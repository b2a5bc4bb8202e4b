//! ExtremeCloud IQ: signing in, the calls that start long-running operations, and the three calls on those.
//! There is no list. It must not know the other APIs the demo plays.

mod accounts;
mod calls;
mod error;
mod limit;
mod odd;
mod operation;
mod operations;
mod seeded;
mod session;
mod state;
mod tokens;

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::header::{HeaderValue, RETRY_AFTER};
use axum::http::{HeaderMap, Method, StatusCode, Uri};
use axum::response::Response;
use axum::routing::any;

use self::error::refusal;
use self::limit::Standing;
use self::session::Caller;
use crate::apis::{Api, Login};
use crate::demo::Demo;
use crate::segments;

const MOUNT: &str = "/xiq";

pub(crate) const API: Api = Api {
    routes,
    connections: r#"{
      "id": "xiq", "name": "ExtremeCloud IQ", "api": "xiq", "base": "/xiq", "sign_in": { "kind": "xiq" },
      "tenant": null, "band": "plum", "mode": "armed-on-demand", "poll_seconds": "auto", "requests_per_hour": 720
    }"#,
    logins: &[
        Login { api: "XIQ", with: "operator@example.com / operator", may: "everything" },
        Login { api: "XIQ", with: "viewer@example.com / viewer", may: "reads operations" },
        Login { api: "XIQ", with: "limited@example.com / operator", may: "everything, 20 calls per hour" },
        Login {
            api: "XIQ",
            with: "short@example.com / operator",
            may: "everything, tokens live two minutes",
        },
        Login { api: "XIQ", with: "xiq-full-token", may: "everything; a token to paste" },
        Login { api: "XIQ", with: "xiq-readonly-token", may: "reads operations; a token to paste" },
    ],
};

/// All paths lead to one place, as route patterns have no segments that begin with a colon.
fn routes() -> Router<Demo> {
    Router::new().route(MOUNT, any(answer)).route("/xiq/", any(answer)).route("/xiq/{*rest}", any(answer))
}

/// A request as the parts of this API take it.
struct Asked<'a> {
    demo: &'a Demo,
    method: &'a str,
    query: &'a str,
    headers: &'a HeaderMap,
    body: &'a [u8],
}

async fn answer(
    State(demo): State<Demo>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let asked = Asked {
        demo: &demo,
        method: method.as_str(),
        query: uri.query().unwrap_or_default(),
        headers: &headers,
        body: &body,
    };
    let Some(path) = segments::below(MOUNT, uri.path()) else {
        return counted(error::bad_request("The path is not UTF-8."), Standing::UNCOUNTED);
    };
    let path: Vec<&str> = path.iter().map(String::as_str).collect();
    match (asked.method, path.as_slice()) {
        ("POST", ["login"]) => return counted(session::login(&asked).await, Standing::UNCOUNTED),
        ("POST", ["logout"]) => return counted(session::logout(&asked), Standing::UNCOUNTED),
        _ => {}
    }
    let Some(caller) = session::caller(&asked) else {
        return counted(refusal(StatusCode::UNAUTHORIZED), Standing::UNCOUNTED);
    };
    let customer = caller.grant.account.customer;
    let standing = state::with(&demo, |state, now| state.limits.take(customer, now));
    if standing.refused {
        let mut response = refusal(StatusCode::TOO_MANY_REQUESTS);
        response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(standing.reset_s));
        return counted(response, standing);
    }
    counted(of_caller(&asked, &caller, &path).await, standing)
}

/// What is answered to somebody known.
async fn of_caller(asked: &Asked<'_>, caller: &Caller<'_>, path: &[&str]) -> Response {
    match (asked.method, path) {
        ("POST", ["auth", "apitoken"]) => session::issue_long_lived(asked, caller),
        ("GET", ["operations", id]) => operations::get(asked, caller, id).await,
        ("DELETE", ["operations", id]) => operations::delete(asked, caller, id).await,
        // Scripts of old leave the colon out.
        ("POST", ["operations", id, ":cancel" | "cancel"]) => operations::cancel(asked, caller, id).await,
        (
            _,
            ["operations", _] | ["operations", _, ":cancel"] | ["auth", "apitoken"] | ["login" | "logout"],
        ) => refusal(StatusCode::METHOD_NOT_ALLOWED),
        (method, path) => match calls::at(path) {
            Some(call) if method == "POST" => operations::start(asked, caller, call).await,
            Some(_) => refusal(StatusCode::METHOD_NOT_ALLOWED),
            None => error::not_found("There is nothing at this path."),
        },
    }
}

/// Every answer says how many calls are left.
fn counted(mut response: Response, standing: Standing) -> Response {
    let headers = response.headers_mut();
    if let Ok(limit) = HeaderValue::from_str(&format!("{};w=3600", standing.limit)) {
        headers.insert("ratelimit-limit", limit);
    }
    headers.insert("ratelimit-remaining", HeaderValue::from(standing.remaining));
    headers.insert("ratelimit-reset", HeaderValue::from(standing.reset_s));
    response
}
