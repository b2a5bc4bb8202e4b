//! Actions on executions, and on all of them by criteria.

use super::{
    Availability, CREATED_AT, CREATED_BY, ENDED, Off, Ready, TENANT, WORKFLOW, always, input, is, needed,
};
use crate::dialect::cloudify::{filters, retention};
use crate::dialect::{Action, Input, InputKind, Reach, Settles, Weight};
use crate::model::{Operation, State};

const ITEM: Action = Action {
    id: "",
    label: "",
    reach: Reach::Item,
    weight: Weight::Destroys,
    allowed: always,
    consequence: "",
    inputs: &[],
    settles: Settles::WhenEnded,
};

pub(in super::super) const ACTIONS: &[Action] = &[
    Action {
        id: "cancel",
        label: "Cancel",
        allowed: may_cancel,
        consequence: "Asks the workflow to stop: it may stop, roll back, or ignore this and end as failed.",
        ..ITEM
    },
    Action {
        id: "force-cancel",
        label: "Force-cancel",
        allowed: may_force_cancel,
        consequence: "The engine stops waiting for the workflow; operations already sent go on running on their agents.",
        ..ITEM
    },
    Action {
        id: "kill",
        label: "Kill",
        allowed: may_kill,
        consequence: "Kills the workflow's process and the processes of its operations, wherever they stand.",
        ..ITEM
    },
    Action {
        id: "resume",
        label: "Resume",
        weight: Weight::Writes,
        allowed: may_resume,
        consequence: "Puts the failed operations of its stored graphs back to pending and runs it on from there.",
        settles: Settles::WhenMoving,
        ..ITEM
    },
    Action {
        id: "force-resume",
        label: "Force-resume",
        weight: Weight::Writes,
        allowed: may_force_resume,
        consequence: "As resume, and operations that were under way when it stopped are run once more.",
        settles: Settles::WhenMoving,
        ..ITEM
    },
    Action {
        id: "requeue",
        label: "Requeue (cancels)",
        allowed: may_requeue,
        consequence: "Manager 7.0.5 has no requeue of its own: this call cancels the execution.",
        ..ITEM
    },
    Action {
        id: "update-status",
        label: "Set status",
        allowed: may_update,
        consequence: "Writes a status as a worker would; nothing is stopped or started, and a missing error text clears the old one.",
        inputs: &[
            needed("status", "Status", InputKind::OneOf(filters::STATUSES), "The new status."),
            input("error", "Error", InputKind::Text, "The error text to store."),
        ],
        settles: Settles::AtOnce,
        ..ITEM
    },
    Action {
        id: "delete",
        label: "Delete",
        allowed: may_delete,
        consequence: "Deletes the record with its graphs, operations, events and logs.",
        settles: Settles::WhenGone,
        ..ITEM
    },
    Action {
        id: "should-start",
        label: "Can it start?",
        weight: Weight::Reads,
        consequence: "Asks whether anything on its deployment stands in the way of its start.",
        settles: Settles::AtOnce,
        ..ITEM
    },
    Action {
        id: "start",
        label: "Start",
        weight: Weight::Writes,
        consequence: "Starts a workflow on a deployment.",
        inputs: &[
            DEPLOYMENT,
            WORKFLOW,
            PARAMETERS,
            CUSTOM,
            input(
                "force",
                "Force",
                InputKind::Flag,
                "Although another execution is active or others depend on it.",
            ),
            DRY_RUN,
            input("queue", "Queue", InputKind::Flag, "Waits its turn where something stands in the way."),
            input(
                "scheduled_time",
                "Scheduled time",
                InputKind::Time,
                "Later, with a zone; nothing but the deployment is checked before.",
            ),
            input("wait_after_fail", "Wait after a failure", InputKind::Number, "Seconds; 600 where empty."),
            TENANT,
        ],
        ..KIND
    },
    Action {
        id: "create",
        label: "Create a record",
        weight: Weight::Writes,
        consequence: "Stores an execution with a forced status and does not run it. Administrators only.",
        inputs: &[
            DEPLOYMENT,
            WORKFLOW,
            needed(
                "force_status",
                "Status",
                InputKind::OneOf(filters::STATUSES),
                "The status it is stored with.",
            ),
            input("id", "ID", InputKind::Text, "The server makes one where empty."),
            PARAMETERS,
            input("error", "Error", InputKind::Text, "The error text to store."),
            CUSTOM,
            DRY_RUN,
            input("is_system_workflow", "System workflow", InputKind::Flag, "Hidden from lists by default."),
            CREATED_BY,
            CREATED_AT,
            input("started_at", "Started at", InputKind::Time, "With its zone."),
            input("ended_at", "Ended at", InputKind::Time, "With its zone."),
            TENANT,
        ],
        ..KIND
    },
    Action {
        id: retention::ACTION,
        label: "Delete by criteria",
        weight: Weight::Worst,
        consequence: "Deletes ended executions with their graphs, operations, events and logs.",
        inputs: &[
            input(retention::OLDER, "Created before", InputKind::Time, "UTC where no zone is given."),
            input(
                retention::KEEP,
                "Keep the newest",
                InputKind::Number,
                "How many stay. Not together with a time.",
            ),
            input("deployment_id", "Deployment", InputKind::Text, "Only of this deployment."),
            input("workflow_id", "Workflow", InputKind::Text, "Only of this workflow."),
            input("blueprint_id", "Blueprint", InputKind::Text, "Only of this blueprint."),
            input("created_by", "Created by", InputKind::Text, "Only of this user."),
            input("execution_group_id", "Execution group", InputKind::Text, "Only of this group."),
            TENANT,
        ],
        settles: Settles::AtOnce,
        ..KIND
    },
    Action {
        id: "count-by-status",
        label: "Count by status",
        weight: Weight::Reads,
        consequence: "Asks how many executions there are of each status.",
        ..KIND
    },
];

