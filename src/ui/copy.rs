//! Copying: the button shows and says whether it worked.

use crate::reactive::prelude::*;
use leptos::prelude::Owner;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event};

use super::Glyph;
use super::el::{El, el, svg};
use super::live::Announcer;
use super::{MenuItem, commands};
use crate::platform::dom::{self, set_attribute};
use crate::platform::{clipboard, pause, task::scoped};
use longrun_core::text::t;

/// How long a button shows that it copied, in milliseconds.
const SHOWN_MS: u32 = 1_600;

/// What the last press came to.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Copied {
    #[default]
    Idle,
    Yes,
    No,
}

impl Copied {
    fn attribute(self) -> Option<&'static str> {
        match self {
            Copied::Idle => None,
            Copied::Yes => Some("yes"),
            Copied::No => Some("no"),
        }
    }

    fn glyph(self, idle: Option<Glyph>) -> Glyph {
        match self {
            Copied::Idle => idle.unwrap_or(Glyph::Copy),
            Copied::Yes => Glyph::Check,
            Copied::No => Glyph::Warn,
        }
    }
}

fn copier(value: Callback<(), String>) -> (RwSignal<Copied>, Callback<()>) {
    let copied = RwSignal::new(Copied::Idle);
    let owner = Owner::current();
    let press = Callback::new(move |()| {
        if let Some(owner) = &owner {
            owner.with(|| {
                copy(value.run(()), move |now| {
                    copied.try_set(now);
                });
            });
        }
    });
    (copied, press)
}

/// Copies, says what came of it, and shows it for a while. Called while the click is being handled, to which the
/// browser ties copying.
fn copy(wanted: String, show: impl Fn(Copied) + 'static) {
    let announcer = Announcer::current();
    scoped(async move {
        let outcome = clipboard::write(&wanted).await;
        if let Some(announcer) = announcer {
            match &outcome {
                Ok(()) => announcer.say("Copied"),
                Err(error) => announcer.say(error.to_string()),
            }
        }
        show(if outcome.is_ok() { Copied::Yes } else { Copied::No });
        pause::sleep(SHOWN_MS).await;
        show(Copied::Idle);
    });
}

/// The icon, which shows what the last press came to.
fn mark(class: &'static str, copied: RwSignal<Copied>, idle: Option<Glyph>) -> El {
    let glyph = svg("use").live("href", move || copied.get().glyph(idle).href());
    svg("svg").class(class).attr("aria-hidden", "true").child(glyph)
}

/// The small button beside an id or a value. `label` names what is copied: "Copy ID 75aab8db".
#[component]
pub fn CopyIcon(
    #[prop(into)] label: String,
    value: Callback<(), String>,
    /// 0 or -1; inside a tree only the current row's button can be reached by Tab.
    #[prop(optional, into)]
    tab_index: Option<Signal<i32>>,
    /// In place of the copy icon.
    #[prop(optional, into)]
    icon: Option<Glyph>,
) -> El {
    // Many in a tree: nothing is followed, and what copying needs is made when somebody presses.
    let owner = Owner::current();
    let idle = icon.unwrap_or(Glyph::Copy).href();
    let press = move |event: Event| {
        event.stop_propagation();
        let button = event.current_target().and_then(|button| button.dyn_into::<Element>().ok());
        let (Some(owner), Some(button)) = (&owner, button) else { return };
        owner.with(|| {
            copy(value.run(()), move |copied| {
                set_attribute(&button, "data-copied", copied.attribute());
                if let Ok(Some(glyph)) = button.query_selector("use") {
                    set_attribute(&glyph, "href", Some(copied.glyph(icon).href()));
                }
            });
        });
    };
    let glyph = svg("use").attr("href", idle);
    let button = el("button")
        .class("copy")
        .attr("type", "button")
        .attr("aria-label", label.clone())
        .attr("title", label)
        .on("click", press)
        .child(svg("svg").class("icon-s").attr("aria-hidden", "true").child(glyph));
    match tab_index {
        Some(tab_index) => button.live("tabindex", move || tab_index.get().to_string()),
        None => button,
    }
}

/// The small button as it stands in every row of a table: plain, drawn by the style sheet, and heard by the table.
pub fn copy_button(label: String, value: String) -> El {
    let button = el("button").class("copy").attr("type", "button").attr("value", value);
    button.attr("aria-label", label.clone()).attr("title", label)
}

/// Copies for a [`copy_button`] that an event comes from. False where it comes from none.
pub fn copy_pressed(owner: Option<&Owner>, event: &Event) -> bool {
    let Some(button) = dom::target_within(event, "button.copy") else { return false };
    if let (Some(owner), Some(wanted)) = (owner, button.get_attribute("value")) {
        let show = move |copied: Copied| {
            set_attribute(&button, "data-copied", copied.attribute());
            button.set_text_content(None);
            let glyph = dom::element("svg", true).zip(dom::element("use", true));
            if let Some((icon, glyph)) = glyph.filter(|_| copied != Copied::Idle) {
                set_attribute(&icon, "aria-hidden", Some("true"));
                set_attribute(&glyph, "href", Some(copied.glyph(None).href()));
                dom::insert(&icon, &glyph, None);
                dom::insert(&button, &icon, None);
            }
        };
        owner.with(|| copy(wanted, show));
    }
    true
}

/// A whole button with a label: "Copy as cURL".
#[component]
pub fn CopyButton(
    #[prop(into)] label: Signal<String>,
    value: Callback<(), String>,
    /// Shows the icon alone.
    #[prop(optional)]
    icon_only: bool,
    /// In place of the copy icon.
    #[prop(optional, into)]
    icon: Option<Glyph>,
) -> El {
    let (copied, press) = copier(value);
    commands::offer(Callback::new(move |()| {
        vec![MenuItem { icon: icon.or(Some(Glyph::Copy)), ..MenuItem::new(label.get(), press) }]
    }));
    let word = move || match copied.get() {
        Copied::Yes => t("Copied").to_owned(),
        Copied::Idle | Copied::No => label.get(),
    };
    el("button")
        .class(if icon_only { "btn btn-icon" } else { "btn" })
        .attr("type", "button")
        .live("aria-label", move || icon_only.then(|| label.get()))
        .live("title", move || icon_only.then(|| label.get()))
        .live("data-copied", move || copied.get().attribute())
        .on("click", move |_| press.run(()))
        .child(mark("icon", copied, icon))
        .child((!icon_only).then(|| el("span").live_text(word)))
}
