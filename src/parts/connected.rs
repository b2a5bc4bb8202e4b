//! Finds the connection a page is about, or says that there is none.

use crate::reactive::prelude::*;

use super::related::search_of;
use crate::app::use_title;
use crate::reactive::memo;
use crate::routes::Route;
use crate::state::Console;
use crate::ui::Empty;
use crate::ui::el::{Node, el, live_node};
use longrun_core::dialect::{Dialect, Kind, KindTable};
use longrun_core::http::encode_query;
use longrun_core::model::Operation;
use longrun_core::text::t;
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
    /// Where one object of `kind` leads: to its page; where the server shows none of that kind by itself, to the
    /// first list that belongs to it, if there is one.
    pub fn href(&self, console: Console, kind: Kind, op: &Operation) -> Option<String> {
        let table = self.dialect.kind(kind)?;
        let tenant = op.tenant.as_deref().filter(|_| table.can.keyed_by_tenant);
        let conn = self.conn.id.clone();
        if table.can.get || op.unreadable {
            let route = Route::Detail { conn, kind: kind.to_owned(), id: op.id.to_string() };
            return Some(console.router.href(&route, &encode_query(tenant.map(|tenant| (TENANT, tenant)))));
        }
        let related = table.related.first()?;
        let value = (related.of)(op)?;
        let by = self.dialect.capabilities(related.kind).tenant_by;
        let route = Route::List { conn, kind: related.kind.to_owned() };
        Some(console.router.href(&route, &search_of(related, value, by.zip(tenant))))
    }
}

/// The name in the address of the tenant that an object belongs to.
pub const TENANT: &str = "tenant";
/// The name in the address of a target's page of the kind of object, where it is not the main one.
pub const KIND: &str = "kind";

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
    use_title(move || t(head).to_owned());
    let href = console.router.href(&Route::Home, "");
    let home = el("a").class("btn").attr("href", href).text("Go to Now");
    let empty = view! { <Empty head=head says=says actions=home /> };
    [Node::from(el("h1").class("visually-hidden").text(head)), empty.into()].into()
}
