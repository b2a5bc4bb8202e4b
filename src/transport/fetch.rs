//! The browser's `fetch`. Built through gloo-net, with the settings that a console of other people's APIs needs:
//! no cookies, no referrer, no cache, no redirects, abort on drop, two timeouts.

use std::cell::Cell;
use std::future::{Future, poll_fn};
use std::pin::pin;
use std::rc::Rc;
use std::task::Poll;

use gloo_net::http::{Method as WireMethod, Request, RequestBuilder};
use js_sys::{Reflect, Uint8Array};
use longrun_core::http::{ApiRequest, HeaderValue, Method};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    AbortController, ReadableStreamDefaultReader, ReferrerPolicy, RequestCache, RequestCredentials,
    RequestRedirect,
};

use super::answer::Source;
use super::error::server_of;
use super::{Opening, Streaming, Transport, TransportError, TransportErrorKind};
use crate::platform::{network, pause};

/// How long to wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// For status and headers, in milliseconds.
    pub headers_ms: u32,
    /// Between two pieces of the body, in milliseconds.
    pub idle_ms: u32,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits { headers_ms: 30_000, idle_ms: 30_000 }
    }
}

/// Sends through the browser.
#[derive(Clone, Copy, Debug, Default)]
pub struct Fetch {
    limits: Limits,
}

impl Fetch {
    /// With other limits than the usual ones.
    pub fn with_limits(limits: Limits) -> Fetch {
        Fetch { limits }
    }
}

impl Transport for Fetch {
    fn open(&self, request: ApiRequest) -> Opening {
        Box::pin(open(request, self.limits))
    }
}

async fn open(request: ApiRequest, limits: Limits) -> Result<Streaming, TransportError> {
    let server = server_of(&request.url);
    let unsendable = || TransportError::new(TransportErrorKind::Unsendable, &server);
    let abort = AbortOnDrop::new().ok_or_else(unsendable)?;
    let wire = build(&request, &abort).ok_or_else(unsendable)?;
    drop(request);
    let answer = within(limits.headers_ms, wire.send()).await;
    let response = match answer {
        None => return Err(TransportError::new(TransportErrorKind::TimedOut, &server)),
        Some(Err(_)) => return Err(TransportError::new(why_none(), &server)),
        Some(Ok(response)) => response,
    };
    let headers =
        response.headers().entries().map(|(name, value)| (name.to_ascii_lowercase(), value)).collect();
    let status = response.status();
    let reader = response.body().and_then(|stream| stream.get_reader().dyn_into().ok());
    let body = Body { reader, received: 0, idle_ms: limits.idle_ms, server, abort };
    Ok(Streaming::new(status, headers, Source::Browser(body)))
}

/// The browser tells no reason for a failed fetch; being offline is the one that we can know.
fn why_none() -> TransportErrorKind {
    if network::is_online() { TransportErrorKind::Blocked } else { TransportErrorKind::Offline }
}

fn build(request: &ApiRequest, abort: &AbortOnDrop) -> Option<Request> {
    // The URL is complete: query parameters are encoded by the dialect, once.
    let mut wire = RequestBuilder::new(&request.url)
        .method(wire_method(request.method))
        .abort_signal(Some(&abort.controller.signal()))
        .cache(RequestCache::NoStore)
        .credentials(RequestCredentials::Omit)
        .referrer_policy(ReferrerPolicy::NoReferrer)
        // A redirect could carry our token headers to a place that the operator never named: browsers drop only
        // `Authorization` on the way to another origin, not `X-Auth-Token`. No API here redirects.
        .redirect(RequestRedirect::Error);
    for (name, value) in &request.headers {
        let value = match value {
            HeaderValue::Plain(text) => text.as_str(),
            HeaderValue::Secret(secret) => secret.reveal(),
        };
        // The browser throws on anything else, and an exception cannot be caught on this side.
        if !value.bytes().all(|byte| byte == b'\t' || (b' '..0x7f).contains(&byte)) {
            return None;
        }
        wire = wire.header(name, value);
    }
    match &request.body {
        Some(body) => wire.body(body.reveal()).ok(),
        None => wire.build().ok(),
    }
}

fn wire_method(method: Method) -> WireMethod {
    match method {
        Method::Get => WireMethod::GET,
        Method::Post => WireMethod::POST,
        Method::Put => WireMethod::PUT,
        Method::Patch => WireMethod::PATCH,
        Method::Delete => WireMethod::DELETE,
    }
}

/// The body of an answer that comes from the browser.
pub(super) struct Body {
    reader: Option<ReadableStreamDefaultReader>,
    received: usize,
    idle_ms: u32,
    server: String,
    abort: AbortOnDrop,
}

impl Body {
    pub(super) async fn next_chunk(&mut self) -> Result<Option<Vec<u8>>, TransportError> {
        let Some(reader) = &self.reader else { return Ok(None) };
        let Some(read) = within(self.idle_ms, JsFuture::from(reader.read())).await else {
            self.reader = None;
            self.abort.now();
            return Err(TransportError::new(TransportErrorKind::TimedOut, &self.server));
        };
        let broke_off = TransportErrorKind::Interrupted { received: self.received };
        let Ok(piece) = read else {
            self.reader = None;
            return Err(TransportError::new(broke_off, &self.server));
        };
        let done = Reflect::get(&piece, &"done".into()).is_ok_and(|done| done.is_truthy());
        if done {
            self.reader = None;
            self.abort.disarm();
            return Ok(None);
        }
        let value =
            Reflect::get(&piece, &"value".into()).ok().and_then(|value| value.dyn_into::<Uint8Array>().ok());
        let Some(value) = value else { return Err(TransportError::new(broke_off, &self.server)) };
        // The one copy: out of the browser's memory into ours.
        let chunk = value.to_vec();
        self.received += chunk.len();
        Ok(Some(chunk))
    }
}

/// Aborts the request when it goes, unless the answer was read to its end.
struct AbortOnDrop {
    controller: AbortController,
    armed: Rc<Cell<bool>>,
}

impl AbortOnDrop {
    fn new() -> Option<AbortOnDrop> {
        Some(AbortOnDrop { controller: AbortController::new().ok()?, armed: Rc::new(Cell::new(true)) })
    }

    fn disarm(&self) {
        self.armed.set(false);
    }

    fn now(&self) {
        if self.armed.replace(false) {
            self.controller.abort();
        }
    }
}

impl Drop for AbortOnDrop {
    fn drop(&mut self) {
        self.now();
    }
}

/// The future's result, or `None` after `ms`.
async fn within<Output>(ms: u32, future: impl Future<Output = Output>) -> Option<Output> {
    let mut future = pin!(future);
    let mut timer = pin!(pause::sleep(ms));
    poll_fn(move |context| {
        if let Poll::Ready(output) = future.as_mut().poll(context) {
            return Poll::Ready(Some(output));
        }
        timer.as_mut().poll(context).map(|()| None)
    })
    .await
}
