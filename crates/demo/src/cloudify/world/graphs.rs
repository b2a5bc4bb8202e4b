//! Where tasks graphs and operations are kept and found again. Ids of operations need not be unique, as in the
//! real service. It must not know executions beyond their numbers.

use std::collections::{BTreeMap, HashMap};

use super::graph::{Graph, Operation};

#[derive(Default)]
pub(in crate::cloudify) struct Graphs {
    next: u64,
    graphs: BTreeMap<u64, Graph>,
    operations: BTreeMap<u64, Operation>,
    graph_ids: HashMap<String, u64>,
    operation_ids: HashMap<String, Vec<u64>>,
    of_execution: HashMap<u64, Vec<u64>>,
    of_graph: HashMap<u64, Vec<u64>>,
}

impl Graphs {
    fn number(&mut self) -> u64 {
        self.next += 1;
        self.next
    }

    pub(super) fn add_graph(&mut self, mut graph: Graph) -> u64 {
        let number = self.number();
        graph.number = number;
        self.graph_ids.insert(graph.id.clone(), number);
        self.of_execution.entry(graph.execution.0).or_default().push(number);
        self.graphs.insert(number, graph);
        number
    }

    pub(super) fn add_operation(&mut self, mut operation: Operation) -> u64 {
        let number = self.number();
        operation.number = number;
        self.operation_ids.entry(operation.id.clone()).or_default().push(number);
        self.of_graph.entry(operation.graph.0).or_default().push(number);
        self.operations.insert(number, operation);
        number
    }

    pub(in crate::cloudify) fn graph(&self, number: u64) -> Option<&Graph> {
        self.graphs.get(&number)
    }

    pub(in crate::cloudify) fn graph_named(&self, id: &str) -> Option<&Graph> {
        self.graphs.get(self.graph_ids.get(id)?)
    }

    pub(in crate::cloudify) fn operation(&self, number: u64) -> Option<&Operation> {
        self.operations.get(&number)
    }

    pub(super) fn operation_mut(&mut self, number: u64) -> Option<&mut Operation> {
        self.operations.get_mut(&number)
    }

    /// Every operation with this id, oldest first.
    pub(in crate::cloudify) fn operations_named(&self, id: &str) -> Vec<&Operation> {
        let numbers = self.operation_ids.get(id).into_iter().flatten();
        numbers.filter_map(|number| self.operations.get(number)).collect()
    }

    pub(in crate::cloudify) fn of_execution(&self, execution: u64) -> impl Iterator<Item = &Graph> {
        let numbers = self.of_execution.get(&execution).into_iter().flatten();
        numbers.filter_map(|number| self.graphs.get(number))
    }

    pub(in crate::cloudify) fn of_graph(&self, graph: u64) -> impl Iterator<Item = &Operation> {
        let numbers = self.of_graph.get(&graph).into_iter().flatten();
        numbers.filter_map(|number| self.operations.get(number))
    }

    pub(super) fn remove_operation(&mut self, number: u64) -> Option<Operation> {
        let operation = self.operations.remove(&number)?;
        if let Some(same) = self.operation_ids.get_mut(&operation.id) {
            same.retain(|known| *known != number);
        }
        if let Some(siblings) = self.of_graph.get_mut(&operation.graph.0) {
            siblings.retain(|known| *known != number);
        }
        Some(operation)
    }

    /// Everything that belongs to an execution.
    pub(super) fn remove_execution(&mut self, execution: u64) {
        for graph in self.of_execution.remove(&execution).unwrap_or_default() {
            for operation in self.of_graph.remove(&graph).unwrap_or_default() {
                self.remove_operation(operation);
            }
            if let Some(graph) = self.graphs.remove(&graph) {
                self.graph_ids.remove(&graph.id);
            }
        }
    }
}
