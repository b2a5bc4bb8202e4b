//! Keys and words: as a dialog over any page, and as a page of its own. The keys are those of the tables by which they
//! are heard.

use crate::reactive::prelude::*;

use crate::app::use_title;
use crate::keys;
use crate::routes::Route;
use crate::state::Console;
use crate::ui::el::{El, Node, el, sentence};
use crate::ui::{Dialog, StatusMark, TREE_KEYS};
use longrun_core::model::State;
use longrun_core::text::{fill, t};

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
fn Words() -> Node {
    let key = |(key, does): (&'static str, &'static str)| fact(el("kbd").text(key), t(does));
    let bound = keys::KEYS.iter().filter(|bound| !bound.shown.is_empty());
    let goals = keys::GOALS.iter().map(|(letter, _, label)| {
        let keys = fill("g {0}", &[letter]);
        fact(el("kbd").text(keys), t(label))
    });
    let keys: Node = bound
        .map(|bound| key((bound.shown, bound.label)))
        .chain(goals)
        .chain(keys::ELSEWHERE.into_iter().chain(TREE_KEYS).map(key))
        .collect();
    let states = State::ALL.map(|state| {
        fact(view! { <StatusMark slug=state.slug() label=state.label() /> }, state_means(state))
    });
    let rows = |rows: Node| el("dl").class("facts facts-rows").child(rows);
    let syntax = SYNTAX.map(|(written, means)| fact(el("code").text(written.to_owned()), means));
    let query = rows(syntax.into());
    [
        section("help-keys", "Keys").child(rows(keys)),
        section("help-states", "States")
            .child(
                el("p")
                    .class("soft")
                    .text("Beside ours stands the server's own word, where it says something else."),
            )
            .child(rows(states.into())),
        section("help-query", "Query").child(query),
    ]
    .into()
}

/// The language of the query: an example, and what it means.
const SYNTAX: [(&str, &str); 9] = [
    (
        "quota \"two words\"",
        "Both occur in the row: in its ID, type, target, tenant, status, request ID, error or warning.",
    ),
    ("state:failed,stuck", "Any of these. A key that stands twice means the same."),
    ("-tenant:x", "A minus leaves rows out, with a key or with words."),
    (
        "kind:Cre*",
        "Values are compared whole, in any case; a * at an end stands for any beginning or end. Errors, warnings and messages are searched.",
    ),
    ("error:\"\"", "Rows without a value. In quotes every character means itself."),
    ("started>now-2h", "Times: now, now-15m, 2026-11-21, 2026-11-21T03:00Z. Without a zone they mean UTC."),
    ("duration>10m", "Durations: 90s, 10m, 2h, 1d, 1h30m. Numbers: progress>=50."),
    (
        "body.*.name:lan",
        "A place in the request body; a * is any member or any place in a list. body:lan looks anywhere in it.",
    ),
    (
        "status:ERROR",
        "The server's own filters, by its own names, go to the server when the text is done. What it cannot do is applied to the loaded rows.",
    ),
];

fn section(id: &'static str, head: &'static str) -> El {
    el("section").class("help").attr("aria-labelledby", id).child(el("h3").attr("id", id).text(head))
}

fn fact(what: impl Into<Node>, means: &'static str) -> El {
    el("div").child(el("dt").child(what)).child(el("dd").text(means))
}

/// The dialog behind `?`.
#[component]
pub fn HelpDialog(on_close: Callback<()>) -> Node {
    let words = Node::from(view! { <Words /> });
    view! { <Dialog title="Keys and help" on_close=on_close wide=true body=words /> }.into()
}

/// The page of `/help`.
#[component]
pub fn HelpPage() -> El {
    use_title(|| t("Keys and help").to_owned());
    let settings = Console::here().router.href(&Route::Settings, "");
    let head =
        el("div").class("page-head").child(el("div").class("titles").child(el("h1").text("Keys and help")));
    let body =
        el("div")
            .class("page-body")
            .child(el("h2").class("visually-hidden").text("Reference"))
            .child(el("p").child(sentence(
                "Theme, language, time zone and the style of times are in {0}.",
                &mut |_| el("a").class("inline-link").attr("href", settings.clone()).text("Settings").into(),
            )))
            .child(view! { <Words /> });
    el("div").class("page").child(head).child(body)
}
