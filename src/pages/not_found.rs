//! An address that leads nowhere.

use leptos::prelude::*;

use crate::app::use_title;
use crate::routes::Route;
use crate::state::Console;
use crate::ui::Empty;

/// The page of any other address.
#[component]
pub fn NotFound() -> impl IntoView {
    let console = Console::here();
    use_title(|| "Not found".to_owned());
    let href = console.router.href(&Route::Home, "");
    view! {
        <div class="page">
            <h1 class="visually-hidden">"Not found"</h1>
            <Empty
                head="Nothing is at this address"
                says="It may be mistyped or from another version. Paste an operation's ID into the search box above to find it."
                actions=move || view! { <a class="btn" href=href.clone()>"Go to the first connection"</a> }
            />
        </div>
    }
}
