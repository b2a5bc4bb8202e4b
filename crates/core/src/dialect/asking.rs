//! What a request is made from: where an API is and who asks, the server's part of a query, what names an object, what is
//! to be done to it; and why none can be made. Knows no API.

#[cfg(doc)]
use super::{Action, Capabilities, PageInfo};
use crate::http::{encode_segment, sign_in::Session};
use crate::text::t;

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
