//! What the palette offers for a text: loaded operations, where the text leads, what can be done on the screen, pages,
//! and the search on every connection. Knows no markup.

use crate::reactive::prelude::*;

use super::loaded::loaded;
use crate::parts::cell::short;
use crate::parts::connected::TENANT;
use crate::parts::summary::capital;
use crate::platform::history;
use crate::routes::Route;
use crate::state::Console;
use crate::state::lookup::{Asked, Lookup};
use crate::ui::commands::Commands;
use crate::ui::{Glyph, MenuItem};
use longrun_core::dialect::{KindTable, Pasted, What};
use longrun_core::fold::lowered;
use longrun_core::http::encode_query;
use longrun_core::query::Tables;
use longrun_core::query::views::opened;
use longrun_core::text::{fill, t};
use longrun_core::view::config::Connection;
use longrun_core::view::omnibox::{Here, destinations, is_like_an_id, page};

/// Entries of any other group, once something was typed.
const MOST: usize = 8;

/// One entry.
#[derive(Clone)]
pub(super) struct Offer {
    pub(super) group: &'static str,
    pub(super) label: String,
    /// Below it, in small.
    pub(super) hint: String,
    /// The key that does the same.
    pub(super) end: Option<String>,
    pub(super) glyph: Option<Glyph>,
    /// Of the mark: a state's colour.
    pub(super) class: String,
    /// The colour of its connection.
    pub(super) band: Option<&'static str>,
    pub(super) why_off: Option<String>,
    pub(super) then: Then,
}

/// What an entry does.
#[derive(Clone)]
pub(super) enum Then {
    Go(String),
    Do(Callback<()>),
    Look(Pasted),
}

impl Offer {
    pub(super) fn new(group: &'static str, label: impl Into<String>, then: Then) -> Offer {
        let (hint, class) = (String::new(), String::new());
        let (end, glyph, band, why_off) = (None, None, None, None);
        Offer { group, label: label.into(), hint, end, glyph, class, band, why_off, then }
    }

    fn has(&self, words: &[String]) -> bool {
        let text = lowered(&self.label);
        words.iter().all(|word| text.contains(word.as_str()))
    }
}

/// What is there whatever is typed: what can be pressed on the screen, and the pages.
pub(super) fn standing(console: Console, commands: Option<Commands>) -> Vec<Offer> {
    let mut offers = vec![];
    let actions = t("On this page");
    for item in commands.map(Commands::all).unwrap_or_default() {
        let MenuItem { label, end, icon, why_off, act, .. } = item;
        // What stands at the end of an entry is a key, or says more of it.
        let (end, hint) = end.map_or((None, String::new()), |end| match end.len() {
            1 => (Some(end), String::new()),
            _ => (None, end),
        });
        offers.push(Offer { end, hint, glyph: icon, why_off, ..Offer::new(actions, label, Then::Do(act)) });
    }
    // Needed least, and made first: it is in the bar of every page.
    offers.sort_by_key(|offer| offer.end.as_deref() == Some("t"));
    let settings = console.settings;
    let times = if settings.exact.get() { t("Show relative times") } else { t("Show exact times") };
    offers.push(Offer::new(actions, times, Then::Do(Callback::new(move |()| settings.flip_times()))));
    let router = console.router;
    let pages = t("Pages");
    let mut views = vec![];
    let go = |route: &Route, search: &str| Then::Go(router.href(route, search));
    for conn in console.connections.all().unwrap_or_default() {
        let kinds = conn.dialect().map(|dialect| dialect.describe().kinds).unwrap_or_default();
        for (at, table) in kinds.iter().filter(|table| table.listed).enumerate() {
            let route = Route::List { conn: conn.id.clone(), kind: table.id.to_owned() };
            let label = fill("{0} on {1}", &[t(table.noun), &conn.name]);
            let start = if at == 0 { &*conn.start } else { "" };
            let tables = Tables { filters: table.filters, columns: table.columns };
            for view in console.views.of(conn.api, table.id) {
                let label = fill("{0}: {1}", &[&label, &view.name]);
                let then = go(&route, &opened(&view.search, tables).0);
                views.push(Offer { glyph: Some(Glyph::View), ..Offer::new(pages, label, then) });
            }
            offers.push(Offer { band: Some(conn.band), ..Offer::new(pages, label, go(&route, start)) });
        }
        let label = fill("Connection {0}", &[&conn.name]);
        let route = Route::Connection { conn: conn.id.clone() };
        offers.push(Offer { glyph: Some(Glyph::Plug), ..Offer::new(pages, label, go(&route, "")) });
    }
    offers.extend(views);
    for (route, label, glyph) in [
        (Route::Home, t("Now"), Glyph::Now),
        (Route::All, t("All operations"), Glyph::List),
        (Route::Watch, t("Watchlist"), Glyph::Watch),
        (Route::NewConnection, t("Add connection"), Glyph::Plus),
        (Route::Settings, t("Settings"), Glyph::Settings),
        (Route::Help, t("Keys and help"), Glyph::Help),
    ] {
        offers.push(Offer { glyph: Some(glyph), ..Offer::new(pages, label, go(&route, "")) });
    }
    offers
}

