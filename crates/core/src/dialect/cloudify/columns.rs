//! The columns of each kind. Common ids where the meaning is common, else the API's own field name.

use crate::dialect::{Cell, Column, SortKey, common};
use crate::text::t;

/// A column for one of the facts: a field that only this API has.
macro_rules! fact {
    ($id:literal, $head:literal, $filter:expr) => {
        common::extra(
            $id,
            $head,
            $filter,
            |op, _| common::text(op.fact($id)),
            |op| op.fact($id).unwrap_or_default(),
        )
    };
}

const TENANT: Column = common::tenant("Tenant", Some("tenant"));

pub(super) const EXECUTIONS: &[Column] = &[
    common::state(Some("status")),
    Column {
        cell: |op, _| Cell::Operation {
            kind: op.kind.as_deref().unwrap_or(t("No workflow")),
            on: op.name.as_deref().or(op.target.as_deref()).unwrap_or_default(),
        },
        ..common::kind("Workflow", Some("workflow_id"))
    },
    common::id(),
    common::target("Deployment", Some("deployment_id")),
    TENANT,
    common::progress(),
    common::created("Created"),
    common::started(),
    common::ended("Ended"),
    common::duration(),
    fact!("blueprint_id", "Blueprint", Some("blueprint_id")),
    fact!("created_by", "Created by", Some("created_by")),
    fact!("is_dry_run", "Dry run", Some("is_dry_run")),
    common::error(),
];

pub(super) const GROUPS: &[Column] = &[
    common::state(None),
    Column {
        cell: |op, _| Cell::Operation {
            kind: op.kind.as_deref().unwrap_or(t("No workflow")),
            on: op.target.as_deref().unwrap_or_default(),
        },
        ..common::kind("Workflow", Some("workflow_id"))
    },
    common::id(),
    common::target("Deployment group", Some("deployment_group_id")),
    TENANT,
    Column { shown: true, ..fact!("concurrency", "Concurrency", Some("concurrency")) },
    Column { shown: true, ..fact!("executions", "Executions", None) },
    common::created("Created"),
    fact!("created_by", "Created by", Some("created_by")),
];

pub(super) const OPERATIONS: &[Column] = &[
    common::state(Some("operation_state")),
    Column {
        cell: |op, _| Cell::Operation {
            kind: op.kind.as_deref().unwrap_or(t("No name")),
            on: op.name.as_deref().unwrap_or_default(),
        },
        ..common::kind("Operation", None)
    },
    common::id(),
    Column {
        shown: true,
        ..common::extra(
            "type",
            "Type",
            None,
            |op, _| common::text(op.target_type.as_deref()),
            |op| op.target_type.as_deref().unwrap_or_default(),
        )
    },
    common::target("Node instance", None),
    common::created("Created"),
    fact!("tasks_graph_id", "Tasks graph", Some("graph_id")),
    fact!("dependencies", "Dependencies", None),
    fact!("current_retries", "Retries", None),
    fact!("agent_name", "Agent", None),
    Column { shown: false, ..TENANT },
    common::error(),
];

pub(super) const GRAPHS: &[Column] = &[
    common::kind("Tasks graph", Some("name")),
    common::id(),
    common::target("Execution", Some("execution_id")),
    common::created("Created"),
    fact!("created_by", "Created by", None),
    Column { shown: false, ..TENANT },
    // A graph has no state of its own; its operations have.
    Column { shown: false, ..common::state(None) },
];

pub(super) const EVENTS: &[Column] = &[
    common::created("Time"),
    Column {
        head: "Level",
        cell: |op, _| common::text(op.status.as_deref()),
        sort: Some(SortKey::Text(|op| op.status.as_deref().unwrap_or_default())),
        ..common::state(Some("level"))
    },
    Column { cell: |op, _| common::text(op.kind.as_deref()), ..common::kind("Event or logger", None) },
    Column {
        shown: true,
        ..common::extra(
            "message",
            "Message",
            None,
            |op, _| common::text(op.name.as_deref()),
            |op| op.name.as_deref().unwrap_or_default(),
        )
    },
    common::target("Node", Some("node_id")),
    Column { shown: true, ..fact!("operation", "Operation", Some("operation")) },
    fact!("node_instance_id", "Node instance", Some("node_instance_id")),
    fact!("execution_id", "Execution", Some("execution_id")),
    fact!("deployment_id", "Deployment", Some("deployment_id")),
    Column { shown: false, ..common::id() },
    common::error(),
];
