//! How old the data is: a figure in the top bar, a banner where it is older than it should be.

use crate::reactive::prelude::*;

use crate::platform::network;
use crate::reactive::{derive, memo};
use crate::state::Console;
use crate::state::poller::Poller;
use crate::ui::el::{El, Node, el, live_node};
use crate::ui::{Button, Callout, Dialog, Glyph, Tone, icon};
use longrun_core::http::{ApiError, ErrorKind};
use longrun_core::text::{fill, t};
use longrun_core::time::{Millis, SECOND, duration, relative};
use longrun_core::view::freshness::{Failure, Freshness};

/// "4 s ago"; stands still while nothing was read yet.
#[component]
pub fn Age(
    fresh: RwSignal<Freshness>,
    /// In the middle of a page it says what it is the age of.
    #[prop(optional)]
    panel: bool,
) -> El {
    let console = Console::here();
    let text = move || {
        let fresh = fresh.get();
        match (fresh.loaded_at, fresh.loading_since, &fresh.failure) {
            (Some(at), _, Some(_)) => fill("{0} old", &[&age(console, at)]),
            (Some(at), _, None) if panel => fill("Read {0}", &[&relative(later(console.now.get(), at), at)]),
            (Some(at), _, None) => relative(later(console.now.get(), at), at),
            (None, Some(_), _) => t("reading").to_owned(),
            (None, None, Some(_)) => t("failed").to_owned(),
            (None, None, None) => t("not read").to_owned(),
        }
    };
    el("output").attr("aria-label", "Data age").attr("aria-live", "off").live_text(text)
}

/// Why it is not read when its pace says so.
pub fn why(poller: Poller) -> Option<El> {
    let why = poller.why()?;
    let says = el("span").attr("title", why.clone()).text(why);
    Some(el("output").class("why").attr("aria-label", "Refresh waits").attr("aria-live", "off").child(says))
}

/// The age of what one panel shows, where it is not the page's own, and why it is not read; after a failed read what
/// is shown, the reason, and when it is tried again.
#[component]
pub fn PanelAge(fresh: RwSignal<Freshness>, poller: Poller, on_retry: Callback<()>) -> El {
    let console = Console::here();
    let failed = memo(move |_| fresh.with(|fresh| fresh.loaded_at.is_some() && fresh.failure.is_some()));
    let says = move || {
        let failure = fresh.with(|fresh| fresh.failure.clone())?;
        let told = reason(&failure.error);
        let next = next_try(console, fresh);
        Some(
            el("span")
                .class("wrong")
                .attr("role", "alert")
                .child(icon(Glyph::Warn))
                .child(el("span").text(told))
                .text(" ")
                .child(el("span").attr("aria-live", "off").live_text(next)),
        )
    };
    let again = move || {
        failed.get().then(|| view! { <Button label=t("Try now") icon=Glyph::Refresh on_press=on_retry /> })
    };
    el("div")
        .class("row panel-age")
        .child(view! { <Age fresh=fresh panel=true /> })
        .live_child(move || why(poller))
        .live_child(move || failed.get().then(says).flatten())
        .live_child(again)
}

/// When it is tried again, counting down.
fn next_try(console: Console, fresh: RwSignal<Freshness>) -> impl Fn() -> String + Copy {
    move || {
        let now = console.now.get();
        let at = fresh.with(|fresh| fresh.failure.as_ref().and_then(|failure| failure.next_try));
        match at.map(|at| at.since(now) / SECOND) {
            None => t("It is not tried again by itself.").to_owned(),
            Some(_) if !network::is_online() => {
                t("It is tried again when this machine is online.").to_owned()
            }
            Some(wait @ 1..) => fill("Next try in {0}.", &[&duration(wait * SECOND)]),
            Some(_) => t("Next try in a moment.").to_owned(),
        }
    }
}

/// Whole seconds: a tenth of one is no age.
fn age(console: Console, at: Millis) -> String {
    duration((console.now.get().since(at) / SECOND).max(1) * SECOND)
}

/// The clock ticks once a second: what happened since the last tick happened now.
fn later(now: Millis, at: Millis) -> Millis {
    Millis(now.0.max(at.0))
}

/// Across the page while data is stale: what is shown, why, and when it is tried again.
#[component]
pub fn StaleBar(fresh: RwSignal<Freshness>, on_retry: Callback<()>) -> Node {
    let console = Console::here();
    let answer = RwSignal::new(None::<ApiError>);
    let failure = memo(move |_| {
        let fresh = fresh.get();
        let shown = fresh.loaded_at.zip(fresh.failure);
        // When it is tried again is drawn by itself: the bar stays as it is when only that changes.
        let still = |(at, failure): (Millis, Failure)| (at, Failure { next_try: None, ..failure });
        shown.filter(|(_, failure)| failure.error.kind != ErrorKind::SignedOut).map(still)
    });
    let bar = move || {
        failure.get().map(|(loaded_at, failure)| {
            let head = derive(move || {
                fill(
                    "Showing data from {0}, {1} old.",
                    &[&console.settings.short_text(loaded_at), &age(console, loaded_at)],
                )
            });
            let why = reason(&failure.error);
            let why = if failure.attempts > 1 {
                fill("{0} ({1} times in a row)", &[&why, &failure.attempts.to_string()])
            } else {
                why
            };
            let next = next_try(console, fresh);
            let body = el("span").text(why).text(" ").live_text(next);
            let show = Callback::new(move |()| answer.set(Some(failure.error.clone())));
            let actions = [
                Node::from(view! { <Button label="Try now" icon=Glyph::Refresh on_press=on_retry /> }),
                view! { <Button label="Show the answer" on_press=show /> }.into(),
            ];
            view! { <Callout tone=Tone::Warn head=head bar=true alert=true actions=actions body=body /> }
        })
    };
    let dialog = move || {
        let close = Callback::new(move |()| answer.set(None));
        answer.get().map(|error| answer_dialog(&error, close))
    };
    [live_node(bar), live_node(dialog)].into()
}

/// What went wrong in one sentence, with the server's status and words.
pub fn reason(error: &ApiError) -> String {
    error.told()
}

/// The answer behind an error, as far as it may be shown.
pub fn answer_dialog(error: &ApiError, on_close: Callback<()>) -> Node {
    let fact = |name: &'static str, value: El| el("div").child(el("dt").text(name)).child(value);
    let value = |text: String| el("dd").text(text);
    let status = error.status.map_or_else(|| t("no answer").to_owned(), |status| status.to_string());
    let request_id = error.request_id.clone().unwrap_or_else(|| t("none given").to_owned());
    let wait = error.retry_after.map_or_else(|| t("no").to_owned(), |s| fill("{0} s", &[&s.to_string()]));
    let facts = el("dl")
        .class("facts")
        .child(fact("HTTP status", value(status)))
        .child(fact("Message", value(error.message.clone())))
        .child(fact("Request ID", value(request_id).class("mono")))
        .child(fact("Asked to wait", value(wait)));
    let excerpt = error.excerpt.clone().map(|text| {
        el("pre")
            .class("error-text")
            .attr("tabindex", "0")
            .attr("aria-label", "Start of the answer")
            .text(text)
    });
    let body = [Node::from(facts), excerpt.into()];
    view! { <Dialog title="What the server answered" on_close=on_close wide=true body=body /> }.into()
}
