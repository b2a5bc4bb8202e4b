//! The head of an operation: state, times, what it works on, and what the server says of it.

use std::borrow::Cow;

use crate::reactive::prelude::*;

use super::cell::{left_text, progress_bar};
use super::connected::{Connected, KIND, TENANT};
use super::mark::drawn;
use super::status_bar::grouped;
use crate::reactive::{derive, memo};
use crate::routes::Route;
use crate::state::Console;
use crate::state::detail::Shown;
use crate::state::list::watched::{GONE, left};
use crate::ui::el::{El, Node, el, live_node};
use crate::ui::{Callout, CopyIcon, StatusMark, Tone};
use longrun_core::http::encode_query;
use longrun_core::model::{Operation, Stamp, State};
use longrun_core::text::{fill, said, t};
use longrun_core::time::{Millis, duration, iso8601, relative};
use longrun_core::view::freshness::Freshness;

/// The panel, with warning and error below it.
#[component]
pub fn Summary(shown: RwSignal<Option<Shown>>, fresh: RwSignal<Freshness>, at: Connected) -> Node {
    let console = Console::here();
    // What counts down is drawn by itself: the rest stays as it is then.
    let op = memo(move |_| {
        let mut op = shown.with(|shown| shown.as_ref().map(|shown| shown.op.clone()))?;
        if let Some(more) = op.more.as_mut() {
            more.expires_in = more.expires_in.map(|_| 0);
        }
        Some(op)
    });
    let expires = move || {
        let now = console.now.get();
        let at = fresh.with(|fresh| fresh.loaded_at)?;
        shown.with(|shown| left(&shown.as_ref()?.op, at, now))
    };
    let expires = derive(move || expires().map(left_text).unwrap_or_default());
    live_node(move || op.get().map(|op| [facts(console, &op, &at, expires).into(), server_said(&op)]))
}

