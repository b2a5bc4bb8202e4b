//! Waiting inside async code: for a time, for the next frame, or only long enough that the browser can take input
//! and paint before a long computation goes on.

use std::cell::RefCell;
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

use js_sys::{Function, Promise, Reflect};
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use wasm_bindgen_futures::JsFuture;
use web_sys::MessageChannel;

use super::timers::Timeout;
use super::window;

/// Completes after `ms`. Dropped early, its timer is cleared.
pub fn sleep(ms: u32) -> Sleep {
    let state = Rc::new(RefCell::new(State::Waiting(None)));
    let fired = Rc::clone(&state);
    let timer = Timeout::new(i32::try_from(ms).unwrap_or(i32::MAX), move || {
        if let State::Waiting(Some(waker)) = fired.replace(State::Done) {
            waker.wake();
        }
    });
    Sleep { state, _timer: timer }
}

enum State {
    Waiting(Option<Waker>),
    Done,
}

/// See [`sleep`].
pub struct Sleep {
    state: Rc<RefCell<State>>,
    _timer: Option<Timeout>,
}

impl Future for Sleep {
    type Output = ();

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        let mut state = self.state.borrow_mut();
        match &mut *state {
            State::Done => Poll::Ready(()),
            State::Waiting(waker) => {
                *waker = Some(context.waker().clone());
                Poll::Pending
            }
        }
    }
}

/// Lets the browser handle input and paint if it wants to, then goes on as soon as it may: `scheduler.yield()` where
/// there is one, else a message to ourselves (a timer of 0 ms would be stretched to 4).
pub async fn yield_now() {
    if let Some(promise) = scheduler_yield() {
        let _ = JsFuture::from(promise).await;
        return;
    }
    let Ok(channel) = MessageChannel::new() else { return sleep(0).await };
    let mut arrived = None;
    let promise = Promise::new(&mut |resolve, _| {
        arrived = Some(Closure::<dyn FnMut()>::new(move || {
            let _ = resolve.call0(&wasm_bindgen::JsValue::UNDEFINED);
        }));
    });
    let Some(arrived) = arrived else { return };
    channel.port1().set_onmessage(Some(arrived.as_ref().unchecked_ref()));
    let _ = channel.port2().post_message(&wasm_bindgen::JsValue::NULL);
    let _ = JsFuture::from(promise).await;
    channel.port1().close();
}

fn scheduler_yield() -> Option<Promise> {
    let scheduler = Reflect::get(window()?.as_ref(), &"scheduler".into()).ok()?;
    let function: Function = Reflect::get(&scheduler, &"yield".into()).ok()?.dyn_into().ok()?;
    function.call0(&scheduler).ok()?.dyn_into().ok()
}

/// Completes just before the next frame is painted. Does not complete while the tab is hidden.
pub async fn next_frame() {
    let promise = Promise::new(&mut |resolve, _| {
        if let Some(window) = window() {
            let _ = window.request_animation_frame(&resolve);
        }
    });
    let _ = JsFuture::from(promise).await;
}
