//! From the description to the page. Nothing here is generic: it is compiled once.

use std::cell::RefCell;
use std::rc::Rc;

use leptos::reactive::effect::RenderEffect;
use longrun_core::text::said;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, HtmlElement};

use super::keyed::{self, Items};
use super::{El, Inner, Node, Part, Property, Read};
use crate::platform::{Listener, dom};

/// What lives as long as an element: effects and listeners stop when they are dropped.
#[derive(Default)]
pub(super) struct Keep {
    effects: Vec<RenderEffect<()>>,
    listeners: Vec<Listener>,
    children: Vec<Built>,
}

/// Something made, on the page or about to be.
pub(super) enum Built {
    /// One node with what belongs to it.
    One(web_sys::Node, #[expect(dead_code, reason = "held until it is dropped")] Option<Box<Keep>>),
    /// Several, in order.
    Many(Vec<Built>),
    /// What an effect draws, in front of a marker that keeps its place.
    Live {
        marker: web_sys::Node,
        content: Rc<RefCell<Built>>,
        #[expect(dead_code, reason = "as above")]
        effect: RenderEffect<()>,
    },
    /// Keyed children, in front of their marker.
    Keyed {
        marker: web_sys::Node,
        items: Rc<RefCell<Items>>,
        #[expect(dead_code, reason = "as above")]
        effect: RenderEffect<()>,
    },
}

impl Built {
    pub(super) const NOTHING: Built = Built::Many(Vec::new());

    /// Puts it on the page, in front of `before`.
    pub(super) fn mount(&self, parent: &web_sys::Node, before: Option<&web_sys::Node>) {
        match self {
            Built::One(node, _) => dom::insert(parent, node, before),
            Built::Many(many) => many.iter().for_each(|built| built.mount(parent, before)),
            Built::Live { marker, content, .. } => {
                content.borrow().mount(parent, before);
                dom::insert(parent, marker, before);
            }
            Built::Keyed { marker, items, .. } => {
                items.borrow().iter().for_each(|item| item.built.mount(parent, before));
                dom::insert(parent, marker, before);
            }
        }
    }

    /// Takes it off the page.
    pub(super) fn unmount(&self) {
        match self {
            Built::One(node, _) => dom::remove(node),
            Built::Many(many) => many.iter().for_each(Built::unmount),
            Built::Live { marker, content, .. } => {
                content.borrow().unmount();
                dom::remove(marker);
            }
            Built::Keyed { marker, items, .. } => {
                items.borrow().iter().for_each(|item| item.built.unmount());
                dom::remove(marker);
            }
        }
    }

    /// Its first node on the page, where it has one.
    pub(super) fn first(&self) -> Option<web_sys::Node> {
        match self {
            Built::One(node, _) => Some(node.clone()),
            Built::Many(many) => many.iter().find_map(Built::first),
            Built::Live { marker, content, .. } => content.borrow().first().or_else(|| Some(marker.clone())),
            Built::Keyed { marker, items, .. } => {
                let first = items.borrow().iter().find_map(|item| item.built.first());
                first.or_else(|| Some(marker.clone()))
            }
        }
    }
}

pub(super) fn node(node: Node) -> Built {
    match node {
        Node::None => Built::NOTHING,
        Node::Text(text) => Built::One(dom::text(&said(text)), None),
        Node::LiveText(read) => live_text(read.take()),
        Node::El(element) => el(element),
        Node::Many(many) => Built::Many(many.into_iter().map(self::node).collect()),
        Node::Live(draw) => live(draw.take()),
        Node::Keyed(parts) => {
            let (keys, draw) = parts.take();
            keyed::build(keys, draw)
        }
    }
}

fn live_text(mut read: Read<String>) -> Built {
    let text = dom::text("");
    let node = text.clone();
    let effect = RenderEffect::new(move |_| {
        let now = read.read();
        if node.node_value().as_deref() != Some(&*now) {
            node.set_node_value(Some(&now));
        }
    });
    Built::One(text, Some(Box::new(Keep { effects: vec![effect], ..Keep::default() })))
}

fn live(mut draw: Read<Node>) -> Built {
    let marker = dom::text("");
    let content = Rc::new(RefCell::new(Built::NOTHING));
    // Weak: the effect's closure lives until its executor looks at it again, the content must go at once.
    let (place, shown) = (marker.clone(), Rc::downgrade(&content));
    let effect = RenderEffect::new(move |_| {
        let Some(shown) = shown.upgrade() else { return };
        let new = node(draw.read());
        if let Some(parent) = place.parent_node() {
            new.mount(&parent, Some(&place));
        }
        // The old piece goes after the new one is there; it may be dropped only when nothing borrows it.
        let old = shown.replace(new);
        old.unmount();
    });
    Built::Live { marker, content, effect }
}

pub(super) fn el(el: El) -> Built {
    let Inner { tag, svg, parts } = el.0.take();
    let Some(element) = dom::element(tag, svg) else { return Built::NOTHING };
    let mut keep = Keep::default();
    for part in parts {
        match part {
            Part::Attribute(name, value) => {
                dom::set_attribute(&element, name, worded(name, value).as_deref());
            }
            Part::LiveAttribute(name, read) => keep.effects.push(attribute(element.clone(), name, read)),
            Part::LiveProperty(name, read) => keep.effects.push(property(element.clone(), name, read)),
            Part::LiveStyle(name, read) => keep.effects.push(style(&element, name, read)),
            Part::On(event, act) => keep.listeners.push(Listener::boxed(element.as_ref(), event, false, act)),
            Part::Made(take) => take(&element),
            Part::Child(child) => {
                let child = node(child);
                child.mount(&element, None);
                keep.children.push(child);
            }
        }
    }
    Built::One(element.into(), Some(Box::new(keep)))
}

/// The value of an attribute that people read or hear, in their language.
fn worded(name: &str, value: super::Value) -> super::Value {
    let is_read = matches!(name, "aria-label" | "title" | "placeholder" | "aria-valuetext");
    if is_read { value.map(said) } else { value }
}

fn attribute(element: Element, name: &'static str, mut read: Read<super::Value>) -> RenderEffect<()> {
    let mut last: Option<super::Value> = None;
    RenderEffect::new(move |_| {
        let now = worded(name, read.read());
        if last.as_ref() != Some(&now) {
            dom::set_attribute(&element, name, now.as_deref());
            last = Some(now);
        }
    })
}

fn property(element: Element, name: &'static str, mut read: Read<Property>) -> RenderEffect<()> {
    RenderEffect::new(move |_| {
        let now = match read.read() {
            Property::Text(text) => JsValue::from_str(&text),
            Property::Flag(flag) => JsValue::from_bool(flag),
        };
        dom::set_property(&element, name, &now);
    })
}

fn style(element: &Element, name: &'static str, mut read: Read<String>) -> RenderEffect<()> {
    let element = element.dyn_ref::<HtmlElement>().cloned();
    RenderEffect::new(move |_| {
        let now = read.read();
        if let Some(element) = &element {
            let _ = element.style().set_property(name, &now);
        }
    })
}
