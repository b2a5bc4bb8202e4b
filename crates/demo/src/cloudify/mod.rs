//! Cloudify Manager's REST API v3.1: executions, execution groups, tasks graphs, operations, events and what a
//! start form needs, below one mount point. It must not know other APIs.

mod accounts;
mod api;
mod call;
mod dates;
mod door;
mod listing;
mod manager;
mod odd;
mod query;
mod refusal;
mod tokens;
mod world;

use axum::Router;
use axum::routing::any;

use crate::apis::{Api, Login};
use crate::demo::Demo;

const MOUNT: &str = "/cloudify";
const VERSION: &str = "/cloudify/api/v3.1";

pub(crate) const API: Api = Api {
    routes,
    connections: r#"{
      "id": "cloudify", "name": "Cloudify executions", "api": "cloudify-executions", "base": "/cloudify",
      "sign_in": { "kind": "cloudify" },
      "tenant": null, "band": "moss", "mode": "armed-on-demand", "poll_seconds": "auto", "requests_per_hour": 720
    },
    {
      "id": "cloudify-ops", "name": "Cloudify operations", "api": "cloudify-operations", "base": "/cloudify",
      "sign_in": { "kind": "cloudify" },
      "tenant": null, "band": "clay", "mode": "armed-on-demand", "poll_seconds": "auto", "requests_per_hour": 720
    },
    {
      "id": "cloudify-osaka", "name": "Cloudify Osaka, read-only", "api": "cloudify-executions", "base": "/cloudify",
      "sign_in": { "kind": "cloudify" },
      "tenant": "osaka-edge", "band": "ochre", "mode": "read-only", "poll_seconds": "auto", "requests_per_hour": 720
    }"#,
    logins: &[
        Login { api: "Cloudify", with: "admin / admin", may: "does everything in both tenants" },
        Login { api: "Cloudify", with: "mona / mona", may: "manages both tenants" },
        Login {
            api: "Cloudify",
            with: "victor / victor",
            may: "looks at both tenants, changes operations only",
        },
        Login { api: "Cloudify", with: "shorty / shorty", may: "as mona, tokens live two minutes" },
    ],
};

fn routes() -> Router<Demo> {
    api::routes(VERSION, MOUNT)
        .route(MOUNT, any(door::unknown))
        .route(&format!("{MOUNT}/{{*rest}}"), any(door::unknown))
        .method_not_allowed_fallback(door::wrong_verb)
}
