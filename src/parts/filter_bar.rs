//! The filter bar: what the server filters as chips with a form to add more, what is filtered among the loaded rows
//! as text, tenant, switches and time range.

use leptos::prelude::*;

use super::chips::Chips;
use crate::reactive::{derive, memo};
use crate::state::list::List;
use crate::ui::el::{El, Node, el};
use crate::ui::{Button, Combo, Glyph, Look, Popover, SelectField, SelectOption, icon_s};
use longrun_core::dialect::{Filter, FilterKind};
use longrun_core::query::{ListQuery, TimeBound};

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
    let filters = list.tables().filters;
    let commit = move |change: &dyn Fn(&mut ListQuery)| {
        let mut next = query.get_untracked();
        change(&mut next);
        on_change.run((next, true));
    };
    let param = RwSignal::new(filters.first().map_or("", |filter| filter.param));
    let value = RwSignal::new(String::new());
    // The chip being changed: applying the form replaces it.
    let edited = RwSignal::new(None::<(&'static str, String)>);
    let edit = Trigger::new();
    let on_edit = Callback::new(move |(edited_param, old): (&'static str, String)| {
        param.set(edited_param);
        value.set(old.clone());
        edited.set(Some((edited_param, old)));
        edit.notify();
    });
    let on_drop = Callback::new(move |(param, value): (&'static str, String)| {
        commit(&|q| q.drop_server(param, &value));
    });
    let apply = Callback::new(move |()| {
        commit(&|query| {
            if let Some((param, value)) = edited.get_untracked() {
                query.drop_server(param, &value);
            }
            let flag = filters
                .iter()
                .any(|f| f.param == param.get_untracked() && matches!(f.kind, FilterKind::Flag(_)));
            let typed = value.get_untracked();
            query.set_server(filters, param.get_untracked(), if flag { "true" } else { &typed });
        });
        edited.set(None);
        value.set(String::new());
    });
    let text = memo(move |_| query.with(|query| query.text.clone()));
    let type_text = move |typed: String, committed: bool| {
        let mut next = query.get_untracked();
        if next.text != typed || committed {
            next.text = typed;
            on_change.run((next, committed));
        }
    };
    let filtered = memo(move |_| query.with(ListQuery::is_filtered));
    let tenants = derive(move || list.tenants());
    let form = move || view! { <FilterForm filters=filters param=param value=value tenants=tenants on_apply=apply /> };
    let tenant = tenant_by
        .map(|by| view! { <TenantPicker list=list query=query pinned=pinned by=by on_change=on_change /> });
    let switch = |filter: &'static Filter| {
        let on = memo(move |_| query.with(|query| query.server_value(filter.param).is_some()));
        let press = Callback::new(move |()| {
            let next = if on.get_untracked() { "" } else { "true" };
            commit(&|query| query.set_server(filters, filter.param, next));
        });
        let pressed = derive(move || Some(on.get()));
        Node::from(view! { <Button label=filter.label pressed=pressed on_press=press /> })
    };
    let words = el("input")
        .class("query")
        .attr("id", "query")
        .attr("type", "text")
        .attr("aria-label", "Query")
        .attr("placeholder", "Words in loaded rows, \"two words\", -without")
        .attr("autocomplete", "off")
        .attr("spellcheck", "false")
        .live_value(move || text.get())
        .on("input", move |event| type_text(event_target_value(&event), false))
        .on("change", move |event| type_text(event_target_value(&event), true));
    let clear = Callback::new(move |()| commit(&ListQuery::clear_filters));
    el("div")
        .class("filters")
        .child(view! { <Chips filters=filters query=query on_edit=on_edit on_drop=on_drop /> })
        .child(view! { <Popover label="Add filter" name="Add a filter" icon=Glyph::Plus ghost=true open_on=edit body=form /> })
        .child(tenant)
        .child(filters.iter().filter(|f| matches!(f.kind, FilterKind::Flag(_))).map(switch).collect::<Node>())
        .child(view! { <TimeRange query=query on_change=on_change /> })
        .child(words)
        .live_child(move || {
            filtered.get().then(|| view! { <Button label="Clear filters" look=Look::Ghost on_press=clear /> })
        })
}

