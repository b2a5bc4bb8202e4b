//! Buttons. One that is off keeps its place, stays reachable by keyboard and says why.

use crate::reactive::prelude::*;

use super::el::{Node, el, live_node};
use super::{Glyph, MenuItem, commands, fresh_id};
use crate::reactive::memo;

/// How much a button asks for attention.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Look {
    /// Most buttons.
    #[default]
    Plain,
    /// The one thing to do here.
    Primary,
    /// Beside other things.
    Ghost,
    /// Ends or deletes something; its label names what and how many.
    Danger,
    /// Leads to such a button.
    DangerQuiet,
}

impl Look {
    fn class(self) -> &'static str {
        match self {
            Look::Plain => "btn",
            Look::Primary => "btn btn-primary",
            Look::Ghost => "btn btn-ghost",
            Look::Danger => "btn btn-danger",
            Look::DangerQuiet => "btn btn-danger-quiet",
        }
    }
}

/// A button with a label, an icon, or an icon that only speaks its label.
#[component]
pub fn Button(
    /// The name, also where only the icon shows.
    #[prop(into)]
    label: Signal<String>,
    on_press: Callback<()>,
    #[prop(optional)] look: Look,
    #[prop(optional_no_strip, into)] icon: Option<Glyph>,
    /// Shows the icon alone.
    #[prop(optional)]
    icon_only: bool,
    /// Why the button is off; `None` while it is on.
    #[prop(optional, into)]
    why_off: MaybeProp<String>,
    /// For a toggle: whether it is in.
    #[prop(optional, into)]
    pressed: MaybeProp<bool>,
    /// As in `aria-keyshortcuts`.
    #[prop(optional, into)]
    shortcut: Option<&'static str>,
    /// Takes the focus when its dialog opens: the safe choice.
    #[prop(optional)]
    safe: bool,
    /// Submits the form around it; `on_press` is then not needed to do so.
    #[prop(optional)]
    submit: bool,
    /// Further classes.
    #[prop(optional, into)]
    class: &'static str,
) -> Node {
    let why_id = fresh_id("why");
    let described = why_id.clone();
    let off = memo(move |_| why_off.get().is_some());
    if !submit {
        commands::offer(Callback::new(move |()| {
            let item = MenuItem::new(label.get(), on_press);
            vec![MenuItem { why_off: why_off.get(), end: shortcut.map(str::to_owned), icon, ..item }]
        }));
    }
    let button = el("button")
        .class(format!("{}{}{class}", look.class(), if icon_only { " btn-icon " } else { " " }))
        .attr("type", if submit { "submit" } else { "button" })
        .live("aria-label", move || icon_only.then(|| label.get()))
        .live("title", move || why_off.get().or_else(|| icon_only.then(|| label.get())))
        .live("aria-disabled", move || off.get().then_some("true"))
        .live("aria-describedby", move || off.get().then(|| described.clone()))
        .live("aria-pressed", move || pressed.get().map(|pressed| if pressed { "true" } else { "false" }))
        .attr("aria-keyshortcuts", shortcut)
        .attr("data-safe", safe)
        .on("click", move |event| {
            if off.get_untracked() {
                event.prevent_default();
            } else {
                on_press.run(());
            }
        })
        .child(icon.map(super::icon))
        .child((!icon_only).then(|| el("span").live_text(move || label.get())));
    let why = live_node(move || {
        let id = why_id.clone();
        why_off.get().map(|why| el("span").class("visually-hidden").attr("id", id).text(why))
    });
    [Node::from(button), why].into()
}
