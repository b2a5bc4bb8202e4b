//! Keys that work on every page, and the hint while `g` waits for its letter. What they mean stands in `keys`.

use crate::reactive::prelude::*;

use super::palette::Palette;
use crate::keys::{self, Does, GOALS, Goal};
use crate::platform::timers::Timeout;
use crate::platform::{clipboard, history};
use crate::routes::Route;
use crate::state::Console;
use crate::ui::el::{El, Node, el, live_node};
use crate::ui::live;
use longrun_core::text::t;

/// How long `g` waits, in milliseconds.
const WAIT: i32 = 4_000;

/// Starts to listen; gives back the hint. `help` shows the keys.
pub fn shortcuts(console: Console, palette: Palette, help: RwSignal<bool>) -> Node {
    let waiting = RwSignal::new(false);
    let timer = StoredValue::new(None::<Timeout>);
    let wait = move |on: bool| {
        waiting.set(on);
        timer.set_value(if on { Timeout::new(WAIT, move || waiting.set(false)) } else { None });
    };
    // Before all others: the letter after `g` is none of theirs.
    keys::listen_raw(move |key| {
        let is_ours = waiting.get_untracked() && key.name != "Shift";
        if is_ours {
            wait(false);
            if let Some(url) = goal(console, &key.name) {
                console.router.go(&url);
            }
        }
        is_ours
    });
    let announcer = live::Announcer::current();
    let scope = crate::platform::task::Scope::current();
    keys::listen(move |does, key| {
        match does {
            Does::Help => help.set(true),
            Does::Find => palette.enter(false),
            Does::Palette => palette.enter(true),
            Does::Theme => console.settings.turn_theme(),
            Does::Refresh => match untrack(|| console.offer.get()) {
                Some(what) => what.now.run(()),
                None => return false,
            },
            Does::CopyLink => {
                let link = history::origin() + &console.router.url().get_untracked();
                scope.spawn(async move {
                    let said = match clipboard::write(&link).await {
                        Ok(()) => t("Copied").to_owned(),
                        Err(error) => error.to_string(),
                    };
                    if let Some(announcer) = announcer {
                        announcer.say(said.clone());
                    }
                    console.notices.done(said);
                });
            }
            Does::Go => wait(!key.repeat),
            _ => return false,
        }
        true
    });
    live_node(move || waiting.get().then(hint))
}

/// Where a letter leads.
fn goal(console: Console, letter: &str) -> Option<String> {
    let router = console.router;
    let conns = untrack(|| console.connections.all()).unwrap_or_default();
    let here = router.route.with_untracked(|route| route.conn().map(str::to_owned));
    let digit = letter.parse::<usize>().ok().and_then(|digit| digit.checked_sub(1));
    let goal = GOALS.iter().find(|(known, _, _)| *known == letter).map(|(_, goal, _)| *goal);
    let route = match (goal, digit) {
        (Some(Goal::Home), _) => Route::Home,
        (Some(Goal::All), _) => Route::All,
        (Some(Goal::Watch), _) => Route::Watch,
        (Some(Goal::Settings), _) => Route::Settings,
        (Some(Goal::Help), _) => Route::Help,
        (Some(Goal::List), _) | (None, Some(_)) => {
            let at = digit.unwrap_or_else(|| {
                conns.iter().position(|conn| Some(&conn.id) == here.as_ref()).unwrap_or_default()
            });
            let conn = conns.get(at)?;
            let kind = conn.dialect()?.describe().kinds.first()?.id.to_owned();
            return Some(router.href(&Route::List { conn: conn.id.clone(), kind }, &conn.start));
        }
        (None, None) => return None,
    };
    Some(router.href(&route, ""))
}

fn hint() -> El {
    let one =
        |key: &'static str, label: &'static str| el("span").child(el("kbd").text(key)).text(" ").text(label);
    let goals: Node = GOALS.iter().map(|(letter, _, label)| one(letter, t(label))).collect();
    el("div")
        .class("go-hint")
        .attr("role", "status")
        .child(el("strong").text(t("Go to")))
        .child(goals)
        .child(one("1–9", t("Connection")))
}
