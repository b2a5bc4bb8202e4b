//! The bar at the top: find, refresh, mode, theme. The page below says what can be refreshed.

use leptos::prelude::*;

use super::freshness::Age;
use crate::platform::theme::Theme;
use crate::routes::Route;
use crate::state::Console;
use crate::state::offer::Refreshable;
use crate::ui::{Button, Glyph, Icon, ItemKind, Look, Menu, MenuItem, live, live_view};
use longrun_core::view::config::Mode;
use longrun_core::view::poll::Pace;

/// The bar.
#[component]
pub fn TopBar(drawer: RwSignal<bool>) -> impl IntoView {
    let console = Console::here();
    let theme = console.settings.theme;
    let theme_name = Signal::derive(move || match theme.get() {
        Theme::System => "Theme: follows the system".to_owned(),
        Theme::Light => "Theme: light".to_owned(),
        Theme::Dark => "Theme: dark".to_owned(),
    });
    view! {
        <header class="topbar">
            <button
                class="btn btn-ghost btn-icon menu-button"
                type="button"
                aria-label="Open menu"
                aria-controls="rail"
                aria-expanded=live(move || drawer.get().to_string())
                on:click=move |_| drawer.update(|open| *open = !*open)
            >
                <Icon glyph=Glyph::Menu />
            </button>
            <Omnibox />
            <div class="tools">
                {live_view(move || console.offer.get().map(refresh))}
                <ModeMark />
                <Button
                    label=theme_name
                    on_press=Callback::new(move |()| console.settings.turn_theme())
                    look=Look::Ghost
                    icon=Glyph::Theme
                    icon_only=true
                    shortcut="t"
                />
            </div>
        </header>
    }
}

fn refresh(what: Refreshable) -> impl IntoView {
    let pace = what.poller.pace;
    let label = Signal::derive(move || pace.get().to_string());
    let name = Signal::derive(move || Some(match pace.get() {
        Pace::Off => "Refresh only by hand, change".to_owned(),
        Pace::Auto => "Refresh by itself, change".to_owned(),
        every @ Pace::Every(_) => format!("Refresh every {every}, change"),
    }));
    let items = Signal::derive(move || {
        Pace::CHOICES
            .into_iter()
            .map(|choice| {
                let text = choice.to_string();
                let label = match choice {
                    Pace::Auto => "Auto".to_owned(),
                    Pace::Off => "Off".to_owned(),
                    Pace::Every(_) => text,
                };
                MenuItem::new(label, Callback::new(move |()| pace.set(choice)))
                    .kind(ItemKind::Radio(pace.get() == choice))
            })
            .collect()
    });
    let stale = move || what.fresh.with(|fresh| fresh.failure.is_some()).then_some("stale");
    view! {
        <div class="refresh" role="group" aria-label="Refresh" data-state=live(stale)>
            <Button label="Refresh now" on_press=what.now icon=Glyph::Refresh icon_only=true shortcut="r" />
            <Age fresh=what.fresh />
            <Menu label=label name=name items=items class="pace" />
        </div>
    }
}

/// What the connection on the screen may do.
#[component]
fn ModeMark() -> impl IntoView {
    let console = Console::here();
    let mode = move || {
        let route = console.router.route.get();
        route.conn().and_then(|id| console.connections.find(id)).map(|conn| conn.mode)
    };
    live_view(move || {
        mode().filter(|mode| *mode == Mode::ReadOnly).map(|mode| {
            view! {
                <span class="mode" title="Nothing can be changed through this connection">
                    <Icon glyph=Glyph::Lock /><span>{mode.label()}</span>
                </span>
            }
        })
    })
}

/// Takes an id or an address of this console and goes there.
#[component]
fn Omnibox() -> impl IntoView {
    let console = Console::here();
    let router = console.router;
    let text = RwSignal::new(String::new());
    let wrong = RwSignal::new(None::<String>);
    let go = move || {
        let typed = text.get_untracked().trim().to_owned();
        if typed.is_empty() {
            return;
        }
        match destination(console, &typed) {
            Some(url) => {
                router.go(&url);
                text.set(String::new());
                wrong.set(None);
            }
            None => wrong.set(Some("Open a connection first: then an ID leads to its operation.".to_owned())),
        }
    };
    view! {
        <search class="omnibox">
            <form on:submit=move |event| { event.prevent_default(); go(); }>
                <Icon glyph=Glyph::Search />
                <input
                    id="omnibox"
                    type="search"
                    aria-label="Find an operation"
                    aria-keyshortcuts="/"
                    aria-describedby=live(move || wrong.get().is_some().then_some("omnibox-wrong"))
                    placeholder="Find: operation ID, or an address of this console"
                    autocomplete="off"
                    spellcheck="false"
                    prop:value=live(move || text.get())
                    on:input=move |event| { text.set(event_target_value(&event)); wrong.set(None); }
                    on:keydown=move |event| {
                        if event.key() == "Escape" && text.get_untracked().is_empty() {
                            event.prevent_default();
                            crate::platform::focus::by_id("main");
                        }
                    }
                />
                <kbd aria-hidden="true">"/"</kbd>
                {live_view(move || wrong.get().map(|wrong| view! { <p class="omnibox-wrong" id="omnibox-wrong" role="alert">{wrong}</p> }))}
            </form>
        </search>
    }
}

/// An address of this console is gone to; anything else is the id of an operation on the connection on the screen,
/// or on the only one there is.
fn destination(console: Console, typed: &str) -> Option<String> {
    let origin = crate::platform::history::origin();
    if let Some(path) = typed.strip_prefix(&origin).filter(|path| path.starts_with('/')) {
        return Some(path.to_owned());
    }
    let here = console.router.route.with_untracked(|route| route.conn().map(str::to_owned));
    let all = untrack(|| console.connections.all())?;
    let conn = all.iter().find(|conn| Some(&conn.id) == here.as_ref()).or_else(|| all.first())?;
    let kind = conn.dialect()?.describe().kinds.first()?;
    let route = Route::Detail { conn: conn.id.clone(), kind: (*kind).to_owned(), id: typed.to_owned() };
    Some(console.router.href(&route, ""))
}
