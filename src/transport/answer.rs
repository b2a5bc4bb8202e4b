//! An answer whose body is still coming.

use std::collections::VecDeque;

use longrun_core::http::ApiResponse;

use super::TransportError;
use super::fetch::Body;

/// Status, headers and a body in chunks. Dropped before its end, the request is aborted.
pub struct Streaming {
    /// HTTP status.
    pub status: u16,
    /// Names in lower case.
    pub headers: Vec<(String, String)>,
    source: Source,
}

pub(super) enum Source {
    Browser(Body),
    Canned { chunks: VecDeque<Vec<u8>>, then: Option<TransportError> },
}

impl Streaming {
    pub(super) fn new(status: u16, headers: Vec<(String, String)>, source: Source) -> Streaming {
        Streaming { status, headers, source }
    }

    /// The first header of that (lower case) name.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(n, _)| n == name).map(|(_, value)| value.as_str())
    }

    /// True for 2xx.
    pub fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }

    /// The next piece of the body, `None` at its end.
    pub async fn next_chunk(&mut self) -> Result<Option<Vec<u8>>, TransportError> {
        match &mut self.source {
            Source::Browser(body) => body.next_chunk().await,
            Source::Canned { chunks, then } => match (chunks.pop_front(), then.take()) {
                (Some(chunk), later) => {
                    *then = later;
                    Ok(Some(chunk))
                }
                (None, Some(error)) => Err(error),
                (None, None) => Ok(None),
            },
        }
    }

    /// Reads to the end.
    pub async fn into_response(mut self) -> Result<ApiResponse, TransportError> {
        let mut body = Vec::new();
        while let Some(chunk) = self.next_chunk().await? {
            if body.is_empty() {
                body = chunk;
            } else {
                body.extend_from_slice(&chunk);
            }
        }
        Ok(ApiResponse { status: self.status, headers: self.headers, body })
    }
}
