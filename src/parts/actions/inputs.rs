//! The fields of an action's form, from its table of inputs.

use crate::reactive::prelude::*;

use crate::reactive::derive;
use crate::state::act::Place;
use crate::state::list::List;
use crate::ui::el::{Node, el};
use crate::ui::{CheckLine, Combo, TextAreaField, TextField};
use longrun_core::dialect::{Action, Input, InputKind, Key, KindTable};
use longrun_core::json::pretty::pretty;
use longrun_core::model::Operation;
use longrun_core::text::t;
use longrun_core::view::form;

/// What is typed into a form. Cheap to copy.
#[derive(Clone, Copy)]
pub struct Typed {
    fields: StoredValue<Vec<(&'static Input, RwSignal<String>)>>,
    /// The field that names the tenant, and whether the connection pins it.
    tenant: StoredValue<(Option<&'static str>, bool)>,
    /// Somebody has tried to send it: from now on what is wrong is told.
    pub tried: RwSignal<bool>,
}

impl Typed {
    /// Empty fields, but for the tenant: the pinned one, or the one given.
    pub fn new(action: &'static Action, place: &Place, tenant: Option<String>) -> Typed {
        let by = place.table.can.tenant_by;
        let tenant = place.conn.tenant.clone().or(tenant).unwrap_or_default();
        let start = |input: &'static Input| {
            let value = if by == Some(input.name) { tenant.clone() } else { String::new() };
            (input, RwSignal::new(value))
        };
        Typed {
            fields: StoredValue::new(action.inputs.iter().map(start).collect()),
            tenant: StoredValue::new((by, place.conn.tenant.is_some())),
            tried: RwSignal::new(false),
        }
    }

    /// Fills in what an operation gives, where nothing was typed yet. `text` is its row.
    pub fn fill(self, from: &Operation, text: &str, table: &KindTable) {
        self.fields.with_value(|fields| {
            for (input, value) in fields {
                if !value.with_untracked(String::is_empty) {
                    continue;
                }
                // The field that is called as the body is: it holds what the body held.
                let is_body = input.kind == InputKind::Json && table.body == Some(input.label);
                let body = || from.body?.cut(text).map(|body| pretty(body, 2));
                let given = input.start.and_then(|start| start(from)).map(str::to_owned);
                value.set(given.or_else(|| is_body.then(body)?).unwrap_or_default());
            }
        });
    }

    /// The kind as a whole, with the tenant that was filled in.
    pub fn kind_key(self, place: &Place) -> Key {
        let by = self.tenant.with_value(|(by, _)| *by);
        let typed =
            untrack(|| self.filled()).into_iter().find(|(name, _)| Some(*name) == by).map(|(_, value)| value);
        let tenant = place.conn.tenant.clone().or(typed);
        Key { id: String::new(), tenant: tenant.filter(|_| place.table.can.keyed_by_tenant) }
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

/// The fields, in the order of the table. `list` knows tenants to propose.
#[component]
pub fn Fields(typed: Typed, list: List) -> Node {
    if typed.is_empty() {
        return Node::None;
    }
    let (by, pinned) = typed.tenant.get_value();
    let fields = typed.fields.with_value(|fields| {
        let draw = |(input, value): &(&'static Input, RwSignal<String>)| {
            if by == Some(input.name) {
                tenant(input, *value, pinned, list)
            } else {
                one(input, *value, typed.tried)
            }
        };
        fields.iter().map(draw).collect::<Node>()
    });
    el("div").class("fields").child(fields).into()
}

fn tenant(input: &'static Input, value: RwSignal<String>, pinned: bool, list: List) -> Node {
    let options = derive(move || {
        let mut names: Vec<String> =
            list.offered(input.name).values.into_iter().map(|choice| choice.value).collect();
        let known = list.tables().filters.iter().find(|filter| filter.param == input.name);
        for name in known.map(|filter| list.values_of(filter)).unwrap_or_default() {
            if !names.contains(&name) {
                names.push(name);
            }
        }
        names
    });
    let set = Callback::new(move |word| value.set(word));
    let hint = if pinned { "This connection is pinned to it." } else { input.hint };
    view! {
        <Combo label=input.label value=value options=options on_change=set hint=hint read_only=Signal::stored(pinned) />
    }
    .into()
}

fn one(input: &'static Input, value: RwSignal<String>, tried: RwSignal<bool>) -> Node {
    let wrong = derive(move || value.with(|value| form::wrong(input, value)).filter(|_| tried.get()));
    let hint = (!input.hint.is_empty()).then(|| t(input.hint).to_owned());
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
