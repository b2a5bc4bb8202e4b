//! A document as a tree of places in its text: one strict pass notes where every value stands, and names, kinds, paths
//! and previews are read from the text when a node comes into view. Must not know how a tree is drawn.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

use super::events::{Event, Events, JsonError};
use super::literal::{decode, is_deceptive, unicode_escape};
use super::nesting::{Scan, string_end};
use super::path::{Step, parse, push_index, push_name};
use crate::text::count;

/// What a value is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// `{…}` with so many members.
    Object {
        /// Members, equal names counted each.
        len: usize,
    },
    /// `[…]` with so many items.
    Array {
        /// Items.
        len: usize,
    },
    /// A string.
    String,
    /// A number.
    Number,
    /// `true`.
    True,
    /// `false`.
    False,
    /// `null`.
    Null,
}

/// How a value is reached from the one around it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Key<'a> {
    /// The value of the whole document.
    Root,
    /// A member, by its decoded name.
    Name(Cow<'a, str>),
    /// An item, counted from 0.
    Index(usize),
}

/// A value's number: the values of a document in the order they stand, the root being 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeId(pub u32);

/// One value of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node<'a> {
    /// Its number in the tree.
    pub id: NodeId,
    /// How it is reached from the value around it.
    pub key: Key<'a>,
    /// What it is.
    pub kind: Kind,
    /// Its text as the server wrote it.
    pub raw: &'a str,
    /// How many values stand around it.
    pub depth: usize,
    /// Its place among its siblings, counted from 0.
    pub position: usize,
}

/// The tree of one document. Takes 32 bytes for each value beside the text.
#[derive(Clone, Debug)]
pub struct Tree {
    text: Arc<str>,
    places: Vec<Place>,
}

#[derive(Clone, Copy, Debug)]
struct Place {
    start: u32,
    end: u32,
    /// Where the name of a member is written; [`NO_KEY`] for items and the root.
    key: u32,
    parent: u32,
    /// The next value that is not inside this one.
    next: u32,
    len: u32,
    depth: u32,
    position: u32,
}

const NO_KEY: u32 = u32::MAX;

impl Tree {
    /// Reads a whole document.
    pub fn read(text: impl Into<Arc<str>>) -> Result<Tree, JsonError> {
        let text = text.into();
        if u32::try_from(text.len()).is_err() {
            return Err(JsonError { offset: 0, message: "a document of 4 GiB is too large to be shown" });
        }
        let mut places: Vec<Place> = Vec::new();
        let mut open: Vec<usize> = Vec::new();
        let mut key = NO_KEY;
        let mut events = Events::new(&text);
        while let Some(event) = events.next()? {
            match event {
                Event::Key(at, _) => key = narrow(at),
                Event::Enter(at) => {
                    add(&mut places, &open, at, 0, std::mem::replace(&mut key, NO_KEY));
                    open.push(places.len() - 1);
                }
                Event::Scalar(at, raw) => {
                    add(&mut places, &open, at, at + raw.len(), std::mem::replace(&mut key, NO_KEY));
                }
                Event::Leave(end) => {
                    let next = narrow(places.len());
                    if let Some(place) = open.pop().and_then(|id| places.get_mut(id)) {
                        place.end = narrow(end);
                        place.next = next;
                    }
                }
            }
        }
        Ok(Tree { text, places })
    }

    /// The whole text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// How many values there are, containers included.
    pub fn len(&self) -> usize {
        self.places.len()
    }

    /// Never true of a tree that could be read.
    pub fn is_empty(&self) -> bool {
        self.places.is_empty()
    }

