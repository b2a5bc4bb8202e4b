//! What can be done, kind by kind, and when (docs/DIALECTS.md, 4.6 to 4.8). Tables only: what is sent stands in
//! `act`, what comes back in `answer`.

pub(super) mod executions;
pub(super) mod groups;
pub(super) mod operations;

use crate::dialect::{Availability, Input, InputKind};
use crate::model::Operation;

use Availability::{Off, Ready};

const ENDED: Availability = Off("It has ended.");

fn always(_: &Operation) -> Availability {
    Ready
}

/// Whether the server's word is one of these.
fn is(op: &Operation, words: &[&str]) -> bool {
    op.status.as_deref().is_some_and(|status| words.iter().any(|word| status.eq_ignore_ascii_case(word)))
}

const fn input(name: &'static str, label: &'static str, kind: InputKind, hint: &'static str) -> Input {
    Input { name, label, kind, required: false, hint, start: None }
}

const fn needed(name: &'static str, label: &'static str, kind: InputKind, hint: &'static str) -> Input {
    Input { required: true, ..input(name, label, kind, hint) }
}

const TENANT: Input = Input {
    start: Some(|op| op.tenant.as_deref()),
    ..input("tenant", "Tenant", InputKind::Text, "The tenant pinned or chosen, else default_tenant.")
};
const CREATED_BY: Input =
    input("created_by", "Created by", InputKind::Text, "Administrators only: who it is said to be from.");
const CREATED_AT: Input = input(
    "created_at",
    "Created at",
    InputKind::Time,
    "Administrators only: with its zone, as in 2026-11-21T03:47:17Z.",
);
const WORKFLOW: Input = Input {
    start: Some(|op| op.kind.as_deref()),
    ..needed("workflow_id", "Workflow", InputKind::Text, "As install or uninstall.")
};
