//! Whether anyone can see the page: polling pauses where not.

use crate::reactive::RwSignal;
use web_sys::VisibilityState;

use super::{Listener, document, hold};

/// At this moment.
pub fn is_visible() -> bool {
    document().is_none_or(|document| document.visibility_state() != VisibilityState::Hidden)
}

/// Followed until the owner goes.
pub fn visible() -> RwSignal<bool> {
    let visible = RwSignal::new(is_visible());
    if let Some(document) = document() {
        hold(Listener::new(document.as_ref(), "visibilitychange", move |_| {
            visible.try_set(is_visible());
        }));
    }
    visible
}
