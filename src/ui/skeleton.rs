//! Bones for the first load of a table; a refresh never shows them.

use leptos::prelude::*;

/// Rows of bones. Hidden from screen readers, which are told by `aria-busy` and a status instead.
#[component]
pub fn SkeletonRows(rows: usize, columns: usize) -> impl IntoView {
    let bone = |row: usize, column: usize| {
        // Uneven, so that it reads as text; the same on every load.
        let class = match (row * 3 + column * 5) % 4 {
            0 => "bone bone-3",
            1 => "bone bone-2",
            2 => "bone bone-1",
            _ => "bone bone-4",
        };
        view! { <td><span class=class></span></td> }
    };
    let line = move |row| {
        let cells: Vec<_> = (0..columns).map(|column| bone(row, column)).collect();
        view! { <tr>{cells}</tr> }
    };
    let lines: Vec<_> = (0..rows).map(line).collect();
    view! { <div aria-hidden="true"><table class="bones" role="presentation"><tbody>{lines}</tbody></table></div> }
}
