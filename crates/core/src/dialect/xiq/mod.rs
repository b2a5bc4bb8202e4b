//! ExtremeCloud IQ, long-running operations: get, cancel and delete by id. There is no list; the ids are handed out once,
//! in the `Location` header of the call that starts the work (docs/DIALECTS.md, section 2).

mod actions;
mod columns;
mod parse;
mod request;

use super::{
    ActionCall, BuildError, Capabilities, Descriptor, Dialect, Endpoint, Key, Kind, KindTable, Outcome,
    Paging, RowError, ServerQuery, SignInKind, Trace, Words, traces,
};
use crate::http::sign_in::{self, BEARER};
use crate::http::{ApiError, ApiRequest, ApiResponse};
use crate::model::Operation;

/// The dialect `xiq`.
pub struct Xiq;

static DESCRIPTOR: Descriptor = Descriptor {
    title: "ExtremeCloud IQ",
    can: "ExtremeCloud IQ long-running operations. This API has no list: the console shows the operations whose ids you give it, and can cancel and delete them.",
    sign_in: &[SignInKind::Xiq, SignInKind::Bearer],
    token: BEARER,
    kinds: &[KindTable {
        id: "operations",
        noun: "Operations",
        one: "operation",
        target: "target",
        times: ["Created", "Ended"],
        body: None,
        result: Some("Response"),
        listed: true,
        can: Capabilities {
            list: false,
            get: true,
            paging: Paging::Whole,
            history_by: None,
            tenant_by: None,
            keyed_by_tenant: false,
        },
        columns: columns::COLUMNS,
        filters: &[],
        actions: actions::ACTIONS,
        related: &[],
    }],
    tenant: "customer",
    base_example: "/xiq",
};

impl Dialect for Xiq {
    fn id(&self) -> &'static str {
        "xiq"
    }

    fn describe(&self) -> &'static Descriptor {
        &DESCRIPTOR
    }

    fn list(&self, _at: &Endpoint, _kind: Kind, _query: &ServerQuery) -> Result<ApiRequest, BuildError> {
        Err(BuildError::NotOffered)
    }

    fn rows_at(&self, _kind: Kind) -> &'static str {
        ""
    }

    fn parse_row(&self, _kind: Kind, row: &str, words: &mut Words) -> Result<Operation, RowError> {
        parse::row(row, words)
    }

    fn get(&self, at: &Endpoint, _kind: Kind, key: &Key) -> Result<ApiRequest, BuildError> {
        request::get(at, key)
    }

    fn act(&self, at: &Endpoint, _kind: Kind, call: &ActionCall) -> Result<ApiRequest, BuildError> {
        request::act(at, call)
    }

    fn parse_act(&self, _kind: Kind, call: &ActionCall, response: &ApiResponse) -> Result<Outcome, ApiError> {
        if !response.is_success() {
            return Err(self.error(response));
        }
        Ok(super::answered(response).unwrap_or(match call.action {
            actions::CANCEL => Outcome::Requested,
            _ => Outcome::Done,
        }))
    }

    fn traces(&self) -> &'static [Trace] {
        &[Trace {
            kind: "operations",
            path: "operations",
            stars: &[],
            members: &["operationId", "operation_id"],
            beside: &["done"],
            form: traces::is_number,
            request: None,
        }]
    }

    fn said(&self, body: &str) -> Option<String> {
        sign_in::xiq::said(body)
    }
}
