//! Bones for the first load of a table; a refresh never shows them.

use crate::reactive::prelude::*;

use super::el::{El, el};

/// Rows of bones. Hidden from screen readers, which are told by `aria-busy` and a status instead.
#[component]
pub fn SkeletonRows(rows: usize, columns: usize) -> El {
    let bone = |row: usize, column: usize| {
        // Uneven, so that it reads as text; the same on every load.
        let class = match (row * 3 + column * 5) % 4 {
            0 => "bone bone-3",
            1 => "bone bone-2",
            2 => "bone bone-1",
            _ => "bone bone-4",
        };
        el("td").child(el("span").class(class))
    };
    let line = |row| el("tr").child((0..columns).map(|column| bone(row, column)).collect::<Vec<_>>());
    let lines = el("tbody").child((0..rows).map(line).collect::<Vec<_>>());
    let table = el("table").class("bones").attr("role", "presentation").child(lines);
    el("div").attr("aria-hidden", "true").child(table)
}
