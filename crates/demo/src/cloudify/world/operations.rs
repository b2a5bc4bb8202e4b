//! Changing stored operations: by workers and by hand, with the counters of their execution. It must not know who
//! may do it.

use serde_json::Value;

use super::super::accounts::Tenant;
use super::super::refusal::{Outcome, Refusal};
use super::World;
use super::graph::{Graph, Operation, Parameters, is_finished};

/// An operation as somebody sends it.
#[derive(Debug)]
pub(in crate::cloudify) struct NewOperation {
    pub(in crate::cloudify) id: String,
    pub(in crate::cloudify) name: String,
    pub(in crate::cloudify) kind: String,
    pub(in crate::cloudify) dependencies: Vec<String>,
    pub(in crate::cloudify) parameters: Value,
    pub(in crate::cloudify) state: Option<String>,
    pub(in crate::cloudify) created_ms: Option<i64>,
}

/// What a change of state sets; the names are forgotten where they are not told again.
#[derive(Debug)]
pub(in crate::cloudify) struct NewState<'a> {
    pub(in crate::cloudify) state: &'a str,
    pub(in crate::cloudify) manager: Option<String>,
    pub(in crate::cloudify) agent: Option<String>,
}

impl World {
    /// Sets a state and counts an operation that is finished by it.
    pub(super) fn set_state(&mut self, execution: u64, operation: u64, state: &str) {
        let Some(operation) = self.graphs.operation_mut(operation) else { return };
        let finishes = is_finished(state) && !is_finished(&operation.state) && operation.is_counted();
        state.clone_into(&mut operation.state);
        if operation.scripted().is_some() {
            operation.manager = Some("manager-1.example".to_owned());
        }
        if let Some(execution) = self.executions.get_mut(&execution).filter(|_| finishes) {
            execution.finished += 1;
        }
    }

    pub(in crate::cloudify) fn patch_operation(&mut self, number: u64, new: NewState<'_>) {
        let Some(operation) = self.graphs.operation(number) else { return };
        let Some(graph) = self.graphs.graph(operation.graph.0) else { return };
        self.set_state(graph.execution.0, number, new.state);
        if let Some(operation) = self.graphs.operation_mut(number) {
            operation.manager = new.manager;
            operation.agent = new.agent;
        }
    }

    /// One more operation in a graph, even if there is one of this id already.
    pub(in crate::cloudify) fn put_operation(
        &mut self,
        new: NewOperation,
        graph: u64,
        by: &str,
    ) -> Option<u64> {
        let graph = self.graphs.graph(graph)?;
        let (execution, graph_id, tenant) = (graph.execution.0, graph.id.clone(), graph.tenant);
        let operation = Operation {
            number: 0,
            id: new.id,
            name: new.name,
            state: new.state.unwrap_or_else(|| "pending".to_owned()),
            kind: new.kind,
            dependencies: new.dependencies,
            parameters: Parameters::Given(new.parameters),
            manager: None,
            agent: None,
            graph: (graph.number, graph_id),
            tenant,
            created_ms: new.created_ms.unwrap_or(self.now),
            created_by: by.to_owned(),
        };
        let (counted, finished) = (operation.is_counted(), is_finished(&operation.state));
        if let Some(execution) = self.executions.get_mut(&execution).filter(|_| counted) {
            execution.total += 1;
            execution.finished += u32::from(finished);
        }
        Some(self.graphs.add_operation(operation))
    }

    /// Deletes it and lowers the counters.
    pub(in crate::cloudify) fn delete_operation(&mut self, number: u64) {
        let Some(operation) = self.graphs.remove_operation(number) else { return };
        let Some(execution) = self.graphs.graph(operation.graph.0).map(|graph| graph.execution.0) else {
            return;
        };
        if let Some(execution) = self.executions.get_mut(&execution).filter(|_| operation.is_counted()) {
            execution.total = execution.total.saturating_sub(1);
            let finished = u32::from(is_finished(&operation.state));
            execution.finished = execution.finished.saturating_sub(finished);
        }
    }

    /// A graph of an execution, named only once within it.
    pub(in crate::cloudify) fn add_graph(
        &mut self,
        execution: (u64, String),
        (id, name): (Option<String>, &str),
        created_ms: Option<i64>,
        (tenant, by): (Tenant, &str),
    ) -> Outcome<u64> {
        if self.graphs.of_execution(execution.0).any(|graph| graph.name == name) {
            return Err(Refusal::conflict(format!(
                "A tasks graph named {name} exists already in execution {}",
                execution.1
            )));
        }
        let id = id.unwrap_or_else(|| self.uuid());
        if self.graphs.graph_named(&id).is_some() {
            return Err(Refusal::conflict(format!("TasksGraph with id {id} already exists")));
        }
        Ok(self.graphs.add_graph(Graph {
            number: 0,
            id,
            name: name.to_owned(),
            execution,
            tenant,
            created_ms: created_ms.unwrap_or(self.now),
            created_by: by.to_owned(),
        }))
    }
}
