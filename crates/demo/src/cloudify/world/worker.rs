//! The workers: they take pending executions, go through their tasks one by one, report, and listen when they
//! are told to stop. It must not know who told them.

use super::graph::{Graph, Operation, Parameters, Scripted};
use super::marks::{Mark, What};
use super::script::{self, Kind, Task};
use super::status::Status;
use super::words::Failure;
use super::{Due, World};
use crate::chance::Chance;

/// A run that was told to stop looks up this often.
const LISTENS_MS: i64 = 5_000;
const FORCED_MS: i64 = 3_000;
const KILLED_MS: i64 = 2_000;
/// How long a workflow that does not listen goes on.
const STUBBORN_MS: i64 = 8_000;

impl World {
    /// Makes an appointment with the worker; whatever it had planned before no longer happens.
    pub(super) fn hand_over(&mut self, number: u64, after_ms: i64) {
        let Some(execution) = self.executions.get_mut(&number) else { return };
        execution.run += 1;
        let run = execution.run;
        if self.has_worker(number) {
            self.appoint(after_ms, Due::Step { number, run });
        }
    }

    pub(super) fn has_worker(&self, number: u64) -> bool {
        let Some(execution) = self.executions.get(&number) else { return false };
        let Some(id) = &execution.deployment else { return true };
        self.deployment(execution.tenant, id).is_none_or(super::Deployment::has_worker)
    }

    /// How soon the worker obeys once an execution is in one of the cancelling statuses.
    pub(super) fn obedience_ms(&self, number: u64, was: Option<Status>) -> i64 {
        let Some(execution) = self.executions.get(&number) else { return KILLED_MS };
        match execution.status {
            Some(Status::Cancelling) if was != Some(Status::Started) => KILLED_MS,
            Some(Status::Cancelling) if execution.workflow == "stubborn" => STUBBORN_MS,
            Some(Status::Cancelling) => LISTENS_MS,
            Some(Status::ForceCancelling) => FORCED_MS,
            _ => KILLED_MS,
        }
    }

    pub(super) fn mark(&mut self, number: u64, what: What) {
        let id = self.events.next_id();
        let at_ms = self.now;
        if let Some(execution) = self.executions.get_mut(&number) {
            execution.marks.push(Mark { id, at_ms, what });
        }
    }

    pub(super) fn script_of(&self, number: u64) -> Vec<Task> {
        let Some(execution) = self.executions.get(&number) else { return Vec::new() };
        let deployment = execution.deployment.as_deref().and_then(|id| self.deployment(execution.tenant, id));
        let nodes = deployment.map_or(&["manager", "store"][..], |deployment| deployment.blueprint.nodes);
        script::script(&execution.workflow, nodes, execution.dry_run)
    }

    pub(super) fn step(&mut self, number: u64, run: u32) {
        let Some(execution) = self.executions.get(&number).filter(|execution| execution.run == run) else {
            return;
        };
        match execution.status {
            Some(Status::Pending) => self.begin(number),
            Some(Status::Started) => self.work(number),
            Some(Status::Cancelling | Status::ForceCancelling | Status::KillCancelling) => self.obey(number),
            _ => {}
        }
    }

    fn begin(&mut self, number: u64) {
        let Some(execution) = self.executions.get(&number) else { return };
        let (resumed, run) = (execution.resume, execution.run);
        if resumed && execution.workflow == "scale" {
            let error = "Cannot resume - workflow not resumable: scale".to_owned();
            self.mark(number, What::Ended(Status::Failed));
            return self.move_to(number, Status::Failed, Some(error));
        }
        self.move_to(number, Status::Started, Some(String::new()));
        self.mark(number, What::Started { resumed });
        self.draw_graph(number);
        let soon = self.hurried(500);
        self.appoint(soon, Due::Step { number, run });
    }

