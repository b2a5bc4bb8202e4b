//! The text that free text searches: each row's visible words in lower case, one row after the other, so that one pass
//! of a fast substring search finds every row. It lies in segments of a fixed size: memory that grew by doubling would
//! never shrink again.
#![expect(
    clippy::cast_possible_truncation,
    reason = "the text of all rows lies in the 32-bit memory of WebAssembly"
)]

use crate::fold::lower;
use crate::model::Operation;
use crate::query::TextQuery;

/// Stands between two words of a row and at its end; cannot be typed into a search box.
const GAP: char = '\u{1}';

/// Bytes of a segment. A longer row gets a segment of its own.
const SEGMENT: usize = 1 << 18;

/// Not in any segment.
const NOWHERE: Place = Place { segment: u32::MAX, entry: 0 };

/// Where the words of a slot stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Place {
    segment: u32,
    entry: u32,
}

#[derive(Debug, Default)]
struct Segment {
    text: String,
    /// Start of each entry with its slot, ascending.
    entries: Vec<(u32, u32)>,
    /// Entries that count.
    live: usize,
}

impl Segment {
    fn entry(&self, entry: usize) -> Option<(u32, &[u8])> {
        let (start, slot) = *self.entries.get(entry)?;
        let end = self.entries.get(entry + 1).map_or(self.text.len(), |next| next.0 as usize);
        Some((slot, self.text.as_bytes().get(start as usize..end)?))
    }
}

/// The searchable text of all rows, by slot number.
#[derive(Debug, Default)]
pub(super) struct Haystack {
    segments: Vec<Segment>,
    /// The segment that is being filled.
    open: usize,
    /// The entry that counts, by slot. A slot that changed has left others behind.
    current: Vec<Place>,
    /// The words of one row, while they are put together.
    row: String,
}

impl Haystack {
    /// Writes the words of a slot; what stood there before no longer counts.
    pub(super) fn put(&mut self, slot: u32, op: &Operation) {
        let words = [
            Some(&*op.id),
            op.name.as_deref(),
            op.kind.as_deref(),
            op.status.as_deref(),
            op.target.as_deref(),
            op.target_type.as_deref(),
            op.tenant.as_deref(),
            op.request_id.as_deref(),
            op.error.as_deref(),
            op.warning.as_deref(),
        ];
        let mut row = std::mem::take(&mut self.row);
        row.clear();
        for word in words.into_iter().flatten() {
            if word.is_ascii() {
                row.push_str(word);
            } else {
                row.extend(word.chars().map(lower));
            }
            row.push(GAP);
        }
        row.make_ascii_lowercase();
        self.write(slot, &row);
        self.row = row;
    }

    fn write(&mut self, slot: u32, row: &str) {
        let fits = |segment: &Segment| segment.text.capacity() - segment.text.len() >= row.len();
        if !self.segments.get(self.open).is_some_and(fits) {
            // An emptied segment's place is taken again.
            let free = self.segments.iter().position(|segment| segment.text.capacity() == 0);
            self.open = free.unwrap_or(self.segments.len());
            // Most lists are short: the first segments are smaller.
            let size = SEGMENT >> 5_usize.saturating_sub(self.segments.len());
            let new = Segment { text: String::with_capacity(row.len().max(size)), ..Segment::default() };
            match self.segments.get_mut(self.open) {
                Some(place) => *place = new,
                None => self.segments.push(new),
            }
        }
        self.forget(slot);
        let Some(segment) = self.segments.get_mut(self.open) else { return };
        let place = Place { segment: self.open as u32, entry: segment.entries.len() as u32 };
        segment.entries.push((segment.text.len() as u32, slot));
        segment.text.push_str(row);
        segment.live += 1;
        let at = slot as usize;
        if self.current.len() <= at {
            self.current.resize(at + 1, NOWHERE);
        }
        if let Some(current) = self.current.get_mut(at) {
            *current = place;
        }
    }

    /// The words of a slot no longer count.
    pub(super) fn forget(&mut self, slot: u32) {
        let Some(place) = self.current.get_mut(slot as usize) else { return };
        let place = std::mem::replace(place, NOWHERE);
        let Some(segment) = self.segments.get_mut(place.segment as usize) else { return };
        segment.live -= 1;
        if segment.live == 0 && place.segment as usize != self.open {
            *segment = Segment::default();
        }
    }

    /// Moves what counts out of one segment of which more than half does not. False where there is none.
    pub(super) fn tidy(&mut self) -> bool {
        let is_stale =
            |(no, segment): &(usize, &Segment)| *no != self.open && segment.live < segment.entries.len() / 2;
        let Some((no, _)) = self.segments.iter().enumerate().find(is_stale) else { return false };
        let Some(stale) = self.segments.get_mut(no).map(std::mem::take) else { return false };
        for entry in 0..stale.entries.len() {
            let place = Place { segment: no as u32, entry: entry as u32 };
            if let Some((slot, row)) = stale.entry(entry)
                && let Some(current) = self.current.get_mut(slot as usize)
                && *current == place
                && let Ok(row) = std::str::from_utf8(row)
            {
                *current = NOWHERE;
                self.write(slot, row);
            }
        }
        true
    }

