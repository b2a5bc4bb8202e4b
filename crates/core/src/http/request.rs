//! A request and its answer as values, so that tests compare them and no transport is needed.

use std::fmt;

use super::Secret;

/// HTTP method.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are the methods")]
pub enum Method {
    Get,
    Post,
    Put,
    Patch,
    Delete,
}

impl Method {
    /// As on the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            Method::Get => "GET",
            Method::Post => "POST",
            Method::Put => "PUT",
            Method::Patch => "PATCH",
            Method::Delete => "DELETE",
        }
    }
}

/// A header's value; secrets stay secret in `Debug`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HeaderValue {
    /// May be shown.
    Plain(String),
    /// Must not be shown.
    Secret(Secret),
}

/// One request, complete: the URL carries its query, the headers their credentials.
#[derive(Clone, PartialEq, Eq)]
pub struct ApiRequest {
    /// Method.
    pub method: Method,
    /// Absolute, or a path on the console's own origin.
    pub url: String,
    /// In the order given. Names are lower case.
    pub headers: Vec<(&'static str, HeaderValue)>,
    /// JSON text. Bodies may hold credentials, so `Debug` tells only their length.
    pub body: Option<Secret>,
}

impl ApiRequest {
    /// A request without body that accepts JSON.
    pub fn new(method: Method, url: String) -> ApiRequest {
        let accept = ("accept", HeaderValue::Plain("application/json".to_owned()));
        ApiRequest { method, url, headers: vec![accept], body: None }
    }

    /// Adds a header that may be shown.
    #[must_use]
    pub fn header(mut self, name: &'static str, value: impl Into<String>) -> ApiRequest {
        self.headers.push((name, HeaderValue::Plain(value.into())));
        self
    }

    /// Adds a header that must not be shown.
    #[must_use]
    pub fn secret_header(mut self, name: &'static str, value: Secret) -> ApiRequest {
        self.headers.push((name, HeaderValue::Secret(value)));
        self
    }

    /// Sets a JSON body.
    #[must_use]
    pub fn json(self, body: String) -> ApiRequest {
        let mut with = self.header("content-type", "application/json");
        with.body = Some(Secret::new(body));
        with
    }
}

impl fmt::Debug for ApiRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ApiRequest")
            .field("method", &self.method)
            .field("url", &self.url)
            .field("headers", &self.headers)
            .field("body_bytes", &self.body.as_ref().map(|body| body.reveal().len()))
            .finish()
    }
}

/// An answer, read to its end.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ApiResponse {
    /// HTTP status.
    pub status: u16,
    /// Names in lower case.
    pub headers: Vec<(String, String)>,
    /// As received.
    pub body: Vec<u8>,
}

impl ApiResponse {
    /// The first header of that (lower case) name.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(n, _)| n == name).map(|(_, value)| value.as_str())
    }

    /// The body as text; bytes that are not UTF-8 become replacement characters.
    pub fn text(&self) -> std::borrow::Cow<'_, str> {
        String::from_utf8_lossy(&self.body)
    }

    /// True for 2xx.
    pub fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_of_a_request_holds_no_secret() {
        let request = ApiRequest::new(Method::Post, "/auth/tokens".into())
            .secret_header("x-auth-token", Secret::new("t0ken"))
            .json(r#"{"password":"hunter2"}"#.into());
        let shown = format!("{request:?}");
        assert!(!shown.contains("t0ken") && !shown.contains("hunter2"), "{shown}");
        assert!(shown.contains("body_bytes: Some(22)"), "{shown}");
    }
}
