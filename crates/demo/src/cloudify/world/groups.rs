//! Execution groups: one workflow on all deployments of a deployment group, so many at a time.
//! It must not know who asks.

use serde_json::{Map, Value};

use super::super::accounts::Tenant;
use super::super::refusal::{Outcome, Refusal};
use super::actions::Action;
use super::execution::Execution;
use super::start::Order;
use super::status::Status;
use super::{World, parameters, workflows};

#[derive(Debug)]
pub(in crate::cloudify) struct Group {
    pub(in crate::cloudify) id: String,
    pub(in crate::cloudify) tenant: Tenant,
    pub(in crate::cloudify) workflow: String,
    pub(in crate::cloudify) deployment_group: String,
    pub(in crate::cloudify) concurrency: i64,
    pub(in crate::cloudify) created_ms: i64,
    pub(in crate::cloudify) created_by: String,
    pub(in crate::cloudify) members: Vec<u64>,
    /// Where deployments go when their member succeeds or fails.
    pub(in crate::cloudify) targets: (Option<String>, Option<String>),
    pub(super) told: Vec<Told>,
}

/// A member changed its status.
#[derive(Debug)]
pub(super) struct Told {
    pub(super) id: u64,
    pub(super) at_ms: i64,
    pub(super) text: String,
}

/// What an execution group is made of.
#[derive(Debug)]
pub(in crate::cloudify) struct GroupOrder<'a> {
    pub(in crate::cloudify) deployment_group: &'a str,
    pub(in crate::cloudify) workflow: &'a str,
    pub(in crate::cloudify) default_parameters: Map<String, Value>,
    pub(in crate::cloudify) parameters: Map<String, Value>,
    pub(in crate::cloudify) force: bool,
    pub(in crate::cloudify) concurrency: i64,
    pub(in crate::cloudify) id: Option<String>,
    pub(in crate::cloudify) created_by: Option<String>,
    pub(in crate::cloudify) created_ms: Option<i64>,
    /// Groups executions that are there, instead of running anything.
    pub(in crate::cloudify) associated: Option<Vec<u64>>,
}

impl World {
    pub(in crate::cloudify) fn group(&self, tenant: Option<Tenant>, id: &str) -> Outcome<&Group> {
        let found = self
            .groups
            .iter()
            .find(|group| tenant.is_none_or(|tenant| group.tenant == tenant) && group.id == id);
        found.ok_or_else(|| Refusal::not_found("ExecutionGroup", id))
    }

    pub(super) fn group_mut(&mut self, id: &str) -> Option<&mut Group> {
        self.groups.iter_mut().find(|group| group.id == id)
    }

    /// The members that still exist, in their order.
    pub(in crate::cloudify) fn members(&self, group: &Group) -> Vec<&Execution> {
        group.members.iter().filter_map(|number| self.execution(*number)).collect()
    }

