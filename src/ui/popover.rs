//! A button and what hangs from it: in the browser's top layer, closed by Escape or a press elsewhere.

use crate::reactive::prelude::*;
use leptos::reactive::effect::RenderEffect;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use super::el::{Draw, El, el};
use super::window::pixels;
use super::{Glyph, MenuItem, commands, fresh_id, icon, icon_s};
use crate::platform::{focus, hold, scroll};

/// Gap to the edge of the window and to the button, in pixels.
const GAP: f64 = 4.0;

/// An element, once it is made.
type Place = StoredValue<Option<HtmlElement>>;

/// Opens and closes one popover; place it below its button, inside the window.
#[derive(Clone, Copy)]
pub(super) struct Hanging {
    button: Place,
    panel: Place,
    pub(super) is_open: RwSignal<bool>,
}

/// What the button looks like.
#[derive(Clone, Copy)]
pub(super) struct Handle {
    pub(super) label: Signal<String>,
    pub(super) icon: Option<Glyph>,
    pub(super) icon_only: bool,
    pub(super) ghost: bool,
    pub(super) class: &'static str,
}

impl Hanging {
    pub(super) fn new() -> Hanging {
        let place = || StoredValue::new(None);
        Hanging { button: place(), panel: place(), is_open: RwSignal::new(false) }
    }

    /// The button. What it does and what is spoken is for the caller to add.
    pub(super) fn draw_button(self, handle: Handle, opens: &'static str, panel: String) -> El {
        let Handle { label, icon: glyph, icon_only, ghost, class } = handle;
        let is_open = self.is_open;
        let look = if ghost { "btn-ghost" } else { "" };
        let shape = if icon_only { "btn-icon" } else { "" };
        el("button")
            .class(format!("btn {look} {shape} {class}"))
            .attr("type", "button")
            .made(move |element| keep(self.button, element))
            .attr("aria-haspopup", opens)
            .live("aria-expanded", move || if is_open.get() { "true" } else { "false" })
            .live("aria-controls", move || is_open.get().then(|| panel.clone()))
            .live("title", move || icon_only.then(|| label.get()))
            .child(glyph.map(icon))
            .child((!icon_only).then(|| [el("span").live_text(move || label.get()), icon_s(Glyph::Down)]))
    }

    /// What hangs from it, without its contents.
    pub(super) fn draw_panel(
        self,
        id: String,
        role: &'static str,
        name: impl Fn() -> String + 'static,
    ) -> El {
        el("div")
            .attr("id", id)
            .attr("popover", "auto")
            .attr("role", role)
            .live("aria-label", name)
            .made(move |element| keep(self.panel, element))
            .on("toggle", move |_| self.follow())
    }

    pub(super) fn panel(self) -> Option<HtmlElement> {
        self.panel.try_get_value().flatten()
    }

    pub(super) fn open(self) {
        let (Some(button), Some(panel)) = (self.button.try_get_value().flatten(), self.panel()) else {
            return;
        };
        if panel.show_popover().is_ok() {
            self.tell(true);
            place(&panel, &button);
            // Once more when its contents are drawn: only then its size is known.
            queue_microtask(move || place(&panel, &button));
        }
    }

    /// Opens it each time the trigger is pulled.
    pub(super) fn open_on(self, trigger: Trigger, then: impl Fn() + 'static) {
        hold(RenderEffect::new(move |before: Option<()>| {
            trigger.track();
            if before.is_some() {
                self.open();
                then();
            }
        }));
    }

    pub(super) fn close(self) {
        if let Some(panel) = self.panel() {
            let _ = panel.hide_popover();
        }
    }

    /// Closes, and gives the focus back to the button.
    pub(super) fn close_and_return(self) {
        self.close();
        if let Some(button) = self.button.try_get_value().flatten() {
            let _ = button.focus();
        }
    }

    pub(super) fn toggle(self) {
        if self.is_open.get_untracked() { self.close_and_return() } else { self.open() }
    }

    /// The browser's word on whether the panel is open: it also closes by itself.
    fn follow(self) {
        self.tell(self.panel().is_some_and(|panel| panel.matches(":popover-open").unwrap_or(false)));
    }

    /// Only what is new: the contents are drawn anew at each word, and the focus may be in them.
    fn tell(self, open: bool) {
        if self.is_open.try_get_untracked().is_some_and(|was| was != open) {
            self.is_open.try_set(open);
        }
    }
}

fn keep(place: Place, element: &Element) {
    place.set_value(element.dyn_ref::<HtmlElement>().cloned());
}

fn place(panel: &HtmlElement, button: &HtmlElement) {
    let Some((width, height)) = scroll::window_size() else { return };
    let (at, size) = (button.get_bounding_client_rect(), panel.get_bounding_client_rect());
    let below = at.bottom() + GAP;
    let fits_below = below + size.height() <= height - GAP;
    let top = if fits_below { below } else { (at.top() - GAP - size.height()).max(GAP) };
    let left = at.left().min(width - size.width() - 2.0 * GAP).max(GAP);
    let style = panel.style();
    let _ = style.set_property("top", &pixels(top));
    let _ = style.set_property("left", &pixels(left));
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
    /// Drawn each time it opens. What changes while it is open stands in live parts of it.
    #[prop(into)]
    body: Draw,
) -> El {
    let hanging = Hanging::new();
    let id = fresh_id("panel");
    let open = Callback::new(move |()| {
        hanging.open();
        focus_inside(hanging);
    });
    commands::offer(Callback::new(move |()| {
        vec![MenuItem { icon, ..MenuItem::new(label.get() + "…", open) }]
    }));
    if let Some(trigger) = open_on {
        hanging.open_on(trigger, move || focus_inside(hanging));
    }
    let handle = Handle { label, icon, icon_only, ghost, class };
    let button = hanging
        .draw_button(handle, "dialog", id.clone())
        .live("aria-label", move || icon_only.then(|| label.get()))
        .on("click", move |_| {
            hanging.toggle();
            focus_inside(hanging);
        });
    let panel = hanging
        .draw_panel(id, "dialog", move || name.get().unwrap_or_else(|| label.get()))
        .class("menu menu-panel")
        // A form inside that was sent has done its work.
        .on("submit", move |_| hanging.close_and_return())
        .live_child(move || hanging.is_open.get().then(|| untrack(|| body.run())));
    el("span").class("menu-host").child(button).child(panel)
}

fn focus_inside(hanging: Hanging) {
    let Some(panel) = hanging.panel().filter(|_| hanging.is_open.get_untracked()) else { return };
    // The contents are drawn by the effect that follows this event.
    queue_microtask(move || {
        let _ = focus::first_in(&panel, "input, select, button, a[href], textarea");
    });
}
