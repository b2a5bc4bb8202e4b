//! Whether the machine has a network at all. `true` promises nothing; `false` is certain.

use leptos::prelude::{ReadSignal, Set, signal};

use super::{Listener, hold, window};

/// At this moment.
pub fn is_online() -> bool {
    window().is_none_or(|window| window.navigator().on_line())
}

/// Followed until the owner goes.
pub fn online() -> ReadSignal<bool> {
    let (online, set) = signal(is_online());
    if let Some(window) = window() {
        for name in ["online", "offline"] {
            hold(Listener::new(window.as_ref(), name, move |_| {
                set.try_set(is_online());
            }));
        }
    }
    online
}
