//! The viewer of a JSON body: a tree that folds, finds and copies; secrets masked; text where there is no tree. Knows
//! core's reading of JSON, not where the text came from.

mod keys;
mod marks;
mod model;
mod raw;
mod row;
mod tools;

use std::sync::Arc;

use crate::reactive::prelude::*;
use longrun_core::json::outline::Outline;
use longrun_core::json::tree::{NodeId, Tree};
use longrun_core::text::fill;
use wasm_bindgen::JsCast;
use web_sys::{Event, KeyboardEvent};

use super::el::{El, Node, el, live_node};
use super::{Button, Callout, Tone};
pub use keys::TREE_KEYS;
use model::Model;
pub use raw::{RawText, size_text};

/// Above this a body is not read as a tree unasked, in bytes.
const LARGE: usize = 2 * 1024 * 1024;

/// A JSON text. `name` names the tree for people and screen readers, `file` the download.
#[component]
pub fn JsonTree(#[prop(into)] body: Arc<str>, name: &'static str, #[prop(into)] file: String) -> Node {
    // Reading 5 MB takes a moment and some ten times its size in memory: only when asked for.
    let wanted = RwSignal::new(body.len() <= LARGE);
    live_node(move || -> Node {
        let (body, file) = (Arc::clone(&body), file.clone());
        if !wanted.get() {
            let open = Callback::new(move |()| wanted.set(true));
            return view! { <Large body=body name=name file=file on_open=open /> }.into();
        }
        match Tree::read(Arc::clone(&body)) {
            Ok(tree) => view! { <TreeView outline=Outline::new(tree) name=name file=file /> }.into(),
            Err(_) => el("div")
                .class("stack-s")
                .child(view! { <Callout tone=Tone::Note head="This is not JSON. Here it is as the server sent it, with secrets masked." /> })
                .child(view! { <RawText body=body name=name file=file /> })
                .into(),
        }
    })
}

/// What stands in for a tree that would be large.
#[component]
fn Large(body: Arc<str>, name: &'static str, file: String, on_open: Callback<()>) -> El {
    let head = fill(
        "This body is large: {0}. Here is its beginning; the download has all of it.",
        &[&size_text(body.len())],
    );
    let open = view! { <Button label="Open as a tree anyway" on_press=on_open /> };
    el("div")
        .class("stack-s")
        .child(view! { <Callout tone=Tone::Note head=head actions=open /> })
        .child(view! { <RawText body=body name=name file=file /> })
}

/// The tree with its tools.
#[component]
fn TreeView(outline: Outline, name: &'static str, file: String) -> Node {
    let model = Model::new(outline);
    let space = |height: fn(Model) -> String| {
        el("div").attr("aria-hidden", "true").live_style("height", move || height(model))
    };
    let list = el("div")
        .attr("role", "none")
        .made(model.window.follow_made())
        .child(space(Model::space_before))
        .keyed(
            move || model.drawn().into_iter().map(|id| u64::from(id.0)).collect(),
            move |key| drawn_row(model, key),
        )
        .child(space(Model::space_after));
    let tree = el("div")
        .class("json")
        .attr("role", "tree")
        .attr("tabindex", "0")
        .attr("aria-label", name)
        .live("aria-activedescendant", move || model.row_id(model.current.get()))
        .live("data-windowed", move || model.is_windowed.get())
        .on("keydown", move |event| on_key(model, &event))
        .child(list);
    [Node::from(view! { <tools::Tools model=model name=name file=file /> }), tree.into()].into()
}

fn drawn_row(model: Model, key: u64) -> El {
    let row = u32::try_from(key).ok().and_then(|id| row::row(model, NodeId(id)));
    // Keys come from the outline, so there is a row; were there none, nothing must show.
    row.unwrap_or_else(|| el("div").attr("hidden", true))
}

fn on_key(model: Model, event: &Event) {
    let Some(event) = event.dyn_ref::<KeyboardEvent>() else { return };
    if event.ctrl_key() || event.meta_key() || event.alt_key() || event.default_prevented() {
        return;
    }
    // A button inside a row has its own meaning for Enter and Space.
    let on_tree = event.target() == event.current_target();
    let key = event.key();
    if !on_tree && matches!(key.as_str(), "Enter" | " ") {
        return;
    }
    let page = model.window.page();
    let step = model
        .outline
        .with_untracked(|outline| keys::step(outline, model.current.get_untracked(), &key, page));
    if let Some(step) = step {
        event.prevent_default();
        model.take(step);
    }
}
