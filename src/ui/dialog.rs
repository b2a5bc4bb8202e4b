//! Modal dialogs on the browser's own `<dialog>`: everything behind is inert, Escape closes, the focus comes back.
//! A dialog is on the page only while it is open.

use std::cell::RefCell;
use std::rc::Rc;

use leptos::html;
use leptos::prelude::*;
use send_wrapper::SendWrapper;
use web_sys::HtmlDialogElement;

use super::{Button, Glyph, Look, fresh_id, text};
use crate::platform::{focus, hold, timers::PerFrame};

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
    about: ViewFnOnce,
    /// Buttons. Without any, a cross in the head closes.
    #[prop(optional, into)]
    footer: Option<ViewFnOnce>,
    /// The class of the connection's colour, drawn across the top.
    #[prop(optional, into)]
    band: Option<String>,
    /// For tables.
    #[prop(optional)]
    wide: bool,
    children: Children,
) -> impl IntoView {
    let id = fresh_id("dialog");
    let node = NodeRef::<html::Dialog>::new();
    let before = focus::remember();
    let shown = Shown::default();
    on_cleanup({
        let (before, shown) = (SendWrapper::new(before), SendWrapper::new(shown.clone()));
        move || {
            // While the dialog is modal all else is inert, and cannot take the focus back.
            if let Some(dialog) = RefCell::take(&shown) {
                dialog.close();
            }
            before.restore();
        }
    });
    open_when_mounted(node, shown);
    let class = format!("dialog{} {}", if wide { " dialog-wide" } else { "" }, band.unwrap_or_default());
    let closes_above = footer.is_none();
    let head_button = closes_above.then(|| {
        view! {
            <span class="push">
                <Button label=text::common::CLOSE on_press=on_close look=Look::Ghost icon=Glyph::Close icon_only=true />
            </span>
        }
    });
    view! {
        <dialog
            class=class
            node_ref=node
            aria-labelledby=id.clone()
            on:cancel=move |event: leptos::ev::Event| {
                // We unmount instead: the dialog must not stay closed on the page.
                event.prevent_default();
                on_close.run(());
            }
        >
            <header>
                <div class="row"><h2 id=id.clone()>{move || title.get()}</h2>{head_button}</div>
                {about.run()}
            </header>
            <div class="body">{children()}</div>
            {footer.map(|footer| view! { <footer>{footer.run()}</footer> })}
        </dialog>
    }
    .into_any()
}

/// The element while it is open.
type Shown = Rc<RefCell<Option<HtmlDialogElement>>>;

fn open_when_mounted(node: NodeRef<html::Dialog>, shown: Shown) {
    let shown = SendWrapper::new(shown);
    let open = move || {
        let Some(dialog) = node.try_get_untracked().flatten().filter(|dialog| dialog.is_connected()) else {
            return;
        };
        if dialog.open() || dialog.show_modal().is_err() {
            return;
        }
        shown.replace(Some(dialog.clone()));
        let _ = FIRST.iter().any(|selector| focus::first_in(&dialog, selector));
    };
    let later = PerFrame::new(open.clone());
    hold(later.clone());
    let later = SendWrapper::new(later);
    Effect::new(move || {
        if let Some(dialog) = node.get() {
            // An effect may run before the view is attached; a frame later it is.
            if dialog.is_connected() { open() } else { later.ask() }
        }
    });
}
