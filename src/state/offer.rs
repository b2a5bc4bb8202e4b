//! What the page on the screen offers to the top bar: something that can be refreshed.

use crate::reactive::{Callback, RwSignal};
use leptos::prelude::on_cleanup;

use super::Console;
use super::poller::Poller;
use longrun_core::view::freshness::Freshness;

/// What the page on the screen offers to the bar.
#[derive(Clone, Copy)]
pub struct Refreshable {
    /// Its age.
    pub fresh: RwSignal<Freshness>,
    /// Its pace.
    pub poller: Poller,
    /// Reads it anew, now.
    pub now: Callback<()>,
}

/// The slot in which a page leaves its [`Refreshable`].
#[derive(Clone, Copy)]
pub struct Offer(RwSignal<Option<Refreshable>>);

impl Offer {
    /// Offers something until the page goes.
    pub fn set(what: Refreshable) {
        let Offer(slot) = Console::here().offer;
        slot.set(Some(what));
        on_cleanup(move || {
            // The next page may have made its offer already.
            let mine = slot.try_with_untracked(|now| now.is_some_and(|now| now.fresh == what.fresh));
            if mine == Some(true) {
                slot.set(None);
            }
        });
    }

    /// An empty slot.
    pub fn new() -> Offer {
        Offer(RwSignal::new(None))
    }

    /// What is offered.
    pub fn get(self) -> Option<Refreshable> {
        self.0.get()
    }
}

impl Default for Offer {
    fn default() -> Offer {
        Offer::new()
    }
}
