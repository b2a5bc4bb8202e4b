//! What is read from an answer beside operations: what came of an action, what a filter offers, what a preview hits, what
//! stands around rows; and why a row is none. Knows no API.

use super::Key;
use crate::http::{ApiError, ApiResponse};
use crate::text::{fill, t};

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
