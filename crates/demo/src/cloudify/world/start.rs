//! Starting executions: everything that is checked, in its order, and what a refused start leaves behind.
//! It must not know who asks.

use serde_json::{Map, Value};

use super::super::accounts::Tenant;
use super::super::refusal::{Outcome, Refusal};
use super::World;
use super::actions::PICK_UP_MS;
use super::catalogue::{Deployment, Environment};
use super::execution::{Execution, Plan};
use super::parameters;
use super::status::Status;
use super::workflows;

/// What is to be started.
#[derive(Debug, Default)]
pub(in crate::cloudify) struct Order<'a> {
    pub(in crate::cloudify) deployment: &'a str,
    pub(in crate::cloudify) workflow: &'a str,
    pub(in crate::cloudify) parameters: Map<String, Value>,
    pub(in crate::cloudify) allow_custom: bool,
    pub(in crate::cloudify) force: bool,
    pub(in crate::cloudify) dry_run: bool,
    pub(in crate::cloudify) queue: bool,
    pub(in crate::cloudify) id: Option<String>,
    pub(in crate::cloudify) group: Option<&'a str>,
    /// Waits in any case, as its group is full.
    pub(in crate::cloudify) wait: bool,
    pub(in crate::cloudify) plan: Plan,
}

/// What an execution is restored with, instead of being run.
#[derive(Debug, Default)]
pub(in crate::cloudify) struct Forced {
    pub(in crate::cloudify) status: Option<Status>,
    pub(in crate::cloudify) error: Option<String>,
    pub(in crate::cloudify) system: bool,
    pub(in crate::cloudify) created_by: Option<String>,
    pub(in crate::cloudify) created_ms: Option<i64>,
    pub(in crate::cloudify) started_ms: Option<i64>,
    pub(in crate::cloudify) ended_ms: Option<i64>,
}

/// These change what others rely on.
const SHAKES_DEPENDANTS: [&str; 4] = ["stop", "uninstall", "update", "heal"];

fn environment_refusal(deployment: &Deployment) -> Option<Refusal> {
    let id = deployment.id;
    match deployment.environment {
        Environment::Ready => None,
        Environment::Pending => Some(Refusal::illegal(
            "deployment_environment_creation_pending_error",
            format!("The environment of deployment {id} waits to be created; try again when it is there"),
        )),
        Environment::Creating => Some(Refusal::illegal(
            "deployment_environment_creation_in_progress_error",
            format!("The environment of deployment {id} is being created; try again when it is there"),
        )),
        Environment::Failed => Some(Refusal::illegal(
            "deployment_creation_error",
            format!("The environment of deployment {id} could not be created, so no workflow can run on it"),
        )),
    }
}

impl World {
    /// A new execution in the hands of a worker or in the queue; or the reason why not.
    pub(in crate::cloudify) fn start(&mut self, order: &Order<'_>, tenant: Tenant, by: &str) -> Outcome<u64> {
        let deployment = self
            .deployment(tenant, order.deployment)
            .ok_or_else(|| Refusal::not_found("Deployment", order.deployment))?;
        if let Some(refusal) = environment_refusal(deployment) {
            return Err(refusal);
        }
        if !workflows::exists(deployment, order.workflow) {
            return Err(Refusal::illegal(
                "nonexistent_workflow_error",
                format!("Workflow {} does not exist in the deployment {}", order.workflow, order.deployment),
            ));
        }
        let schema = workflows::parameters(order.workflow);
        let settled = parameters::settle(order.workflow, &schema, &order.parameters, order.allow_custom)
            .map_err(|text| Refusal::illegal("illegal_execution_parameters_error", text))?;
        self.check_id(order.id.as_deref())?;
        let has_dependants = deployment.has_dependants && SHAKES_DEPENDANTS.contains(&order.workflow);
        let available = workflows::is_available(deployment, order.workflow);
        let mut execution = self.prepared(order, tenant, by, Value::Object(settled));
        if has_dependants && !order.force {
            let text = format!(
                "Can't execute workflow `{}` on deployment {}: web-shop and db-core depend on it",
                order.workflow, order.deployment
            );
            return Err(self.refused_with_record(execution, "dependent_exists_error", text));
        }
        let blocker = self.blocker(tenant, order.deployment).filter(|_| !order.force);
        if let Some(blocker) = blocker.filter(|_| !order.queue) {
            return Err(Refusal::illegal(
                "existing_running_execution_error",
                format!(
                    "Execution {} ({}) is {} on deployment {}. Queue this one, force it, or wait",
                    blocker.id,
                    blocker.workflow,
                    blocker.status.map_or("None", Status::name),
                    order.deployment
                ),
            ));
        }
        let blocked = blocker.is_some();
        if !available && !order.force {
            let text = format!(
                "Workflow {} is not available on deployment {}: its rules ask for other states of the nodes",
                order.workflow, order.deployment
            );
            return Err(self.refused_with_record(execution, "unavailable_workflow_error", text));
        }
        let system_runs = self.living().any(|other| other.system && other.is_active());
        if order.wait || blocked || system_runs {
            execution.status = Some(Status::Queued);
            return Ok(self.add(execution));
        }
        let number = self.add(execution);
        self.hand_over(number, PICK_UP_MS);
        Ok(number)
    }

