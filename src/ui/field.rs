//! Form fields: label, control, hint and error, tied together for screen readers.

use crate::reactive::prelude::*;

use super::el::{El, Node, el};
use super::{Glyph, fresh_id, icon_s};

/// What a text field takes; decides keyboard, masking and what a password manager offers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum InputKind {
    /// One line.
    #[default]
    Text,
    /// Never shown, never kept by us.
    Secret,
    /// An address.
    Url,
    /// A number.
    Number,
    /// A search box.
    Search,
}

impl InputKind {
    fn attribute(self) -> &'static str {
        match self {
            InputKind::Text => "text",
            InputKind::Secret => "password",
            InputKind::Url => "url",
            InputKind::Number => "number",
            InputKind::Search => "search",
        }
    }
}

/// The ids of a field's parts, and what its control refers to.
#[derive(Clone)]
struct Parts {
    control: String,
    hint: String,
    wrong: String,
}

impl Parts {
    fn new() -> Parts {
        let control = fresh_id("field");
        Parts { hint: format!("{control}-hint"), wrong: format!("{control}-wrong"), control }
    }

    fn described(&self, hint: bool, wrong: bool) -> Option<String> {
        match (wrong, hint) {
            (true, true) => Some(format!("{} {}", self.wrong, self.hint)),
            (true, false) => Some(self.wrong.clone()),
            (false, true) => Some(self.hint.clone()),
            (false, false) => None,
        }
    }
}

/// Label, hint and error around any control with the id `control_id`.
#[component]
pub fn Field(
    #[prop(into)] label: Signal<String>,
    control_id: String,
    #[prop(optional, into)] hint: MaybeProp<String>,
    /// What is wrong with the value.
    #[prop(optional, into)]
    wrong: MaybeProp<String>,
    #[prop(optional)] required: bool,
    #[prop(into)] control: Node,
) -> El {
    let (hint_id, wrong_id) = (format!("{control_id}-hint"), format!("{control_id}-wrong"));
    // The control itself says that it is required; in its name the word would only be in the way.
    let need =
        required.then(|| el("span").class("need").attr("aria-hidden", "true").text(" ").text("required"));
    let wrong = move || {
        let says = wrong.get()?;
        let id = wrong_id.clone();
        Some(el("p").class("wrong").attr("id", id).child(icon_s(Glyph::Failed)).child(el("span").text(says)))
    };
    let hint = move || Some(el("p").class("hint").attr("id", hint_id.clone()).text(hint.get()?));
    el("div")
        .class("field")
        .child(el("label").attr("for", control_id).live_text(move || label.get()).child(need))
        .child(control)
        .live_child(wrong)
        .live_child(hint)
}

/// A field of one line.
#[component]
pub fn TextField(
    #[prop(into)] label: Signal<String>,
    value: RwSignal<String>,
    #[prop(optional)] kind: InputKind,
    #[prop(optional, into)] hint: MaybeProp<String>,
    #[prop(optional, into)] wrong: MaybeProp<String>,
    #[prop(optional)] required: bool,
    /// As in HTML: `username`, `current-password`, `off`.
    #[prop(optional, into)]
    autocomplete: Option<&'static str>,
    #[prop(optional, into)] placeholder: Option<&'static str>,
    /// Ids, URLs, tokens.
    #[prop(optional)]
    mono: bool,
    /// Cannot be changed; the hint says why.
    #[prop(optional, into)]
    read_only: Signal<bool>,
    /// Takes the focus when its dialog or page opens.
    #[prop(optional)]
    first: bool,
) -> Node {
    let parts = Parts::new();
    let id = parts.control.clone();
    let control = el("input")
        .class(if mono { "input mono" } else { "input" })
        .attr("id", id.clone())
        .attr("type", kind.attribute())
        .live_value(move || value.get())
        .on("input", move |event| value.set(event_target_value(&event)))
        .attr("required", required)
        .live("aria-invalid", move || wrong.get().is_some().then_some("true"))
        .live("aria-describedby", move || parts.described(hint.get().is_some(), wrong.get().is_some()))
        .attr("autocomplete", autocomplete.unwrap_or("off"))
        .attr("autocapitalize", "off")
        .attr("spellcheck", "false")
        .attr("placeholder", placeholder)
        .live("readonly", move || read_only.get())
        .attr("data-safe", first);
    view! { <Field label=label control_id=id hint=hint wrong=wrong required=required control=control /> }
        .into()
}

