//! Finds the connection a page is about, or says that there is none.

use leptos::prelude::*;

use crate::app::use_title;
use crate::reactive::memo;
use crate::routes::Route;
use crate::state::Console;
use crate::ui::Empty;
use crate::ui::el::{Node, el, live_node};
use longrun_core::dialect::{Dialect, Kind, KindTable};
use longrun_core::http::encode_query;
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
    /// The tables of that kind.
    pub table: &'static KindTable,
}

impl Connected {
    /// The address of one object of `kind`. Its tenant goes along where the id alone does not find it.
    pub fn href(&self, console: Console, kind: Kind, id: &str, tenant: Option<&str>) -> String {
        let keyed = self.dialect.capabilities(kind).keyed_by_tenant;
        let tenant = tenant.filter(|_| keyed).map(|tenant| (TENANT, tenant));
        let route = Route::Detail { conn: self.conn.id.clone(), kind: kind.to_owned(), id: id.to_owned() };
        console.router.href(&route, &encode_query(tenant))
    }
}

/// The name in the address of the tenant that an object belongs to.
pub const TENANT: &str = "tenant";

/// Draws `page` once the connection is known. `kind` empty means the dialect's main kind.
pub fn connected(id: String, kind: String, page: impl Fn(Connected) -> Node + 'static) -> Node {
    draw(id, kind, Box::new(page))
}

// One for all pages.
fn draw(id: String, kind: String, page: Box<dyn Fn(Connected) -> Node>) -> Node {
    let console = Console::here();
    let found =
        memo(move |_| console.connections.all().map(|all| all.into_iter().find(|conn| conn.id == id)));
    live_node(move || match found.get() {
        None => {
            el("p").class("quiet notice").attr("role", "status").text("Reading the configuration…").into()
        }
        Some(None) => missing(
            console,
            "No such connection",
            "The address names a connection that this console does not have.",
        ),
        Some(Some(conn)) => {
            let dialect = conn.dialect();
            let kinds = dialect.map(|dialect| dialect.describe().kinds).unwrap_or_default();
            let chosen = kinds.iter().find(|table| kind.is_empty() || table.id == kind);
            match (dialect, chosen) {
                (Some(dialect), Some(table)) => page(Connected { conn, dialect, kind: table.id, table }),
                _ => missing(
                    console,
                    "Nothing of that kind",
                    "This connection's API does not have what the address names.",
                ),
            }
        }
    })
}

fn missing(console: Console, head: &'static str, says: &'static str) -> Node {
    use_title(move || head.to_owned());
    let href = console.router.href(&Route::Home, "");
    let home = el("a").class("btn").attr("href", href).text("Go to the first connection");
    let empty = view! { <Empty head=head says=says actions=home /> };
    [Node::from(el("h1").class("visually-hidden").text(head)), empty.into()].into()
}
