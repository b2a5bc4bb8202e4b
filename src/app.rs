//! The shell: providers, frame, and the page of the route.

use std::sync::Arc;

use crate::reactive::prelude::*;

use crate::pages;
use crate::parts::palette;
use crate::parts::rail::Rail;
use crate::parts::shortcuts::shortcuts;
use crate::parts::topbar::TopBar;
use crate::platform::{focus, language, pause, task, title};
use crate::reactive::{derive, effect};
use crate::routes::Route;
use crate::state::Console;
use crate::state::language::learn;
use crate::transport::{Fetch, SharedTransport};
use crate::ui::el::{Node, el, live_node};
use crate::ui::{ToastHost, commands, live};

/// Mounts the console into `#app`, in place of the "loading" text there.
pub fn start() {
    // In the release bundle a panic ends without a word; public/boot.js shows the screen for it in every build.
    #[cfg(debug_assertions)]
    console_error_panic_hook::set_once();
    let Some(root) = crate::platform::app_root() else { return };
    root.set_text_content(None);
    let transport: SharedTransport = Arc::new(Fetch::default());
    let mount = move |transport, trouble: Option<String>| {
        mount_to(root, move || view! { <App transport=transport trouble=trouble /> }).forget();
    };
    let wanted = language::wanted();
    if wanted == language::ENGLISH {
        return mount(transport, None);
    }
    task::spawn(async move {
        let trouble = learn(&transport, wanted).await;
        mount(transport, trouble);
    });
}

/// The whole console.
#[component]
pub fn App(
    transport: SharedTransport,
    /// Why the console speaks English although another language was wanted.
    #[prop(optional_no_strip)]
    trouble: Option<String>,
) -> Node {
    live::provide();
    commands::provide();
    let console = Console::start(transport);
    let palette = palette::provide(console);
    if let Some(why) = trouble {
        console.notices.failed("The chosen language could not be read; this is English", why);
    }
    let route = console.router.route;
    let help = RwSignal::new(false);
    let drawer = RwSignal::new(false);
    let hint = shortcuts(console, palette, help);
    // A new page takes the focus, so that a screen reader starts there; a changed filter does not.
    effect(move |before: Option<Route>| {
        let now = route.get();
        drawer.set(false);
        if before.is_some_and(|before| before != now) {
            focus::by_id("main");
        }
        now
    });
    let skip = el("a")
        .class("skip")
        .attr("href", "#main")
        .on("click", |event| {
            // With a <base> the browser would leave the page for the base's own #main.
            event.prevent_default();
            focus::by_id("main");
        })
        .text("Skip to content");
    let open_help = Callback::new(move |()| help.set(true));
    let main = el("main").attr("id", "main").attr("tabindex", "-1").live_child(move || page(route.get()));
    let frame = el("div")
        .class("app")
        .live("data-drawer", move || drawer.get().then_some("open"))
        .child(view! { <Rail drawer=drawer on_help=open_help /> })
        .child(view! { <TopBar drawer=drawer /> })
        .child(main);
    let close_help = Callback::new(move |()| help.set(false));
    let help =
        live_node(move || help.get().then(|| view! { <pages::help::HelpDialog on_close=close_help /> }));
    let close = Callback::new(move |id| console.notices.close(id));
    Node::Many(vec![
        skip.into(),
        frame.into(),
        help,
        hint,
        view! { <ToastHost toasts=console.notices.shown() on_close=close /> }.into(),
        view! { <live::LiveRegion /> }.into(),
    ])
}

/// The page of a route.
fn page(route: Route) -> Node {
    match route {
        Route::Home => view! { <pages::now::NowPage /> }.into(),
        Route::All => view! { <pages::all::AllPage /> }.into(),
        Route::NewConnection => view! { <pages::connection::NewConnection /> }.into(),
        Route::Connection { conn } => view! { <pages::connection::ConnectionSettings conn=conn /> }.into(),
        Route::Failures { conn } => view! { <pages::failures::FailuresPage conn=conn /> }.into(),
        Route::List { conn, kind } => view! { <pages::list::ListPage conn=conn kind=kind /> }.into(),
        Route::Detail { conn, kind, id } => {
            view! { <pages::detail::DetailPage conn=conn kind=kind id=id /> }.into()
        }
        Route::Form { conn, kind } => {
            view! { <pages::action_form::ActionFormPage conn=conn kind=kind /> }.into()
        }
        Route::Cleanup { conn, kind } => view! { <pages::cleanup::CleanupPage conn=conn kind=kind /> }.into(),
        Route::Resource { conn, of, id } => {
            view! { <pages::resource::ResourcePage conn=conn of=of id=id /> }.into()
        }
        Route::Watch => view! { <pages::watch::WatchPage /> }.into(),
        Route::Settings => view! { <pages::settings::SettingsPage /> }.into(),
        Route::Help => view! { <pages::help::HelpPage /> }.into(),
        Route::NotFound => view! { <pages::not_found::NotFound /> }.into(),
    }
}

/// Sets the tab's title for as long as the page lives.
pub fn use_title(subject: impl Fn() -> String + 'static) {
    follow_title(derive(subject));
}

/// Milliseconds until the tab's title follows.
const TITLE_MS: u32 = 60;

fn follow_title(subject: Signal<String>) {
    let console = Console::here();
    effect(move |before: Option<()>| {
        let name = console.connections.config().map_or_else(|| "Longrun".to_owned(), |config| config.title);
        let subject = subject.with(|subject| console.watch.titled(subject));
        if before.is_none() {
            title::set(&subject, &name);
            return;
        }
        // After what was typed is on the screen; of titles that follow each other quickly only the last is set.
        task::scoped(async move {
            pause::sleep(TITLE_MS).await;
            title::set(&subject, &name);
        });
    });
}
