//! The shell: providers, frame, the page of the route, and the keys that work everywhere.

use std::sync::Arc;

use leptos::prelude::*;

use crate::pages;
use crate::parts::rail::Rail;
use crate::parts::topbar::TopBar;
use crate::platform::{focus, hold, keyboard, title};
use crate::routes::Route;
use crate::state::Console;
use crate::transport::{Fetch, SharedTransport};
use crate::ui::{ToastHost, live, live_view};

/// Mounts the console into `#app`, in place of the "loading" text there.
pub fn start() {
    crate::platform::crash::install();
    let Some(root) = crate::platform::app_root() else { return };
    root.set_text_content(None);
    let transport: SharedTransport = Arc::new(Fetch::default());
    mount_to(root, move || view! { <App transport=transport /> }).forget();
}

/// The whole console.
#[component]
pub fn App(transport: SharedTransport) -> impl IntoView {
    live::provide();
    let console = Console::start(transport);
    let route = console.router.route;
    let help = RwSignal::new(false);
    let drawer = RwSignal::new(false);
    keys(console, help);
    // A new page takes the focus, so that a screen reader starts there; a changed filter does not.
    Effect::new(move |before: Option<Route>| {
        let now = route.get();
        drawer.set(false);
        if before.is_some_and(|before| before != now) {
            focus::by_id("main");
        }
        now
    });
    let page = move || match route.get() {
        Route::Home => pages::home::Home().into_any(),
        Route::NewConnection => pages::connection::NewConnection().into_any(),
        Route::Connection { conn } => view! { <pages::connection::ConnectionSettings conn=conn /> }.into_any(),
        Route::List { conn, kind } => view! { <pages::list::ListPage conn=conn kind=kind /> }.into_any(),
        Route::Detail { conn, kind, id } => view! { <pages::detail::DetailPage conn=conn kind=kind id=id /> }.into_any(),
        Route::Resource { conn, of, id } => view! { <pages::resource::ResourcePage conn=conn of=of id=id /> }.into_any(),
        Route::Settings => pages::settings::SettingsPage().into_any(),
        Route::Help => pages::help::HelpPage().into_any(),
        Route::NotFound => pages::not_found::NotFound().into_any(),
    };
    let close = Callback::new(move |id| console.notices.close(id));
    view! {
        <a class="skip" href="#main" on:click=move |event| {
            // With a <base> the browser would leave the page for the base's own #main.
            event.prevent_default();
            focus::by_id("main");
        }>"Skip to content"</a>
        <div class="app" data-drawer=live(move || drawer.get().then_some("open"))>
            <Rail drawer=drawer on_help=Callback::new(move |()| help.set(true)) />
            <TopBar drawer=drawer />
            <main id="main" tabindex="-1">{live_view(page)}</main>
        </div>
        {live_view(move || help.get().then(|| view! { <pages::help::HelpDialog on_close=Callback::new(move |()| help.set(false)) /> }))}
        <ToastHost toasts=console.notices.shown() on_close=close />
        <live::LiveRegion />
    }
}

/// Sets the tab's title for as long as the page lives.
pub fn use_title(subject: impl Fn() -> String + 'static) {
    let console = Console::here();
    Effect::new(move |_| {
        let name = console.connections.config().map_or_else(|| "Longrun".to_owned(), |config| config.title);
        title::set(&subject(), &name);
    });
}

fn keys(console: Console, help: RwSignal<bool>) {
    let listener = keyboard::on_keydown(move |key| {
        if key.in_dialog || key.alt {
            return false;
        }
        let palette = key.command && key.name.eq_ignore_ascii_case("k");
        if key.typing && !palette || key.command && !palette {
            return false;
        }
        match key.name.as_str() {
            _ if palette => focus::by_id("omnibox"),
            "/" => focus::by_id("omnibox"),
            "?" => {
                help.set(true);
                true
            }
            "t" => {
                console.settings.turn_theme();
                true
            }
            _ => false,
        }
    });
    if let Some(listener) = listener {
        hold(listener);
    }
}
