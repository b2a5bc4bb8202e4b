//! A sixth API, invented, known to tests alone: jobs of parcel depots. It shows what a dialect costs at least.

use longrun_core::dialect::{
    Action, ActionCall, Availability, BuildError, Capabilities, Cell, Column, Descriptor, Dialect, Endpoint,
    Filter, FilterKind, Key, Kind, KindTable, Outcome, PageInfo, Paging, Reach, RowError, ServerQuery,
    Settles, SignInKind, SortKey, TokenAs, Weight, Words,
};
use longrun_core::http::{ApiError, ApiRequest, ApiResponse, Method, encode_query, encode_segment};
use longrun_core::json::fields;
use longrun_core::model::{Operation, Stamp, State};
use longrun_core::time::parse_rfc3339;

pub struct ParcelJobs;

const TOKEN: TokenAs = TokenAs { header: "x-parcel-key", prefix: "key " };

const COLUMN: Column = Column {
    id: "state",
    head: "Status",
    is_time: false,
    is_number: false,
    cell: |_, _| Cell::Status,
    sort: Some(SortKey::Text(|op| op.state.slug())),
    shown: true,
    filter: None,
};

static DESCRIPTOR: Descriptor = Descriptor {
    title: "Parcel jobs",
    can: "Jobs of parcel depots. They can be listed and stopped.",
    sign_in: &[SignInKind::TokenHeader],
    token: TOKEN,
    kinds: &[KindTable {
        id: "jobs",
        noun: "Jobs",
        one: "job",
        target: "parcel",
        times: ["Taken in", "Delivered"],
        body: None,
        result: None,
        listed: true,
        can: Capabilities {
            list: true,
            get: true,
            paging: Paging::Pages,
            history_by: None,
            tenant_by: Some("depot"),
            keyed_by_tenant: true,
        },
        columns: &[
            COLUMN,
            Column { id: "id", head: "ID", cell: |op, _| Cell::Id(&op.id), ..COLUMN },
            Column { id: "created", head: "Taken in", is_time: true, cell: created, ..COLUMN },
        ],
        filters: &[Filter {
            param: "depot",
            label: "Depot",
            kind: FilterKind::Exact,
            repeatable: false,
            hint: "Whose jobs.",
            value: Some(|op| op.tenant.as_deref()),
        }],
        actions: &[Action {
            id: "stop",
            label: "Stop",
            reach: Reach::Item,
            weight: Weight::Destroys,
            allowed: |op| {
                if op.state.has_ended() {
                    Availability::Off("It has already ended.")
                } else {
                    Availability::Ready
                }
            },
            consequence: "The parcel goes back to its depot.",
            inputs: &[],
            settles: Settles::WhenEnded,
        }],
        related: &[],
    }],
    tenant: "depot",
    base_example: "/parcels",
};

fn created(op: &Operation, _now: longrun_core::time::Millis) -> Cell<'_> {
    op.created.millis().map_or(Cell::Absent, Cell::Instant)
}

/// `{base}/depots/{depot}/jobs{rest}`: the depot is a part of every path.
fn request(at: &Endpoint, method: Method, depot: Option<&str>, rest: &str) -> Result<ApiRequest, BuildError> {
    let base = at.base.trim_end_matches('/');
    if base.is_empty() {
        return Err(BuildError::NoBase);
    }
    let depot = at.tenant.as_deref().or(depot).ok_or(BuildError::Missing("Choose a depot."))?;
    let url = format!("{base}/depots/{}/jobs{rest}", encode_segment(depot));
    Ok(TOKEN.sign(ApiRequest::new(method, url), at.session.as_ref()))
}

fn segment(key: &Key) -> Result<String, BuildError> {
    match key.id.trim() {
        "" => Err(BuildError::EmptyId),
        "." | ".." => Err(BuildError::Invalid("That is no job.".into())),
        _ => Ok(format!("/{}", encode_segment(&key.id))),
    }
}

impl Dialect for ParcelJobs {
    fn id(&self) -> &'static str {
        "parcel-jobs"
    }

    fn describe(&self) -> &'static Descriptor {
        &DESCRIPTOR
    }

    fn list(&self, at: &Endpoint, _kind: Kind, query: &ServerQuery) -> Result<ApiRequest, BuildError> {
        let page = query.page.as_deref().map(|page| format!("?{}", encode_query([("page", page)])));
        request(at, Method::Get, query.get("depot"), page.as_deref().unwrap_or_default())
    }

    fn rows_at(&self, _kind: Kind) -> &'static str {
        "jobs"
    }

    fn parse_row(&self, _kind: Kind, row: &str, words: &mut Words) -> Result<Operation, RowError> {
        let mut op = Operation::default();
        let read = fields::visit(row, &mut |name, value| match (&*name, fields::as_text(value)) {
            ("id", Some(id)) => op.id = id.into(),
            ("depot", Some(depot)) => op.tenant = Some(words.share(&depot)),
            ("status", Some(status)) => {
                op.state = if status == "moving" { State::Running } else { State::Unknown };
                op.status = Some(words.share(&status));
            }
            ("taken", Some(at)) => op.created = parse_rfc3339(&at).map_or(Stamp::Absent, Stamp::At),
            _ => {}
        });
        read.map_err(|error| RowError::NotJson(error.to_string()))?;
        if op.id.trim().is_empty() { Err(RowError::NoId) } else { Ok(op) }
    }

    fn parse_page(&self, _kind: Kind, envelope: &str) -> PageInfo {
        let mut page = PageInfo::default();
        let _ = fields::visit(envelope, &mut |name, value| {
            if name == "more" {
                page.next = fields::as_text(value).map(|text| text.into_owned());
            }
        });
        page
    }

    fn get(&self, at: &Endpoint, _kind: Kind, key: &Key) -> Result<ApiRequest, BuildError> {
        request(at, Method::Get, key.tenant.as_deref(), &segment(key)?)
    }

    fn act(&self, at: &Endpoint, _kind: Kind, call: &ActionCall) -> Result<ApiRequest, BuildError> {
        match call.action {
            "stop" => request(at, Method::Post, call.key.tenant.as_deref(), &(segment(&call.key)? + "/stop")),
            _ => Err(BuildError::NotOffered),
        }
    }

    fn parse_act(
        &self,
        _kind: Kind,
        _call: &ActionCall,
        response: &ApiResponse,
    ) -> Result<Outcome, ApiError> {
        let page = response.text().trim_start().starts_with('<');
        if response.is_success() && !page { Ok(Outcome::Requested) } else { Err(self.error(response)) }
    }

    fn said(&self, body: &str) -> Option<String> {
        let mut said = None;
        fields::visit(body, &mut |name, value| {
            if name == "trouble" {
                said = fields::as_text(value).map(|text| text.into_owned());
            }
        })
        .ok()?;
        said
    }
}
