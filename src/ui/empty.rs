//! Where there is nothing to show: what that means, and what to do.

use crate::reactive::prelude::*;

use super::el::{El, Node, el, svg};

/// An empty state. `actions` holds at most two buttons.
#[component]
pub fn Empty(
    #[prop(into)] head: Signal<String>,
    #[prop(into)] says: Signal<String>,
    #[prop(optional, into)] actions: Node,
) -> El {
    let art = svg("svg")
        .class("art")
        .attr("viewBox", "0 0 96 32")
        .attr("aria-hidden", "true")
        .attr("fill", "none")
        .attr("stroke", "currentColor")
        .attr("stroke-width", "2")
        .attr("stroke-linecap", "round")
        .child(svg("path").attr("d", "M4 8h36M4 16h60M4 24h20").attr("stroke-dasharray", "1 6"))
        .child(svg("path").attr("d", "M88 4v24"));
    el("div")
        .class("empty")
        .child(art)
        .child(el("h2").live_text(move || head.get()))
        .child(el("p").live_text(move || says.get()))
        .child(actions)
}
