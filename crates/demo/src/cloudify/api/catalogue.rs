//! What a start form needs: deployments, their workflows, and blueprints. It must not know executions beyond the
//! newest of a deployment.

use serde_json::{Map, Value, json};

use super::super::accounts::Tenant;
use super::super::call::Call;
use super::super::dates;
use super::super::door::Reply;
use super::super::listing::{self, Column, Field, Item, computed, field};
use super::super::manager::Manager;
use super::super::refusal::{Outcome, Refusal};
use super::super::world::{Deployment, Environment, Execution, Status, World, workflows as flows};

struct View<'a> {
    deployment: &'a Deployment,
    latest: Option<&'a Execution>,
    /// Whether the workflows are really there, or only something that looks like them.
    whole: bool,
}

impl<'a> View<'a> {
    fn of(world: &'a World, deployment: &'a Deployment, whole: bool) -> Self {
        let latest = deployment.latest.and_then(|number| world.execution(number));
        Self { deployment, latest, whole }
    }

    fn latest_status(&self) -> Option<&'static str> {
        self.latest.and_then(|execution| execution.status).map(|status| match status {
            Status::Terminated => "completed",
            Status::Failed => "failed",
            Status::Cancelled => "cancelled",
            _ => "in_progress",
        })
    }

    fn workflows(&self) -> Value {
        if self.whole || self.deployment.environment != Environment::Ready {
            return flows::items(self.deployment);
        }
        json!([{ "name": null, "plugin": null, "operation": null, "parameters": null, "is_cascading": null,
                 "is_available": null, "availability_rules": null }])
    }
}

impl Item for View<'_> {
    const FIELDS: &'static [Field] = &[
        field("id", Column::Text),
        field("display_name", Column::Text),
        field("blueprint_id", Column::Text),
        field("description", Column::Text),
        field("created_at", Column::Date),
        field("updated_at", Column::Date),
        field("created_by", Column::Text),
        field("tenant_name", Column::Text),
        field("visibility", Column::Text),
        field("resource_availability", Column::Text),
        field("private_resource", Column::Bool),
        computed("workflows"),
        computed("inputs"),
        computed("labels"),
        field("latest_execution", Column::Text),
        field("latest_execution_status", Column::Text),
        field("latest_execution_workflow_id", Column::Text),
        field("latest_execution_total_operations", Column::Int),
        field("latest_execution_finished_operations", Column::Int),
        field("deployment_status", Column::Text),
        field("installation_status", Column::Text),
    ];

    fn value(&self, field: &str) -> Value {
        let deployment = self.deployment;
        let latest = |field: &str| self.latest.map_or(Value::Null, |execution| execution.value(field));
        match field {
            "id" => deployment.id.into(),
            "display_name" => deployment.display_name.into(),
            "blueprint_id" => deployment.blueprint.id.into(),
            "description" => deployment.blueprint.description.into(),
            "created_at" | "updated_at" => dates::value(Some(deployment.created_ms)),
            "created_by" => "admin".into(),
            "tenant_name" => deployment.tenant.into(),
            "visibility" | "resource_availability" => "tenant".into(),
            "private_resource" => false.into(),
            "workflows" => self.workflows(),
            "inputs" => json!({ "region": "jp1" }),
            "labels" => json!([]),
            "latest_execution" => latest("id"),
            "latest_execution_status" => self.latest_status().into(),
            "latest_execution_workflow_id" => latest("workflow_id"),
            "latest_execution_total_operations" => latest("total_operations"),
            "latest_execution_finished_operations" => latest("finished_operations"),
            "deployment_status" => match self.latest_status() {
                Some("in_progress") => "in_progress",
                Some("failed" | "cancelled") => "requires_attention",
                _ if !deployment.installed => "requires_attention",
                _ => "good",
            }
            .into(),
            "installation_status" => if deployment.installed { "active" } else { "inactive" }.into(),
            _ => Value::Null,
        }
    }
}

