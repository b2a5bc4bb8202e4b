//! What the server filters, as chips that can be changed and taken away.

use leptos::prelude::*;

use crate::ui::{Glyph, Icon, live_view};
use longrun_core::dialect::{Filter, FilterKind};
use longrun_core::query::ListQuery;

/// The chips. `on_edit` gets parameter and value of the chip that was pressed, `on_drop` of the one to take away.
#[component]
pub fn Chips(
    filters: &'static [Filter],
    #[prop(into)] query: Signal<ListQuery>,
    on_edit: Callback<(&'static str, String)>,
    on_drop: Callback<(&'static str, String)>,
) -> impl IntoView {
    let chips = Memo::new(move |_| query.with(|query| query.server.params.clone()));
    let one = move |(param, value): (&'static str, String)| {
        let filter = filters.iter().find(|filter| filter.param == param)?;
        let flag = matches!(filter.kind, FilterKind::Flag(_));
        let shown = if flag { "on".to_owned() } else { value.clone() };
        let name = format!("{} is {shown}", filter.label);
        let (edited, dropped) = (value.clone(), value);
        Some(view! {
            <li class="chip">
                <button type="button" title=name.clone() on:click=move |_| on_edit.run((param, edited.clone()))>
                    <span class="visually-hidden">"Edit filter: "</span>
                    <span class="key">{filter.label}" is "</span>
                    <span class="val">{shown.clone()}</span>
                </button>
                <button
                    class="drop"
                    type="button"
                    aria-label=format!("Remove filter: {name}")
                    on:click=move |_| on_drop.run((param, dropped.clone()))
                >
                    <Icon glyph=Glyph::Close small=true />
                </button>
            </li>
        })
    };
    view! {
        {live_view(move || (!chips.with(Vec::is_empty)).then(|| view! {
            <ul aria-label="Filters">
                <For each=move || chips.get() key=|(param, value)| format!("{param} {value}") children=one />
            </ul>
        }))}
    }
}
