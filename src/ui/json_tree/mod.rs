//! The viewer of a JSON body: a tree that folds, finds and copies; secrets masked; text where there is no tree. Knows
//! core's reading of JSON, not where the text came from.

mod keys;
mod marks;
mod model;
mod raw;
mod row;
mod tools;

use std::sync::Arc;

use leptos::ev::KeyboardEvent;
use leptos::html;
use leptos::prelude::*;
use longrun_core::json::outline::Outline;
use longrun_core::json::tree::Tree;

use super::window;
use super::{Button, Callout, Tone, text};
use model::Model;
pub use raw::{RawText, size_text};

/// Above this a body is not read as a tree unasked, in bytes.
const LARGE: usize = 2 * 1024 * 1024;

/// A JSON text. `name` names the tree for people and screen readers, `file` the download.
#[component]
pub fn JsonTree(
    #[prop(into)] body: Arc<str>,
    #[prop(into)] name: String,
    #[prop(into)] file: String,
) -> impl IntoView {
    // Reading 5 MB takes a moment and some ten times its size in memory: only when asked for.
    let wanted = RwSignal::new(body.len() <= LARGE);
    move || {
        let (body, name, file) = (Arc::clone(&body), name.clone(), file.clone());
        if !wanted.get() {
            return view! { <Large body=body name=name file=file on_open=Callback::new(move |()| wanted.set(true)) /> }
                .into_any();
        }
        match Tree::read(Arc::clone(&body)) {
            Ok(tree) => view! { <TreeView outline=Outline::new(tree) name=name file=file /> }.into_any(),
            Err(_) => view! {
                <div class="stack-s">
                    <Callout tone=Tone::Note head=text::json::NOT_JSON />
                    <RawText body=body name=name file=file />
                </div>
            }
            .into_any(),
        }
    }
}

/// What stands in for a tree that would be large.
#[component]
fn Large(body: Arc<str>, name: String, file: String, on_open: Callback<()>) -> impl IntoView {
    let size = size_text(body.len());
    view! {
        <div class="stack-s">
            <Callout
                tone=Tone::Note
                head=text::json::large(&size)
                actions=move || view! { <Button label=text::json::OPEN_ANYWAY on_press=on_open /> }
            />
            <RawText body=body name=name file=file />
        </div>
    }
}

/// The tree with its tools.
#[component]
fn TreeView(outline: Outline, name: String, file: String) -> impl IntoView {
    let model = Model::new(outline);
    let list = NodeRef::<html::Div>::new();
    window::follow(model.window, list);
    let tree_name = name.clone();
    view! {
        <tools::Tools model=model name=name file=file />
        <div
            class="json"
            role="tree"
            tabindex="0"
            aria-label=tree_name
            aria-activedescendant=move || model.row_id(model.current.get())
            data-windowed=move || model.is_windowed.get().then_some("")
            on:keydown=move |event| on_key(model, &event)
        >
            <div role="none" node_ref=list>
                <div aria-hidden="true" style:height=move || model.space_before()></div>
                <For each=move || model.drawn() key=|id| id.0 children=move |id| row::row(model, id) />
                <div aria-hidden="true" style:height=move || model.space_after()></div>
            </div>
        </div>
    }
}

fn on_key(model: Model, event: &KeyboardEvent) {
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