/// Those of the call's tenants that the search texts leave; two kinds of text are alternatives.
fn searched<'a>(world: &'a World, call: &Call<'_>) -> Vec<&'a Deployment> {
    let text = |name: &str| call.query.one(name).map(str::to_lowercase);
    let (by_id, by_name) = (text("_search"), text("_search_name"));
    let holds = |wanted: &Option<String>, found: &str| {
        wanted.as_ref().is_some_and(|wanted| found.to_lowercase().contains(wanted))
    };
    world
        .deployments
        .iter()
        .filter(|deployment| call.covers(deployment.tenant))
        .filter(|deployment| {
            by_id.is_none() && by_name.is_none()
                || holds(&by_id, deployment.id)
                || holds(&by_name, deployment.display_name)
        })
        .collect()
}

fn listed(manager: &Manager, call: &Call<'_>, fits: impl Fn(&View<'_>) -> bool) -> Outcome<Reply> {
    let (world, whole) = (&manager.world, call.query.flag("_get_data")?);
    let mut deployments = searched(world, call);
    deployments.sort_by_key(|deployment| deployment.created_ms);
    let views = deployments.into_iter().map(|deployment| View::of(world, deployment, whole));
    let found = listing::list(call.query, views.filter(fits).collect())?;
    Reply::ok(&listing::envelope(call.query, &found)?)
}

pub(super) fn deployments(manager: &mut Manager, call: &Call<'_>) -> Outcome<Reply> {
    listed(manager, call, |_| true)
}

pub(super) fn deployment(manager: &mut Manager, call: &Call<'_>) -> Outcome<Reply> {
    let deployment = manager
        .world
        .deployment(call.tenant(), call.id())
        .ok_or_else(|| Refusal::not_found("Deployment", call.id()))?;
    let fields = listing::included::<View<'_>>(call.query)?;
    Reply::ok(&listing::shown(&View::of(&manager.world, deployment, true), &fields))
}

/// One rule on an attribute, as far as deployments have any.
struct Rule<'a> {
    key: &'a str,
    operator: &'a str,
    values: Vec<&'a str>,
}

fn rule(value: &Value) -> Outcome<Rule<'_>> {
    let text = |name: &str| value.get(name).and_then(Value::as_str).unwrap_or_default();
    let rule = Rule {
        key: text("key"),
        operator: text("operator"),
        values: value
            .get("values")
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
            .collect(),
    };
    let known =
        ["any_of", "not_any_of", "contains", "not_contains", "starts_with", "ends_with", "is_not_empty"];
    let keys = ["blueprint_id", "display_name", "created_by", "id", "tenant_name", "installation_status"];
    if text("type") != "attribute" {
        return Err(Refusal::rule(value, "only rules of the type attribute are known here"));
    }
    if !known.contains(&rule.operator) {
        return Err(Refusal::rule(value, &format!("the operator must be one of {known:?}")));
    }
    if !keys.contains(&rule.key) {
        return Err(Refusal::rule(value, &format!("the key must be one of {keys:?}")));
    }
    Ok(rule)
}

impl Rule<'_> {
    fn fits(&self, found: &str) -> bool {
        let any = |fits: fn(&str, &str) -> bool| self.values.iter().any(|value| fits(found, value));
        match self.operator {
            "any_of" => any(|found, value| found == value),
            "not_any_of" => !any(|found, value| found == value),
            "contains" => any(|found, value| found.contains(value)),
            "not_contains" => !any(|found, value| found.contains(value)),
            "starts_with" => any(|found, value| found.starts_with(value)),
            "ends_with" => any(|found, value| found.ends_with(value)),
            _ => !found.is_empty(),
        }
    }
}

pub(super) fn search_deployments(manager: &mut Manager, call: &Call<'_>) -> Outcome<Reply> {
    let rules = call.given("filter_rules").and_then(Value::as_array).into_iter().flatten();
    let rules: Vec<Rule<'_>> = rules.map(rule).collect::<Outcome<_>>()?;
    listed(manager, call, |view| {
        rules.iter().all(|rule| rule.fits(view.value(rule.key).as_str().unwrap_or_default()))
    })
}

/// The union over the deployments, each workflow once for a blueprint. The list is never cut.
fn union<'a>(deployments: impl Iterator<Item = &'a Deployment>) -> Outcome<Reply> {
    let mut seen: Vec<(&str, Tenant)> = Vec::new();
    let mut items = Vec::new();
    for deployment in deployments {
        let key = (deployment.blueprint.id, deployment.tenant);
        if let (false, Value::Array(own)) = (seen.contains(&key), flows::items(deployment)) {
            seen.push(key);
            items.extend(own);
        }
    }
    let total = items.len();
    let pagination = json!({ "total": total, "size": total, "offset": 0 });
    Reply::ok(&json!({ "items": items, "metadata": { "pagination": pagination } }))
}

