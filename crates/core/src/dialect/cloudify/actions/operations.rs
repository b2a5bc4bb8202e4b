//! Actions on operations and tasks graphs. Workflow engines call these; a person does to repair what one left behind.

use super::{TENANT, always, input, needed};
use crate::dialect::cloudify::filters;
use crate::dialect::{Action, Input, InputKind, Reach, Settles, Weight};

const ITEM: Action = Action {
    id: "",
    label: "",
    reach: Reach::Item,
    weight: Weight::Destroys,
    allowed: always,
    consequence: "",
    inputs: &[],
    settles: Settles::AtOnce,
};

pub(in super::super) const ACTIONS: &[Action] = &[
    Action {
        id: "update-state",
        label: "Set state",
        consequence: "Writes a state as the workflow engine would; it stops and starts nothing, and a resume goes by it.",
        inputs: &[
            Input {
                start: Some(|op| op.status.as_deref()),
                ..needed("state", "State", InputKind::OneOf(filters::STATES), "The new state.")
            },
            input("result", "Result", InputKind::Json, "Any JSON."),
            input("exception", "Exception", InputKind::Text, "The error text."),
            input(
                "exception_causes",
                "Causes",
                InputKind::Json,
                "A JSON list of message, type and traceback.",
            ),
            Input {
                start: Some(|op| op.fact("manager_name")),
                ..input("manager_name", "Manager", InputKind::Text, "Cleared where empty.")
            },
            Input {
                start: Some(|op| op.fact("agent_name")),
                ..input("agent_name", "Agent", InputKind::Text, "Cleared where empty.")
            },
        ],
        ..ITEM
    },
    Action {
        id: "delete",
        label: "Delete",
        consequence: "Removes the operation from its tasks graph, and from the counts of its execution.",
        settles: Settles::WhenGone,
        ..ITEM
    },
    Action {
        id: "create-operation",
        label: "Create an operation",
        weight: Weight::Writes,
        reach: Reach::Kind,
        consequence: "Adds a pending operation to a tasks graph. Sent twice, it makes two with the same id.",
        inputs: &[
            needed("id", "ID", InputKind::Text, "Any text that is not taken yet."),
            needed("name", "Name", InputKind::Text, "What it is called."),
            Input {
                start: Some(|op| op.fact("tasks_graph_id")),
                ..needed("graph_id", "Tasks graph", InputKind::Text, "The tasks graph's id.")
            },
            needed("type", "Type", InputKind::OneOf(filters::TYPES), "Or the path of a class."),
            input("dependencies", "Dependencies", InputKind::Json, "A JSON list of the ids of operations."),
            input("parameters", "Parameters", InputKind::Json, "A JSON object."),
            TENANT,
        ],
        ..ITEM
    },
];

pub(in super::super) const GRAPH_ACTIONS: &[Action] = &[Action {
    id: "create-graph",
    label: "Create a tasks graph",
    weight: Weight::Writes,
    reach: Reach::Kind,
    consequence: "Stores a tasks graph for an execution, with its operations.",
    inputs: &[
        needed("name", "Name", InputKind::Text, "Not taken yet within the execution."),
        Input {
            start: Some(|op| op.target.as_deref()),
            ..needed("execution_id", "Execution", InputKind::Text, "The execution's id.")
        },
        input(
            "operations",
            "Operations",
            InputKind::Json,
            "A JSON list of objects with id, name, type, dependencies and parameters.",
        ),
        input("graph_id", "ID", InputKind::Text, "The server makes one where empty."),
        TENANT,
    ],
    ..ITEM
}];
