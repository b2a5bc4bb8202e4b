//! Execution groups, and the deployment groups they run on. It must not know how members are started.

use serde_json::{Value, json};

use super::super::accounts::May;
use super::super::call::Call;
use super::super::dates;
use super::super::door::Reply;
use super::super::listing::{self, Column, Field, Item, computed, field};
use super::super::manager::Manager;
use super::super::refusal::{Outcome, Refusal};
use super::super::world::{Action, DeploymentGroup, Group, GroupOrder, World};
use super::executions;

/// A group as it is shown: its members and status only in some answers.
struct View<'a> {
    group: &'a Group,
    members: Option<(Vec<&'a str>, Option<&'static str>)>,
}

impl<'a> View<'a> {
    fn whole(world: &'a World, group: &'a Group) -> Self {
        let ids = world.members(group).into_iter().map(|execution| execution.id.as_str()).collect();
        Self { group, members: Some((ids, world.group_status(group))) }
    }

    fn bare(group: &'a Group) -> Self {
        Self { group, members: None }
    }
}

impl Item for View<'_> {
    const FIELDS: &'static [Field] = &[
        field("id", Column::Text),
        field("created_at", Column::Date),
        field("visibility", Column::Text),
        field("workflow_id", Column::Text),
        field("concurrency", Column::Int),
        field("deployment_group_id", Column::Text),
        field("tenant_name", Column::Text),
        field("created_by", Column::Text),
        field("resource_availability", Column::Text),
        field("private_resource", Column::Bool),
        computed("execution_ids"),
        computed("status"),
    ];

    fn value(&self, field: &str) -> Value {
        let group = self.group;
        match field {
            "id" => group.id.as_str().into(),
            "created_at" => dates::value(Some(group.created_ms)),
            "visibility" | "resource_availability" => "tenant".into(),
            "workflow_id" => group.workflow.as_str().into(),
            "concurrency" => group.concurrency.into(),
            "deployment_group_id" => group.deployment_group.as_str().into(),
            "tenant_name" => group.tenant.into(),
            "created_by" => group.created_by.as_str().into(),
            "private_resource" => false.into(),
            "execution_ids" => self.members.as_ref().map(|(ids, _)| ids.clone()).into(),
            "status" => self.members.as_ref().and_then(|(_, status)| *status).into(),
            _ => Value::Null,
        }
    }
}

pub(super) fn list(manager: &mut Manager, call: &Call<'_>) -> Outcome<Reply> {
    let whole = call.query.flag("_get_data")?;
    let world = &manager.world;
    let mut groups: Vec<&Group> = world.groups.iter().filter(|group| call.covers(group.tenant)).collect();
    groups.sort_by_key(|group| group.created_ms);
    let view = |group| if whole { View::whole(world, group) } else { View::bare(group) };
    let found = listing::list(call.query, groups.into_iter().map(view).collect())?;
    Reply::ok(&listing::envelope(call.query, &found)?)
}

/// In which tenant a single group is looked for.
fn tenant(call: &Call<'_>) -> Option<super::super::accounts::Tenant> {
    (!call.everywhere).then(|| call.tenant())
}

