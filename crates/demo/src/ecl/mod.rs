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
use crate::apis::{Api, Login};
use crate::demo::Demo;

const KEYSTONE: &str = "/ecl/keystone/v3";
/// eclsdk finds its error class by this part of the URL, so the mount must be spelt so.
const APPLIANCES: &str = "/ecl/virtual-network-appliance";

pub(crate) const API: Api = Api {
    routes,
    connections: r#"{
      "id": "ecl-demo", "name": "ECL demo", "api": "ecl-vna", "base": "/ecl/virtual-network-appliance",
      "sign_in": { "kind": "keystone", "url": "/ecl/keystone/v3", "project": "13572f6f42a74d2b82f7099f78d0393a" },
      "tenant": null, "band": "sea", "mode": "armed-on-demand", "poll_seconds": "auto", "requests_per_hour": 720
    },
    {
      "id": "ecl-tenant", "name": "ECL tenant Osaka", "api": "ecl-vna", "base": "/ecl/virtual-network-appliance",
      "sign_in": { "kind": "keystone", "url": "/ecl/keystone/v3", "project": "9ae2b07c4d1e4f6a8b3c5d7e9f012345" },
      "tenant": "9ae2b07c4d1e4f6a8b3c5d7e9f012345", "band": "plum", "mode": "read-only", "poll_seconds": "auto",
      "requests_per_hour": 720
    },
    {
      "id": "ecl-short", "name": "ECL short tokens", "api": "ecl-vna", "base": "/ecl/virtual-network-appliance",
      "sign_in": { "kind": "keystone", "url": "/ecl/keystone/v3", "project": "13572f6f42a74d2b82f7099f78d0393a" },
      "tenant": null, "band": "ochre", "mode": "armed-on-demand", "poll_seconds": "auto", "requests_per_hour": 720
    }"#,
    logins: &[
        Login {
            api: "ECL",
            with: "APIKEY / APISECRET",
            may: "sees all tenants; project 13572f6f42a74d2b82f7099f78d0393a",
        },
        Login {
            api: "ECL",
            with: "TENANTKEY / TENANTSECRET",
            may: "sees its own tenant; project 9ae2b07c4d1e4f6a8b3c5d7e9f012345",
        },
        Login { api: "ECL", with: "SHORTKEY / SHORTSECRET", may: "as the first, tokens live two minutes" },
    ],
};

fn routes() -> Router<Demo> {
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
