//! Tasks graphs and their operations: what is shown of them. It must not know how they come to change.

use serde_json::{Value, json};

use super::super::accounts::Tenant;
use super::super::dates;
use super::super::listing::{Column, Field, Item, computed, field};
use super::script::{Kind, Task};
use super::words::Failure;

#[derive(Debug)]
pub(in crate::cloudify) struct Graph {
    pub(in crate::cloudify) number: u64,
    pub(in crate::cloudify) id: String,
    pub(in crate::cloudify) name: String,
    /// Number and id of the execution it belongs to.
    pub(in crate::cloudify) execution: (u64, String),
    pub(in crate::cloudify) tenant: Tenant,
    pub(super) created_ms: i64,
    pub(super) created_by: String,
}

/// What the parameters of an operation are written from.
#[derive(Debug)]
pub(super) enum Parameters {
    /// As somebody sent them.
    Given(Value),
    /// As the worker of a script writes them.
    Scripted(Scripted),
}

#[derive(Debug)]
pub(super) struct Scripted {
    /// Its place in the script.
    pub(super) task: usize,
    pub(super) node: &'static str,
    pub(super) instance: String,
    /// The id of the operation that encloses it.
    pub(super) within: Option<String>,
    /// The id of the operation that it is another try of.
    pub(super) retries: Option<String>,
    pub(super) tries: u32,
    pub(super) failure: Option<usize>,
}

#[derive(Debug)]
pub(in crate::cloudify) struct Operation {
    pub(in crate::cloudify) number: u64,
    pub(in crate::cloudify) id: String,
    pub(super) name: String,
    /// Any text: the real service checks nothing.
    pub(in crate::cloudify) state: String,
    pub(in crate::cloudify) kind: String,
    pub(super) dependencies: Vec<String>,
    pub(super) parameters: Parameters,
    pub(in crate::cloudify) manager: Option<String>,
    pub(in crate::cloudify) agent: Option<String>,
    /// Number and id of its graph.
    pub(in crate::cloudify) graph: (u64, String),
    pub(in crate::cloudify) tenant: Tenant,
    pub(super) created_ms: i64,
    pub(super) created_by: String,
}

pub(in crate::cloudify) fn is_finished(state: &str) -> bool {
    matches!(state, "rescheduled" | "succeeded" | "failed")
}

impl Operation {
    /// Whether an execution's counters count it.
    pub(in crate::cloudify) fn is_counted(&self) -> bool {
        self.kind != Kind::Nop.name()
    }

    /// Not one of the engine's own steps.
    pub(in crate::cloudify) fn is_interesting(&self) -> bool {
        self.kind == Kind::Subgraph.name() || self.kind == Kind::Remote.name()
    }

    pub(super) fn scripted(&self) -> Option<&Scripted> {
        match &self.parameters {
            Parameters::Scripted(scripted) => Some(scripted),
            Parameters::Given(_) => None,
        }
    }

    pub(super) fn scripted_mut(&mut self) -> Option<&mut Scripted> {
        match &mut self.parameters {
            Parameters::Scripted(scripted) => Some(scripted),
            Parameters::Given(_) => None,
        }
    }

    fn parameters(&self) -> Value {
        match &self.parameters {
            Parameters::Given(value) => value.clone(),
            Parameters::Scripted(scripted) => {
                let context = json!({
                    "node_id": scripted.instance, "node_name": scripted.node, "tenant": { "name": self.tenant },
                    "operation": { "name": self.name, "retry_number": scripted.tries, "max_retries": 60 },
                });
                let kwargs = json!({ "kwargs": { "__cloudify_context": context } });
                let failure = scripted.failure.map(Failure::number);
                json!({
                    "on_success": null, "on_failure": null, "retried_task": scripted.retries,
                    "current_retries": scripted.tries, "send_task_events": true, "retry_interval": 15,
                    "total_retries": 60, "info": format!("{} on {}", self.name, scripted.node),
                    "error": failure.map(|failure| failure.message),
                    "containing_subgraph": scripted.within, "task_kwargs": kwargs,
                })
            }
        }
    }
}

impl Scripted {
    pub(super) fn of(at: usize, task: &Task, deployment: &str, within: Option<String>) -> Self {
        Self {
            task: at,
            node: task.node,
            instance: super::script::instance(deployment, task.node),
            within,
            retries: None,
            tries: 0,
            failure: None,
        }
    }
}

impl Item for &Operation {
    const FIELDS: &'static [Field] = &[
        field("created_at", Column::Date),
        field("visibility", Column::Text),
        field("id", Column::Text),
        field("name", Column::Text),
        field("state", Column::Text),
        computed("dependencies"),
        field("type", Column::Text),
        computed("parameters"),
        field("manager_name", Column::Text),
        field("agent_name", Column::Text),
        field("tasks_graph_id", Column::Text),
        field("tenant_name", Column::Text),
        field("created_by", Column::Text),
        field("resource_availability", Column::Text),
        field("private_resource", Column::Bool),
    ];

    fn value(&self, field: &str) -> Value {
        match field {
            "created_at" => dates::value(Some(self.created_ms)),
            "visibility" | "resource_availability" => "tenant".into(),
            "id" => self.id.as_str().into(),
            "name" => self.name.as_str().into(),
            "state" => self.state.as_str().into(),
            "dependencies" => self.dependencies.clone().into(),
            "type" => self.kind.as_str().into(),
            "parameters" => self.parameters(),
            "manager_name" => self.manager.as_deref().into(),
            "agent_name" => self.agent.as_deref().into(),
            "tasks_graph_id" => self.graph.1.as_str().into(),
            "tenant_name" => self.tenant.into(),
            "created_by" => self.created_by.as_str().into(),
            "private_resource" => false.into(),
            _ => Value::Null,
        }
    }
}

impl Item for &Graph {
    const FIELDS: &'static [Field] = &[
        field("created_at", Column::Date),
        field("visibility", Column::Text),
        field("id", Column::Text),
        field("name", Column::Text),
        field("execution_id", Column::Text),
        field("tenant_name", Column::Text),
        field("created_by", Column::Text),
        field("resource_availability", Column::Text),
        field("private_resource", Column::Bool),
    ];

    fn value(&self, field: &str) -> Value {
        match field {
            "created_at" => dates::value(Some(self.created_ms)),
            "visibility" | "resource_availability" => "tenant".into(),
            "id" => self.id.as_str().into(),
            "name" => self.name.as_str().into(),
            "execution_id" => self.execution.1.as_str().into(),
            "tenant_name" => self.tenant.into(),
            "created_by" => self.created_by.as_str().into(),
            "private_resource" => false.into(),
            _ => Value::Null,
        }
    }
}
