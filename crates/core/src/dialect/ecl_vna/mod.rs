//! NTT Enterprise Cloud 2.0 (SDPF), virtual network appliance operations: list with nine filters, and show.
//! Nothing else exists there: no cancel, no delete, no paging (docs/DIALECTS.md, section 1).

mod columns;
mod filters;
mod parse;
mod request;

use super::{
    BuildError, Capabilities, Descriptor, Dialect, Endpoint, Key, Kind, KindTable, Paging, Related, RowError,
    ServerQuery, SignInKind, TokenAs, Trace, Words, traces,
};
use crate::http::{ApiError, ApiRequest, ApiResponse};
use crate::model::Operation;

/// The dialect `ecl-vna`.
pub struct EclVna;

const TOKEN: TokenAs = TokenAs { header: "x-auth-token", prefix: "" };

static DESCRIPTOR: Descriptor = Descriptor {
    title: "NTT ECL VNA",
    can: "NTT ECL virtual network appliances. This API can list and filter; it has no cancel and no delete.",
    sign_in: &[SignInKind::Keystone, SignInKind::TokenHeader],
    token: TOKEN,
    kinds: &[KindTable {
        id: "operations",
        noun: "Operations",
        one: "operation",
        target: "appliance",
        times: ["Received", "Committed"],
        body: Some("Request body"),
        result: None,
        listed: true,
        can: Capabilities {
            list: true,
            get: true,
            paging: Paging::Whole,
            history_by: Some("resource_id"),
            tenant_by: Some("tenant_id"),
            keyed_by_tenant: false,
        },
        columns: columns::COLUMNS,
        filters: filters::FILTERS,
        actions: &[],
        related: &[Related {
            id: "history",
            label: "History",
            kind: "operations",
            param: "resource_id",
            of: |op| op.target.as_deref(),
            without: "The server does not say what this operation works on.",
        }],
    }],
    tenant: "tenant",
    base_example: "/ecl/virtual-network-appliance",
};

impl Dialect for EclVna {
    fn id(&self) -> &'static str {
        "ecl-vna"
    }

    fn describe(&self) -> &'static Descriptor {
        &DESCRIPTOR
    }

    fn list(&self, at: &Endpoint, _kind: Kind, query: &ServerQuery) -> Result<ApiRequest, BuildError> {
        request::list(at, query)
    }

    fn rows_at(&self, _kind: Kind) -> &'static str {
        "operations"
    }

    fn parse_row(&self, _kind: Kind, row: &str, words: &mut Words) -> Result<Operation, RowError> {
        parse::row(row, words)
    }

    fn get(&self, at: &Endpoint, _kind: Kind, key: &Key) -> Result<ApiRequest, BuildError> {
        request::get(at, &key.id)
    }

    fn parse_get(
        &self,
        _kind: Kind,
        response: &ApiResponse,
        words: &mut Words,
    ) -> Result<(Operation, String), ApiError> {
        parse::shown(response, words)
    }

    fn traces(&self) -> &'static [Trace] {
        &[Trace {
            kind: "operations",
            path: "v1.0/operations",
            stars: &[],
            members: &["operation_id"],
            beside: &["request_type", "reception_datetime", "resource_type"],
            form: traces::is_uuid,
            request: Some("request_id"),
        }]
    }

    fn said(&self, body: &str) -> Option<String> {
        parse::said(body)
    }
}
