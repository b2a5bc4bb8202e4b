//! A moment: short in the line, exact on hover, machine-readable for copying and tools.

use leptos::prelude::*;

/// A time. With `on_flip`, pressing it asks the page to change between relative and exact.
#[component]
pub fn Moment(
    /// ISO 8601 with its zone.
    #[prop(into)]
    iso: String,
    #[prop(into)] shown: Signal<String>,
    /// The exact time with seconds and zone.
    #[prop(into)]
    exact: Signal<String>,
    #[prop(optional, into)] on_flip: Option<Callback<()>>,
) -> impl IntoView {
    let time = view! { <time datetime=iso title=move || exact.get()>{move || shown.get()}</time> };
    match on_flip {
        None => time.into_any(),
        Some(flip) => view! {
            <button class="flip" type="button" title=move || exact.get() on:click=move |_| flip.run(())>
                {time}
            </button>
        }
        .into_any(),
    }
}
