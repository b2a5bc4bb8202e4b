//! Settings of this browser: theme, language, times, and what is kept here.

use std::borrow::Cow;

use crate::reactive::prelude::*;

use crate::app::use_title;
use crate::platform::language;
use crate::platform::storage::{self, Area};
use crate::platform::theme::Theme;
use crate::platform::zone::{self, Zone};
use crate::reactive::derive;
use crate::state::Console;
use crate::ui::el::{El, Node, el, live_node};
use crate::ui::{Button, Choice, ChoiceGroup, Dialog, Look, size_text};
use longrun_core::text::{count as count_of, fill, said, t};

fn choice(value: &str, label: impl Into<Cow<'static, str>>, hint: &'static str) -> Choice {
    let label = said(label.into()).into_owned();
    Choice { value: value.to_owned(), label, hint: t(hint).to_owned(), why_off: None }
}

/// The page of `/settings`.
#[component]
pub fn SettingsPage() -> Node {
    let console = Console::here();
    let settings = console.settings;
    use_title(|| t("Settings").to_owned());
    let themes =
        vec![choice("system", "As the system", ""), choice("light", "Light", ""), choice("dark", "Dark", "")];
    let zones = vec![
        choice("local", fill("Local: {0}", &[&zone::long_name(&Zone::Local)]), "As this machine is set."),
        choice("utc", "UTC", "As most servers think."),
    ];
    let times = vec![
        choice(
            "relative",
            "Relative",
            "4 min ago. The exact time is in each time's title and on the operation's page.",
        ),
        choice("exact", "Exact", "2026-11-21 03:31:20."),
    ];
    let kept = RwSignal::new(kept_text());
    let ask = RwSignal::new(false);
    let wipe = Callback::new(move |()| {
        ask.set(false);
        match settings.wipe() {
            Ok(count) => {
                console.connections.forget_everything();
                console.watch.forget_everything();
                console.notices.done(count_of(count, "{0} entry removed", "{0} entries removed", &[]));
            }
            Err(error) => console.notices.failed("Nothing was removed", error.to_string()),
        }
        kept.set(kept_text());
    });
    let theme = derive(move || settings.theme.get().slug().to_owned());
    let set_theme = Callback::new(move |slug: String| settings.theme.set(Theme::from_slug(&slug)));
    let zone = derive(move || settings.zone.get().slug().to_owned());
    let set_zone =
        Callback::new(move |slug: String| settings.zone.set(Zone::from_slug(&slug).unwrap_or_default()));
    let exact = derive(move || if settings.exact.get() { "exact" } else { "relative" }.to_owned());
    let set_exact = Callback::new(move |value: String| settings.exact.set(value == "exact"));
    let titles = el("div")
        .class("titles")
        .child(el("h1").text("Settings"))
        .child(el("p").text("They stay in this browser."));
    let body = el("div")
        .class("page-body form")
        .child(view! { <ChoiceGroup legend="Theme" choices=themes value=theme on_change=set_theme /> })
        .child(languages(console))
        .child(view! { <ChoiceGroup legend="Time zone" choices=zones value=zone on_change=set_zone /> })
        .child(
            view! { <ChoiceGroup legend="Times in lists" choices=times value=exact on_change=set_exact /> },
        )
        .child(kept_here(kept, ask));
    let page = el("div").class("page").child(el("div").class("page-head").child(titles)).child(body);
    let dialog = live_node(move || ask.get().then(|| wipe_dialog(ask, wipe)));
    [page.into(), dialog].into()
}

/// The choice of a language. The page speaks one as long as it lives, so choosing loads it anew.
fn languages(console: Console) -> Node {
    let mut all = vec![
        choice("", "As the browser", "The page is loaded anew when you choose."),
        choice(language::ENGLISH, "English".to_owned(), ""),
    ];
    all.extend(language::others().map(|(code, name)| choice(code, name.to_owned(), "")));
    let chosen = language::chosen().unwrap_or_default().to_owned();
    let choose = Callback::new(move |code: String| {
        if let Err(error) = language::choose(Some(&*code).filter(|code| !code.is_empty())) {
            console.notices.failed("The language stays as it is", error.to_string());
        }
    });
    view! { <ChoiceGroup legend="Language" choices=all value=chosen on_change=choose /> }.into()
}

fn kept_here(kept: RwSignal<String>, ask: RwSignal<bool>) -> El {
    let press = Callback::new(move |()| ask.set(true));
    el("section")
        .attr("aria-labelledby", "kept")
        .child(el("h2").attr("id", "kept").text("Kept in this browser"))
        .child(el("p").class("soft").live_text(move || kept.get()))
        .child(
            el("p")
                .class("soft")
                .text("Tokens stay in this tab and go with it. Keys, secrets and passwords are never kept."),
        )
        .child(el("div").class("row").child(view! {
            <Button label="Remove everything kept here…" look=Look::DangerQuiet on_press=press />
        }))
}

fn wipe_dialog(ask: RwSignal<bool>, wipe: Callback<()>) -> Node {
    let keep = Callback::new(move |()| ask.set(false));
    let footer = Node::from([
        view! { <Button label="Keep it" on_press=keep safe=true /> },
        view! { <Button label="Remove it and sign out everywhere" look=Look::Danger on_press=wipe /> },
    ]);
    let body = el("p").text(
        "Your own connections, remembered operations, preferences and sessions in this tab go. Nothing on any server changes.",
    );
    view! {
        <Dialog title="Remove everything that this console keeps in this browser?" on_close=keep footer=footer body=body />
    }
    .into()
}

fn kept_text() -> String {
    let mut bytes = 0;
    let mut count = 0;
    for area in [Area::Lasting, Area::Session] {
        for key in storage::keys(area, "longrun.").unwrap_or_default() {
            let value = storage::get(area, &key).ok().flatten().unwrap_or_default();
            bytes += key.len() + value.len();
            count += 1;
        }
    }
    match storage::keys(Area::Lasting, "longrun.") {
        Err(error) => error.to_string(),
        Ok(_) => count_of(
            count,
            "{0} entry, {1}: preferences, own connections, remembered operations, sessions of this tab.",
            "{0} entries, {1}: preferences, own connections, remembered operations, sessions of this tab.",
            &[&size_text(bytes)],
        ),
    }
}
