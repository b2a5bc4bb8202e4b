//! Check boxes, and choices of one among few that need a sentence each.

use leptos::prelude::*;

use super::fresh_id;

/// A check box with its label on one line.
#[component]
pub fn CheckLine(
    #[prop(into)] label: Signal<String>,
    #[prop(into)] checked: Signal<bool>,
    on_change: Callback<bool>,
) -> impl IntoView {
    view! {
        <label class="check-line">
            <input
                class="check"
                type="checkbox"
                prop:checked=move || checked.get()
                on:change=move |event| on_change.run(event_target_checked(&event))
            />
            <span>{move || label.get()}</span>
        </label>
    }
}

/// One of several ways.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// What is kept.
    pub value: String,
    /// Its name.
    pub label: String,
    /// One sentence on what it means; may be empty.
    pub hint: String,
    /// Why it cannot be chosen now.
    pub why_off: Option<String>,
}

/// Radio buttons with a frame and a sentence each.
#[component]
pub fn ChoiceGroup(
    #[prop(into)] legend: Signal<String>,
    #[prop(into)] choices: Signal<Vec<Choice>>,
    #[prop(into)] value: Signal<String>,
    on_change: Callback<String>,
) -> impl IntoView {
    let name = fresh_id("choice");
    let one = move |choice: Choice| {
        let Choice { value: this, label, hint, why_off } = choice;
        let (picked, off) = (this.clone(), why_off.is_some());
        let hint = why_off.unwrap_or(hint);
        let hint_id = fresh_id("choice-hint");
        let described = (!hint.is_empty()).then(|| hint_id.clone());
        view! {
            <label class="choice">
                <input
                    type="radio"
                    name=name.clone()
                    value=this.clone()
                    prop:checked=move || value.get() == this
                    disabled=off
                    aria-describedby=described
                    on:change=move |_| on_change.run(picked.clone())
                />
                <span>{label}</span>
                {(!hint.is_empty()).then(|| view! { <span class="hint" id=hint_id>{hint}</span> })}
            </label>
        }
    };
    view! {
        <fieldset class="field">
            <legend>{move || legend.get()}</legend>
            <div class="choices">{move || choices.get().into_iter().map(one.clone()).collect_view()}</div>
        </fieldset>
    }
}
