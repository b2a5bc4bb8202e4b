//! The hourly budget of each connection, shared by everything that asks it. The rules are
//! `longrun_core::view::poll::Budget`'s; here are the clock and the place where requests are counted.

use crate::platform::{clock, pause};
use crate::reactive::StoredValue;
use longrun_core::http::ApiError;
use longrun_core::view::config::Connection;
use longrun_core::view::poll::Budget;

/// All budgets, by connection id and base: what one server asked for holds for no other under the same id. Cheap to
/// copy.
#[derive(Clone, Copy)]
pub struct Budgets(StoredValue<Vec<(Connection, Budget)>>);

/// Milliseconds of a clock that never goes back, whatever is done to the clock on the wall.
#[expect(clippy::cast_possible_truncation, reason = "milliseconds since the page began")]
pub fn steady_ms() -> i64 {
    clock::since_start() as i64
}

impl Budgets {
    /// Nothing was asked yet.
    pub fn new() -> Budgets {
        Budgets(StoredValue::new(vec![]))
    }

    /// Looks at the budget of a connection, at the time that it is given.
    pub fn with(self, conn: &Connection, act: &mut dyn FnMut(&mut Budget, i64)) {
        let same = |known: &Connection| known.id == conn.id && known.base == conn.base;
        self.0.update_value(|all| {
            let at = all.iter().position(|(known, _)| same(known)).unwrap_or_else(|| {
                all.push((conn.clone(), Budget::new(conn.requests_per_hour)));
                all.len() - 1
            });
            if let Some((_, budget)) = all.get_mut(at) {
                budget.allow(conn.requests_per_hour);
                act(budget, steady_ms());
            }
        });
    }

    /// A request leaves.
    pub fn sent(self, conn: &Connection) {
        self.with(conn, &mut Budget::sent);
    }

    /// What came of it; of a refusal, only what may go better later slows the others down.
    pub fn came(self, conn: &Connection, refused: Option<&ApiError>) {
        self.with(conn, &mut |budget, now| match refused {
            None => budget.answered(),
            Some(error) if error.kind.is_retryable() => budget.failed(now, error.retry_after),
            Some(_) => {}
        });
    }

    /// Milliseconds until so many requests may leave by themselves: 0 where they may now, or where the budget is too
    /// small for so many ever to. `spread` where they are some of many that go on and on.
    pub fn wait_ms(self, conn: &Connection, requests: u32, spread: bool) -> i64 {
        let mut wait = 0;
        self.with(conn, &mut |budget, now| {
            wait = budget.soonest(now, requests, spread).map_or(0, |at| at - now);
        });
        wait
    }

    /// Waits until one request of many that go on and on may leave.
    pub async fn turn(self, conn: &Connection) {
        loop {
            let wait = self.wait_ms(conn, 1, true);
            if wait <= 0 {
                return;
            }
            pause::sleep(u32::try_from(wait).unwrap_or(u32::MAX)).await;
        }
    }
}

impl Default for Budgets {
    fn default() -> Budgets {
        Budgets::new()
    }
}