    /// What the statuses of all members make together.
    pub(in crate::cloudify) fn group_status(&self, group: &Group) -> Option<&'static str> {
        let statuses: Vec<Status> =
            self.members(group).iter().filter_map(|execution| execution.status).collect();
        let all = |fits: fn(&Status) -> bool| statuses.iter().all(fits);
        Some(match () {
            () if statuses.is_empty() => return None,
            () if all(|status| *status == Status::Pending) => "pending",
            () if all(|status| *status == Status::Pending || status.is_waiting()) => "queued",
            // Cancelled ones count as if they had succeeded.
            () if all(|status| status.is_terminal()) && statuses.contains(&Status::Failed) => "failed",
            () if all(|status| status.is_terminal()) => "terminated",
            () => "started",
        })
    }

    /// Starts one execution for each deployment. Bad parameters and unknown workflows leave traces, as they do in
    /// the real service.
    pub(in crate::cloudify) fn start_group(
        &mut self,
        order: &GroupOrder<'_>,
        tenant: Tenant,
        by: &str,
    ) -> Outcome<String> {
        let deployments = self.deployment_group(tenant, order.deployment_group)?.deployments.clone();
        let id = order.id.clone().unwrap_or_else(|| self.uuid());
        if self.groups.iter().any(|group| group.id == id) {
            return Err(Refusal::conflict(format!("ExecutionGroup with id {id} already exists")));
        }
        self.groups.push(Group {
            id: id.clone(),
            tenant,
            workflow: order.workflow.to_owned(),
            deployment_group: order.deployment_group.to_owned(),
            concurrency: order.concurrency,
            created_ms: order.created_ms.unwrap_or(self.now),
            created_by: order.created_by.clone().unwrap_or_else(|| by.to_owned()),
            members: Vec::new(),
            targets: (None, None),
            told: Vec::new(),
        });
        if let Some(associated) = &order.associated {
            self.associate(&id, associated);
            return Ok(id);
        }
        if !workflows::NAMES.contains(&order.workflow) {
            for deployment in &deployments {
                self.leave_orphan(order.workflow, deployment, tenant, by);
            }
            return Ok(id);
        }
        let schema = workflows::parameters(order.workflow);
        for deployment in &deployments {
            parameters::settle(order.workflow, &schema, &order.parameters_of(deployment), false)
                .map_err(|text| Refusal::illegal("illegal_execution_parameters_error", text))?;
        }
        let limit = usize::try_from(order.concurrency).unwrap_or(0);
        for deployment in &deployments {
            let member = Order {
                deployment,
                workflow: order.workflow,
                parameters: order.parameters_of(deployment),
                force: order.force,
                queue: true,
                group: Some(&id),
                wait: self.active_in(&id) >= limit,
                ..Order::default()
            };
            let number = self.start(&member, tenant, by)?;
            if let Some(group) = self.group_mut(&id) {
                group.members.push(number);
            }
            self.tell_group(number);
        }
        Ok(id)
    }

    fn associate(&mut self, id: &str, numbers: &[u64]) {
        for number in numbers {
            if let Some(execution) = self.executions.get_mut(number) {
                execution.group = Some(id.to_owned());
            }
        }
        if let Some(group) = self.group_mut(id) {
            group.members.extend_from_slice(numbers);
        }
    }

    /// Neither started nor ended: no status at all.
    pub(super) fn leave_orphan(&mut self, workflow: &str, deployment: &str, tenant: Tenant, by: &str) {
        let (id, now) = (self.uuid(), self.now);
        let found = self.deployment(tenant, deployment);
        let names = found.map(|found| (found.display_name.to_owned(), found.blueprint.id.to_owned()));
        let (display_name, blueprint) = names.unzip();
        self.add(Execution {
            deployment: Some(deployment.to_owned()),
            display_name,
            blueprint,
            status: None,
            parameters: None,
            manned: false,
            ..Execution::pending(id, workflow, tenant, now, by)
        });
    }

    /// The cancelling kinds are all or nothing, except that what waits is cancelled in any case.
    pub(in crate::cloudify) fn act_on_group(&mut self, id: &str, action: Action) -> Outcome<()> {
        let Some(group) = self.groups.iter().find(|group| group.id == id) else {
            return Err(Refusal::not_found("ExecutionGroup", id));
        };
        let members: Vec<(u64, Option<Status>)> =
            self.members(group).iter().map(|execution| (execution.number, execution.status)).collect();
        let limit = usize::try_from(group.concurrency).unwrap_or(0);
        if action.cancelling().is_none() {
            let again = members
                .iter()
                .filter(|(_, status)| matches!(status, Some(Status::Failed | Status::Cancelled)));
            for (number, _) in again {
                self.restart(*number, id, limit, action == Action::ForceResume);
            }
            return Ok(());
        }
        for (number, _) in members.iter().filter(|(_, status)| *status == Some(Status::Queued)) {
            self.cancel_queued(*number);
        }
        let rest: Vec<u64> = members
            .iter()
            .filter(|(_, status)| {
                status.is_some_and(|status| status != Status::Queued && !status.is_terminal())
            })
            .map(|(number, _)| *number)
            .collect();
        if rest.is_empty() {
            return Err(Refusal::missing("Requested `Execution` [] was not found"));
        }
        for number in &rest {
            self.check(*number, action)?;
        }
        rest.iter().try_for_each(|number| self.act(*number, action))
    }

    fn cancel_queued(&mut self, number: u64) {
        let Some(execution) = self.executions.get_mut(&number) else { return };
        execution.status = Some(Status::Cancelled);
        execution.error = Some(String::new());
        execution.run += 1;
        self.live.remove(&number);
        self.tell_group(number);
    }

    /// Unlike a single resume it does not mark the execution as resumed.
    fn restart(&mut self, number: u64, group: &str, limit: usize, force: bool) {
        self.reset_tasks(number, force);
        let full = self.active_in(group) >= limit;
        if let Some(execution) = self.executions.get_mut(&number) {
            execution.ended_ms = None;
            execution.manned = true;
        }
        self.move_to(number, if full { Status::Queued } else { Status::Pending }, None);
        if !full {
            self.hand_over(number, super::actions::PICK_UP_MS);
        }
    }

    /// More room lets waiting members start at once; none holds them back.
    pub(in crate::cloudify) fn set_concurrency(&mut self, id: &str, concurrency: i64) {
        if let Some(group) = self.group_mut(id) {
            group.concurrency = concurrency;
        }
        self.dequeue();
    }

    /// Every change of a member is an event of its group.
    pub(super) fn tell_group(&mut self, number: u64) {
        let Some(execution) = self.executions.get(&number) else { return };
        let Some(group) = execution.group.clone() else { return };
        let mut text = format!(
            "execution '{}' changed state to '{}'",
            execution.id,
            execution.status.map_or("None", Status::name)
        );
        if let Some(error) = execution.error.as_deref().filter(|error| !error.is_empty()) {
            text.push_str(&format!(" with error '{error}'"));
        }
        let (id, at_ms) = (self.events.next_id(), self.now);
        if let Some(group) = self.group_mut(&group) {
            group.told.push(Told { id, at_ms, text });
        }
    }
}

impl GroupOrder<'_> {
    /// What is given for one deployment goes before what is given for all.
    fn parameters_of(&self, deployment: &str) -> Map<String, Value> {
        let mut parameters = self.default_parameters.clone();
        if let Some(own) = self.parameters.get(deployment).and_then(Value::as_object) {
            parameters.extend(own.clone());
        }
        parameters
    }
}
