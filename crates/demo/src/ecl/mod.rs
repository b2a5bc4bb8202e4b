//! NTT Enterprise Cloud: Keystone v3 for signing in and Virtual Network Appliance operations.
//! It must not know the other APIs the demo plays.

pub mod accounts;
mod filter;
mod keystone;
mod operations;
pub(crate) mod tokens;
pub(crate) mod world;

use axum::Router;
use axum::http::StatusCode;
use axum::routing::{any, get};

use crate::answer;
use crate::demo::Demo;

const KEYSTONE: &str = "/ecl/keystone/v3";
/// eclsdk finds its error class by this part of the URL, so the mount must be spelt so.
const APPLIANCES: &str = "/ecl/virtual-network-appliance";

pub(crate) fn routes() -> Router<Demo> {
    let unknown = || async { answer::cause(StatusCode::NOT_FOUND, "Not Found") };
    Router::new()
        .route(KEYSTONE, get(keystone::versions))
        .route(&format!("{KEYSTONE}/"), get(keystone::versions))
        .route(
            &format!("{KEYSTONE}/auth/tokens"),
            get(keystone::validate).post(keystone::issue).delete(keystone::revoke),
        )
        .route(&format!("{APPLIANCES}/v1.0/operations"), get(operations::list))
        .route(&format!("{APPLIANCES}/v1.0/operations/{{id}}"), get(operations::show))
        .route("/ecl", any(unknown))
        .route("/ecl/{*rest}", any(unknown))
        .method_not_allowed_fallback(|| async {
            answer::cause(StatusCode::METHOD_NOT_ALLOWED, "Method Not Allowed")
        })
}
