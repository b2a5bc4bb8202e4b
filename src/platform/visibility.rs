//! Whether anyone can see the page: polling pauses where not.

use leptos::prelude::{ReadSignal, Set, signal};
use web_sys::VisibilityState;

use super::{Listener, document, hold};

/// At this moment.
pub fn is_visible() -> bool {
    document().is_none_or(|document| document.visibility_state() != VisibilityState::Hidden)
}

/// Followed until the owner goes.
pub fn visible() -> ReadSignal<bool> {
    let (visible, set) = signal(is_visible());
    if let Some(document) = document() {
        hold(Listener::new(document.as_ref(), "visibilitychange", move |_| {
            set.try_set(is_visible());
        }));
    }
    visible
}
