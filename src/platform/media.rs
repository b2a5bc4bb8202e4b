//! Media queries as signals: width, pointer, colour scheme.

use crate::reactive::RwSignal;

use super::{Listener, hold, window};

/// Below this the table folds into two lines per row; `style/states.css` has the same figure.
pub const NARROW: &str = "(max-width: 760px)";
/// Fingers instead of a mouse.
pub const COARSE: &str = "(pointer: coarse)";

/// Whether `query` holds at this moment.
pub fn matches_now(query: &str) -> bool {
    window().and_then(|window| window.match_media(query).ok().flatten()).is_some_and(|list| list.matches())
}

/// Whether `query` holds, followed until the owner goes.
pub fn matches(query: &'static str) -> RwSignal<bool> {
    let holds = RwSignal::new(matches_now(query));
    if let Some(list) = window().and_then(|window| window.match_media(query).ok().flatten()) {
        hold(Listener::new(list.as_ref(), "change", move |_| {
            holds.try_set(matches_now(query));
        }));
    }
    holds
}
