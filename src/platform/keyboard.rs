//! Keys pressed anywhere on the page. Knows no shortcut: what a key means is the console's business.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, KeyboardEvent};

use super::{Listener, document};

/// One key press.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Key {
    /// As `KeyboardEvent.key`: `j`, `?`, `Enter`, `Escape`.
    pub name: String,
    /// Control, or Command on a Mac.
    pub command: bool,
    /// Alt or Option.
    pub alt: bool,
    /// Shift.
    pub shift: bool,
    /// The key is held down.
    pub repeat: bool,
    /// The focus is in a field that takes text, where letters are text.
    pub typing: bool,
    /// The focus is on something that has its own meaning for Enter and Space.
    pub on_control: bool,
    /// A modal dialog is open. Not looked for where a letter is typed.
    pub in_dialog: bool,
    /// A menu or another panel hangs open. Not looked for where a letter is typed.
    pub in_popover: bool,
}

/// Calls `act` on each key press that nobody else has used; `true` means it was used, and the browser's own meaning
/// of the key is switched off.
pub fn on_keydown(act: impl FnMut(&Key) -> bool + 'static) -> Option<Listener> {
    listen(Box::new(act))
}

/// Calls `act` when what stands in a field is changed by hand.
pub fn on_input(act: impl Fn() + 'static) -> Option<Listener> {
    Some(Listener::new(document()?.as_ref(), "input", move |_| act()))
}

fn listen(mut act: Box<dyn FnMut(&Key) -> bool>) -> Option<Listener> {
    let document = document()?;
    Some(Listener::new(document.as_ref(), "keydown", move |event| {
        let Some(pressed) = event.dyn_ref::<KeyboardEvent>() else { return };
        if event.default_prevented() || pressed.is_composing() {
            return;
        }
        if act(&read(pressed)) {
            event.prevent_default();
        }
    }))
}

fn read(event: &KeyboardEvent) -> Key {
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    let target = target.as_ref();
    let (name, command, alt) = (event.key(), event.ctrl_key() || event.meta_key(), event.alt_key());
    let typing = target.is_some_and(takes_text);
    // A letter typed into a field is text, wherever that is: the page is not searched for each of them.
    let is_text = typing && !command && !alt && name.chars().count() == 1;
    Key {
        name,
        command,
        alt,
        shift: event.shift_key(),
        repeat: event.repeat(),
        typing,
        on_control: target.is_some_and(|element| closest(element, CONTROLS)),
        in_dialog: !is_text && is_there("dialog:modal"),
        in_popover: !is_text && is_there("[popover]:popover-open"),
    }
}

fn is_there(selector: &str) -> bool {
    document().is_some_and(|document| document.query_selector(selector).ok().flatten().is_some())
}

const CONTROLS: &str =
    "a[href], button, input, select, textarea, summary, [role=menu], [role=tree], [role=tab]";

fn closest(element: &Element, selector: &str) -> bool {
    element.closest(selector).ok().flatten().is_some()
}

/// True for what takes text: letters typed there are no shortcuts.
pub(super) fn takes_text(element: &Element) -> bool {
    if element.dyn_ref::<HtmlElement>().is_some_and(HtmlElement::is_content_editable) {
        return true;
    }
    match element.tag_name().as_str() {
        "TEXTAREA" | "SELECT" => true,
        "INPUT" => {
            let kind = element.get_attribute("type").unwrap_or_default();
            !matches!(kind.as_str(), "checkbox" | "radio" | "button" | "submit" | "reset")
        }
        _ => false,
    }
}
