//! The APIs that the demo plays, one line each. It must not know what any of them answers.

use axum::Router;

use crate::demo::Demo;
use crate::{cloudify, ecl, gcp, xiq};

/// One API: what it answers, and how the console and its users get in.
pub(crate) struct Api {
    /// Every route below its own mount point, with its own answers for unknown paths and verbs there.
    pub(crate) routes: fn() -> Router<Demo>,
    /// Its connections for `config.json`: JSON objects, separated by commas.
    #[cfg_attr(not(feature = "server"), expect(dead_code, reason = "only the server has a config.json"))]
    pub(crate) connections: &'static str,
    /// Its accounts, as the command line and the README list them.
    pub(crate) logins: &'static [Login],
}

/// Every API, in the order of the demo's connections.
pub(crate) const ALL: &[Api] = &[ecl::API, cloudify::API, xiq::API, gcp::API];

/// Something to sign in with.
#[derive(Debug)]
pub struct Login {
    /// Which API it is for.
    pub api: &'static str,
    /// What to type: user and password, or a token.
    pub with: &'static str,
    /// What it may see and do.
    pub may: &'static str,
}

/// Everything that can be used to sign in to the demo.
pub fn logins() -> impl Iterator<Item = &'static Login> {
    ALL.iter().flat_map(|api| api.logins)
}
