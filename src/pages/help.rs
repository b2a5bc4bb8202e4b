//! Keys and words: as a dialog over any page, and as a page of its own.

use leptos::prelude::*;

use crate::app::use_title;
use crate::ui::{Dialog, StatusMark};
use longrun_core::model::State;

const KEYS: [(&str, &str); 11] = [
    ("?", "This help"),
    ("/ or Ctrl K", "Find an operation"),
    ("j, k or arrows", "Next and previous row"),
    ("Page Up, Page Down, Home, End", "Further through the rows"),
    ("Enter", "Open the row's operation"),
    ("Esc", "Close what is open; on an operation, back to the list"),
    ("r", "Refresh now"),
    ("t", "Next theme"),
    ("Tab", "Through everything that can be pressed"),
    ("Arrows in a body", "Move, open and fold"),
    ("c, p in a body", "Copy the value, copy its path"),
];

fn state_means(state: State) -> &'static str {
    match state {
        State::Waiting => "Accepted, not started.",
        State::Running => "Work goes on.",
        State::Cancelling => "A cancel was accepted, the work has not ended yet.",
        State::Stuck => "Stopped midway. It does not end without a person.",
        State::Succeeded => "Ended as asked.",
        State::Failed => "Ended with an error.",
        State::Cancelled => "Ended by a cancel.",
        State::Unknown => "The server's word is new to this console, or missing. It is shown as it came.",
    }
}

#[component]
fn Words() -> impl IntoView {
    let keys = KEYS.map(|(key, does)| view! { <div><dt><kbd>{key}</kbd></dt><dd>{does}</dd></div> });
    let states = State::ALL.map(|state| {
        view! { <div><dt><StatusMark slug=state.slug() label=state.label() /></dt><dd>{state_means(state)}</dd></div> }
    });
    view! {
        <section class="help" aria-labelledby="help-keys">
            <h3 id="help-keys">"Keys"</h3>
            <dl class="facts facts-rows">{keys.collect_view()}</dl>
        </section>
        <section class="help" aria-labelledby="help-states">
            <h3 id="help-states">"States"</h3>
            <p class="soft">"Beside ours stands the server's own word, where it says something else."</p>
            <dl class="facts facts-rows">{states.collect_view()}</dl>
        </section>
        <section class="help" aria-labelledby="help-query">
            <h3 id="help-query">"Query"</h3>
            <p>"Words in the Query box must all occur in a loaded row: in its ID, type, appliance, tenant, status, request ID, error or warning. "
            <code>"\"two words\""</code>" is a phrase, "<code>"-word"</code>" leaves rows out. Filters shown as chips are sent to the server instead."</p>
        </section>
    }
}

/// The dialog behind `?`.
#[component]
pub fn HelpDialog(on_close: Callback<()>) -> impl IntoView {
    view! { <Dialog title="Keys and help" on_close=on_close wide=true><Words /></Dialog> }
}

/// The page of `/help`.
#[component]
pub fn HelpPage() -> impl IntoView {
    use_title(|| "Keys and help".to_owned());
    view! {
        <div class="page">
            <div class="page-head"><div class="titles"><h1>"Keys and help"</h1></div></div>
            <div class="page-body"><h2 class="visually-hidden">"Reference"</h2><Words /></div>
        </div>
    }
}
