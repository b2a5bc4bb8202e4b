//! To the wire: lists, single objects and the tenants of the user. Knows how a request is told its tenant.

use super::{filters, kinds};
use crate::dialect::{BuildError, Endpoint, Key, Kind, ServerQuery, segment};
use crate::http::sign_in::cloudify::TOKEN;
use crate::http::{ApiRequest, Method, encode_query};

/// The tenant that every manager has. Used where a call needs one and none was chosen.
pub(super) const DEFAULT_TENANT: &str = "default_tenant";

/// What the console reads of an execution. Asked for by name, because a manager adds fields over the years.
const EXECUTION_FIELDS: &str = "id,workflow_id,deployment_id,deployment_display_name,blueprint_id,status,\
    status_display,error,parameters,created_at,started_at,ended_at,scheduled_for,created_by,tenant_name,\
    is_system_workflow,is_dry_run,resume,total_operations,finished_operations,visibility";

/// Where a kind stands on the wire.
pub(super) fn path(kind: Kind) -> Result<&'static str, BuildError> {
    Ok(match kind {
        kinds::EXECUTIONS => "executions",
        kinds::GROUPS => "execution-groups",
        kinds::OPERATIONS => "operations",
        kinds::GRAPHS => "tasks_graphs",
        kinds::EVENTS => "events",
        _ => return Err(BuildError::NotOffered),
    })
}

/// A signed request for `{base}/api/v3.1/{path}`, in a tenant where one is given.
pub(super) fn to(
    at: &Endpoint,
    method: Method,
    path: &str,
    tenant: Option<&str>,
) -> Result<ApiRequest, BuildError> {
    let mut url = at.base()?.to_owned();
    url.push_str("/api/v3.1/");
    url.push_str(path);
    let mut request = ApiRequest::new(method, url);
    if let Some(tenant) = tenant {
        request = request.header("tenant", tenant);
    }
    Ok(TOKEN.sign(request, at.session.as_ref()))
}

/// The tenant of a call on one object, or of one that makes an object: the pinned one, else the one told.
pub(super) fn tenant<'a>(at: &'a Endpoint, told: Option<&'a str>) -> &'a str {
    let told = told.filter(|tenant| !tenant.trim().is_empty());
    at.tenant.as_deref().or(told).unwrap_or(DEFAULT_TENANT)
}

pub(super) fn list(at: &Endpoint, kind: Kind, query: &ServerQuery) -> Result<ApiRequest, BuildError> {
    let mut url = path(kind)?.to_owned();
    scope(kind, query)?;
    let mut pairs: Vec<(&str, &str)> = vec![];
    for (name, value) in &query.params {
        match *name {
            filters::TENANT => {}
            filters::OPERATION_STATE => pairs.push(("state", value)),
            name => pairs.push((name, value)),
        }
    }
    // What is not asked for otherwise: the newest first, and both events and logs.
    let unset = |name| query.get(name).is_none();
    match kind {
        kinds::EXECUTIONS => pairs.push(("_include", EXECUTION_FIELDS)),
        // Without it the status and the members of a group are null.
        kinds::GROUPS => pairs.push(("_get_data", "true")),
        kinds::EVENTS => {
            if unset("type") {
                pairs.extend([("type", "cloudify_event"), ("type", "cloudify_log")]);
            }
            if unset("_size") {
                pairs.push(("_size", "500"));
            }
            if unset("_sort") {
                pairs.push(("_sort", "-timestamp"));
            }
        }
        _ => {}
    }
    let everywhere = matches!(kind, kinds::EXECUTIONS | kinds::GROUPS);
    if everywhere && unset("_sort") {
        pairs.push(("_sort", "-created_at"));
    }
    if let Some(page) = &query.page {
        pairs.push(("_offset", page));
    }
    let chosen = at.tenant.as_deref().or_else(|| query.get(filters::TENANT));
    if everywhere && chosen.is_none() {
        pairs.push(("_all_tenants", "true"));
    }
    if !pairs.is_empty() {
        url.push('?');
        url.push_str(&encode_query(pairs));
    }
    to(at, Method::Get, &url, if everywhere { chosen } else { Some(chosen.unwrap_or(DEFAULT_TENANT)) })
}

/// Operations and graphs exist only within something; the server refuses to list them without it, or with both.
fn scope(kind: Kind, query: &ServerQuery) -> Result<(), BuildError> {
    let (graph, execution) = (query.get(filters::GRAPH), query.get(filters::EXECUTION));
    Err(match (kind, graph.is_some(), execution.is_some()) {
        (kinds::OPERATIONS, false, false) => BuildError::Missing(
            "Choose a tasks graph or an execution: this API lists operations only within one.",
        ),
        (kinds::OPERATIONS, true, true) => BuildError::Missing(
            "Choose a tasks graph or an execution, not both: this API lists operations only within one.",
        ),
        (kinds::GRAPHS, _, false) => {
            BuildError::Missing("Choose an execution: this API lists tasks graphs only within one.")
        }
        _ => return Ok(()),
    })
}

pub(super) fn get(at: &Endpoint, kind: Kind, key: &Key) -> Result<ApiRequest, BuildError> {
    if matches!(kind, kinds::GRAPHS | kinds::EVENTS) {
        return Err(BuildError::NotOffered);
    }
    to(at, Method::Get, &item(kind, &key.id)?, Some(tenant(at, key.tenant.as_deref())))
}

/// The path of one object. An empty id is refused: it would be the list.
pub(super) fn item(kind: Kind, id: &str) -> Result<String, BuildError> {
    let id = segment(id)?;
    let mut path = path(kind)?.to_owned();
    path.push('/');
    path.push_str(&id);
    Ok(path)
}

/// The user with their tenants and roles.
pub(super) fn tenants(at: &Endpoint) -> Result<ApiRequest, BuildError> {
    to(at, Method::Get, "user?_get_data=true", None)
}

#[cfg(test)]
#[path = "request_tests.rs"]
mod tests;
