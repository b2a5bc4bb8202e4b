//! A faithful stand-in for the operations APIs that Longrun speaks to, as an axum router.
//!
//! It is written from the API documents alone and must not know `longrun-core`: where adapter and demo disagree,
//! one of them has misread the API, and the contract tests say so. Without the `server` feature there is no
//! socket, file system, runtime or machine clock in here; clock and sleeper are injected.

mod answer;
mod apis;
mod chance;
mod cloudify;
mod config;
mod control;
mod cors;
mod demo;
mod ecl;
mod fault;
mod gcp;
mod journal;
mod json_text;
mod moment;
mod odd;
mod rows;
mod segments;
#[cfg(feature = "server")]
pub mod server;
mod xiq;

pub use apis::{Login, logins};
pub use config::Config;
pub use demo::{Demo, Sleep, Sleeper};
pub use ecl::accounts::{ACCOUNTS, Account, RECORDED_TOKEN};
pub use fault::{FAULTS, FaultName, FaultPlan};
pub use journal::Recorded;

use axum::Router;
use axum::http::StatusCode;
use axum::middleware::from_fn_with_state;

/// The API routes only; every request through them is in the journal.
pub fn app(demo: Demo) -> Router {
    with_journal(api(&demo).fallback(|| async { answer::cause(StatusCode::NOT_FOUND, "Not Found") }), demo)
}

/// The API routes without a fallback and without the journal, for a server that adds routes of its own.
fn api(demo: &Demo) -> Router {
    let mut routes = apis::ALL.iter().fold(Router::new(), |routes, api| routes.merge((api.routes)()));
    if demo.config().controls {
        routes = routes.merge(control::routes());
    }
    routes
        .layer(from_fn_with_state(demo.clone(), answer::mark))
        .layer(from_fn_with_state(demo.clone(), cors::answer))
        .with_state(demo.clone())
}

fn with_journal(routes: Router, demo: Demo) -> Router {
    routes.layer(from_fn_with_state(demo, journal::write))
}
