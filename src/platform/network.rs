//! Whether the machine has a network at all. `true` promises nothing; `false` is certain.

use crate::reactive::RwSignal;

use super::{Listener, hold, window};

/// At this moment.
pub fn is_online() -> bool {
    window().is_none_or(|window| window.navigator().on_line())
}

/// Followed until the owner goes.
pub fn online() -> RwSignal<bool> {
    let online = RwSignal::new(is_online());
    if let Some(window) = window() {
        for name in ["online", "offline"] {
            hold(Listener::new(window.as_ref(), name, move |_| {
                online.try_set(is_online());
            }));
        }
    }
    online
}
