//! The columns of the list. Common ids where the meaning is common, else the API's own field name.

use crate::dialect::{Cell, Column, common};
use crate::model::Operation;
use crate::text::t;

pub(super) const COLUMNS: &[Column] = &[
    common::state(Some("status")),
    Column {
        cell: |op, _| Cell::Operation { kind: op.kind.as_deref().unwrap_or(t("No type")), on: on(op) },
        ..common::kind("Operation", Some("request_type"))
    },
    common::id(),
    common::target("Appliance", Some("resource_id")),
    common::tenant("Tenant", Some("tenant_id")),
    common::created("Received"),
    common::ended("Committed"),
    common::duration(),
    common::extra(
        "resource_type",
        "Resource type",
        Some("resource_type"),
        |op, _| common::text(op.target_type.as_deref()),
        |op| op.target_type.as_deref().unwrap_or_default(),
    ),
    common::extra(
        "request_id",
        "Request ID",
        Some("request_id"),
        |op, _| op.request_id.as_deref().map_or(Cell::Absent, Cell::Id),
        |op| op.request_id.as_deref().unwrap_or_default(),
    ),
    common::error(),
    common::extra(
        "warning",
        "Warning",
        None,
        |op, _| common::text(op.warning.as_deref()),
        |op| op.warning.as_deref().unwrap_or_default(),
    ),
];

/// What the operation works on: its name where the body tells one, else the last part of the type
/// (`ECL::VirtualNetworkAppliance::VSRX` reads as `VSRX`).
fn on(op: &Operation) -> &str {
    op.name.as_deref().unwrap_or_else(|| {
        let full = op.target_type.as_deref().unwrap_or_default();
        full.rsplit("::").next().unwrap_or(full)
    })
}
