//! One line of the tree.

use crate::reactive::prelude::*;
use longrun_core::json::redact::{hides, is_secret_value, redact_text};
use longrun_core::json::tree::{Key, Kind, NodeId, shown};
use longrun_core::text::fill;

use super::marks::pieces;
use super::model::Model;
use super::size_text;
use crate::reactive::{derive, memo};
use crate::ui::el::{El, Node, el, live_node, svg};
use crate::ui::{CopyIcon, Glyph, icon_s};

/// Characters of a value that a line shows.
const LONG: usize = 2_000;
/// The same where each line is exactly one row.
const SHORT: usize = 300;
/// Levels that are indented; deeper ones stand in line and tell their level instead.
const DEEPEST: usize = 24;

/// What a line shows of a value; read once, since the text never changes.
struct Line {
    name: String,
    shown: String,
    class: &'static str,
    cut: Option<String>,
    depth: usize,
    position: usize,
    siblings: usize,
    is_branch: bool,
    is_container: bool,
    is_hidden: bool,
}

fn read(model: Model, id: NodeId, most: usize) -> Option<Line> {
    model.outline.with_untracked(|outline| {
        let tree = outline.tree();
        let node = tree.node(id)?;
        let is_container = node.kind.is_container();
        let name = match &node.key {
            Key::Root => "$".to_owned(),
            Key::Index(index) => index.to_string(),
            Key::Name(name) if is_secret_value(name) => redact_text(name),
            Key::Name(name) => shown(name, most),
        };
        let class = match node.kind {
            Kind::Object { .. } | Kind::Array { .. } => "peekv",
            Kind::String => "str",
            Kind::Number => "numv",
            Kind::True | Kind::False | Kind::Null => "lit",
        };
        // Four bytes a character at the most: what is shorter was surely not cut.
        let cut = (!is_container && node.raw.len() > most && node.raw.chars().nth(most + 2).is_some())
            .then(|| size_text(node.raw.len()));
        Some(Line {
            name,
            shown: node.preview(most),
            class,
            cut,
            depth: node.depth,
            position: node.position + 1,
            siblings: tree.siblings(id),
            is_branch: !node.kind.is_empty(),
            is_container,
            is_hidden: !is_container && hides(tree, id),
        })
    })
}

/// The line of a value; `None` where there is no such value.
pub(super) fn row(model: Model, id: NodeId) -> Option<El> {
    let most = if model.is_windowed.get_untracked() { SHORT } else { LONG };
    let line = read(model, id, most)?;
    let is_current = memo(move |_| model.current.get() == id);
    let is_open = memo(move |_| model.outline.with(|outline| outline.is_open(id)));
    let (is_branch, depth) = (line.is_branch, line.depth);
    let name = line.name.clone();
    let fold_mark = || {
        svg("svg")
            .class("fold-mark")
            .attr("aria-hidden", "true")
            .child(svg("use").attr("href", Glyph::Right.href()))
    };
    let level = || el("span").class("level").text((depth + 1).to_string());
    let row = el("div")
        .class("json-row")
        .attr("role", "treeitem")
        .attr("id", model.row_id(id))
        .attr("aria-level", (depth + 1).to_string())
        .attr("aria-posinset", line.position.to_string())
        .attr("aria-setsize", line.siblings.to_string())
        .live("aria-selected", move || if is_current.get() { "true" } else { "false" })
        .live("aria-expanded", move || is_branch.then(|| if is_open.get() { "true" } else { "false" }))
        .attr("data-branch", is_branch)
        .live("data-current", move || is_current.get())
        .live("data-here", move || model.hit_node() == Some(id))
        .live_style("--depth", move || depth.min(DEEPEST).to_string())
        .on("click", move |_| if is_branch { model.toggle(id) } else { model.current.set(id) })
        .child(is_branch.then(fold_mark))
        .child((depth > DEEPEST).then(level))
        .child(el("span").class("k").live_child(move || marked(&name, &model.needle.get())))
        .child(value(model, id, line, is_open, is_current));
    Some(row)
}

fn value(model: Model, id: NodeId, line: Line, is_open: Memo<bool>, is_current: Memo<bool>) -> Node {
    if !line.is_hidden {
        return plain(model, id, line, is_open, is_current);
    }
    let is_revealed = memo(move |_| model.revealed.get() == Some(id));
    live_node(move || {
        if is_revealed.get() {
            covered_again(model, &line, is_current)
        } else {
            masked(model, id, &line.name, is_current).into()
        }
    })
}

fn plain(model: Model, id: NodeId, line: Line, is_open: Memo<bool>, is_current: Memo<bool>) -> Node {
    let Line { name, shown, class, cut, is_container, .. } = line;
    let copy_label = fill(if cut.is_some() { "Copy all of {0}" } else { "Copy {0}" }, &[&name]);
    let path_label = fill("Copy path of {0}", &[&name]);
    let copied = Callback::new(move |()| model.value_text(id).unwrap_or_default());
    let path = Callback::new(move |()| model.path(id));
    let tab_index = derive(move || if is_current.get() { 0 } else { -1 });
    let value = if is_container {
        // An open container shows what it holds below; the count beside it would say it twice.
        el("span").class(class).live_text(move || if is_open.get() { String::new() } else { shown.clone() })
    } else {
        el("span").class(format!("v {class}")).live_child(move || marked(&shown, &model.needle.get()))
    };
    let tools = el("span")
        .class("tools")
        .child(view! { <CopyIcon label=copy_label value=copied tab_index=tab_index /> })
        .child(view! { <CopyIcon label=path_label value=path icon=Glyph::Link tab_index=tab_index /> });
    [Node::from(value), cut.map(|size| el("span").class("level").text(size)).into(), tools.into()].into()
}

/// What stands in place of a secret, and uncovers it.
fn masked(model: Model, id: NodeId, name: &str, is_current: Memo<bool>) -> El {
    cover(is_current)
        .attr("aria-label", fill("{0} is masked, reveal", &[name]))
        .on("click", move |event| {
            event.stop_propagation();
            model.current.set(id);
            model.revealed.set(Some(id));
        })
        .child(icon_s(Glyph::Hidden))
        .text("masked")
}

/// An uncovered secret, and what covers it again.
fn covered_again(model: Model, line: &Line, is_current: Memo<bool>) -> Node {
    let value = el("span").class(format!("v {}", line.class)).text(line.shown.clone());
    let hide = cover(is_current)
        .attr("aria-label", fill("Hide {0}", &[&line.name]))
        .on("click", move |event| {
            event.stop_propagation();
            model.revealed.set(None);
        })
        .text("Hide");
    [value, hide].into()
}

/// Only in the current row it can be reached by Tab.
fn cover(is_current: Memo<bool>) -> El {
    el("button")
        .class("redacted")
        .attr("type", "button")
        .live("tabindex", move || if is_current.get() { "0" } else { "-1" })
}

fn marked(shown: &str, needle: &str) -> Node {
    if needle.is_empty() {
        return shown.to_owned().into();
    }
    let one = |(is_match, piece): (bool, &str)| -> Node {
        let piece = piece.to_owned();
        if is_match { el("mark").text(piece).into() } else { piece.into() }
    };
    pieces(shown, needle).into_iter().map(one).collect()
}