fn facts(console: Console, op: &Operation, at: &Connected, expires: Signal<String>) -> El {
    let span = {
        let op = op.clone();
        move || {
            let now = if op.state.has_ended() { console.now.get_untracked() } else { console.now.get() };
            let is_over = op.state.has_ended() || op.ended.millis().is_some();
            let says = |ms| fill(if is_over { "took {0}" } else { "{0} so far" }, &[&duration(ms)]);
            op.duration(now).map(says).unwrap_or_default()
        }
    };
    let usual = usual(console, op, at);
    let native = op.status.as_deref().unwrap_or_default().to_owned();
    let can = at.table.can;
    let target_href = op.target.as_deref().filter(|_| can.history_by.is_some()).map(|target| {
        let of = op.target_type.as_deref().unwrap_or("-").to_owned();
        let tenant = op.tenant.as_deref().filter(|_| can.keyed_by_tenant).map(|tenant| (TENANT, tenant));
        let kind = (!is_main(at)).then_some((KIND, at.kind));
        let search = encode_query(tenant.into_iter().chain(kind));
        console.router.href(&Route::Resource { conn: at.conn.id.clone(), of, id: target.to_owned() }, &search)
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
        .child(usual);
    let more = op.more.as_deref();
    let progress = more.and_then(|more| more.progress);
    let step =
        more.and_then(|more| more.step.as_deref()).map(|step| el("span").class("soft").text(step.to_owned()));
    let state = state.child(progress.map(progress_bar)).child(step);
    // What an API has a column for is shown though it is missing here; what it never tells is not.
    let has = |column: &str, known: bool| known || at.table.columns.iter().any(|c| c.id == column);
    let [created, ended] = at.table.times;
    let target_type = if has("resource_type", false) {
        t("Resource type").to_owned()
    } else {
        capital(&fill("{0} type", &[t(at.table.target)]))
    };
    let tenant = capital(t(at.dialect.describe().tenant));
    let updated = more.map(|more| &more.updated).filter(|stamp| **stamp != Stamp::Absent);
    let lines = vec![
        Some(id_fact("ID".into(), Some(&*op.id), None)),
        has("target", op.target.is_some())
            .then(|| id_fact(capital(t(at.table.target)).into(), op.target.as_deref(), target_href)),
        has("resource_type", op.target_type.is_some())
            .then(|| text_fact(target_type, op.target_type.as_deref())),
        has("tenant", op.tenant.is_some()).then(|| id_fact(tenant.into(), op.tenant.as_deref(), None)),
        Some(time_fact(console, created, &op.created)),
        (op.started != Stamp::Absent).then(|| time_fact(console, "Started", &op.started)),
        has("ended", op.ended != Stamp::Absent).then(|| time_fact(console, ended, &op.ended)),
        updated.map(|stamp| time_fact(console, "Updated", stamp)),
        more.and_then(|more| more.expires_in)
            .map(|_| fact("Expires in", el("span").live_text(move || expires.get()))),
        has("request_id", op.request_id.is_some())
            .then(|| id_fact("Request ID".into(), op.request_id.as_deref(), None)),
    ];
    // Under the API's own names, whatever else it told.
    let own: Vec<El> = more
        .map(|more| more.facts.as_slice())
        .unwrap_or_default()
        .iter()
        .map(|(name, value)| {
            let name = el("dt").child(el("span").class("mono").text((*name).to_owned()));
            el("div").child(name).child(el("dd").text(value.to_string()))
        })
        .collect();
    let facts = el("dl").class("facts").child(lines).child(own);
    el("section")
        .class("panel")
        .attr("aria-label", "Summary")
        .child(el("div").class("body stack").child(state.child(stuck)).child(facts))
}

/// How long its like takes, of the loaded rows, and a mark where it takes longer.
fn usual(console: Console, op: &Operation, at: &Connected) -> Node {
    let list = console.lists.open(console, &at.conn, at.dialect, at.kind);
    let op = op.clone();
    let told = memo(move |_| {
        let now = if op.state.has_ended() { console.now.get_untracked() } else { console.now.get() };
        list.usual(&op, now)
    });
    let says = move || {
        let typical = told.with(|told| told.as_ref().map(|(typical, _)| (typical.median, typical.count)));
        typical.map_or_else(String::new, |(median, count)| {
            fill("usually {0}, from {1} loaded", &[&duration(median), &grouped(count)])
        })
    };
    let mark = memo(move |_| told.with(|told| Some(told.as_ref()?.1.as_ref()?.0)));
    let why = move || told.with(|told| told.as_ref().and_then(|told| told.1.clone()).map(|(_, why)| why));
    let why = move || why().unwrap_or_default();
    [
        el("span").class("quiet").live_text(says).into(),
        live_node(move || mark.get().map(drawn)),
        el("span").class("soft").live_text(why).into(),
    ]
    .into()
}

/// The kind that a connection's addresses mean where they name none.
fn is_main(at: &Connected) -> bool {
    at.dialect.describe().kinds.first().is_some_and(|kind| kind.id == at.kind)
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

fn server_said(op: &Operation) -> Node {
    let text = |name: &'static str, text: &str| {
        el("pre").class("error-text").attr("tabindex", "0").attr("aria-label", name).text(text.to_owned())
    };
    let error = op.error.as_deref().map(|words| {
        view! { <Callout tone=Tone::Fail head="What the server said" body=text("Error text", words) /> }
    });
    let warning = op.warning.as_deref().map(|words| {
        if words == t(GONE) {
            return view! { <Callout tone=Tone::Warn head="No longer known" body=el("p").text(GONE) /> };
        }
        view! { <Callout tone=Tone::Warn head="The server warns" body=text("Warning text", words) /> }
    });
    [Node::from(error), warning.into()].into()
}

fn fact(label: impl Into<Cow<'static, str>>, value: impl Into<Node>) -> El {
    el("div").child(el("dt").text(label)).child(el("dd").child(value))
}

fn id_fact(label: Cow<'static, str>, id: Option<&str>, href: Option<String>) -> El {
    let Some(id) = id else { return fact(label, el("span").class("quiet").text("none")) };
    let copied = id.to_owned();
    let value = Callback::new(move |()| copied.clone());
    let shown = match href {
        Some(href) => el("a").attr("href", href),
        None => el("span"),
    };
    let label = said(label);
    let copy = view! { <CopyIcon label=fill("Copy {0} {1}", &[&label, id]) value=value /> };
    fact(label, el("span").class("id").child(shown.text(id.to_owned())).child(copy))
}

fn text_fact(label: String, text: Option<&str>) -> El {
    fact(label, text.unwrap_or_else(|| t("none")).to_owned())
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