/// A field of several lines.
#[component]
pub fn TextAreaField(
    #[prop(into)] label: Signal<String>,
    value: RwSignal<String>,
    #[prop(optional, into)] hint: MaybeProp<String>,
    #[prop(optional, into)] wrong: MaybeProp<String>,
    #[prop(optional)] required: bool,
    #[prop(default = 4)] rows: u32,
) -> Node {
    let parts = Parts::new();
    let id = parts.control.clone();
    let control = el("textarea")
        .class("input mono")
        .attr("id", id.clone())
        .attr("rows", rows.to_string())
        .live_value(move || value.get())
        .on("input", move |event| value.set(event_target_value(&event)))
        .attr("aria-required", required.then_some("true"))
        .live("aria-invalid", move || wrong.get().is_some().then_some("true"))
        .live("aria-describedby", move || parts.described(hint.get().is_some(), wrong.get().is_some()))
        .attr("autocomplete", "off")
        .attr("spellcheck", "false");
    view! { <Field label=label control_id=id hint=hint wrong=wrong required=required control=control /> }
        .into()
}

/// One choice of a [`SelectField`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SelectOption {
    /// What is kept.
    pub value: String,
    /// What is shown.
    pub label: String,
}

/// A choice of one among a few.
#[component]
pub fn SelectField(
    #[prop(into)] label: Signal<String>,
    #[prop(into)] options: Signal<Vec<SelectOption>>,
    #[prop(into)] value: Signal<String>,
    on_change: Callback<String>,
    #[prop(optional, into)] hint: MaybeProp<String>,
    /// Shows no label; it is still spoken.
    #[prop(optional)]
    bare: bool,
) -> Node {
    let parts = Parts::new();
    let id = parts.control.clone();
    let shown = move || {
        let one = |option: SelectOption| {
            let this = option.value.clone();
            let picked = move || value.with(|value| *value == this);
            el("option").attr("value", option.value).live_flag("selected", picked).text(option.label)
        };
        options.get().into_iter().map(one).collect::<Vec<_>>()
    };
    let control = el("select")
        .class("select")
        .attr("id", id.clone())
        .live("aria-label", move || bare.then(|| label.get()))
        .live("aria-describedby", move || parts.described(hint.get().is_some(), false))
        .live_value(move || value.get())
        .on("change", move |event| on_change.run(event_target_value(&event)))
        .live_child(shown);
    if bare {
        return control.into();
    }
    view! { <Field label=label control_id=id hint=hint control=control /> }.into()
}

/// A text field that proposes known values: a `combobox` of the browser's own.
#[component]
pub fn Combo(
    #[prop(into)] label: Signal<String>,
    #[prop(into)] value: Signal<String>,
    #[prop(into)] options: Signal<Vec<String>>,
    /// The value was committed: Enter, a proposal, or leaving the field.
    on_change: Callback<String>,
    #[prop(optional, into)] placeholder: MaybeProp<String>,
    /// Shows no label; it is still spoken.
    #[prop(optional)]
    bare: bool,
    #[prop(optional, into)] hint: MaybeProp<String>,
    #[prop(optional, into)] read_only: Signal<bool>,
    /// What is wrong with the value.
    #[prop(optional, into)]
    wrong: MaybeProp<String>,
) -> Node {
    let parts = Parts::new();
    let id = parts.control.clone();
    let list_id = format!("{id}-list");
    let proposals =
        move || options.get().into_iter().map(|word| el("option").attr("value", word)).collect::<Vec<_>>();
    let input = el("input")
        .class("input mono")
        .attr("id", id.clone())
        .attr("type", "text")
        .live("aria-label", move || bare.then(|| label.get()))
        .live("aria-describedby", move || parts.described(hint.get().is_some(), wrong.get().is_some()))
        .live("aria-invalid", move || wrong.get().is_some().then_some("true"))
        .attr("list", list_id.clone())
        .attr("autocomplete", "off")
        .attr("spellcheck", "false")
        .live("placeholder", move || placeholder.get())
        .live_value(move || value.get())
        .live("readonly", move || read_only.get())
        .on("change", move |event| on_change.run(event_target_value(&event)));
    let control = [input, el("datalist").attr("id", list_id).live_child(proposals)];
    if bare {
        return control.into();
    }
    view! { <Field label=label control_id=id hint=hint wrong=wrong control=control /> }.into()
}
