//! Where the keyboard is, and moving it.

use wasm_bindgen::JsCast;
use web_sys::{Element, FocusOptions, HtmlElement, ScrollIntoViewOptions, ScrollLogicalPosition};

use super::document;

/// Remembers the focused element, to give the focus back after a dialog or a menu.
#[derive(Default)]
pub struct Remembered(Option<HtmlElement>);

/// The element that has the focus now.
pub fn remember() -> Remembered {
    let active = document().and_then(|document| document.active_element());
    Remembered(active.and_then(|element| element.dyn_into().ok()))
}

impl Remembered {
    /// Puts the focus back. False where the element is gone, or cannot take it.
    pub fn restore(&self) -> bool {
        let Some(element) = self.0.as_ref().filter(|element| element.is_connected()) else { return false };
        let _ = element.focus();
        // The page itself has the focus where nothing has it, and cannot be given it.
        !is_lost()
    }
}

/// Focuses an element without scrolling to it.
pub fn quietly(element: &HtmlElement) {
    let options = FocusOptions::new();
    options.set_prevent_scroll(true);
    let _ = element.focus_with_options(&options);
}

/// Focuses the element with that id. False where there is none.
pub fn by_id(id: &str) -> bool {
    with_id(id).is_some_and(|element| element.focus().is_ok())
}

/// Focuses the element with that id without scrolling to it.
pub fn quietly_by_id(id: &str) {
    if let Some(element) = with_id(id) {
        quietly(&element);
    }
}

fn with_id(id: &str) -> Option<HtmlElement> {
    document()?.get_element_by_id(id)?.dyn_into().ok()
}

/// Presses the element with that id. False where there is none.
pub fn press(id: &str) -> bool {
    let element = document().and_then(|document| document.get_element_by_id(id));
    let element = element.and_then(|element| element.dyn_into::<HtmlElement>().ok());
    element.is_some_and(|element| {
        element.click();
        true
    })
}

/// True where nothing has the focus: what had it went away.
pub fn is_lost() -> bool {
    let active = document().and_then(|document| document.active_element());
    active.is_none_or(|element| element.tag_name() == "BODY")
}

/// Gives the focus to the element with that id if, once the page has changed, nothing has it.
pub fn rescue(id: &'static str) {
    leptos::prelude::queue_microtask(move || {
        if is_lost() {
            by_id(id);
        }
    });
}

/// Focuses the first match on the page. False where there is none.
pub fn first(selector: &str) -> bool {
    document().and_then(|document| document.body()).is_some_and(|body| first_in(&body, selector))
}

/// Focuses the first match inside `root`. False where there is none.
pub fn first_in(root: &Element, selector: &str) -> bool {
    let element = root.query_selector(selector).ok().flatten();
    let element = element.and_then(|element| element.dyn_into::<HtmlElement>().ok());
    element.is_some_and(|element| element.focus().is_ok())
}

/// The matches inside `root` that can take the focus, in the order of the page.
pub fn all_in(root: &Element, selector: &str) -> Vec<HtmlElement> {
    let Ok(list) = root.query_selector_all(selector) else { return Vec::new() };
    (0..list.length()).filter_map(|at| list.get(at)?.dyn_into().ok()).collect()
}

/// Position of the focused element among `elements`.
pub fn position_in(elements: &[HtmlElement]) -> Option<usize> {
    let active = document()?.active_element()?;
    elements.iter().position(|element| element.is_same_node(Some(active.as_ref())))
}

/// True where the focus is inside `root`.
pub fn is_inside(root: &Element) -> bool {
    let active = document().and_then(|document| document.active_element());
    active.is_some_and(|element| root.contains(Some(element.as_ref())))
}

/// Scrolls as little as needed to show the element.
pub fn reveal(element: &Element) {
    let options = ScrollIntoViewOptions::new();
    options.set_block(ScrollLogicalPosition::Nearest);
    options.set_inline(ScrollLogicalPosition::Nearest);
    element.scroll_into_view_with_scroll_into_view_options(&options);
}

/// True where the focus is in a field that takes text, other than the one that finds operations.
pub fn is_typing() -> bool {
    let active = document().and_then(|document| document.active_element());
    active.is_some_and(|element| super::keyboard::takes_text(&element) && element.id() != "omnibox")
}

/// True while a dialog or a menu is open.
pub fn is_something_open() -> bool {
    let open = |document: web_sys::Document| document.query_selector("dialog:modal, :popover-open").ok();
    document().and_then(open).flatten().is_some()
}

/// Scrolls as little as needed to show the element with that id.
pub fn reveal_id(id: &str) {
    if let Some(element) = document().and_then(|document| document.get_element_by_id(id)) {
        reveal(&element);
    }
}

/// The id of the focused element; `None` where it has none.
pub fn active_id() -> Option<String> {
    document()?.active_element().map(|element| element.id()).filter(|id| !id.is_empty())
}

/// True where the focus is inside an element that matches.
pub fn is_in(selector: &str) -> bool {
    let active = document().and_then(|document| document.active_element());
    active.is_some_and(|element| element.closest(selector).ok().flatten().is_some())
}
