//! Slots by number, in pieces of a fixed size: a list that grows never copies what it holds, nor leaves room behind
//! that is never used. Must not know what a slot is for.

/// Slots in a piece.
const PIECE: usize = 1024;

/// A list that only grows, or loses its end.
#[derive(Debug)]
pub(super) struct Slots<T>(Vec<Vec<T>>);

impl<T> Default for Slots<T> {
    fn default() -> Slots<T> {
        Slots(Vec::new())
    }
}

impl<T> Slots<T> {
    pub(super) fn len(&self) -> usize {
        // All pieces but the last are full.
        self.0.last().map_or(0, |last| (self.0.len() - 1) * PIECE + last.len())
    }

    pub(super) fn get(&self, no: usize) -> Option<&T> {
        self.0.get(no / PIECE)?.get(no % PIECE)
    }

    pub(super) fn get_mut(&mut self, no: usize) -> Option<&mut T> {
        self.0.get_mut(no / PIECE)?.get_mut(no % PIECE)
    }

    pub(super) fn push(&mut self, new: T) {
        match self.0.last_mut().filter(|last| last.len() < PIECE) {
            Some(last) => last.push(new),
            None => {
                // Most lists are short: the first piece grows as it is needed.
                let mut piece = Vec::with_capacity(if self.0.is_empty() { 0 } else { PIECE });
                piece.push(new);
                self.0.push(piece);
            }
        }
    }

    /// Takes the last one out.
    pub(super) fn pop(&mut self) -> Option<T> {
        let last = self.0.last_mut()?;
        let gone = last.pop();
        if last.is_empty() {
            self.0.pop();
        }
        gone
    }

    pub(super) fn iter_mut(&mut self) -> impl Iterator<Item = &mut T> {
        self.0.iter_mut().flatten()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_a_list_over_the_seams_of_its_pieces() {
        let mut slots = Slots::default();
        for n in 0..PIECE * 2 + 1 {
            assert_eq!(slots.len(), n);
            slots.push(n);
        }
        assert_eq!((slots.get(PIECE), slots.get(PIECE * 2 + 1)), (Some(&PIECE), None));
        assert_eq!(slots.pop(), Some(PIECE * 2));
        assert_eq!((slots.len(), slots.pop(), slots.len()), (PIECE * 2, Some(PIECE * 2 - 1), PIECE * 2 - 1));
        slots.iter_mut().for_each(|slot| *slot += 1);
        assert_eq!(slots.get(0), Some(&1));
        while slots.pop().is_some() {}
        assert_eq!((slots.len(), slots.get(0)), (0, None));
    }
}
