//! Why no answer came, or not all of it. Holds no query, header or body: nothing in here needs masking.

use longrun_core::http::{ApiError, ErrorKind};
use longrun_core::text::{fill, t};

/// What went wrong between the browser and the server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TransportErrorKind {
    /// The machine has no network.
    Offline,
    /// The browser gives no answer and, for safety, no reason: unreachable, not allowed across origins, redirected,
    /// or forbidden by the page's own policy.
    Blocked,
    /// No headers, or no further bytes, in time.
    TimedOut,
    /// We gave up the request ourselves.
    Aborted,
    /// The answer broke off.
    Interrupted {
        /// Bytes of the body that had arrived.
        received: usize,
    },
    /// The request could not be built: an address or header value that the browser does not take.
    Unsendable,
}

/// A failure without a usable answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TransportError {
    /// What kind.
    pub kind: TransportErrorKind,
    /// One or two sentences for an operator.
    pub message: String,
}

impl TransportError {
    /// Describes a failure of a request to `server` (scheme, host and port; never a whole URL).
    pub fn new(kind: TransportErrorKind, server: &str) -> TransportError {
        let message = match kind {
            TransportErrorKind::Offline => t("This machine is offline.").to_owned(),
            TransportErrorKind::Blocked => fill(
                "The browser got no answer from {0} that it may show to this page. Either the server cannot be \
                 reached, or it does not allow calls from this origin (CORS), or it redirected the call. The \
                 browser's own console says which.",
                &[server],
            ),
            TransportErrorKind::TimedOut => fill("No answer from {0} in time.", &[server]),
            TransportErrorKind::Aborted => t("The request was given up.").to_owned(),
            TransportErrorKind::Interrupted { received } => {
                fill("The answer of {0} broke off after {1} bytes.", &[server, &received.to_string()])
            }
            TransportErrorKind::Unsendable => fill(
                "The request to {0} could not be built: its address or a header holds characters that HTTP does \
                 not allow.",
                &[server],
            ),
        };
        TransportError { kind, message }
    }

    /// The same failure in the one shape that the views know.
    pub fn into_api_error(self) -> ApiError {
        let kind = match self.kind {
            TransportErrorKind::Offline | TransportErrorKind::Blocked | TransportErrorKind::Aborted => {
                ErrorKind::Unreachable
            }
            TransportErrorKind::TimedOut => ErrorKind::TimedOut,
            TransportErrorKind::Interrupted { .. } => ErrorKind::Interrupted,
            TransportErrorKind::Unsendable => ErrorKind::Rejected,
        };
        ApiError::without_answer(kind, self.message)
    }
}

impl std::fmt::Display for TransportError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for TransportError {}

/// Scheme, host and port of a URL, without user, path or query; "this site" for a path on our own origin.
pub(super) fn server_of(url: &str) -> String {
    let Some((scheme, rest)) = url.split_once("://") else { return t("this site").to_owned() };
    let authority = rest.split(['/', '?', '#']).next().unwrap_or(rest);
    let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    format!("{scheme}://{host}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_name_the_server_and_nothing_else_of_the_url() {
        for url in
            ["https://u:p@api.example:8443/v1/x?token=s3cret#f", "https://api.example:8443?token=s3cret"]
        {
            let server = server_of(url);
            assert_eq!(server, "https://api.example:8443");
            let error = TransportError::new(TransportErrorKind::Blocked, &server);
            assert!(!format!("{error} {error:?}").contains("s3cret"), "{error:?}");
        }
        assert_eq!(server_of("/ecl/operations?status=ERROR"), "this site");
    }

    #[test]
    fn every_kind_becomes_an_api_error_of_its_own_words() {
        let broke = TransportError::new(TransportErrorKind::Interrupted { received: 512 }, "this site");
        let error = broke.into_api_error();
        assert_eq!(error.kind, ErrorKind::Interrupted);
        assert!(error.message.contains("512 bytes"), "{}", error.message);
        let slow = TransportError::new(TransportErrorKind::TimedOut, "this site").into_api_error();
        assert_eq!((slow.kind, slow.status), (ErrorKind::TimedOut, None));
    }
}