    /// Stores the tasks of an execution that has none stored yet.
    pub(super) fn draw_graph(&mut self, number: u64) {
        if self.graphs.of_execution(number).next().is_some() {
            return;
        }
        let (tasks, graph_id) = (self.script_of(number), self.uuid());
        let created_ms = self.now;
        let Some(execution) = self.executions.get_mut(&number) else { return };
        execution.total += script::counted(&tasks);
        let (tenant, by) = (execution.tenant, execution.created_by.clone());
        let deployment = execution.deployment.clone().unwrap_or_default();
        let graph = self.graphs.add_graph(Graph {
            number: 0,
            id: graph_id.clone(),
            name: execution.workflow.clone(),
            execution: (number, execution.id.clone()),
            tenant,
            created_ms,
            created_by: by.clone(),
        });
        let mut ids: Vec<String> = Vec::new();
        for (at, task) in tasks.iter().enumerate() {
            let within = task.within.and_then(|outer| ids.get(outer).cloned());
            // Everything waits for what stands before it, the first task of a subgraph for the subgraph before.
            let before = match task.kind {
                Kind::Subgraph => tasks.iter().take(at).rposition(|task| task.kind == Kind::Subgraph),
                _ => at.checked_sub(1).filter(|before| Some(*before) != task.within),
            };
            let dependencies = before.and_then(|before| ids.get(before).cloned()).into_iter().collect();
            let id = self.uuid();
            ids.push(id.clone());
            self.graphs.add_operation(Operation {
                number: 0,
                id,
                name: task.name.clone(),
                state: "pending".to_owned(),
                kind: task.kind.name().to_owned(),
                dependencies,
                parameters: Parameters::Scripted(Scripted::of(at, task, &deployment, within)),
                manager: None,
                agent: None,
                graph: (graph, graph_id.clone()),
                tenant,
                created_ms,
                created_by: by.clone(),
            });
        }
    }

    /// The numbers of the worker's own operations in the order of the script, retries after what they retry.
    fn tasks_of(&self, number: u64) -> Vec<u64> {
        let mut tasks: Vec<(usize, u64)> = self
            .graphs
            .of_execution(number)
            .flat_map(|graph| self.graphs.of_graph(graph.number))
            .filter_map(|operation| Some((operation.scripted()?.task, operation.number)))
            .collect();
        tasks.sort_unstable();
        tasks.into_iter().map(|(_, number)| number).collect()
    }

    fn work(&mut self, number: u64) {
        let running = |operation: &&Operation| {
            operation.kind != Kind::Subgraph.name()
                && matches!(operation.state.as_str(), "sending" | "sent" | "started")
        };
        let current = self
            .tasks_of(number)
            .into_iter()
            .find(|task| self.graphs.operation(*task).filter(running).is_some());
        if let Some(current) = current
            && !self.finish(number, current)
        {
            return;
        }
        loop {
            self.close_subgraphs(number);
            let next = self.tasks_of(number).into_iter().find_map(|task| {
                let operation = self.graphs.operation(task)?;
                let waits = operation.state == "pending" && operation.kind != Kind::Subgraph.name();
                let remote = operation.kind == Kind::Remote.name() || operation.kind == Kind::DryRun.name();
                waits.then_some((task, operation.scripted()?.task, remote))
            });
            let Some((operation, task, remote)) = next else {
                self.mark(number, What::Ended(Status::Terminated));
                return self.move_to(number, Status::Terminated, Some(String::new()));
            };
            self.open_subgraph(number, operation);
            if remote {
                return self.send_task(number, operation, task);
            }
            self.finish(number, operation);
        }
    }

    fn send_task(&mut self, number: u64, operation: u64, task: usize) {
        self.set_state(number, operation, "started");
        self.mark(number, What::Sending(task));
        self.mark(number, What::Begun(task));
        let mut chance = Chance::new(self.seed ^ 0x7461_736b, operation);
        self.mark(number, What::Log(task, chance.index(super::words::LOGS.len())));
        let Some(execution) = self.executions.get(&number) else { return };
        let (run, dry) = (execution.run, execution.dry_run);
        let lasts = self.hurried(if dry { 200 } else { chance.between(1_800, 7_500) });
        self.appoint(lasts, Due::Step { number, run });
    }

    /// Ends one task as planned; false when the whole execution failed with it.
    fn finish(&mut self, number: u64, operation: u64) -> bool {
        let Some(task) = self.graphs.operation(operation).and_then(Operation::scripted).map(|s| s.task)
        else {
            return true;
        };
        let Some(execution) = self.executions.get_mut(&number) else { return false };
        if execution.plan.retries == Some(task) {
            execution.plan.retries = None;
            self.set_state(number, operation, "rescheduled");
            self.mark(number, What::Rescheduled(task, task));
            self.retry(number, operation);
            return true;
        }
        if let Some((_, failure)) = execution.plan.fails.filter(|(fails, _)| *fails == task) {
            execution.plan.fails = None;
            self.fail(number, operation, task, failure);
            return false;
        }
        let told =
            self.graphs.operation(operation).is_some_and(|operation| operation.kind != Kind::Nop.name());
        self.set_state(number, operation, "succeeded");
        if told {
            self.mark(number, What::Done(task));
        }
        true
    }

