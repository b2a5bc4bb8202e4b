//! A connection with its main list, for pages that look at several connections: what can be said of how true that list
//! is, in one line.

use crate::reactive::prelude::*;

use super::connected::Connected;
use super::status_bar::grouped;
use crate::reactive::memo;
use crate::routes::Route;
use crate::state::Console;
use crate::state::list::List;
use crate::state::offer::{Offer, Refreshable};
use crate::ui::el::{El, el};
use crate::ui::{Glyph, icon_s};
use longrun_core::dialect::ServerQuery;
use longrun_core::http::ApiError;
use longrun_core::model::StateSet;
use longrun_core::query::ListQuery;
use longrun_core::text::{fill, t};
use longrun_core::time::{Millis, SECOND, duration, relative};
use longrun_core::view::rows::SlotNo;

/// A connection and the list of its main kind.
#[derive(Clone)]
pub struct Source {
    /// The connection.
    pub at: Connected,
    /// Its list.
    pub list: List,
}

/// How it stands with a source's rows.
#[derive(Clone, PartialEq)]
pub enum Standing {
    /// Nobody is signed in.
    SignedOut,
    /// The server cannot be asked yet: why, in a sentence.
    Unasked(String),
    /// Being read for the first time.
    First,
    /// Read, and if the newest try failed, why.
    Read(Option<ApiError>),
    /// Never read, and why.
    Failed(ApiError),
}

/// Every connection with its main list; `None` until the configuration was read.
pub fn sources(console: Console) -> Option<Vec<Source>> {
    let one = |conn: longrun_core::view::config::Connection| {
        let dialect = conn.dialect()?;
        let table = dialect.describe().kinds.first()?;
        let list = console.lists.open(console, &conn, dialect, table.id);
        Some(Source { at: Connected { conn, dialect, kind: table.id, table }, list })
    };
    Some(console.connections.all()?.into_iter().filter_map(one).collect())
}

impl Source {
    /// What the server is asked when the connection opens.
    pub fn start(&self) -> ServerQuery {
        ListQuery::from_search(&self.at.conn.start, self.list.tables()).server
    }

    /// The address of its list with the server asked as at the start, and the rest as given.
    pub fn href(&self, console: Console, query: &ListQuery) -> String {
        let query = ListQuery { server: self.start(), ..query.clone() };
        let route = Route::List { conn: self.at.conn.id.clone(), kind: self.at.kind.to_owned() };
        console.router.href(&route, &query.to_search())
    }

    /// The address of those in one state.
    pub fn href_of(&self, console: Console, states: StateSet, from: Option<i64>) -> String {
        let from = from.map(longrun_core::query::TimeBound::Ago);
        self.href(console, &ListQuery { states, from, ..ListQuery::default() })
    }

    /// Follows how it stands.
    pub fn standing(&self, console: Console) -> Memo<Standing> {
        let (list, id) = (self.list, self.at.conn.id.clone());
        memo(move |_| {
            let signed_in = console.connections.session(&id).is_some();
            let fresh = list.fresh.get();
            let failed = fresh.failure.map(|failure| failure.error);
            match (signed_in, fresh.loaded_at, list.unasked.get(), failed) {
                (false, ..) => Standing::SignedOut,
                (_, None, Some(why), _) => Standing::Unasked(why.to_string()),
                (_, Some(_), _, failed) => Standing::Read(failed),
                (_, None, None, Some(error)) => Standing::Failed(error),
                (_, None, None, None) => Standing::First,
            }
        })
    }

    /// The standing in a line that follows the clock, with its mark.
    pub fn line(&self, console: Console, standing: &Standing) -> (Glyph, Signal<String>) {
        let list = self.list;
        let (glyph, says): (Glyph, fn(Console, List) -> String) = match standing {
            Standing::SignedOut => {
                (Glyph::Key, |console, list| match list.fresh.with(|fresh| fresh.loaded_at) {
                    Some(at) => fill("Signed out, read {0}", &[&relative(later(console, at), at)]),
                    None => t("Signed out").to_owned(),
                })
            }
            Standing::Unasked(_) => (Glyph::Info, |_, _| t("Cannot be listed as a whole").to_owned()),
            Standing::First => (Glyph::Refresh, |_, list| match list.progress.get() {
                Some(progress) => fill("First read, {0} so far", &[&grouped(progress.rows)]),
                None => t("First read").to_owned(),
            }),
            Standing::Read(None) => (Glyph::Check, read),
            Standing::Read(Some(_)) | Standing::Failed(_) => (Glyph::Warn, old),
        };
        (glyph, crate::reactive::derive(move || says(console, list)))
    }
}

/// Asks each source as at its start, and keeps them fresh until the page goes.
pub fn follow(source: &Source) {
    source.list.ask(ListQuery { server: source.start(), ..ListQuery::default() });
    source.list.keep_fresh();
}

fn read(console: Console, list: List) -> String {
    let Some(at) = list.fresh.with(|fresh| fresh.loaded_at) else { return String::new() };
    let age = relative(later(console, at), at);
    if list.is_remembered() {
        fill("Read {0}, watched IDs only", &[&age])
    } else if list.reach.with(|reach| reach.more) {
        fill("First {0} read {1}, more on the server", &[&grouped(list.loaded()), &age])
    } else {
        fill("Read {0}", &[&age])
    }
}

fn old(console: Console, list: List) -> String {
    let fresh = list.fresh.get();
    let now = console.now.get();
    let next = fresh.failure.and_then(|failure| failure.next_try);
    let next = next.map(|at| duration((at.since(now) / SECOND).max(0) * SECOND));
    let age = fresh.loaded_at.map(|at| duration((now.since(at) / SECOND).max(1) * SECOND));
    match (age, next) {
        (Some(age), Some(next)) => fill("{0} old, next try in {1}", &[&age, &next]),
        (Some(age), None) => fill("{0} old, not tried again by itself", &[&age]),
        (None, Some(next)) => fill("Not read, next try in {0}", &[&next]),
        (None, None) => t("Not read").to_owned(),
    }
}

/// The clock ticks once a second: what happened since the last tick happened now.
fn later(console: Console, at: Millis) -> Millis {
    Millis(console.now.get().0.max(at.0))
}

/// Of which connection a row is, in a list across connections; marked where that connection's rows are older than they
/// should be.
pub fn where_of(list: List, slot: SlotNo) -> Option<El> {
    let (_, conn, part) = list.part_of(slot)?;
    let stale = memo(move |_| part.fresh.with(|fresh| fresh.failure.is_some()));
    let mark = move || {
        stale.get().then(|| {
            let says = t("Older than it should be: the last read failed");
            let words = el("span").class("visually-hidden").text(says);
            el("span").class("odd").attr("title", says).child(icon_s(Glyph::Warn)).child(words)
        })
    };
    let name = el("span").class("clip").text(conn.name.clone());
    Some(
        el("span")
            .class(format!("where band-{}", conn.band))
            .child(el("span").class("swatch"))
            .child(name)
            .live_child(mark),
    )
}

/// One list across all of them.
pub fn across(console: Console, sources: &[Source]) -> Option<List> {
    console
        .lists
        .across(console, sources.iter().map(|source| (source.at.conn.clone(), source.list)).collect())
}

/// What can be refreshed on a page that looks at all of them.
pub fn offer(list: List) -> Callback<()> {
    let now = Callback::new(move |()| list.refresh(true));
    Offer::set(Refreshable { fresh: list.fresh, poller: list.poller(), now });
    now
}
