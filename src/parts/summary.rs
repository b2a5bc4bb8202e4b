//! The head of an operation: state, times, what it works on, and what the server says of it.

use leptos::prelude::*;

use super::connected::Connected;
use crate::routes::Route;
use crate::state::Console;
use crate::state::detail::Shown;
use crate::ui::{Callout, CopyIcon, StatusMark, Tone, live, live_view};
use longrun_core::model::{Operation, Stamp, State};
use longrun_core::time::{Millis, duration, iso8601, relative};

/// The panel, with warning and error below it.
#[component]
pub fn Summary(shown: RwSignal<Option<Shown>>, at: Connected) -> impl IntoView {
    let console = Console::here();
    let op = Memo::new(move |_| shown.with(|shown| shown.as_ref().map(|shown| shown.op.clone())));
    let drawn = move || op.get().map(|op| {
        let words = said(&op);
        view! { {facts(console, &op, &at)}{words} }
    });
    live_view(drawn)
}

fn facts(console: Console, op: &Operation, at: &Connected) -> impl IntoView + use<> {
    let about = at.dialect.describe();
    let span = {
        let op = op.clone();
        move || {
            let now = if op.state.has_ended() { console.now.get_untracked() } else { console.now.get() };
            let verb = if op.state.has_ended() || op.ended.millis().is_some() { "took" } else { "so far" };
            op.duration(now).map(|ms| if verb == "took" { format!("took {}", duration(ms)) } else { format!("{} {verb}", duration(ms)) })
        }
    };
    let native = op.status.as_deref().unwrap_or_default().to_owned();
    let target_href = op.target.as_deref().map(|target| {
        let of = op.target_type.as_deref().unwrap_or("-").to_owned();
        console.router.href(&Route::Resource { conn: at.conn.id.clone(), of, id: target.to_owned() }, "")
    });
    view! {
        <section class="panel" aria-label="Summary">
            <div class="body stack">
                <div class="row">
                    <StatusMark slug=op.state.slug() label=op.state.label() native=native large=true />
                    <span class="soft">{live(span)}</span>
                    {(op.state == State::Stuck).then(|| view! { <span class="soft">"It stopped midway and does not end by itself: a person must act, usually through the provider's support."</span> })}
                </div>
                <dl class="facts">
                    {id_fact("ID", Some(&*op.id), None)}
                    {id_fact(capital(about.target_noun), op.target.as_deref(), target_href)}
                    {text_fact("Resource type", op.target_type.as_deref())}
                    {id_fact("Tenant", op.tenant.as_deref(), None)}
                    {time_fact(console, "Received", &op.created)}
                    {(op.started != Stamp::Absent).then(|| time_fact(console, "Started", &op.started))}
                    {time_fact(console, "Committed", &op.ended)}
                    {id_fact("Request ID", op.request_id.as_deref(), None)}
                </dl>
            </div>
        </section>
    }
}

fn capital(noun: &str) -> &str {
    if noun == "appliance" { "Appliance" } else { noun }
}

fn said(op: &Operation) -> impl IntoView + use<> {
    let error = op.error.clone().map(|text| {
        view! {
            <Callout tone=Tone::Fail head="What the server said">
                <pre class="error-text" tabindex="0" aria-label="Error text">{text.into_string()}</pre>
            </Callout>
        }
    });
    let warning = op.warning.clone().map(|text| {
        view! {
            <Callout tone=Tone::Warn head="The server warns">
                <pre class="error-text" tabindex="0" aria-label="Warning text">{text.into_string()}</pre>
            </Callout>
        }
    });
    view! { {error}{warning} }
}

fn id_fact(label: &str, id: Option<&str>, href: Option<String>) -> impl IntoView + use<> {
    let value = match id {
        None => view! { <span class="quiet">"none"</span> }.into_any(),
        Some(id) => {
            let (text, copied) = (id.to_owned(), id.to_owned());
            let shown = match href {
                Some(href) => view! { <a href=href>{text}</a> }.into_any(),
                None => view! { <span>{text}</span> }.into_any(),
            };
            view! { <span class="id">{shown}<CopyIcon label=format!("Copy {label} {id}") value=Callback::new(move |()| copied.clone()) /></span> }.into_any()
        }
    };
    view! { <div><dt>{label.to_owned()}</dt><dd>{value}</dd></div> }
}

fn text_fact(label: &'static str, text: Option<&str>) -> impl IntoView + use<> {
    let text = text.unwrap_or("none").to_owned();
    view! { <div><dt>{label}</dt><dd>{text}</dd></div> }
}

fn time_fact(console: Console, label: &'static str, stamp: &Stamp) -> impl IntoView + use<> {
    let value = match stamp {
        Stamp::Absent => view! { <span class="quiet">"not yet"</span> }.into_any(),
        Stamp::Odd(text) => view! { <span>{text.to_string()}</span><small>"in a form the console does not know"</small> }.into_any(),
        Stamp::At(at) => instant(console, *at).into_any(),
    };
    view! { <div><dt>{label}</dt><dd>{value}</dd></div> }
}

fn instant(console: Console, at: Millis) -> impl IntoView {
    let exact = move || console.settings.exact_text(at);
    view! {
        <time datetime=iso8601(at) title=live(exact)>{live_view(move || relative(Millis(console.now.get().0.max(at.0)), at))}</time>
        <small>{live(exact)}</small>
    }
}
