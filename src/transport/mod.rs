//! Sending an [`ApiRequest`] and reading its answer, as it streams or whole. Knows no API: what an answer means,
//! errors of the server included, is the dialect's business; here an answer with status 500 is a success.

mod answer;
mod error;
mod fetch;
mod replay;

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use longrun_core::http::{ApiRequest, ApiResponse};

pub use answer::Streaming;
pub use error::{TransportError, TransportErrorKind};
pub use fetch::{Fetch, Limits};
pub use replay::{Canned, Replay};

/// A request on its way. Dropped, the request is aborted.
pub type Opening = Pin<Box<dyn Future<Output = Result<Streaming, TransportError>>>>;

/// Whatever can send a request: the browser, or canned answers in a test.
pub trait Transport: Send + Sync {
    /// Sends the request and completes with the answer's status and headers; its body is still to come.
    fn open(&self, request: ApiRequest) -> Opening;
}

/// The transport as the console hands it around.
pub type SharedTransport = Arc<dyn Transport>;

/// Sends the request and reads the whole answer.
pub async fn send(transport: &dyn Transport, request: ApiRequest) -> Result<ApiResponse, TransportError> {
    transport.open(request).await?.into_response().await
}
