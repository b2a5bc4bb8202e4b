//! Executions: listing, showing, acting on, reporting, deleting and counting them. Starting is elsewhere.
//! It must not know how an execution changes.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::super::accounts::May;
use super::super::call::Call;
use super::super::dates;
use super::super::door::Reply;
use super::super::listing::{self, Item};
use super::super::manager::Manager;
use super::super::refusal::{Outcome, Refusal};
use super::super::world::{Action, Execution, Sweep, World};

/// Those that the tenant, the group and the system flag leave, in the order of their creation.
fn reachable<'a>(world: &'a World, call: &Call<'_>) -> Outcome<Vec<&'a Execution>> {
    let with_system = call.query.flag("_include_system_workflows")?;
    let group = call.query.one("_group_id");
    let mut found: Vec<&Execution> = world
        .executions()
        .filter(|execution| call.covers(execution.tenant))
        .filter(|execution| with_system || !execution.system)
        .filter(|execution| group.is_none() || execution.group.as_deref() == group)
        .collect();
    found.sort_by_key(|execution| execution.created_ms);
    Ok(found)
}

pub(super) fn list(manager: &mut Manager, call: &Call<'_>) -> Outcome<Reply> {
    let found = listing::list(call.query, reachable(&manager.world, call)?)?;
    Reply::ok(&listing::envelope(call.query, &found)?)
}

pub(super) fn found<'a>(world: &'a World, call: &Call<'_>) -> Outcome<&'a Execution> {
    world.execution_named(call.id(), call.tenant()).ok_or_else(|| Refusal::not_found("Execution", call.id()))
}

/// One execution with the fields that are asked for.
pub(super) fn shown(world: &World, number: u64, call: &Call<'_>) -> Outcome<Value> {
    let fields = listing::included::<&Execution>(call.query)?;
    let execution =
        world.execution(number).ok_or_else(|| Refusal::missing("Requested `Execution` [] was not found"))?;
    Ok(listing::shown(&execution, &fields))
}

pub(super) fn get(manager: &mut Manager, call: &Call<'_>) -> Outcome<Reply> {
    let number = found(&manager.world, call)?.number;
    Reply::ok(&shown(&manager.world, number, call)?)
}

pub(super) fn act(manager: &mut Manager, call: &Call<'_>) -> Outcome<Reply> {
    listing::included::<&Execution>(call.query)?;
    let name = call.text("action")?.ok_or_else(|| Refusal::bad("Missing action in json request body"))?;
    let action = Action::named(name, false)?;
    let number = match manager.world.execution_named(call.id(), call.tenant()) {
        Some(execution) => execution.number,
        // The real service words it as a list where it cancels, and as one where it resumes.
        None if matches!(action, Action::Resume | Action::ForceResume) => {
            return Err(Refusal::not_found("Execution", call.id()));
        }
        None => {
            return Err(Refusal::missing(format!("Requested `Execution` ['{}'] was not found", call.id())));
        }
    };
    manager.world.act(number, action)?;
    Reply::ok(&shown(&manager.world, number, call)?)
}

pub(super) fn patch(manager: &mut Manager, call: &Call<'_>) -> Outcome<Reply> {
    listing::included::<&Execution>(call.query)?;
    let status = call.needed_text("status")?;
    let error = call.text("error")?.unwrap_or_default();
    let number = found(&manager.world, call)?.number;
    manager.world.report(number, status, error)?;
    Reply::ok(&shown(&manager.world, number, call)?)
}

/// `{}` means all that match; the filters are in the query.
pub(super) fn delete(manager: &mut Manager, call: &Call<'_>) -> Outcome<Reply> {
    if call.query.one("status").is_some() {
        return Err(Refusal::bad(
            "Executions are deleted whatever their final status; `status` is no filter here",
        ));
    }
    let bound = match call.text("to_datetime")? {
        None => None,
        Some(text) => Some(
            dates::parse_bound(text)
                .ok_or_else(|| Refusal::bad(format!("{text} is not a legal time format")))?,
        ),
    };
    let keep = match call.given("keep_last") {
        None => None,
        Some(value) => Some(
            value
                .as_u64()
                .and_then(|keep| usize::try_from(keep).ok())
                .filter(|keep| *keep > 0)
                .ok_or_else(|| Refusal::bad(format!("keep_last must be a positive number, got {value}")))?,
        ),
    };
    let sweep = match (bound, keep) {
        (Some(_), Some(_)) => return Err(Refusal::bad("Give to_datetime or keep_last, not both")),
        (Some(bound), None) => Sweep::CreatedBefore(bound),
        (None, Some(keep)) => Sweep::KeepLast(keep),
        (None, None) => Sweep::All,
    };
    let reachable = manager.world.executions().filter(|execution| call.covers(execution.tenant)).collect();
    let matching = listing::filtered(call.query, reachable)?;
    let numbers: Vec<u64> = matching.iter().map(|execution| execution.number).collect();
    let count = manager.world.sweep(&numbers, sweep);
    Reply::ok(&json!({ "items": [{ "count": count }], "metadata": { "pagination": {} } }))
}

/// Whether it could run now. The real 7.0.5 always falls over here; this follows what it was meant to do, except
/// where the id or the deployment asks for the real behaviour.
pub(super) fn should_start(manager: &mut Manager, call: &Call<'_>) -> Outcome<Reply> {
    const FAILS: &str = "-fail-500";
    let world = &manager.world;
    let execution = found(world, call)?;
    let deployment = execution.deployment.as_deref().unwrap_or_default();
    if execution.id.contains(FAILS) || deployment.contains(FAILS) {
        return Err(Refusal::crash("get_execution() takes 2 positional arguments but 3 were given"));
    }
    let blocked = world.living().any(|other| {
        other.number != execution.number
            && other.is_active()
            && (other.system
                || other.tenant == execution.tenant
                    && other.deployment.is_some()
                    && other.deployment == execution.deployment)
    });
    Reply::ok(&json!(!blocked))
}

/// How many executions there are for each value of a field.
pub(super) fn summary(manager: &mut Manager, call: &Call<'_>) -> Outcome<Reply> {
    const FIELDS: [&str; 7] = [
        "status",
        "status_display",
        "workflow_id",
        "deployment_id",
        "deployment_display_name",
        "blueprint_id",
        "tenant_name",
    ];
    let field = call.query.one("_target_field").unwrap_or_default();
    if !FIELDS.contains(&field) {
        return Err(Refusal::bad(format!(
            "Field {field} is not supported for summaries. Supported: {FIELDS:?}"
        )));
    }
    let matching = listing::filtered(call.query, reachable(&manager.world, call)?)?;
    let mut counts: BTreeMap<Option<String>, usize> = BTreeMap::new();
    for execution in &matching {
        *counts.entry(execution.value(field).as_str().map(str::to_owned)).or_default() += 1;
    }
    let page = call.query.page(1000)?;
    let total = counts.len();
    let items =
        page.cut(counts.into_iter().map(|(value, count)| json!({ field: value, "executions": count })));
    Reply::ok(&json!({ "items": items, "metadata": listing::metadata(total, page) }))
}

/// The numbers of executions named by their ids, all of which must exist.
pub(super) fn numbers(world: &World, ids: &[&str], call: &Call<'_>) -> Outcome<Vec<u64>> {
    ids.iter()
        .map(|id| {
            let found = world.execution_named(id, call.tenant());
            found.map(|execution| execution.number).ok_or_else(|| Refusal::not_found("Execution", id))
        })
        .collect()
}

/// Restoring needs more than starting.
pub(super) const RESTORES: May = May::Administer("set_execution_details");
