//! Canned answers, for tests: each request takes the next one, and is kept to be looked at.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};

use longrun_core::http::ApiRequest;

use super::answer::Source;
use super::{Opening, Streaming, Transport, TransportError, TransportErrorKind};

/// One answer.
#[derive(Clone, Debug)]
pub struct Canned {
    /// HTTP status.
    pub status: u16,
    /// Names in lower case.
    pub headers: Vec<(String, String)>,
    /// The body in the pieces in which it arrives.
    pub chunks: Vec<Vec<u8>>,
    /// What breaks it off after the last piece.
    pub then: Option<TransportErrorKind>,
}

impl Canned {
    /// A whole JSON answer.
    pub fn json(status: u16, body: &str) -> Canned {
        let headers = vec![("content-type".to_owned(), "application/json".to_owned())];
        Canned { status, headers, chunks: vec![body.as_bytes().to_vec()], then: None }
    }
}

/// Answers from a list.
#[derive(Default)]
pub struct Replay {
    answers: Mutex<VecDeque<Result<Canned, TransportErrorKind>>>,
    asked: Mutex<Vec<ApiRequest>>,
}

impl Replay {
    /// Answers in this order; after the last one every request is refused as blocked.
    pub fn new(answers: impl IntoIterator<Item = Result<Canned, TransportErrorKind>>) -> Replay {
        Replay { answers: Mutex::new(answers.into_iter().collect()), asked: Mutex::default() }
    }

    /// The requests so far.
    pub fn asked(&self) -> Vec<ApiRequest> {
        self.asked.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl Transport for Replay {
    fn open(&self, request: ApiRequest) -> Opening {
        self.asked.lock().unwrap_or_else(PoisonError::into_inner).push(request);
        let next = self.answers.lock().unwrap_or_else(PoisonError::into_inner).pop_front();
        let error = |kind| TransportError::new(kind, "the replayed server");
        let answer = next.unwrap_or(Err(TransportErrorKind::Blocked)).map_err(error).map(|canned| {
            let source = Source::Canned { chunks: canned.chunks.into(), then: canned.then.map(error) };
            Streaming::new(canned.status, canned.headers, source)
        });
        Box::pin(std::future::ready(answer))
    }
}

#[cfg(test)]
mod tests {
    use std::future::Future;
    use std::pin::pin;
    use std::task::{Context, Poll, Waker};

    use longrun_core::http::Method;

    use super::*;
    use crate::transport::send;

    /// Canned answers are ready at once, so one poll is enough.
    fn now<Output>(future: impl Future<Output = Output>) -> Output {
        match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
            Poll::Ready(output) => output,
            Poll::Pending => panic!("a canned answer was not ready"),
        }
    }

    fn get(url: &str) -> ApiRequest {
        ApiRequest::new(Method::Get, url.to_owned())
    }

    #[test]
    fn pieces_are_joined_in_order_and_requests_kept() {
        let mut canned = Canned::json(200, "{\"operations\":");
        canned.chunks.push(b"[]}".to_vec());
        let replay = Replay::new([Ok(canned)]);
        let answer = now(send(&replay, get("/operations"))).unwrap();
        assert_eq!((answer.status, &*answer.text()), (200, "{\"operations\":[]}"));
        assert_eq!(replay.asked(), [get("/operations")]);
    }

    #[test]
    fn an_answer_that_breaks_off_is_an_error_after_its_pieces() {
        let then = Some(TransportErrorKind::Interrupted { received: 2 });
        let canned = Canned { then, ..Canned::json(200, "[1") };
        let replay = Replay::new([Ok(canned.clone()), Ok(canned)]);
        let mut streaming = now(replay.open(get("/a"))).ok().unwrap();
        assert_eq!(now(streaming.next_chunk()), Ok(Some(b"[1".to_vec())));
        assert_eq!(
            now(streaming.next_chunk()).unwrap_err().kind,
            TransportErrorKind::Interrupted { received: 2 }
        );
        assert!(now(send(&replay, get("/b"))).is_err());
    }

    #[test]
    fn without_an_answer_left_the_request_is_refused() {
        let replay = Replay::new([Err(TransportErrorKind::Offline)]);
        assert_eq!(now(send(&replay, get("/a"))).unwrap_err().kind, TransportErrorKind::Offline);
        assert_eq!(now(send(&replay, get("/a"))).unwrap_err().kind, TransportErrorKind::Blocked);
        assert_eq!(replay.asked().len(), 2);
    }
}
