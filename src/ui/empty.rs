//! Where there is nothing to show: what that means, and what to do.

use leptos::prelude::*;

/// An empty state. `actions` holds at most two buttons.
#[component]
pub fn Empty(
    #[prop(into)] head: Signal<String>,
    #[prop(into)] says: Signal<String>,
    #[prop(optional, into)] actions: ViewFnOnce,
) -> impl IntoView {
    view! {
        <div class="empty">
            <svg class="art" viewBox="0 0 96 32" aria-hidden="true" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round">
                <path d="M4 8h36M4 16h60M4 24h20" stroke-dasharray="1 6" />
                <path d="M88 4v24" />
            </svg>
            <h2>{move || head.get()}</h2>
            <p>{move || says.get()}</p>
            {actions.run()}
        </div>
    }
}
