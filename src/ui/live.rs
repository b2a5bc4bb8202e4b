//! What a screen reader is told without moving the focus. One region for the whole page, so that a hundred copy
//! buttons do not bring a hundred regions.

use std::borrow::Cow;

use crate::reactive::prelude::*;
use longrun_core::text::said;

use super::el::{El, el};

/// Says things aloud.
#[derive(Clone, Copy)]
pub struct Announcer(RwSignal<String>);

/// Makes the announcer known to everything below. Call it once, in the shell, beside a [`LiveRegion`].
pub fn provide() {
    provide_context(Announcer(RwSignal::new(String::new())));
}

/// Says `text`. Silent where no announcer was provided, as in a test of one part.
pub fn say(text: impl Into<Cow<'static, str>>) {
    if let Some(announcer) = use_context::<Announcer>() {
        announcer.say(text);
    }
}

impl Announcer {
    /// The announcer of the page: take it in a component's body, use it in its event handlers.
    pub fn current() -> Option<Announcer> {
        use_context()
    }

    /// Says `text`, even when it was the last thing said.
    pub fn say(self, text: impl Into<Cow<'static, str>>) {
        let mut text = said(text.into()).into_owned();
        if self.0.try_get_untracked().is_some_and(|last| last == text) {
            // The same text is no change, and would stay unsaid.
            text.push('\u{a0}');
        }
        self.0.try_set(text);
    }
}

/// The region that is read out.
#[component]
pub fn LiveRegion() -> El {
    let said = use_context::<Announcer>().map(|announcer| announcer.0);
    el("div")
        .class("visually-hidden")
        .attr("role", "status")
        .attr("aria-live", "polite")
        .live_text(move || said.map(|said| said.get()).unwrap_or_default())
}
