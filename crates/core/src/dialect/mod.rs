//! How one API is spoken. A dialect turns a query into a request value and an answer into our model; it says what
//! the API can do and how its columns and filters are called. No async, no I/O, no generics: a test compares values.

pub mod ecl_vna;
mod registry;
mod table;
mod words;

pub use registry::{ALL, find};
pub use table::{Action, Availability, Cell, Column, Filter, FilterKind, SortKey};
pub use words::Words;

use crate::http::{ApiError, ApiRequest, ApiResponse, sign_in::Session};
use crate::model::Operation;

/// One kind of object that a dialect lists (`operations`, `executions`, `groups`). Stable: it appears in URLs.
pub type Kind = &'static str;

/// How a user proves who they are to this API.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SignInKind {
    /// Keystone v3: key and secret for a project, or a pasted token.
    Keystone,
}

/// What the console says about an API before it has asked it anything.
#[derive(Debug)]
pub struct Descriptor {
    /// The API's name on screen.
    pub title: &'static str,
    /// One sentence about what this API can and cannot do.
    pub can: &'static str,
    /// Ways to sign in, the usual one first.
    pub sign_in: &'static [SignInKind],
    /// The header that carries the token.
    pub token_header: &'static str,
    /// Kinds of object, the main one first.
    pub kinds: &'static [Kind],
    /// What one of the objects is called on screen, plural, as a heading ("Operations").
    pub noun: &'static str,
    /// What a target is called ("appliance").
    pub target_noun: &'static str,
    /// An example of the base URL, for the connection form.
    pub base_example: &'static str,
}

/// What exists on this API. A screen shows only what its connection can do; nothing is faked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Capabilities {
    /// The server lists objects.
    pub list: bool,
    /// The server shows one object by id.
    pub get: bool,
    /// The list comes in pages.
    pub pages: bool,
    /// The server filter that finds all operations of one target, if there is one.
    pub history_by: Option<&'static str>,
    /// The server filter that pins a tenant, if there is one.
    pub tenant_by: Option<&'static str>,
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

/// The server's part of a list query: parameter names of the API with their values, in the order of the filter table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ServerQuery {
    /// Repeated parameters stand repeatedly.
    pub params: Vec<(&'static str, String)>,
}

/// What the answer tells beside its rows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PageInfo {
    /// How many match on the server, where it tells.
    pub total: Option<u64>,
    /// The token of the next page.
    pub next: Option<String>,
}

/// Why a request cannot be built.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BuildError {
    /// An empty id would turn *show* into *list*.
    #[error("The id is empty.")]
    EmptyId,
    /// The connection's base URL is empty.
    #[error("This connection has no base URL.")]
    NoBase,
    /// The API has no such call.
    #[error("This API does not offer that.")]
    NotOffered,
}

/// Why a row cannot be an operation. The row stays visible as its raw text.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RowError {
    /// Not a JSON object.
    #[error("This entry is not an object.")]
    NotAnObject,
    /// No usable id.
    #[error("This entry has no id.")]
    NoId,
    /// Not readable as JSON at all.
    #[error("This entry is not valid JSON: {0}")]
    NotJson(String),
}

/// One API.
pub trait Dialect: Sync {
    /// Stable name, appears in URLs and in `config.json`.
    fn id(&self) -> &'static str;
    /// What it is.
    fn describe(&self) -> &'static Descriptor;
    /// What it can do.
    fn capabilities(&self, kind: Kind) -> Capabilities;
    /// The columns of its list, in default order.
    fn columns(&self, kind: Kind) -> &'static [Column];
    /// The filters that its server understands.
    fn filters(&self, kind: Kind) -> &'static [Filter];
    /// What can be done to one object.
    fn actions(&self, kind: Kind) -> &'static [Action];

    /// The request for a list.
    fn list(&self, at: &Endpoint, kind: Kind, query: &ServerQuery) -> Result<ApiRequest, BuildError>;
    /// The key under which the rows stand in the answer to [`list`](Dialect::list).
    fn rows_at(&self, kind: Kind) -> &'static str;
    /// Reads one row. Wrong types inside a row are noted in [`Operation::oddities`], never an error.
    fn parse_row(&self, kind: Kind, row: &str, words: &mut Words) -> Result<Operation, RowError>;
    /// Reads what stands around the rows. `envelope` is the answer without them.
    fn parse_page(&self, kind: Kind, envelope: &str) -> PageInfo;

    /// The request for one object.
    fn get(&self, at: &Endpoint, kind: Kind, id: &str) -> Result<ApiRequest, BuildError>;
    /// Reads the answer to [`get`](Dialect::get): the object and its own text.
    fn parse_get(
        &self,
        kind: Kind,
        response: &ApiResponse,
        words: &mut Words,
    ) -> Result<(Operation, String), ApiError>;

    /// The server's message in an error body, where there is one.
    fn said(&self, body: &str) -> Option<String>;

    /// Turns any answer that is not a success into our error.
    fn error(&self, response: &ApiResponse) -> ApiError {
        ApiError::from_answer(response, self.said(&response.text()))
    }
}
