//! How a complete load becomes the list, and what is cleared away after it, in pieces so small that nobody who types or
//! scrolls meanwhile is kept waiting. Must not know where rows come from, nor which of them are visible.

use std::hash::BuildHasher;

use super::loading::Changed;
use super::{Changes, Load, Reading, Rows, SlotNo};

/// Rows that are dealt with in one piece of work.
const AT_ONCE: usize = 512;
/// Blocks of texts that are emptied in one piece of work.
const BLOCKS: usize = 8;

/// What a load left behind.
#[derive(Debug, Default)]
pub(super) struct Leftover {
    /// Slots of rows that the server no longer sends.
    removed: Vec<SlotNo>,
    /// Blocks of texts that are more dead than alive.
    blocks: Vec<u32>,
    /// Neither words nor blocks were looked at yet.
    fresh: bool,
}

impl Rows {
    /// The answer is complete: its rows become the list. All at once; a list that is on the screen rather calls
    /// [`settle`](Rows::settle), [`take_effect`](Rows::take_effect) and [`tidy`](Rows::tidy), and lets the browser
    /// breathe in between.
    pub fn finish(&mut self, mut load: Load) -> Changes {
        while self.settle(&mut load) {}
        let changes = self.take_effect(load);
        while self.tidy() {}
        changes
    }

    /// Puts some changed rows of a complete load in their place. True where more is to be done: call it again.
    pub fn settle(&mut self, load: &mut Load) -> bool {
        for _ in 0..AT_ONCE {
            let Some(Changed { slot: no, op, text, print }) = load.changed.pop() else { return false };
            load.settled += 1;
            self.haystack.put(no, &op);
            if let Some(slot) = self.slots.get_mut(no as usize) {
                self.texts.forget(std::mem::replace(&mut slot.text, text));
                self.unreadable += usize::from(op.unreadable);
                self.unreadable -= usize::from(slot.op.unreadable);
                (slot.op, slot.print) = (op, print);
                slot.revision += 1;
            }
        }
        true
    }

    /// Makes the rows of a settled load the list: from here on it is the one that is shown.
    pub fn take_effect(&mut self, load: Load) -> Changes {
        let mut changes = Changes { changed: load.settled, ..Changes::default() };
        if load.shown {
            changes.added = load.order.len();
        }
        for no in load.first_new..self.slots.len() {
            if let Some(slot) = self.slots.get_mut(no)
                && !std::mem::replace(&mut slot.live, true)
            {
                changes.added += 1;
                self.unreadable += usize::from(slot.op.unreadable);
            }
        }
        // Mostly all of them are still there, and there is no need to look.
        if !load.is_more && !load.shown && load.met < self.order.len() {
            for no in &self.order {
                if let Some(slot) = self.slots.get_mut(*no as usize)
                    && slot.seen < load.first
                {
                    slot.live = false;
                    self.unreadable -= usize::from(slot.op.unreadable);
                    changes.removed += 1;
                    self.leftover.removed.push(*no);
                }
            }
        }
        if changes != Changes::default() || self.order != load.order {
            self.version += 1;
        }
        self.order = load.order;
        self.leftover.fresh = true;
        changes
    }

    /// Clears some of what loads left behind. True where more is to be done; the next load does what was not done.
    pub fn tidy(&mut self) -> bool {
        if self.has_removed() {
            let rest = self.leftover.removed.len().saturating_sub(AT_ONCE);
            for no in self.leftover.removed.split_off(rest) {
                self.clear(no);
            }
            return true;
        }
        if std::mem::take(&mut self.leftover.fresh) {
            self.leftover.removed = Vec::new();
            self.words.forget_unused();
            self.leftover.blocks = self.texts.half_dead();
            return true;
        }
        if !self.leftover.blocks.is_empty() {
            let rest = self.leftover.blocks.len().saturating_sub(BLOCKS);
            let blocks = self.leftover.blocks.split_off(rest);
            self.empty_out(&blocks);
            return true;
        }
        self.haystack.tidy()
    }

    /// Rows that went are still found by their ids, though not shown.
    pub(super) fn has_removed(&self) -> bool {
        !self.leftover.removed.is_empty()
    }

    /// Empties the slot of a row that went. Its number is not used again, so that a number never means two rows.
    fn clear(&mut self, no: SlotNo) {
        self.haystack.forget(no);
        let Some(slot) = self.slots.get_mut(no as usize) else { return };
        self.texts.forget(slot.text);
        let op = std::mem::take(&mut slot.op);
        let hash = self.hasher.hash_one(&*op.id);
        if let Ok(entry) = self.by_id.find_entry(hash, |known| *known == no) {
            entry.remove();
        }
    }

    /// Moves the living texts out of some blocks.
    fn empty_out(&mut self, blocks: &[u32]) {
        let texts = &mut self.texts;
        let mut living: Vec<_> = self
            .slots
            .iter_mut()
            .filter(|slot| slot.live && blocks.contains(&slot.text.block()))
            .map(|slot| &mut slot.text)
            .collect();
        // One block after the other, so that each is unpacked once.
        let mut reading = Reading::default();
        for block in blocks {
            for text in living.iter_mut().filter(|text| text.block() == *block) {
                **text = texts.moved(**text, &mut reading);
            }
        }
    }

    /// The answer broke off: staged rows are dropped, the list stays as it was. Rows of a first load that are
    /// already on the screen stay there. A load that has begun to settle is complete, and takes effect.
    pub fn abandon(&mut self, load: Load) {
        if load.settled > 0 {
            self.finish(load);
            return;
        }
        for changed in load.changed {
            self.texts.forget(changed.text);
        }
        if load.shown {
            return;
        }
        while self.slots.len() > load.first_new {
            let no = self.slots.len() - 1;
            self.clear(no as SlotNo);
            self.slots.pop();
        }
    }
}
