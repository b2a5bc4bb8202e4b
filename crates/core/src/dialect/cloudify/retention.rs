//! Deleting ended executions by criteria, and knowing beforehand exactly what goes (docs/DIALECTS.md,
//! 4.6.5). The server's rules have traps: no criterion means the whole tenant, and keeping more than there are
//! still deletes one.

use super::body::{Body, filled};
use super::request;
use crate::dialect::{ActionCall, BuildError, Endpoint, Preview, ServerQuery};
use crate::http::{ApiRequest, Method, encode_query};
use crate::model::{Operation, State};
use crate::text::{fill, t};
use crate::time::{Millis, iso8601, parse_cloudify};

pub(super) const ACTION: &str = "delete-executions";
pub(super) const OLDER: &str = "to_datetime";
pub(super) const KEEP: &str = "keep_last";

const FILTERS: [&str; 5] =
    ["deployment_id", "workflow_id", "blueprint_id", "created_by", "execution_group_id"];

/// What was asked for, checked.
struct Criteria<'a> {
    older: Option<Millis>,
    keep: Option<u32>,
    filters: Vec<(&'static str, &'a str)>,
}

fn criteria(call: &ActionCall) -> Result<Criteria<'_>, BuildError> {
    let (older, keep) = (filled(call, OLDER), filled(call, KEEP));
    let filters: Vec<_> = FILTERS.iter().filter_map(|name| Some((*name, filled(call, name)?))).collect();
    if older.is_some() && keep.is_some() {
        return Err(BuildError::Missing("Choose a time or a number to keep, not both."));
    }
    if older.is_none() && keep.is_none() && filters.is_empty() {
        return Err(BuildError::Missing(
            "Choose what to delete: without a time, a number to keep or a filter, every ended execution of the tenant would go.",
        ));
    }
    let wrong = |why: &'static str| BuildError::Invalid(t(why).to_owned());
    let keep = match keep.map(|keep| keep.parse().ok().filter(|keep| *keep > 0)) {
        Some(None) => return Err(wrong("The number to keep must be a whole number greater than 0.")),
        keep => keep.flatten(),
    };
    let older = match older.map(instant) {
        Some(None) => return Err(wrong("The time must be as 2026-11-21 or 2026-11-21T03:47:17Z.")),
        older => older.flatten(),
    };
    Ok(Criteria { older, keep, filters })
}

/// A day alone means its beginning; a missing zone means UTC, as it does to the server.
fn instant(text: &str) -> Option<Millis> {
    let midnight = (text.len() == 10).then(|| [text, "T00:00:00"].concat());
    parse_cloudify(midnight.as_deref().unwrap_or(text))
}

pub(super) fn request(at: &Endpoint, call: &ActionCall, tenant: &str) -> Result<ApiRequest, BuildError> {
    let criteria = criteria(call)?;
    let mut url = String::from("executions");
    if !criteria.filters.is_empty() {
        url.push('?');
        url.push_str(&encode_query(criteria.filters));
    }
    let mut body = Body::default();
    if let Some(older) = criteria.older {
        // The server takes no zone after whole seconds, and means UTC without one.
        body.text(OLDER, iso8601(older).trim_end_matches('Z'));
    }
    if let Some(keep) = criteria.keep {
        body.raw(KEEP, &keep.to_string());
    }
    Ok(request::to(at, Method::Delete, &url, Some(tenant))?.json(body.done()))
}

/// Every ended execution that the filters match. The action reaches one tenant, so the list must not reach others.
pub(super) fn preview(call: &ActionCall) -> Option<ServerQuery> {
    let tenant = filled(call, "tenant").or(call.key.tenant.as_deref()).unwrap_or(request::DEFAULT_TENANT);
    let mut params: Vec<(&'static str, String)> = vec![];
    let fixed = [
        ("status", "terminated"),
        ("status", "failed"),
        ("status", "cancelled"),
        ("tenant", tenant),
        // The server deletes these too, though lists leave them out.
        ("_include_system_workflows", "true"),
        ("_sort", "created_at"),
    ];
    for (name, value) in fixed.into_iter().chain(criteria(call).ok()?.filters) {
        params.push((name, value.to_owned()));
    }
    Some(ServerQuery::new(params))
}

/// Follows the server: the oldest go first; the last successful creation of each deployment's environment is kept but
/// counts among those that stay.
pub(super) fn previewed(call: &ActionCall, listed: &[&Operation]) -> Preview {
    let refused = |why: String| Preview { refused: Some(why), ..Preview::default() };
    let criteria = match criteria(call) {
        Ok(criteria) => criteria,
        Err(error) => return refused(error.to_string()),
    };
    let mut ended: Vec<(usize, &Operation)> = vec![];
    for (at, op) in listed.iter().enumerate() {
        if op.state.has_ended() {
            ended.push((at, op));
        }
    }
    ended.sort_by_key(|(_, op)| op.created.millis());
    let protected = protected(&ended);
    let mut most = ended.len();
    if let Some(keep) = criteria.keep {
        let keep = usize::try_from(keep).unwrap_or(usize::MAX);
        if keep >= ended.len() {
            return refused(fill(
                "Only {0} ended executions match, so all of them would be kept; yet this API would delete the oldest one.",
                &[&ended.len().to_string()],
            ));
        }
        most -= keep;
    }
    let mut preview = Preview::default();
    for (at, op) in &ended {
        if criteria.older.is_some_and(|older| op.created.millis().is_none_or(|created| created >= older)) {
            continue;
        }
        if preview.hit.len() == most {
            preview.kept.push((*at, "It is among the newest, which you keep."));
        } else if creates(op) && protected.contains(at) {
            preview.kept.push((
                *at,
                "It made the environment of its deployment; the last such success is never deleted.",
            ));
        } else {
            preview.hit.push(*at);
        }
    }
    if preview.hit.is_empty() {
        preview.refused = Some(t("No ended execution would be deleted.").to_owned());
    }
    preview
}

/// Positions of the newest successful creation of each deployment's environment.
fn protected(ended: &[(usize, &Operation)]) -> Vec<usize> {
    let (mut deployments, mut kept): (Vec<&str>, Vec<usize>) = (vec![], vec![]);
    for (at, op) in ended.iter().rev().filter(|(_, op)| creates(op)) {
        let deployment = op.target.as_deref().unwrap_or_default();
        if let Err(place) = deployments.binary_search(&deployment) {
            deployments.insert(place, deployment);
            kept.push(*at);
        }
    }
    kept
}

fn creates(op: &Operation) -> bool {
    op.state == State::Succeeded && op.kind.as_deref() == Some("create_deployment_environment")
}

#[cfg(test)]
#[path = "retention_tests.rs"]
mod tests;
