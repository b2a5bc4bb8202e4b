//! What views see of a list: counts, the rows in view, one row. Each tells whether it is followed.

use std::ops::Range;

use leptos::prelude::untrack;

use super::List;
use longrun_core::dialect::{Dialect, Filter, Key, Kind};
use longrun_core::model::{Operation, State};
use longrun_core::query::ListQuery;
use longrun_core::view::config::Connection;
use longrun_core::view::rows::{Reading, SlotNo};

impl List {
    /// How many rows are loaded.
    pub fn loaded(self) -> usize {
        self.shape.track();
        let mut loaded = self.data.with_value(|data| data.rows.len());
        self.each_part(&mut |part| loaded += part.loaded());
        loaded
    }

    /// How many rows are visible.
    pub fn visible(self) -> usize {
        self.shape.track();
        self.data.with_value(|data| data.index.visible.len())
    }

    /// How many rows match everything but the choice of states.
    pub fn matching(self) -> usize {
        self.shape.track();
        self.data.with_value(|data| data.index.matching)
    }

    /// How many new rows wait to be let in.
    pub fn waiting(self) -> usize {
        self.shape.track();
        self.data.with_value(|data| data.index.waiting)
    }

    /// How many rows could not be read.
    pub fn unreadable(self) -> usize {
        self.shape.track();
        self.data.with_value(|data| data.rows.unreadable())
    }

    /// Rows in each state.
    pub fn counts(self) -> [usize; State::COUNT] {
        self.shape.track();
        self.data.with_value(|data| data.index.counts)
    }

    /// The visible rows in a range of positions.
    pub fn slice(self, range: Range<usize>) -> Vec<SlotNo> {
        self.shape.track();
        self.data.with_value(|data| {
            let end = range.end.min(data.index.visible.len());
            data.index.visible.get(range.start.min(end)..end).unwrap_or_default().to_vec()
        })
    }

    /// Where a row is among the visible ones.
    pub fn position(self, slot: SlotNo) -> Option<usize> {
        self.shape.track();
        self.data.with_value(|data| data.index.visible.iter().position(|at| *at == slot))
    }

    /// Counts the contents that a row has had; changes where the row must be drawn anew.
    pub fn revision(self, slot: SlotNo) -> u32 {
        self.shape.track();
        let (list, slot) = self.at(slot);
        list.data.with_value(|data| data.rows.revision(slot))
    }

    /// Reads a row. Does not follow it: pair it with [`revision`](List::revision).
    pub fn read_row<T>(self, slot: SlotNo, read: impl FnOnce(&Operation) -> T) -> Option<T> {
        let (list, slot) = self.at(slot);
        list.data.with_value(|data| data.rows.get(slot).map(read))
    }

    /// Shows so many loaded rows from a place on, whatever is filtered, and those that wait to be let in. True where
    /// more come after them. Follows nothing.
    pub fn each(self, from: usize, most: usize, look: &mut dyn FnMut(&Operation)) -> bool {
        self.data.with_value(|data| {
            let order = data.rows.order();
            order.iter().skip(from).take(most).filter_map(|slot| data.rows.get(*slot)).for_each(look);
            from.saturating_add(most) < order.len()
        })
    }

    /// Reads a row with its text, as the server sent it. `None` too where the list no longer has it. For many rows one
    /// `reading` is kept over all of them.
    pub fn read_text<T>(
        self,
        slot: SlotNo,
        reading: &mut Reading,
        read: impl FnOnce(&Operation, &str) -> T,
    ) -> Option<T> {
        self.data.with_value(|data| {
            let op = data.rows.get(slot).filter(|op| !op.id.is_empty())?;
            Some(read(op, data.rows.read_text(slot, reading)))
        })
    }

    /// The slot of an id, if it is loaded.
    pub fn slot_of(self, id: &str) -> Option<SlotNo> {
        self.data.with_value(|data| data.rows.find(id))
    }

    /// Whose list it is.
    pub fn place(self) -> (Connection, &'static dyn Dialect, Kind) {
        self.data.with_value(|data| (data.conn.clone(), data.dialect, data.kind))
    }

    /// The same of the visible rows.
    pub fn each_visible(self, look: &mut dyn FnMut(&Operation)) {
        for slot in untrack(|| self.slice(0..usize::MAX)) {
            let (list, slot) = self.at(slot);
            list.data.with_value(|data| data.rows.get(slot).map(&mut *look));
        }
    }

    /// The operation of that id with its row's text, if it is loaded. One of another tenant is another operation.
    pub fn find(self, key: &Key) -> Option<(Operation, String)> {
        let other = |op: &Operation| {
            key.tenant.is_some() && op.tenant.is_some() && op.tenant.as_deref() != key.tenant.as_deref()
        };
        self.data.with_value(|data| {
            let slot = data.rows.find(&key.id)?;
            let op = data.rows.get(slot).filter(|op| !other(op))?;
            Some((op.clone(), data.rows.text(slot)))
        })
    }

    /// Reads the operation of that id, if it is loaded.
    pub fn with_op<T>(self, id: &str, read: impl FnOnce(&Operation) -> T) -> Option<T> {
        self.data.with_value(|data| data.rows.get(data.rows.find(id)?).map(read))
    }

    /// The values of the loaded rows for a key of the query, with how many rows have them. Follows the rows.
    pub fn counted(self, key: &str) -> Vec<(String, usize)> {
        self.version.track();
        self.data.with_value(|data| {
            let rows = data.rows.order().iter().filter_map(|slot| data.rows.get(*slot));
            longrun_core::query::count(key, data.tables, rows)
        })
    }

    /// What is asked for. Does not follow it.
    pub fn query_now(self) -> ListQuery {
        self.query.get_untracked()
    }

    /// The values of the loaded rows that a filter can take, in order. Follows the rows, not what is filtered among
    /// them. For filters of few values.
    pub fn values_of(self, filter: &Filter) -> Vec<String> {
        self.version.track();
        let Some(value) = filter.value else { return vec![] };
        let mut values: Vec<String> = vec![];
        self.data.with_value(|data| {
            for slot in data.rows.order() {
                // Few values, each one allocation for all rows: the last one found is mostly the next one too.
                let Some(value) = data.rows.get(*slot).and_then(value) else { continue };
                if !values.iter().any(|known| known == value) {
                    values.push(value.to_owned());
                }
            }
        });
        values.sort_unstable();
        values
    }
}
