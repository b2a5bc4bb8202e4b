//! The rows of one list: what the server last sent, kept by identity. A load is read row by row, as it streams; rows
//! that did not change keep their place in memory and their slot number, so the screen can keep them too.
//!
//! While the very first load runs, its rows can be shown at once. A refresh is staged and takes effect as a whole
//! when it is complete; if it fails, the last good rows stay. How a load goes stands in `loading`.
#![expect(
    clippy::cast_possible_truncation,
    reason = "rows are counted in 32 bits: four thousand million of them fit in no browser"
)]

mod loading;
mod settle;
mod slots;

use std::hash::{BuildHasher, RandomState};

use hashbrown::HashTable;

use super::search::Haystack;
pub use super::texts::Reading;
use super::texts::{TextRef, Texts};
use crate::dialect::Words;
use crate::model::Operation;
use crate::query::TextQuery;
pub use loading::Load;
use settle::Leftover;
use slots::Slots;

/// Number of a row for as long as the list knows it.
pub type SlotNo = u32;

/// What a finished load changed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// Rows that were not there before.
    pub added: usize,
    /// Rows whose text differs from before.
    pub changed: usize,
    /// Rows that the server no longer sends.
    pub removed: usize,
}

#[derive(Debug)]
struct Slot {
    op: Operation,
    text: TextRef,
    /// Of the row as it was received, under a key of our own: tells an unchanged row from a changed one.
    print: u64,
    /// Counts the contents that this slot has had, so that a view can tell old from new.
    revision: u32,
    /// The page of a load that last sent it; pages are counted on and on.
    seen: u32,
    /// Only in [`Rows::order`] if true.
    live: bool,
    /// The page that first sent it, or one that was let in already.
    born: u32,
}

/// All rows of one list.
#[derive(Debug, Default)]
pub struct Rows {
    slots: Slots<Slot>,
    order: Vec<SlotNo>,
    by_id: HashTable<SlotNo>,
    hasher: RandomState,
    texts: Texts,
    words: Words,
    haystack: Haystack,
    /// Pages read so far, of every load.
    pages: u32,
    version: u64,
    unreadable: usize,
    /// Rows that were first sent after this page wait to be let in.
    let_in: u32,
    /// The page that first sent the newest row.
    youngest: u32,
    /// What loads left to be cleared away.
    leftover: Leftover,
}

impl Rows {
    /// Counts every visible change; the same number means the same rows in the same order.
    pub fn version(&self) -> u64 {
        self.version
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.order.len()
    }

    /// True where there are none.
    pub fn is_empty(&self) -> bool {
        self.order.is_empty()
    }

    /// How many rows could not be read and stand as raw text.
    pub fn unreadable(&self) -> usize {
        self.unreadable
    }

    /// Slot numbers in the server's order.
    pub fn order(&self) -> &[SlotNo] {
        &self.order
    }

    /// The operation in a slot.
    pub fn get(&self, slot: SlotNo) -> Option<&Operation> {
        self.slots.get(slot as usize).map(|slot| &slot.op)
    }

    /// How often the slot's content has changed.
    pub fn revision(&self, slot: SlotNo) -> u32 {
        self.slots.get(slot as usize).map_or(0, |slot| slot.revision)
    }

    /// The slot's row as the server sent it. For one row: to read many, see [`read_text`](Rows::read_text).
    pub fn text(&self, slot: SlotNo) -> String {
        self.read_text(slot, &mut Reading::default()).to_owned()
    }

    /// The slot's row as the server sent it. Texts are packed in blocks of some seventy rows; with one `reading` for
    /// many rows, read in the order of their slots, each block is unpacked once.
    pub fn read_text<'a>(&'a self, slot: SlotNo, reading: &'a mut Reading) -> &'a str {
        self.slots.get(slot as usize).map_or("", |slot| self.texts.read(slot.text, reading))
    }

    /// The slot of an id, among the rows that are shown.
    pub fn find(&self, id: &str) -> Option<SlotNo> {
        self.lookup(id).filter(|slot| self.slots.get(*slot as usize).is_some_and(|slot| slot.live))
    }

    /// True where the row is new and was not let in yet: rows that are read do not move under the reader's eyes.
    pub fn is_waiting(&self, slot: SlotNo) -> bool {
        self.slots.get(slot as usize).is_some_and(|slot| slot.born > self.let_in)
    }

    /// Lets every new row in.
    pub fn let_in(&mut self) {
        let waits = self.youngest > self.let_in;
        self.let_in = self.pages;
        // Where none waited, nothing that is shown is another.
        self.version += u64::from(waits);
    }

    /// Bytes held for row texts.
    pub fn held(&self) -> usize {
        self.texts.held()
    }

    /// For each slot whether it matches the free text; `None` where all do.
    pub(super) fn matching(&self, query: &TextQuery) -> Option<Vec<bool>> {
        self.haystack.matches(query)
    }

    fn lookup(&self, id: &str) -> Option<SlotNo> {
        let hash = self.hasher.hash_one(id);
        self.by_id.find(hash, |slot| self.slots.get(*slot as usize).is_some_and(|s| &*s.op.id == id)).copied()
    }

    /// What a row is recognised by. Sixty-four bits under a key that nobody else knows: that a changed row passes for
    /// its former self is as likely as guessing the key.
    fn print(&self, row: &[u8]) -> u64 {
        self.hasher.hash_one(row)
    }
}

#[cfg(test)]
#[path = "rows_tests.rs"]
mod tests;