    /// For each slot whether it matches. `None`: every slot does.
    pub(super) fn matches(&self, query: &TextQuery) -> Option<Vec<bool>> {
        if query.is_empty() {
            return None;
        }
        // The longest word is the rarest guess: it alone walks the whole text, the others look at what it found.
        let lead = query.wanted.iter().max_by_key(|word| word.len());
        let others = || query.wanted.iter().filter(|word| Some(*word) != lead);
        let mut hits = vec![false; self.current.len()];
        let mut take = |segment: usize, entry: usize, (slot, text): (u32, &[u8])| {
            let holds = |word: &String| find(text, word.as_bytes()).is_some();
            if self.current.get(slot as usize)
                == Some(&Place { segment: segment as u32, entry: entry as u32 })
                && others().all(holds)
                && !query.unwanted.iter().any(holds)
                && let Some(hit) = hits.get_mut(slot as usize)
            {
                *hit = true;
            }
        };
        for (no, segment) in self.segments.iter().enumerate() {
            match lead {
                None => {
                    (0..segment.entries.len()).for_each(|at| {
                        if let Some(entry) = segment.entry(at) {
                            take(no, at, entry);
                        }
                    });
                }
                Some(lead) => {
                    let (mut from, mut after) = (0, 0);
                    while let Some(found) =
                        segment.text.as_bytes().get(from..).and_then(|rest| find(rest, lead.as_bytes()))
                    {
                        let at = (from + found) as u32;
                        // Step by step: all of them together are no more than the entries.
                        while segment.entries.get(after).is_some_and(|(start, _)| *start <= at) {
                            after += 1;
                        }
                        // `after` is now the entry after the hit.
                        let Some(entry) = after.checked_sub(1) else { break };
                        if let Some(hit) = segment.entry(entry) {
                            take(no, entry, hit);
                        }
                        let Some(next) = segment.entries.get(after) else { break };
                        from = next.0 as usize;
                    }
                }
            }
        }
        Some(hits)
    }
}

/// Where `word` first stands in `text`. Looking for its first byte alone is fast enough here, and a tenth of the code
/// of a general substring search.
fn find(text: &[u8], word: &[u8]) -> Option<usize> {
    let first = *word.first()?;
    let mut from = 0;
    loop {
        let rest = text.get(from..)?;
        let at = memchr::memchr(first, rest)?;
        if word.len() == 1 || rest.get(at..)?.starts_with(word) {
            return Some(from + at);
        }
        from += at + 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stack(ids: &[&str]) -> Haystack {
        let mut hay = Haystack::default();
        for (slot, id) in ids.iter().enumerate() {
            hay.put(slot as u32, &Operation { id: (*id).into(), ..Default::default() });
        }
        hay
    }

    fn found(hay: &Haystack, query: &str) -> Vec<usize> {
        let hits = hay.matches(&TextQuery::parse(query)).expect("a query");
        hits.iter().enumerate().filter(|(_, hit)| **hit).map(|(slot, _)| slot).collect()
    }

    #[test]
    fn finds_words_anywhere_in_any_case() {
        let hay = stack(&["Alpha", "beta", "ALPHABET", "Äpfel", ""]);
        assert_eq!(found(&hay, "alpha"), [0, 2]);
        assert_eq!(found(&hay, "a bet"), [1, 2]);
        assert_eq!(found(&hay, "äp"), [3]);
        assert_eq!(found(&hay, "-alpha"), [1, 3, 4]);
        assert_eq!(found(&hay, "bet -alpha"), [1]);
        assert_eq!(found(&hay, "alphabeta"), [0_usize; 0], "a hit never runs over the end of a row");
        assert!(hay.matches(&TextQuery::default()).is_none());
    }

    #[test]
    fn rows_are_found_over_the_seams_and_what_is_out_of_date_is_given_back() {
        let long = |n: usize, word: &str| Operation {
            id: format!("op-{n}").into(),
            warning: Some(format!("{word} {}", "x".repeat(SEGMENT / 10)).into()),
            ..Default::default()
        };
        let mut hay = Haystack::default();
        (0..50).for_each(|n| hay.put(n as u32, &long(n, "old")));
        let held = |hay: &Haystack| hay.segments.iter().map(|s| s.text.capacity()).sum::<usize>();
        let first = held(&hay);
        for round in 0..20 {
            for n in (round % 3..50).step_by(3) {
                hay.put(n as u32, &long(n, "new"));
            }
            while hay.tidy() {}
            assert!(held(&hay) < first * 9 / 4, "{} of {first}", held(&hay));
        }
        assert_eq!(found(&hay, "new").len(), 50);
        assert_eq!((found(&hay, "old"), found(&hay, "op-49")), (vec![], vec![49]));
        hay.forget(49);
        assert_eq!(found(&hay, "op-49"), [0_usize; 0]);
        (0..49).for_each(|n| hay.forget(n));
        assert!(held(&hay) <= SEGMENT, "{}", held(&hay));
    }

    #[test]
    fn only_the_newest_text_of_a_slot_counts() {
        let mut hay = stack(&["old", "other"]);
        hay.put(0, &Operation { id: "new".into(), ..Default::default() });
        assert_eq!(found(&hay, "old"), [0_usize; 0]);
        assert_eq!(found(&hay, "new"), [0]);
        assert_eq!(found(&hay, "e"), [0, 1]);
    }
}
