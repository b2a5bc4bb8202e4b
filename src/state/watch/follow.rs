//! Watched operations are read one after the other while the console is open, whatever page is on the screen: on each
//! connection at most one at a time, within a quarter of what it may ask. What a list or a page has just read is not
//! asked again. A tab that nobody looks at asks once a minute, for the sake of telling the end.

use leptos::prelude::untrack;

use super::Watch;
use crate::platform::{clock, network, visibility};
use crate::reactive::effect;
use crate::state::Console;
use crate::state::act::{Place, send};
use crate::state::list::List;
use longrun_core::dialect::Key;
use longrun_core::http::{ApiError, ErrorKind};
use longrun_core::model::Operation;
use longrun_core::time::Millis;
use longrun_core::view::poll::Pace;
use longrun_core::view::watch::{Watched, gap};

/// What came of the last reading of one.
#[derive(Clone, Default)]
pub(super) struct Try {
    key: String,
    conn: String,
    at: Millis,
    busy: bool,
    failures: u32,
    retry_after: Option<u64>,
}

impl Watch {
    /// Begins to follow what is watched, and to tell what has ended.
    pub fn start(self, console: Console) {
        self.mark_tab();
        effect(move |_: Option<()>| {
            let _ = console.now.get();
            untrack(|| self.tick(console));
        });
    }

    fn tick(self, console: Console) {
        let mut open = self.kept();
        open.retain(|one| !one.is_over());
        if open.is_empty() || !network::is_online() {
            return;
        }
        let (now, visible) = (clock::now_ms(), visibility::is_visible());
        let tries = self.tries.get_value();
        // Longest not read first; what was never read at once.
        let last = |one: &Watched| tries.iter().find(|tried| tried.key == one.key());
        let mut open: Vec<(Option<&Try>, Watched)> = open.into_iter().map(|one| (last(&one), one)).collect();
        open.sort_by_key(|(tried, _)| tried.map(|tried| tried.at));
        // A clock that was set back must not stop it.
        let passed = |since: Millis, wait: i64| !(0..wait).contains(&(now - since.0));
        let mut asked: Vec<String> = vec![];
        for (tried, one) in open {
            let (failures, wait) = tried.map_or((0, None), |tried| (tried.failures, tried.retry_after));
            let due = one
                .pace(visible, failures, wait)
                .is_some_and(|pace| tried.is_none_or(|t| passed(t.at, pace)));
            if !due || asked.contains(&one.conn) {
                continue;
            }
            let Some(place) = place(console, &one) else { continue };
            let space = gap(place.conn.requests_per_hour);
            let of_conn = tries.iter().filter(|tried| tried.conn == one.conn);
            let soon = of_conn.clone().any(|tried| tried.busy || !passed(tried.at, space));
            if soon || console.budgets.wait_ms(&place.conn, 1, true) > 0 {
                continue;
            }
            asked.push(one.conn.clone());
            self.tried(&one, true, None);
            self.scope.spawn(async move {
                let key = Key { id: one.id.clone(), tenant: one.tenant.clone() };
                match send::read(console, &place, &key).await {
                    Ok(shown) => self.saw(console, &one, Some(&shown.op)),
                    Err(error) if error.kind == ErrorKind::NotFound => self.saw(console, &one, None),
                    Err(error) => self.tried(&one, false, Some(&error)),
                }
            });
        }
    }

    fn tried(self, one: &Watched, busy: bool, error: Option<&ApiError>) {
        let key = one.key();
        self.tries.update_value(|tries| {
            let before = tries.iter().position(|tried| tried.key == key).map(|at| tries.swap_remove(at));
            let before = before.unwrap_or_default();
            tries.push(Try {
                key,
                conn: one.conn.clone(),
                at: Millis(clock::now_ms()),
                busy,
                failures: match (busy, error) {
                    (true, _) => before.failures,
                    (false, Some(_)) => before.failures + 1,
                    (false, None) => 0,
                },
                retry_after: error.and_then(|error| error.retry_after),
            });
        });
    }

    /// Notes how the server answered for one: the operation, or that it knows it no more. Tells where it has ended.
    pub fn saw(self, console: Console, one: &Watched, op: Option<&Operation>) {
        self.tried(one, false, None);
        let now = Millis(clock::now_ms());
        let mut told = None;
        self.change(&one.key(), |kept| {
            let tells = match op {
                Some(op) => kept.see(op, now),
                None => kept.vanish(),
            };
            told = tells.then(|| kept.clone());
        });
        if let Some(one) = told {
            self.tell(console, &one);
        }
    }

    /// Takes in what a list has just read, so that it is not asked again.
    pub fn saw_list(self, console: Console, list: List) {
        let (conn, dialect, kind) = list.place();
        let Some(table) = dialect.kind(kind) else { return };
        let place = Place { conn, dialect, table };
        for one in self.kept().into_iter().filter(|one| one.conn == place.conn.id && one.kind == place.kind())
        {
            let op = list.with_op(&one.id, Operation::clone);
            // The same id may stand in another tenant.
            if let Some(op) = op.filter(|op| place.key_of(op).tenant == one.tenant) {
                self.saw(console, &one, Some(&op));
            }
        }
    }
}

/// Where one is read; `None` where nobody is signed in, where its user reads by hand only, or where it cannot be read.
fn place(console: Console, one: &Watched) -> Option<Place> {
    console.connections.session(&one.conn)?;
    let conn = console.connections.find(&one.conn)?;
    let dialect = conn.dialect()?;
    let table = dialect.describe().kinds.iter().find(|table| table.id == one.kind && table.can.get)?;
    let place = Place { conn, dialect, table };
    (place.list(console).poller().pace.get_untracked() != Pace::Off).then_some(place)
}
