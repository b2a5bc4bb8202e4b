//! Which rows of a list are visible, in which order, and how many stand in each state. Plain lists of slot numbers;
//! the rows themselves stay where they are. The order is kept from one question to the next, so that typing into a
//! filter never sorts.

use super::rows::{Rows, SlotNo};
use crate::dialect::{Column, SortKey};
use crate::model::{Operation, State};
use crate::query::{ListQuery, Sort, TextQuery};
use crate::time::Millis;

/// The visible part of a list.
#[derive(Debug, Default)]
pub struct Index {
    sorted: Vec<SlotNo>,
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
    /// Computes what is visible at the time `now`. Sorts only where the rows or the order changed.
    pub fn update(&mut self, rows: &Rows, query: &ListQuery, columns: &[Column], now: Millis) {
        let wanted = (rows.version(), query.sort);
        if self.sorted_for != Some(wanted) {
            let key = columns.iter().find(|column| column.id == query.sort.column).and_then(|column| column.sort);
            self.sorted = sorted(rows, key, query.sort.descending, now);
            self.sorted_for = Some(wanted);
        }
        let hits = rows.matching(&TextQuery::parse(&query.text));
        let from = query.from.map(|bound| bound.at(now));
        let to = query.to.map(|bound| bound.at(now));
        self.counts = [0; State::COUNT];
        self.waiting = 0;
        self.visible.clear();
        for slot in &self.sorted {
            if hits.as_ref().is_some_and(|hits| hits.get(*slot as usize) != Some(&true)) {
                continue;
            }
            let Some(op) = rows.get(*slot) else { continue };
            if !is_within(op, from, to) {
                continue;
            }
            let chosen = query.states.is_empty() || query.states.has(op.state);
            if rows.is_waiting(*slot) {
                self.waiting += usize::from(chosen);
                continue;
            }
            if let Some(count) = self.counts.get_mut(op.state.index()) {
                *count += 1;
            }
            if chosen {
                self.visible.push(*slot);
            }
        }
        self.matching = self.counts.iter().sum();
    }
}

/// A row without a readable time is outside every range: it cannot be shown to lie in it.
fn is_within(op: &Operation, from: Option<Millis>, to: Option<Millis>) -> bool {
    if from.is_none() && to.is_none() {
        return true;
    }
    let Some(at) = op.created.millis() else { return false };
    from.is_none_or(|from| at >= from) && to.is_none_or(|to| at <= to)
}

/// All rows in order. Equal rows stay in the server's order, in either direction.
fn sorted(rows: &Rows, key: Option<SortKey>, descending: bool, now: Millis) -> Vec<SlotNo> {
    match key {
        None => rows.order().to_vec(),
        Some(SortKey::Number(of)) => by_number(rows, of, descending, now),
        Some(SortKey::Text(of)) => by_text(rows, of, descending),
    }
}

fn by_number(
    rows: &Rows,
    of: fn(&Operation, Millis) -> Option<i64>,
    descending: bool,
    now: Millis,
) -> Vec<SlotNo> {
    // Rows without a value stand last in either direction: their key is the largest in the order that is used.
    let key = |slot: SlotNo| match rows.get(slot).and_then(|op| of(op, now)) {
        Some(value) if descending => (false, !value),
        Some(value) => (false, value),
        None => (true, 0),
    };
    let mut keyed: Vec<((bool, i64), u32, SlotNo)> =
        rows.order().iter().zip(0_u32..).map(|(slot, at)| (key(*slot), at, *slot)).collect();
    if !keyed.is_sorted() {
        keyed.sort_unstable();
    }
    keyed.into_iter().map(|(_, _, slot)| slot).collect()
}

struct TextKey<'a> {
    /// The first eight bytes in lower case: decides nearly every comparison without looking at the text.
    head: u64,
    text: &'a str,
    at: u32,
    slot: SlotNo,
}

fn by_text(rows: &Rows, of: fn(&Operation) -> &str, descending: bool) -> Vec<SlotNo> {
    let key = |(slot, at): (&SlotNo, u32)| {
        let text = rows.get(*slot).map(of).unwrap_or_default();
        TextKey { head: head(text), text, at, slot: *slot }
    };
    let mut keyed: Vec<TextKey> = rows.order().iter().zip(0_u32..).map(key).collect();
    keyed.sort_unstable_by(|a, b| {
        // No text stands last in either direction.
        let order = a.text.is_empty().cmp(&b.text.is_empty());
        let text = || {
            let order = a.head.cmp(&b.head).then_with(|| in_lower_case(a.text, b.text));
            if descending { order.reverse() } else { order }
        };
        order.then_with(text).then(a.at.cmp(&b.at))
    });
    keyed.into_iter().map(|key| key.slot).collect()
}

fn head(text: &str) -> u64 {
    let mut bytes = [0; 8];
    for (to, from) in bytes.iter_mut().zip(text.bytes()) {
        *to = from.to_ascii_lowercase();
    }
    u64::from_be_bytes(bytes)
}

fn in_lower_case(a: &str, b: &str) -> std::cmp::Ordering {
    // Shared words are the same allocation; most ties end here.
    if std::ptr::eq(a, b) {
        return std::cmp::Ordering::Equal;
    }
    a.bytes().map(|byte| byte.to_ascii_lowercase()).cmp(b.bytes().map(|byte| byte.to_ascii_lowercase()))
}

#[cfg(test)]
#[path = "index_tests.rs"]
mod tests;
