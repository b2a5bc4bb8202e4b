//! The filters of each kind under the API's own names (docs/DIALECTS.md, 4.5). A name that starts with an
//! underscore steers the list; any other must equal a field, and repeated it means *or*.
//!
//! Two are not what they seem: `tenant` becomes a header, and `operation_state` is sent as `state`, a name that the
//! console's own URLs have taken.

use crate::dialect::{Filter, FilterKind};
use crate::model::Operation;
use crate::text::t;

pub(super) const TENANT: &str = "tenant";
pub(super) const OPERATION_STATE: &str = "operation_state";
pub(super) const GRAPH: &str = "graph_id";
pub(super) const EXECUTION: &str = "execution_id";

pub(super) const STATUSES: &[&str] = &[
    "pending",
    "started",
    "queued",
    "scheduled",
    "cancelling",
    "force_cancelling",
    "kill_cancelling",
    "terminated",
    "failed",
    "cancelled",
];
pub(super) const STATES: &[&str] =
    &["pending", "sending", "sent", "started", "response-sent", "rescheduled", "succeeded", "failed"];
pub(super) const TYPES: &[&str] = &[
    "RemoteWorkflowTask",
    "SubgraphTask",
    "LocalWorkflowTask",
    "NOPLocalWorkflowTask",
    "DryRunLocalWorkflowTask",
    "SetNodeInstanceStateTask",
    "GetNodeInstanceStateTask",
    "SendNodeEventTask",
    "SendWorkflowEventTask",
    "UpdateExecutionStatusTask",
];
const VISIBILITIES: &[&str] = &["private", "tenant", "global"];

type Value = fn(&Operation) -> Option<&str>;

const fn steers(param: &'static str, label: &'static str, kind: FilterKind, hint: &'static str) -> Filter {
    Filter { param, label, kind, repeatable: false, hint, value: None }
}

/// A filter by equality that may stand once.
const fn once(param: &'static str, label: &'static str, hint: &'static str, value: Option<Value>) -> Filter {
    Filter { param, label, kind: FilterKind::Exact, repeatable: false, hint, value }
}

/// A filter by equality on a field; several match any of them.
const fn any(param: &'static str, label: &'static str, value: Option<Value>) -> Filter {
    Filter {
        param,
        label,
        kind: FilterKind::Exact,
        repeatable: true,
        hint: "Compared exactly. Several match any of them.",
        value,
    }
}

const fn words(
    param: &'static str,
    label: &'static str,
    words: &'static [&'static str],
    value: Option<Value>,
) -> Filter {
    Filter { kind: FilterKind::OneOf(words), ..any(param, label, value) }
}

const THE_TENANT: Filter = Filter {
    kind: FilterKind::Choice,
    ..once(TENANT, "Tenant", "The tenant whose objects are shown.", Some(|op| op.tenant.as_deref()))
};
const SIZE: Filter = steers("_size", "Page size", FilterKind::Number, "Rows per request.");
const ID: Filter = any("id", "ID", Some(|op| Some(&op.id)));
const WORKFLOW: Filter = any("workflow_id", "Workflow", Some(|op| op.kind.as_deref()));
const CREATED_BY: Filter = any("created_by", "Created by", Some(|op| op.fact("created_by")));
const VISIBILITY: Filter = words("visibility", "Visibility", VISIBILITIES, Some(|op| op.fact("visibility")));

pub(super) const EXECUTIONS: &[Filter] = &[
    words("status", "Status", STATUSES, Some(|op| op.status.as_deref())),
    THE_TENANT,
    any("deployment_id", "Deployment", Some(|op| op.target.as_deref())),
    WORKFLOW,
    any("blueprint_id", "Blueprint", Some(|op| op.fact("blueprint_id"))),
    CREATED_BY,
    ID,
    any("execution_group_id", "Execution group", None),
    words("is_dry_run", "Dry run", &["true", "false"], Some(|op| op.fact("is_dry_run"))),
    VISIBILITY,
    steers(
        "_include_system_workflows",
        "System workflows",
        FilterKind::Flag("executions of system workflows are shown too"),
        "The server leaves them out otherwise.",
    ),
    steers(
        "_sort",
        "Sorted by the server",
        FilterKind::OneOf(&[
            "-created_at",
            "created_at",
            "-started_at",
            "-ended_at",
            "status",
            "workflow_id",
            "deployment_id",
        ]),
        "Decides which page a row is on. A minus sorts downwards.",
    ),
    SIZE,
];

