//! A place on the page for one test, and looking at it.

use std::cell::Cell;
use std::rc::Rc;

use longrun::platform::pause;
use longrun::state::Console;
use longrun::transport::SharedTransport;
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

/// A console without a page, once it has read that connection.
pub async fn console_with(transport: SharedTransport, conn: &str) -> (Stage, Console) {
    let (stage, console) = made(move || Console::start(transport));
    until("the connection", || console.connections.find(conn).is_some()).await;
    (stage, console)
}

/// What is made below an owner that goes with the stage.
pub fn made<T: 'static>(make: impl FnOnce() -> T + 'static) -> (Stage, T) {
    let made = Rc::new(Cell::new(None));
    let slot = Rc::clone(&made);
    let stage = Stage::new(move || {
        slot.set(Some(make()));
        Node::None
    });
    (stage, made.take().unwrap())
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
