//! Google long-running operations, as Workload Manager offers them: list by project and location with a filter and page
//! tokens, get, cancel, delete, and the locations to choose from (docs/DIALECTS.md, section 3).

mod actions;
mod columns;
mod filter;
mod filters;
mod name;
mod parse;
mod request;
mod status;

use super::{
    ActionCall, BuildError, By, Capabilities, Choice, Descriptor, Dialect, Endpoint, Key, Kind, KindTable,
    Named, Outcome, PageInfo, Paging, Pasted, RowError, ServerQuery, SignInKind, Trace, What, Words, traces,
};
use crate::http::sign_in::BEARER;
use crate::http::{ApiError, ApiRequest, ApiResponse};
use crate::json::split::{SplitError, Splitter};
use crate::model::Operation;
use crate::text::t;

/// The dialect `google-lro`.
pub struct GoogleLro;

static DESCRIPTOR: Descriptor = Descriptor {
    title: "Google Workload Manager",
    can: "Long-running operations of Google Cloud's Workload Manager, by project and location. This API can list, filter, cancel (best effort) and delete records.",
    sign_in: &[SignInKind::Bearer],
    token: BEARER,
    kinds: &[KindTable {
        id: "operations",
        noun: "Operations",
        one: "operation",
        target: "resource",
        times: ["Created", "Ended"],
        body: Some("Metadata"),
        result: Some("Response"),
        listed: true,
        can: Capabilities {
            list: true,
            get: true,
            paging: Paging::Pages,
            history_by: None,
            tenant_by: Some(filters::PROJECT),
            keyed_by_tenant: false,
        },
        columns: columns::COLUMNS,
        filters: filters::FILTERS,
        actions: actions::ACTIONS,
        related: &[],
    }],
    tenant: "project",
    base_example: "/gcp",
};

impl Dialect for GoogleLro {
    fn id(&self) -> &'static str {
        "google-lro"
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

    fn parse_page(&self, _kind: Kind, envelope: &str) -> PageInfo {
        parse::page(envelope).unwrap_or_default()
    }

    /// `{}` is an empty page; so is an answer with nothing but a page token or places that were not reached.
    fn finish_page(&self, kind: Kind, answer: Splitter) -> Result<(usize, PageInfo), SplitError> {
        match answer.finish() {
            Ok(envelope) => Ok((envelope.rows, self.parse_page(kind, &envelope.text))),
            Err(SplitError::RowsMissing { envelope }) => match parse::page(&envelope) {
                Some(page) => Ok((0, page)),
                None => Err(SplitError::RowsMissing { envelope }),
            },
            Err(other) => Err(other),
        }
    }

    fn get(&self, at: &Endpoint, _kind: Kind, key: &Key) -> Result<ApiRequest, BuildError> {
        request::get(at, key)
    }

    fn act(&self, at: &Endpoint, _kind: Kind, call: &ActionCall) -> Result<ApiRequest, BuildError> {
        request::act(at, call)
    }

    fn parse_act(&self, _kind: Kind, call: &ActionCall, response: &ApiResponse) -> Result<Outcome, ApiError> {
        let cancels = call.action == actions::CANCEL;
        if response.is_success() {
            let answered = if cancels { Outcome::Requested } else { Outcome::Done };
            return Ok(super::answered(response).unwrap_or(answered));
        }
        let mut error = self.error(response);
        if response.status == 501 {
            let why = if cancels {
                "This service does not support cancelling operations."
            } else {
                "This service does not support deleting operations."
            };
            error.message.insert(0, '\n');
            error.message.insert_str(0, t(why));
        }
        Err(error)
    }

    fn choices(
        &self,
        at: &Endpoint,
        query: &ServerQuery,
        param: &str,
    ) -> Option<Result<ApiRequest, BuildError>> {
        (param == filters::LOCATION).then(|| request::locations(at, query))
    }

    fn parse_choices(&self, _param: &str, response: &ApiResponse) -> Result<Vec<Choice>, ApiError> {
        if !response.is_success() {
            return Err(self.error(response));
        }
        parse::locations(response)
    }

    fn traces(&self) -> &'static [Trace] {
        &[Trace {
            kind: "operations",
            path: "projects/*/locations/*/operations",
            stars: &[filters::PROJECT, filters::LOCATION],
            members: &[],
            beside: &[],
            form: |_| false,
            request: None,
        }]
    }

    /// The name is the id, and stands anywhere in an address; without one, only a list can be meant.
    fn named(&self, pasted: &Pasted) -> Vec<Named> {
        let shown = pasted.shown();
        let one = name::recognise(&shown).map(|name| Named {
            kind: "operations",
            what: What::One(Key::of(name)),
            by: By::Address(6),
        });
        one.map_or_else(
            || {
                let mut found =
                    traces::named("operations", self.traces(), &|kind| self.filters(kind), pasted);
                found.retain(|named| matches!(named.what, What::List(_)));
                found
            },
            |one| vec![one],
        )
    }

    fn said(&self, body: &str) -> Option<String> {
        status::said(body)
    }

    /// The delay and the request id that a browser cannot read from headers stand in the body.
    fn error(&self, response: &ApiResponse) -> ApiError {
        let text = response.text();
        let mut error = ApiError::from_answer(response, status::said(&text));
        status::hints(&text, &mut error);
        error
    }
}
