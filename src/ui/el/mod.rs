//! Elements by name: `el("p").class("soft").text("Hello")`. A view made of these has one type, whatever stands in it,
//! so the machinery behind a page exists once and not once per closure: that keeps the bundle within its budget
//! (docs/adr). Components stay Leptos components, signals stay Leptos signals; only plain elements are built here.
//!
//! Knows no operation, no state and no route.

mod build;
mod keyed;
mod node;
mod tachys;

use std::borrow::Cow;

use send_wrapper::SendWrapper;
use web_sys::{Element, Event};

use crate::platform::Hear;

pub use node::{Draw, Node, live_node, sentence};

/// What an attribute can hold: a text, or nothing (then it is not there). `true` is the empty text.
pub type Value = Option<Cow<'static, str>>;

/// Anything that makes an attribute's value.
pub trait IntoValue {
    /// The value.
    fn into_value(self) -> Value;
}

impl IntoValue for &'static str {
    fn into_value(self) -> Value {
        Some(Cow::Borrowed(self))
    }
}

impl IntoValue for String {
    fn into_value(self) -> Value {
        Some(Cow::Owned(self))
    }
}

impl IntoValue for bool {
    fn into_value(self) -> Value {
        self.then_some(Cow::Borrowed(""))
    }
}

impl<T: IntoValue> IntoValue for Option<T> {
    fn into_value(self) -> Value {
        self.and_then(IntoValue::into_value)
    }
}

/// What reads signals for an element. Not `FnMut`, whose table holds a way to be called once and dropped for every
/// closure.
pub trait Reads<T> {
    /// What it reads now.
    fn read(&mut self) -> T;
}

impl<T, F: FnMut() -> T> Reads<T> for F {
    fn read(&mut self) -> T {
        self()
    }
}

type Read<T> = Box<dyn Reads<T>>;

enum Part {
    Attribute(&'static str, Value),
    LiveAttribute(&'static str, Read<Value>),
    LiveProperty(&'static str, Read<Property>),
    LiveStyle(&'static str, Read<String>),
    On(&'static str, Box<dyn Hear>),
    Made(Box<dyn FnOnce(&Element)>),
    Child(Node),
}

/// A DOM property that is not an attribute: what is in a field now, whether a box is checked now.
enum Property {
    Text(String),
    Flag(bool),
}

struct Inner {
    tag: &'static str,
    svg: bool,
    parts: Vec<Part>,
}

/// An element that is not on the page yet.
// One pointer, so that each call of the builder passes one. Views must be `Send` by Leptos' types; the console has one
// thread.
pub struct El(Box<SendWrapper<Inner>>);

/// An HTML element.
pub fn el(tag: &'static str) -> El {
    El(Box::new(SendWrapper::new(Inner { tag, svg: false, parts: Vec::new() })))
}

/// An element of SVG.
pub fn svg(tag: &'static str) -> El {
    El(Box::new(SendWrapper::new(Inner { tag, svg: true, parts: Vec::new() })))
}

impl El {
    #[inline(never)]
    fn with(mut self, part: Part) -> El {
        self.0.parts.push(part);
        self
    }

    #[inline(never)]
    fn value(self, name: &'static str, value: Value) -> El {
        self.with(Part::Attribute(name, value))
    }

    #[inline(never)]
    fn follow(self, name: &'static str, read: Read<Value>) -> El {
        self.with(Part::LiveAttribute(name, read))
    }

    #[inline(never)]
    fn listen(self, event: &'static str, act: Box<dyn Hear>) -> El {
        self.with(Part::On(event, act))
    }

    #[inline(never)]
    fn add(self, child: Node) -> El {
        self.with(Part::Child(child))
    }

    /// Sets an attribute. `None` and `false` leave it out.
    #[must_use]
    pub fn attr(self, name: &'static str, value: impl IntoValue) -> El {
        self.value(name, value.into_value())
    }

    /// Sets the class.
    #[must_use]
    pub fn class(self, value: impl IntoValue) -> El {
        self.attr("class", value)
    }

    /// An attribute that follows what `read` reads.
    #[must_use]
    pub fn live<V: IntoValue>(self, name: &'static str, mut read: impl FnMut() -> V + 'static) -> El {
        self.follow(name, Box::new(move || read().into_value()))
    }

    /// The value of a field, following `read`; what the user types stays until `read` says something else.
    #[must_use]
    pub fn live_value(self, mut read: impl FnMut() -> String + 'static) -> El {
        self.with(Part::LiveProperty("value", Box::new(move || Property::Text(read()))))
    }

    /// Whether a box is checked, an option selected, following `read`.
    #[must_use]
    pub fn live_flag(self, name: &'static str, mut read: impl FnMut() -> bool + 'static) -> El {
        self.with(Part::LiveProperty(name, Box::new(move || Property::Flag(read()))))
    }

    /// A length that depends on data, set through the object model, which the content security policy allows.
    #[must_use]
    pub fn live_style(self, name: &'static str, read: impl FnMut() -> String + 'static) -> El {
        self.with(Part::LiveStyle(name, Box::new(read)))
    }

    /// Listens to an event.
    #[must_use]
    pub fn on(self, event: &'static str, act: impl FnMut(Event) + 'static) -> El {
        self.listen(event, Box::new(act))
    }

    /// Hands the element out when it is made; it is not on the page yet then.
    #[must_use]
    pub fn made(self, take: impl FnOnce(&Element) + 'static) -> El {
        self.with(Part::Made(Box::new(take)))
    }

    /// Adds a child.
    #[must_use]
    pub fn child(self, child: impl Into<Node>) -> El {
        self.add(child.into())
    }

    /// Adds a text.
    #[must_use]
    pub fn text(self, text: impl Into<Cow<'static, str>>) -> El {
        self.add(Node::Text(text.into()))
    }

    /// A text that follows what `read` reads.
    #[must_use]
    pub fn live_text(self, read: impl FnMut() -> String + 'static) -> El {
        self.add(Node::live_text(Box::new(read)))
    }

    /// A child, several or none, drawn anew whenever something that `draw` reads changes.
    #[must_use]
    pub fn live_child<C: Into<Node>>(self, draw: impl FnMut() -> C + 'static) -> El {
        self.child(live_node(draw))
    }

    /// Children by key: those whose key stays keep their element, whatever else changes.
    #[must_use]
    pub fn keyed(self, keys: impl FnMut() -> Vec<u64> + 'static, draw: impl Fn(u64) -> El + 'static) -> El {
        self.add(Node::keyed(Box::new(keys), Box::new(draw)))
    }
}
