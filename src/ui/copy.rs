//! Copying: the button shows and says whether it worked.

use crate::reactive::prelude::*;

use super::Glyph;
use super::el::{El, el, svg};
use super::live::Announcer;
use super::{MenuItem, commands};
use crate::platform::{clipboard, pause, task::Scope};
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
    let scope = Scope::current();
    let announcer = Announcer::current();
    let press = Callback::new(move |()| {
        // Work out the text now: the browser ties copying to the click that is being handled.
        let wanted = value.run(());
        scope.spawn(async move {
            let outcome = clipboard::write(&wanted).await;
            if let Some(announcer) = announcer {
                match outcome {
                    Ok(()) => announcer.say("Copied"),
                    Err(error) => announcer.say(error.to_string()),
                }
            }
            copied.try_set(if outcome.is_ok() { Copied::Yes } else { Copied::No });
            pause::sleep(SHOWN_MS).await;
            copied.try_set(Copied::Idle);
        });
    });
    (copied, press)
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
    tab_index: MaybeProp<i32>,
    /// In place of the copy icon.
    #[prop(optional, into)]
    icon: Option<Glyph>,
) -> El {
    let (copied, press) = copier(value);
    el("button")
        .class("copy")
        .attr("type", "button")
        .attr("aria-label", label.clone())
        .attr("title", label)
        .live("tabindex", move || tab_index.get().map(|at| at.to_string()))
        .live("data-copied", move || copied.get().attribute())
        .on("click", move |event| {
            event.stop_propagation();
            press.run(());
        })
        .child(mark("icon-s", copied, icon))
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
