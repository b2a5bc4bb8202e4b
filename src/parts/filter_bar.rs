//! The filter bar: what the server filters as chips with a form to add more, what is filtered among the loaded rows
//! as text, tenant, switches and time range.

use crate::reactive::prelude::*;

use super::chips::Chips;
use crate::reactive::{derive, effect, memo};
use crate::state::list::{List, Unset};
use crate::ui::el::{El, Node, el, live_node};
use crate::ui::{Button, Combo, Glyph, Look, Popover, SelectField, SelectOption, fresh_id, icon_s};
use longrun_core::dialect::{Filter, FilterKind};
use longrun_core::fold::lowered;
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
    let adding = Adding::new(list);
    let edit = Trigger::new();
    let on_edit = Callback::new(move |(edited_param, old): (&'static str, String)| {
        adding.param.set(edited_param);
        adding.value.set(old.clone());
        adding.wrong.set(None);
        adding.edited.set(Some((edited_param, old)));
        edit.notify();
    });
    let on_drop = Callback::new(move |(param, value): (&'static str, String)| {
        commit(&|q| q.drop_server(param, &value));
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
        .child((!filters.is_empty()).then(
            || view! { <Popover label="Add filter" name="Add a filter" icon=Glyph::Plus ghost=true open_on=edit body=form /> },
        ))
        .child(pickers.collect::<Node>())
        .child(filters.iter().filter(|f| matches!(f.kind, FilterKind::Flag(_))).map(switch).collect::<Node>())
        .child(view! { <TimeRange query=query on_change=on_change /> })
        .child(words)
        .live_child(move || {
            filtered.get().then(|| view! { <Button label="Clear filters" look=Look::Ghost on_press=clear /> })
        })
        .child(checked.collect::<Node>())
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
        .map(|filter| SelectOption { value: filter.param.to_owned(), label: filter.label.to_owned() })
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
            wrong.set(Some("This takes a whole number.".to_owned()));
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
    let hint = derive(move || filter().map(|filter| filter.hint.to_owned()));
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

/// One of the values that the server offers and the rows show; a pinned connection shows its own and no other.
#[component]
fn Picker(
    list: List,
    #[prop(into)] query: Signal<ListQuery>,
    pinned: Option<String>,
    filter: &'static Filter,
    on_change: Change,
) -> Node {
    let filters = list.tables().filters;
    let by = filter.param;
    if let Some(value) = pinned {
        return el("span")
            .class("pinned")
            .attr("title", format!("This connection shows one {} only", lowered(filter.label)))
            .child(icon_s(Glyph::Lock))
            .text(format!("{} ", filter.label))
            .child(el("span").class("mono").text(value))
            .into();
    }
    let chosen = memo(move |_| query.with(|query| query.server_value(by).unwrap_or_default().to_owned()));
    // Filtered to one value, the rows know no other: those seen before stay on offer.
    let seen = memo(move |before: Option<&Vec<String>>| {
        let mut seen = before.cloned().unwrap_or_default();
        for value in list.values_of(filter).into_iter().chain([chosen.get()]) {
            if !value.is_empty() && !seen.contains(&value) {
                seen.push(value);
            }
        }
        seen.sort();
        seen
    });
    let none = memo(move |_| {
        let _ = (chosen.get(), list.unasked.get());
        match list.unset(by) {
            Unset::Nothing => format!("All {}s", lowered(filter.label)),
            Unset::Needed => format!("No {} chosen", lowered(filter.label)),
            Unset::Usual(value) => format!("{value}, unless chosen"),
        }
    });
    let options = derive(move || {
        let offered = list.offered(by).values;
        let mut options = vec![SelectOption { value: String::new(), label: none.get() }];
        let rest = seen.get().into_iter().filter(|seen| !offered.iter().any(|choice| choice.value == *seen));
        let rest: Vec<SelectOption> =
            rest.map(|value| SelectOption { label: value.clone(), value }).collect();
        options.extend(offered.iter().map(|choice| SelectOption {
            value: choice.value.clone(),
            label: match &choice.note {
                Some(note) => format!("{} ({note})", choice.value),
                None => choice.value.clone(),
            },
        }));
        options.extend(rest);
        options
    });
    let choose = Callback::new(move |value: String| {
        let mut next = query.get_untracked();
        if filter.repeatable {
            next.server.params.retain(|(param, _)| *param != by);
        }
        next.set_server(filters, by, &value);
        on_change.run((next, true));
    });
    let select =
        view! { <SelectField label=filter.label options=options value=chosen on_change=choose bare=true /> };
    let why = move || {
        let why = list.offered(by).failure?;
        Some(format!("What the server offers here is not known: {why} Others can be typed under Add filter."))
    };
    // The choice still works then: what the rows show is on offer.
    let unknown = move || {
        let why = why()?;
        let mark = el("span").class("visually-hidden").text(why.clone());
        Some(el("span").class("odd").attr("title", why).child(icon_s(Glyph::Warn)).child(mark))
    };
    [Node::from(select), live_node(unknown)].into()
}

/// A text in a language of the server's: checked before it is sent, and not sent where the server would refuse it.
#[component]
fn CheckedBox(
    #[prop(into)] query: Signal<ListQuery>,
    filters: &'static [Filter],
    filter: &'static Filter,
    on_change: Change,
) -> Node {
    let by = filter.param;
    let FilterKind::Checked(check) = filter.kind else { return Node::None };
    let sent = memo(move |_| query.with(|query| query.server_value(by).unwrap_or_default().to_owned()));
    let typed = RwSignal::new(sent.get_untracked());
    effect(move |_: Option<()>| typed.set(sent.get()));
    let verdict = move |text: &str| if text.trim().is_empty() { None } else { check(text.trim()).err() };
    let wrong = RwSignal::new(None::<String>);
    effect(move |_: Option<()>| wrong.set(verdict(&sent.get())));
    let commit = move || {
        let text = typed.get_untracked();
        let why = verdict(&text);
        let good = why.is_none();
        wrong.set(why);
        if good && sent.get_untracked() != text.trim() {
            let mut next = query.get_untracked();
            next.set_server(filters, by, &text);
            on_change.run((next, true));
        }
    };
    let id = fresh_id("checked");
    let (wrong_id, hint_id) = (format!("{id}-wrong"), format!("{id}-hint"));
    let described = format!("{wrong_id} {hint_id}");
    let input = el("input")
        .class("input mono")
        .attr("id", id.clone())
        .attr("type", "text")
        .attr("autocomplete", "off")
        .attr("autocapitalize", "off")
        .attr("spellcheck", "false")
        .attr("aria-describedby", described)
        .live("aria-invalid", move || wrong.get().is_some().then_some("true"))
        .live_value(move || typed.get())
        .on("input", move |event| {
            typed.set(event_target_value(&event));
            // What was wrong is looked at again with each key; what is new is looked at when it is done.
            if wrong.get_untracked().is_some() {
                wrong.set(verdict(&typed.get_untracked()));
            }
        })
        .on("change", move |_| commit());
    let says = move || {
        let why = wrong.get()?;
        Some([icon_s(Glyph::Failed).into(), Node::from(el("span").text(format!("{why} It was not sent.")))])
    };
    el("form")
        .class("checked-filter")
        .on("submit", move |event| {
            event.prevent_default();
            commit();
        })
        .child(el("label").attr("for", id).text(filter.label))
        .child(input)
        .child(el("p").class("wrong").attr("id", wrong_id).attr("role", "alert").live_child(says))
        .child(el("p").class("hint").attr("id", hint_id).text(filter.hint))
        .into()
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
