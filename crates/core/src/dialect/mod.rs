//! How one API is spoken. A dialect turns a query into a request value and an answer into our model; it says what
//! the API can do and how its columns and filters are called. No async, no I/O, no generics: a test compares values.

mod answers;
mod asking;
pub mod cloudify;
mod common;
pub mod ecl_vna;
pub mod google_lro;
mod pasted;
mod read;
mod registry;
mod table;
mod traces;
mod words;
pub mod xiq;

pub(crate) use answers::answered;
pub use answers::{Choice, Outcome, PageInfo, Preview, RowError};
pub(crate) use asking::segment;
pub use asking::{ActionCall, BuildError, Endpoint, Key, ServerQuery};
pub use common::ACROSS;
pub use pasted::Pasted;
pub use registry::{ALL, find};
pub use table::{
    Action, Availability, Cell, Column, Filter, FilterKind, Input, InputKind, KindTable, Reach, Related,
    Settles, SortKey, Weight,
};
pub use traces::{By, Named, Trace, What};
pub use words::Words;

pub use crate::http::sign_in::{SignInKind, TokenAs};
use crate::http::{ApiError, ApiRequest, ApiResponse};
use crate::json::split::{SplitError, Splitter};
use crate::model::Operation;

/// One kind of object that a dialect lists (`operations`, `executions`, `groups`). Stable: it appears in URLs.
pub type Kind = &'static str;

/// What the console says about an API before it has asked it anything.
#[derive(Debug)]
pub struct Descriptor {
    /// The API's name on screen.
    pub title: &'static str,
    /// One sentence about what this API can and cannot do.
    pub can: &'static str,
    /// Ways to sign in, the usual one first.
    pub sign_in: &'static [SignInKind],
    /// How it wants its token.
    pub token: TokenAs,
    /// Kinds of object, the main one first.
    pub kinds: &'static [KindTable],
    /// What its tenants are called within a sentence ("tenant", "project").
    pub tenant: &'static str,
    /// An example of the base URL, for the connection form.
    pub base_example: &'static str,
}

/// How a list comes in pieces.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Paging {
    /// All at once.
    Whole,
    /// In pages, each of which names the next.
    Pages,
}

/// What exists on this API. A screen shows only what its connection can do; nothing is faked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Capabilities {
    /// The server lists objects. Where it does not, the console's list is the remembered ids.
    pub list: bool,
    /// The server shows one object by id.
    pub get: bool,
    /// How the list comes.
    pub paging: Paging,
    /// The server filter that finds all operations of one target, if there is one.
    pub history_by: Option<&'static str>,
    /// The server filter that pins a tenant, if there is one.
    pub tenant_by: Option<&'static str>,
    /// An id alone does not find an object: its tenant must be told with it.
    pub keyed_by_tenant: bool,
}

/// One API.
pub trait Dialect: Sync {
    /// Stable name, appears in URLs and in `config.json`.
    fn id(&self) -> &'static str;
    /// What it is, with the tables of its kinds.
    fn describe(&self) -> &'static Descriptor;

