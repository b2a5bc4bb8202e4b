//! The rail: connections with their colours, and the way to settings and help. On narrow screens it is a drawer.

use leptos::prelude::*;

use crate::routes::Route;
use crate::state::Console;
use crate::ui::{Glyph, Icon, live, live_view};
use longrun_core::view::config::Connection;

/// The main navigation.
#[component]
pub fn Rail(
    /// Whether the drawer is open, where the rail is one.
    drawer: RwSignal<bool>,
    on_help: Callback<()>,
) -> impl IntoView {
    let console = Console::here();
    let router = console.router;
    let conns = move || console.connections.all().unwrap_or_default();
    let may_add = move || console.connections.config().is_none_or(|config| config.allow_other_connections);
    let page = move |route: Route, glyph: Glyph, label: &'static str| {
        let href = router.href(&route, "");
        let current = move || (router.route.get() == route).then_some("page");
        view! { <li><a class="rail-link" href=href aria-current=live(current)><Icon glyph=glyph />{label}</a></li> }
    };
    view! {
        <nav class="rail" id="rail" aria-label="Main" on:keydown=move |event| {
            if event.key() == "Escape" { drawer.set(false); }
        }>
            <a class="brand" href=router.href(&Route::Home, "")><Icon glyph=Glyph::Longrun />"Longrun"</a>
            <h2 id="rail-conns">"Connections"</h2>
            <ul aria-labelledby="rail-conns">
                <For each=conns key=|conn| format!("{} {}", conn.id, conn.name) children=move |conn| one(console, conn) />
            </ul>
            <ul>{live_view(move || may_add().then(|| page(Route::NewConnection, Glyph::Plus, "Add connection")))}</ul>
            <ul class="rail-foot">
                {page(Route::Settings, Glyph::Settings, "Settings")}
                <li>
                    <button class="rail-link" type="button" aria-keyshortcuts="?" on:click=move |_| on_help.run(())>
                        <Icon glyph=Glyph::Help />"Keys and help"<kbd class="count" aria-hidden="true">"?"</kbd>
                    </button>
                </li>
            </ul>
        </nav>
        <div class="rail-scrim" on:click=move |_| drawer.set(false)></div>
    }
}

fn one(console: Console, conn: Connection) -> impl IntoView {
    let router = console.router;
    let Some(dialect) = conn.dialect() else { return ().into_any() };
    let about = dialect.describe();
    let kinds = about.kinds;
    let id = StoredValue::new(conn.id.clone());
    let here = Memo::new(move |_| router.route.with(|route| id.with_value(|id| route.conn() == Some(id))));
    let signed_in = move || id.with_value(|id| console.connections.session(id)).is_some();
    let first = kinds.first().copied().unwrap_or_default();
    let link = move |kind: &str| Route::List { conn: id.get_value(), kind: kind.to_owned() };
    let settings = Route::Connection { conn: conn.id.clone() };
    let settings_href = router.href(&settings, "");
    let links = move || {
        let list = kinds.iter().map(|kind| {
            let route = link(kind);
            let href = router.href(&route, "");
            let current = move || {
                router.route.with(|now| match now {
                    Route::List { kind, .. } | Route::Detail { kind, .. } => Some(kind.clone()),
                    _ => None,
                }) == Some((*kind).to_owned())
            };
            let label = about.noun;
            view! { <li><a class="rail-link" href=href aria-current=live(move || current().then_some("page"))>{label}</a></li> }
        });
        let at_settings = { let settings = settings.clone(); move || (router.route.get() == settings).then_some("page") };
        view! {
            <ul class="kinds">
                {list.collect_view()}
                <li><a class="rail-link" href=settings_href.clone() aria-current=live(at_settings)>"Connection"</a></li>
            </ul>
        }
    };
    view! {
        <li class=format!("conn band-{}", conn.band)>
            <a class="conn-name" href=router.href(&link(first), "") aria-current=live(move || here.get().then_some("true"))>
                <strong>{conn.name.clone()}</strong>
                <span class="api">{about.title}{live_view(move || (!signed_in()).then_some(", signed out"))}</span>
            </a>
            {live_view(move || here.get().then(links.clone()))}
        </li>
    }
    .into_any()
}
