//! What an operation holds as JSON: what was asked for, what came out, why it failed, and the row as it came. Drawn anew
//! only where its text changed, so that what is open stays open across refreshes.

use crate::reactive::prelude::*;

use crate::reactive::memo;
use crate::state::detail::Shown;
use crate::ui::el::{El, Node, el, live_node};
use crate::ui::{Callout, Empty, JsonTree, Tone};
use longrun_core::fold::lowered;
use longrun_core::json::decode;
use longrun_core::model::Span;
use longrun_core::text::{fill, t};

/// One part of the row's text, as a tree.
#[component]
pub fn Part(
    shown: RwSignal<Option<Shown>>,
    label: &'static str,
    file: &'static str,
    /// Where it stands.
    of: fn(&Shown) -> Option<Span>,
    /// Said where there is none; gets whether the operation has ended.
    none: fn(bool) -> &'static str,
) -> Node {
    let body = memo(move |_| {
        shown.with(|shown| {
            let shown = shown.as_ref()?;
            of(shown)?.cut(&shown.text).map(str::to_owned)
        })
    });
    let ended = memo(move |_| shown.with(|shown| shown.as_ref().is_some_and(|s| s.op.state.has_ended())));
    live_node(move || -> Node {
        let Some(text) = body.get() else {
            let head = fill("No {0}", &[&lowered(t(label))]);
            return view! { <Empty head=head says=none(ended.get()) /> }.into();
        };
        let (text, inside_text) = unwrapped(text);
        let note = inside_text.then(|| {
            el("p")
                .class("quiet")
                .text("The server gives this body as a text that holds JSON; it is shown unpacked.")
        });
        let tree = view! { <JsonTree name=label body=text file=file /> };
        [Node::from(note), tree.into()].into()
    })
}

/// Some bodies are a JSON text inside a JSON string: unpacked where that works.
fn unwrapped(text: String) -> (String, bool) {
    if !text.starts_with('"') {
        return (text, false);
    }
    let inner = decode(&text).into_owned();
    if inner.trim_start().starts_with(['{', '[']) { (inner, true) } else { (text, false) }
}

/// The row as the server sent it, as a tree.
#[component]
pub fn Raw(shown: RwSignal<Option<Shown>>) -> Node {
    let text = memo(move |_| {
        shown.with(|shown| shown.as_ref().map(|shown| shown.text.to_string()).unwrap_or_default())
    });
    let odd =
        memo(move |_| shown.with(|shown| shown.as_ref().map(|s| s.op.oddities.clone()).unwrap_or_default()));
    let oddities = move || {
        let odd = odd.get();
        (!odd.is_empty()).then(|| {
            let lines: Vec<El> = odd.into_iter().map(|line| el("li").text(line.into_string())).collect();
            let head = "Some fields are not as this API describes them";
            view! { <Callout tone=Tone::Note head=head body=el("ul").child(lines) /> }
        })
    };
    let tree = move || view! { <JsonTree name="Raw answer" body=text.get() file="operation" /> };
    [live_node(oddities), live_node(tree)].into()
}
