//! The kinds of object of this API and which of them each of the two dialects lists. A kind that is not listed is
//! shown beside an object of another.

use super::{actions, columns, filters};
use crate::dialect::{Capabilities, Kind, KindTable, Paging, Related, Trace, traces::is_uuid};

pub(super) const EXECUTIONS: Kind = "executions";
pub(super) const GROUPS: Kind = "groups";
pub(super) const OPERATIONS: Kind = "operations";
pub(super) const GRAPHS: Kind = "graphs";
pub(super) const EVENTS: Kind = "events";

pub(super) const OF_EXECUTIONS: &[KindTable] = &[
    THE_EXECUTIONS,
    THE_GROUPS,
    KindTable { listed: false, ..THE_OPERATIONS },
    KindTable { listed: false, ..THE_GRAPHS },
    THE_EVENTS,
];

pub(super) const OF_OPERATIONS: &[KindTable] = &[THE_OPERATIONS, THE_GRAPHS, THE_EVENTS];

const CAN: Capabilities = Capabilities {
    list: true,
    get: true,
    paging: Paging::Pages,
    history_by: None,
    tenant_by: Some(filters::TENANT),
    keyed_by_tenant: true,
};

const TIMES: [&str; 2] = ["Created", "Ended"];

const THE_EXECUTIONS: KindTable = KindTable {
    id: EXECUTIONS,
    noun: "Executions",
    one: "execution",
    target: "deployment",
    times: TIMES,
    body: Some("Parameters"),
    result: None,
    listed: true,
    can: Capabilities { history_by: Some("deployment_id"), ..CAN },
    columns: columns::EXECUTIONS,
    filters: filters::EXECUTIONS,
    actions: actions::executions::ACTIONS,
    related: &[
        Related {
            id: "events",
            label: "Events",
            kind: EVENTS,
            param: filters::EXECUTION,
            of: |op| Some(&op.id),
            without: "The server gave this one no id.",
        },
        Related {
            id: "operations",
            label: "Operations",
            kind: OPERATIONS,
            param: filters::EXECUTION,
            of: |op| Some(&op.id),
            without: "The server gave this one no id.",
        },
        Related {
            id: "graphs",
            label: "Tasks graphs",
            kind: GRAPHS,
            param: filters::EXECUTION,
            of: |op| Some(&op.id),
            without: "The server gave this one no id.",
        },
        Related {
            id: "history",
            label: "History",
            kind: EXECUTIONS,
            param: "deployment_id",
            of: |op| op.target.as_deref(),
            without: "This execution belongs to no deployment.",
        },
    ],
};

const THE_GROUPS: KindTable = KindTable {
    id: GROUPS,
    noun: "Execution groups",
    one: "execution group",
    target: "deployment group",
    times: TIMES,
    body: None,
    result: None,
    listed: true,
    can: Capabilities { history_by: Some("deployment_group_id"), ..CAN },
    columns: columns::GROUPS,
    filters: filters::GROUPS,
    actions: actions::groups::ACTIONS,
    related: &[
        Related {
            id: "members",
            label: "Members",
            kind: EXECUTIONS,
            param: "execution_group_id",
            of: |op| Some(&op.id),
            without: "The server gave this one no id.",
        },
        Related {
            id: "events",
            label: "Events",
            kind: EVENTS,
            param: "execution_group_id",
            of: |op| Some(&op.id),
            without: "The server gave this one no id.",
        },
    ],
};

const THE_OPERATIONS: KindTable = KindTable {
    id: OPERATIONS,
    noun: "Operations",
    one: "operation",
    target: "node instance",
    times: TIMES,
    body: Some("Parameters"),
    result: None,
    listed: true,
    can: CAN,
    columns: columns::OPERATIONS,
    filters: filters::OPERATIONS,
    actions: actions::operations::ACTIONS,
    related: &[Related {
        id: "graph",
        label: "Same graph",
        kind: OPERATIONS,
        param: filters::GRAPH,
        of: |op| op.fact("tasks_graph_id"),
        without: "The server does not say to which tasks graph this operation belongs.",
    }],
};

const THE_GRAPHS: KindTable = KindTable {
    id: GRAPHS,
    noun: "Tasks graphs",
    one: "tasks graph",
    target: "execution",
    times: TIMES,
    body: None,
    result: None,
    listed: true,
    can: Capabilities { get: false, ..CAN },
    columns: columns::GRAPHS,
    filters: filters::GRAPHS,
    actions: actions::operations::GRAPH_ACTIONS,
    related: &[Related {
        id: "operations",
        label: "Operations",
        kind: OPERATIONS,
        param: filters::GRAPH,
        of: |op| Some(&op.id),
        without: "The server gave this one no id.",
    }],
};

const THE_EVENTS: KindTable = KindTable {
    id: EVENTS,
    noun: "Events and logs",
    one: "event",
    target: "node",
    times: ["Time", "Ended"],
    body: None,
    result: None,
    listed: false,
    can: Capabilities { get: false, ..CAN },
    columns: columns::EVENTS,
    filters: filters::EVENTS,
    actions: &[],
    related: &[],
};

const fn trace(
    kind: Kind,
    path: &'static str,
    members: &'static [&'static str],
    beside: &'static [&'static str],
) -> Trace {
    Trace { kind, path, stars: &[], members, beside, form: is_uuid, request: None }
}

const OPERATION: Trace = trace(OPERATIONS, "api/*/operations", &["operation_id"], &["tasks_graph_id"]);
const GRAPH: Trace = trace(GRAPHS, "api/*/tasks_graphs", &[], &[]);

/// How these objects show themselves elsewhere.
pub(super) const TRACES: &[Trace] = &[
    trace(EXECUTIONS, "api/*/executions", &["execution_id"], &["workflow_id"]),
    trace(GROUPS, "api/*/execution-groups", &["execution_group_id"], &["deployment_group_id"]),
    OPERATION,
    GRAPH,
];
/// The same, where operations are the main kind.
pub(super) const TRACES_OF_OPERATIONS: &[Trace] = &[OPERATION, GRAPH];
