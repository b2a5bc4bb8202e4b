//! Boxes that speak up: an error, a warning, a note.

use crate::reactive::prelude::*;

use super::el::{El, Node, el};
use super::{Glyph, fresh_id, icon};

/// What it is about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    /// Something failed.
    Fail,
    /// Something needs care.
    Warn,
    /// Something is worth knowing.
    #[default]
    Note,
}

impl Tone {
    fn class(self) -> &'static str {
        match self {
            Tone::Fail => "callout callout-fail",
            Tone::Warn => "callout callout-warn",
            Tone::Note => "callout callout-note",
        }
    }

    fn glyph(self) -> Glyph {
        match self {
            Tone::Fail => Glyph::Failed,
            Tone::Warn => Glyph::Warn,
            Tone::Note => Glyph::Info,
        }
    }
}

/// A callout with a head, a `body` below it, and buttons in `actions`.
#[component]
pub fn Callout(
    tone: Tone,
    #[prop(into)] head: Signal<String>,
    /// Read out when it appears. For failures that come while the operator does something else.
    #[prop(optional)]
    alert: bool,
    /// Across the whole page, in one line.
    #[prop(optional)]
    bar: bool,
    /// Buttons.
    #[prop(optional, into)]
    actions: Node,
    /// Below the head.
    #[prop(optional, into)]
    body: Node,
) -> El {
    let role = alert.then_some("alert");
    if bar {
        let words = el("div")
            .child(el("strong").class("head").live_text(move || head.get()))
            .child(body)
            .child(el("span").class("acts").child(actions));
        let class = format!("{} callout-bar", tone.class());
        return el("div").class(class).attr("role", role).child(icon(tone.glyph())).child(words);
    }
    let id = fresh_id("callout");
    el("section")
        .class(tone.class())
        .attr("role", role)
        .attr("aria-labelledby", id.clone())
        .child(icon(tone.glyph()))
        .child(el("h2").class("head").attr("id", id).live_text(move || head.get()))
        .child(body)
        .child(el("div").class("acts").child(actions))
}
