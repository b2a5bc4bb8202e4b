//! A connection at a glance: what runs, failed and is stuck there, and how old that is.

use crate::reactive::memo;
use crate::reactive::prelude::*;

use super::freshness::reason;
use super::source::{Source, Standing};
use super::status_bar::grouped;
use crate::state::Console;
use crate::state::pulse::{Pulse, Tally};
use crate::ui::el::{El, Node, el};
use crate::ui::{Button, Glyph, Look, icon_s};
use longrun_core::model::{State, StateSet};
use longrun_core::query::ListQuery;
use longrun_core::text::{fill, t};
use longrun_core::time::DAY;

/// The card of the source at a position of the pulse.
pub fn card(console: Console, source: Source, at: usize, pulse: RwSignal<Pulse>) -> El {
    let conn = source.at.conn.clone();
    let standing = source.standing(console);
    let name = el("a").attr("href", source.href(console, &ListQuery::default())).text(conn.name.clone());
    let about = source.at.dialect.describe().title;
    let tally = move || pulse.with(|pulse| pulse.tallies.get(at).copied()).unwrap_or_default();
    // Nothing is told of rows that were not gone over yet.
    let known = memo(move |_| pulse.with(|pulse| pulse.tallies.len() > at));
    let (body, line) = (source.clone(), source);
    el("li")
        .class(format!("card band-{}", conn.band))
        .live("data-state", move || {
            matches!(standing.get(), Standing::SignedOut | Standing::Failed(_)).then_some("down")
        })
        .child(el("h3").child(name))
        .child(el("p").class("api").text(about))
        .live_child(move || says(console, &body, standing.get(), known.get(), tally))
        .child(el("p").class("age").live_child(move || {
            let standing = standing.get();
            let (glyph, text) = line.line(console, &standing);
            [
                Node::from(icon_s(glyph)),
                el("span").live_text(move || text.get()).into(),
                again(&line, &standing),
            ]
        }))
}

fn says(
    console: Console,
    source: &Source,
    standing: Standing,
    known: bool,
    tally: impl Fn() -> Tally + Copy + 'static,
) -> Node {
    let list = source.list;
    let has_rows = list.fresh.with_untracked(|fresh| fresh.loaded_at.is_some());
    let counts = (has_rows && known).then(|| counts(console, source, tally));
    let action: Node = match standing {
        Standing::SignedOut => {
            let sign_in = if has_rows { t("Sign in again") } else { t("Sign in") };
            let label = fill("{0}: {1}", &[sign_in, &source.at.conn.name]);
            let href = source.href(console, &ListQuery::default());
            let link =
                el("a").class("btn").attr("href", href).attr("aria-label", label).child(icon_s(Glyph::Key));
            el("div").class("row").child(link.text(sign_in)).into()
        }
        Standing::Unasked(why) => el("p").class("soft").text(why).into(),
        Standing::First => {
            let bones = ["bone bone-2", "bone bone-3", "bone bone-1"].map(|class| el("span").class(class));
            el("div").class("stack-s").attr("aria-hidden", "true").child(bones).into()
        }
        Standing::Read(None) => Node::None,
        Standing::Read(Some(error)) | Standing::Failed(error) => {
            el("p").class("soft").text(reason(&error)).into()
        }
    };
    [counts.into(), action].into()
}

/// The way to read it again where the last try failed.
pub fn again(source: &Source, standing: &Standing) -> Node {
    if !matches!(standing, Standing::Read(Some(_)) | Standing::Failed(_)) {
        return Node::None;
    }
    let list = source.list;
    let press = Callback::new(move |()| list.refresh(true));
    let label = fill("Try again: {0}", &[&source.at.conn.name]);
    view! { <Button label=label look=Look::Ghost icon=Glyph::Refresh icon_only=true on_press=press class="push" /> }.into()
}

/// A state with its label, since how long ago its operations began, and how many there are.
type Figure = (State, &'static str, Option<i64>, fn(Tally) -> usize);

/// Three figures, each of which leads to its rows.
fn counts(console: Console, source: &Source, tally: impl Fn() -> Tally + Copy + 'static) -> El {
    let figures: [Figure; 3] = [
        (State::Running, t("Running"), None, |tally| tally.running),
        (State::Failed, t("Failed, 24 h"), Some(DAY), |tally| tally.failed),
        (State::Stuck, t("Stuck"), None, |tally| tally.stuck),
    ];
    let figures = figures.map(|(state, label, from, of)| {
        let mark = el("dt")
            .class(format!("st-{}", state.slug()))
            .child(icon_s(Glyph::of_state(state.slug())))
            .child(el("span").text(label));
        let count = move || grouped(of(tally()));
        let link = el("a")
            .attr("href", source.href_of(console, StateSet::EMPTY.with(state), from))
            .live("aria-label", move || fill("{0} {1}", &[label, &count()]))
            .live("class", move || (of(tally()) == 0).then_some("zero"))
            .live_text(count);
        el("div").child(mark).child(el("dd").child(link))
    });
    el("dl").class("counts").child(figures)
}

/// The cards of all sources.
pub fn cards(console: Console, sources: &[Source], pulse: RwSignal<Pulse>) -> El {
    let cards =
        sources.iter().enumerate().map(|(at, source)| Node::from(card(console, source.clone(), at, pulse)));
    el("section")
        .attr("aria-labelledby", "cards")
        .child(el("h2").class("visually-hidden").attr("id", "cards").text(t("Connections")))
        .child(el("ul").class("cards").child(cards.collect::<Node>()))
}
