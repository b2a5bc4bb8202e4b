//! Actions on execution groups. A group's status is derived from its members and may be missing.

use super::{Availability, CREATED_AT, CREATED_BY, Off, Ready, TENANT, WORKFLOW, always, input, needed};
use crate::dialect::{Action, Input, InputKind, Reach, Settles, Weight};
use crate::model::{Operation, State};

const ITEM: Action = Action {
    id: "",
    label: "",
    reach: Reach::Item,
    weight: Weight::Worst,
    allowed: may_cancel,
    consequence: "",
    inputs: &[],
    settles: Settles::WhenEnded,
};

pub(in super::super) const ACTIONS: &[Action] = &[
    Action {
        id: "cancel",
        label: "Cancel all",
        consequence: "Queued executions become cancelled at once; the workflows of the others are asked to stop.",
        ..ITEM
    },
    Action {
        id: "force-cancel",
        label: "Force-cancel all",
        consequence: "Queued executions become cancelled at once; for the others the engine stops waiting, while operations already sent go on.",
        ..ITEM
    },
    Action {
        id: "kill",
        label: "Kill all",
        consequence: "Queued executions become cancelled at once; the processes of the others are killed.",
        ..ITEM
    },
    Action {
        id: "resume",
        label: "Resume all",
        weight: Weight::Writes,
        allowed: may_resume,
        consequence: "Failed and cancelled executions run on from where they stopped, as many at a time as the concurrency allows.",
        settles: Settles::WhenMoving,
        ..ITEM
    },
    Action {
        id: "force-resume",
        label: "Force-resume all",
        weight: Weight::Writes,
        allowed: may_resume,
        consequence: "As resume, and operations that were under way when an execution stopped are run once more.",
        settles: Settles::WhenMoving,
        ..ITEM
    },
    Action {
        id: "set-concurrency",
        label: "Set concurrency",
        weight: Weight::Writes,
        allowed: always,
        consequence: "Sets how many executions run at a time; 0 pauses the group, and more than 0 starts queued ones at once.",
        inputs: &[Input {
            start: Some(|op| op.fact("concurrency")),
            ..needed("concurrency", "Concurrency", InputKind::Number, "How many at a time; 0 pauses.")
        }],
        settles: Settles::AtOnce,
        ..ITEM
    },
    Action {
        id: "set-target-groups",
        label: "Set target groups",
        weight: Weight::Writes,
        allowed: always,
        consequence: "Deployments join one deployment group when their execution succeeds, another when it fails; this holds for past results too.",
        inputs: &[
            input(
                "success_group_id",
                "Success group",
                InputKind::Text,
                "A deployment group; unchanged where empty.",
            ),
            input(
                "failure_group_id",
                "Failure group",
                InputKind::Text,
                "A deployment group; unchanged where empty.",
            ),
        ],
        settles: Settles::AtOnce,
        ..ITEM
    },
    Action {
        id: "start-group",
        label: "Start a group",
        weight: Weight::Writes,
        consequence: "Starts one execution for each deployment of a deployment group.",
        inputs: &[
            GROUP,
            WORKFLOW,
            DEFAULTS,
            PARAMETERS,
            input("force", "Force", InputKind::Flag, "Although other executions are active."),
            CONCURRENCY,
            TENANT,
        ],
        ..KIND
    },
    Action {
        id: "create-group",
        label: "Create over executions",
        weight: Weight::Writes,
        consequence: "Makes a group over executions that exist, and runs nothing. Meant for restoring.",
        inputs: &[
            GROUP,
            WORKFLOW,
            needed(
                "associated_executions",
                "Executions",
                InputKind::Json,
                r#"A JSON list of their ids: ["a", "b"]."#,
            ),
            DEFAULTS,
            PARAMETERS,
            CONCURRENCY,
            input("id", "ID", InputKind::Text, "Administrators only; the server makes one where empty."),
            CREATED_BY,
            CREATED_AT,
            TENANT,
        ],
        ..KIND
    },
    Action {
        id: "dump",
        label: "Export groups",
        weight: Weight::Reads,
        consequence: "Fetches the groups with their executions as a file.",
        inputs: &[
            input(
                "execution_group_ids",
                "Groups",
                InputKind::Json,
                r#"All where empty, else a JSON list of ids: ["a", "b"]."#,
            ),
            TENANT,
        ],
        ..KIND
    },
];

const KIND: Action = Action { reach: Reach::Kind, allowed: always, settles: Settles::AtOnce, ..ITEM };

const GROUP: Input = Input {
    start: Some(|op| op.target.as_deref()),
    ..needed("deployment_group_id", "Deployment group", InputKind::Text, "The deployment group's id.")
};
const DEFAULTS: Input =
    input("default_parameters", "Default parameters", InputKind::Json, "A JSON object, for every execution.");
const PARAMETERS: Input = input(
    "parameters",
    "Parameters by deployment",
    InputKind::Json,
    r#"A JSON object, over the defaults: {"<deployment>": {…}}."#,
);
const CONCURRENCY: Input =
    input("concurrency", "Concurrency", InputKind::Number, "How many at a time; 5 where empty.");

fn may_cancel(op: &Operation) -> Availability {
    if op.state.has_ended() { Off("All its executions have ended.") } else { Ready }
}

/// A group that ended well may still hold cancelled executions.
fn may_resume(op: &Operation) -> Availability {
    if op.state == State::Waiting {
        Off("None of its executions has failed or was cancelled.")
    } else {
        Ready
    }
}
