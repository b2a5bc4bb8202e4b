//! The tools above the tree: find, fold, copy, download.

use crate::reactive::prelude::*;
use longrun_core::fold::lowered;
use longrun_core::json::pretty::pretty;
use longrun_core::json::redact::redact;
use longrun_core::json::tree::NodeId;
use longrun_core::text::{fill, t};
use wasm_bindgen::JsCast;
use web_sys::{Event, KeyboardEvent};

use super::model::Model;
use super::size_text;
use crate::platform::download;
use crate::reactive::memo;
use crate::ui::el::{Node, el, live_node};
use crate::ui::{Button, CopyButton, Glyph, Look};

/// Find box, folding, copying.
#[component]
pub(super) fn Tools(model: Model, name: &'static str, file: String) -> Node {
    let about = model.outline.with_untracked(|outline| {
        let tree = outline.tree();
        let holds = tree.node(NodeId(0)).map(|node| node.preview(20)).unwrap_or_default();
        format!("{holds}, {}", size_text(tree.text().len()))
    });
    let whole = move || model.outline.with_untracked(|outline| pretty(&redact(outline.tree().text()), 2));
    let save = Callback::new(move |()| {
        download::text(&file, "application/json", &whole());
    });
    let fold = Callback::new(move |()| model.fold_all());
    let unfold = Callback::new(move |()| model.unfold_all());
    let copy = Callback::new(move |()| whole());
    let acts = el("span")
        .class("push row")
        .child(view! { <Find model=model name=name /> })
        .child(view! { <Button label="Fold all" on_press=fold /> })
        .child(view! { <Button label="Unfold all" on_press=unfold /> })
        .child(view! { <CopyButton label="Copy all, masked" value=copy icon_only=true /> })
        .child(
            view! { <Button label="Download, masked" on_press=save icon=Glyph::Download icon_only=true /> },
        );
    let tools = el("div").class("json-tools").child(el("span").class("quiet").text(about)).child(acts);
    let cut_short = live_node(move || {
        let words = || {
            el("p").class("quiet").attr("role", "status").text("This body is too large to open at once. The outer levels are open; open deeper ones one by one.")
        };
        model.cut_short.get().then(words)
    });
    [Node::from(tools), cut_short].into()
}

/// The find box and its walk through the matches.
#[component]
fn Find(model: Model, name: &'static str) -> Node {
    let says = move || {
        let needle_is_empty = model.needle.with(String::is_empty);
        let (listed, total) = model.found.with(|found| (found.hits.len(), found.total));
        let at = model.hit.get() + 1;
        match total {
            _ if needle_is_empty => String::new(),
            0 => t("no match").to_owned(),
            _ if listed < total => {
                fill("{0} of {1}, {2} in all", &[&at.to_string(), &listed.to_string(), &total.to_string()])
            }
            _ => fill("{0} of {1}", &[&at.to_string(), &total.to_string()]),
        }
    };
    let on_key = move |event: Event| {
        let Some(event) = event.dyn_ref::<KeyboardEvent>() else { return };
        match event.key().as_str() {
            "Enter" => {
                event.prevent_default();
                model.next_hit(!event.shift_key());
            }
            "Escape" if !model.needle.with_untracked(String::is_empty) => {
                event.prevent_default();
                model.look_for(String::new());
            }
            _ => {}
        }
    };
    let input = el("input")
        .class("input find")
        .attr("type", "search")
        .attr("aria-label", fill("Find in {0}", &[&lowered(t(name))]))
        .attr("placeholder", "Find key or value")
        .attr("autocomplete", "off")
        .attr("spellcheck", "false")
        .live_value(move || model.needle.get())
        .on("input", move |event| model.look_for(event_target_value(&event)))
        .on("keydown", on_key);
    let place = el("span").class("quiet nowrap").attr("role", "status").live_text(says);
    // Remembered, so that another search does not take the focus off a button that stays.
    let has_matches = memo(move |_| model.found.with(|found| !found.hits.is_empty()));
    let walk = live_node(move || has_matches.get().then(|| [step(model, false), step(model, true)]));
    [Node::from(input), place.into(), walk].into()
}

/// Goes one match further or back.
fn step(model: Model, forward: bool) -> Node {
    let press = Callback::new(move |()| model.next_hit(forward));
    let (label, icon) = if forward { ("Next match", Glyph::Right) } else { ("Previous match", Glyph::Left) };
    view! { <Button label=label on_press=press icon=icon icon_only=true look=Look::Ghost /> }.into()
}
