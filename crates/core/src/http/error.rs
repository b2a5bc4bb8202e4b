//! One shape for everything that can go wrong between the console and a server.

use std::borrow::Cow;
use std::ops::{Deref, DerefMut};
use std::sync::Arc;

use super::{ApiResponse, RateLimit};
use crate::json::redact;
use crate::text::{STOPS, fill, said, t};

/// What kind of failure it is; decides what the console offers next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ErrorKind {
    /// 401: the token is missing, wrong or expired. Sign in again, in place.
    SignedOut,
    /// 403.
    Forbidden,
    /// 404 or 410.
    NotFound,
    /// 409 or 412.
    Conflict,
    /// Other 4xx: the request itself is wrong.
    Rejected,
    /// 429.
    RateLimited,
    /// 501 or 405: the server does not offer this call.
    NotOffered,
    /// 5xx.
    Server,
    /// No answer: offline, refused, blocked by the browser's cross-origin rules.
    Unreachable,
    /// No answer in time.
    TimedOut,
    /// The answer broke off before its end.
    Interrupted,
    /// An answer came, but not one that this API gives (HTML, truncated or unexpected JSON).
    Unreadable,
}

impl ErrorKind {
    /// True where the same request may succeed later by itself, so that the poller tries again.
    pub fn is_retryable(self) -> bool {
        matches!(
            self,
            ErrorKind::RateLimited
                | ErrorKind::Server
                | ErrorKind::Unreachable
                | ErrorKind::TimedOut
                | ErrorKind::Interrupted
                | ErrorKind::Unreadable
        )
    }

    /// What happened, for the head of an error panel.
    pub fn title(self) -> &'static str {
        match self {
            ErrorKind::SignedOut => "Signed out",
            ErrorKind::Forbidden => "Not allowed",
            ErrorKind::NotFound => "Not found",
            ErrorKind::Conflict => "In the way of something else",
            ErrorKind::Rejected => "The server refused the request",
            ErrorKind::RateLimited => "Too many requests",
            ErrorKind::NotOffered => "The server does not offer this call",
            ErrorKind::Server => "The server failed",
            ErrorKind::Unreachable => "No answer from the server",
            ErrorKind::TimedOut => "The server took too long",
            ErrorKind::Interrupted => "The answer broke off",
            ErrorKind::Unreadable => "The answer could not be read",
        }
    }
}

/// A failure, ready to be shown. Nearly every result may hold one: it is a pointer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApiError(Arc<Failure>);

/// What is known of a failure. Holds no secret: the server's text is redacted on the way in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// What kind.
    pub kind: ErrorKind,
    /// HTTP status, where there was an answer.
    pub status: Option<u16>,
    /// The server's own words, or ours where it said nothing.
    pub message: String,
    /// The server's id of the request, to quote to its support.
    pub request_id: Option<String>,
    /// Seconds after which the server asks to be tried again.
    pub retry_after: Option<u64>,
    /// The start of the answer, for "Show the answer".
    pub excerpt: Option<String>,
}

/// Longest piece of an answer that is kept for showing, in characters.
const EXCERPT: usize = 2_000;

impl From<Failure> for ApiError {
    fn from(failure: Failure) -> ApiError {
        ApiError(Arc::new(failure))
    }
}

impl Deref for ApiError {
    type Target = Failure;

    fn deref(&self) -> &Failure {
        &self.0
    }
}

impl DerefMut for ApiError {
    fn deref_mut(&mut self) -> &mut Failure {
        Arc::make_mut(&mut self.0)
    }
}

impl ApiError {
    /// A failure without an answer.
    pub fn without_answer(kind: ErrorKind, message: impl Into<Cow<'static, str>>) -> ApiError {
        let message = said(message.into()).into_owned();
        let nothing =
            Failure { kind, status: None, message, request_id: None, retry_after: None, excerpt: None };
        nothing.into()
    }

    /// A failure from an answer. `said` is the message that the dialect found in the body, if any.
    pub fn from_answer(response: &ApiResponse, said: Option<String>) -> ApiError {
        let kind = kind_of(response.status);
        let text = response.text();
        let message = said.filter(|s| !s.trim().is_empty()).unwrap_or_else(|| silent(response, &text));
        let failure = Failure {
            kind,
            status: Some(response.status),
            message: redact::redact_text(&message),
            request_id: request_id(response),
            retry_after: response
                .header("retry-after")
                .and_then(retry_after_seconds)
                .or_else(|| reset(response)),
            excerpt: excerpt(&text),
        };
        failure.into()
    }

    /// What went wrong in one sentence, with the server's status and words.
    pub fn told(&self) -> String {
        let words = self.message.trim();
        let end = if words.ends_with(STOPS) { "" } else { "." };
        match self.status {
            Some(status) => format!("{} ({status}): {words}{end}", t(self.kind.title())),
            None => format!("{}: {words}{end}", t(self.kind.title())),
        }
    }

