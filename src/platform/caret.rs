//! Where the caret is in a field, and moving it. Places are in bytes of the text, as Rust counts; the browser counts
//! in units of UTF-16.

use std::ops::Range;

use web_sys::HtmlInputElement;

/// Where the caret stands; at the end where the browser does not say.
pub fn place(input: &HtmlInputElement) -> usize {
    let text = input.value();
    let units = input.selection_end().ok().flatten().unwrap_or(u32::MAX);
    bytes(&text, units)
}

/// Selects a part of the text and gives the field the focus.
pub fn select(input: &HtmlInputElement, part: &Range<usize>) {
    let text = input.value();
    let _ = input.focus();
    let _ = input.set_selection_range(units(&text, part.start), units(&text, part.end));
}

fn bytes(text: &str, units: u32) -> usize {
    let mut left = units;
    for (at, letter) in text.char_indices() {
        if left == 0 {
            return at;
        }
        left = left.saturating_sub(u32::from(letter.len_utf16() > 1) + 1);
    }
    text.len()
}

fn units(text: &str, bytes: usize) -> u32 {
    let before = text.get(..bytes).unwrap_or(text);
    before.chars().map(|letter| u32::from(letter.len_utf16() > 1) + 1).sum()
}

#[cfg(test)]
mod tests {
    use super::{bytes, units};

    #[test]
    fn places_are_told_in_both_ways_of_counting() {
        let text = "aé東😀b";
        for (at, in_units) in [(0, 0), (1, 1), (3, 2), (6, 3), (10, 5), (11, 6)] {
            assert_eq!((bytes(text, in_units), units(text, at)), (at, in_units));
        }
        assert_eq!((bytes(text, 99), units(text, 99)), (11, 6));
    }
}
