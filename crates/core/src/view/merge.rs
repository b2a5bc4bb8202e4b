//! Lists of several connections as one: which row comes next, where each list is in order already. Must not know lists or
//! connections; what decides comes in as a number for each row.

use super::rows::SlotNo;
use crate::dialect::SortKey;
use crate::model::Operation;
use crate::time::Millis;

/// A row with what it is sorted by, the smallest first.
pub type Keyed = (u128, SlotNo);

/// What a row is sorted by among those of other lists; rows without a value stand last in either direction. Of a text
/// the first sixteen bytes count; within its own list a row is where the whole text puts it.
pub fn key(of: Option<SortKey>, descending: bool, op: &Operation, now: Millis) -> u128 {
    let key = match of {
        Some(SortKey::Number(of)) => of(op, now).map(|number| u128::from(number.cast_unsigned() ^ (1 << 63))),
        Some(SortKey::Text(of)) => Some(of(op)).filter(|text| !text.is_empty()).map(|text| {
            let mut bytes = [0; 16];
            for (to, from) in bytes.iter_mut().zip(text.bytes()) {
                *to = from.to_ascii_lowercase();
            }
            u128::from_be_bytes(bytes)
        }),
        None => None,
    };
    let Some(key) = key else { return u128::MAX };
    // The largest key is for rows without a value.
    if descending { !key } else { key }.min(u128::MAX - 1)
}

/// One list out of several, each in order. Equal rows stay in the order of the lists.
pub fn merged(lists: &[Vec<Keyed>]) -> Vec<(usize, SlotNo)> {
    let mut at = vec![0; lists.len()];
    let mut all = Vec::with_capacity(lists.iter().map(Vec::len).sum());
    loop {
        let mut next: Option<(u128, usize, SlotNo)> = None;
        for (which, (list, at)) in lists.iter().zip(&at).enumerate() {
            if let Some((key, slot)) = list.get(*at)
                && next.is_none_or(|(least, ..)| *key < least)
            {
                next = Some((*key, which, *slot));
            }
        }
        let Some((_, which, slot)) = next else { return all };
        all.push((which, slot));
        if let Some(at) = at.get_mut(which) {
            *at += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NUMBER: SortKey = SortKey::Number(|op, _| op.created.millis().map(|at| at.0));
    const TEXT: SortKey = SortKey::Text(|op| &op.id);

    fn op(id: &str, at: Option<i64>) -> Operation {
        use crate::model::Stamp;
        let created = at.map_or(Stamp::Absent, |at| Stamp::At(Millis(at)));
        Operation { id: id.into(), created, ..Operation::default() }
    }

    fn keyed(ops: &[Operation], of: SortKey, descending: bool) -> Vec<Keyed> {
        ops.iter().zip(0..).map(|(op, slot)| (key(Some(of), descending, op, Millis(0)), slot)).collect()
    }

    #[test]
    fn rows_of_several_lists_come_in_order_and_what_has_no_value_last() {
        let newest = [
            vec![op("a", Some(9)), op("b", Some(-4)), op("c", None)],
            vec![],
            vec![op("d", Some(9)), op("e", Some(2))],
        ];
        let lists = newest.map(|ops| keyed(&ops, NUMBER, true));
        assert_eq!(merged(&lists), [(0, 0), (2, 0), (2, 1), (0, 1), (0, 2)]);
        let oldest = [
            vec![op("b", Some(-4)), op("a", Some(9)), op("c", None)],
            vec![op("e", Some(2)), op("f", Some(i64::MAX))],
        ];
        let lists = oldest.map(|ops| keyed(&ops, NUMBER, false));
        assert_eq!(merged(&lists), [(0, 0), (1, 0), (0, 1), (1, 1), (0, 2)]);
        assert_eq!(merged(&[]), []);
    }

    #[test]
    fn texts_are_compared_regardless_of_case() {
        let lists = [
            vec![op("Beta", None), op("delta", None)],
            vec![op("alpha", None), op("Gamma", None), op("", None)],
        ];
        let lists = lists.map(|ops| keyed(&ops, TEXT, false));
        assert_eq!(merged(&lists), [(1, 0), (0, 0), (0, 1), (1, 1), (1, 2)]);
    }
}
