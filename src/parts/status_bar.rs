//! The states as toggles with counts: several at once, none means all. New rows wait here until they are let in.

use crate::reactive::prelude::*;

use crate::reactive::{effect, memo};
use crate::state::list::List;
use crate::ui::el::{El, el};
use crate::ui::{Glyph, icon, icon_s, live};
use longrun_core::model::{State, StateSet};
use longrun_core::text::fill;

/// The bar. `on_choose` gets the states to show.
#[component]
pub fn StatusBar(list: List, #[prop(into)] chosen: Signal<StateSet>, on_choose: Callback<StateSet>) -> El {
    let counts = memo(move |_| list.counts());
    // Said once, when the first of them wait; how many there are by then stands on the button.
    let announcer = live::Announcer::current();
    effect(move |before: Option<bool>| {
        let waiting = list.waiting();
        if let Some(announcer) = announcer.filter(|_| before == Some(false) && waiting > 0) {
            announcer.say(fill("{0} new, waiting", &[&grouped(waiting)]));
        }
        waiting > 0
    });
    let one = move |state: State| {
        el("button")
            .attr("type", "button")
            .live("aria-pressed", move || if chosen.get().has(state) { "true" } else { "false" })
            .on("click", move |_| on_choose.run(chosen.get_untracked().toggled(state)))
            .child(
                el("span").class(format!("st-{}", state.slug())).child(icon(Glyph::of_state(state.slug()))),
            )
            .text(state.label())
            .text(" ")
            .child(el("span").class("n").live_text(move || {
                grouped(counts.with(|counts| counts.get(state.index()).copied().unwrap_or_default()))
            }))
    };
    let all = el("button")
        .attr("type", "button")
        .live("aria-pressed", move || if chosen.get().is_empty() { "true" } else { "false" })
        .on("click", move |_| on_choose.run(StateSet::EMPTY))
        .text("All")
        .text(" ")
        .child(el("span").class("n").live_text(move || grouped(counts.with(|counts| counts.iter().sum()))));
    el("div")
        .class("status-bar")
        .attr("role", "group")
        .attr("aria-label", "Filter by state")
        .child(all)
        .child(State::ALL.map(one))
        .live_child(move || {
            let waiting = list.waiting();
            (waiting > 0).then(|| {
                el("button")
                    .class("btn new-rows")
                    .attr("type", "button")
                    .on("click", move |_| list.let_in())
                    .child(icon_s(Glyph::Plus))
                    .text(fill("{0} new", &[&grouped(waiting)]))
            })
        })
}

/// `10,000`: figures as people read them.
pub fn grouped(count: usize) -> String {
    let digits = count.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::grouped;

    #[test]
    fn thousands_are_set_apart() {
        assert_eq!(
            [0, 999, 1_000, 100_000, 1_234_567].map(grouped),
            ["0", "999", "1,000", "100,000", "1,234,567"]
        );
    }
}
