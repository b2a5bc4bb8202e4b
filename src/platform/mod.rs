//! The browser, as far as the console uses it: the only place that touches `web_sys`. Knows nothing of operations,
//! APIs or screens.
//!
//! What listens or ticks is a guard: dropping it stops it, and [`hold`] ties it to the reactive owner. Nothing here
//! panics where the browser lacks or refuses something; the caller gets `None`, a default or an error that says why.

pub mod caret;
pub mod cells;
pub mod clipboard;
pub mod clock;
pub mod dom;
pub mod download;
pub mod early;
pub mod focus;
pub mod history;
pub mod keyboard;
pub mod language;
pub mod links;
mod listener;
pub mod media;
pub mod network;
pub mod notify;
mod object;
pub mod pause;
pub mod resize;
pub mod scroll;
pub mod storage;
pub mod store;
pub mod task;
pub mod theme;
pub mod timers;
pub mod title;
pub mod visibility;
pub mod zone;

pub use listener::{Hear, Listener, hold};

/// The window. `None` only where the page is being torn down.
#[expect(clippy::disallowed_methods, reason = "this is the one door to the browser")]
pub(crate) fn window() -> Option<web_sys::Window> {
    web_sys::window()
}

/// The document of the window.
pub(crate) fn document() -> Option<web_sys::Document> {
    window()?.document()
}

/// The element that `index.html` keeps for the console.
pub fn app_root() -> Option<web_sys::HtmlElement> {
    use wasm_bindgen::JsCast;
    document()?.get_element_by_id("app")?.dyn_into().ok()
}
