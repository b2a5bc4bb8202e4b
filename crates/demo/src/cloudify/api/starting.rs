//! `POST /executions`: runs a workflow now or later, or puts an execution there as it is told.
//! It must not know what is checked of a deployment.

use serde_json::{Map, Value, json};

use super::super::accounts::{May, User};
use super::super::call::Call;
use super::super::dates;
use super::super::door::Reply;
use super::super::listing;
use super::super::manager::Manager;
use super::super::refusal::{Outcome, Refusal};
use super::super::world::{Execution, Forced, Order, Schedule, Status};
use super::executions::{self, RESTORES};

pub(super) fn start(manager: &mut Manager, call: &Call<'_>) -> Outcome<Reply> {
    listing::included::<&Execution>(call.query)?;
    let order = order(call)?;
    if order.deployment.is_empty() {
        call.needs(RESTORES)?;
    }
    let at = match call.text("scheduled_time")? {
        None => None,
        Some(text) => Some(
            dates::parse_schedule(text)
                .ok_or_else(|| Refusal::bad(format!("{text} is not a legal time format")))?,
        ),
    };
    let forced = forced(call)?;
    let world = &mut manager.world;
    let number = match (forced, at) {
        (Some(forced), _) => world.restore(&order, forced, call.tenant(), call.user.name)?,
        (None, Some(at)) => return schedule(manager, call, &order, at),
        (None, None) => world.start(&order, call.tenant(), call.user.name)?,
    };
    Reply::created(&executions::shown(&manager.world, number, call)?)
}

fn order<'a>(call: &'a Call<'_>) -> Outcome<Order<'a>> {
    let id = call.text("id")?.map(str::to_owned);
    if id.is_some() {
        call.needs(RESTORES)?;
    }
    Ok(Order {
        deployment: call.needed_text("deployment_id")?,
        workflow: call.needed_text("workflow_id")?,
        parameters: call.object("parameters")?,
        allow_custom: call.flag("allow_custom_parameters")?,
        force: call.flag("force")?,
        dry_run: call.flag("dry_run")?,
        queue: call.flag("queue")?,
        id,
        ..Order::default()
    })
}

/// What stands in the body if the execution is to be restored and not run.
fn forced(call: &Call<'_>) -> Outcome<Option<Forced>> {
    let created_by = call.text("created_by")?;
    if let Some(name) = created_by {
        call.needs(May::Administer("set_owner"))?;
        User::named(name).ok_or_else(|| Refusal::bad(format!("There is no user named {name}")))?;
    }
    let dates = ["created_at", "started_at", "ended_at"];
    if dates.iter().any(|name| call.given(name).is_some()) {
        call.needs(May::Administer("set_timestamp"))?;
    }
    if ["force_status", "error", "is_system_workflow"].iter().any(|name| call.given(name).is_some()) {
        call.needs(RESTORES)?;
    }
    let Some(name) = call.text("force_status")? else { return Ok(None) };
    let status =
        Status::named(name).ok_or_else(|| Refusal::bad(format!("There is no status named {name}")))?;
    Ok(Some(Forced {
        status: Some(status),
        error: call.text("error")?.map(str::to_owned),
        system: call.flag("is_system_workflow")?,
        created_by: created_by.map(str::to_owned),
        created_ms: call.moment("created_at", true)?,
        started_ms: call.moment("started_at", true)?,
        ended_ms: call.moment("ended_at", true)?,
    }))
}

/// Only the deployment is checked. The answer is an execution that does not exist, and nearly everything in it is
/// null.
fn schedule(manager: &mut Manager, call: &Call<'_>, order: &Order<'_>, at_ms: i64) -> Outcome<Reply> {
    if manager.world.deployment(call.tenant(), order.deployment).is_none() {
        return Err(Refusal::not_found("Deployment", order.deployment));
    }
    if at_ms <= call.now {
        return Err(Refusal::bad("Date `scheduled_time` is in the past."));
    }
    let fields = listing::included::<&Execution>(call.query)?;
    let hex: String = manager.world.uuid().chars().filter(char::is_ascii_hexdigit).take(8).collect();
    let wait = call.given("wait_after_fail").and_then(Value::as_u64).unwrap_or(600);
    manager.world.schedules.push(Schedule {
        id: format!("{}_{hex}", order.workflow),
        workflow: order.workflow.to_owned(),
        deployment: order.deployment.to_owned(),
        tenant: call.tenant(),
        parameters: order.parameters.clone().into(),
        arguments: json!({ "allow_custom_parameters": order.allow_custom, "force": order.force,
                           "is_dry_run": order.dry_run, "wait_after_fail": wait }),
        at_ms,
        created_ms: call.now,
        created_by: call.user.name.to_owned(),
    });
    let field = |name: &str| match name {
        "status" | "status_display" => "scheduled".into(),
        "total_operations" | "finished_operations" => 0.into(),
        _ => Value::Null,
    };
    let body: Map<String, Value> = fields.into_iter().map(|name| (name.to_owned(), field(name))).collect();
    Reply::created(&body.into())
}

pub(super) fn schedules(manager: &mut Manager, call: &Call<'_>) -> Outcome<Reply> {
    let all: Vec<&Schedule> =
        manager.world.schedules.iter().filter(|schedule| call.covers(schedule.tenant)).collect();
    Reply::ok(&listing::envelope(call.query, &listing::list(call.query, all)?)?)
}
