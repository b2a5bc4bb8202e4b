//! Parts of a view that change, with one type each. Leptos generates its machinery anew for every closure it meets;
//! behind these types it is generated once, which is a third of the bundle.

use leptos::prelude::{AnyView, IntoAny, IntoView};
use leptos::tachys::reactive_graph::SharedReactiveFunction;

/// A value that changes: an attribute, a text.
pub type Live<T> = SharedReactiveFunction<T>;

/// An attribute or a text that follows what `read` reads.
pub fn live<T: 'static>(read: impl FnMut() -> T + Send + 'static) -> Live<T> {
    std::sync::Arc::new(std::sync::Mutex::new(read))
}

/// A piece of the page that follows what `draw` reads.
pub fn live_view<V: IntoView + 'static>(mut draw: impl FnMut() -> V + Send + 'static) -> Live<AnyView> {
    live(move || draw().into_any())
}
