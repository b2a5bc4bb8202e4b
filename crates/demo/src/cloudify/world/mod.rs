//! The living manager: deployments, executions and all that belongs to them. Everything follows from seed, start,
//! what was asked and what time it is. It must not know HTTP, users' rights or faults.

mod actions;
mod births;
mod catalogue;
mod deleting;
mod deployment_groups;
mod events;
mod execution;
mod graph;
mod graphs;
mod groups;
mod history;
mod marks;
mod operations;
mod parameters;
mod queue;
mod schedules;
mod script;
mod specials;
mod start;
mod status;
mod words;
mod worker;
pub(in crate::cloudify) mod workflows;

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, BinaryHeap, HashMap};

use super::accounts::Tenant;
use crate::chance::Chance;
use crate::config::Config;

pub(in crate::cloudify) use actions::Action;
pub(in crate::cloudify) use catalogue::{Deployment, Environment};
pub(in crate::cloudify) use deleting::Sweep;
pub(in crate::cloudify) use deployment_groups::DeploymentGroup;
pub(in crate::cloudify) use events::{EventView, Posted, Wanted};
pub(in crate::cloudify) use execution::Execution;
pub(in crate::cloudify) use graph::{Graph, Operation};
pub(in crate::cloudify) use groups::{Group, GroupOrder};
pub(in crate::cloudify) use operations::{NewOperation, NewState};
pub(in crate::cloudify) use schedules::Schedule;
pub(in crate::cloudify) use start::{Forced, Order};
pub(in crate::cloudify) use status::Status;

/// Something that will happen at its time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Due {
    /// New work comes up by itself.
    Birth(u64),
    /// The worker's attempt `run` at an execution goes on.
    Step { number: u64, run: u32 },
    /// Somebody loses patience with an execution.
    Cancel { number: u64, run: u32 },
}

pub(in crate::cloudify) struct World {
    seed: u64,
    speed: f64,
    now: i64,
    /// How many ids were given out.
    drawn: u64,
    pub(in crate::cloudify) deployments: Vec<Deployment>,
    executions: BTreeMap<u64, Execution>,
    numbers: HashMap<String, u64>,
    next_number: u64,
    /// Those that have not ended.
    live: BTreeSet<u64>,
    pub(in crate::cloudify) graphs: graphs::Graphs,
    pub(in crate::cloudify) groups: Vec<Group>,
    pub(in crate::cloudify) deployment_groups: Vec<DeploymentGroup>,
    pub(in crate::cloudify) schedules: Vec<Schedule>,
    events: events::Events,
    agenda: BinaryHeap<Reverse<(i64, u64, Due)>>,
    appointments: u64,
}

impl World {
    pub(in crate::cloudify) fn new(config: &Config) -> Self {
        let mut world = Self {
            seed: config.seed ^ 0x636c_6f75,
            speed: config.speed.max(0.01),
            now: config.start_ms,
            drawn: 0,
            deployments: catalogue::deployments(config.start_ms),
            executions: BTreeMap::new(),
            numbers: HashMap::new(),
            next_number: 0,
            live: BTreeSet::new(),
            graphs: graphs::Graphs::default(),
            groups: Vec::new(),
            deployment_groups: deployment_groups::all(config.start_ms),
            schedules: Vec::new(),
            events: events::Events::default(),
            agenda: BinaryHeap::new(),
            appointments: 0,
        };
        history::fill(&mut world, config);
        world
    }

    /// Lets everything happen that happens until `now`. Going back in time does nothing.
    pub(in crate::cloudify) fn advance(&mut self, now: i64) {
        while let Some(Reverse((at, _, due))) = self.agenda.peek().copied()
            && at <= now
        {
            self.agenda.pop();
            self.now = self.now.max(at);
            match due {
                Due::Birth(number) => self.bear(number),
                Due::Step { number, run } => self.step(number, run),
                Due::Cancel { number, run } => self.lose_patience(number, run),
            }
        }
        self.now = self.now.max(now);
    }

    fn appoint(&mut self, after_ms: i64, due: Due) {
        self.appointments += 1;
        self.agenda.push(Reverse((self.now.saturating_add(after_ms), self.appointments, due)));
    }

