//! What is usual among the loaded rows, and which running rows take longer. Computed when somebody asks and the rows
//! have changed since: a list of a hundred thousand takes some milliseconds.

use super::List;
use longrun_core::model::Operation;
use longrun_core::time::Millis;
use longrun_core::view::freshness::Freshness;
use longrun_core::view::rows::SlotNo;
use longrun_core::view::usual::{Mark, Typical, Usual};

impl List {
    /// Brings what is usual up to date. False while the first rows are still coming: they would say another thing each
    /// time.
    pub(super) fn know_usual(self) -> bool {
        if self.fresh.with_untracked(|fresh: &Freshness| fresh.loaded_at.is_none()) {
            return false;
        }
        self.data.update_value(|data| {
            let version = data.rows.version();
            if data.usual.as_ref().is_none_or(|(of, _)| *of != version) {
                data.usual = Some((version, Usual::of(&data.rows)));
            }
        });
        true
    }

    /// The mark of a row that runs longer than usual. Follows nothing: ask again as time goes on.
    pub fn mark(self, slot: SlotNo, now: Millis) -> Option<Mark> {
        let (list, slot) = self.at(slot);
        if !list.know_usual() {
            return None;
        }
        list.data.with_value(|data| data.usual.as_ref()?.1.mark(data.rows.get(slot)?, now))
    }

    /// Why a row is marked, in words.
    pub fn mark_says(self, slot: SlotNo, now: Millis) -> Option<String> {
        let (list, slot) = self.at(slot);
        list.data.with_value(|data| data.usual.as_ref()?.1.says(data.rows.get(slot)?, now))
    }

    /// What is usual for the like of an operation, with its mark and why.
    pub fn usual(self, op: &Operation, now: Millis) -> Option<(Typical, Option<(Mark, String)>)> {
        if !self.know_usual() {
            return None;
        }
        self.data.with_value(|data| {
            let (_, usual) = data.usual.as_ref()?;
            let mark = usual.mark(op, now).zip(usual.says(op, now));
            Some((usual.like(op)?.clone(), mark))
        })
    }
}
