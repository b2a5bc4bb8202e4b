//! Check boxes, and choices of one among few that need a sentence each.

use crate::reactive::prelude::*;

use super::el::{El, el};
use super::fresh_id;

/// A check box with its label on one line.
#[component]
pub fn CheckLine(
    #[prop(into)] label: Signal<String>,
    #[prop(into)] checked: Signal<bool>,
    on_change: Callback<bool>,
) -> El {
    let input = el("input")
        .class("check")
        .attr("type", "checkbox")
        .live_flag("checked", move || checked.get())
        .on("change", move |event| on_change.run(event_target_checked(&event)));
    el("label").class("check-line").child(input).child(el("span").live_text(move || label.get()))
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
) -> El {
    let name = fresh_id("choice");
    let all = move || {
        choices.get().into_iter().map(|choice| one(choice, &name, value, on_change)).collect::<Vec<_>>()
    };
    el("fieldset")
        .class("field")
        .child(el("legend").live_text(move || legend.get()))
        .child(el("div").class("choices").live_child(all))
}

fn one(choice: Choice, name: &str, value: Signal<String>, on_change: Callback<String>) -> El {
    let Choice { value: this, label, hint, why_off } = choice;
    let (picked, off) = (this.clone(), why_off.is_some());
    let hint = Some(why_off.unwrap_or(hint)).filter(|hint| !hint.is_empty());
    let hint_id = fresh_id("choice-hint");
    let input = el("input")
        .attr("type", "radio")
        .attr("name", name.to_owned())
        .attr("value", this.clone())
        .live_flag("checked", move || value.get() == this)
        .attr("disabled", off)
        .attr("aria-describedby", hint.is_some().then(|| hint_id.clone()))
        .on("change", move |_| on_change.run(picked.clone()));
    el("label")
        .class("choice")
        .child(input)
        .child(el("span").text(label))
        .child(hint.map(|hint| el("span").class("hint").attr("id", hint_id).text(hint)))
}