    pub(in crate::cloudify) fn check_id(&self, id: Option<&str>) -> Outcome<()> {
        match id.filter(|id| self.is_known(id)) {
            None => Ok(()),
            Some(id) => Err(Refusal::conflict(format!("Execution with id {id} already exists"))),
        }
    }

    fn prepared(&mut self, order: &Order<'_>, tenant: Tenant, by: &str, parameters: Value) -> Execution {
        let id = order.id.clone().unwrap_or_else(|| self.uuid());
        // Somebody who asks for it gets a failure, and never one by chance.
        let asked_to_fail = parameters.get("operation").and_then(Value::as_str) == Some("fail");
        let plan = if asked_to_fail { Plan { fails: Some((3, 0)), retries: None } } else { order.plan };
        let deployment = self.deployment(tenant, order.deployment);
        Execution {
            deployment: Some(order.deployment.to_owned()),
            display_name: deployment.map(|deployment| deployment.display_name.to_owned()),
            blueprint: deployment.map(|deployment| deployment.blueprint.id.to_owned()),
            parameters: Some(parameters),
            dry_run: order.dry_run,
            allow_custom: order.allow_custom,
            group: order.group.map(str::to_owned),
            plan,
            ..Execution::pending(id, order.workflow, tenant, self.now, by)
        }
    }

    /// Some refusals come so late that the execution is in the database already.
    fn refused_with_record(&mut self, execution: Execution, code: &'static str, text: String) -> Refusal {
        self.add(Execution {
            status: Some(Status::Failed),
            error: Some(format!("Error preparing execution: {text}")),
            ended_ms: Some(self.now),
            manned: false,
            ..execution
        });
        Refusal::illegal(code, text)
    }

    /// An execution as it is told, which no worker runs. The deployment may be empty.
    pub(in crate::cloudify) fn restore(
        &mut self,
        order: &Order<'_>,
        forced: Forced,
        tenant: Tenant,
        by: &str,
    ) -> Outcome<u64> {
        if !order.deployment.is_empty() && self.deployment(tenant, order.deployment).is_none() {
            return Err(Refusal::not_found("Deployment", order.deployment));
        }
        self.check_id(order.id.as_deref())?;
        let prepared = self.prepared(order, tenant, by, Value::Object(order.parameters.clone()));
        let execution = Execution {
            deployment: prepared.deployment.filter(|id| !id.is_empty()),
            status: forced.status,
            error: forced.error,
            system: forced.system,
            created_by: forced.created_by.unwrap_or(prepared.created_by),
            created_ms: forced.created_ms.unwrap_or(prepared.created_ms),
            started_ms: forced.started_ms,
            ended_ms: forced.ended_ms,
            manned: false,
            ..prepared
        };
        Ok(self.add(execution))
    }
}