/// What is offered for a text. `>` before it means what can be pressed alone.
pub(super) fn of(
    console: Console,
    lookup: Lookup,
    pasted: &Pasted,
    text: &str,
    standing: &[Offer],
) -> Vec<Offer> {
    let text = text.trim();
    let (pressed_only, typed) = text.strip_prefix('>').map_or((false, text), |rest| (true, rest.trim()));
    let words: Vec<String> = typed.split_whitespace().map(lowered).collect();
    let pages = t("Pages");
    let fits = |offer: &&Offer| !(pressed_only && offer.group == pages) && offer.has(&words);
    if pressed_only || typed.is_empty() && !pasted.is_wrapped {
        return standing.iter().filter(fits).cloned().collect();
    }
    let mut offers = if words.is_empty() { vec![] } else { loaded(console, &words) };
    let conns = untrack(|| console.connections.all()).unwrap_or_default();
    let (sure, guesses) = leads(console, pasted, &conns);
    let found = looked(console, lookup, pasted);
    let may_look = found.is_empty();
    offers.extend(found);
    offers.extend(sure);
    if !words.is_empty() {
        for group in [t("On this page"), pages] {
            let of_group = standing.iter().filter(|offer| offer.group == group);
            offers.extend(of_group.filter(fits).take(MOST).cloned());
        }
    }
    offers.extend(guesses);
    offers.extend(look(console, lookup, pasted).filter(|_| may_look));
    // The same place twice is offered once.
    let mut seen: Vec<String> = vec![];
    offers.retain(|offer| match &offer.then {
        Then::Go(url) if seen.contains(url) => false,
        Then::Go(url) => {
            seen.push(url.clone());
            true
        }
        _ => true,
    });
    offers
}

/// Where the text leads: what something speaks for, and what nothing does.
fn leads(console: Console, pasted: &Pasted, conns: &[Connection]) -> (Vec<Offer>, Vec<Offer>) {
    let group = t("This leads to");
    let (origin, base) = (history::origin(), history::base_path());
    let on_screen = console.router.route.with_untracked(|route| route.conn().map(str::to_owned));
    let here = Here { origin: &origin, base: base.trim_end_matches('/'), conn: on_screen.as_deref() };
    if let Some((path, search)) = page(pasted, here, conns, &|path| Route::parse(path) != Route::NotFound) {
        let url = console.router.href(&Route::parse(path), search);
        let hint = t("The address is one of a console like this.").to_owned();
        let label = fill("Go to {0}", &[&url]);
        return (
            vec![Offer { glyph: Some(Glyph::Link), hint, ..Offer::new(group, label, Then::Go(url)) }],
            vec![],
        );
    }
    let (mut sure, mut guesses) = (vec![], vec![]);
    for found in destinations(pasted, conns, here).into_iter().take(MOST) {
        let offer = Offer {
            hint: found.why.to_owned(),
            ..object(console, group, &found.conn, found.table, found.what)
        };
        if found.is_guess { guesses.push(offer) } else { sure.push(offer) }
    }
    (sure, guesses)
}

/// An object or a list of a connection.
fn object(
    console: Console,
    group: &'static str,
    conn: &Connection,
    table: &'static KindTable,
    what: What,
) -> Offer {
    let (id, kind) = (conn.id.clone(), table.id.to_owned());
    let (label, route, search) = match what {
        What::One(key) => {
            let label = fill("{0} {1} on {2}", &[&capital(t(table.one)), &short(&key.id), &conn.name]);
            let search = encode_query(key.tenant.map(|tenant| (TENANT, tenant)));
            (label, Route::Detail { conn: id, kind, id: key.id }, search)
        }
        What::List(search) => (
            fill("{0} on {1}, filtered", &[t(table.noun), &conn.name]),
            Route::List { conn: id, kind },
            search,
        ),
    };
    Offer {
        band: Some(conn.band),
        ..Offer::new(group, label, Then::Go(console.router.href(&route, &search)))
    }
}

/// What the search on every connection brought.
fn looked(console: Console, lookup: Lookup, pasted: &Pasted) -> Vec<Offer> {
    let asked = lookup.asked.with_untracked(|(of, asked)| if of == pasted { asked.clone() } else { vec![] });
    let one = |asked: Asked| {
        let offer = object(console, t("Every connection"), &asked.conn, asked.table, What::One(asked.key));
        match asked.said {
            Some(Ok(())) => Offer { hint: t("Found.").to_owned(), ..offer },
            Some(Err(why)) => Offer { why_off: Some(why), ..offer },
            None => Offer { hint: t("Asking…").to_owned(), ..offer },
        }
    };
    asked.into_iter().map(one).collect()
}

/// The way to that search, where more than one connection would be asked.
fn look(console: Console, lookup: Lookup, pasted: &Pasted) -> Option<Offer> {
    let count = if is_like_an_id(&pasted.word) { lookup.requests(console, pasted).len() } else { 0 };
    let hint = fill("{0} requests, one to each that you are signed in to.", &[&count.to_string()]);
    let label = t("Look on every connection");
    let then = Then::Look(pasted.clone());
    (count > 1).then(|| Offer {
        hint,
        glyph: Some(Glyph::Search),
        ..Offer::new(t("Every connection"), label, then)
    })
}
