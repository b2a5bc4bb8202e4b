//! Settings of this browser: theme, times, and what is kept here.

use leptos::prelude::*;

use crate::app::use_title;
use crate::platform::storage::{self, Area};
use crate::platform::theme::Theme;
use crate::platform::zone::{self, Zone};
use crate::state::Console;
use crate::ui::{Button, Choice, ChoiceGroup, Dialog, Look, live_view};

fn choice(value: &str, label: String, hint: &str) -> Choice {
    Choice { value: value.to_owned(), label, hint: hint.to_owned(), why_off: None }
}

/// The page of `/settings`.
#[component]
pub fn SettingsPage() -> impl IntoView {
    let console = Console::here();
    let settings = console.settings;
    use_title(|| "Settings".to_owned());
    let themes = vec![
        choice("system", "As the system".into(), ""),
        choice("light", "Light".into(), ""),
        choice("dark", "Dark".into(), ""),
    ];
    let zones = vec![
        choice("local", format!("Local: {}", zone::long_name(&Zone::Local)), "As this machine is set."),
        choice("utc", "UTC".into(), "As most servers think."),
    ];
    let times = vec![
        choice("relative", "Relative".into(), "4 min ago. The exact time is in each time's title and on the operation's page."),
        choice("exact", "Exact".into(), "2026-11-21 03:31:20."),
    ];
    let kept = RwSignal::new(kept_text());
    let ask = RwSignal::new(false);
    let wipe = Callback::new(move |()| {
        ask.set(false);
        match settings.wipe() {
            Ok(count) => {
                console.connections.forget_everything();
                console.notices.done(format!("{count} entries removed"));
            }
            Err(error) => console.notices.failed("Nothing was removed", error.to_string()),
        }
        kept.set(kept_text());
    });
    view! {
        <div class="page">
            <div class="page-head"><div class="titles"><h1>"Settings"</h1><p>"They stay in this browser."</p></div></div>
            <div class="page-body form">
                <ChoiceGroup legend="Theme" choices=themes
                    value=Signal::derive(move || settings.theme.get().slug().to_owned())
                    on_change=Callback::new(move |slug: String| settings.theme.set(Theme::from_slug(&slug))) />
                <ChoiceGroup legend="Time zone" choices=zones
                    value=Signal::derive(move || settings.zone.get().slug().to_owned())
                    on_change=Callback::new(move |slug: String| settings.zone.set(Zone::from_slug(&slug).unwrap_or_default())) />
                <ChoiceGroup legend="Times in lists" choices=times
                    value=Signal::derive(move || if settings.exact.get() { "exact" } else { "relative" }.to_owned())
                    on_change=Callback::new(move |value: String| settings.exact.set(value == "exact")) />
                <section aria-labelledby="kept">
                    <h2 id="kept">"Kept in this browser"</h2>
                    <p class="soft">{live_view(move || kept.get())}</p>
                    <p class="soft">"Tokens stay in this tab and go with it. Keys, secrets and passwords are never kept."</p>
                    <div class="row"><Button label="Remove everything kept here…" look=Look::DangerQuiet on_press=Callback::new(move |()| ask.set(true)) /></div>
                </section>
            </div>
        </div>
        {live_view(move || ask.get().then(|| {
            let keep = Callback::new(move |()| ask.set(false));
            view! {
                <Dialog title="Remove everything that this console keeps in this browser?" on_close=keep
                    footer=move || view! {
                        <Button label="Keep it" on_press=keep safe=true />
                        <Button label="Remove it and sign out everywhere" look=Look::Danger on_press=wipe />
                    }>
                    <p>"Your own connections, preferences and sessions in this tab go. Nothing on any server changes."</p>
                </Dialog>
            }
        }))}
    }
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
        Ok(_) => format!("{count} entries, {:.1} KB: preferences, own connections, sessions of this tab.", f64::from(u32::try_from(bytes).unwrap_or(u32::MAX)) / 1_000.0),
    }
}
