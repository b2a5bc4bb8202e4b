//! The levers tests pull: step the clock, order faults, change rows. Mounted only when `Config::controls` is set.
//! It must not offer anything that data or filters could reach.

use axum::Router;
use axum::extract::{RawQuery, State};
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::post;
use serde_json::json;

use crate::answer;
use crate::demo::Demo;
use crate::fault::FaultPlan;

pub(crate) fn routes() -> Router<Demo> {
    Router::new()
        .route("/demo/clock", post(clock))
        .route("/demo/fault", post(fault))
        .route("/demo/touch", post(touch))
}

fn parameter(query: Option<&str>, name: &str) -> Option<String> {
    form_urlencoded::parse(query.unwrap_or_default().as_bytes())
        .find(|(known, _)| known == name)
        .map(|(_, value)| value.into_owned())
}

fn refused(text: &str) -> Response {
    answer::message(StatusCode::BAD_REQUEST, text)
}

/// `?advance_ms=60000`
async fn clock(State(demo): State<Demo>, RawQuery(query): RawQuery) -> Response {
    let given = parameter(query.as_deref(), "advance_ms").and_then(|text| text.parse::<i64>().ok());
    let Some(ms) = given.filter(|ms| *ms >= 0) else {
        return refused("advance_ms must be a number of milliseconds, 0 or more.");
    };
    demo.advance(ms);
    answer::json(StatusCode::OK, json!({ "now_ms": demo.now_ms() }).to_string())
}

/// `?kind=429&count=2`; `kind=none` takes back what has not happened yet. `?kinds=500,html&every=10&seed=7&late_ms=3000`
/// goes on and on.
async fn fault(State(demo): State<Demo>, RawQuery(query): RawQuery) -> Response {
    if let Some(kinds) = parameter(query.as_deref(), "kinds") {
        let number = |name: &str, usual: u64| match parameter(query.as_deref(), name) {
            None => Some(usual),
            Some(text) => text.parse().ok(),
        };
        let plan = || {
            let every = u32::try_from(number("every", 10)?).ok()?;
            let kinds = kinds.split(',').map(str::to_owned).collect();
            Some(FaultPlan { every, seed: number("seed", 7)?, kinds, late_ms: number("late_ms", 0)? })
        };
        if !plan().is_some_and(|plan| demo.keep_failing(&plan)) {
            return refused(
                "kinds must name faults, separated by commas; every, seed and late_ms are whole numbers.",
            );
        }
        return answer::json(StatusCode::OK, json!({ "kinds": kinds }).to_string());
    }
    let kind = parameter(query.as_deref(), "kind").unwrap_or_default();
    let count = match parameter(query.as_deref(), "count").map(|text| text.parse::<u32>()) {
        None => 1,
        Some(Ok(count)) => count,
        Some(Err(_)) => return refused("count must be a whole number."),
    };
    if kind == "none" {
        demo.stop_failing();
    } else if !demo.fail_next(&kind, count) {
        return refused("There is no such kind of fault; the README of the demo lists them.");
    }
    answer::json(StatusCode::OK, json!({ "kind": kind, "count": count }).to_string())
}

/// `?percent=1`
async fn touch(State(demo): State<Demo>, RawQuery(query): RawQuery) -> Response {
    let given = parameter(query.as_deref(), "percent").and_then(|text| text.parse::<f64>().ok());
    let Some(percent) = given.filter(|percent| (0.0..=100.0).contains(percent)) else {
        return refused("percent must be a number from 0 to 100.");
    };
    answer::json(StatusCode::OK, json!({ "touched": demo.touch(percent) }).to_string())
}
