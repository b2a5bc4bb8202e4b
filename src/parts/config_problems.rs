//! What of `config.json` could not be used. The console works without it.

use leptos::prelude::*;

use crate::state::Console;
use crate::ui::{Callout, Tone, live_view};

/// One line per problem; nothing where there is none.
#[component]
pub fn ConfigProblems() -> impl IntoView {
    let console = Console::here();
    live_view(move || {
        let problems = console.connections.config().map(|config| config.problems).unwrap_or_default();
        (!problems.is_empty()).then(|| {
            view! {
                <div class="notice">
                    <Callout tone=Tone::Warn head="Part of the configuration cannot be used">
                        <ul>{problems.into_iter().map(|problem| view! { <li>{problem}</li> }).collect_view()}</ul>
                    </Callout>
                </div>
            }
        })
    })
}
