//! Finds the connection a page is about, or says that there is none.

use leptos::prelude::*;

use crate::routes::Route;
use crate::state::Console;
use crate::ui::{Empty, live_view};
use longrun_core::dialect::{Dialect, Kind};
use longrun_core::view::config::Connection;

/// A connection with its dialect and one of its kinds.
#[derive(Clone)]
pub struct Connected {
    /// The connection.
    pub conn: Connection,
    /// Its dialect.
    pub dialect: &'static dyn Dialect,
    /// The kind, as the dialect spells it.
    pub kind: Kind,
}

/// Draws `page` once the connection is known. `kind` empty means the dialect's main kind.
pub fn connected(id: String, kind: String, page: impl Fn(Connected) -> AnyView + Send + Sync + 'static) -> impl IntoView {
    let console = Console::here();
    let found = Memo::new(move |_| console.connections.all().map(|all| all.into_iter().find(|conn| conn.id == id)));
    live_view(move || match found.get() {
        None => view! { <p class="quiet notice" role="status">"Reading the configuration…"</p> }.into_any(),
        Some(None) => missing(console, "No such connection", "The address names a connection that this console does not have."),
        Some(Some(conn)) => {
            let dialect = conn.dialect();
            let kinds = dialect.map(|dialect| dialect.describe().kinds).unwrap_or_default();
            let chosen = kinds.iter().copied().find(|known| kind.is_empty() || *known == kind);
            match (dialect, chosen) {
                (Some(dialect), Some(kind)) => page(Connected { conn, dialect, kind }),
                _ => missing(console, "Nothing of that kind", "This connection's API does not have what the address names."),
            }
        }
    })
}

fn missing(console: Console, head: &'static str, says: &'static str) -> AnyView {
    let href = console.router.href(&Route::Home, "");
    view! {
        <h1 class="visually-hidden">{head}</h1>
        <Empty head=head says=says actions=move || view! { <a class="btn" href=href.clone()>"Go to the first connection"</a> } />
    }
    .into_any()
}