    fn fail(&mut self, number: u64, operation: u64, task: usize, failure: usize) {
        self.set_state(number, operation, "failed");
        let mut name = String::new();
        let mut enclosing = None;
        if let Some(operation) = self.graphs.operation_mut(operation) {
            name.clone_from(&operation.name);
            if let Some(scripted) = operation.scripted_mut() {
                scripted.failure = Some(failure);
                enclosing = scripted.within.clone();
            }
        }
        let enclosing = enclosing.and_then(|id| self.graphs.operations_named(&id).first().map(|o| o.number));
        if let Some(enclosing) = enclosing {
            self.set_state(number, enclosing, "failed");
        }
        self.mark(number, What::Failed(task, failure));
        self.mark(number, What::Ended(Status::Failed));
        let error = Failure::number(failure).of_execution(&name);
        self.move_to(number, Status::Failed, Some(error));
    }

    /// A second try is an operation of its own that names the first.
    fn retry(&mut self, number: u64, operation: u64) {
        let id = self.uuid();
        let created_ms = self.now;
        let Some(first) = self.graphs.operation(operation) else { return };
        let Some(scripted) = first.scripted() else { return };
        let again = Operation {
            number: 0,
            id,
            name: first.name.clone(),
            state: "pending".to_owned(),
            kind: first.kind.clone(),
            dependencies: vec![first.id.clone()],
            parameters: Parameters::Scripted(Scripted {
                task: scripted.task,
                node: scripted.node,
                instance: scripted.instance.clone(),
                within: scripted.within.clone(),
                retries: Some(first.id.clone()),
                tries: scripted.tries + 1,
                failure: None,
            }),
            manager: None,
            agent: None,
            graph: first.graph.clone(),
            tenant: first.tenant,
            created_ms,
            created_by: first.created_by.clone(),
        };
        self.graphs.add_operation(again);
        if let Some(execution) = self.executions.get_mut(&number) {
            execution.total += 1;
        }
    }

    fn open_subgraph(&mut self, number: u64, operation: u64) {
        let outer =
            self.graphs.operation(operation).and_then(Operation::scripted).and_then(|s| s.within.clone());
        let Some(outer) = outer.and_then(|id| self.graphs.operations_named(&id).first().copied()) else {
            return;
        };
        let (outer, waits) = (outer.number, outer.state == "pending");
        let task = self.graphs.operation(outer).and_then(Operation::scripted).map(|scripted| scripted.task);
        if let Some(task) = task.filter(|_| waits) {
            self.set_state(number, outer, "started");
            self.mark(number, What::SubgraphStarted(task));
        }
    }

    /// A subgraph is done once everything in it is.
    fn close_subgraphs(&mut self, number: u64) {
        let tasks = self.tasks_of(number);
        let open = tasks
            .iter()
            .filter_map(|task| self.graphs.operation(*task))
            .filter(|operation| operation.kind == Kind::Subgraph.name() && operation.state == "started");
        let done: Vec<(u64, usize)> = open
            .filter(|outer| {
                let inner = tasks.iter().filter_map(|task| self.graphs.operation(*task));
                let mut inner = inner.filter(|operation| {
                    operation.scripted().is_some_and(|scripted| scripted.within.as_ref() == Some(&outer.id))
                });
                !inner.any(|operation| {
                    matches!(operation.state.as_str(), "pending" | "sending" | "sent" | "started")
                })
            })
            .filter_map(|outer| Some((outer.number, outer.scripted()?.task)))
            .collect();
        for (operation, task) in done {
            self.set_state(number, operation, "succeeded");
            self.mark(number, What::SubgraphDone(task));
        }
    }

    /// A run that was told to stop does so, or has not listened and finds its report refused.
    fn obey(&mut self, number: u64) {
        let Some(execution) = self.executions.get(&number) else { return };
        let listens = execution.status != Some(Status::Cancelling)
            || execution.workflow != "stubborn"
            || execution.started_ms.is_none();
        if listens {
            self.mark(number, What::Ended(Status::Cancelled));
            return self.move_to(number, Status::Cancelled, Some(String::new()));
        }
        let error = format!(
            "Invalid relationship - can't change status from cancelling to terminated for \"{}\" execution while \
             running \"{}\" workflow.",
            execution.id, execution.workflow
        );
        self.mark(number, What::Ended(Status::Failed));
        self.move_to(number, Status::Failed, Some(error));
    }
}
