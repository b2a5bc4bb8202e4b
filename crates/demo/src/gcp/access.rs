//! Bearer tokens: which work, for how long, and what they may. Real ones are made elsewhere; these are simply known.
//! It must not know what a call does.

use std::collections::{HashMap, HashSet};

use axum::http::HeaderMap;

use super::status::Refusal;
use crate::answer::header;
use crate::fault::Fault;

const FULL: &str = "ya29.demo";
const READER: &str = "ya29.reader";
/// Anything that begins so works, each for two minutes from its first use.
const SHORT: &str = "ya29.short";
const SHORT_MS: i64 = 120_000;

/// The projects that the tokens may look into.
pub(super) const PROJECTS: [&str; 2] = ["demo", "nolist"];

#[derive(Debug, Clone, Copy)]
pub(super) struct Caller<'a> {
    token: &'a str,
    may_write: bool,
}

#[derive(Default)]
pub(super) struct Access {
    first_used: HashMap<String, i64>,
    /// Tokens whose last call met the expired-token sentinel; their next one passes.
    declared_expired: HashSet<String>,
}

impl Access {
    pub(super) fn caller<'a>(&mut self, headers: &'a HeaderMap, now: i64) -> Result<Caller<'a>, Refusal> {
        let bearer = header(headers, "authorization").and_then(|value| value.split_once(' '));
        let Some((_, token)) = bearer.filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer")) else {
            return Err(Refusal::unauthenticated("CREDENTIALS_MISSING"));
        };
        let token = token.trim();
        let lives = match token {
            FULL | READER => true,
            _ if token.starts_with(SHORT) => {
                let since = *self.first_used.entry(token.to_owned()).or_insert(now);
                now < since.saturating_add(SHORT_MS)
            }
            _ => false,
        };
        if lives {
            return Ok(Caller { token, may_write: token != READER });
        }
        Err(Refusal::unauthenticated("ACCESS_TOKEN_EXPIRED"))
    }

    /// Whether a fault declares the token dead. They always work again, as nobody here could make a new one.
    pub(super) fn declares_dead(&mut self, caller: Caller<'_>, fault: &Fault) -> bool {
        match fault {
            Fault::TokenExpired if self.declared_expired.remove(caller.token) => false,
            Fault::TokenExpired => self.declared_expired.insert(caller.token.to_owned()),
            Fault::TokenAlwaysExpired => true,
            _ => false,
        }
    }
}

impl Caller<'_> {
    /// Asked before anything is looked up, so that nobody learns what exists.
    pub(super) fn may(self, permission: &str, project: &str, resource: &str) -> Result<(), Refusal> {
        let reads = [".get", ".list"].iter().any(|verb| permission.ends_with(verb));
        if PROJECTS.contains(&project) && (reads || self.may_write) {
            return Ok(());
        }
        Err(Refusal::denied(&format!("workloadmanager.{permission}"), resource))
    }
}
