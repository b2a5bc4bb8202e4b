//! The states as toggles with counts: several at once, none means all. New rows wait here until they are let in.

use leptos::prelude::*;

use crate::state::list::List;
use crate::ui::{Glyph, Icon, live, live_view};
use longrun_core::model::{State, StateSet};

/// The bar. `on_choose` gets the states to show.
#[component]
pub fn StatusBar(list: List, #[prop(into)] chosen: Signal<StateSet>, on_choose: Callback<StateSet>) -> impl IntoView {
    let counts = Memo::new(move |_| list.counts());
    let all = Memo::new(move |_| list.matching());
    let one = move |state: State| {
        let count = move || grouped(counts.with(|counts| counts.get(state.index()).copied().unwrap_or_default()));
        let pressed = move || chosen.get().has(state).to_string();
        view! {
            <button type="button" aria-pressed=live(pressed) on:click=move |_| on_choose.run(chosen.get_untracked().toggled(state))>
                <span class=format!("st-{}", state.slug())><Icon glyph=Glyph::of_state(state.slug()) /></span>
                {state.label()}" "<span class="n">{live(count)}</span>
            </button>
        }
    };
    let waiting = Memo::new(move |_| list.waiting());
    view! {
        <div class="status-bar" role="group" aria-label="Filter by state">
            <button
                type="button"
                aria-pressed=live(move || chosen.get().is_empty().to_string())
                on:click=move |_| on_choose.run(StateSet::EMPTY)
            >
                "All "<span class="n">{live_view(move || grouped(all.get()))}</span>
            </button>
            {State::ALL.into_iter().map(one).collect_view()}
            {live_view(move || (waiting.get() > 0).then(|| view! {
                <button class="btn new-rows" type="button" on:click=move |_| list.let_in()>
                    <Icon glyph=Glyph::Plus small=true />{grouped(waiting.get())}" new"
                </button>
            }))}
        </div>
    }
}

/// `10,000`: figures as people read them.
pub fn grouped(count: usize) -> String {
    let digits = count.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at) % 3 == 0 {
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
        assert_eq!([0, 999, 1_000, 100_000, 1_234_567].map(grouped), ["0", "999", "1,000", "100,000", "1,234,567"]);
    }
}
