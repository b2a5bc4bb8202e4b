//! Modal dialogs on the browser's own `<dialog>`: everything behind is inert, Escape closes, the focus comes back.
//! A dialog is on the page only while it is open.

use std::cell::OnceCell;
use std::rc::Rc;

use crate::reactive::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlDialogElement;

use super::el::{El, Node, el};
use super::{Button, Glyph, Look, fresh_id};
use crate::platform::{focus, hold};

/// Where the focus goes: what asks for it, else the first field, else the dialog's own buttons.
const FIRST: [&str; 3] =
    ["[data-safe]", ".body :is(input, select, textarea)", "footer button, header button"];

/// A dialog. Mount it to open it; `on_close` is asked to unmount it.
#[component]
pub fn Dialog(
    /// The question or subject; it names the dialog.
    #[prop(into)]
    title: Signal<String>,
    on_close: Callback<()>,
    /// Below the title: what this is about.
    #[prop(optional, into)]
    about: Node,
    /// Buttons. Without any, a cross in the head closes.
    #[prop(optional, into)]
    footer: Option<Node>,
    /// The class of the connection's colour, drawn across the top.
    #[prop(optional, into)]
    band: Option<String>,
    /// For tables.
    #[prop(optional)]
    wide: bool,
    #[prop(into)] body: Node,
) -> El {
    let id = fresh_id("dialog");
    let element = Rc::new(OnceCell::new());
    hold(Open { element: Rc::clone(&element), before: focus::remember() });
    let cross = footer.is_none().then(|| {
        el("span").class("push").child(view! {
            <Button label="Close" on_press=on_close look=Look::Ghost icon=Glyph::Close icon_only=true />
        })
    });
    let heading = el("h2").attr("id", id.clone()).live_text(move || title.get());
    let head = el("header").child(el("div").class("row").child(heading).child(cross)).child(about);
    el("dialog")
        .class(format!("dialog{} {}", if wide { " dialog-wide" } else { "" }, band.unwrap_or_default()))
        .attr("aria-labelledby", id)
        .made(move |made| {
            if let Some(dialog) = made.dyn_ref::<HtmlDialogElement>().cloned() {
                let _ = element.set(dialog.clone());
                // What is being drawn is on the page when it is done.
                queue_microtask(move || open(&dialog));
            }
        })
        .on("cancel", move |event| {
            // We unmount instead: the dialog must not stay closed on the page.
            event.prevent_default();
            on_close.run(());
        })
        .child(head)
        // It may scroll, and then must be reachable by keyboard.
        .child(el("div").class("body").attr("tabindex", "0").child(body))
        .child(footer.map(|footer| el("footer").child(footer)))
}

fn open(dialog: &HtmlDialogElement) {
    // It may be gone again already.
    if dialog.is_connected() && !dialog.open() && dialog.show_modal().is_ok() {
        let _ = FIRST.iter().any(|selector| focus::first_in(dialog, selector));
    }
}

/// As long as the dialog is there.
struct Open {
    element: Rc<OnceCell<HtmlDialogElement>>,
    before: focus::Remembered,
}

impl Drop for Open {
    fn drop(&mut self) {
        // While the dialog is modal all else is inert, and cannot take the focus back.
        if let Some(dialog) = self.element.get().filter(|dialog| dialog.open()) {
            dialog.close();
        }
        // What opened it may be gone, as a row is that was deleted.
        if !self.before.restore() {
            focus::rescue("main");
        }
    }
}
