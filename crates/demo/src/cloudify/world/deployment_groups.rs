//! Deployment groups: what execution groups run on, and where deployments go by their results.
//! It must not know how members run.

use serde_json::{Value, json};

use super::super::accounts::{DEFAULT, OSAKA, Tenant};
use super::super::dates;
use super::super::listing::{Column, Field, Item, computed, field};
use super::super::refusal::{Outcome, Refusal};
use super::World;
use super::status::Status;

#[derive(Debug, Clone)]
pub(in crate::cloudify) struct DeploymentGroup {
    pub(in crate::cloudify) id: String,
    pub(in crate::cloudify) tenant: Tenant,
    pub(in crate::cloudify) description: Option<String>,
    pub(in crate::cloudify) deployments: Vec<String>,
    pub(in crate::cloudify) blueprint: Option<String>,
    pub(in crate::cloudify) inputs: Value,
    pub(in crate::cloudify) visibility: String,
    pub(in crate::cloudify) created_ms: i64,
    pub(in crate::cloudify) created_by: String,
}

pub(super) fn all(start_ms: i64) -> Vec<DeploymentGroup> {
    let group = |id: &str, tenant, description: &str, deployments: &[&str]| DeploymentGroup {
        id: id.to_owned(),
        tenant,
        description: Some(description.to_owned()),
        deployments: deployments.iter().map(|id| (*id).to_owned()).collect(),
        blueprint: None,
        inputs: json!({}),
        visibility: "tenant".to_owned(),
        created_ms: start_ms - 2_000_000_000,
        created_by: "admin".to_owned(),
    };
    vec![
        group(
            "core",
            DEFAULT,
            "Everything that customers notice",
            &["web-shop", "db-core", "edge-router-01", "edge-router-02", "edge-router-03"],
        ),
        group("calm", DEFAULT, "Nothing comes up here by itself", &["backup-vault", "edge-router-04"]),
        group("night", DEFAULT, "Runs at night only", &["shared-dns", "lab-noworker"]),
        group("patched", DEFAULT, "Deployments where the last patch went well", &[]),
        group("unwell", DEFAULT, "Deployments where the last patch failed", &[]),
        group("osaka-all", OSAKA, "All of Osaka", &["osaka-router-01", "osaka-cdn", "osaka-gw"]),
    ]
}

impl World {
    pub(in crate::cloudify) fn deployment_group(
        &self,
        tenant: Tenant,
        id: &str,
    ) -> Outcome<&DeploymentGroup> {
        let found = self.deployment_groups.iter().find(|group| group.tenant == tenant && group.id == id);
        found.ok_or_else(|| Refusal::not_found("DeploymentGroup", id))
    }

    /// From now on deployments join these groups; those whose results are there do so at once.
    pub(in crate::cloudify) fn set_targets(
        &mut self,
        id: &str,
        success: Option<String>,
        failure: Option<String>,
    ) {
        let Some(group) = self.group_mut(id) else { return };
        group.targets.0 = success.or(group.targets.0.take());
        group.targets.1 = failure.or(group.targets.1.take());
        for number in group.members.clone() {
            self.join_target_group(number);
        }
    }

    pub(super) fn join_target_group(&mut self, number: u64) {
        let Some(execution) = self.executions.get(&number) else { return };
        let Some(group) = self.groups.iter().find(|group| Some(&group.id) == execution.group.as_ref()) else {
            return;
        };
        let target = match execution.status {
            Some(Status::Terminated) => group.targets.0.as_ref(),
            Some(Status::Failed) => group.targets.1.as_ref(),
            _ => None,
        };
        let (Some(target), Some(deployment)) = (target, &execution.deployment) else { return };
        let found = self
            .deployment_groups
            .iter_mut()
            .find(|known| known.tenant == execution.tenant && known.id == *target);
        if let Some(found) = found.filter(|found| !found.deployments.contains(deployment)) {
            found.deployments.push(deployment.clone());
        }
    }
}

impl Item for &DeploymentGroup {
    const FIELDS: &'static [Field] = &[
        field("id", Column::Text),
        field("description", Column::Text),
        computed("deployment_ids"),
        field("default_blueprint_id", Column::Text),
        computed("default_inputs"),
        computed("labels"),
        field("creation_counter", Column::Int),
        field("created_at", Column::Date),
        field("created_by", Column::Text),
        field("visibility", Column::Text),
        field("tenant_name", Column::Text),
        field("resource_availability", Column::Text),
        field("private_resource", Column::Bool),
    ];

    fn value(&self, field: &str) -> Value {
        match field {
            "id" => self.id.as_str().into(),
            "description" => self.description.as_deref().into(),
            "deployment_ids" => self.deployments.clone().into(),
            "default_blueprint_id" => self.blueprint.as_deref().into(),
            "default_inputs" => self.inputs.clone(),
            "labels" => json!([]),
            "creation_counter" => 0.into(),
            "created_at" => dates::value(Some(self.created_ms)),
            "created_by" => self.created_by.as_str().into(),
            "visibility" | "resource_availability" => self.visibility.as_str().into(),
            "tenant_name" => self.tenant.into(),
            "private_resource" => (self.visibility == "private").into(),
            _ => Value::Null,
        }
    }
}
