//! The start: leads to the first connection's list, or to the form for one.

use leptos::prelude::*;

use crate::app::use_title;
use crate::parts::config_problems::ConfigProblems;
use crate::routes::Route;
use crate::state::Console;
use crate::ui::{Empty, live_view};

/// The page of `/`.
#[component]
pub fn Home() -> impl IntoView {
    let console = Console::here();
    use_title(String::new);
    Effect::new(move |_| {
        let Some(all) = console.connections.all() else { return };
        let first = all.first().and_then(|conn| {
            let kind = conn.dialect()?.describe().kinds.first()?;
            Some(Route::List { conn: conn.id.clone(), kind: (*kind).to_owned() })
        });
        if let Some(route) = first {
            console.router.replace(&console.router.href(&route, ""));
        }
    });
    let view = move || match console.connections.all() {
        None => view! { <p class="quiet" role="status">"Reading the configuration…"</p> }.into_any(),
        Some(all) if all.is_empty() => {
            let href = console.router.href(&Route::NewConnection, "");
            view! {
                <h1 class="visually-hidden">"Longrun"</h1>
                <Empty
                    head="No connection yet"
                    says="A connection tells the console where an operations API is and how to sign in."
                    actions=move || view! { <a class="btn btn-primary" href=href.clone()>"Add a connection"</a> }
                />
            }
            .into_any()
        }
        Some(_) => ().into_any(),
    };
    view! { <div class="page"><ConfigProblems />{live_view(view)}</div> }
}
