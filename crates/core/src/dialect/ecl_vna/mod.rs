//! NTT Enterprise Cloud 2.0 (SDPF), virtual network appliance operations: list with nine filters, and show.
//! Nothing else exists there: no cancel, no delete, no paging (docs/DIALECTS.md, section 1).

mod columns;
mod filters;
mod parse;
mod request;

use super::{
    Action, BuildError, Capabilities, Column, Descriptor, Dialect, Endpoint, Filter, Kind, PageInfo,
    RowError, ServerQuery, SignInKind, Words,
};
use crate::http::{ApiError, ApiRequest, ApiResponse};
use crate::model::Operation;

/// The dialect `ecl-vna`.
pub struct EclVna;

static DESCRIPTOR: Descriptor = Descriptor {
    title: "NTT ECL VNA",
    can: "NTT ECL virtual network appliances. This API can list and filter; it has no cancel and no delete.",
    sign_in: &[SignInKind::Keystone],
    token_header: "x-auth-token",
    kinds: &["operations"],
    noun: "Operations",
    target_noun: "appliance",
    base_example: "/ecl/virtual-network-appliance",
};

impl Dialect for EclVna {
    fn id(&self) -> &'static str {
        "ecl-vna"
    }

    fn describe(&self) -> &'static Descriptor {
        &DESCRIPTOR
    }

    fn capabilities(&self, _kind: Kind) -> Capabilities {
        Capabilities {
            list: true,
            get: true,
            pages: false,
            history_by: Some("resource_id"),
            tenant_by: Some("tenant_id"),
        }
    }

    fn columns(&self, _kind: Kind) -> &'static [Column] {
        columns::COLUMNS
    }

    fn filters(&self, _kind: Kind) -> &'static [Filter] {
        filters::FILTERS
    }

    fn actions(&self, _kind: Kind) -> &'static [Action] {
        &[]
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

    fn parse_page(&self, _kind: Kind, _envelope: &str) -> PageInfo {
        PageInfo::default()
    }

    fn get(&self, at: &Endpoint, _kind: Kind, id: &str) -> Result<ApiRequest, BuildError> {
        request::get(at, id)
    }

    fn parse_get(
        &self,
        _kind: Kind,
        response: &ApiResponse,
        words: &mut Words,
    ) -> Result<(Operation, String), ApiError> {
        parse::shown(response, words)
    }

    fn said(&self, body: &str) -> Option<String> {
        parse::said(body)
    }
}
