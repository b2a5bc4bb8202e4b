//! Columns that mean the same on every API, so that they look and sort the same. Knows no API.

use super::{Cell, Column, SortKey};
use crate::model::{Operation, Stamp};
use crate::text::t;

/// How a point in time stands in a cell.
pub(super) fn time(stamp: &Stamp) -> Cell<'_> {
    match stamp {
        Stamp::Absent => Cell::Absent,
        Stamp::At(at) => Cell::Instant(*at),
        Stamp::Odd(text) => Cell::OddTime(text),
    }
}

/// How a text that may be missing stands in a cell.
pub(super) fn text(text: Option<&str>) -> Cell<'_> {
    text.map_or(Cell::Absent, Cell::Text)
}

const COLUMN: Column = Column {
    id: "",
    head: "",
    is_time: false,
    is_number: false,
    cell: |_, _| Cell::Absent,
    sort: None,
    shown: true,
    filter: None,
};

/// Our state with the server's word.
pub(super) const fn state(filter: Option<&'static str>) -> Column {
    Column {
        id: "state",
        head: "Status",
        cell: |_, _| Cell::Status,
        sort: Some(SortKey::Number(|op, _| i64::try_from(op.state.index()).ok())),
        filter,
        ..COLUMN
    }
}

/// What the operation does and on what: leads to the detail view.
pub(super) const fn kind(head: &'static str, filter: Option<&'static str>) -> Column {
    Column {
        id: "kind",
        head,
        cell: |op, _| Cell::Operation {
            kind: op.kind.as_deref().unwrap_or(t("No type")),
            on: op.name.as_deref().unwrap_or_default(),
        },
        sort: Some(SortKey::Text(|op| op.kind.as_deref().unwrap_or_default())),
        filter,
        ..COLUMN
    }
}

/// The server's id.
pub(super) const fn id() -> Column {
    Column {
        id: "id",
        head: "ID",
        cell: |op, _| Cell::Id(&op.id),
        sort: Some(SortKey::Text(|op| &op.id)),
        ..COLUMN
    }
}

/// What it works on.
pub(super) const fn target(head: &'static str, filter: Option<&'static str>) -> Column {
    Column {
        id: "target",
        head,
        cell: |op, _| op.target.as_deref().map_or(Cell::Absent, Cell::Id),
        sort: Some(SortKey::Text(|op| op.target.as_deref().unwrap_or_default())),
        filter,
        ..COLUMN
    }
}

/// Whose it is.
pub(super) const fn tenant(head: &'static str, filter: Option<&'static str>) -> Column {
    Column {
        id: "tenant",
        head,
        cell: |op, _| op.tenant.as_deref().map_or(Cell::Absent, Cell::Id),
        sort: Some(SortKey::Text(|op| op.tenant.as_deref().unwrap_or_default())),
        filter,
        ..COLUMN
    }
}

/// When the server accepted it.
pub(super) const fn created(head: &'static str) -> Column {
    Column {
        id: "created",
        head,
        is_time: true,
        is_number: true,
        cell: |op, _| time(&op.created),
        sort: Some(SortKey::Number(|op, _| op.created.millis().map(|at| at.0))),
        ..COLUMN
    }
}

/// When the work began.
pub(super) const fn started() -> Column {
    Column {
        id: "started",
        head: "Started",
        is_time: true,
        is_number: true,
        cell: |op, _| time(&op.started),
        sort: Some(SortKey::Number(|op, _| op.started.millis().map(|at| at.0))),
        shown: false,
        ..COLUMN
    }
}

/// When it ended.
pub(super) const fn ended(head: &'static str) -> Column {
    Column {
        id: "ended",
        head,
        is_time: true,
        is_number: true,
        cell: |op, _| time(&op.ended),
        sort: Some(SortKey::Number(|op, _| op.ended.millis().map(|at| at.0))),
        shown: false,
        ..COLUMN
    }
}

/// How long it took, or takes so far.
pub(super) const fn duration() -> Column {
    Column {
        id: "duration",
        head: "Duration",
        is_number: true,
        cell: |op, now| op.duration(now).map_or(Cell::Absent, Cell::Span),
        sort: Some(SortKey::Number(Operation::duration)),
        ..COLUMN
    }
}

/// How far it has come; sorted by the share.
pub(super) const fn progress() -> Column {
    Column {
        id: "progress",
        head: "Progress",
        is_number: true,
        cell: |op, _| op.more.as_ref().and_then(|more| more.progress).map_or(Cell::Absent, Cell::Progress),
        sort: Some(SortKey::Number(|op, _| {
            op.more.as_ref()?.progress.map(|progress| i64::from(progress.percent()))
        })),
        ..COLUMN
    }
}

/// Why it failed.
pub(super) const fn error() -> Column {
    Column {
        id: "error",
        head: "Error",
        cell: |op, _| text(op.error.as_deref()),
        sort: Some(SortKey::Text(|op| op.error.as_deref().unwrap_or_default())),
        shown: false,
        ..COLUMN
    }
}

/// The columns of a list across connections. Which connection a row is of stands beside the row, not in it.
pub const ACROSS: &[Column] = &[
    state(None),
    Column {
        cell: |op, _| Cell::Operation {
            kind: op.kind.as_deref().unwrap_or(t("No type")),
            on: op
                .name
                .as_deref()
                .or_else(|| op.target_type.as_deref()?.rsplit("::").next())
                .unwrap_or_default(),
        },
        ..kind("Operation", None)
    },
    id(),
    Column { shown: false, ..target("Target", None) },
    Column { id: "connection", head: "Connection", sort: Some(SortKey::Text(|_| "")), ..COLUMN },
    tenant("Tenant", None),
    progress(),
    created("Created"),
    started(),
    ended("Ended"),
    duration(),
    error(),
];

/// A text under a name of its own. Hidden unless chosen.
pub(super) const fn extra(
    id: &'static str,
    head: &'static str,
    filter: Option<&'static str>,
    cell: for<'a> fn(&'a Operation, crate::time::Millis) -> Cell<'a>,
    sort: fn(&Operation) -> &str,
) -> Column {
    Column { id, head, cell, sort: Some(SortKey::Text(sort)), shown: false, filter, ..COLUMN }
}
