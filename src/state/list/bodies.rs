//! Looks into the request bodies that a query asks about, a few at a time, so that input is never kept waiting. Which
//! bodies, and what they must hold, `view::filter` knows.

use super::List;
use crate::platform::{clock, pause, task::Task};

/// One slice of looking, in milliseconds.
const SLICE: f64 = 6.0;
/// While it goes on, the screen follows at this pace, in milliseconds.
const FOLLOW: f64 = 200.0;
/// Bodies between two looks at the clock.
const FEW: usize = 16;

impl List {
    /// Goes on looking where bodies are left that were not looked into.
    pub(super) fn look_on(self) {
        let looking = self.data.with_value(|data| data.filter.looking());
        if self.looking.get_untracked() != looking {
            self.looking.set(looking);
        }
        let runs = self.looker.with_value(|task| task.as_ref().is_some_and(Task::is_running));
        if looking.is_none() || runs {
            return;
        }
        let task = self.scope.spawn(async move {
            let mut shown = clock::since_start();
            loop {
                let slice = clock::since_start();
                let mut more = true;
                while more && clock::since_start() - slice < SLICE {
                    more = self
                        .data
                        .try_update_value(|data| data.filter.look(&data.rows, FEW))
                        .unwrap_or_default();
                }
                if !more {
                    break;
                }
                if slice - shown > FOLLOW {
                    shown = slice;
                    self.reindex();
                }
                pause::yield_now().await;
            }
            // This task has as good as ended: what comes up from here on needs another.
            self.looker.update_value(|task| *task = None);
            self.reindex();
        });
        self.looker.set_value(task);
    }
}
