//! Settings of this browser: theme, language, times, and what is kept here.

use std::borrow::Cow;

use crate::reactive::prelude::*;

use crate::app::use_title;
use crate::parts::kept::kept;
use crate::platform::language;
use crate::platform::theme::Theme;
use crate::platform::zone::{self, Zone};
use crate::reactive::derive;
use crate::state::Console;
use crate::ui::el::{Node, el};
use crate::ui::{Choice, ChoiceGroup};
use longrun_core::text::{fill, said, t};

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
        .child(kept());
    el("div").class("page").child(el("div").class("page-head").child(titles)).child(body).into()
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
