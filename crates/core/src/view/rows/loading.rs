//! How rows are read into the list: a load takes them one by one and page by page, and takes effect at its end or not at
//! all. Must not know where they come from, nor which of them are visible.

use std::hash::BuildHasher;

use super::{Rows, Slot, SlotNo, TextRef};
use crate::dialect::{Dialect, Kind, RowError};
use crate::model::{Operation, State};
use crate::text::{fill, t};

/// Whether a load has met a row already.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Seen {
    /// Only loads before this one have.
    Before,
    /// An earlier page of this load has.
    OnAnotherPage,
    /// This page has.
    OnThisPage,
}

/// A load in progress. Given back to [`Rows::finish`] or [`Rows::abandon`].
#[derive(Debug)]
pub struct Load {
    /// Its first page.
    pub(super) first: u32,
    /// The page being read.
    page: u32,
    /// Rows come after those that are there, which all stay.
    pub(super) is_more: bool,
    pub(super) order: Vec<SlotNo>,
    pub(super) changed: Vec<Changed>,
    /// Slots from here on are new with this load.
    pub(super) first_new: usize,
    /// Where in the old order the next unchanged row is expected.
    expected: usize,
    /// Rows are shown as they come.
    pub(super) shown: bool,
    bytes: u64,
    /// Rows of the list that it has met again.
    pub(super) met: usize,
    /// It is complete, and so many changes of it have taken effect.
    pub(super) settled: usize,
}

/// What a row will be.
#[derive(Debug)]
pub(super) struct Changed {
    pub(super) slot: SlotNo,
    pub(super) op: Operation,
    pub(super) text: TextRef,
    pub(super) print: u64,
}

impl Load {
    /// Rows taken so far.
    pub fn rows(&self) -> usize {
        self.order.len()
    }

    /// Bytes of rows taken so far.
    pub fn bytes(&self) -> u64 {
        self.bytes
    }
}

impl Rows {
    /// Starts to read the list anew. One load at a time: abandon an unfinished one first.
    pub fn begin(&mut self) -> Load {
        // No row may be found that went.
        while self.has_removed() {
            self.tidy();
        }
        if self.order.is_empty() {
            self.let_in = self.pages + 1;
        }
        self.pages += 1;
        Load {
            first: self.pages,
            page: self.pages,
            is_more: false,
            order: Vec::with_capacity(self.order.len()),
            changed: Vec::new(),
            first_new: self.slots.len(),
            expected: 0,
            shown: self.order.is_empty(),
            bytes: 0,
            met: 0,
            settled: 0,
        }
    }

    /// Starts to read a further page: its rows come after those that are there.
    pub fn begin_more(&mut self) -> Load {
        if self.order.is_empty() {
            return self.begin();
        }
        let load = self.begin();
        Load { is_more: true, expected: self.order.len(), order: self.order.clone(), ..load }
    }

    /// What is taken from now on comes from the next page of the same load.
    pub fn next_page(&mut self, load: &mut Load) {
        self.pages += 1;
        load.page = self.pages;
    }

    /// Takes one row of the answer.
    pub fn take(&mut self, load: &mut Load, row: &[u8], dialect: &dyn Dialect, kind: Kind) {
        load.bytes += row.len() as u64;
        let print = self.print(row);
        // Most rows of a refresh stand where they stood and say what they said: no need to read those.
        if let Some(slot) = self.order.get(load.expected).copied()
            && self.slots.get(slot as usize).is_some_and(|slot| slot.print == print)
            && self.mark_seen(slot, load) == Seen::Before
        {
            load.expected += 1;
            load.order.push(slot);
            return;
        }
        let lossy = String::from_utf8_lossy(row);
        let op = match dialect.parse_row(kind, &lossy, &mut self.words) {
            Ok(op) => op,
            Err(error) => unreadable(load.order.len(), &lossy, &error),
        };
        self.put_printed(load, op, &lossy, print);
    }

