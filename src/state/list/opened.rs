//! The lists that were opened, kept so that going back is instant. Knows nothing of what is in them.

use leptos::prelude::Owner;

use super::List;
use crate::reactive::StoredValue;
use crate::state::Console;
use longrun_core::dialect::{Dialect, Kind};
use longrun_core::view::config::Connection;

/// Tells a list from all others: another address or tenant under the same id is another list.
pub fn list_name(conn: &Connection, kind: Kind) -> String {
    format!("{} {kind} {} {}", conn.id, conn.base, conn.tenant.as_deref().unwrap_or_default())
}

/// The lists that were opened: one per connection and kind. They outlive their pages, so that going back is instant.
#[derive(Clone, Copy)]
pub struct Lists {
    open: StoredValue<Vec<(String, List)>>,
    owner: StoredValue<Owner>,
}

impl Lists {
    /// None yet. Lists made later belong to the present owner.
    pub fn new() -> Lists {
        Lists {
            open: StoredValue::new(vec![]),
            owner: StoredValue::new(Owner::current().unwrap_or_default()),
        }
    }

    /// The list of a connection, as it was left.
    pub fn open(
        self,
        console: Console,
        conn: &Connection,
        dialect: &'static dyn Dialect,
        kind: Kind,
    ) -> List {
        let key = list_name(conn, kind);
        if let Some(list) =
            self.open.with_value(|open| open.iter().find(|(known, _)| *known == key).map(|(_, list)| *list))
        {
            return list;
        }
        let list = self.owner.get_value().with(|| List::new(console, conn.clone(), dialect, kind));
        self.open.update_value(|open| open.push((key, list)));
        list
    }

    /// All that were opened.
    pub fn all(self) -> Vec<List> {
        self.open.with_value(|open| open.iter().map(|(_, list)| *list).collect())
    }

    /// The list across these, as it was left. `None` where there are none.
    pub fn across(self, console: Console, lists: Vec<(Connection, List)>) -> Option<List> {
        let ids: Vec<&str> = lists.iter().map(|(conn, _)| conn.id.as_str()).collect();
        // No connection's id has a comma.
        let key = format!(", {}", ids.join(","));
        let known =
            self.open.with_value(|open| open.iter().find(|(known, _)| *known == key).map(|(_, list)| *list));
        let list = known.or_else(|| self.owner.get_value().with(|| List::across(console, lists)))?;
        if known.is_none() {
            self.open.update_value(|open| open.push((key, list)));
        }
        Some(list)
    }
}

impl Default for Lists {
    fn default() -> Lists {
        Lists::new()
    }
}