/// Filters are fields of deployments, so it is `id`, not `deployment_id`.
pub(super) fn workflows(manager: &mut Manager, call: &Call<'_>) -> Outcome<Reply> {
    let world = &manager.world;
    let views: Vec<View<'_>> =
        searched(world, call).into_iter().map(|deployment| View::of(world, deployment, false)).collect();
    let left = listing::filtered(call.query, views)?;
    union(left.into_iter().map(|view| view.deployment))
}

pub(super) fn search_workflows(manager: &mut Manager, call: &Call<'_>) -> Outcome<Reply> {
    let Some(id) = call.query.one("deployment_id") else { return workflows(manager, call) };
    let deployment = manager.world.deployment(call.tenant(), id);
    union(std::iter::once(deployment.ok_or_else(|| Refusal::not_found("Deployment", id))?))
}

struct BlueprintView<'a>(&'a Deployment);

impl Item for BlueprintView<'_> {
    const FIELDS: &'static [Field] = &[
        field("id", Column::Text),
        field("description", Column::Text),
        field("state", Column::Text),
        field("main_file_name", Column::Text),
        field("created_at", Column::Date),
        field("updated_at", Column::Date),
        field("created_by", Column::Text),
        field("tenant_name", Column::Text),
        field("visibility", Column::Text),
        computed("plan"),
        computed("labels"),
    ];

    fn value(&self, field: &str) -> Value {
        let Self(deployment) = self;
        match field {
            "id" => deployment.blueprint.id.into(),
            "description" => deployment.blueprint.description.into(),
            "state" => "uploaded".into(),
            "main_file_name" => "blueprint.yaml".into(),
            "created_at" | "updated_at" => dates::value(Some(deployment.created_ms - 3_600_000)),
            "created_by" => "admin".into(),
            "tenant_name" => deployment.tenant.into(),
            "visibility" => "tenant".into(),
            // Everything the blueprint says, which is much: lists are to be asked without it.
            "plan" => {
                let nodes: Vec<Value> = deployment
                    .blueprint
                    .nodes
                    .iter()
                    .map(|node| json!({ "name": node, "type": "cloudify.nodes.Root", "properties": {} }))
                    .collect();
                let workflows: Map<String, Value> = flows::NAMES
                    .iter()
                    .map(|name| ((*name).to_owned(), json!({ "parameters": flows::parameters(name) })))
                    .collect();
                json!({ "nodes": nodes, "workflows": workflows })
            }
            "labels" => json!([]),
            _ => Value::Null,
        }
    }
}

/// One for each blueprint that a deployment was made of.
fn shelf<'a>(world: &'a World, call: &Call<'_>) -> Vec<BlueprintView<'a>> {
    let mut found: Vec<BlueprintView<'a>> = Vec::new();
    for deployment in world.deployments.iter().filter(|deployment| call.covers(deployment.tenant)) {
        let known = |BlueprintView(other): &BlueprintView<'_>| {
            other.blueprint.id == deployment.blueprint.id && other.tenant == deployment.tenant
        };
        if !found.iter().any(known) {
            found.push(BlueprintView(deployment));
        }
    }
    found
}

pub(super) fn blueprints(manager: &mut Manager, call: &Call<'_>) -> Outcome<Reply> {
    let mut all = shelf(&manager.world, call);
    if let Some(text) = call.query.one("_search").map(str::to_lowercase) {
        all.retain(|BlueprintView(deployment)| deployment.blueprint.id.contains(&text));
    }
    Reply::ok(&listing::envelope(call.query, &listing::list(call.query, all)?)?)
}

pub(super) fn blueprint(manager: &mut Manager, call: &Call<'_>) -> Outcome<Reply> {
    let all = shelf(&manager.world, call);
    let found = all.iter().find(|BlueprintView(deployment)| deployment.blueprint.id == call.id());
    let found = found.ok_or_else(|| Refusal::not_found("Blueprint", call.id()))?;
    Reply::ok(&listing::shown(found, &listing::included::<BlueprintView<'_>>(call.query)?))
}
