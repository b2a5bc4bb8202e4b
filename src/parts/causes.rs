//! Failures grouped by cause: how many, since when, whom they hit, and the way to exactly these rows. Must not know how
//! causes are found.

use crate::reactive::prelude::*;

use super::source::Source;
use super::status_bar::grouped;
use crate::state::Console;
use crate::state::pulse::Pulse;
use crate::ui::el::{El, Node, el, svg};
use longrun_core::model::{State, StateSet};
use longrun_core::query::{ListQuery, TimeBound};
use longrun_core::text::{fill, t};
use longrun_core::time::{Millis, relative};
use longrun_core::view::failures::{Group, PICTURE};

/// So many groups are shown at first, and so many more each time.
const STEP: usize = 12;
/// So many names are told; of more, how many there are.
const NAMES: usize = 3;

/// The query that finds a group's rows.
pub fn query_of(group: &Group, from: Option<TimeBound>) -> ListQuery {
    ListQuery {
        states: StateSet::EMPTY.with(State::Failed),
        text: group.query.clone(),
        from,
        ..ListQuery::default()
    }
}

/// The panel. `href` leads to a group's rows.
pub fn causes(
    console: Console,
    pulse: RwSignal<Pulse>,
    sources: &[Source],
    span: &'static str,
    href: Callback<ListQuery, String>,
    from: Option<TimeBound>,
) -> El {
    let names: Vec<(String, &'static str)> =
        sources.iter().map(|source| (source.at.conn.name.clone(), source.at.conn.band)).collect();
    let limit = RwSignal::new(STEP);
    let says = move || {
        let (failed, causes) = pulse.with(|pulse| (pulse.failed(), pulse.groups.len()));
        match (failed, causes) {
            (0, _) => String::new(),
            (1, _) => fill("1 failure, {0}", &[span]),
            (_, 1) => fill("{0} failures are 1 cause, {1}", &[&grouped(failed), span]),
            _ => fill("{0} failures are {1} causes, {2}", &[&grouped(failed), &grouped(causes), span]),
        }
    };
    let list = move || -> Node {
        let shown: Vec<Group> = pulse.with(|pulse| pulse.groups.iter().take(limit.get()).cloned().collect());
        if shown.is_empty() {
            if pulse.with(|pulse| pulse.tallies.is_empty()) {
                return Node::None;
            }
            return el("p").class("body soft").text(t("Nothing failed among what is loaded.")).into();
        }
        let lines = shown.into_iter().map(|group| {
            let link = (!group.query.is_empty()).then(|| href.run(query_of(&group, from)));
            line(console, &group, link, &names)
        });
        el("ol")
            .class("list")
            .attr("aria-label", t("Causes of failures"))
            .child(lines.collect::<Node>())
            .into()
    };
    let more = move || {
        let hidden = pulse.with(|pulse| pulse.groups.len()).saturating_sub(limit.get());
        let press = Callback::new(move |()| limit.update(|limit| *limit += STEP));
        let label = fill("Show {0} more", &[&grouped(hidden.min(STEP))]);
        (hidden > 0).then(|| {
            el("div").class("body").child(view! { <crate::ui::Button label=label on_press=press /> })
        })
    };
    let head = el("header")
        .child(el("h2").attr("id", "causes").text(t("Why things failed")))
        .child(el("p").attr("role", "status").live_text(says));
    el("section")
        .class("panel")
        .attr("aria-labelledby", "causes")
        .child(head)
        .live_child(list)
        .live_child(more)
}

fn line(console: Console, group: &Group, link: Option<String>, names: &[(String, &'static str)]) -> El {
    let text = match link {
        Some(href) => el("a").attr("href", href),
        None => el("span"),
    };
    let text = if group.cause.is_empty() {
        text.text(t("No reason given, or too many different ones"))
    } else {
        text.class("mono").child(slots(&group.cause))
    };
    let (first, last, once) = (group.first, group.last, group.count == 1);
    let when = move || {
        let now = console.now.get();
        let ago = |at: Millis| relative(Millis(now.0.max(at.0)), at);
        if once {
            fill("once, {0}", &[&ago(first)])
        } else {
            fill("first {0}, last {1}", &[&ago(first), &ago(last)])
        }
    };
    let exact = move || {
        let text = |at| console.settings.exact_text(at);
        fill("First {0}, last {1}", &[&text(first), &text(last)])
    };
    let where_ = group.sources.iter().filter_map(|at| names.get(*at)).map(|(name, band)| {
        let swatch = el("span").class("swatch");
        el("span").class(format!("where band-{band}")).child(swatch).text(name.clone())
    });
    let meta = el("p")
        .class("meta")
        .child(el("span").live("title", exact).live_text(when))
        .child(told(&group.tenants, "{0} tenants"))
        .child(told(&group.targets, "{0} resources"))
        .child(where_.collect::<Node>());
    let [width, height] = PICTURE;
    let picture = svg("svg")
        .attr("viewBox", format!("0 0 {width} {height}"))
        .attr("aria-hidden", "true")
        .child(svg("path").class("base").attr("d", format!("M0 {}h{width}v1h-{width}z", height - 1)))
        .child(svg("path").class("f-failed").attr("d", group.path()));
    el("li")
        .class("cause")
        .child(el("span").class("n").text(grouped(group.count)))
        .child(el("div").child(text).child(meta))
        .child(picture)
}

/// A few names; of more than a few, how many.
fn told(names: &[String], many: &'static str) -> Option<El> {
    let all = names.join(", ");
    let text = match names.len() {
        0 => return None,
        1..=NAMES if all.len() <= 60 => all.clone(),
        n => fill(many, &[&grouped(n)]),
    };
    let title: Vec<&str> = names.iter().take(40).map(String::as_str).collect();
    Some(el("span").attr("title", title.join(", ")).text(text))
}

/// What was left out stands back.
fn slots(cause: &str) -> Node {
    let mut parts: Vec<Node> = vec![];
    let mut rest = cause;
    while let Some((before, after)) = rest.split_once('<') {
        let Some((slot, next)) = after.split_once('>') else { break };
        parts.push(before.to_owned().into());
        let mut slot = format!("<{slot}");
        slot.push('>');
        parts.push(el("span").class("slot").text(slot).into());
        rest = next;
    }
    parts.push(rest.to_owned().into());
    parts.into()
}
