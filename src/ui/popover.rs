//! A button and what hangs from it: in the browser's top layer, closed by Escape or a press elsewhere.

use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use super::{Glyph, Icon, fresh_id};
use crate::platform::{focus, scroll};

/// Gap to the edge of the window and to the button, in pixels.
const GAP: f64 = 4.0;

/// Opens and closes one popover; place it below its button, inside the window.
#[derive(Clone, Copy)]
pub(super) struct Hanging {
    pub(super) button: NodeRef<html::Button>,
    pub(super) panel: NodeRef<html::Div>,
    pub(super) is_open: RwSignal<bool>,
}

impl Hanging {
    pub(super) fn new() -> Hanging {
        Hanging { button: NodeRef::new(), panel: NodeRef::new(), is_open: RwSignal::new(false) }
    }

    pub(super) fn open(self) {
        let (Some(button), Some(panel)) = (self.button.get_untracked(), self.panel.get_untracked()) else {
            return;
        };
        if panel.show_popover().is_ok() {
            self.is_open.set(true);
            place(&panel, &button);
        }
    }

    pub(super) fn close(self) {
        if let Some(panel) = self.panel.try_get_untracked().flatten() {
            let _ = panel.hide_popover();
        }
    }

    /// Closes, and gives the focus back to the button.
    pub(super) fn close_and_return(self) {
        self.close();
        if let Some(button) = self.button.try_get_untracked().flatten() {
            let _ = button.focus();
        }
    }

    pub(super) fn toggle(self) {
        if self.is_open.get_untracked() { self.close_and_return() } else { self.open() }
    }

    /// The browser's word on whether the panel is open: it also closes by itself.
    pub(super) fn follow(self) {
        let open = self
            .panel
            .try_get_untracked()
            .flatten()
            .is_some_and(|p| p.matches(":popover-open").unwrap_or(false));
        self.is_open.try_set(open);
    }
}

fn place(panel: &HtmlElement, button: &HtmlElement) {
    let Some((width, height)) = scroll::window_size() else { return };
    let (at, size) = (button.get_bounding_client_rect(), panel.get_bounding_client_rect());
    let below = at.bottom() + GAP;
    let fits_below = below + size.height() <= height - GAP;
    let top = if fits_below { below } else { (at.top() - GAP - size.height()).max(GAP) };
    let left = at.left().min(width - size.width() - 2.0 * GAP).max(GAP);
    let style = panel.style();
    let _ = style.set_property("top", &format!("{top}px"));
    let _ = style.set_property("left", &format!("{left}px"));
}

/// A button that opens a panel with anything in it: a form of filters, a choice of columns.
#[component]
pub fn Popover(
    /// The button's label.
    #[prop(into)]
    label: Signal<String>,
    /// The panel's name, where it is more than the button's.
    #[prop(optional, into)]
    name: MaybeProp<String>,
    #[prop(optional, into)] icon: Option<Glyph>,
    #[prop(optional)] icon_only: bool,
    /// Without a frame around the button.
    #[prop(optional)]
    ghost: bool,
    /// Further classes of the button.
    #[prop(optional, into)]
    class: &'static str,
    /// Pressing the label again from outside, for "open the filter of this chip".
    #[prop(optional, into)]
    open_on: Option<Trigger>,
    children: ChildrenFn,
) -> impl IntoView {
    let hanging = Hanging::new();
    let id = fresh_id("panel");
    let controls = id.clone();
    if let Some(trigger) = open_on {
        Effect::new(move |before: Option<()>| {
            trigger.track();
            if before.is_some() {
                hanging.open();
                focus_inside(hanging);
            }
        });
    }
    let classes = format!(
        "btn {} {} {class}",
        if ghost { "btn-ghost" } else { "" },
        if icon_only { "btn-icon" } else { "" }
    );
    view! {
        <span class="menu-host">
            <button
                class=classes
                type="button"
                node_ref=hanging.button
                aria-haspopup="dialog"
                aria-expanded=move || hanging.is_open.get().to_string()
                aria-controls=move || hanging.is_open.get().then(|| controls.clone())
                aria-label=move || icon_only.then(|| label.get())
                title=move || icon_only.then(|| label.get())
                on:click=move |_| {
                    hanging.toggle();
                    focus_inside(hanging);
                }
            >
                {icon.map(|glyph| view! { <Icon glyph=glyph /> })}
                {move || (!icon_only).then(|| view! { <span>{label.get()}</span> })}
                {(!icon_only).then(|| view! { <Icon glyph=Glyph::Down small=true /> })}
            </button>
            <div
                class="menu menu-panel"
                id=id
                popover="auto"
                role="dialog"
                aria-label=move || name.get().unwrap_or_else(|| label.get())
                node_ref=hanging.panel
                on:toggle=move |_| hanging.follow()
            >
                {move || hanging.is_open.get().then(|| children())}
            </div>
        </span>
    }
}

fn focus_inside(hanging: Hanging) {
    let Some(panel) = hanging.panel.get_untracked().filter(|_| hanging.is_open.get_untracked()) else {
        return;
    };
    let panel: HtmlElement = panel.unchecked_into();
    // The contents are drawn by the effect that follows this event.
    leptos::prelude::queue_microtask(move || {
        let _ = focus::first_in(&panel, "input, select, button, a[href], textarea");
    });
}
