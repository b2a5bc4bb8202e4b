//! What a list can be asked for: where, by which filter text, and in which pages (docs/DIALECTS.md, sections 3.2, 3.5).

use super::filter;
use crate::dialect::{Filter, FilterKind};

pub(super) const PROJECT: &str = "project";
pub(super) const LOCATION: &str = "location";
pub(super) const FILTER: &str = "filter";

pub(super) const FILTERS: &[Filter] = &[
    Filter {
        param: PROJECT,
        label: "Project",
        kind: FilterKind::Exact,
        repeatable: false,
        hint: "The project's id or number. It is needed.",
        value: Some(|op| op.tenant.as_deref()),
    },
    Filter {
        param: LOCATION,
        label: "Location",
        kind: FilterKind::Choice,
        repeatable: false,
        hint: "One location; without it, all of them are asked.",
        value: Some(|op| op.fact(LOCATION)),
    },
    Filter {
        param: FILTER,
        label: "Filter",
        kind: FilterKind::Checked(filter::check),
        repeatable: false,
        hint: "For example: done=false AND metadata.verb=create. OR binds tighter than AND.",
        value: None,
    },
    Filter {
        param: "pageSize",
        label: "Page size",
        kind: FilterKind::Number,
        repeatable: false,
        hint: "How many come at once; the server may send fewer.",
        value: None,
    },
    Filter {
        param: "returnPartialSuccess",
        label: "Partial lists",
        kind: FilterKind::Flag("places that cannot be reached are left out and named"),
        repeatable: false,
        hint: "For all locations: leaves out those that cannot be reached, and names them, where the call would fail as a whole.",
        value: None,
    },
];
