//! What the bar says below the query: what is wrong with it and where, what the server filters, and what of the loaded
//! rows is filtered here.

use crate::reactive::prelude::*;

use super::query_box::Typed;
use crate::parts::status_bar::grouped;
use crate::reactive::memo;
use crate::state::Console;
use crate::state::list::List;
use crate::ui::el::{El, Node, el};
use crate::ui::{Glyph, icon_s};
use longrun_core::query::{ChipAt, ListQuery, unread};
use longrun_core::text::{fill, t};

/// Letters shown before and after the place of a mistake.
const AROUND: usize = 24;

/// What is wrong with the query, each with its place marked, and what of the address is not understood.
pub(super) fn wrong(typed: Typed, list: List, id: String) -> El {
    let search = Console::here().router.search;
    let problems = memo(move |_| typed.problems());
    let lines = move || {
        let text = typed.text.get_untracked();
        let mut lines: Vec<Node> = Vec::new();
        for problem in problems.get() {
            let (start, end) = (problem.span.start, problem.span.end);
            let before = text.get(..start).unwrap_or_default();
            let cut = before.char_indices().rev().nth(AROUND).map_or(0, |(at, _)| at);
            let after = text.get(end..).unwrap_or_default();
            let stop = after.char_indices().nth(AROUND).map_or(after.len(), |(at, _)| at);
            let part = |text: Option<&str>| text.unwrap_or_default().to_owned();
            let place = el("code")
                .text(if cut > 0 { "…" } else { "" })
                .text(part(before.get(cut..)))
                .child(el("mark").text(part(text.get(start..end))))
                .text(part(after.get(..stop)))
                .text(if stop < after.len() { "…" } else { "" });
            let says = el("span").text(problem.says);
            lines.push(el("p").child(icon_s(Glyph::Failed)).child(place).child(says).into());
        }
        let gone = search.with(|search| unread(search, list.tables()));
        let line = |says: String| el("p").child(icon_s(Glyph::Warn)).child(el("span").text(says)).into();
        lines.extend(gone.into_iter().map(line));
        Node::Many(lines)
    };
    el("div").class("query-wrong").attr("id", id).attr("role", "alert").live_child(lines)
}

/// Who filters by what, and how many rows are left.
pub(super) fn who(list: List, query: Signal<ListQuery>) -> El {
    let (server, local) =
        (memo(move |_| by_server(list, &query.get())), memo(move |_| by_us(list, &query.get())));
    let says = move || {
        let mut says: Vec<String> = Vec::new();
        let server = server.get();
        if !server.is_empty() {
            says.push(fill("The server filters by {0}.", &[&server]));
        }
        let local = local.get();
        if !local.is_empty() {
            let (shown, loaded) = (grouped(list.visible()), grouped(list.loaded()));
            says.push(fill("Among the {1} loaded rows, {0} match {2}.", &[&shown, &loaded, &local]));
        }
        if let Some((done, all)) = list.looking.get() {
            says.push(fill(
                "Looked into {0} of {1} request bodies so far.",
                &[&grouped(done), &grouped(all)],
            ));
        }
        says.join(" ")
    };
    el("p").class("query-who").live_text(says)
}

fn by_server(list: List, query: &ListQuery) -> String {
    let filters = list.tables().filters.iter();
    let set = filters.filter(|filter| query.server_value(filter.param).is_some());
    set.map(|filter| t(filter.label)).collect::<Vec<_>>().join(", ")
}

fn by_us(list: List, query: &ListQuery) -> String {
    let mut names: Vec<String> = Vec::new();
    let mut add = |name: &str| {
        if !names.iter().any(|known| known == name) {
            names.push(name.to_owned());
        }
    };
    if !query.states.is_empty() {
        add(t("states"));
    }
    if query.from.is_some() || query.to.is_some() {
        add(t("time range"));
    }
    for chip in query.chips(list.tables()) {
        match chip.at {
            ChipAt::Server(..) => {}
            ChipAt::Text(_) if !chip.path.is_empty() => add(&chip.path),
            ChipAt::Text(_) if chip.name.is_empty() => add(t("words")),
            ChipAt::Text(_) => add(t(chip.name)),
        }
    }
    names.join(", ")
}
