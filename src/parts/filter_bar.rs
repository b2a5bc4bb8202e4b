//! The filter bar: what the server filters as chips with a form to add more, what is filtered among the loaded rows
//! as text, tenant, switches and time range.

mod checked;
mod pickers;
mod query_box;
mod says;
mod suggestions;

use crate::reactive::prelude::*;

use super::chips::Chips;
use crate::reactive::{derive, memo};
use crate::state::list::List;
use crate::ui::el::{El, Node, el};
use crate::ui::{Button, Combo, Glyph, Look, Popover, SelectField, SelectOption, fresh_id};
use checked::CheckedBox;
use longrun_core::dialect::{Filter, FilterKind};
use longrun_core::query::{ChipAt, ListQuery};
use longrun_core::text::t;
use pickers::{Picker, TimeRange};
use query_box::Typed;

/// A change of the query. The flag says whether it is committed: a history entry of its own.
pub type Change = Callback<(ListQuery, bool)>;

/// The bar.
#[component]
pub fn FilterBar(
    list: List,
    #[prop(into)] query: Signal<ListQuery>,
    /// The tenant that the connection is pinned to.
    pinned: Option<String>,
    /// The server filter for tenants.
    tenant_by: Option<&'static str>,
    on_change: Change,
) -> El {
    let tables = list.tables();
    let filters = tables.filters;
    let typed = Typed::new(query, tables, on_change);
    let commit = move |change: &dyn Fn(&mut ListQuery)| {
        let mut next = query.get_untracked();
        change(&mut next);
        on_change.run((next, true));
    };
    let adding = Adding::new(list);
    let edit = Trigger::new();
    let on_edit = Callback::new(move |chip: ChipAt| match chip {
        ChipAt::Server(edited_param, old) => {
            adding.param.set(edited_param);
            adding.value.set(old.clone());
            adding.wrong.set(None);
            adding.edited.set(Some((edited_param, old)));
            edit.notify();
        }
        ChipAt::Text(at) => {
            if let Some(part) = query.with_untracked(|query| query.piece_at(at)) {
                typed.select(&part);
            }
        }
    });
    let on_drop = Callback::new(move |chip: ChipAt| {
        commit(&|query| match &chip {
            ChipAt::Server(param, value) => query.drop_server(param, value),
            ChipAt::Text(at) => query.drop_piece(*at),
        });
    });
    let filtered = memo(move |_| query.with(ListQuery::is_filtered));
    let form = move || view! { <FilterForm list=list query=query adding=adding on_change=on_change /> };
    let is_picked = move |filter: &&'static Filter| {
        matches!(filter.kind, FilterKind::Choice) || Some(filter.param) == tenant_by
    };
    let pickers = filters.iter().filter(is_picked).map(move |filter| {
        let pinned = pinned.clone().filter(|_| Some(filter.param) == tenant_by);
        Node::from(view! { <Picker list=list query=query pinned=pinned filter=filter on_change=on_change /> })
    });
    let checked = filters.iter().filter(is_checked).map(|filter| {
        Node::from(view! { <CheckedBox query=query filters=filters filter=filter on_change=on_change /> })
    });
    let switch = |filter: &'static Filter| {
        let on = memo(move |_| query.with(|query| query.server_value(filter.param).is_some()));
        let press = Callback::new(move |()| {
            let next = if on.get_untracked() { "" } else { "true" };
            commit(&|query| query.set_server(filters, filter.param, next));
        });
        let pressed = derive(move || Some(on.get()));
        Node::from(view! { <Button label=filter.label pressed=pressed on_press=press /> })
    };
    let wrong_id = fresh_id("query-wrong");
    let words = suggestions::query_with_suggestions(typed, list, wrong_id.clone());
    let clear = Callback::new(move |()| commit(&ListQuery::clear_filters));
    // What is set stands on a line of its own, so that the box stays in its place while it is typed into.
    let set = move || {
        let row = el("div").class("query-set");
        row.child(view! { <Chips tables=tables query=query on_edit=on_edit on_drop=on_drop /> })
            .child(says::who(list, query))
            .child(view! { <Button label=t("Clear filters") look=Look::Ghost on_press=clear /> })
    };
    el("div")
        .class("filters")
        .child((!filters.is_empty()).then(
            || view! { <Popover label="Add filter" name="Add a filter" icon=Glyph::Plus ghost=true open_on=edit body=form /> },
        ))
        .child(pickers.collect::<Node>())
        .child(filters.iter().filter(|f| matches!(f.kind, FilterKind::Flag(_))).map(switch).collect::<Node>())
        .child(view! { <TimeRange query=query on_change=on_change /> })
        .child(words)
        .child(says::wrong(typed, list, wrong_id))
        .child(checked.collect::<Node>())
        .live_child(move || filtered.get().then(set))
}

/// A filter in a language of the server's has a box of its own.
fn is_checked(filter: &&'static Filter) -> bool {
    matches!(filter.kind, FilterKind::Checked(_))
}

