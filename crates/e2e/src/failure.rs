//! What a journey fails with: one readable text. It must not know what failed.

use std::fmt;

use thirtyfour::error::WebDriverError;

/// The result of everything a journey does.
pub type Outcome<T = ()> = Result<T, Failure>;

/// Why a step failed, as a sentence.
pub struct Failure(String);

impl Failure {
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The same, said to have happened while doing `what`.
    #[must_use]
    pub fn during(self, what: &str) -> Self {
        Self(format!("{what}: {}", self.0))
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The test runner prints a failed test's error by `Debug`; this one is meant to be read.
impl fmt::Debug for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Failure {}

impl From<WebDriverError> for Failure {
    fn from(error: WebDriverError) -> Self {
        let text = error.to_string();
        // Below the message the driver prints its own stack, which says nothing about the page.
        let end = text.find("\n#0").or_else(|| text.find("Stacktrace:")).unwrap_or(text.len());
        Self(format!("the browser refused: {}", text.get(..end).unwrap_or(&text).trim()))
    }
}

impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Self {
        Self(error.to_string())
    }
}

impl From<serde_json::Error> for Failure {
    fn from(error: serde_json::Error) -> Self {
        Self(format!("an answer of the browser could not be read: {error}"))
    }
}

/// Fails with `text` unless `condition` holds.
pub fn ensure(condition: bool, text: impl FnOnce() -> String) -> Outcome {
    if condition { Ok(()) } else { Err(Failure::new(text())) }
}
