//! What a key can be: a state, a filter of the server, a column, a path into the request body; and which known keys an
//! unknown one is near to. Knows no text beyond the key itself.

use crate::dialect::{Column, Filter, FilterKind, SortKey};
use crate::json::redact::is_secret_key;
use crate::query::Tables;

/// The key of states.
pub(crate) const STATE: &str = "state";
/// The key of when the server accepted an operation; its bounds stand in the URL as `from` and `to`.
pub(crate) const CREATED: &str = "created";
/// What paths into request bodies begin with; alone it means anywhere in them.
pub(crate) const BODY: &str = "body";

/// Columns whose texts are sentences: a value is looked for anywhere in them.
const PROSE: [&str; 5] = ["error", "warning", "message", "statusMessage", "step"];

/// What a key stands for.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Key<'a> {
    State,
    /// A filter that the server applies where it can.
    Server(&'static Filter),
    Column(&'static Column),
    /// The steps after `body`, with dots between them.
    Body(&'a str),
}

/// By what a column can be compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Measure {
    Text,
    Time,
    Span,
    Number,
}

pub(crate) fn measure(column: &Column) -> Measure {
    match column.sort {
        Some(SortKey::Number(_)) if column.is_time => Measure::Time,
        Some(SortKey::Number(_)) if matches!(column.id, "duration" | "expires_in") => Measure::Span,
        Some(SortKey::Number(_)) => Measure::Number,
        _ => Measure::Text,
    }
}

pub(crate) fn is_prose(column: &Column) -> bool {
    PROSE.contains(&column.id)
}

/// The column of an id, in any case.
pub(crate) fn column(tables: Tables, name: &str) -> Option<&'static Column> {
    tables.columns.iter().find(|column| column.id.eq_ignore_ascii_case(name))
}

/// Reads a key, in any case. The server's own names come before columns: what it can do, it does.
pub(crate) fn key(tables: Tables, name: &str) -> Option<Key<'_>> {
    if name.eq_ignore_ascii_case(STATE) {
        return Some(Key::State);
    }
    if let Some(filter) = tables.filters.iter().find(|filter| filter.param.eq_ignore_ascii_case(name)) {
        return Some(Key::Server(filter));
    }
    if let Some(column) = column(tables, name) {
        return Some(Key::Column(column));
    }
    let head = name.get(..BODY.len()).filter(|head| head.eq_ignore_ascii_case(BODY))?;
    let steps = name.get(head.len()..)?;
    match steps.strip_prefix('.') {
        Some(steps) => Some(Key::Body(steps)),
        None => steps.is_empty().then_some(Key::Body("")),
    }
}

/// True where a path leads to what is masked: it cannot be searched, or a search would tell it.
pub(crate) fn is_masked(path: &str) -> bool {
    path.split('.').any(is_secret_key)
}

/// Every key that a list knows, the server's first; each once.
pub fn names(tables: Tables) -> Vec<&'static str> {
    let mut names = vec![STATE];
    let columns = tables.columns.iter().map(|column| column.id);
    for name in tables.filters.iter().map(|filter| filter.param).chain(columns).chain([BODY]) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

/// The known keys that a name was perhaps meant to be, the nearest first.
pub(crate) fn near(tables: Tables, name: &str) -> Vec<&'static str> {
    let name = name.to_ascii_lowercase();
    let mut near: Vec<(usize, &'static str)> = names(tables)
        .into_iter()
        .map(|known| (distance(name.as_bytes(), known.to_ascii_lowercase().as_bytes()), known))
        .filter(|(far, known)| *far <= 2 || name.len() > 2 && known.contains(&*name))
        .collect();
    near.sort_unstable();
    near.truncate(3);
    near.into_iter().map(|(_, known)| known).collect()
}

/// How many letters must be changed, put in or left out to make one text of the other.
fn distance(a: &[u8], b: &[u8]) -> usize {
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (down, x) in (1..).zip(a) {
        let mut corner = std::mem::replace(row.first_mut().unwrap_or(&mut 0), down);
        let mut left = down;
        for (cell, y) in row.iter_mut().skip(1).zip(b) {
            let best = (corner + usize::from(x != y)).min(left + 1).min(*cell + 1);
            corner = std::mem::replace(cell, best);
            left = best;
        }
    }
    row.last().copied().unwrap_or_default()
}

/// True for filters whose value is compared with a field of the row, so that we can do the same.
pub(crate) fn is_exact(filter: &Filter) -> bool {
    matches!(filter.kind, FilterKind::Exact | FilterKind::OneOf(_) | FilterKind::Choice)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dialect::find;

    fn tables() -> Tables {
        let ecl = find("ecl-vna").unwrap();
        Tables { filters: ecl.filters("operations"), columns: ecl.columns("operations") }
    }

    #[test]
    fn keys_are_found_in_any_case_and_the_servers_first() {
        assert!(matches!(key(tables(), "State"), Some(Key::State)));
        assert!(matches!(key(tables(), "ID"), Some(Key::Server(filter)) if filter.param == "id"));
        assert!(matches!(key(tables(), "target"), Some(Key::Column(column)) if column.id == "target"));
        assert!(matches!(key(tables(), "body.a.*.b"), Some(Key::Body("a.*.b"))));
        assert!(matches!(key(tables(), "Body"), Some(Key::Body(""))));
        assert!(key(tables(), "bodyx").is_none() && key(tables(), "").is_none());
    }

    #[test]
    fn a_slip_is_near_to_what_was_meant() {
        assert_eq!(near(tables(), "statsu"), ["state", "status"]);
        assert_eq!(near(tables(), "tenat"), ["tenant"]);
        assert_eq!(near(tables(), "resource"), ["resource_id", "resource_type"]);
        assert!(near(tables(), "colour").is_empty());
        assert_eq!(
            [distance(b"", b"abc"), distance(b"abc", b""), distance(b"kitten", b"sitting")],
            [3, 3, 3]
        );
    }
}