fn answer(world: &World, id: &str, call: &Call<'_>, whole: bool) -> Outcome<Reply> {
    let group = world.group(tenant(call), id)?;
    let view = if whole { View::whole(world, group) } else { View::bare(group) };
    Reply::ok(&listing::shown(&view, &listing::included::<View<'_>>(call.query)?))
}

pub(super) fn get(manager: &mut Manager, call: &Call<'_>) -> Outcome<Reply> {
    answer(&manager.world, call.id(), call, true)
}

/// Whole and not negative, as a limit must be.
fn concurrency(call: &Call<'_>) -> Outcome<Option<i64>> {
    let Some(value) = call.given("concurrency") else { return Ok(None) };
    let shown = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    value
        .as_i64()
        .filter(|number| *number >= 0)
        .map(Some)
        .ok_or_else(|| Refusal::bad(format!("concurrency must be a nonnegative number, but got: {shown}")))
}

pub(super) fn start(manager: &mut Manager, call: &Call<'_>) -> Outcome<Reply> {
    listing::included::<View<'_>>(call.query)?;
    let id = call.text("id")?.map(str::to_owned);
    if id.is_some() {
        call.needs(May::Administer("set_execution_group_details"))?;
    }
    let created_by = call.text("created_by")?.map(str::to_owned);
    if created_by.is_some() {
        call.needs(May::Administer("set_owner"))?;
    }
    let created_ms = call.moment("created_at", true)?;
    if created_ms.is_some() {
        call.needs(May::Administer("set_timestamp"))?;
    }
    let associated = match call.given("associated_executions") {
        None => None,
        Some(Value::Array(ids)) => {
            let ids: Vec<&str> = ids.iter().filter_map(Value::as_str).collect();
            Some(executions::numbers(&manager.world, &ids, call)?)
        }
        Some(other) => {
            return Err(Refusal::bad(format!("associated_executions must be a list, got {other}")));
        }
    };
    let order = GroupOrder {
        deployment_group: call.needed_text("deployment_group_id")?,
        workflow: call.needed_text("workflow_id")?,
        default_parameters: call.object("default_parameters")?,
        parameters: call.object("parameters")?,
        force: call.flag("force")?,
        concurrency: concurrency(call)?.unwrap_or(5),
        id,
        created_by,
        created_ms,
        associated,
    };
    let id = manager.world.start_group(&order, call.tenant(), call.user.name)?;
    answer(&manager.world, &id, call, true)
}

pub(super) fn act(manager: &mut Manager, call: &Call<'_>) -> Outcome<Reply> {
    listing::included::<View<'_>>(call.query)?;
    let name = call.text("action")?.ok_or_else(|| Refusal::bad("Missing action in json request body"))?;
    let action = Action::named(name, true)?;
    let id = manager.world.group(tenant(call), call.id())?.id.clone();
    manager.world.act_on_group(&id, action)?;
    answer(&manager.world, &id, call, false)
}

pub(super) fn patch(manager: &mut Manager, call: &Call<'_>) -> Outcome<Reply> {
    listing::included::<View<'_>>(call.query)?;
    let world = &mut manager.world;
    let id = world.group(tenant(call), call.id())?.id.clone();
    let concurrency = concurrency(call)?;
    let target = |name: &str| -> Outcome<Option<String>> {
        let Some(group) = call.text(name)? else { return Ok(None) };
        Ok(Some(world.deployment_group(call.tenant(), group)?.id.clone()))
    };
    let (success, failure) = (target("success_group_id")?, target("failure_group_id")?);
    if success.is_some() || failure.is_some() {
        world.set_targets(&id, success, failure);
    }
    if let Some(concurrency) = concurrency {
        world.set_concurrency(&id, concurrency);
    }
    answer(world, &id, call, false)
}

pub(super) fn targets(manager: &mut Manager, call: &Call<'_>) -> Outcome<Reply> {
    let groups: Vec<&DeploymentGroup> =
        manager.world.deployment_groups.iter().filter(|group| call.covers(group.tenant)).collect();
    Reply::ok(&listing::envelope(call.query, &listing::list(call.query, groups)?)?)
}

pub(super) fn target(manager: &mut Manager, call: &Call<'_>) -> Outcome<Reply> {
    let group = manager.world.deployment_group(call.tenant(), call.id())?;
    Reply::ok(&listing::shown(&group, &listing::included::<&DeploymentGroup>(call.query)?))
}

/// Makes a group or sets what is given of one; the deployments are set, not added.
pub(super) fn put_target(manager: &mut Manager, call: &Call<'_>) -> Outcome<Reply> {
    listing::included::<&DeploymentGroup>(call.query)?;
    let (tenant, world) = (call.tenant(), &mut manager.world);
    let visibility = call.needed_text("visibility")?;
    if !["private", "tenant", "global"].contains(&visibility) {
        return Err(Refusal::bad(format!("Invalid visibility: {visibility}")));
    }
    let deployments = match call.given("deployment_ids") {
        None => None,
        Some(Value::Array(ids)) => {
            let ids: Vec<&str> = ids.iter().filter_map(Value::as_str).collect();
            if let Some(unknown) = ids.iter().find(|id| world.deployment(tenant, id).is_none()) {
                return Err(Refusal::not_found("Deployment", unknown));
            }
            Some(ids.into_iter().map(str::to_owned).collect::<Vec<String>>())
        }
        Some(other) => return Err(Refusal::bad(format!("deployment_ids must be a list, got {other}"))),
    };
    let known = world.deployment_group(tenant, call.id()).ok().cloned();
    let mut group = known.unwrap_or_else(|| DeploymentGroup {
        id: call.id().to_owned(),
        tenant,
        description: None,
        deployments: Vec::new(),
        blueprint: None,
        inputs: json!({}),
        visibility: String::new(),
        created_ms: call.now,
        created_by: call.user.name.to_owned(),
    });
    visibility.clone_into(&mut group.visibility);
    group.description = call.text("description")?.map(str::to_owned).or(group.description);
    group.blueprint = call.text("blueprint_id")?.map(str::to_owned).or(group.blueprint);
    if let Some(inputs) = call.given("default_inputs") {
        group.inputs = inputs.clone();
    }
    group.deployments = deployments.unwrap_or(group.deployments);
    world.deployment_groups.retain(|known| !(known.tenant == tenant && known.id == group.id));
    world.deployment_groups.push(group);
    target(manager, call)
}
