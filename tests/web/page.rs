//! A place on the page for one test, and looking at it.

use longrun::platform::pause;
use longrun::ui::el::Node;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

/// A mounted view; dropped, it goes from the page.
pub struct Stage {
    pub root: HtmlElement,
    handle: Option<Box<dyn std::any::Any>>,
}

impl Stage {
    pub fn new(view: impl FnOnce() -> Node + 'static) -> Stage {
        let document = document();
        let root: HtmlElement = document.create_element("div").unwrap().unchecked_into();
        document.body().unwrap().append_child(&root).unwrap();
        let handle = leptos::mount::mount_to(root.clone(), view);
        Stage { root, handle: Some(Box::new(handle)) }
    }

    pub fn find(&self, selector: &str) -> HtmlElement {
        let found = self.root.query_selector(selector).unwrap();
        found.unwrap_or_else(|| panic!("{selector} is not in {}", self.root.inner_html())).unchecked_into()
    }

    pub fn all(&self, selector: &str) -> Vec<Element> {
        let list = self.root.query_selector_all(selector).unwrap();
        (0..list.length()).map(|at| list.get(at).unwrap().unchecked_into()).collect()
    }

    pub fn text(&self) -> String {
        self.root.text_content().unwrap_or_default()
    }

    pub fn unmount(&mut self) {
        self.handle = None;
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        self.handle = None;
        self.root.remove();
    }
}

#[expect(clippy::disallowed_methods, reason = "a test looks at the page itself")]
pub fn document() -> web_sys::Document {
    web_sys::window().unwrap().document().unwrap()
}

pub fn focused() -> Option<Element> {
    document().active_element()
}

/// Lets effects run and the page settle.
pub async fn settle() {
    for _ in 0..3 {
        pause::sleep(0).await;
        pause::next_frame().await;
    }
}

/// Waits until something holds, two seconds at most.
pub async fn until(what: &str, mut holds: impl FnMut() -> bool) {
    for _ in 0..100 {
        if holds() {
            return;
        }
        pause::sleep(20).await;
    }
    panic!("never: {what}");
}
