//! How one API is spoken. A dialect turns a query into a request value and an answer into our model; it says what
//! the API can do and how its columns and filters are called. No async, no I/O, no generics: a test compares values.

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
use crate::http::{ApiError, ApiRequest, ApiResponse, encode_segment, sign_in::Session};
use crate::json::split::{SplitError, Splitter};
use crate::model::Operation;
use crate::text::{fill, t};

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

/// Where an API is and who asks.
#[derive(Clone, Debug)]
pub struct Endpoint {
    /// Base URL, without a slash at its end.
    pub base: String,
    /// The tenant this connection is pinned to: sent with every list, whatever the query says.
    pub tenant: Option<String>,
    /// Who asks.
    pub session: Option<Session>,
}

impl Endpoint {
    /// The base, checked, without a slash at its end.
    pub(crate) fn base(&self) -> Result<&str, BuildError> {
        let base = self.base.trim_end_matches('/');
        if base.is_empty() { Err(BuildError::NoBase) } else { Ok(base) }
    }
}

/// The server's part of a list query: parameter names of the API with their values, in the order of the filter table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ServerQuery {
    /// Repeated parameters stand repeatedly.
    pub params: Vec<(&'static str, String)>,
    /// Which page: what the page before it gave as [`PageInfo::next`]. `None` is the first.
    pub page: Option<String>,
}

impl ServerQuery {
    /// The first page of what these parameters ask for.
    pub fn new(params: Vec<(&'static str, String)>) -> ServerQuery {
        ServerQuery { params, page: None }
    }

    /// The value of a parameter that stands once.
    pub fn get(&self, param: &str) -> Option<&str> {
        self.params.iter().find(|(name, _)| *name == param).map(|(_, value)| value.as_str())
    }
}

/// Names one object.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Key {
    /// The server's id; empty where an action reaches the kind as a whole.
    pub id: String,
    /// Its tenant, where the id alone does not find it ([`Capabilities::keyed_by_tenant`]).
    pub tenant: Option<String>,
}

impl Key {
    /// An id that needs no tenant.
    pub fn of(id: impl Into<String>) -> Key {
        Key { id: id.into(), tenant: None }
    }

    /// The id as one segment of a path.
    pub(crate) fn segment(&self) -> Result<String, BuildError> {
        segment(&self.id)
    }
}

/// An id, or a part of one, as one segment of a path. An empty one would turn *show* into *list*; `.` and `..` would
/// leave the path, because a browser folds them away however they are written.
pub(crate) fn segment(id: &str) -> Result<String, BuildError> {
    match id.trim() {
        "" => Err(BuildError::EmptyId),
        "." | ".." => {
            Err(BuildError::Invalid(t("The id is only dots, which no address can hold.").to_owned()))
        }
        _ => Ok(encode_segment(id)),
    }
}

/// An action to be taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ActionCall {
    /// [`Action::id`].
    pub action: &'static str,
    /// On what.
    pub key: Key,
    /// Filled-in inputs by name; empty ones are left out.
    pub inputs: Vec<(&'static str, String)>,
}

impl ActionCall {
    /// The value of an input, where it was filled in.
    pub fn input(&self, name: &str) -> Option<&str> {
        self.inputs.iter().find(|(known, _)| *known == name).map(|(_, value)| value.as_str())
    }
}

/// What the server said to an action. "Requested" is not "done".
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It is done.
    Done,
    /// It was accepted; whether it happens must be watched.
    Requested,
    /// A new object was made.
    Created(Key),
    /// It is done, or answered, and this is what the server told, in a sentence.
    Said(String),
    /// The answer as a file to keep: a name and its text.
    File(&'static str, String),
    /// The answer does not tell whether it was done: only reading the object again does.
    Unclear(ApiError),
}

/// What is doubtful about the answer to an action that says nothing but its status: a web page in its place comes from
/// something in between, and then only reading the object again tells. `None` where nothing is.
pub(crate) fn answered(response: &ApiResponse) -> Option<Outcome> {
    let text = response.text();
    let text = text.trim();
    let plain = text.is_empty() || text.starts_with('{') || crate::json::fields::is_null(text);
    let why = "The server accepted the call with an answer that this API does not give.";
    (!plain).then(|| Outcome::Unclear(ApiError::unreadable(response, why)))
}

/// One value that a server offers for a filter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// The value.
    pub value: String,
    /// What else there is to know of it ("viewer", "unreachable").
    pub note: Option<String>,
}

/// What an action by criteria would hit, among the operations looked at.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Preview {
    /// Positions of those that would go.
    pub hit: Vec<usize>,
    /// Positions of those that match but are kept, each with the reason as a sentence.
    pub kept: Vec<(usize, &'static str)>,
    /// Why the call must not be sent, if it must not.
    pub refused: Option<String>,
}

/// What the answer tells beside its rows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PageInfo {
    /// How many match on the server, where it tells.
    pub total: Option<u64>,
    /// What names the next page; `None` after the last.
    pub next: Option<String>,
    /// Places that the server could not reach, so that their rows are missing.
    pub unreachable: Vec<String>,
}

/// Why a request cannot be built.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BuildError {
    /// An empty id would turn *show* into *list*.
    #[error("{}", t("The id is empty."))]
    EmptyId,
    /// The connection's base URL is empty.
    #[error("{}", t("This connection has no base URL."))]
    NoBase,
    /// The API has no such call.
    #[error("{}", t("This API does not offer that."))]
    NotOffered,
    /// The server cannot be asked before something is chosen. Says what, in a sentence.
    #[error("{}", t(.0))]
    Missing(&'static str),
    /// What was filled in would be refused. Says why, in a sentence.
    #[error("{0}")]
    Invalid(String),
}

/// Why a row cannot be an operation. The row stays visible as its raw text.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RowError {
    /// Not a JSON object.
    #[error("{}", t("This entry is not an object."))]
    NotAnObject,
    /// No usable id.
    #[error("{}", t("This entry has no id."))]
    NoId,
    /// Not readable as JSON at all.
    #[error("{}", fill("This entry is not valid JSON: {0}", &[.0]))]
    NotJson(String),
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
