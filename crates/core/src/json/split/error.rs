//! Why an answer could not be read to its end, in sentences for an operator.

use crate::text::{fill, t};

/// How many bytes of an odd answer are kept to be shown.
pub(super) const EXCERPT: usize = 200;

/// What is wrong with an answer as a whole. The rows taken before remain good.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SplitError {
    /// No byte but white space came.
    #[error("{}", t("The server's answer is empty."))]
    Empty,
    /// It does not begin like JSON; usually the HTML page of a proxy.
    #[error("{}", fill("The server's answer is not JSON. It begins: {0}", &[.excerpt]))]
    NotJson {
        /// The beginning, cut at a character.
        excerpt: String,
    },
    /// It begins like JSON and breaks later.
    #[error("{}", fill(
        "The server's answer stops being JSON at byte {0}, after {1} rows. There it says: {2}",
        &[&.offset.to_string(), &.rows.to_string(), .excerpt],
    ))]
    Malformed {
        /// Where, in bytes from the start of the answer.
        offset: usize,
        /// Rows that were read before.
        rows: usize,
        /// What stands there, cut at a character.
        excerpt: String,
    },
    /// It ends in the middle.
    #[error("{}", fill("The server's answer was cut off after {0} whole rows.", &[&.rows.to_string()]))]
    Truncated {
        /// Rows that were read before.
        rows: usize,
    },
    /// It is JSON, but has no rows where they belong, or null instead.
    #[error("{}", t("The server's answer has no list of rows in it."))]
    RowsMissing {
        /// The whole answer; an error body may have come with a good status.
        envelope: String,
    },
    /// What stands in the place of the rows is not a list.
    #[error("{}", t("The server's answer has something other than a list in the place of the rows."))]
    RowsNotAnArray {
        /// The whole answer.
        envelope: String,
    },
    /// The answer is complete, but something follows it.
    #[error("{}", fill(
        "After the end of the server's answer, with {0} rows, more text follows: {1}",
        &[&.rows.to_string(), .excerpt],
    ))]
    TrailingText {
        /// Rows that were read before.
        rows: usize,
        /// The beginning of what follows, cut at a character.
        excerpt: String,
    },
}

impl SplitError {
    /// What of the answer was kept to be shown, where something was.
    pub fn excerpt(&self) -> Option<&str> {
        match self {
            SplitError::NotJson { excerpt }
            | SplitError::Malformed { excerpt, .. }
            | SplitError::TrailingText { excerpt, .. } => Some(excerpt),
            SplitError::RowsMissing { envelope } | SplitError::RowsNotAnArray { envelope } => Some(envelope),
            SplitError::Empty | SplitError::Truncated { .. } => None,
        }
    }
}

/// The beginning of some bytes as text: at most [`EXCERPT`] of them, never half a character.
pub(super) fn excerpt(bytes: &[u8]) -> String {
    let cut = bytes.get(..EXCERPT.min(bytes.len())).unwrap_or_default();
    match std::str::from_utf8(cut) {
        Ok(text) => text.to_owned(),
        // Cut inside a character: leave it out. Anything else is not UTF-8 at all and is shown as well as it goes.
        Err(error) if error.error_len().is_none() => {
            String::from_utf8_lossy(cut.get(..error.valid_up_to()).unwrap_or_default()).into_owned()
        }
        Err(_) => String::from_utf8_lossy(cut).into_owned(),
    }
}
