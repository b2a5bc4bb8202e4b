//! Every word that people read, in one place and by area, so that it is written in one voice and can be translated.
//! Words that belong to one API live in that dialect's tables.

/// Common verbs.
pub mod common {
    /// Closes a dialog or a notice.
    pub const CLOSE: &str = "Close";
    /// Leaves things as they are.
    pub const CANCEL: &str = "Cancel";
    /// Repeats what failed.
    pub const TRY_AGAIN: &str = "Try again";
    /// Beside a field that must be filled.
    pub const REQUIRED: &str = "required";
}

/// Copying.
pub mod copy {
    /// After a copy that worked.
    pub const COPIED: &str = "Copied";
}

/// Status marks.
pub mod status {
    /// Before the server's own word.
    pub const SERVER_SAYS: &str = "Server says:";
}

/// Notices in the corner.
pub mod notice {
    /// The region that holds them.
    pub const REGION: &str = "Notifications";
    /// Closes one.
    pub const CLOSE: &str = "Close notice";
}

/// The JSON viewer.
pub mod json {
    /// Placeholder of the find box.
    pub const FIND_HINT: &str = "Find key or value";
    /// Nothing was found.
    pub const NO_MATCH: &str = "no match";
    /// Shows the next match.
    pub const NEXT: &str = "Next match";
    /// Shows the match before.
    pub const PREVIOUS: &str = "Previous match";
    /// Closes everything but the first level.
    pub const FOLD_ALL: &str = "Fold all";
    /// Opens everything, up to a limit.
    pub const UNFOLD_ALL: &str = "Unfold all";
    /// The limit was reached.
    pub const CUT_SHORT: &str =
        "This body is too large to open at once. The outer levels are open; open deeper ones one by one.";
    /// On a masked value.
    pub const MASKED: &str = "masked";
    /// A masked value was asked for.
    pub const MASKED_STAYS: &str = "This value is masked and is not copied";
    /// Copies the whole text.
    pub const COPY_ALL: &str = "Copy all, masked";
    /// Saves the whole text.
    pub const DOWNLOAD: &str = "Download, masked";
    /// Copies where a value stands.
    pub const COPY_PATH: &str = "Copy path of";
    /// Copies a value.
    pub const COPY_VALUE: &str = "Copy";
    /// Copies a value of which only the beginning is shown.
    pub const COPY_WHOLE: &str = "Copy all of";
    /// Covers a revealed value again.
    pub const HIDE: &str = "Hide";
    /// The text cannot be read as JSON.
    pub const NOT_JSON: &str = "This is not JSON. Here it is as the server sent it, with secrets masked.";
    /// Reads a large body as a tree.
    pub const OPEN_ANYWAY: &str = "Open as a tree anyway";

    /// The name of the find box.
    pub fn find_in(name: &str) -> String {
        format!("Find in {}", name.to_ascii_lowercase())
    }

    /// The name of the button on a masked value.
    pub fn reveal(key: &str) -> String {
        format!("{key} is masked, reveal")
    }

    /// Above a text that is shown in part.
    pub fn beginning_of(size: &str) -> String {
        format!("The beginning of {size}")
    }

    /// In place of a large tree.
    pub fn large(size: &str) -> String {
        format!("This body is large: {size}. Here is its beginning; the download has all of it.")
    }
}
