//! Choices that stand in the bar itself: values that the server offers, and the time range among the loaded rows.

use crate::reactive::prelude::*;

use super::Change;
use crate::reactive::{derive, memo};
use crate::state::list::{List, Unset};
use crate::ui::el::{Node, el, live_node};
use crate::ui::{Glyph, SelectField, SelectOption, icon_s};
use longrun_core::dialect::Filter;
use longrun_core::fold::lowered;
use longrun_core::query::{ListQuery, TimeBound};
use longrun_core::text::{fill, t};

/// One of the values that the server offers and the rows show; a pinned connection shows its own and no other.
#[component]
pub(super) fn Picker(
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
            .attr("title", fill("This connection shows one {0} only", &[&lowered(t(filter.label))]))
            .child(icon_s(Glyph::Lock))
            .text(filter.label)
            .text(" ")
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
            Unset::Nothing => fill("All {0}s", &[&lowered(t(filter.label))]),
            Unset::Needed => fill("No {0} chosen", &[&lowered(t(filter.label))]),
            Unset::Usual(value) => fill("{0}, unless chosen", &[&value]),
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
        Some(fill(
            "What the server offers here is not known: {0} Others can be typed under Add filter.",
            &[&why],
        ))
    };
    // The choice still works then: what the rows show is on offer.
    let unknown = move || {
        let why = why()?;
        let mark = el("span").class("visually-hidden").text(why.clone());
        Some(el("span").class("odd").attr("title", why).child(icon_s(Glyph::Warn)).child(mark))
    };
    [Node::from(select), live_node(unknown)].into()
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
pub(super) fn TimeRange(#[prop(into)] query: Signal<ListQuery>, on_change: Change) -> Node {
    let now = memo(move |_| {
        query.with(|query| match (query.from, query.to) {
            (from, None) => from.map(|from| from.to_string()).unwrap_or_default(),
            (from, Some(to)) => format!("{}/{to}", from.map(|from| from.to_string()).unwrap_or_default()),
        })
    });
    let options = derive(move || {
        let mut options: Vec<SelectOption> = RANGES
            .iter()
            .map(|(value, label)| SelectOption { value: (*value).into(), label: t(label).into() })
            .collect();
        let now = now.get();
        if !options.iter().any(|option| option.value == now) {
            let (from, to) = now.split_once('/').unwrap_or((&now, ""));
            let label = if to.is_empty() { now.clone() } else { fill("{0} to {1}", &[from, to]) };
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
