//! The columns of the watched operations. There is no kind, target or tenant here: the API does not tell them.

use crate::dialect::{Cell, Column, SortKey, common};
use crate::model::Operation;

pub(super) const COLUMNS: &[Column] = &[
    common::state(None),
    common::id(),
    common::created("Created"),
    common::started(),
    common::ended("Ended"),
    common::duration(),
    common::progress(),
    Column {
        shown: true,
        ..common::extra(
            "step",
            "Step",
            None,
            |op, _| common::text(step(op)),
            |op| step(op).unwrap_or_default(),
        )
    },
    Column {
        id: "expires_in",
        head: "Expires in",
        cell: |op, _| expires_in(op).map_or(Cell::Absent, Cell::Span),
        sort: Some(SortKey::Number(|op, _| expires_in(op))),
        ..common::progress()
    },
    common::error(),
];

fn step(op: &Operation) -> Option<&str> {
    op.more.as_ref()?.step.as_deref()
}

/// Milliseconds until the server forgets it, as of the moment when it was read.
fn expires_in(op: &Operation) -> Option<i64> {
    Some(op.more.as_ref()?.expires_in?.saturating_mul(1_000).max(0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::More;
    use crate::time::Millis;

    #[test]
    fn the_time_left_is_never_negative() {
        let cell = COLUMNS.iter().find(|column| column.id == "expires_in").unwrap().cell;
        for (seconds, shown) in [(90, 90_000), (-5, 0), (i64::MAX, i64::MAX)] {
            let more = More { expires_in: Some(seconds), ..More::default() };
            let op = Operation { more: Some(Box::new(more)), ..Operation::default() };
            assert_eq!(cell(&op, Millis(0)), Cell::Span(shown));
        }
        assert_eq!(cell(&Operation::default(), Millis(0)), Cell::Absent);
    }
}
