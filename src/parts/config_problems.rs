//! What of `config.json` could not be used. The console works without it.

use crate::reactive::prelude::*;

use crate::state::Console;
use crate::ui::el::{Node, el, live_node};
use crate::ui::{Callout, Tone};

/// One line per problem; nothing where there is none.
#[component]
pub fn ConfigProblems() -> Node {
    let console = Console::here();
    live_node(move || {
        let problems = console.connections.config().map(|config| config.problems).unwrap_or_default();
        (!problems.is_empty()).then(|| {
            let list =
                el("ul").child(problems.into_iter().map(|problem| el("li").text(problem)).collect::<Node>());
            let head = "Part of the configuration cannot be used";
            el("div").class("notice").child(view! { <Callout tone=Tone::Warn head=head body=list /> })
        })
    })
}