    /// The tables of one kind.
    fn kind(&self, kind: Kind) -> Option<&'static KindTable> {
        self.describe().kinds.iter().find(|table| table.id == kind)
    }
    /// What it can do. An unknown kind can nothing.
    fn capabilities(&self, kind: Kind) -> Capabilities {
        self.kind(kind).map_or(
            Capabilities {
                list: false,
                get: false,
                paging: Paging::Whole,
                history_by: None,
                tenant_by: None,
                keyed_by_tenant: false,
            },
            |table| table.can,
        )
    }
    /// The columns of its list, in default order.
    fn columns(&self, kind: Kind) -> &'static [Column] {
        self.kind(kind).map_or(&[], |table| table.columns)
    }
    /// The filters that its server understands.
    fn filters(&self, kind: Kind) -> &'static [Filter] {
        self.kind(kind).map_or(&[], |table| table.filters)
    }
    /// What can be done.
    fn actions(&self, kind: Kind) -> &'static [Action] {
        self.kind(kind).map_or(&[], |table| table.actions)
    }

    /// The request for a list, or for one page of it.
    fn list(&self, at: &Endpoint, kind: Kind, query: &ServerQuery) -> Result<ApiRequest, BuildError>;
    /// The key under which the rows stand in the answer to [`list`](Dialect::list).
    fn rows_at(&self, kind: Kind) -> &'static str;
    /// Reads one row. Wrong types inside a row are noted in [`Operation::oddities`], never an error.
    fn parse_row(&self, kind: Kind, row: &str, words: &mut Words) -> Result<Operation, RowError>;
    /// Reads what stands around the rows. `envelope` is the answer without them.
    fn parse_page(&self, kind: Kind, envelope: &str) -> PageInfo {
        let _ = (kind, envelope);
        PageInfo::default()
    }

    /// Reads an answer to its end, once its last byte has come: how many rows it had and what it tells beside them.
    /// Overridden where an answer may leave the list of rows out.
    fn finish_page(&self, kind: Kind, answer: Splitter) -> Result<(usize, PageInfo), SplitError> {
        answer.finish().map(|envelope| (envelope.rows, self.parse_page(kind, &envelope.text)))
    }

    /// The request for one object.
    fn get(&self, at: &Endpoint, kind: Kind, key: &Key) -> Result<ApiRequest, BuildError>;
    /// Reads the answer to [`get`](Dialect::get): the object and its own text. Most APIs answer with the object itself,
    /// in the form it has as a row.
    fn parse_get(
        &self,
        kind: Kind,
        response: &ApiResponse,
        words: &mut Words,
    ) -> Result<(Operation, String), ApiError> {
        if !response.is_success() {
            return Err(self.error(response));
        }
        let text = response.text();
        let row = text.trim();
        match self.parse_row(kind, row, words) {
            Ok(operation) => Ok((operation, row.to_owned())),
            Err(error) => Err(ApiError::unreadable(response, error.to_string())),
        }
    }

    /// The request of an action. What is missing or would do more than was meant is refused here.
    fn act(&self, at: &Endpoint, kind: Kind, call: &ActionCall) -> Result<ApiRequest, BuildError> {
        let _ = (at, kind, call);
        Err(BuildError::NotOffered)
    }
    /// Reads the answer to [`act`](Dialect::act).
    fn parse_act(&self, kind: Kind, call: &ActionCall, response: &ApiResponse) -> Result<Outcome, ApiError> {
        let _ = (kind, call);
        Err(self.error(response))
    }
    /// What must be listed to show beforehand what an action by criteria would hit. `None` where it needs no preview.
    fn preview(&self, kind: Kind, call: &ActionCall) -> Option<ServerQuery> {
        let _ = (kind, call);
        None
    }
    /// Which of the listed operations the action would hit, and which it must keep.
    fn previewed(&self, kind: Kind, call: &ActionCall, listed: &[&Operation]) -> Preview {
        let _ = (kind, call, listed);
        Preview::default()
    }

    /// The request that tells which values a filter of kind [`FilterKind::Choice`] can take.
    fn choices(
        &self,
        at: &Endpoint,
        query: &ServerQuery,
        param: &str,
    ) -> Option<Result<ApiRequest, BuildError>> {
        let _ = (at, query, param);
        None
    }
    /// Reads the answer to [`choices`](Dialect::choices).
    fn parse_choices(&self, param: &str, response: &ApiResponse) -> Result<Vec<Choice>, ApiError> {
        let _ = param;
        Err(self.error(response))
    }

    /// How its objects show themselves in addresses, in bodies and by the form of their ids, the main kind first.
    fn traces(&self) -> &'static [Trace] {
        &[]
    }
    /// What a pasted text names on this API, if anything; the surest is not first. Total.
    fn named(&self, pasted: &Pasted) -> Vec<Named> {
        let main = self.describe().kinds.first().map_or("", |table| table.id);
        traces::named(main, self.traces(), &|kind| self.filters(kind), pasted)
    }
    /// The id of an object of the main kind in what a user pasted: an id, a URL of this API, a `Location` header.
    fn recognise(&self, pasted: &str) -> Option<String> {
        let main = self.describe().kinds.first()?.id;
        self.named(&Pasted::read(pasted)).into_iter().find_map(|named| match named.what {
            What::One(key) if named.kind == main => Some(key.id),
            _ => None,
        })
    }

    /// The server's message in an error body, where there is one.
    fn said(&self, body: &str) -> Option<String>;

    /// Turns any answer that is not a success into our error.
    fn error(&self, response: &ApiResponse) -> ApiError {
        ApiError::from_answer(response, self.said(&response.text()))
    }
}
