//! Cloudify Manager, REST API v3.1, spoken as two dialects that share all their tables: executions with their groups,
//! and the operations of tasks graphs (docs/DIALECTS.md, section 4).

mod act;
mod actions;
mod answer;
mod body;
mod columns;
mod events;
mod filters;
mod kinds;
mod parse;
mod request;
mod retention;

use super::{
    ActionCall, BuildError, Choice, Descriptor, Dialect, Endpoint, Key, Kind, Outcome, PageInfo, Preview,
    RowError, ServerQuery, SignInKind, Trace, Words,
};
use crate::http::sign_in::cloudify::{TOKEN, said};
use crate::http::{ApiError, ApiRequest, ApiResponse};
use crate::model::Operation;

/// One of the two dialects of this API; they differ in the kinds that they list.
pub struct Cloudify {
    id: &'static str,
    about: &'static Descriptor,
}

/// The dialect `cloudify-executions`.
pub static EXECUTIONS: Cloudify = Cloudify { id: "cloudify-executions", about: &ABOUT_EXECUTIONS };

/// The dialect `cloudify-operations`.
pub static OPERATIONS: Cloudify = Cloudify { id: "cloudify-operations", about: &ABOUT_OPERATIONS };

const SIGN_IN: &[SignInKind] = &[SignInKind::Cloudify, SignInKind::TokenHeader];

static ABOUT_EXECUTIONS: Descriptor = Descriptor {
    title: "Cloudify executions",
    can: "Executions and execution groups of a Cloudify Manager: start, cancel, resume and clean up, with their operations and events.",
    sign_in: SIGN_IN,
    token: TOKEN,
    kinds: kinds::OF_EXECUTIONS,
    tenant: "tenant",
    base_example: "/cloudify",
};

static ABOUT_OPERATIONS: Descriptor = Descriptor {
    title: "Cloudify operations",
    can: "Operations of the tasks graphs of a Cloudify Manager. This API lists them only within one graph or one execution; it has no cancel.",
    sign_in: SIGN_IN,
    token: TOKEN,
    kinds: kinds::OF_OPERATIONS,
    tenant: "tenant",
    base_example: "/cloudify",
};

impl Dialect for Cloudify {
    fn id(&self) -> &'static str {
        self.id
    }

    fn describe(&self) -> &'static Descriptor {
        self.about
    }

    fn list(&self, at: &Endpoint, kind: Kind, query: &ServerQuery) -> Result<ApiRequest, BuildError> {
        request::list(at, kind, query)
    }

    fn rows_at(&self, _kind: Kind) -> &'static str {
        "items"
    }

    fn parse_row(&self, kind: Kind, row: &str, words: &mut Words) -> Result<Operation, RowError> {
        parse::row(kind, row, words)
    }

    fn parse_page(&self, _kind: Kind, envelope: &str) -> PageInfo {
        parse::page(envelope)
    }

    fn get(&self, at: &Endpoint, kind: Kind, key: &Key) -> Result<ApiRequest, BuildError> {
        request::get(at, kind, key)
    }

    fn act(&self, at: &Endpoint, kind: Kind, call: &ActionCall) -> Result<ApiRequest, BuildError> {
        act::request(at, self.kind(kind).ok_or(BuildError::NotOffered)?, call)
    }

    fn parse_act(&self, kind: Kind, call: &ActionCall, response: &ApiResponse) -> Result<Outcome, ApiError> {
        answer::read(kind, call, response)
    }

    fn preview(&self, _kind: Kind, call: &ActionCall) -> Option<ServerQuery> {
        if call.action == retention::ACTION { retention::preview(call) } else { None }
    }

    fn previewed(&self, _kind: Kind, call: &ActionCall, listed: &[&Operation]) -> Preview {
        retention::previewed(call, listed)
    }

    fn choices(
        &self,
        at: &Endpoint,
        _query: &ServerQuery,
        param: &str,
    ) -> Option<Result<ApiRequest, BuildError>> {
        (param == filters::TENANT).then(|| request::tenants(at))
    }

    fn parse_choices(&self, _param: &str, response: &ApiResponse) -> Result<Vec<Choice>, ApiError> {
        parse::tenants(response)
    }

    fn traces(&self) -> &'static [Trace] {
        if self.about.kinds.first().is_some_and(|main| main.id == kinds::EXECUTIONS) {
            kinds::TRACES
        } else {
            kinds::TRACES_OF_OPERATIONS
        }
    }

    fn said(&self, body: &str) -> Option<String> {
        said(body)
    }
}