/// Chooses a filter of the server and its value.
#[component]
fn FilterForm(
    filters: &'static [Filter],
    param: RwSignal<&'static str>,
    value: RwSignal<String>,
    #[prop(into)] tenants: Signal<Vec<String>>,
    on_apply: Callback<()>,
) -> El {
    let filter = move || filters.iter().find(|filter| filter.param == param.get());
    let options = filters
        .iter()
        .map(|filter| SelectOption { value: filter.param.to_owned(), label: filter.label.to_owned() })
        .collect::<Vec<_>>();
    let choose = Callback::new(move |chosen: String| {
        if let Some(filter) = filters.iter().find(|filter| filter.param == chosen) {
            param.set(filter.param);
            value.set(String::new());
        }
    });
    let proposals = derive(move || match filter() {
        Some(Filter { kind: FilterKind::OneOf(words), .. }) => {
            words.iter().map(|word| (*word).to_owned()).collect()
        }
        Some(Filter { param: "tenant_id", .. }) => tenants.get(),
        _ => vec![],
    });
    let is_flag = memo(move |_| filter().is_some_and(|filter| matches!(filter.kind, FilterKind::Flag(_))));
    let hint = derive(move || filter().map(|filter| filter.hint.to_owned()));
    let typed = Callback::new(move |typed| value.set(typed));
    let by = derive(move || param.get().to_owned());
    let nothing = Callback::new(|()| ());
    el("form")
        .class("stack-s")
        .attr("aria-label", "Add a filter")
        .on("submit", move |event| {
            event.prevent_default();
            on_apply.run(());
        })
        .child(view! { <SelectField label="Filter by" options=options value=by on_change=choose /> })
        .live_child(move || {
            let is_value = !is_flag.get();
            is_value.then(
                || view! { <Combo label="Value" value=value options=proposals on_change=typed hint=hint /> },
            )
        })
        .live_child(move || {
            is_flag.get().then(|| el("p").class("hint").live_text(move || hint.get().unwrap_or_default()))
        })
        .child(el("p").class("hint").text("The server compares exactly and answers only with what matches."))
        .child(el("div").class("row").child(view! {
            <Button label="Apply filter" look=Look::Primary on_press=nothing submit=true />
        }))
}

/// The tenants of the loaded rows; a pinned connection shows its own and no other.
#[component]
fn TenantPicker(
    list: List,
    #[prop(into)] query: Signal<ListQuery>,
    pinned: Option<String>,
    by: &'static str,
    on_change: Change,
) -> Node {
    let filters = list.tables().filters;
    if let Some(tenant) = pinned {
        return el("span")
            .class("pinned")
            .attr("title", "This connection shows one tenant only")
            .child(icon_s(Glyph::Lock))
            .text("Tenant ")
            .child(el("span").class("mono").text(tenant))
            .into();
    }
    let chosen = memo(move |_| query.with(|query| query.server_value(by).unwrap_or_default().to_owned()));
    // Filtered to one tenant, the rows know no other: those seen before stay on offer.
    let seen = memo(move |before: Option<&Vec<String>>| {
        let mut seen = before.cloned().unwrap_or_default();
        for tenant in list.tenants() {
            if !seen.contains(&tenant) {
                seen.push(tenant);
            }
        }
        let chosen = chosen.get();
        if !chosen.is_empty() && !seen.contains(&chosen) {
            seen.push(chosen);
        }
        seen.sort();
        seen
    });
    let options = derive(move || {
        let all = SelectOption { value: String::new(), label: "All tenants".to_owned() };
        std::iter::once(all)
            .chain(seen.get().into_iter().map(|t| SelectOption { label: t.clone(), value: t }))
            .collect()
    });
    let choose = Callback::new(move |tenant: String| {
        let mut next = query.get_untracked();
        next.set_server(filters, by, &tenant);
        on_change.run((next, true));
    });
    view! { <SelectField label="Tenant" options=options value=chosen on_change=choose bare=true /> }.into()
}

const RANGES: [(&str, &str); 6] = [
    ("", "All loaded"),
    ("-15m", "Last 15 min"),
    ("-1h", "Last hour"),
    ("-6h", "Last 6 h"),
    ("-1d", "Last 24 h"),
    ("-7d", "Last 7 d"),
];

/// The time range among the loaded rows. A range from a link that is none of the usual ones is offered too.
#[component]
fn TimeRange(#[prop(into)] query: Signal<ListQuery>, on_change: Change) -> Node {
    let now = memo(move |_| {
        query.with(|query| match (query.from, query.to) {
            (from, None) => from.map(|from| from.to_string()).unwrap_or_default(),
            (from, Some(to)) => format!("{}/{to}", from.map(|from| from.to_string()).unwrap_or_default()),
        })
    });
    let options = derive(move || {
        let mut options: Vec<SelectOption> = RANGES
            .iter()
            .map(|(value, label)| SelectOption { value: (*value).into(), label: (*label).into() })
            .collect();
        let now = now.get();
        if !options.iter().any(|option| option.value == now) {
            let label = now.replacen('/', " to ", 1);
            options.push(SelectOption { value: now, label });
        }
        options
    });
    let choose = Callback::new(move |chosen: String| {
        let mut next = query.get_untracked();
        let (from, to) = chosen.split_once('/').map_or((chosen.as_str(), ""), |both| both);
        (next.from, next.to) = (TimeBound::parse(from), TimeBound::parse(to));
        on_change.run((next, true));
    });
    view! { <SelectField label="Time range" options=options value=now on_change=choose bare=true /> }.into()
}
