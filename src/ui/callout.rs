//! Boxes that speak up: an error, a warning, a note.

use leptos::prelude::*;

use super::{Glyph, Icon, fresh_id};

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

/// A callout with a head, text below it, and buttons in `actions`.
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
    #[prop(optional, into)] actions: ViewFnOnce,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    let id = fresh_id("callout");
    let role = if alert { Some("alert") } else { None };
    let body = children.map(|children| children());
    if bar {
        return view! {
            <div class=format!("{} callout-bar", tone.class()) role=role>
                <Icon glyph=tone.glyph() />
                <div>
                    <strong class="head">{move || head.get()}</strong>
                    {body}
                    <span class="acts">{actions.run()}</span>
                </div>
            </div>
        }
        .into_any();
    }
    view! {
        <section class=tone.class() role=role aria-labelledby=id.clone()>
            <Icon glyph=tone.glyph() />
            <h2 class="head" id=id.clone()>{move || head.get()}</h2>
            {body}
            <div class="acts">{actions.run()}</div>
        </section>
    }
    .into_any()
}
