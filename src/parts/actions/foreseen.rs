//! What an action by criteria would hit: how many, from when to when, some of them, and what is kept and why.

use crate::reactive::prelude::*;

use super::counted;
use crate::parts::cell::short;
use crate::platform::clock;
use crate::state::Console;
use crate::state::act::Place;
use crate::state::act::preview::Foreseen;
use crate::ui::el::{El, Node, el};
use crate::ui::{Callout, StatusMark, Tone};
use longrun_core::dialect::ActionCall;
use longrun_core::model::Operation;
use longrun_core::text::{fill, t};
use longrun_core::time::{Millis, relative};

/// The id of its heading, which takes the focus when it appears.
pub const WHAT_GOES: &str = "what-goes";

/// So many are shown.
const SAMPLE: usize = 20;

/// What was looked up, for which call, and when.
pub struct Foresight {
    /// The call it is about.
    pub call: ActionCall,
    /// `None` where the API needs no preview.
    foreseen: Option<Foreseen>,
    at: Millis,
}

impl Foresight {
    /// As just looked up.
    pub fn new(call: ActionCall, foreseen: Option<Foreseen>) -> Foresight {
        Foresight { call, foreseen, at: Millis(clock::now_ms()) }
    }

    /// How many would go.
    pub fn count(&self) -> Option<usize> {
        self.foreseen.as_ref().map(|foreseen| foreseen.preview.hit.len())
    }

    /// Why it must not be sent.
    pub fn blocked(&self) -> Option<String> {
        let foreseen = self.foreseen.as_ref()?;
        let none = foreseen.preview.hit.is_empty().then(|| t("Nothing fits these criteria.").to_owned());
        foreseen.preview.refused.clone().or(none)
    }

    fn hit(&self) -> Vec<&Operation> {
        let Some(Foreseen { listed, preview }) = &self.foreseen else { return vec![] };
        preview.hit.iter().filter_map(|at| listed.get(*at)).collect()
    }

    /// True where the same operations would go.
    pub fn is_same(&self, other: &Foresight) -> bool {
        let ids = |seen: &Foresight| {
            let mut ids: Vec<Box<str>> = seen.hit().iter().map(|op| op.id.clone()).collect();
            ids.sort_unstable();
            ids
        };
        ids(self) == ids(other)
    }

    /// How many are kept, by reason.
    fn kept(&self) -> Vec<(&'static str, usize)> {
        let mut kept: Vec<(&'static str, usize)> = vec![];
        for (_, why) in self.foreseen.iter().flat_map(|foreseen| &foreseen.preview.kept) {
            match kept.iter_mut().find(|(known, _)| known == why) {
                Some((_, count)) => *count += 1,
                None => kept.push((why, 1)),
            }
        }
        kept
    }
}

/// Shows it.
pub fn what_goes(place: &Place, seen: &Foresight) -> El {
    let console = Console::here();
    let one = place.table.one;
    let hit = seen.hit();
    let count = hit.len();
    let times = || hit.iter().filter_map(|op| op.created.millis());
    let span = times().min().zip(times().max()).map(|(oldest, newest)| {
        let text = move |at| console.settings.short_text(at);
        el("small").live_text(move || fill("{0} to {1}", &[&text(oldest), &text(newest)]))
    });
    let tally = |head: &'static str, count: usize, more: Node| {
        el("div")
            .child(el("dt").text(head))
            .child(el("dd").text(super::super::status_bar::grouped(count)).child(more))
    };
    let kept = seen.kept().into_iter().map(|(why, count)| tally("Kept", count, el("small").text(why).into()));
    let tallies = el("dl")
        .class("tallies")
        .child(tally("Would go for good", count, span.into()))
        .child(kept.collect::<Node>());
    let at = seen.at;
    let age = move || {
        fill(
            "Counted {0}. It is counted again just before sending.",
            &[&relative(Millis(console.now.get().0.max(at.0)), at)],
        )
    };
    let blocked = seen.blocked().map(|why| {
        let body = el("p").text(why);
        view! { <Callout tone=Tone::Warn head="Nothing will be sent" alert=true body=body /> }
    });
    let sample = (count > 0).then(|| {
        let shown = hit.iter().take(SAMPLE).map(|op| row(console, op)).collect::<Node>();
        let head = ["Operation", "Status", "ID", place.table.times[0]]
            .map(|head| el("th").attr("scope", "col").text(head));
        let table = el("table")
            .class("table")
            .attr("aria-label", "A sample of what would go")
            .child(el("thead").child(el("tr").child(head)))
            .child(el("tbody").child(shown));
        let head = fill(
            "{0} of {1}",
            &[&counted(count.min(SAMPLE), one), &super::super::status_bar::grouped(count)],
        );
        [el("h3").text(head), el("div").class("panel").child(el("div").class("table-scroll").child(table))]
    });
    let announce = if seen.foreseen.is_some() {
        fill("{0} would go.", &[&counted(count, one)])
    } else {
        t("This API gives no way to look beforehand.").to_owned()
    };
    el("section")
        .class("stack")
        .attr("aria-label", "What this does")
        .child(el("h2").attr("id", WHAT_GOES).attr("tabindex", "-1").text("What this does"))
        .child(el("p").attr("role", "status").text(announce))
        .child(seen.foreseen.is_some().then_some(tallies))
        .child(el("p").class("quiet").live_text(age))
        .child(blocked)
        .child(sample.map(Node::from))
}

fn row(console: Console, op: &Operation) -> El {
    let what = [op.kind.as_deref(), op.name.as_deref()].into_iter().flatten().collect::<Vec<_>>().join(" ");
    let native = op.status.as_deref().unwrap_or_default().to_owned();
    let created = op.created.millis();
    el("tr")
        .child(el("th").attr("scope", "row").text(what))
        .child(
            el("td")
                .child(view! { <StatusMark slug=op.state.slug() label=op.state.label() native=native /> }),
        )
        .child(el("td").class("mono").attr("title", op.id.to_string()).text(short(&op.id)))
        .child(
            el("td").live_text(move || {
                created.map_or_else(|| "-".to_owned(), |at| console.settings.exact_text(at))
            }),
        )
}
