//! Response bodies that are written while they are read: a list of ready rows cut into chunks, and a scripted
//! body that waits and breaks. It must not know what the rows mean.

use std::collections::VecDeque;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use axum::BoxError;
use axum::body::{Body, Bytes, HttpBody};
use http_body::{Frame, SizeHint};

use crate::demo::{Sleep, Sleeper};

/// One row's JSON text, shared between the world and every answer it is part of.
pub(crate) type Row = Arc<[u8]>;

/// Small, so that the reader has rows at once.
const FIRST_CHUNK: usize = 16 * 1024;
const CHUNK: usize = 256 * 1024;
const HEAD: &[u8] = b"{\"operations\": [";
const TAIL: &[u8] = b"]}";

/// `{"operations": […]}` of these rows. Its length is known in advance, its text never exists as a whole.
pub(crate) fn list(rows: Vec<Row>) -> Body {
    Body::new(List { left: length(&rows) as u64, rows, next: 0, begun: false })
}

/// The same as [`list`] in one piece, for answers that are to be cut or delayed.
pub(crate) fn list_text(rows: &[Row]) -> Vec<u8> {
    let mut text = Vec::with_capacity(length(rows));
    text.extend_from_slice(HEAD);
    for (number, row) in rows.iter().enumerate() {
        if number > 0 {
            text.push(b',');
        }
        text.extend_from_slice(row);
    }
    text.extend_from_slice(TAIL);
    text
}

fn length(rows: &[Row]) -> usize {
    let commas = rows.len().saturating_sub(1);
    rows.iter().map(|row| row.len()).sum::<usize>() + commas + HEAD.len() + TAIL.len()
}

struct List {
    rows: Vec<Row>,
    next: usize,
    begun: bool,
    left: u64,
}

impl List {
    fn chunk(&mut self) -> Vec<u8> {
        let aim = if self.begun { CHUNK } else { FIRST_CHUNK };
        let mut chunk = Vec::with_capacity(aim + aim / 8);
        if !self.begun {
            self.begun = true;
            chunk.extend_from_slice(HEAD);
        }
        while chunk.len() < aim {
            let Some(row) = self.rows.get(self.next) else { break };
            if self.next > 0 {
                chunk.push(b',');
            }
            chunk.extend_from_slice(row);
            self.next += 1;
        }
        if self.next >= self.rows.len() {
            chunk.extend_from_slice(TAIL);
        }
        chunk
    }
}

impl HttpBody for List {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        if self.left == 0 {
            return Poll::Ready(None);
        }
        let chunk = self.chunk();
        self.left = self.left.saturating_sub(chunk.len() as u64);
        Poll::Ready(Some(Ok(Frame::data(Bytes::from(chunk)))))
    }

    fn is_end_stream(&self) -> bool {
        self.left == 0
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.left)
    }
}

/// What a scripted body does next.
pub(crate) enum Step {
    Send(Vec<u8>),
    Wait(Duration),
    /// Fails, upon which a server drops the connection.
    Break,
}

/// A body that follows `steps`; its length is not announced.
pub(crate) fn scripted(steps: impl IntoIterator<Item = Step>, sleeper: Sleeper) -> Body {
    Body::new(Scripted { steps: steps.into_iter().collect(), sleeper, waiting: None })
}

struct Scripted {
    steps: VecDeque<Step>,
    sleeper: Sleeper,
    waiting: Option<Sleep>,
}

impl HttpBody for Scripted {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        loop {
            if let Some(sleep) = self.waiting.as_mut() {
                if sleep.as_mut().poll(context).is_pending() {
                    return Poll::Pending;
                }
                self.waiting = None;
            }
            return Poll::Ready(match self.steps.pop_front() {
                None => None,
                Some(Step::Send(text)) => Some(Ok(Frame::data(Bytes::from(text)))),
                Some(Step::Break) => Some(Err("the demo was asked to drop this connection".into())),
                Some(Step::Wait(duration)) => {
                    self.waiting = Some((self.sleeper)(duration));
                    continue;
                }
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(count: usize) -> Vec<Row> {
        (0..count)
            .map(|n| Row::from(format!("{{\"n\":{n},\"pad\":\"{}\"}}", "x".repeat(900)).into_bytes()))
            .collect()
    }

    #[tokio::test]
    async fn chunks_add_up_to_the_announced_length_and_text() {
        for count in [0, 1, 2, 1000] {
            let body = list(rows(count));
            let announced = body.size_hint().exact().unwrap();
            let text = axum::body::to_bytes(body, usize::MAX).await.unwrap();
            assert_eq!(announced, text.len() as u64, "{count} rows");
            assert_eq!(text, list_text(&rows(count)));
            let read: serde_json::Value = serde_json::from_slice(&text).unwrap();
            assert_eq!(read["operations"].as_array().unwrap().len(), count);
        }
    }

    #[test]
    fn the_first_chunk_is_small_and_no_chunk_is_huge() {
        let mut list = List { rows: rows(2000), next: 0, begun: false, left: 1 };
        assert!(list.chunk().len() < FIRST_CHUNK + 1024);
        assert!((CHUNK..CHUNK + 1024).contains(&list.chunk().len()));
    }

    #[tokio::test]
    async fn a_broken_script_fails_after_what_it_sent() {
        let sleeper: Sleeper = Arc::new(|_| Box::pin(std::future::ready(())));
        let steps = || [Step::Send(b"{\"oper".to_vec()), Step::Wait(Duration::from_secs(1))];
        let whole = scripted(steps(), sleeper.clone());
        assert_eq!(axum::body::to_bytes(whole, usize::MAX).await.unwrap(), "{\"oper");
        let broken = scripted(steps().into_iter().chain([Step::Break]), sleeper);
        assert!(axum::body::to_bytes(broken, usize::MAX).await.is_err());
    }
}