    /// Takes one operation with the text it was read from.
    pub fn put(&mut self, load: &mut Load, op: Operation, text: &str) {
        let print = self.print(text.as_bytes());
        self.put_printed(load, op, text, print);
    }

    fn put_printed(&mut self, load: &mut Load, op: Operation, text: &str, print: u64) {
        let Some(slot) = self.lookup(&op.id) else { return self.add(load, op, text, print) };
        match self.mark_seen(slot, load) {
            Seen::Before => {
                let same = |known: &Slot| known.print == print && known.op == op;
                if !self.slots.get(slot as usize).is_some_and(same) {
                    let text = self.texts.keep(text);
                    load.changed.push(Changed { slot, op, text, print });
                }
                // With a further page, what is there already stays where it is.
                if load.is_more {
                    return;
                }
                if let Some(at) = self.place(slot, load.expected) {
                    load.expected = at + 1;
                }
                load.order.push(slot);
            }
            // While one page after the other was read, it moved from one to the next.
            Seen::OnAnotherPage => {}
            // The server sent an id twice. Both are shown; the second under a name of its own.
            Seen::OnThisPage => {
                let mut second = op;
                second.oddities.push(fill("The server sent the id {0} twice.", &[&second.id]).into());
                second.id =
                    fill("{0} (entry {1})", &[&second.id, &(load.order.len() + 1).to_string()]).into();
                if self.lookup(&second.id).is_none() {
                    self.add(load, second, text, print);
                }
            }
        }
    }

    /// Takes a row that is there already as it is, though the server did not send it. False where there is none.
    pub fn keep(&mut self, load: &mut Load, id: &str) -> bool {
        let Some(slot) = self.find(id) else { return false };
        if self.mark_seen(slot, load) == Seen::Before && !load.is_more {
            load.order.push(slot);
        }
        true
    }

    /// Where a slot stands in the old order, looked for only near where it is expected: rows move little.
    fn place(&self, slot: SlotNo, near: usize) -> Option<usize> {
        let window = self.order.get(near..(near + 64).min(self.order.len()))?;
        window.iter().position(|at| *at == slot).map(|ahead| near + ahead)
    }

    fn mark_seen(&mut self, slot: SlotNo, load: &mut Load) -> Seen {
        let Some(slot) = self.slots.get_mut(slot as usize) else { return Seen::OnAnotherPage };
        match std::mem::replace(&mut slot.seen, load.page) {
            page if page == load.page => Seen::OnThisPage,
            page if page >= load.first => Seen::OnAnotherPage,
            _ => {
                load.met += 1;
                Seen::Before
            }
        }
    }

    fn add(&mut self, load: &mut Load, op: Operation, text: &str, print: u64) {
        let no = self.slots.len() as SlotNo;
        let hash = self.hasher.hash_one(&*op.id);
        let text = self.texts.keep(text);
        self.haystack.put(no, &op);
        let is_raw = op.unreadable;
        // Who asks for more wants to see it.
        let born = if load.is_more { self.let_in } else { load.first };
        self.youngest = self.youngest.max(born);
        self.slots.push(Slot { op, text, print, revision: 0, seen: load.page, live: load.shown, born });
        let (slots, hasher) = (&self.slots, &self.hasher);
        self.by_id.insert_unique(hash, no, |slot| {
            slots.get(*slot as usize).map_or(0, |slot| hasher.hash_one(&*slot.op.id))
        });
        load.order.push(no);
        if load.shown {
            self.unreadable += usize::from(is_raw);
            self.order.push(no);
            self.version += 1;
        }
    }
}

/// A row that is no operation still is an entry of the list: its raw text can be opened.
fn unreadable(position: usize, text: &str, error: &RowError) -> Operation {
    Operation {
        id: fill("entry {0} (unreadable)", &[&(position + 1).to_string()]).into(),
        state: State::Unknown,
        kind: Some(t("Unreadable").into()),
        // Its beginning stands for a name, so that it can be seen and found.
        name: Some(text.chars().take(80).collect::<String>().into()),
        error: Some(error.to_string().into()),
        unreadable: true,
        ..Operation::default()
    }
}