    /// A success status with a body that is not what the API answers.
    pub fn unreadable(response: &ApiResponse, why: impl Into<Cow<'static, str>>) -> ApiError {
        let mut error = ApiError::from_answer(response, Some(said(why.into()).into_owned()));
        error.kind = ErrorKind::Unreadable;
        error
    }
}

/// When a caller who asked too often may ask again, by the headers that tell the limit.
fn reset(response: &ApiResponse) -> Option<u64> {
    let told = RateLimit::of(&response.headers).filter(|_| response.status == 429)?;
    told.reset.filter(|_| told.remaining.unwrap_or(0) == 0)
}

fn kind_of(status: u16) -> ErrorKind {
    match status {
        401 => ErrorKind::SignedOut,
        403 => ErrorKind::Forbidden,
        404 | 410 => ErrorKind::NotFound,
        409 | 412 => ErrorKind::Conflict,
        429 => ErrorKind::RateLimited,
        405 | 501 => ErrorKind::NotOffered,
        400..=499 => ErrorKind::Rejected,
        500..=599 => ErrorKind::Server,
        _ => ErrorKind::Unreadable,
    }
}

/// Our words for an error whose body says nothing we can read.
fn silent(response: &ApiResponse, text: &str) -> String {
    let status = response.status.to_string();
    if text.trim().is_empty() {
        return fill("The server answered {0} without a message.", &[&status]);
    }
    let html = response.header("content-type").is_some_and(|t| t.contains("html"))
        || text.trim_start().starts_with('<');
    let pattern = if html {
        "The server answered {0} with a web page instead of data. A proxy may be in the way."
    } else {
        "The server answered {0} with a text that this console does not know."
    };
    fill(pattern, &[&status])
}

fn request_id(response: &ApiResponse) -> Option<String> {
    ["x-openstack-request-id", "x-request-id", "x-compute-request-id"]
        .into_iter()
        .find_map(|name| response.header(name))
        .map(str::to_owned)
}

fn excerpt(text: &str) -> Option<String> {
    let text = text.trim();
    let cut: String = text.chars().take(EXCERPT).collect();
    (!cut.is_empty()).then(|| redact::redact_text(&cut))
}

/// Reads `Retry-After` given in seconds. The date form is ignored: it would need a clock, and no API here sends it.
pub fn retry_after_seconds(value: &str) -> Option<u64> {
    value.trim().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(status: u16, body: &str, headers: &[(&str, &str)]) -> ApiResponse {
        let headers = headers.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())).collect();
        ApiResponse { status, headers, body: body.as_bytes().to_vec() }
    }

    #[test]
    fn statuses_map_to_kinds() {
        let kinds = [200, 400, 401, 403, 404, 405, 409, 418, 429, 500, 501, 503].map(kind_of);
        use ErrorKind::{
            Conflict, Forbidden, NotFound, NotOffered, RateLimited, Rejected, Server, SignedOut, Unreadable,
        };
        let expected = [
            Unreadable,
            Rejected,
            SignedOut,
            Forbidden,
            NotFound,
            NotOffered,
            Conflict,
            Rejected,
            RateLimited,
            Server,
            NotOffered,
            Server,
        ];
        assert_eq!(kinds, expected);
    }

    #[test]
    fn html_is_named_and_kept_as_text() {
        let page =
            answer(502, "<html>Bad gateway</html>", &[("x-request-id", "req-1"), ("retry-after", "7")]);
        let error = ApiError::from_answer(&page, None);
        assert!(error.message.contains("web page"), "{}", error.message);
        assert_eq!(error.request_id.as_deref(), Some("req-1"));
        assert_eq!(error.retry_after, Some(7));
        assert_eq!(error.excerpt.as_deref(), Some("<html>Bad gateway</html>"));
    }

    #[test]
    fn too_many_requests_wait_for_the_limit_to_reset() {
        let limits =
            [("ratelimit-limit", "20;w=3600"), ("ratelimit-remaining", "0"), ("ratelimit-reset", "41")];
        assert_eq!(ApiError::from_answer(&answer(429, "", &limits), None).retry_after, Some(41));
        assert_eq!(ApiError::from_answer(&answer(500, "", &limits), None).retry_after, None);
        let both = [limits.as_slice(), &[("retry-after", "7")]].concat();
        assert_eq!(ApiError::from_answer(&answer(429, "", &both), None).retry_after, Some(7));
        assert_eq!(ApiError::from_answer(&answer(429, "", &[]), None).retry_after, None);
        let left = [("ratelimit-remaining", "12"), ("ratelimit-reset", "3600")];
        assert_eq!(
            ApiError::from_answer(&answer(429, "", &left), None).retry_after,
            None,
            "it is not that limit"
        );
    }

    #[test]
    fn an_echoed_secret_is_masked() {
        let error =
            ApiError::from_answer(&answer(400, "", &[]), Some("bad header Bearer abc.def.ghi12345".into()));
        assert!(!error.message.contains("abc.def.ghi12345"), "{}", error.message);
    }
}
