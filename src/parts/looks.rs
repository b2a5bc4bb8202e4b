//! The part of the settings that says how everything looks: colours, room, zone and style of times.

use crate::reactive::prelude::*;

use crate::platform::theme::Theme;
use crate::platform::zone::{self, Zone};
use crate::reactive::derive;
use crate::state::Console;
use crate::ui::el::{El, Node, el};
use crate::ui::{Choice, ChoiceGroup, Combo};
use longrun_core::text::{fill, t};

fn choice(value: &str, label: impl Into<String>, hint: &str) -> Choice {
    Choice { value: value.to_owned(), label: label.into(), hint: hint.to_owned(), why_off: None }
}

/// One question: its name, what can be answered, what is answered now, and what an answer does.
fn question(
    legend: &'static str,
    choices: Vec<Choice>,
    value: Signal<String>,
    choose: Callback<String>,
) -> Node {
    view! { <ChoiceGroup legend=legend choices=choices value=value on_change=choose /> }.into()
}

/// All of them.
pub fn looks() -> Node {
    let settings = Console::here().settings;
    let themes = vec![
        choice("system", t("As the system"), ""),
        choice("light", t("Light"), ""),
        choice("dark", t("Dark"), ""),
        choice("contrast", t("High contrast"), t("Stronger colours and edges, light or dark as the system.")),
    ];
    let theme = derive(move || settings.theme.get().slug().to_owned());
    let set_theme = Callback::new(move |slug: String| settings.theme.set(Theme::from_slug(&slug)));
    let densities = vec![
        choice("compact", t("Compact"), t("As many rows as fit.")),
        choice("comfortable", t("Comfortable"), t("More room in rows, controls and panels.")),
    ];
    let density =
        derive(move || if settings.comfortable.get() { "comfortable" } else { "compact" }.to_owned());
    let set_density = Callback::new(move |value: String| settings.comfortable.set(value == "comfortable"));
    let times = vec![
        choice(
            "relative",
            t("Relative"),
            t("4 min ago. The exact time is in each time's title and on the operation's page."),
        ),
        choice("exact", t("Exact"), "2026-11-21 03:31:20."),
    ];
    let exact = derive(move || if settings.exact.get() { "exact" } else { "relative" }.to_owned());
    let set_exact = Callback::new(move |value: String| settings.exact.set(value == "exact"));
    [
        question(t("Theme"), themes, theme, set_theme),
        question(t("Density"), densities, density, set_density),
        zone_choice(settings.zone).into(),
        question(t("Times in lists"), times, exact, set_exact),
    ]
    .into()
}

/// The zone of all times: the machine's, UTC, or any that the browser knows.
fn zone_choice(zone: RwSignal<Zone>) -> El {
    const NAMED: &str = "named";
    let zones = vec![
        choice("local", fill("Local: {0}", &[&zone::long_name(&Zone::Local)]), t("As this machine is set.")),
        choice("utc", "UTC", t("As most servers think.")),
        choice(NAMED, t("Another"), t("By its name, such as Asia/Tokyo.")),
    ];
    let name_of = |zone: &Zone| if let Zone::Named(name) = zone { name.clone() } else { String::new() };
    // Asked for by name, though none was named yet.
    let naming = RwSignal::new(false);
    let wrong = RwSignal::new(None::<String>);
    let value = derive(move || match zone.get() {
        Zone::Named(_) => NAMED.to_owned(),
        _ if naming.get() => NAMED.to_owned(),
        zone => zone.slug().to_owned(),
    });
    let choose = Callback::new(move |slug: String| {
        naming.set(slug == NAMED);
        wrong.set(None);
        if slug != NAMED {
            zone.set(Zone::from_slug(&slug).unwrap_or_default());
        }
    });
    let name = Callback::new(move |typed: String| {
        let typed = typed.trim();
        let read = Zone::from_slug(typed).filter(|_| !typed.is_empty());
        wrong.set(
            read.is_none()
                .then(|| fill("This browser knows no time zone \"{0}\". It stays as it was.", &[typed])),
        );
        if let Some(read) = read {
            zone.set(read);
        }
    });
    let typed = derive(move || zone.with(name_of));
    let field = move || {
        (value.get() == NAMED).then(|| {
            let names = zone::names();
            view! { <Combo label=t("Name of the zone") value=typed options=names wrong=wrong on_change=name /> }
        })
    };
    el("div").class("stack-s").child(question(t("Time zone"), zones, value, choose)).live_child(field)
}