/// What the form for a filter holds.
#[derive(Clone, Copy)]
struct Adding {
    param: RwSignal<&'static str>,
    value: RwSignal<String>,
    wrong: RwSignal<Option<String>>,
    /// The chip being changed: applying the form replaces it.
    edited: RwSignal<Option<(&'static str, String)>>,
}

impl Adding {
    fn new(list: List) -> Adding {
        let filters = list.tables().filters;
        // First what the server cannot be asked without.
        let needed = untrack(|| list.needed());
        let first = filters.iter().find(|filter| Some(filter.param) == needed).or_else(|| filters.first());
        Adding {
            param: RwSignal::new(first.map_or("", |filter| filter.param)),
            value: RwSignal::new(String::new()),
            wrong: RwSignal::new(None),
            edited: RwSignal::new(None),
        }
    }
}

/// The form for one filter, where the list cannot be asked without.
#[component]
pub fn FilterChooser(list: List, #[prop(into)] query: Signal<ListQuery>, on_change: Change) -> Node {
    let adding = Adding::new(list);
    view! { <FilterForm list=list query=query adding=adding on_change=on_change /> }.into()
}

/// Chooses a filter of the server and its value.
#[component]
fn FilterForm(list: List, query: Signal<ListQuery>, adding: Adding, on_change: Change) -> El {
    let filters = list.tables().filters;
    let Adding { param, value, wrong, edited } = adding;
    let filter = move || filters.iter().find(|filter| filter.param == param.get());
    let options = filters
        .iter()
        .filter(|filter| !is_checked(filter))
        .map(|filter| SelectOption { value: filter.param.to_owned(), label: t(filter.label).to_owned() })
        .collect::<Vec<_>>();
    let choose = Callback::new(move |chosen: String| {
        if let Some(filter) = filters.iter().find(|filter| filter.param == chosen) {
            param.set(filter.param);
            value.set(String::new());
            wrong.set(None);
        }
    });
    let apply = move || {
        let Some(filter) = untrack(filter) else { return };
        let is_flag = matches!(filter.kind, FilterKind::Flag(_));
        let typed = if is_flag { "true".to_owned() } else { value.get_untracked() };
        let is_odd = matches!(filter.kind, FilterKind::Number) && typed.trim().parse::<u64>().is_err();
        if is_odd && !typed.trim().is_empty() {
            wrong.set(Some(t("This takes a whole number.").to_owned()));
            return;
        }
        let mut next = query.get_untracked();
        if let Some((param, value)) = edited.get_untracked() {
            next.drop_server(param, &value);
        }
        next.set_server(filters, filter.param, &typed);
        edited.set(None);
        value.set(String::new());
        wrong.set(None);
        on_change.run((next, true));
    };
    let proposals = derive(move || match filter() {
        Some(Filter { kind: FilterKind::OneOf(words), .. }) => {
            words.iter().map(|word| (*word).to_owned()).collect()
        }
        Some(filter) => {
            let mut values: Vec<String> =
                list.offered(filter.param).values.into_iter().map(|choice| choice.value).collect();
            // Of tenants there are few among the rows; of ids there are as many as rows.
            if matches!(filter.kind, FilterKind::Choice) || Some(filter.param) == list.tenant_by() {
                for seen in list.values_of(filter) {
                    if !values.contains(&seen) {
                        values.push(seen);
                    }
                }
            }
            values
        }
        None => vec![],
    });
    let is_flag = memo(move |_| filter().is_some_and(|filter| matches!(filter.kind, FilterKind::Flag(_))));
    let hint = derive(move || filter().map(|filter| t(filter.hint).to_owned()));
    let exact = move || {
        let exact = filter().is_some_and(|filter| filter.value.is_some());
        exact.then(|| {
            el("p").class("hint").text("The server compares exactly and answers only with what matches.")
        })
    };
    let typed = Callback::new(move |typed| value.set(typed));
    let by = derive(move || param.get().to_owned());
    let nothing = Callback::new(|()| ());
    el("form")
        .class("stack-s")
        .attr("aria-label", "Add a filter")
        .on("submit", move |event| {
            event.prevent_default();
            apply();
        })
        .child(view! { <SelectField label="Filter by" options=options value=by on_change=choose /> })
        .live_child(move || {
            let is_value = !is_flag.get();
            is_value.then(
                || view! { <Combo label="Value" value=value options=proposals on_change=typed hint=hint /> },
            )
        })
        .live_child(move || wrong.get().map(|why| el("p").class("wrong").attr("role", "alert").text(why)))
        .live_child(move || {
            is_flag.get().then(|| el("p").class("hint").live_text(move || hint.get().unwrap_or_default()))
        })
        .live_child(exact)
        .child(el("div").class("row").child(view! {
            <Button label="Apply filter" look=Look::Primary on_press=nothing submit=true />
        }))
}