    /// A value by its number.
    pub fn node(&self, id: NodeId) -> Option<Node<'_>> {
        let place = self.place(id)?;
        let raw = self.text.get(wide(place.start)..wide(place.end))?;
        let position = wide(place.position);
        let key = match place.key {
            NO_KEY if place.depth == 0 => Key::Root,
            NO_KEY => Key::Index(position),
            _ => Key::Name(self.name(id)),
        };
        Some(Node { id, key, kind: kind(raw, wide(place.len)), raw, depth: wide(place.depth), position })
    }

    /// The value around this one.
    pub fn parent(&self, id: NodeId) -> Option<NodeId> {
        self.place(id).filter(|place| place.depth > 0).map(|place| NodeId(place.parent))
    }

    /// How many values the container around this one holds; 1 for the root.
    pub fn siblings(&self, id: NodeId) -> usize {
        self.parent(id).and_then(|parent| self.place(parent)).map_or(1, |parent| wide(parent.len))
    }

    /// The numbers of the values directly inside.
    pub fn children(&self, id: NodeId) -> impl Iterator<Item = NodeId> + '_ {
        let end = self.after(id);
        let mut next = NodeId(id.0.saturating_add(1));
        std::iter::from_fn(move || {
            let child = (next < end).then_some(next)?;
            next = self.after(child);
            Some(child)
        })
    }

    /// The number of the next value that is not inside this one; one past the last where there is none.
    pub fn after(&self, id: NodeId) -> NodeId {
        NodeId(self.place(id).map_or(narrow(self.places.len()), |place| place.next))
    }

    /// The path to a value. As long as the value is deep, so made only when asked for.
    pub fn path(&self, id: NodeId) -> String {
        let mut way = vec![id];
        while let Some(parent) = way.last().and_then(|id| self.parent(*id)) {
            way.push(parent);
        }
        let mut path = "$".to_owned();
        for id in way.into_iter().rev().skip(1) {
            match self.place(id) {
                Some(place) if place.key == NO_KEY => push_index(&mut path, wide(place.position)),
                _ => push_name(&mut path, &self.name(id)),
            }
        }
        path
    }

    /// The value at a path; of members with the same name the last.
    pub fn find_path(&self, path: &str) -> Option<NodeId> {
        parse(path)?.into_iter().try_fold(NodeId(0), |at, step| match step {
            Step::Index(index) => {
                let is_array = matches!(self.node(at)?.kind, Kind::Array { .. });
                self.children(at).filter(|_| is_array).nth(index)
            }
            Step::Name(name) => self
                .children(at)
                .filter(|id| matches!(self.node(*id), Some(Node { key: Key::Name(own), .. }) if own == name))
                .last(),
        })
    }

    /// Where a value stands in the text.
    pub fn range(&self, id: NodeId) -> Range<usize> {
        self.place(id).map_or(0..0, |place| wide(place.start)..wide(place.end))
    }

    /// Where the name of a member stands in the text, quotes included.
    pub fn key_range(&self, id: NodeId) -> Option<Range<usize>> {
        let start = wide(self.place(id).filter(|place| place.key != NO_KEY)?.key);
        match string_end(self.text.as_bytes(), start + 1) {
            Scan::Done(end) => Some(start..end),
            Scan::More(_) => None,
        }
    }

    fn place(&self, id: NodeId) -> Option<&Place> {
        self.places.get(wide(id.0))
    }

    fn name(&self, id: NodeId) -> Cow<'_, str> {
        decode(self.key_range(id).and_then(|written| self.text.get(written)).unwrap_or_default())
    }
}

fn add(places: &mut Vec<Place>, open: &[usize], start: usize, end: usize, key: u32) {
    let parent = open.last().copied().unwrap_or_default();
    let position = match places.get_mut(parent) {
        Some(parent) => {
            parent.len += 1;
            parent.len - 1
        }
        None => 0,
    };
    places.push(Place {
        start: narrow(start),
        end: narrow(end),
        key,
        parent: narrow(parent),
        next: narrow(places.len() + 1),
        len: 0,
        depth: narrow(open.len()),
        position,
    });
}

/// The length of the text was checked, and there are never more values than bytes.
fn narrow(value: usize) -> u32 {
    u32::try_from(value).unwrap_or(u32::MAX)
}

fn wide(value: u32) -> usize {
    usize::try_from(value).unwrap_or(usize::MAX)
}

fn kind(raw: &str, len: usize) -> Kind {
    match raw.bytes().next() {
        Some(b'{') => Kind::Object { len },
        Some(b'[') => Kind::Array { len },
        Some(b'"') => Kind::String,
        Some(b't') => Kind::True,
        Some(b'f') => Kind::False,
        Some(b'n') => Kind::Null,
        _ => Kind::Number,
    }
}

impl Kind {
    /// Whether values can stand inside.
    pub fn is_container(self) -> bool {
        matches!(self, Kind::Object { .. } | Kind::Array { .. })
    }

    /// How many values stand inside.
    pub fn len(self) -> usize {
        match self {
            Kind::Object { len } | Kind::Array { len } => len,
            _ => 0,
        }
    }

    /// Whether nothing stands inside.
    pub fn is_empty(self) -> bool {
        self.len() == 0
    }
}

impl Node<'_> {
    /// The value in one short line: `{ 9 keys }`, `[ 1 item ]`, `"text"` cut after so many characters. In strings,
    /// characters that hide or turn the text around are shown escaped.
    pub fn preview(&self, max_chars: usize) -> String {
        match self.kind {
            Kind::Object { len: 0 } => "{}".to_owned(),
            Kind::Object { len } => count(len, "{ {0} key }", "{ {0} keys }", &[]),
            Kind::Array { len: 0 } => "[]".to_owned(),
            Kind::Array { len } => count(len, "[ {0} item ]", "[ {0} items ]", &[]),
            Kind::String => {
                // A character takes at most twelve bytes as two escapes, so a long string is not decoded whole.
                let enough = max_chars.saturating_add(1).saturating_mul(12).saturating_add(1);
                let head = self.raw.get(..self.raw.floor_char_boundary(enough)).unwrap_or(self.raw);
                format!("\"{}\"", shown(&decode(head), max_chars))
            }
            _ => cut(self.raw, max_chars),
        }
    }
}

/// Text as it can be shown safely: at most so many characters, a `…` where more follow, deceptive ones escaped.
pub fn shown(text: &str, max_chars: usize) -> String {
    let mut out = String::new();
    for (count, char) in text.chars().enumerate() {
        if count == max_chars {
            out.push('…');
            break;
        }
        if is_deceptive(char) { unicode_escape(char, &mut out) } else { out.push(char) }
    }
    out
}

fn cut(text: &str, max_chars: usize) -> String {
    match text.char_indices().nth(max_chars) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}

#[cfg(test)]
#[path = "tree_tests.rs"]
mod tests;
