//! Where something could not be shown at all: what failed, the server's own words, and a way on.

use crate::reactive::prelude::*;

use super::freshness::{answer_dialog, reason};
use crate::state::Console;
use crate::ui::el::{Node, el, live_node};
use crate::ui::{Button, Callout, Glyph, Tone};
use longrun_core::http::{ApiError, ErrorKind};
use longrun_core::text::fill;
use longrun_core::time::{Millis, duration};

/// A failure that left nothing on the screen.
#[component]
pub fn FailurePanel(
    /// What could not be done: "The operations could not be read".
    #[prop(into)]
    what: String,
    error: ApiError,
    /// When it is tried again by itself.
    #[prop(optional_no_strip)]
    next_try: Option<Millis>,
    on_retry: Callback<()>,
) -> Node {
    let console = Console::here();
    let open = RwSignal::new(false);
    let next =
        move || next_try.map(|at| fill("Next try in {0}.", &[&duration(at.since(console.now.get()).max(0))]));
    let quiet = || el("p").class("quiet");
    let request_id = error
        .request_id
        .clone()
        .map(|id| quiet().text("Request ID").text(" ").child(el("span").class("mono").text(id)));
    let body = [
        Node::from(el("p").text(reason(&error))),
        advice(error.kind).map(|advice| quiet().text(advice)).into(),
        request_id.into(),
        quiet().live_text(move || next().unwrap_or_default()).into(),
    ];
    let show = Callback::new(move |()| open.set(true));
    let actions = [
        Node::from(view! { <Button label="Try again" icon=Glyph::Refresh on_press=on_retry /> }),
        view! { <Button label="Show the answer" on_press=show /> }.into(),
    ];
    let dialog = move || {
        let close = Callback::new(move |()| open.set(false));
        open.get().then(|| answer_dialog(&error, close))
    };
    let callout = view! { <Callout tone=Tone::Fail head=what alert=true actions=actions body=body /> };
    [Node::from(callout), live_node(dialog)].into()
}

/// What usually helps.
pub fn advice(kind: ErrorKind) -> Option<&'static str> {
    match kind {
        ErrorKind::Unreachable => Some(
            "Most operations APIs do not answer pages of another origin. Put the API behind a reverse proxy on this \
             console's own origin and use a path such as /ecl as its base.",
        ),
        ErrorKind::Forbidden => Some("You are signed in, but this account may not see it."),
        ErrorKind::NotFound => Some("It may have been removed, or belong to another tenant or region."),
        ErrorKind::RateLimited => Some("The console asks less often until the server allows more."),
        ErrorKind::Unreadable => {
            Some("Something between the console and the API may have answered in its place.")
        }
        _ => None,
    }
}
