//! Which rows of a list are visible, in which order, and how many stand in each state. Plain lists of slot numbers;
//! the rows themselves stay where they are. The order is kept from one question to the next, so that typing into a
//! filter never sorts.

use std::cmp::Ordering;

use super::filter::Filter;
use super::rows::{Rows, SlotNo};
use crate::dialect::{Column, SortKey};
use crate::model::{Operation, State};
use crate::query::{ListQuery, Sort};
use crate::time::Millis;

/// The visible part of a list.
#[derive(Debug, Default)]
pub struct Index {
    sorted: Vec<SlotNo>,
    /// What must be known of each of them for nearly every question: its state, and whether it waits. To look each row
    /// up in its own place would cost more than all the rest.
    marks: Vec<u8>,
    sorted_for: Option<(u64, Sort)>,
    /// Visible rows, in order.
    pub visible: Vec<SlotNo>,
    /// Rows in each state that match everything but the choice of states; by [`State::index`].
    pub counts: [usize; State::COUNT],
    /// Sum of the counts.
    pub matching: usize,
    /// New rows that match everything and wait to be let in.
    pub waiting: usize,
}

impl Index {
    /// Brings the order up to date, where the rows or the order changed. [`update`](Index::update) does so, too; called
    /// before it, the two are pieces of work by themselves.
    pub fn sort(&mut self, rows: &Rows, sort: Sort, columns: &[Column], now: Millis) {
        let wanted = (rows.version(), sort);
        if self.sorted_for != Some(wanted) {
            let key = columns.iter().find(|column| column.id == sort.column).and_then(|column| column.sort);
            self.sorted = sorted(rows, key, sort.descending, now);
            self.marks = self.sorted.iter().map(|slot| mark(rows, *slot)).collect();
            self.sorted_for = Some(wanted);
        }
    }

    /// Computes what is visible at the time `now`. Sorts only where the rows or the order changed. `filter` is what
    /// `query` says of the rows' words, fields and bodies.
    pub fn update(
        &mut self,
        rows: &Rows,
        query: &ListQuery,
        filter: &mut Filter,
        columns: &[Column],
        now: Millis,
    ) {
        self.sort(rows, query.sort, columns, now);
        let hits = rows.matching(&filter.matcher().words);
        filter.begin();
        let from = query.from.map(|bound| bound.at(now));
        let to = query.to.map(|bound| bound.at(now));
        let asks = from.is_some() || to.is_some() || filter.asks();
        let mut allows = |slot: SlotNo| {
            rows.get(slot).is_some_and(|op| is_within(op, from, to) && filter.allows(rows, slot, op, now))
        };
        let chosen = State::ALL.map(|state| query.states.is_empty() || query.states.has(state));
        self.counts = [0; State::COUNT];
        self.waiting = 0;
        self.visible.clear();
        for (slot, mark) in self.sorted.iter().zip(&self.marks) {
            if hits.as_ref().is_some_and(|hits| hits.get(*slot as usize) != Some(&true))
                || asks && !allows(*slot)
            {
                continue;
            }
            let state = usize::from(mark & !WAITS);
            let (Some(count), Some(chosen)) = (self.counts.get_mut(state), chosen.get(state)) else {
                continue;
            };
            if mark & WAITS != 0 {
                self.waiting += usize::from(*chosen);
                continue;
            }
            *count += 1;
            if *chosen {
                self.visible.push(*slot);
            }
        }
        filter.end();
        self.matching = self.counts.iter().sum();
    }
}

/// Of a mark: the row is new and waits to be let in.
const WAITS: u8 = 1 << 7;

/// The index of a row's state, and whether it waits.
fn mark(rows: &Rows, slot: SlotNo) -> u8 {
    let state = rows.get(slot).and_then(|op| u8::try_from(op.state.index()).ok());
    // Where there is no row, there is no such state either.
    state.unwrap_or(!WAITS) | if rows.is_waiting(slot) { WAITS } else { 0 }
}

/// A row without a readable time is outside every range: it cannot be shown to lie in it.
fn is_within(op: &Operation, from: Option<Millis>, to: Option<Millis>) -> bool {
    if from.is_none() && to.is_none() {
        return true;
    }
    let Some(at) = op.created.millis() else { return false };
    from.is_none_or(|from| at >= from) && to.is_none_or(|to| at <= to)
}

/// A row with what it is sorted by.
struct Keyed {
    /// Decides nearly every comparison.
    key: u64,
    /// Position in the server's order: decides between equals.
    at: u32,
    slot: SlotNo,
}

/// All rows in order. Equal rows stay in the server's order, in either direction; rows without a value stand last.
fn sorted(rows: &Rows, key: Option<SortKey>, descending: bool, now: Millis) -> Vec<SlotNo> {
    let Some(key) = key else { return rows.order().to_vec() };
    let key_of = |slot: SlotNo| {
        let op = rows.get(slot)?;
        let key = match key {
            SortKey::Number(of) => ordered(of(op, now)?),
            SortKey::Text(of) => head(Some(of(op)).filter(|text| !text.is_empty())?),
        };
        // The largest key is for rows without a value.
        Some(if descending { !key } else { key }.min(u64::MAX - 1))
    };
    let mut keyed: Vec<Keyed> = rows
        .order()
        .iter()
        .zip(0_u32..)
        .map(|(slot, at)| Keyed { key: key_of(*slot).unwrap_or(u64::MAX), at, slot: *slot })
        .collect();
    let text = |keyed: &Keyed| match key {
        SortKey::Text(of) => rows.get(keyed.slot).map(of).unwrap_or_default(),
        SortKey::Number(_) => "",
    };
    let compare = |a: &Keyed, b: &Keyed| {
        let tie = || {
            let order = in_lower_case(text(a), text(b));
            if descending { order.reverse() } else { order }
        };
        a.key.cmp(&b.key).then_with(tie).then(a.at.cmp(&b.at))
    };
    if !keyed.is_sorted_by(|a, b| compare(a, b).is_lt()) {
        keyed.sort_unstable_by(compare);
    }
    keyed.into_iter().map(|keyed| keyed.slot).collect()
}

/// A number as one that sorts the same without its sign.
fn ordered(value: i64) -> u64 {
    value.cast_unsigned() ^ (1 << 63)
}

/// The first eight bytes in lower case.
fn head(text: &str) -> u64 {
    let mut bytes = [0; 8];
    for (to, from) in bytes.iter_mut().zip(text.bytes()) {
        *to = from.to_ascii_lowercase();
    }
    u64::from_be_bytes(bytes)
}

fn in_lower_case(a: &str, b: &str) -> Ordering {
    // Shared words are the same allocation; most ties end here.
    if std::ptr::eq(a, b) {
        return Ordering::Equal;
    }
    a.bytes().map(|byte| byte.to_ascii_lowercase()).cmp(b.bytes().map(|byte| byte.to_ascii_lowercase()))
}

#[cfg(test)]
#[path = "index_tests.rs"]
mod tests;
