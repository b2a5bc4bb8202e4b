//! One line of the tree.

use leptos::attr::custom::custom_attribute;
use leptos::prelude::*;
use longrun_core::json::redact::{hides, is_secret_value, redact_text};
use longrun_core::json::tree::{Key, Kind, NodeId, shown};

use super::marks::pieces;
use super::model::Model;
use super::size_text;
use crate::ui::{CopyIcon, Glyph, Icon, text};

/// Characters of a value that a line shows.
const LONG: usize = 2_000;
/// The same where each line is exactly one row.
const SHORT: usize = 300;
/// Levels that are indented; deeper ones stand in line and tell their level instead.
const DEEPEST: usize = 24;

/// What a line shows of a value; read once, since the text never changes.
#[derive(Clone)]
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

/// The line of a value.
pub(super) fn row(model: Model, id: NodeId) -> AnyView {
    let most = if model.is_windowed.get_untracked() { SHORT } else { LONG };
    let Some(line) = read(model, id, most) else { return ().into_any() };
    let is_current = Memo::new(move |_| model.current.get() == id);
    let is_open = Memo::new(move |_| model.outline.with(|outline| outline.is_open(id)));
    let (is_branch, depth, position, siblings) = (line.is_branch, line.depth, line.position, line.siblings);
    let name = line.name.clone();
    let marked_name = move || marked(&name, &model.needle.get());
    let press = move |_| {
        if is_branch { model.toggle(id) } else { model.current.set(id) }
    };
    view! {
        <div
            class="json-row"
            role="treeitem"
            id=model.row_id(id)
            {..custom_attribute("aria-level", (depth + 1).to_string())}
            aria-posinset=position.to_string()
            aria-setsize=siblings.to_string()
            aria-selected=move || is_current.get().to_string()
            aria-expanded=move || is_branch.then(|| is_open.get().to_string())
            data-branch=is_branch.then_some("")
            data-current=move || is_current.get().then_some("")
            data-here=move || (model.hit_node() == Some(id)).then_some("")
            style:--depth=depth.min(DEEPEST).to_string()
            on:click=press
        >
            {is_branch.then(|| view! { <svg class="fold-mark" aria-hidden="true"><use href=Glyph::Right.href() /></svg> })}
            {(depth > DEEPEST).then(|| view! { <span class="level">{depth + 1}</span> })}
            <span class="k">{marked_name}</span>
            {value(model, id, line, is_open, is_current)}
        </div>
    }
    .into_any()
}

fn value(model: Model, id: NodeId, line: Line, is_open: Memo<bool>, is_current: Memo<bool>) -> AnyView {
    let tab_index = Signal::derive(move || Some(if is_current.get() { 0 } else { -1 }));
    if !line.is_hidden {
        return plain(model, id, line, is_open, tab_index);
    }
    let is_revealed = Memo::new(move |_| model.revealed.get() == Some(id));
    (move || {
        if is_revealed.get() {
            covered_again(model, line.clone(), tab_index)
        } else {
            masked(model, id, &line.name, tab_index)
        }
    })
    .into_any()
}

fn plain(
    model: Model,
    id: NodeId,
    line: Line,
    is_open: Memo<bool>,
    tab_index: Signal<Option<i32>>,
) -> AnyView {
    let Line { name, shown, class, cut, is_container, .. } = line;
    let is_cut = cut.is_some();
    let class = if is_container { class.to_owned() } else { format!("v {class}") };
    // An open container shows what it holds below; the count beside it would say it twice.
    let text = move || {
        (!(is_container && is_open.get())).then(|| {
            if is_container { shown.clone().into_any() } else { marked(&shown, &model.needle.get()) }
        })
    };
    view! {
        <span class=class>{text}</span>
        {cut.map(|size| view! { <span class="level">{size}</span> })}
        <span class="tools">
            <CopyIcon
                label=format!("{} {name}", if is_cut { text::json::COPY_WHOLE } else { text::json::COPY_VALUE })
                value=Callback::new(move |()| model.value_text(id).unwrap_or_default())
                tab_index=tab_index
            />
            <PathCopy model=model id=id name=name tab_index=tab_index />
        </span>
    }
    .into_any()
}

/// Copies where a value stands.
#[component]
fn PathCopy(model: Model, id: NodeId, name: String, tab_index: Signal<Option<i32>>) -> impl IntoView {
    let path = Callback::new(move |()| model.path(id));
    view! {
        <CopyIcon label=format!("{} {name}", text::json::COPY_PATH) value=path icon=Glyph::Link tab_index=tab_index />
    }
}

fn masked(model: Model, id: NodeId, name: &str, tab_index: Signal<Option<i32>>) -> AnyView {
    view! {
        <button
            class="redacted"
            type="button"
            aria-label=text::json::reveal(name)
            tabindex=move || tab_index.get().map(|at| at.to_string())
            on:click=move |event| {
                event.stop_propagation();
                model.current.set(id);
                model.revealed.set(Some(id));
            }
        >
            <Icon glyph=Glyph::Hidden small=true />
            {text::json::MASKED}
        </button>
    }
    .into_any()
}

fn covered_again(model: Model, line: Line, tab_index: Signal<Option<i32>>) -> AnyView {
    let Line { name, shown, class, .. } = line;
    view! {
        <span class=format!("v {class}")>{shown}</span>
        <button
            class="redacted"
            type="button"
            aria-label=format!("{} {name}", text::json::HIDE)
            tabindex=move || tab_index.get().map(|at| at.to_string())
            on:click=move |event| {
                event.stop_propagation();
                model.revealed.set(None);
            }
        >
            {text::json::HIDE}
        </button>
    }
    .into_any()
}

fn marked(shown: &str, needle: &str) -> AnyView {
    if needle.is_empty() {
        return shown.to_owned().into_any();
    }
    let one = |(is_match, piece): (bool, &str)| {
        let piece = piece.to_owned();
        if is_match { view! { <mark>{piece}</mark> }.into_any() } else { piece.into_any() }
    };
    pieces(shown, needle).into_iter().map(one).collect_view().into_any()
}
