//! Masking of secrets in bodies, by the name of a member and by the look of a value: in the viewer, in copies, exports
//! and error texts. Prefers to hide too much; nothing here asks which API a document comes from.

mod broken;
mod names;
mod patterns;
mod prose;
#[cfg(test)]
mod tests;

use std::ops::Range;

use super::literal::{decode, encode};
use super::tree::{Key, Kind, Node, NodeId, Tree};

pub use names::is_secret_key;

/// What stands in the place of a secret.
pub const MASK: &str = "•••• masked";

/// How many times JSON may stand in a string of JSON in a string; what is deeper is masked as it is.
const DEEPEST: usize = 8;

/// How many members are looked through for the one that names another (`{"name": "db_password", "value": …}`).
const NEIGHBOURS: usize = 32;
/// How long that name is at most, as it is written.
const LONGEST_NAME: usize = 256;

/// A document with its secrets masked. Valid JSON stays valid, in the same order, and everything else in it stays as
/// the server wrote it; any other text is treated as [`redact_text`] does.
pub fn redact(raw: &str) -> String {
    redact_json(raw).unwrap_or_else(|| redact_text(raw))
}

/// The same for JSON alone; `None` where the text is none.
pub fn redact_json(raw: &str) -> Option<String> {
    let tree = Tree::read(raw).ok()?;
    Some(redact_tree(&tree, DEEPEST).unwrap_or_else(|| raw.to_owned()))
}

/// A text with its secrets masked: JSON as [`redact`] does it, else assignments (`password=…`, a line of device
/// configuration) and whatever looks like a token, a key or a hashed password.
pub fn redact_text(text: &str) -> String {
    redact_string(text, DEEPEST).unwrap_or_else(|| text.to_owned())
}

/// Whether a text, decoded, holds something that [`redact_text`] would mask.
pub fn is_secret_value(text: &str) -> bool {
    redact_string(text, DEEPEST).is_some()
}

/// Whether a viewer must mask a value: because of what it is called, what it holds, or what it stands in.
pub fn hides(tree: &Tree, id: NodeId) -> bool {
    let Some(node) = tree.node(id) else { return false };
    let mut around = Some(id);
    while let Some(outer) = around {
        if tree.node(outer).is_some_and(|outer| is_secret_by_name(tree, &outer)) {
            return true;
        }
        around = tree.parent(outer);
    }
    node.kind == Kind::String && is_secret_value(&decode(node.raw))
}

/// `None` where there is nothing to mask.
fn redact_tree(tree: &Tree, depth: usize) -> Option<String> {
    let text = tree.text();
    let mut out = String::new();
    let mut copied = 0;
    let mut id = NodeId(0);
    let end = tree.after(id);
    while let Some(node) = tree.node(id).filter(|_| id < end) {
        id = NodeId(id.0 + 1);
        if let Key::Name(name) = &node.key
            && let Some(hidden) = redact_string(name, depth)
            && let Some(written) = tree.key_range(node.id)
        {
            out.push_str(text.get(copied..written.start).unwrap_or_default());
            encode(&hidden, &mut out);
            copied = written.end;
        }
        let hidden = if is_secret_by_name(tree, &node) {
            id = tree.after(node.id);
            Some(MASK.to_owned())
        } else if node.kind == Kind::String {
            redact_string(&decode(node.raw), depth)
        } else {
            None
        };
        if let Some(hidden) = hidden {
            let written = tree.range(node.id);
            out.push_str(text.get(copied..written.start).unwrap_or_default());
            encode(&hidden, &mut out);
            copied = written.end;
        }
    }
    out.push_str(text.get(copied..).unwrap_or_default());
    (copied > 0).then_some(out)
}

/// `None` where there is nothing to mask.
fn redact_string(text: &str, depth: usize) -> Option<String> {
    if !text.trim_start().starts_with(['{', '[', '"']) {
        return mask(text, prose::secrets_in(text));
    }
    let Some(depth) = depth.checked_sub(1) else { return Some(MASK.to_owned()) };
    if let Ok(tree) = Tree::read(text) {
        return redact_tree(&tree, depth);
    }
    let hidden = broken::redact(text, depth);
    let now = hidden.as_deref().unwrap_or(text);
    mask(now, prose::secrets_in(now)).or(hidden)
}

/// Puts the mask in the place of every secret; `None` where there is none.
fn mask(text: &str, secrets: Vec<Range<usize>>) -> Option<String> {
    if secrets.is_empty() {
        return None;
    }
    let mut out = String::with_capacity(text.len());
    let mut copied = 0;
    for secret in secrets {
        if secret.end <= copied {
            continue;
        }
        if secret.start >= copied {
            out.push_str(text.get(copied..secret.start).unwrap_or_default());
            out.push_str(MASK);
        }
        copied = secret.end;
    }
    out.push_str(text.get(copied..).unwrap_or_default());
    Some(out)
}

/// Null and what is empty hide nothing and stay: an operator may well ask whether a password was given at all.
fn is_secret_by_name(tree: &Tree, node: &Node<'_>) -> bool {
    let Key::Name(name) = &node.key else { return false };
    let is_something = match node.kind {
        Kind::Null => false,
        Kind::Object { len } | Kind::Array { len } => len > 0,
        _ => node.raw != "\"\"",
    };
    is_something
        && (is_secret_key(name) || (names::is_value_word(name) && is_named_by_neighbour(tree, node.id)))
}

fn is_named_by_neighbour(tree: &Tree, id: NodeId) -> bool {
    let Some(parent) = tree.parent(id) else { return false };
    tree.children(parent).take(NEIGHBOURS).filter_map(|id| tree.node(id)).any(|node| {
        node.kind == Kind::String
            && node.raw.len() <= LONGEST_NAME
            && matches!(&node.key, Key::Name(name) if names::is_name_word(name))
            && is_secret_key(&decode(node.raw))
    })
}
