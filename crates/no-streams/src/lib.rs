//! Stands in for the crate `wasm-streams`. Leptos brings it along for streaming server functions, of which the console
//! has none; but that crate exports JavaScript classes, and what is exported stays in a bundle whether it is used or
//! not (docs/adr/0004-bundle-size.md). This has the names that `server_fn` compiles against, and no classes. Should
//! anything ever stream through it, it is told so by an error.

use std::pin::Pin;
use std::task::{Context, Poll};

use futures_core::Stream;
use wasm_bindgen::{JsCast, JsValue};

const NONE_HERE: &str = "This bundle is built without streaming server functions.";

/// A stream of the browser's.
pub struct ReadableStream(web_sys::ReadableStream);

impl ReadableStream {
    /// Takes the browser's own stream.
    pub fn from_raw(raw: web_sys::ReadableStream) -> ReadableStream {
        ReadableStream(raw)
    }

    /// Nothing can be sent as a stream: the request goes without a body.
    pub fn from_stream<S: Stream<Item = Result<JsValue, JsValue>> + 'static>(_: S) -> ReadableStream {
        ReadableStream(JsValue::NULL.unchecked_into())
    }

    /// Gives the browser's own stream back.
    pub fn into_raw(self) -> web_sys::ReadableStream {
        self.0
    }

    /// What comes is one error.
    pub fn into_stream(self) -> IntoStream {
        IntoStream { told: false }
    }
}

/// What comes of a stream here: an error.
pub struct IntoStream {
    told: bool,
}

impl Stream for IntoStream {
    type Item = Result<JsValue, JsValue>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let first = !std::mem::replace(&mut self.told, true);
        Poll::Ready(first.then(|| Err(JsValue::from_str(NONE_HERE))))
    }
}
