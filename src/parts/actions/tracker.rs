//! An action under way, on the page of its operation: how far it is, how long it takes, and what stronger there is.

use crate::reactive::prelude::*;

use super::confirm::confirm;
use super::{connection_off, leading, look};
use crate::reactive::{derive, effect, memo};
use crate::state::Console;
use crate::state::act::Place;
use crate::state::act::after::gone;
use crate::state::detail::Detail;
use crate::ui::el::{Node, el, live_node};
use crate::ui::{Button, Glyph, Look, icon};
use longrun_core::dialect::{Action, Availability, Key, Reach, Settles};
use longrun_core::model::Operation;
use longrun_core::text::fill;
use longrun_core::time::{Millis, SECOND, duration};
use longrun_core::view::follow::{End, Phase};

/// Follows what is under way on that operation, if anything is.
#[component]
pub fn Tracker(place: Place, key: Key, detail: Detail) -> Node {
    let console = Console::here();
    let follows = console.acting.follows;
    let at = StoredValue::new((place, key));
    let tracked = memo(move |_| at.with_value(|(place, key)| follows.find(place, key)));
    // What was read for the tracker is what the page shows.
    effect(move |_: Option<()>| {
        let Some(tracked) = tracked.get() else { return };
        if let Some(shown) = tracked.shown {
            let newer = detail.shown.with_untracked(|known| known.as_ref() != Some(&shown));
            if newer && tracked.trouble.is_none() {
                detail.shown.set(Some(shown));
                detail.fresh.update(|fresh| fresh.succeeded(console.now.get_untracked()));
            }
        }
        if tracked.follow.phase == Phase::Settled(End::Gone) {
            at.with_value(|(place, key)| {
                follows.dismiss(place, key);
                gone(console, place, key);
            });
        }
    });
    let is_there = memo(move |_| tracked.with(Option::is_some));
    live_node(move || is_there.get().then(|| strip(console, at, tracked, detail)))
}

type At = StoredValue<(Place, Key)>;
type Tracked = Memo<Option<crate::state::act::follow::Tracked>>;

fn strip(console: Console, at: At, tracked: Tracked, detail: Detail) -> Node {
    let follows = console.acting.follows;
    let now = move || Millis(console.now.get().0);
    let says =
        memo(move |_| tracked.with(|tracked| tracked.as_ref().map(|t| t.follow.says())).unwrap_or_default());
    let is_open = memo(move |_| tracked.with(|tracked| tracked.as_ref().is_some_and(|t| t.follow.is_open())));
    let elapsed = move || {
        let open = is_open.get();
        let now = if open { now() } else { console.now.get_untracked() };
        let span =
            tracked.with(|tracked| tracked.as_ref().map(|t| t.follow.elapsed(now)).unwrap_or_default());
        let span = duration(span / SECOND * SECOND);
        fill(if open { "for {0}" } else { "after {0}" }, &[&span])
    };
    let trouble = move || {
        let error = tracked.with(|tracked| tracked.as_ref().and_then(|t| t.trouble.clone()))?;
        Some(
            el("p")
                .class("soft")
                .text(fill("It could not be read again. {0} It is tried again.", &[&error.told()])),
        )
    };
    let unclear = move || tracked.with(|tracked| tracked.as_ref().map(|t| t.follow.phase));
    let open = RwSignal::new(None::<&'static Action>);
    let next = memo(move |_| {
        let offers = tracked.with(|tracked| {
            tracked.as_ref().filter(|t| t.follow.offers_next(now())).map(|t| t.follow.label)
        })?;
        let op = detail.shown.with(|shown| shown.as_ref().map(|shown| shown.op.clone()))?;
        at.with_value(|(place, _)| stronger(place, offers, &op).map(|action| action.id))
    });
    let rung = move || {
        let id = next.get()?;
        let action = at.with_value(|(place, _)| place.table.actions.iter().find(|action| action.id == id))?;
        let place = StoredValue::new(at.with_value(|(place, _)| place.clone()));
        let off = connection_off(console, place, action.weight);
        let press = Callback::new(move |()| open.set(Some(action)));
        let (label, look) = (leading(action, ""), look(action.weight, false));
        Some(
            el("div")
                .class("rung")
                .child(el("p").text(action.consequence))
                .child(view! { <Button label=label look=look why_off=off on_press=press /> }),
        )
    };
    let dismiss = Callback::new(move |()| at.with_value(|(place, key)| follows.dismiss(place, key)));
    let close = move || {
        (!is_open.get()).then(|| {
            view! { <Button label="Close the tracker" look=Look::Ghost icon=Glyph::Close icon_only=true on_press=dismiss /> }
        })
    };
    let dialog = move || {
        let action = open.get()?;
        let (place, key) = at.get_value();
        let op = detail.shown.with_untracked(|shown| shown.as_ref().map(|shown| shown.op.clone()));
        let close = Callback::new(move |()| open.set(None));
        let sent = Callback::new(move |()| detail.refresh());
        Some(untrack(|| confirm(place, action, key, op.as_ref(), close, sent)))
    };
    let mark = derive(move || match unclear() {
        Some(Phase::Settled(End::Failed | End::Nothing)) => Glyph::Failed,
        Some(Phase::Settled(End::Finished)) => Glyph::Info,
        Some(Phase::Settled(_)) => Glyph::Check,
        Some(Phase::Unclear) => Glyph::Warn,
        _ => Glyph::Cancelling,
    });
    let section = el("section")
        .class("tracker")
        .attr("aria-label", "Action under way")
        .live("data-open", move || is_open.get().then_some("true"))
        .child(
            el("div")
                .class("row")
                .live_child(move || icon(mark.get()))
                .child(el("strong").attr("role", "status").live_text(move || says.get()))
                .child(el("span").class("quiet").live_text(elapsed))
                .child(el("span").class("push").live_child(close)),
        )
        .live_child(trouble)
        .live_child(rung);
    [Node::from(section), live_node(dialog)].into()
}

/// The next action of the ladder that can be taken now: one further down the table that ends the same way.
fn stronger(place: &Place, label: &str, op: &Operation) -> Option<&'static Action> {
    let mut later = place.table.actions.iter().skip_while(|action| action.label != label).skip(1);
    later.find(|action| {
        action.reach == Reach::Item
            && action.settles == Settles::WhenEnded
            && (action.allowed)(op) == Availability::Ready
    })
}
