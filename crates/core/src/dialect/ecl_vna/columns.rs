//! The columns of the list. Common ids where the meaning is common, else the API's own field name.

use crate::dialect::{Cell, Column, SortKey};
use crate::model::{Operation, Stamp};

pub(super) const COLUMNS: &[Column] = &[
    Column {
        id: "state",
        head: "Status",
        is_time: false,
        is_number: false,
        cell: |_, _| Cell::Status,
        sort: Some(SortKey::Number(|op, _| i64::try_from(op.state.index()).ok())),
        shown: true,
        filter: Some("status"),
    },
    Column {
        id: "kind",
        head: "Operation",
        is_time: false,
        is_number: false,
        cell: |op, _| Cell::Operation { kind: op.kind.as_deref().unwrap_or("No type"), on: on(op) },
        sort: Some(SortKey::Text(|op| op.kind.as_deref().unwrap_or_default())),
        shown: true,
        filter: Some("request_type"),
    },
    Column {
        id: "id",
        head: "ID",
        is_time: false,
        is_number: false,
        cell: |op, _| Cell::Id(&op.id),
        sort: Some(SortKey::Text(|op| &op.id)),
        shown: true,
        filter: None,
    },
    Column {
        id: "target",
        head: "Appliance",
        is_time: false,
        is_number: false,
        cell: |op, _| op.target.as_deref().map_or(Cell::Absent, Cell::Id),
        sort: Some(SortKey::Text(|op| op.target.as_deref().unwrap_or_default())),
        shown: true,
        filter: Some("resource_id"),
    },
    Column {
        id: "tenant",
        head: "Tenant",
        is_time: false,
        is_number: false,
        cell: |op, _| op.tenant.as_deref().map_or(Cell::Absent, Cell::Id),
        sort: Some(SortKey::Text(|op| op.tenant.as_deref().unwrap_or_default())),
        shown: true,
        filter: Some("tenant_id"),
    },
    Column {
        id: "created",
        head: "Received",
        is_time: true,
        is_number: true,
        cell: |op, _| time(&op.created),
        sort: Some(SortKey::Number(|op, _| op.created.millis().map(|at| at.0))),
        shown: true,
        filter: None,
    },
    Column {
        id: "ended",
        head: "Committed",
        is_time: true,
        is_number: true,
        cell: |op, _| time(&op.ended),
        sort: Some(SortKey::Number(|op, _| op.ended.millis().map(|at| at.0))),
        shown: false,
        filter: None,
    },
    Column {
        id: "duration",
        head: "Duration",
        is_time: false,
        is_number: true,
        cell: |op, now| op.duration(now).map_or(Cell::Absent, Cell::Span),
        sort: Some(SortKey::Number(Operation::duration)),
        shown: true,
        filter: None,
    },
    Column {
        id: "resource_type",
        head: "Resource type",
        is_time: false,
        is_number: false,
        cell: |op, _| op.target_type.as_deref().map_or(Cell::Absent, Cell::Text),
        sort: Some(SortKey::Text(|op| op.target_type.as_deref().unwrap_or_default())),
        shown: false,
        filter: Some("resource_type"),
    },
    Column {
        id: "request_id",
        head: "Request ID",
        is_time: false,
        is_number: false,
        cell: |op, _| op.request_id.as_deref().map_or(Cell::Absent, Cell::Id),
        sort: Some(SortKey::Text(|op| op.request_id.as_deref().unwrap_or_default())),
        shown: false,
        filter: Some("request_id"),
    },
    Column {
        id: "error",
        head: "Error",
        is_time: false,
        is_number: false,
        cell: |op, _| op.error.as_deref().map_or(Cell::Absent, Cell::Text),
        sort: Some(SortKey::Text(|op| op.error.as_deref().unwrap_or_default())),
        shown: false,
        filter: None,
    },
    Column {
        id: "warning",
        head: "Warning",
        is_time: false,
        is_number: false,
        cell: |op, _| op.warning.as_deref().map_or(Cell::Absent, Cell::Text),
        sort: Some(SortKey::Text(|op| op.warning.as_deref().unwrap_or_default())),
        shown: false,
        filter: None,
    },
];

/// What the operation works on: its name where the body tells one, else the last part of the type
/// (`ECL::VirtualNetworkAppliance::VSRX` reads as `VSRX`).
fn on(op: &Operation) -> &str {
    op.name.as_deref().unwrap_or_else(|| {
        let full = op.target_type.as_deref().unwrap_or_default();
        full.rsplit("::").next().unwrap_or(full)
    })
}

fn time(stamp: &Stamp) -> Cell<'_> {
    match stamp {
        Stamp::Absent => Cell::Absent,
        Stamp::At(at) => Cell::Instant(*at),
        Stamp::Odd(text) => Cell::OddTime(text),
    }
}
