//! Form fields: label, control, hint and error, tied together for screen readers.

use leptos::prelude::*;

use super::{Glyph, Icon, fresh_id, text};

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
    children: Children,
) -> impl IntoView {
    let (hint_id, wrong_id) = (format!("{control_id}-hint"), format!("{control_id}-wrong"));
    view! {
        <div class="field">
            <label for=control_id>
                {move || label.get()}
                {required.then(|| view! { <span class="need">{text::common::REQUIRED}</span> })}
            </label>
            {children()}
            {move || {
                let id = wrong_id.clone();
                wrong.get().map(|wrong| view! {
                    <p class="wrong" id=id><Icon glyph=Glyph::Failed small=true /><span>{wrong}</span></p>
                })
            }}
            {move || {
                let id = hint_id.clone();
                hint.get().map(|hint| view! { <p class="hint" id=id>{hint}</p> })
            }}
        </div>
    }
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
) -> impl IntoView {
    let parts = Parts::new();
    let control_id = parts.control.clone();
    let described = move || parts.described(hint.get().is_some(), wrong.get().is_some());
    view! {
        <Field label=label control_id=control_id.clone() hint=hint wrong=wrong required=required>
            <input
                class=if mono { "input mono" } else { "input" }
                id=control_id
                type=kind.attribute()
                prop:value=move || value.get()
                on:input=move |event| value.set(event_target_value(&event))
                required=required
                aria-invalid=move || wrong.get().is_some().then_some("true")
                aria-describedby=described
                autocomplete=autocomplete.unwrap_or("off")
                autocapitalize="off"
                spellcheck="false"
                placeholder=placeholder
                readonly=move || read_only.get()
                data-safe=first.then_some("")
            />
        </Field>
    }
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
) -> impl IntoView {
    let parts = Parts::new();
    let control_id = parts.control.clone();
    let described = move || parts.described(hint.get().is_some(), wrong.get().is_some());
    view! {
        <Field label=label control_id=control_id.clone() hint=hint wrong=wrong required=required>
            <textarea
                class="input mono"
                id=control_id
                rows=rows.to_string()
                prop:value=move || value.get()
                on:input=move |event| value.set(event_target_value(&event))
                aria-invalid=move || wrong.get().is_some().then_some("true")
                aria-describedby=described
                autocomplete="off"
                spellcheck="false"
            ></textarea>
        </Field>
    }
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
) -> impl IntoView {
    let parts = Parts::new();
    let control_id = parts.control.clone();
    let described = move || parts.described(hint.get().is_some(), false);
    let id = control_id.clone();
    let control = move || {
        let described = described.clone();
        let shown = move || {
            options
                .get()
                .into_iter()
                .map(|option| {
                    let this = option.value.clone();
                    view! { <option value=option.value selected=move || value.get() == this>{option.label}</option> }
                })
                .collect_view()
        };
        view! {
            <select
                class="select"
                id=id
                aria-label=move || bare.then(|| label.get())
                aria-describedby=described
                prop:value=move || value.get()
                on:change=move |event| on_change.run(event_target_value(&event))
            >
                {shown}
            </select>
        }
    };
    if bare {
        control().into_any()
    } else {
        view! { <Field label=label control_id=control_id hint=hint>{control()}</Field> }.into_any()
    }
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
) -> impl IntoView {
    let parts = Parts::new();
    let control_id = parts.control.clone();
    let list_id = format!("{control_id}-list");
    let described = move || parts.described(hint.get().is_some(), false);
    let id = control_id.clone();
    let control = move || {
        let list = list_id.clone();
        let proposals =
            move || options.get().into_iter().map(|v| view! { <option value=v></option> }).collect_view();
        view! {
            <input
                class="input mono"
                id=id
                type="text"
                aria-label=move || bare.then(|| label.get())
                aria-describedby=described
                list=list
                autocomplete="off"
                spellcheck="false"
                placeholder=move || placeholder.get()
                prop:value=move || value.get()
                readonly=move || read_only.get()
                on:change=move |event| on_change.run(event_target_value(&event))
            />
            <datalist id=list_id>{proposals}</datalist>
        }
    };
    if bare {
        control().into_any()
    } else {
        view! { <Field label=label control_id=control_id hint=hint>{control()}</Field> }.into_any()
    }
}
