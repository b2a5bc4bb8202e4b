//! To the wire: what each action sends. Refuses what is missing or would do more than was meant; what a body holds is
//! checked in `body`, deleting by criteria in `retention`.

use super::body::{self, Body, filled};
use super::request::{item, path, tenant, to};
use super::{kinds, retention};
use crate::dialect::{ActionCall, BuildError, Endpoint, KindTable, Reach};
use crate::http::{ApiRequest, Method, encode_query};

/// What a dump of groups holds, as the manager's own client asks for it.
const DUMP: &str = "id,created_at,workflow_id,execution_ids,concurrency,deployment_group_id,created_by";

pub(super) fn request(at: &Endpoint, table: &KindTable, call: &ActionCall) -> Result<ApiRequest, BuildError> {
    let action =
        table.actions.iter().find(|action| action.id == call.action).ok_or(BuildError::NotOffered)?;
    let told = filled(call, "tenant").or(call.key.tenant.as_deref());
    let tenant = tenant(at, told);
    let one = || item(table.id, &call.key.id);
    if action.reach == Reach::Item {
        one()?;
    }
    // The whole of the inputs, for the calls that send them as they are.
    let inputs = |elsewhere: &[&str]| body::of(action, call, elsewhere);
    let (method, path, body) = match (table.id, action.id) {
        (_, "cancel" | "force-cancel" | "kill" | "resume" | "force-resume" | "requeue") => {
            let mut body = Body::default();
            body.text("action", action.id);
            (Method::Post, one()?, Some(body))
        }
        (_, "update-status" | "update-state" | "set-concurrency") => {
            (Method::Patch, one()?, Some(inputs(&[])?))
        }
        (_, "set-target-groups") => {
            if filled(call, "success_group_id").or(filled(call, "failure_group_id")).is_none() {
                return Err(BuildError::Missing("Name a success group, a failure group or both."));
            }
            (Method::Patch, one()?, Some(inputs(&[])?))
        }
        // One execution is deleted by criteria too: there is no such call on an id.
        (kinds::EXECUTIONS, "delete") => {
            let mut path = String::from("executions?");
            path.push_str(&encode_query([("id", &*call.key.id)]));
            (Method::Delete, path, Some(Body::default()))
        }
        (_, "delete") => (Method::Delete, one()?, None),
        (_, "should-start") => (Method::Get, [&*one()?, "/should-start"].concat(), None),
        (_, "start" | "create" | "start-group" | "create-group") => {
            (Method::Post, path(table.id)?.to_owned(), Some(inputs(&["tenant"])?))
        }
        (_, "create-operation") => {
            let mut body = inputs(&["tenant", "id"])?;
            for (name, empty) in [("dependencies", "[]"), ("parameters", "{}")] {
                if filled(call, name).is_none() {
                    body.raw(name, empty);
                }
            }
            (Method::Put, item(table.id, filled(call, "id").unwrap_or_default())?, Some(body))
        }
        (_, "create-graph") => {
            (Method::Post, "tasks_graphs/tasks_graphs".to_owned(), Some(inputs(&["tenant"])?))
        }
        (_, retention::ACTION) => return retention::request(at, call, tenant),
        (_, "count-by-status") => {
            return everywhere(at, "summary/executions?_target_field=status".to_owned(), told);
        }
        (_, "dump") => {
            inputs(&[])?;
            let mut path = String::from("execution-groups?");
            let mut pairs = vec![("_get_data", "true"), ("_get_all_results", "true"), ("_include", DUMP)];
            let mut ids = vec![];
            super::parse::elements(filled(call, "execution_group_ids").unwrap_or_default(), &mut |id| {
                ids.push(crate::json::fields::as_text(id).unwrap_or_default().into_owned());
            });
            pairs.extend(ids.iter().map(|id| ("id", &**id)));
            path.push_str(&encode_query(pairs));
            return everywhere(at, path, told);
        }
        _ => return Err(BuildError::NotOffered),
    };
    let request = to(at, method, &path, Some(tenant))?;
    Ok(match body {
        Some(body) => request.json(body.done()),
        None => request,
    })
}

/// A question to one tenant, or to all where none is pinned or told. `path` has a query already.
fn everywhere(at: &Endpoint, mut path: String, told: Option<&str>) -> Result<ApiRequest, BuildError> {
    let tenant = at.tenant.as_deref().or(told);
    if tenant.is_none() {
        path.push_str("&_all_tenants=true");
    }
    to(at, Method::Get, &path, tenant)
}

#[cfg(test)]
#[path = "act_tests.rs"]
mod tests;
