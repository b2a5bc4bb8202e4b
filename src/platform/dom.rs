//! Making and moving nodes of the page. Each call is one call of the browser's; what cannot be done is not done.

use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, Event, Node};

use super::document;

/// A new element.
pub fn element(tag: &str, svg: bool) -> Option<Element> {
    let document = document()?;
    if svg {
        return document.create_element_ns(Some("http://www.w3.org/2000/svg"), tag).ok();
    }
    document.create_element(tag).ok()
}

/// A new text. Texts are never read as markup.
pub fn text(text: &str) -> Node {
    document().map_or_else(
        || JsValue::UNDEFINED.unchecked_into(),
        |document| document.create_text_node(text).into(),
    )
}

/// Puts a node into `parent`, in front of `before`, or last.
pub fn insert(parent: &Node, node: &Node, before: Option<&Node>) {
    let _ = parent.insert_before(node, before);
}

/// Takes a node off the page.
pub fn remove(node: &Node) {
    if let Some(parent) = node.parent_node() {
        let _ = parent.remove_child(node);
    }
}

/// Sets an attribute, or removes it.
pub fn set_attribute(element: &Element, name: &str, value: Option<&str>) {
    let _ = match value {
        Some(value) => element.set_attribute(name, value),
        None => element.remove_attribute(name),
    };
}

/// Sets a property, unless it has that value: setting a field's text moves its caret.
pub fn set_property(element: &Element, name: &str, value: &JsValue) {
    let name = JsValue::from_str(name);
    if js_sys::Reflect::get(element, &name).ok().as_ref() != Some(value) {
        let _ = js_sys::Reflect::set(element, &name, value);
    }
}

/// What an event comes from, or what is around that, where it fits `selector`.
pub fn target_within(event: &Event, selector: &str) -> Option<Element> {
    event.target()?.dyn_into::<Element>().ok()?.closest(selector).ok().flatten()
}
