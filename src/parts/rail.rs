//! The rail: connections with their colours, and the way to settings and help. On narrow screens it is a drawer.

use crate::reactive::prelude::*;
use wasm_bindgen::JsCast;

use crate::reactive::memo;
use crate::routes::Route;
use crate::state::Console;
use crate::ui::el::{El, Node, el};
use crate::ui::{Glyph, icon, icon_s};
use longrun_core::text::{fill, t};
use longrun_core::view::config::Connection;

/// The main navigation.
#[component]
pub fn Rail(
    /// Whether the drawer is open, where the rail is one.
    drawer: RwSignal<bool>,
    on_help: Callback<()>,
) -> Node {
    let console = Console::here();
    let router = console.router;
    let may_add = move || console.connections.config().is_none_or(|config| config.allow_other_connections);
    let brand = el("a")
        .class("brand")
        .attr("href", router.href(&Route::Home, ""))
        .child(icon(Glyph::Longrun))
        .text("Longrun");
    let conns = el("ul").attr("aria-labelledby", "rail-conns").live_child(move || {
        let conns = console.connections.all().unwrap_or_default();
        conns.iter().filter_map(|conn| one(console, conn)).collect::<Node>()
    });
    let help = el("button")
        .class("rail-link")
        .attr("type", "button")
        .attr("aria-keyshortcuts", "?")
        .on("click", move |_| on_help.run(()))
        .child(icon(Glyph::Help))
        .text("Keys and help")
        .child(el("kbd").class("count").attr("aria-hidden", "true").text("?"));
    let nav = el("nav")
        .class("rail")
        .attr("id", "rail")
        .attr("aria-label", "Main")
        .on("keydown", move |event| {
            if event.dyn_ref::<web_sys::KeyboardEvent>().is_some_and(|pressed| pressed.key() == "Escape") {
                drawer.set(false);
            }
        })
        .child(brand)
        .child(
            el("ul")
                .child(page(console, Route::Home, Glyph::Now, "Now"))
                .child(page(console, Route::All, Glyph::List, "All operations"))
                .child(watch_link(console)),
        )
        .child(el("h2").attr("id", "rail-conns").text("Connections"))
        .child(conns)
        .child(el("ul").live_child(move || {
            may_add().then(|| page(console, Route::NewConnection, Glyph::Plus, "Add connection"))
        }))
        .child(
            el("ul")
                .class("rail-foot")
                .child(page(console, Route::Settings, Glyph::Settings, "Settings"))
                .child(el("li").child(help)),
        );
    let scrim = el("div").class("rail-scrim").on("click", move |_| drawer.set(false));
    [nav, scrim].into()
}

/// A link to a page of its own.
fn page(console: Console, route: Route, glyph: Glyph, label: &'static str) -> El {
    let link = el("a")
        .class("rail-link")
        .attr("href", console.router.href(&route, ""))
        .live("aria-current", move || console.router.route.with(|now| *now == route).then_some("page"))
        .child(icon(glyph))
        .text(label);
    el("li").child(link)
}

/// The way to the watchlist, with how many are on it, and whether one ended unseen.
fn watch_link(console: Console) -> El {
    let counts = memo(move |_| console.watch.counts());
    let count = move || {
        let (all, unseen) = counts.get();
        let shown = el("span").class("count").text(format!(" {all}"));
        let ended = (unseen > 0).then(|| {
            let says = fill("{0} ended", &[&unseen.to_string()]);
            el("span").class("ended").child(icon_s(Glyph::Check)).text(says)
        });
        (all > 0).then(|| [Node::from(ended), shown.into()])
    };
    let link = el("a")
        .class("rail-link")
        .attr("href", console.router.href(&Route::Watch, ""))
        .live("aria-current", move || console.router.route.with(|now| *now == Route::Watch).then_some("page"))
        .child(icon(Glyph::Watch))
        .text(t("Watchlist"));
    el("li").child(link.live_child(count))
}

/// A connection with its colour; the one on the screen shows where one can go in it.
fn one(console: Console, conn: &Connection) -> Option<El> {
    let router = console.router;
    let about = conn.dialect()?.describe();
    let id = StoredValue::new(conn.id.clone());
    let is_here = move || router.route.with(|route| id.with_value(|id| route.conn() == Some(id)));
    let here = memo(move |_| is_here());
    let signed_in = move || id.with_value(|id| console.connections.session(id)).is_some();
    let list = |kind: &str| Route::List { conn: conn.id.clone(), kind: kind.to_owned() };
    let first = list(about.kinds.first().map(|kind| kind.id).unwrap_or_default());
    // The query with which a connection opens is the one of its main kind.
    let start = |route: &Route| if *route == first { conn.start.clone() } else { String::new() };
    let links: Vec<(Route, &'static str, String)> = about
        .kinds
        .iter()
        .filter(|kind| kind.listed)
        .map(|kind| (list(kind.id), kind.noun))
        .chain([
            (Route::Failures { conn: conn.id.clone() }, "Failures"),
            (Route::Connection { conn: conn.id.clone() }, "Connection"),
        ])
        .map(|(route, label)| {
            let href = router.href(&route, &start(&route));
            (route, label, href)
        })
        .collect();
    let kinds = move || {
        let links = links.iter().map(|(route, label, href)| {
            let (route, href) = (route.clone(), href.clone());
            let current = move || router.route.with(|now| leads_to(&route, now)).then_some("page");
            el("li").child(
                el("a").class("rail-link").attr("href", href).live("aria-current", current).text(*label),
            )
        });
        el("ul").class("kinds").child(links.collect::<Node>())
    };
    let name =
        el("a")
            .class("conn-name")
            .attr("href", router.href(&first, &conn.start))
            .live("aria-current", move || here.get().then_some("true"))
            .child(el("strong").text(conn.name.clone()))
            .child(el("span").class("api").live_text(move || {
                fill(if signed_in() { "{0}" } else { "{0}, signed out" }, &[t(about.title)])
            }));
    let item = el("li").class(format!("conn band-{}", conn.band)).child(name);
    Some(item.live_child(move || here.get().then(&kinds)))
}

/// An operation's page belongs to its list.
fn leads_to(link: &Route, now: &Route) -> bool {
    match (link, now) {
        (
            Route::List { conn, kind },
            Route::Detail { conn: at, kind: of, .. }
            | Route::Form { conn: at, kind: of }
            | Route::Cleanup { conn: at, kind: of },
        ) => conn == at && kind == of,
        _ => link == now,
    }
}
