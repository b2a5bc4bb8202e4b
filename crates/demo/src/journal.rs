//! Remembers the last requests, so that a test can say what really reached the server.
//! It must not keep a secret: values of headers that carry one are replaced before they are stored.

use std::collections::VecDeque;

use axum::extract::{Request, State};
use axum::http::HeaderMap;
use axum::middleware::Next;
use axum::response::Response;

use crate::demo::Demo;

const SECRET_HEADERS: [&str; 5] =
    ["authorization", "authentication-token", "x-auth-token", "x-subject-token", "cookie"];

/// One request as it arrived.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recorded {
    pub method: String,
    /// The path as sent, still percent-encoded.
    pub path: String,
    /// The query as sent, without the question mark.
    pub query: Option<String>,
    /// Names in lower case; values of secret headers read `[redacted]`.
    pub headers: Vec<(String, String)>,
    /// None while the answer is not ready, or when the client went away before it was.
    pub status: Option<u16>,
}

impl Recorded {
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// Path and query as they stood in the request line.
    pub fn target(&self) -> String {
        match &self.query {
            Some(query) => format!("{}?{query}", self.path),
            None => self.path.clone(),
        }
    }
}

pub(crate) struct Journal {
    limit: usize,
    next: u64,
    entries: VecDeque<(u64, Recorded)>,
}

impl Journal {
    pub(crate) fn new(limit: usize) -> Self {
        Self { limit, next: 0, entries: VecDeque::new() }
    }

    fn begin(&mut self, entry: Recorded) -> u64 {
        let number = self.next;
        self.next = self.next.wrapping_add(1);
        self.entries.push_back((number, entry));
        while self.entries.len() > self.limit {
            self.entries.pop_front();
        }
        number
    }

    fn end(&mut self, number: u64, status: u16) {
        if let Some((_, entry)) = self.entries.iter_mut().rev().find(|(known, _)| *known == number) {
            entry.status = Some(status);
        }
    }

    pub(crate) fn entries(&self) -> Vec<Recorded> {
        self.entries.iter().map(|(_, entry)| entry.clone()).collect()
    }

    pub(crate) fn clear(&mut self) {
        self.entries.clear();
    }
}

fn without_secrets(headers: &HeaderMap) -> Vec<(String, String)> {
    let shown = |name: &str, value: &[u8]| {
        if SECRET_HEADERS.contains(&name) {
            "[redacted]".to_owned()
        } else {
            String::from_utf8_lossy(value).into_owned()
        }
    };
    headers.iter().map(|(name, value)| (name.to_string(), shown(name.as_str(), value.as_bytes()))).collect()
}

/// Notes the request when it arrives and its status when the answer begins.
pub(crate) async fn write(State(demo): State<Demo>, request: Request, next: Next) -> Response {
    let entry = Recorded {
        method: request.method().to_string(),
        path: request.uri().path().to_owned(),
        query: request.uri().query().map(str::to_owned),
        headers: without_secrets(request.headers()),
        status: None,
    };
    let number = demo.journal(|journal| journal.begin(entry));
    let response = next.run(request).await;
    demo.journal(|journal| journal.end(number, response.status().as_u16()));
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(path: &str) -> Recorded {
        Recorded { method: "GET".into(), path: path.into(), query: None, headers: vec![], status: None }
    }

    #[test]
    fn keeps_only_the_last_and_survives_a_late_answer() {
        let mut journal = Journal::new(2);
        let first = journal.begin(entry("/a"));
        journal.begin(entry("/b"));
        let third = journal.begin(entry("/c"));
        journal.end(first, 500);
        journal.end(third, 200);
        let seen: Vec<_> = journal.entries().into_iter().map(|e| (e.path, e.status)).collect();
        assert_eq!(seen, [("/b".into(), None), ("/c".into(), Some(200))]);
    }

    #[test]
    fn secrets_never_enter() {
        let mut headers = HeaderMap::new();
        headers.insert("x-auth-token", "69105c88".parse().unwrap());
        headers.insert("accept", "application/json".parse().unwrap());
        let kept = without_secrets(&headers);
        assert!(kept.contains(&("x-auth-token".into(), "[redacted]".into())));
        assert!(kept.contains(&("accept".into(), "application/json".into())));
    }
}
