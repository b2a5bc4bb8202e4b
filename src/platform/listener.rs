//! Event listeners that go away with their guard. Knows no particular event.

use leptos::prelude::on_cleanup;
use send_wrapper::SendWrapper;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Event, EventTarget};

/// What is called on an event. Not `FnMut`, whose table holds a way to be called once and dropped for every closure.
pub trait Hear {
    /// It happened.
    fn hear(&mut self, event: Event);
}

impl<F: FnMut(Event)> Hear for F {
    fn hear(&mut self, event: Event) {
        self(event);
    }
}

/// A listener on a target; dropped, it is removed.
pub struct Listener {
    target: EventTarget,
    name: &'static str,
    capture: bool,
    closure: Closure<dyn FnMut(Event)>,
}

impl Listener {
    /// Calls `act` on each event `name` that reaches `target`.
    pub fn new(target: &EventTarget, name: &'static str, act: impl FnMut(Event) + 'static) -> Listener {
        Listener::boxed(target, name, false, Box::new(act))
    }

    /// Also sees events that do not bubble (scroll, focus) on the way down to an element inside `target`.
    pub fn capturing(target: &EventTarget, name: &'static str, act: impl FnMut(Event) + 'static) -> Listener {
        Listener::boxed(target, name, true, Box::new(act))
    }

    /// As above, for what is boxed already.
    pub fn boxed(
        target: &EventTarget,
        name: &'static str,
        capture: bool,
        mut act: Box<dyn Hear>,
    ) -> Listener {
        let closure = Closure::<dyn FnMut(Event)>::new(move |event| act.hear(event));
        let function = closure.as_ref().unchecked_ref();
        // Adding a listener fails only for a target that is no target, which the type rules out.
        let _ = target.add_event_listener_with_callback_and_bool(name, function, capture);
        Listener { target: target.clone(), name, capture, closure }
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        let function = self.closure.as_ref().unchecked_ref();
        let _ = self.target.remove_event_listener_with_callback_and_bool(self.name, function, self.capture);
    }
}

/// Keeps a guard alive until the current reactive owner is cleaned up.
pub fn hold<Guard: 'static>(guard: Guard) {
    let guard = SendWrapper::new(guard);
    on_cleanup(move || drop(guard));
}
