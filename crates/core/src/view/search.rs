//! The text that free text searches: each row's visible words in lower case, one after the other in one string, so
//! that one pass of a fast substring search finds every row.
#![expect(
    clippy::cast_possible_truncation,
    reason = "the text of all rows lies in the 32-bit memory of WebAssembly"
)]

use crate::fold::lower;
use crate::model::Operation;
use crate::query::TextQuery;

/// Stands between two words of a row and at its end; cannot be typed into a search box.
const GAP: char = '\u{1}';

/// The searchable text of all rows, by slot number.
#[derive(Debug, Default)]
pub(super) struct Haystack {
    text: String,
    /// Start of each entry with its slot, ascending. A slot that changed has several; the last one counts.
    entries: Vec<(u32, u32)>,
    /// The entry that counts, by slot.
    current: Vec<u32>,
}

impl Haystack {
    /// Writes the words of a slot; what stood there before no longer counts.
    pub(super) fn put(&mut self, slot: u32, op: &Operation) {
        let start = self.text.len();
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
        for word in words.into_iter().flatten() {
            if word.is_ascii() {
                self.text.push_str(word);
            } else {
                self.text.extend(word.chars().map(lower));
            }
            self.text.push(GAP);
        }
        if let Some(new) = self.text.get_mut(start..) {
            new.make_ascii_lowercase();
        }
        let entry = self.entries.len() as u32;
        self.entries.push((start as u32, slot));
        let at = slot as usize;
        if self.current.len() <= at {
            self.current.resize(at + 1, u32::MAX);
        }
        if let Some(current) = self.current.get_mut(at) {
            *current = entry;
        }
    }

    /// Forgets slots from `len` on.
    pub(super) fn truncate(&mut self, len: usize) {
        self.current.truncate(len);
    }

    /// True where more than half of the text is out of date.
    pub(super) fn is_stale(&self) -> bool {
        self.entries.len() > 2 * self.current.len() + 1_000
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
        let mut take = |entry: usize| {
            let Some(&(start, slot)) = self.entries.get(entry) else { return };
            let end = self.entries.get(entry + 1).map_or(self.text.len(), |next| next.0 as usize);
            let text = self.text.as_bytes().get(start as usize..end).unwrap_or_default();
            let holds = |word: &String| find(text, word.as_bytes()).is_some();
            if self.current.get(slot as usize) == Some(&(entry as u32))
                && others().all(holds)
                && !query.unwanted.iter().any(holds)
                && let Some(hit) = hits.get_mut(slot as usize)
            {
                *hit = true;
            }
        };
        match lead {
            None => (0..self.entries.len()).for_each(&mut take),
            Some(lead) => {
                let (mut from, mut entry) = (0, 0);
                while let Some(found) =
                    self.text.as_bytes().get(from..).and_then(|rest| find(rest, lead.as_bytes()))
                {
                    let at = (from + found) as u32;
                    entry += self
                        .entries
                        .get(entry..)
                        .unwrap_or_default()
                        .partition_point(|(start, _)| *start <= at);
                    // `entry` is now the one after the hit.
                    take(entry - 1);
                    let Some(next) = self.entries.get(entry) else { break };
                    from = next.0 as usize;
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
    memchr::memchr_iter(first, text).find(|at| text.get(*at..).is_some_and(|rest| rest.starts_with(word)))
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
    fn only_the_newest_text_of_a_slot_counts() {
        let mut hay = stack(&["old", "other"]);
        hay.put(0, &Operation { id: "new".into(), ..Default::default() });
        assert_eq!(found(&hay, "old"), [0_usize; 0]);
        assert_eq!(found(&hay, "new"), [0]);
        assert_eq!(found(&hay, "e"), [0, 1]);
    }
}
