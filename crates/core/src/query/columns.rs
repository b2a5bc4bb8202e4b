//! Which columns a list shows, in which order and how wide. Knows no screen: a width is a number of pixels that a user
//! asked for.

use crate::dialect::Column;

/// A column with the width that the user gave it, in pixels.
pub type Width = (&'static str, u16);

/// The narrowest and the widest that a column can be made.
pub const WIDTHS: std::ops::RangeInclusive<u16> = 48..=1_200;

/// The columns shown for a choice; `None` means the default ones.
pub fn shown(columns: &'static [Column], chosen: Option<&[&str]>) -> Vec<&'static Column> {
    match chosen {
        None => columns.iter().filter(|column| column.shown).collect(),
        Some(ids) => ids.iter().filter_map(|id| columns.iter().find(|column| column.id == *id)).collect(),
    }
}

/// A choice with one column switched on or off. One that comes on stands behind its usual neighbour; the last one that
/// is shown cannot go.
pub fn toggled(columns: &'static [Column], now: &[&'static str], id: &str, on: bool) -> Vec<&'static str> {
    let mut next: Vec<&'static str> = now.iter().copied().filter(|known| *known != id).collect();
    if let Some(at) = columns.iter().position(|column| column.id == id).filter(|_| on) {
        let before = columns.get(..at).unwrap_or_default().iter().rev();
        let behind = before.filter_map(|one| next.iter().position(|known| *known == one.id)).next();
        next.splice(
            behind.map_or(0, |at| at + 1)..behind.map_or(0, |at| at + 1),
            columns.get(at).map(|one| one.id),
        );
    }
    if next.is_empty() { now.to_vec() } else { next }
}

/// A choice with one column one place nearer to the front or to the end.
pub fn moved(now: &[&'static str], id: &str, forward: bool) -> Vec<&'static str> {
    let mut next = now.to_vec();
    if let Some(at) = next.iter().position(|known| *known == id) {
        let to = if forward { at.saturating_sub(1) } else { (at + 1).min(next.len() - 1) };
        next.swap(at, to);
    }
    next
}

/// A choice as it is kept: `None` where it is the usual one.
pub fn kept(columns: &'static [Column], next: Vec<&'static str>) -> Option<Vec<&'static str>> {
    let usual = columns.iter().filter(|column| column.shown).map(|column| column.id);
    (!usual.eq(next.iter().copied())).then_some(next)
}

/// Reads `created.160,id.90`. What names no column, or is no sensible width, is left out.
pub(super) fn parse_widths(value: &str, columns: &'static [Column]) -> Vec<Width> {
    let mut widths: Vec<Width> = vec![];
    for (id, width) in value.split(',').filter_map(|one| one.rsplit_once('.')) {
        let column = columns.iter().find(|column| column.id == id);
        let width = width.parse().ok().filter(|width| WIDTHS.contains(width));
        if let (Some(column), Some(width)) = (column, width)
            && !widths.iter().any(|(known, _)| *known == id)
        {
            widths.push((column.id, width));
        }
    }
    widths
}

/// Writes them.
pub(super) fn widths_text(widths: &[Width]) -> String {
    let mut text = String::new();
    for (id, width) in widths {
        if !text.is_empty() {
            text.push(',');
        }
        text.push_str(id);
        text.push('.');
        text.push_str(&width.to_string());
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dialect::find;

    fn columns() -> &'static [Column] {
        find("ecl-vna").unwrap().columns("operations")
    }

    #[test]
    fn a_column_comes_on_behind_its_usual_neighbour() {
        assert_eq!(toggled(columns(), &["id", "state"], "kind", true), ["id", "state", "kind"]);
        assert_eq!(toggled(columns(), &["duration", "id"], "ended", true), ["duration", "id", "ended"]);
        assert_eq!(toggled(columns(), &["duration", "id"], "state", true), ["state", "duration", "id"]);
        assert_eq!(toggled(columns(), &["id", "state"], "id", false), ["state"]);
        assert_eq!(toggled(columns(), &["id"], "id", false), ["id"], "a table without columns shows nothing");
        let usual: Vec<&str> = shown(columns(), None).iter().map(|column| column.id).collect();
        let without = toggled(columns(), &usual, "tenant", false);
        assert_eq!(kept(columns(), toggled(columns(), &without, "tenant", true)), None);
    }

    #[test]
    fn columns_move_one_place_and_stop_at_the_ends() {
        assert_eq!(moved(&["id", "state", "kind"], "kind", true), ["id", "kind", "state"]);
        assert_eq!(moved(&["id", "state"], "id", true), ["id", "state"]);
        assert_eq!(moved(&["id", "state"], "state", false), ["id", "state"]);
        assert_eq!(moved(&["id", "state"], "gone", false), ["id", "state"]);
    }

    #[test]
    fn odd_widths_are_left_out() {
        let read = |text: &str| widths_text(&parse_widths(text, columns()));
        assert_eq!(read("created.160,id.90"), "created.160,id.90");
        assert_eq!(
            read("id.90,id.120,gone.90,state.9,kind.99999,tenant.-5,created.1e2,,.,duration"),
            "id.90"
        );
    }
}
