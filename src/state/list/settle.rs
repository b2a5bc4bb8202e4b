//! How a complete read comes onto the screen: in pieces, between which the browser takes input and paints. A hundred
//! thousand rows would else hold it up for longer than a hand notices. Reads nothing.

use super::List;
use crate::platform::{clock, pause};
use longrun_core::time::Millis;
use longrun_core::view::rows::Changes;

/// A piece of work lasts about this many milliseconds.
const SLICE: f64 = 8.0;
/// Lists up to this length are done with in one piece.
const SHORT: usize = 2_000;

impl List {
    /// Makes what was read the list, and has ready what the screen will ask of it. What is drawn stays as it is until
    /// somebody calls `reindex`. New rows wait unless they are to be let in.
    pub(super) async fn settle(self, let_in: bool) -> Changes {
        let mut slice = clock::since_start();
        while self.settle_some() {
            if clock::since_start() - slice > SLICE {
                pause::yield_now().await;
                slice = clock::since_start();
            }
        }
        self.breathe().await;
        let changes = self.data.try_update_value(|data| {
            let changes = data.load.take().map(|load| data.rows.take_effect(load));
            if let_in {
                data.rows.let_in();
            }
            changes
        });
        self.breathe().await;
        self.know_usual();
        self.breathe().await;
        self.query.with_untracked(|query| {
            self.data.update_value(|data| {
                data.index.sort(&data.rows, query.sort, data.tables.columns, Millis(clock::now_ms()));
            });
        });
        self.breathe().await;
        changes.flatten().unwrap_or_default()
    }

    fn settle_some(self) -> bool {
        let some = |data: &mut super::Data| data.load.as_mut().is_some_and(|load| data.rows.settle(load));
        self.data.try_update_value(some).unwrap_or(false)
    }

    async fn breathe(self) {
        if self.data.try_with_value(|data| data.rows.len()).is_some_and(|rows| rows > SHORT) {
            pause::yield_now().await;
        }
    }

    /// Clears away what the last load left behind, in pauses of other work.
    pub(super) fn tidy(self) {
        self.scope.spawn(async move {
            pause::yield_now().await;
            let mut slice = clock::since_start();
            while self.data.try_update_value(|data| data.rows.tidy()).unwrap_or(false) {
                if clock::since_start() - slice > SLICE {
                    pause::yield_now().await;
                    slice = clock::since_start();
                }
            }
        });
    }
}
