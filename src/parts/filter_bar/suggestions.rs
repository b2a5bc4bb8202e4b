//! What could be typed next, in a list below the query: keys, then values with how many loaded rows have them. The focus
//! stays in the text; the arrows go through the list, Enter or Tab takes, Escape closes.

use crate::reactive::prelude::*;

use super::query_box::Typed;
use crate::parts::status_bar::grouped;
use crate::reactive::{derive, memo};
use crate::state::list::List;
use crate::ui::el::{El, el};
use crate::ui::fresh_id;
use longrun_core::query::{Proposal, Spot, accept, suggest};
use longrun_core::text::t;

/// The proposals and which of them is chosen. Cheap to copy.
#[derive(Clone, Copy)]
struct Proposing {
    typed: Typed,
    open: RwSignal<bool>,
    active: RwSignal<Option<usize>>,
    spot: Memo<Option<Spot>>,
    shown: Memo<Vec<Proposal>>,
}

impl Proposing {
    fn new(typed: Typed, list: List) -> Proposing {
        let (open, active) = (RwSignal::new(false), RwSignal::new(None));
        let spot = memo(move |_| {
            let (is_open, caret) = (open.get(), typed.caret.get());
            is_open.then(|| typed.text.with(|text| Spot::at(text, caret))).flatten()
        });
        let key =
            memo(move |_| spot.with(|spot| spot.as_ref().map(|spot| spot.key.clone()).unwrap_or_default()));
        // Counted once for a key, not for each letter.
        let found = memo(move |_| key.with(|key| if key.is_empty() { vec![] } else { list.counted(key) }));
        let shown = memo(move |_| {
            let Some(spot) = spot.get() else { return vec![] };
            let offered: Vec<String> =
                list.offered(&spot.key).values.into_iter().map(|choice| choice.value).collect();
            found.with(|found| suggest(&spot, list.tables(), found, &list.counts(), &offered))
        });
        Proposing { typed, open, active, spot, shown }
    }

    fn step(self, down: bool) {
        let count = self.shown.with_untracked(Vec::len);
        let next = match self.active.get_untracked() {
            _ if count == 0 => None,
            Some(at) if down => Some((at + 1) % count),
            Some(at) => Some((at + count - 1) % count),
            None if down => Some(0),
            None => Some(count - 1),
        };
        self.active.set(next);
    }

    fn close(self) {
        self.open.set(false);
        self.active.set(None);
    }

    /// Takes a proposal; false where there is none.
    fn take(self, at: Option<usize>) -> bool {
        let proposal = at.and_then(|at| self.shown.with_untracked(|shown| shown.get(at).cloned()));
        let (Some(proposal), Some(spot)) = (proposal, self.spot.get_untracked()) else { return false };
        let (text, caret) = self.typed.text.with_untracked(|text| accept(text, &spot, &proposal));
        self.active.set(None);
        // After a key come its values; after a value the list has done its work.
        if !spot.key.is_empty() {
            self.close();
        }
        self.typed.put(text, caret);
        true
    }

    fn key(self, name: &str) -> bool {
        let open = self.open.get_untracked();
        let active = self.active.get_untracked();
        match name {
            "ArrowDown" => {
                self.open.set(true);
                self.step(true);
                true
            }
            "ArrowUp" if open => {
                self.step(false);
                true
            }
            "Enter" | "Tab" if open && active.is_some() => self.take(active),
            "Enter" => {
                self.close();
                false
            }
            "Escape" if open && self.shown.with_untracked(|shown| !shown.is_empty()) => {
                self.close();
                true
            }
            _ => false,
        }
    }
}

/// The box for the query with its proposals. `wrong` is where what is wrong is said.
pub(super) fn query_with_suggestions(typed: Typed, list: List, wrong: String) -> El {
    let proposing = Proposing::new(typed, list);
    let Proposing { open, active, shown, .. } = proposing;
    let id = fresh_id("suggestions");
    let option = {
        let id = id.clone();
        move |at: usize| {
            let mut option = id.clone();
            option.push('-');
            option.push_str(&at.to_string());
            option
        }
    };
    let any = memo(move |_| open.get() && shown.with(|shown| !shown.is_empty()));
    let (controls, current) = (id.clone(), option.clone());
    let input = typed
        .draw(wrong, move |name| proposing.key(name))
        .attr("aria-autocomplete", "list")
        .live("aria-controls", move || any.get().then(|| controls.clone()))
        .live("aria-activedescendant", move || active.get().filter(|_| any.get()).map(&current))
        .on("input", move |_| {
            active.set(None);
            open.set(true);
        })
        .on("blur", move |_| proposing.close());
    let line = move |(at, one): (usize, Proposal)| {
        let chosen = derive(move || active.get() == Some(at));
        el("li")
            .attr("id", option(at))
            .attr("role", "option")
            .live("aria-selected", move || if chosen.get() { "true" } else { "false" })
            // Pressing must not take the focus out of the text.
            .on("mousedown", move |event| {
                event.prevent_default();
                proposing.take(Some(at));
            })
            .child(el("code").text(one.text))
            .child((!one.label.is_empty()).then(|| el("span").text(t(one.label))))
            .child(one.count.map(|count| el("span").class("push").text(grouped(count))))
    };
    // Reads `shown` alone: with `any`, which is computed from it, Leptos would not tell of a change of both.
    let lines = move || {
        let lines: Vec<El> = shown.get().into_iter().enumerate().map(&line).collect();
        (!lines.is_empty()).then(|| {
            el("ul")
                .class("suggestions")
                .attr("id", id.clone())
                .attr("role", "listbox")
                .attr("aria-label", t("Suggestions"))
                .child(lines)
        })
    };
    el("div").class("query-host").child(input).live_child(lines)
}
