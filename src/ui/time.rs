//! A moment: short in the line, exact on hover, machine-readable for copying and tools.

use crate::reactive::prelude::*;

use super::el::{El, el};

/// A time. With `on_flip`, pressing it asks the page to change between relative and exact.
#[component]
pub fn Moment(
    /// ISO 8601 with its zone.
    #[prop(into)]
    iso: String,
    #[prop(into)] shown: Signal<String>,
    /// The exact time with seconds and zone.
    #[prop(into)]
    exact: Signal<String>,
    #[prop(optional, into)] on_flip: Option<Callback<()>>,
) -> El {
    let title = move || exact.get();
    let time = el("time").attr("datetime", iso).live("title", title).live_text(move || shown.get());
    let Some(flip) = on_flip else { return time };
    el("button")
        .class("flip")
        .attr("type", "button")
        .live("title", title)
        .on("click", move |_| flip.run(()))
        .child(time)
}
