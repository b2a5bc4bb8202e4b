//! The console's adapters against the demo server, which shares no wire types with them: where the two disagree about
//! an API, one of them has misread it. One file per API; here is what all of them need.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "helpers of tests fail by panicking, as tests do"
)]

mod cloudify;
mod ecl;
mod google;
mod xiq;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::Request;
use longrun_core::dialect::{Dialect, Kind, PageInfo};
use longrun_core::http::{ApiRequest, ApiResponse, HeaderValue};
use longrun_core::json::split::{SplitError, Splitter};
use longrun_core::model::Operation;
use longrun_core::view::rows::Rows;
use longrun_demo::{Config, Demo, app};
use tower::ServiceExt;

const START: i64 = 1_795_232_837_000; // 2026-11-21T03:47:17Z

/// A demo of 400 operations whose clock stands.
fn demo() -> (Demo, Router) {
    let config = Config { operations: 400, controls: true, ..Config::starting_at(START) };
    let demo = Demo::new(config, || START);
    (demo.clone(), app(demo))
}

/// Sends a request of the core's to the demo, as the console's transport would.
async fn send(router: &Router, request: &ApiRequest) -> ApiResponse {
    let mut wire = Request::builder()
        .method(request.method.as_str())
        .uri(&request.url)
        .header("host", "console.example");
    for (name, value) in &request.headers {
        wire = wire.header(
            *name,
            match value {
                HeaderValue::Plain(text) => text.as_str(),
                HeaderValue::Secret(secret) => secret.reveal(),
            },
        );
    }
    let body = request.body.as_ref().map_or_else(Body::empty, |body| Body::from(body.reveal().to_owned()));
    let answer = router.clone().oneshot(wire.body(body).unwrap()).await.unwrap();
    let headers = answer
        .headers()
        .iter()
        .map(|(name, value)| (name.to_string(), value.to_str().unwrap().to_owned()))
        .collect();
    let status = answer.status().as_u16();
    // A dropped connection ends the body with an error: what came before it is what a client has.
    let body = to_bytes(answer.into_body(), usize::MAX).await.map(|bytes| bytes.to_vec()).unwrap_or_default();
    ApiResponse { status, headers, body }
}

/// The rows of an answer and what stands around them.
fn read_rows(
    dialect: &'static dyn Dialect,
    kind: Kind,
    answer: &ApiResponse,
) -> Result<(Vec<Operation>, PageInfo), SplitError> {
    let mut splitter = Splitter::new(dialect.rows_at(kind));
    let mut rows = Rows::default();
    let mut load = rows.begin();
    // In pieces, as a network would.
    for piece in answer.body.chunks(1_000) {
        splitter.push(piece);
        while let Some(row) = splitter.next_row() {
            rows.take(&mut load, row, dialect, kind);
        }
    }
    let (_, page) = dialect.finish_page(kind, splitter)?;
    rows.finish(load);
    Ok((rows.order().iter().map(|slot| rows.get(*slot).unwrap().clone()).collect(), page))
}
