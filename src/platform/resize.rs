//! Hearing of an element's changes of size.

use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Element, ResizeObserver};

/// Watches one element; dropped, it stops.
pub struct Resized {
    observer: ResizeObserver,
    _closure: Closure<dyn FnMut()>,
}

impl Resized {
    /// Calls `act` once at the start and after every change, before the browser paints.
    pub fn new(element: &Element, act: impl FnMut() + 'static) -> Option<Resized> {
        let closure = Closure::<dyn FnMut()>::new(act);
        let observer = ResizeObserver::new(closure.as_ref().unchecked_ref()).ok()?;
        observer.observe(element);
        Some(Resized { observer, _closure: closure })
    }
}

impl Drop for Resized {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}
