//! The watchlist on the screen: on its own page with notes and the way to take one off it, and as a panel among others.

use crate::reactive::prelude::*;

use super::cell::{left_text, progress_bar, short};
use crate::platform::focus;
use crate::reactive::memo;
use crate::routes::Route;
use crate::state::Console;
use crate::state::watch::{Watched, last_state};
use crate::ui::el::{El, Node, el};
use crate::ui::{Button, Glyph, Look, StatusMark};
use longrun_core::http::encode_query;
use longrun_core::model::Progress;
use longrun_core::text::{fill, t};
use longrun_core::time::{DAY, Millis, SECOND, duration, relative};

/// The watchlist as a panel: what it is, each operation in two lines, and the way to the whole page.
pub fn watchlist_panel() -> El {
    let console = Console::here();
    let href = console.router.href(&Route::Watch, "");
    let all = el("a").class("push inline-link").attr("href", href).text(t("Open the watchlist"));
    let head = el("header").child(el("h2").attr("id", "watchlist").text(t("Watchlist"))).child(all);
    let empty = move || (console.watch.counts().0 == 0).then(|| el("p").class("body soft").text(none()));
    el("section")
        .class("panel")
        .attr("aria-labelledby", "watchlist")
        .child(head)
        .live_child(empty)
        .child(entries(console, None))
}

/// Said where nothing is watched.
pub fn none() -> &'static str {
    t(
        "Press Watch on an operation's page, or on chosen rows of a list: here you see how each of them goes on, whatever API it belongs to.",
    )
}

/// The entries. `looked` are those whose end has just been looked at for the first time; with it, the entries have
/// notes and can be taken off.
pub fn entries(console: Console, looked: Option<RwSignal<Vec<String>>>) -> El {
    let numbers = move || console.watch.entries().iter().map(|entry| entry.number).collect();
    let draw = move |number| entry(console, number, looked);
    el("ul").class("list").attr("aria-label", t("Watched operations")).keyed(numbers, draw)
}

fn entry(console: Console, number: u64, looked: Option<RwSignal<Vec<String>>>) -> El {
    let one = memo(move |_| console.watch.entry(number));
    let is_new = move |one: &Watched| {
        one.unseen || looked.is_some_and(|looked| looked.with(|looked| looked.contains(&one.key())))
    };
    let said = move || one.get().map(|one| said(console, &one, is_new(&one), looked.is_some()));
    let end = move || one.get().map(|one| end(console, one));
    // What is typed here stays whatever is read meanwhile.
    let tools = looked.and_then(|_| untrack(|| one.get())).map(|one| tools(console, &one));
    el("li")
        .class("item watched")
        .child(el("div").live_child(said))
        .child(el("div").class("end").live_child(end))
        .child(tools)
        .live_child(move || looked.and_then(|_| error(&one.get()?)))
}

/// Name, state, connection, and what came of it.
fn said(console: Console, one: &Watched, is_new: bool, full: bool) -> Node {
    let conn = console.connections.find(&one.conn);
    let table = conn
        .as_ref()
        .and_then(|conn| conn.dialect()?.describe().kinds.iter().find(|table| table.id == one.kind));
    let name = if one.name.is_empty() && one.note.is_empty() {
        let noun = table.map(|table| table.one).unwrap_or_default();
        fill("{0} {1}", &[noun, &short(&one.id)])
    } else {
        console.watch.name(one)
    };
    let route = Route::Detail { conn: one.conn.clone(), kind: one.kind.clone(), id: one.id.clone() };
    let tenant = one.tenant.as_deref().map(|tenant| ("tenant", tenant));
    let href = console.router.href(&route, &encode_query(tenant));
    let link = el("a").attr("href", href).attr("title", one.id.clone()).text(name);
    let flag = |text: &'static str| el("span").class("flag").text(text);
    let title = el("div")
        .class("title")
        .child(link)
        .child(is_new.then(|| flag(t("new"))))
        .child(one.gone.then(|| flag(t("no longer known"))));
    let state = last_state(one);
    let mark = one.state.map(|_| {
        view! { <StatusMark slug=state.slug() label=state.label() native=one.status.clone() /> }
    });
    let band = conn.as_ref().map(|conn| conn.band).unwrap_or_default();
    let at = conn.as_ref().map_or(one.conn.clone(), |conn| conn.name.clone());
    let place = el("span").class(format!("where band-{band}")).child(el("span").class("swatch")).text(at);
    let why = match &conn {
        _ if one.is_over() => None,
        None => Some(t("This connection is not there any more, so it is not followed.")),
        Some(conn) if console.connections.session(&conn.id).is_none() => {
            Some(t("Signed out, so it is not followed."))
        }
        Some(_) => one.state.is_none().then(|| t("Not read yet.")),
    };
    let note =
        (!full && !one.name.is_empty() && !one.note.is_empty()).then(|| el("span").text(one.note.clone()));
    let id = full.then(|| el("span").class("mono").text(short(&one.id)));
    let meta = el("div")
        .class("meta")
        .child(mark)
        .child(place)
        .child(id)
        .child(note)
        .child(why.map(|why| el("span").text(why)));
    [title, meta].into()
}

