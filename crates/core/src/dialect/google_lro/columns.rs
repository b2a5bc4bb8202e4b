//! The columns of the list. Common ids where the meaning is common, else the API's own field name.

use super::filters;
use crate::dialect::{Column, common};

pub(super) const COLUMNS: &[Column] = &[
    common::state(None),
    common::kind("Operation", None),
    common::id(),
    common::target("Target", None),
    common::tenant("Project", Some(filters::PROJECT)),
    Column {
        shown: true,
        ..common::extra(
            "location",
            "Location",
            Some(filters::LOCATION),
            |op, _| common::text(op.fact("location")),
            |op| op.fact("location").unwrap_or_default(),
        )
    },
    common::created("Created"),
    common::ended("Ended"),
    common::duration(),
    common::error(),
    common::extra(
        "statusMessage",
        "Status message",
        None,
        |op, _| common::text(op.fact("statusMessage")),
        |op| op.fact("statusMessage").unwrap_or_default(),
    ),
    common::extra(
        "apiVersion",
        "API version",
        None,
        |op, _| common::text(op.fact("apiVersion")),
        |op| op.fact("apiVersion").unwrap_or_default(),
    ),
];
