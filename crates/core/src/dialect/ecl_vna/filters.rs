//! The nine filters of the list call (docs/DIALECTS.md, section 1.3). All exact, combined with AND; unset ones are not sent,
//! so the server's own defaults hold.

use crate::dialect::{Filter, FilterKind};

pub(super) const FILTERS: &[Filter] = &[
    Filter {
        param: "status",
        label: "Status",
        kind: FilterKind::OneOf(&["PROCESSING", "COMPLETE", "ERROR", "STUCK"]),
        repeatable: false,
        hint: "The server's own word.",
        value: Some(|op| op.status.as_deref()),
    },
    Filter {
        param: "request_type",
        label: "Request type",
        kind: FilterKind::OneOf(&["Create", "Update", "Delete", "Action"]),
        repeatable: false,
        hint: "What was asked for.",
        value: Some(|op| op.kind.as_deref()),
    },
    Filter {
        param: "tenant_id",
        label: "Tenant",
        kind: FilterKind::Exact,
        repeatable: false,
        hint: "32 hexadecimal digits, no hyphens.",
        value: Some(|op| op.tenant.as_deref()),
    },
    Filter {
        param: "resource_id",
        label: "Appliance",
        kind: FilterKind::Exact,
        repeatable: true,
        hint: "The appliance's id. Several match any of them.",
        value: Some(|op| op.target.as_deref()),
    },
    Filter {
        param: "resource_type",
        label: "Resource type",
        kind: FilterKind::OneOf(&["ECL::VirtualNetworkAppliance::VSRX"]),
        repeatable: false,
        hint: "The appliance's full type.",
        value: Some(|op| op.target_type.as_deref()),
    },
    Filter {
        param: "id",
        label: "Operation ID",
        kind: FilterKind::Exact,
        repeatable: false,
        hint: "One operation.",
        value: Some(|op| Some(&op.id)),
    },
    Filter {
        param: "request_id",
        label: "Request ID",
        kind: FilterKind::Exact,
        repeatable: false,
        hint: "The id that the caller sent with the request.",
        value: Some(|op| op.request_id.as_deref()),
    },
    Filter {
        param: "latest",
        label: "Latest only",
        kind: FilterKind::Flag("only the newest operation of each appliance"),
        repeatable: false,
        hint: "Shows only the newest operation of each appliance.",
        value: None,
    },
    Filter {
        param: "no_deleted",
        label: "Hide deleted",
        kind: FilterKind::Flag("operations of deleted appliances are hidden"),
        repeatable: false,
        hint: "Leaves out operations of appliances that no longer exist.",
        value: None,
    },
];
