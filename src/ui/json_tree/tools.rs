//! The tools above the tree: find, fold, copy, download.

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use longrun_core::json::pretty::pretty;
use longrun_core::json::redact::redact;
use longrun_core::json::tree::NodeId;

use super::model::Model;
use super::size_text;
use crate::platform::download;
use crate::ui::{Button, CopyButton, Glyph, Look, text};

/// Find box, folding, copying.
#[component]
pub(super) fn Tools(model: Model, name: String, file: String) -> impl IntoView {
    let about = model.outline.with_untracked(|outline| {
        let tree = outline.tree();
        let holds = tree.node(NodeId(0)).map(|node| node.preview(20)).unwrap_or_default();
        format!("{holds}, {}", size_text(tree.text().len()))
    });
    let whole = move || model.outline.with_untracked(|outline| pretty(&redact(outline.tree().text()), 2));
    let save = Callback::new(move |()| {
        download::text(&file, "application/json", &whole());
    });
    view! {
        <div class="json-tools">
            <span class="quiet">{about}</span>
            <span class="push row">
                <Find model=model name=name />
                <Button label=text::json::FOLD_ALL on_press=Callback::new(move |()| model.fold_all()) />
                <Button label=text::json::UNFOLD_ALL on_press=Callback::new(move |()| model.unfold_all()) />
                <CopyButton label=text::json::COPY_ALL value=Callback::new(move |()| whole()) icon_only=true />
                <Button label=text::json::DOWNLOAD on_press=save icon=Glyph::Download icon_only=true />
            </span>
        </div>
        {move || model.cut_short.get().then(|| view! { <p class="quiet" role="status">{text::json::CUT_SHORT}</p> })}
    }
}

/// The find box and its walk through the matches.
#[component]
fn Find(model: Model, name: String) -> impl IntoView {
    let says = move || {
        let needle_is_empty = model.needle.with(String::is_empty);
        let (listed, total) = model.found.with(|found| (found.hits.len(), found.total));
        let at = model.hit.get() + 1;
        match total {
            _ if needle_is_empty => String::new(),
            0 => text::json::NO_MATCH.to_owned(),
            _ if listed < total => format!("{at} of {listed}, {total} in all"),
            _ => format!("{at} of {total}"),
        }
    };
    let has_matches = Memo::new(move |_| model.found.with(|found| !found.hits.is_empty()));
    let on_key = move |event: KeyboardEvent| match event.key().as_str() {
        "Enter" => {
            event.prevent_default();
            model.next_hit(!event.shift_key());
        }
        "Escape" if !model.needle.with_untracked(String::is_empty) => {
            event.prevent_default();
            model.look_for(String::new());
        }
        _ => {}
    };
    view! {
        <input
            class="input find"
            type="search"
            aria-label=text::json::find_in(&name)
            placeholder=text::json::FIND_HINT
            autocomplete="off"
            spellcheck="false"
            prop:value=move || model.needle.get()
            on:input=move |event| model.look_for(event_target_value(&event))
            on:keydown=on_key
        />
        <span class="quiet nowrap" role="status">{says}</span>
        {move || {
            has_matches
                .get()
                .then(|| view! {
                    <Button
                        label=text::json::PREVIOUS
                        on_press=Callback::new(move |()| model.next_hit(false))
                        icon=Glyph::Left
                        icon_only=true
                        look=Look::Ghost
                    />
                    <Button
                        label=text::json::NEXT
                        on_press=Callback::new(move |()| model.next_hit(true))
                        icon=Glyph::Right
                        icon_only=true
                        look=Look::Ghost
                    />
                })
        }}
    }
}