pub(super) const GROUPS: &[Filter] = &[
    THE_TENANT,
    any("deployment_group_id", "Deployment group", Some(|op| op.target.as_deref())),
    WORKFLOW,
    CREATED_BY,
    ID,
    any("concurrency", "Concurrency", Some(|op| op.fact("concurrency"))),
    VISIBILITY,
    steers(
        "_sort",
        "Sorted by the server",
        FilterKind::OneOf(&["-created_at", "created_at", "workflow_id", "deployment_group_id"]),
        "Decides which page a row is on. A minus sorts downwards.",
    ),
    SIZE,
];

pub(super) const OPERATIONS: &[Filter] = &[
    once(GRAPH, "Tasks graph", "The tasks graph's id.", Some(|op| op.fact("tasks_graph_id"))),
    once(EXECUTION, "Execution", "The execution's id.", None),
    Filter {
        repeatable: false,
        hint: "The server compares lower case exactly.",
        ..words(OPERATION_STATE, "State", STATES, Some(|op| op.status.as_deref()))
    },
    steers(
        "skip_internal",
        "Without internal steps",
        FilterKind::Flag("only remote tasks and subgraphs are shown"),
        "Leaves out what the workflow engine does for itself.",
    ),
    THE_TENANT,
    SIZE,
];

pub(super) const GRAPHS: &[Filter] = &[
    once(EXECUTION, "Execution", "The execution's id.", Some(|op| op.target.as_deref())),
    once("name", "Name", "The graph's name within its execution.", Some(|op| op.kind.as_deref())),
    THE_TENANT,
    SIZE,
];

pub(super) const EVENTS: &[Filter] = &[
    any(EXECUTION, "Execution", Some(|op| op.fact(EXECUTION))),
    any("execution_group_id", "Execution group", Some(|op| op.fact("execution_group_id"))),
    any("deployment_id", "Deployment", Some(|op| op.fact("deployment_id"))),
    any("blueprint_id", "Blueprint", Some(|op| op.fact("blueprint_id"))),
    any("node_id", "Node", Some(|op| op.target.as_deref())),
    any("node_instance_id", "Node instance", Some(|op| op.fact("node_instance_id"))),
    words(
        "type",
        "Events or logs",
        &["cloudify_event", "cloudify_log"],
        Some(|op| op.target_type.as_deref()),
    ),
    words(
        "level",
        "Level",
        &["debug", "info", "warning", "error", "critical"],
        Some(|op| op.status.as_deref()),
    ),
    words(
        "event_type",
        "Event type",
        &[
            "workflow_started",
            "workflow_succeeded",
            "workflow_failed",
            "workflow_cancelled",
            "workflow_node_event",
            "sending_task",
            "task_started",
            "task_succeeded",
            "task_rescheduled",
            "task_failed",
            "execution_state_change",
        ],
        Some(|op| op.kind.as_deref()),
    ),
    once("message", "Message", "A pattern: % stands for any text.", None),
    once("operation", "Operation", "A pattern: % stands for any text.", Some(|op| op.fact("operation"))),
    steers(
        "_range",
        "Time range",
        FilterKind::Checked(range),
        "timestamp,<from>,<to>: either end may be left empty.",
    ),
    steers(
        "_sort",
        "Sorted by the server",
        FilterKind::OneOf(&["-timestamp", "timestamp", "-reported_timestamp", "reported_timestamp"]),
        "Decides which page a row is on. A minus sorts downwards.",
    ),
    THE_TENANT,
    SIZE,
];

/// Both commas must stand, even where an end is left empty.
fn range(text: &str) -> Result<(), String> {
    let mut parts = text.split(',');
    let field = matches!(parts.next(), Some("timestamp" | "@timestamp" | "reported_timestamp"));
    let ends = parts.next().is_some() && parts.next().is_some() && parts.next().is_none();
    if field && ends {
        return Ok(());
    }
    Err(t("A range is timestamp,<from>,<to> with both commas; either end may be left empty.").to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_needs_both_commas() {
        for good in ["timestamp,,", "timestamp,2026-11-21T03:47:17.000Z,", "reported_timestamp,a,b"] {
            assert_eq!(range(good), Ok(()), "{good}");
        }
        for bad in ["", "timestamp", "timestamp,a", "timestamp,a,b,c", "created_at,a,b"] {
            assert!(range(bad).is_err(), "{bad}");
        }
    }
}
