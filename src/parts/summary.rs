//! The head of an operation: state, times, what it works on, and what the server says of it.

use std::borrow::Cow;

use leptos::prelude::*;

use super::connected::Connected;
use crate::reactive::memo;
use crate::routes::Route;
use crate::state::Console;
use crate::state::detail::Shown;
use crate::ui::el::{El, Node, el, live_node};
use crate::ui::{Callout, CopyIcon, StatusMark, Tone};
use longrun_core::model::{Operation, Stamp, State};
use longrun_core::time::{Millis, duration, iso8601, relative};

/// The panel, with warning and error below it.
#[component]
pub fn Summary(shown: RwSignal<Option<Shown>>, at: Connected) -> Node {
    let console = Console::here();
    let op = memo(move |_| shown.with(|shown| shown.as_ref().map(|shown| shown.op.clone())));
    live_node(move || op.get().map(|op| [facts(console, &op, &at).into(), said(&op)]))
}

fn facts(console: Console, op: &Operation, at: &Connected) -> El {
    let span = {
        let op = op.clone();
        move || {
            let now = if op.state.has_ended() { console.now.get_untracked() } else { console.now.get() };
            let is_over = op.state.has_ended() || op.ended.millis().is_some();
            let says = |ms| {
                if is_over { format!("took {}", duration(ms)) } else { format!("{} so far", duration(ms)) }
            };
            op.duration(now).map(says).unwrap_or_default()
        }
    };
    let native = op.status.as_deref().unwrap_or_default().to_owned();
    let target_href = op.target.as_deref().map(|target| {
        let of = op.target_type.as_deref().unwrap_or("-").to_owned();
        console.router.href(&Route::Resource { conn: at.conn.id.clone(), of, id: target.to_owned() }, "")
    });
    let stuck = (op.state == State::Stuck).then(|| {
        el("span").class("soft").text(
            "It stopped midway and does not end by itself: a person must act, usually through the provider's support.",
        )
    });
    let state = el("div")
        .class("row")
        .child(view! { <StatusMark slug=op.state.slug() label=op.state.label() native=native large=true /> })
        .child(el("span").class("soft").live_text(span))
        .child(stuck);
    let facts = el("dl")
        .class("facts")
        .child(id_fact("ID", Some(&*op.id), None))
        .child(id_fact(capital(at.table.target), op.target.as_deref(), target_href))
        .child(text_fact("Resource type", op.target_type.as_deref()))
        .child(id_fact("Tenant", op.tenant.as_deref(), None))
        .child(time_fact(console, "Received", &op.created))
        .child((op.started != Stamp::Absent).then(|| time_fact(console, "Started", &op.started)))
        .child(time_fact(console, "Committed", &op.ended))
        .child(id_fact("Request ID", op.request_id.as_deref(), None));
    el("section")
        .class("panel")
        .attr("aria-label", "Summary")
        .child(el("div").class("body stack").child(state).child(facts))
}

/// A noun as it stands before its value.
pub fn capital(noun: &str) -> String {
    let mut letters = noun.chars();
    letters.next().map_or_else(String::new, |first| {
        let mut text = String::from(first.to_ascii_uppercase());
        text.push_str(letters.as_str());
        text
    })
}

fn said(op: &Operation) -> Node {
    let text = |name: &'static str, text: &str| {
        el("pre").class("error-text").attr("tabindex", "0").attr("aria-label", name).text(text.to_owned())
    };
    let error = op.error.as_deref().map(|said| {
        view! { <Callout tone=Tone::Fail head="What the server said" body=text("Error text", said) /> }
    });
    let warning = op.warning.as_deref().map(|said| {
        view! { <Callout tone=Tone::Warn head="The server warns" body=text("Warning text", said) /> }
    });
    [Node::from(error), warning.into()].into()
}

fn fact(label: impl Into<Cow<'static, str>>, value: impl Into<Node>) -> El {
    el("div").child(el("dt").text(label)).child(el("dd").child(value))
}

fn id_fact(label: impl Into<Cow<'static, str>>, id: Option<&str>, href: Option<String>) -> El {
    let label = label.into();
    let Some(id) = id else { return fact(label, el("span").class("quiet").text("none")) };
    let copied = id.to_owned();
    let value = Callback::new(move |()| copied.clone());
    let shown = match href {
        Some(href) => el("a").attr("href", href),
        None => el("span"),
    };
    let copy = view! { <CopyIcon label=format!("Copy {label} {id}") value=value /> };
    fact(label, el("span").class("id").child(shown.text(id.to_owned())).child(copy))
}

fn text_fact(label: &'static str, text: Option<&str>) -> El {
    fact(label, text.unwrap_or("none").to_owned())
}

fn time_fact(console: Console, label: &'static str, stamp: &Stamp) -> El {
    match stamp {
        Stamp::Absent => fact(label, el("span").class("quiet").text("not yet")),
        Stamp::Odd(text) => {
            let odd = el("small").text("in a form the console does not know");
            fact(label, [el("span").text(text.to_string()), odd])
        }
        Stamp::At(at) => fact(label, instant(console, *at)),
    }
}

fn instant(console: Console, at: Millis) -> [El; 2] {
    let exact = move || console.settings.exact_text(at);
    let time = el("time")
        .attr("datetime", iso8601(at))
        .live("title", exact)
        .live_text(move || relative(Millis(console.now.get().0.max(at.0)), at));
    [time, el("small").live_text(exact)]
}
