//! What follows from the server's answer to an action: it is watched, told, or leads to another page. Knows no markup.

use leptos::prelude::untrack;

use super::Place;
use super::follow::refresh_list;
use super::send::Receipt;
use crate::platform::download;
use crate::routes::Route;
use crate::state::Console;
use longrun_core::dialect::{Action, ActionCall, Key, Outcome, Settles};
use longrun_core::http::{decode_query, encode_query};
use longrun_core::text::{fill, t};

/// What is left for the screen to do.
pub enum After {
    /// Nothing: the dialog can go.
    Close,
    /// Nothing at all: another page is on its way, and the one that asked must be left alone.
    Left,
    /// Say this.
    Say(String),
}

/// Acts on what the server said.
pub fn after(
    console: Console,
    place: &Place,
    action: &'static Action,
    call: &ActionCall,
    receipt: Receipt,
) -> After {
    let follows = console.acting.follows;
    match (receipt.outcome, receipt.before) {
        (Outcome::Requested, Some(before)) => {
            follows.begin(console, place.clone(), action, call.key.clone(), &before, false);
        }
        (Outcome::Unclear(_), Some(before)) => {
            follows.begin(console, place.clone(), action, call.key.clone(), &before, true);
        }
        (Outcome::Unclear(error), None) => {
            refresh_list(console, place);
            return After::Say(fill(
                "The answer does not tell whether it was done. {0} Look before you send it again.",
                &[&error.told()],
            ));
        }
        (Outcome::Done, _) => {
            refresh_list(console, place);
            if action.settles == Settles::WhenGone {
                if gone(console, place, &call.key) {
                    return After::Left;
                }
            } else {
                console.notices.done(fill("{0}: done", &[t(action.label)]));
            }
        }
        (Outcome::Requested, None) => {
            refresh_list(console, place);
            console.notices.done(fill("{0}: requested", &[t(action.label)]));
        }
        (Outcome::Created(key), _) => {
            refresh_list(console, place);
            console.notices.done(fill("{0}: the server has made {1}", &[t(action.label), &key.id]));
            console.router.go(&detail_href(console, place, &key));
            return After::Left;
        }
        (Outcome::Said(text), _) => {
            refresh_list(console, place);
            return After::Say(text);
        }
        (Outcome::File(name, text), _) => {
            if download::text(name, "application/json", &text) {
                console.notices.done(fill("{0} was handed over as a download", &[name]));
            } else {
                return After::Say(t("The browser refused the download.").to_owned());
            }
        }
    }
    After::Close
}

/// An operation is deleted: its page has nothing to show any more. True where that leads to the list.
pub fn gone(console: Console, place: &Place, key: &Key) -> bool {
    console.notices.done(fill("The {0} {1} is deleted", &[t(place.table.one), &key.id]));
    console.watch.forget(place.watched(key).key());
    let here = untrack(|| {
        let is_page = |route: &Route| {
            matches!(route, Route::Detail { conn, kind, id }
                if *conn == place.conn.id && kind == place.table.id && *id == key.id)
        };
        let tenant = key.tenant.clone().map(|tenant| ("tenant".to_owned(), tenant));
        let in_tenant = |search: &String| tenant.is_none_or(|tenant| decode_query(search).contains(&tenant));
        console.router.route.with(is_page) && console.router.search.with(in_tenant)
    });
    if here {
        console.router.go(&list_href(console, place));
    }
    here
}

/// The list as it was left: its filters are part of its address.
pub fn list_href(console: Console, place: &Place) -> String {
    let route = Route::List { conn: place.conn.id.clone(), kind: place.table.id.to_owned() };
    console.router.href(&route, &untrack(|| place.list(console).query()).to_search())
}

/// The page of one operation.
pub fn detail_href(console: Console, place: &Place, key: &Key) -> String {
    let (conn, kind) = (place.conn.id.clone(), place.table.id.to_owned());
    let search = key.tenant.as_deref().map(|tenant| encode_query([("tenant", tenant)])).unwrap_or_default();
    console.router.href(&Route::Detail { conn, kind, id: key.id.clone() }, &search)
}
