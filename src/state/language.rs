//! Learning a language before the page is drawn: its texts are one file beside the page.

use longrun_core::http::{ApiRequest, Method};
use longrun_core::text::{fill, speak};

use crate::platform::{history, language};
use crate::transport::{self, SharedTransport};

/// Reads and speaks a language. On failure English stays, and this is why, as a sentence.
pub async fn learn(transport: &SharedTransport, code: &str) -> Option<String> {
    let file = format!("lang/{code}.json");
    let request = ApiRequest::new(Method::Get, format!("{}{file}", history::base_path()));
    match transport::send(&**transport, request).await {
        Ok(answer) if answer.status == 200 && speak(&answer.text()) => {
            language::declare(code);
            None
        }
        Ok(answer) => {
            let status = answer.status.to_string();
            Some(fill("{0} does not hold the texts of a language (HTTP status {1}).", &[&file, &status]))
        }
        Err(error) => Some(error.to_string()),
    }
}
