//! What can stand inside an element.

use std::borrow::Cow;

use leptos::prelude::View;
use longrun_core::text::{pieces, t};
use send_wrapper::SendWrapper;

use super::{El, Read};

type Keys = Box<dyn FnMut() -> Vec<u64>>;
type DrawItem = Box<dyn Fn(u64) -> El>;

/// A part of a page: an element, a text, several of them, something that changes, or nothing.
#[derive(Default)]
pub enum Node {
    /// Nothing.
    #[default]
    None,
    /// A text.
    Text(Cow<'static, str>),
    /// A text that changes.
    LiveText(Box<SendWrapper<Read<String>>>),
    /// An element.
    El(El),
    /// Several.
    Many(Vec<Node>),
    /// Drawn anew when what it reads changes.
    Live(Box<SendWrapper<Read<Node>>>),
    /// By key.
    Keyed(Box<SendWrapper<(Keys, DrawItem)>>),
}

/// A piece of the page that is drawn anew whenever something that `draw` reads changes.
pub fn live_node<C: Into<Node>>(mut draw: impl FnMut() -> C + 'static) -> Node {
    Node::live(Box::new(move || draw().into()))
}

/// A sentence of ours with nodes in the places `{0}`, `{1}` …, in the language spoken.
pub fn sentence(english: &'static str, node: &mut dyn FnMut(usize) -> Node) -> Node {
    let mut parts = Vec::new();
    pieces(t(english), &mut |text, place| {
        parts.push(Node::Text(text.to_owned().into()));
        parts.extend(place.map(&mut *node));
    });
    Node::Many(parts)
}

impl Node {
    #[inline(never)]
    fn live(draw: Read<Node>) -> Node {
        Node::Live(Box::new(SendWrapper::new(draw)))
    }

    #[inline(never)]
    pub(super) fn live_text(read: Read<String>) -> Node {
        Node::LiveText(Box::new(SendWrapper::new(read)))
    }

    #[inline(never)]
    pub(super) fn keyed(keys: Keys, draw: DrawItem) -> Node {
        Node::Keyed(Box::new(SendWrapper::new((keys, draw))))
    }
}

impl From<El> for Node {
    fn from(el: El) -> Node {
        Node::El(el)
    }
}

impl From<&'static str> for Node {
    fn from(text: &'static str) -> Node {
        Node::Text(Cow::Borrowed(text))
    }
}

impl From<String> for Node {
    fn from(text: String) -> Node {
        Node::Text(Cow::Owned(text))
    }
}

impl From<()> for Node {
    fn from((): ()) -> Node {
        Node::None
    }
}

impl<T: Into<Node>> From<Option<T>> for Node {
    fn from(maybe: Option<T>) -> Node {
        maybe.map_or(Node::None, Into::into)
    }
}

impl<T: Into<Node>> From<Vec<T>> for Node {
    fn from(many: Vec<T>) -> Node {
        Node::Many(many.into_iter().map(Into::into).collect())
    }
}

impl<T: Into<Node>, const N: usize> From<[T; N]> for Node {
    fn from(many: [T; N]) -> Node {
        Node::Many(many.into_iter().map(Into::into).collect())
    }
}

/// What `view! { <Component /> }` gives.
impl<T> From<View<T>> for Node
where
    T: Into<Node>,
{
    fn from(view: View<T>) -> Node {
        view.into_inner().into()
    }
}

impl FromIterator<Node> for Node {
    fn from_iter<I: IntoIterator<Item = Node>>(many: I) -> Node {
        Node::Many(many.into_iter().collect())
    }
}

impl FromIterator<El> for Node {
    fn from_iter<I: IntoIterator<Item = El>>(many: I) -> Node {
        Node::Many(many.into_iter().map(Node::El).collect())
    }
}

/// Something that can be drawn again and again: what a popover holds each time it opens.
#[derive(Clone)]
pub struct Draw(std::rc::Rc<dyn Fn() -> Node>);

impl Draw {
    /// Draws it.
    pub fn run(&self) -> Node {
        (self.0)()
    }
}

impl<F, C> From<F> for Draw
where
    F: Fn() -> C + 'static,
    C: Into<Node>,
{
    fn from(draw: F) -> Draw {
        Draw(std::rc::Rc::new(move || draw().into()))
    }
}
