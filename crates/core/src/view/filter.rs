//! The local filter of one list: the query's text compiled, and which rows' bodies were looked into. Bodies are looked
//! into a few at a time, by whoever holds the list; what is known stays known until a row changes or other bodies are
//! asked for. Knows no screen and no clock.

use super::rows::{Reading, Rows, SlotNo};
use crate::model::Operation;
use crate::query::{ListQuery, Matcher, Tables};
use crate::time::Millis;

/// What is known of a row's body: for which revision, and whether it passed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Seen {
    /// One more than the revision; 0 where nothing is known.
    mark: u32,
    passed: bool,
}

/// The compiled filter.
#[derive(Debug, Default)]
pub struct Filter {
    text: String,
    matcher: Matcher,
    seen: Vec<Seen>,
    /// Rows that pass all else and whose bodies must be looked into.
    unseen: Vec<SlotNo>,
    /// How many rows passed all else.
    asked: usize,
    reading: Reading,
}

impl Filter {
    /// Takes a query. What is known of bodies stays where it asks for the same in them.
    pub fn set(&mut self, query: &ListQuery, tables: Tables) {
        if self.text == query.text {
            return;
        }
        self.text.clone_from(&query.text);
        let matcher = Matcher::new(&query.text, tables);
        if matcher.bodies != self.matcher.bodies {
            self.seen.clear();
        }
        self.matcher = matcher;
    }

    /// What was compiled.
    pub(super) fn matcher(&self) -> &Matcher {
        &self.matcher
    }

    /// Begins to ask for every row.
    pub(super) fn begin(&mut self) {
        self.unseen.clear();
        self.asked = 0;
    }

    /// True where it asks anything of a row but its words.
    pub(super) fn asks(&self) -> bool {
        self.matcher.asks() || !self.matcher.bodies.is_empty()
    }

    /// Whether a row passes. One whose body was not looked into does not yet.
    pub(super) fn allows(&mut self, rows: &Rows, slot: SlotNo, op: &Operation, now: Millis) -> bool {
        if !self.matcher.allows(op, now) {
            return false;
        }
        if self.matcher.bodies.is_empty() {
            return true;
        }
        self.asked += 1;
        let seen = self.seen.get(slot as usize).copied().unwrap_or_default();
        if seen.mark == rows.revision(slot).wrapping_add(1) {
            return seen.passed;
        }
        // A row that changed stands as it stood until it was looked at again.
        self.unseen.push(slot);
        seen.mark > 0 && seen.passed
    }

    /// Every row was asked for. Texts are read in the order of their slots, from the last to the first.
    pub(super) fn end(&mut self) {
        self.unseen.sort_unstable();
    }

    /// How many bodies were looked into, of how many; `None` where all were.
    pub fn looking(&self) -> Option<(usize, usize)> {
        (!self.unseen.is_empty()).then(|| (self.asked.saturating_sub(self.unseen.len()), self.asked))
    }

    /// Looks into a few bodies; true where more are left.
    pub fn look(&mut self, rows: &Rows, how_many: usize) -> bool {
        let from = self.unseen.len().saturating_sub(how_many);
        for slot in self.unseen.split_off(from) {
            let text = rows.read_text(slot, &mut self.reading);
            let body = rows.get(slot).and_then(|op| op.body).and_then(|span| span.cut(text));
            let passed = self.matcher.bodies.iter().all(|term| term.allows(body.unwrap_or_default()));
            let at = slot as usize;
            if self.seen.len() <= at {
                self.seen.resize(at + 1, Seen::default());
            }
            if let Some(seen) = self.seen.get_mut(at) {
                *seen = Seen { mark: rows.revision(slot).wrapping_add(1), passed };
            }
        }
        !self.unseen.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dialect::find;
    use crate::view::index::Index;

    const KIND: &str = "operations";

    fn take(rows: &mut Rows, names: &[&str]) {
        let mut load = rows.begin();
        for (id, name) in (0..).zip(names) {
            let text =
                format!(r#"{{"id":"{id}","status":"COMPLETE","request_body":{{"a":{{"name":"{name}"}}}}}}"#);
            rows.take(&mut load, text.as_bytes(), find("ecl-vna").unwrap(), KIND);
        }
        rows.finish(load);
    }

    #[test]
    fn bodies_are_looked_into_once_and_again_where_a_row_changed() {
        let ecl = find("ecl-vna").unwrap();
        let tables = Tables { filters: ecl.filters(KIND), columns: ecl.columns(KIND) };
        let (mut rows, mut index, mut filter) = (Rows::default(), Index::default(), Filter::default());
        take(&mut rows, &["lan", "wan", "lan"]);
        let show = |index: &mut Index, filter: &mut Filter, rows: &Rows, text: &str| {
            let query = ListQuery::default().with_text(text, tables).0;
            filter.set(&query, tables);
            index.update(rows, &query, filter, tables.columns, Millis(0));
            index.visible.len()
        };
        assert_eq!(show(&mut index, &mut filter, &rows, "body.a.name:lan"), 0);
        assert_eq!(filter.looking(), Some((0, 3)));
        assert!(filter.look(&rows, 2));
        assert_eq!(
            (show(&mut index, &mut filter, &rows, "body.a.name:lan"), filter.looking()),
            (1, Some((2, 3)))
        );
        assert!(!filter.look(&rows, 9));
        assert_eq!((show(&mut index, &mut filter, &rows, "body.a.name:lan"), filter.looking()), (2, None));
        // Another word leaves what is known of the bodies.
        assert_eq!((show(&mut index, &mut filter, &rows, "body.a.name:lan -x"), filter.looking()), (2, None));
        // A row that changed is looked at again, and stands meanwhile as it stood.
        take(&mut rows, &["lan", "wan", "wan"]);
        rows.let_in();
        assert_eq!(
            (show(&mut index, &mut filter, &rows, "body.a.name:lan"), filter.looking()),
            (2, Some((2, 3)))
        );
        filter.look(&rows, 9);
        assert_eq!(show(&mut index, &mut filter, &rows, "body.a.name:lan"), 1);
        assert_eq!(show(&mut index, &mut filter, &rows, "-body.a.name:lan"), 0, "other bodies are asked for");
    }
}
