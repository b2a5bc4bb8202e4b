//! Settings of this browser: theme, language, times, and what is kept here.

use std::borrow::Cow;

use crate::reactive::prelude::*;

use crate::app::use_title;
use crate::parts::kept::kept;
use crate::parts::looks::looks;
use crate::platform::language;
use crate::state::Console;
use crate::ui::el::{Node, el};
use crate::ui::{Choice, ChoiceGroup};
use longrun_core::text::{said, t};

fn choice(value: &str, label: impl Into<Cow<'static, str>>, hint: &'static str) -> Choice {
    let label = said(label.into()).into_owned();
    Choice { value: value.to_owned(), label, hint: t(hint).to_owned(), why_off: None }
}

/// The page of `/settings`.
#[component]
pub fn SettingsPage() -> Node {
    let console = Console::here();
    use_title(|| t("Settings").to_owned());
    let titles = el("div")
        .class("titles")
        .child(el("h1").text("Settings"))
        .child(el("p").text("They stay in this browser."));
    let body = el("div").class("page-body form").child(looks()).child(languages(console)).child(kept());
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