/// Why it failed.
fn error(one: &Watched) -> Option<El> {
    let said =
        || el("p").class("error mono soft").attr("aria-label", t("Error text")).text(one.error.clone());
    (!one.error.is_empty()).then(said)
}

/// How far it is and since when; or when it ended, and how long the server knows of it.
fn end(console: Console, one: Watched) -> Node {
    let bar = one.percent.filter(|_| !one.is_over()).map(|percent| progress_bar(Progress::Percent(percent)));
    let expires = one.expires.filter(|_| !one.gone);
    let expiry = expires.map(|at| {
        let left = move || at.since(console.now.get());
        let soon = memo(move |_| left() < DAY);
        el("span").live("class", move || if soon.get() { "flag" } else { "quiet" }).live_text(move || {
            let left = left() / SECOND;
            if left > 0 { fill("expires in {0}", &[&left_text(left)]) } else { t("expired").to_owned() }
        })
    });
    let time = el("div").class("quiet nowrap").live_text(move || {
        let now = console.now.get();
        match (one.ended, one.begun) {
            (Some(ended), _) => fill("ended {0}", &[&relative(Millis(now.0.max(ended.0)), ended)]),
            (None, Some(begun)) if !one.is_over() => duration(now.since(begun).max(0)),
            _ => String::new(),
        }
    });
    [Node::from(bar), time.into(), expiry.into()].into()
}

/// The note, and the way off the list.
fn tools(console: Console, one: &Watched) -> El {
    let watch = console.watch;
    let key = StoredValue::new(one.key());
    let name = watch.name(one);
    let note = el("input")
        .class("input")
        .attr("type", "text")
        .attr("aria-label", fill("Note on {0}", &[&name]))
        .attr("placeholder", t("Note"))
        .attr("autocomplete", "off")
        .live_value(move || {
            let noted = |one: &Watched| (key.with_value(|key| one.key() == *key)).then(|| one.note.clone());
            watch.entries().iter().find_map(|entry| noted(&entry.kept)).unwrap_or_default()
        })
        .on("change", move |event| watch.note(&key.get_value(), event_target_value(&event).trim()));
    let remove = Callback::new(move |()| remove(console, &[key.get_value()]));
    let label = fill("Remove {0} from the watchlist", &[&name]);
    el("div").class("tools").child(note).child(
        view! { <Button label=label on_press=remove look=Look::Ghost icon=Glyph::Close icon_only=true /> },
    )
}

/// Takes some off the list, and offers to put them back.
pub fn remove(console: Console, keys: &[String]) {
    let gone = console.watch.drop(keys);
    // What had the focus is gone with them.
    focus::by_id("main");
    let back = gone.clone();
    let undo = Callback::new(move |()| console.watch.take_back(&back));
    let head = match gone.as_slice() {
        [one] => fill("{0} is no longer watched", &[&console.watch.name(one)]),
        _ => fill("{0} are no longer watched", &[&gone.len().to_string()]),
    };
    console.notices.offer(head, t("Undo"), undo);
}