    /// A duration of the demo's own work at its speed; at least a moment.
    #[expect(clippy::cast_possible_truncation, reason = "durations of minutes fit")]
    fn hurried(&self, ms: i64) -> i64 {
        #[expect(clippy::cast_precision_loss, reason = "durations of minutes are exact")]
        let shortened = ms as f64 / self.speed;
        (shortened as i64).max(1)
    }

    pub(in crate::cloudify) fn uuid(&mut self) -> String {
        self.drawn += 1;
        Chance::new(self.seed ^ 0x7575_6964, self.drawn).uuid()
    }

    fn add(&mut self, mut execution: Execution) -> u64 {
        self.next_number += 1;
        let number = self.next_number;
        execution.number = number;
        self.numbers.insert(execution.id.clone(), number);
        if execution.status.is_some_and(|status| !status.is_terminal()) {
            self.live.insert(number);
        }
        if let Some(deployment) = execution.deployment.clone()
            && let Some(deployment) = self.deployment_mut(execution.tenant, &deployment)
        {
            deployment.latest = Some(number);
        }
        self.executions.insert(number, execution);
        number
    }

    /// In the order of their creation.
    pub(in crate::cloudify) fn executions(&self) -> impl DoubleEndedIterator<Item = &Execution> {
        self.executions.values()
    }

    pub(in crate::cloudify) fn execution(&self, number: u64) -> Option<&Execution> {
        self.executions.get(&number)
    }

    pub(in crate::cloudify) fn execution_named(&self, id: &str, tenant: Tenant) -> Option<&Execution> {
        self.executions.get(self.numbers.get(id)?).filter(|execution| execution.tenant == tenant)
    }

    pub(in crate::cloudify) fn is_known(&self, id: &str) -> bool {
        self.numbers.contains_key(id)
    }

    pub(in crate::cloudify) fn deployment(&self, tenant: Tenant, id: &str) -> Option<&Deployment> {
        self.deployments.iter().find(|deployment| deployment.tenant == tenant && deployment.id == id)
    }

    fn deployment_mut(&mut self, tenant: Tenant, id: &str) -> Option<&mut Deployment> {
        self.deployments.iter_mut().find(|deployment| deployment.tenant == tenant && deployment.id == id)
    }

    /// Those that have not ended, oldest first.
    pub(in crate::cloudify) fn living(&self) -> impl Iterator<Item = &Execution> {
        self.live.iter().filter_map(|number| self.executions.get(number))
    }

    /// What stands in the way of another execution on a deployment: an active one, or one that waits already.
    pub(in crate::cloudify) fn blocker(&self, tenant: Tenant, deployment: &str) -> Option<&Execution> {
        self.living().find(|execution| {
            execution.tenant == tenant
                && execution.deployment.as_deref() == Some(deployment)
                && execution.status != Some(Status::Scheduled)
        })
    }

    /// Puts an execution into a status, with everything that follows from it. The error stays as it is
    /// unless one is given.
    fn move_to(&mut self, number: u64, status: Status, error: Option<String>) {
        let now = self.now;
        let Some(execution) = self.executions.get_mut(&number) else { return };
        execution.status = Some(status);
        if error.is_some() {
            execution.error = error;
        }
        if status == Status::Started {
            execution.started_ms = Some(now);
        }
        if status.is_terminal() {
            execution.ended_ms = Some(now);
            self.live.remove(&number);
        } else {
            self.live.insert(number);
        }
        self.tell_group(number);
        if status.is_terminal() {
            self.settle_deployment(number);
            self.join_target_group(number);
            self.dequeue();
        }
    }

    /// A deployment is installed once its install succeeded, and no longer once its uninstall did.
    fn settle_deployment(&mut self, number: u64) {
        let Some(execution) = self.executions.get(&number) else { return };
        let installed = match (execution.workflow.as_str(), execution.status) {
            ("install", Some(Status::Terminated)) => true,
            ("uninstall", Some(Status::Terminated)) => false,
            _ => return,
        };
        let (tenant, id) = (execution.tenant, execution.deployment.clone().unwrap_or_default());
        if let Some(deployment) = self.deployment_mut(tenant, &id) {
            deployment.installed = installed;
        }
    }
}
