//! The fields of an action's form, from its table of inputs.

use leptos::prelude::*;

use crate::reactive::derive;
use crate::ui::el::{El, Node, el};
use crate::ui::{CheckLine, Combo, TextAreaField, TextField};
use longrun_core::dialect::{Action, Input, InputKind};
use longrun_core::model::Operation;
use longrun_core::view::form;

/// What is typed into a form. Cheap to copy.
#[derive(Clone, Copy)]
pub struct Typed {
    fields: StoredValue<Vec<(&'static Input, RwSignal<String>)>>,
    /// Somebody has tried to send it: from now on what is wrong is told.
    pub tried: RwSignal<bool>,
}

impl Typed {
    /// Begins with what the operation gives, if there is one.
    pub fn new(action: &'static Action, from: Option<&Operation>) -> Typed {
        let start = |input: &'static Input| {
            let value = input.start.zip(from).and_then(|(start, op)| start(op)).unwrap_or_default();
            (input, RwSignal::new(value.to_owned()))
        };
        Typed {
            fields: StoredValue::new(action.inputs.iter().map(start).collect()),
            tried: RwSignal::new(false),
        }
    }

    /// Fills in what an operation gives, where nothing was typed yet.
    pub fn fill(self, from: &Operation) {
        self.fields.with_value(|fields| {
            for (input, value) in fields {
                let start = input.start.and_then(|start| start(from)).unwrap_or_default();
                if value.with_untracked(String::is_empty) {
                    value.set(start.to_owned());
                }
            }
        });
    }

    /// What is sent; follows the fields.
    pub fn filled(self) -> Vec<(&'static str, String)> {
        form::filled(
            &self.fields.with_value(|fields| fields.iter().map(|(i, v)| (*i, v.get())).collect::<Vec<_>>()),
        )
    }

    /// True where something must not be sent as it is. From now on the fields say what.
    pub fn is_wrong(self) -> bool {
        self.tried.set(true);
        self.fields.with_value(|fields| {
            fields
                .iter()
                .any(|(input, value)| value.with_untracked(|value| form::wrong(input, value).is_some()))
        })
    }

    /// True where there is nothing to fill in.
    pub fn is_empty(self) -> bool {
        self.fields.with_value(Vec::is_empty)
    }
}

/// The fields, in the order of the table.
#[component]
pub fn Fields(typed: Typed) -> El {
    let fields = typed.fields.with_value(|fields| {
        fields.iter().map(|(input, value)| one(input, *value, typed.tried)).collect::<Node>()
    });
    el("div").class("stack").child(fields)
}

fn one(input: &'static Input, value: RwSignal<String>, tried: RwSignal<bool>) -> Node {
    let wrong = derive(move || value.with(|value| form::wrong(input, value)).filter(|_| tried.get()));
    let hint = (!input.hint.is_empty()).then(|| input.hint.to_owned());
    let required = input.required;
    match input.kind {
        InputKind::Json => {
            view! { <TextAreaField label=input.label value=value hint=hint wrong=wrong required=required rows=6 /> }.into()
        }
        InputKind::OneOf(words) => {
            let options: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
            let set = Callback::new(move |word| value.set(word));
            let told = derive(move || wrong.get().or_else(|| hint.clone()));
            view! { <Combo label=input.label value=value options=options on_change=set hint=told /> }.into()
        }
        InputKind::Flag => {
            let set = Callback::new(move |on: bool| value.set(if on { "true".to_owned() } else { String::new() }));
            let on = derive(move || value.with(|value| value == "true"));
            el("div")
                .class("field")
                .child(view! { <CheckLine label=input.label checked=on on_change=set /> })
                .child(hint.map(|hint| el("p").class("hint").text(hint)))
                .into()
        }
        InputKind::Text | InputKind::Number | InputKind::Time => {
            view! { <TextField label=input.label value=value hint=hint wrong=wrong required=required mono=true /> }.into()
        }
    }
}
