//! Timeouts, intervals and animation frames as guards: dropped, they never fire again.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;

use super::window;

/// Fires once.
pub struct Timeout {
    id: i32,
    closure: Option<Closure<dyn FnMut()>>,
}

impl Timeout {
    /// Calls `act` after `ms`. `None` where the page is being torn down.
    pub fn new(ms: i32, act: impl FnOnce() + 'static) -> Option<Timeout> {
        let closure = Closure::once(act);
        let function = closure.as_ref().unchecked_ref();
        let id = window()?.set_timeout_with_callback_and_timeout_and_arguments_0(function, ms).ok()?;
        Some(Timeout { id, closure: Some(closure) })
    }

    /// Lets it fire though nobody holds it.
    pub fn forget(mut self) {
        if let Some(closure) = self.closure.take() {
            closure.forget();
        }
    }
}

impl Drop for Timeout {
    fn drop(&mut self) {
        if let (Some(_), Some(window)) = (&self.closure, window()) {
            window.clear_timeout_with_handle(self.id);
        }
    }
}

/// Fires again and again.
pub struct Interval {
    id: i32,
    _closure: Closure<dyn FnMut()>,
}

impl Interval {
    /// Calls `act` every `ms`. Browsers stretch this to a second or more in hidden tabs.
    pub fn new(ms: i32, act: impl FnMut() + 'static) -> Option<Interval> {
        let closure = Closure::<dyn FnMut()>::new(act);
        let function = closure.as_ref().unchecked_ref();
        let id = window()?.set_interval_with_callback_and_timeout_and_arguments_0(function, ms).ok()?;
        Some(Interval { id, _closure: closure })
    }
}

impl Drop for Interval {
    fn drop(&mut self) {
        if let Some(window) = window() {
            window.clear_interval_with_handle(self.id);
        }
    }
}

/// Runs an action at most once per frame, however often it is asked for. Clones ask for the same action.
#[derive(Clone)]
pub struct PerFrame {
    inner: Rc<FrameInner>,
}

struct FrameInner {
    asked: Cell<Option<i32>>,
    closure: RefCell<Option<Closure<dyn FnMut()>>>,
}

impl PerFrame {
    /// `act` runs before the next paint after [`ask`](PerFrame::ask).
    pub fn new(mut act: impl FnMut() + 'static) -> PerFrame {
        let inner = Rc::new(FrameInner { asked: Cell::new(None), closure: RefCell::new(None) });
        let weak = Rc::downgrade(&inner);
        let closure = Closure::<dyn FnMut()>::new(move || {
            if let Some(inner) = weak.upgrade() {
                inner.asked.set(None);
            }
            act();
        });
        inner.closure.replace(Some(closure));
        PerFrame { inner }
    }

    /// Asks for one run.
    pub fn ask(&self) {
        if self.inner.asked.get().is_some() {
            return;
        }
        let closure = self.inner.closure.borrow();
        let (Some(closure), Some(window)) = (closure.as_ref(), window()) else { return };
        self.inner.asked.set(window.request_animation_frame(closure.as_ref().unchecked_ref()).ok());
    }
}

impl Drop for FrameInner {
    fn drop(&mut self) {
        if let (Some(id), Some(window)) = (self.asked.get(), window()) {
            let _ = window.cancel_animation_frame(id);
        }
    }
}