const KIND: Action = Action { reach: Reach::Kind, settles: Settles::AtOnce, ..ITEM };

const DEPLOYMENT: Input = Input {
    start: Some(|op| op.target.as_deref()),
    ..needed("deployment_id", "Deployment", InputKind::Text, "The deployment's id.")
};
const PARAMETERS: Input = input(
    "parameters",
    "Parameters",
    InputKind::Json,
    "A JSON object; the workflow's defaults fill the rest.",
);
const CUSTOM: Input = input(
    "allow_custom_parameters",
    "Custom parameters",
    InputKind::Flag,
    "Takes parameters that the workflow does not declare.",
);
const DRY_RUN: Input =
    input("dry_run", "Dry run", InputKind::Flag, "Goes through the steps without doing them.");

/// Which status allows which action: the manager's own rules, except where one of them would do harm.
fn may_cancel(op: &Operation) -> Availability {
    match op.state {
        State::Cancelling => Off("A cancel is under way already; force-cancel or kill go further."),
        state if state.has_ended() => ENDED,
        _ => Ready,
    }
}

fn may_force_cancel(op: &Operation) -> Availability {
    if is(op, &["force_cancelling", "kill_cancelling"]) {
        return Off("It is being cancelled by force already; kill goes further.");
    }
    if op.state.has_ended() { ENDED } else { Ready }
}

fn may_kill(op: &Operation) -> Availability {
    if op.state.has_ended() {
        return Off("It has ended. This API would accept a kill and overwrite how it ended.");
    }
    Ready
}

fn may_resume(op: &Operation) -> Availability {
    match op.state {
        State::Running | State::Failed | State::Cancelled | State::Unknown => Ready,
        _ => Off("Only a started, failed or cancelled execution can be resumed."),
    }
}

fn may_force_resume(op: &Operation) -> Availability {
    match op.state {
        State::Failed | State::Cancelled | State::Unknown => Ready,
        _ => Off("Only a failed or cancelled execution can be resumed by force."),
    }
}

fn may_requeue(op: &Operation) -> Availability {
    match op.state {
        State::Cancelling => Off("A cancel is under way already, and on this API a requeue is a cancel."),
        state if state.has_ended() => Off("It has ended. On this API a requeue is a cancel."),
        _ => Ready,
    }
}

fn may_update(op: &Operation) -> Availability {
    if op.state.has_ended() && op.kind.as_deref() != Some("create_snapshot") {
        return Off("It has ended; its status cannot be changed any more.");
    }
    Ready
}

fn may_delete(op: &Operation) -> Availability {
    if op.state.has_ended() { Ready } else { Off("Only ended executions can be deleted.") }
}
