//! Received row texts, kept once, in segments. A row is a range in a segment. WebAssembly memory never shrinks, so
//! texts that no row uses any more are given back by moving the living ones out of half-empty segments.
#![expect(
    clippy::cast_possible_truncation,
    reason = "the text of all rows lies in the 32-bit memory of WebAssembly"
)]

/// Size of a segment; a longer row gets a segment of its own.
const SEGMENT: usize = 1 << 20;

/// Where a text lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct TextRef {
    segment: u32,
    start: u32,
    len: u32,
}

#[derive(Debug, Default)]
struct Segment {
    text: String,
    live: usize,
}

/// The store of texts.
#[derive(Debug, Default)]
pub(super) struct Texts {
    segments: Vec<Segment>,
    /// The segment that is being filled.
    open: usize,
}

impl Texts {
    /// Keeps a copy of `text`.
    pub(super) fn keep(&mut self, text: &str) -> TextRef {
        let fits =
            self.segments.get(self.open).is_some_and(|s| s.text.capacity() - s.text.len() >= text.len());
        if !fits {
            // An emptied segment's place is taken again, so that the list of segments stays short.
            let free = self.segments.iter().position(|segment| segment.text.capacity() == 0);
            let new = Segment { text: String::with_capacity(text.len().max(SEGMENT)), live: 0 };
            self.open = free.unwrap_or(self.segments.len());
            match self.segments.get_mut(self.open) {
                Some(slot) => *slot = new,
                None => self.segments.push(new),
            }
        }
        let mut at = TextRef { segment: self.open as u32, start: 0, len: text.len() as u32 };
        if let Some(segment) = self.segments.get_mut(self.open) {
            at.start = segment.text.len() as u32;
            segment.text.push_str(text);
            segment.live += text.len();
        }
        at
    }

    /// The text at `at`.
    pub(super) fn get(&self, at: TextRef) -> &str {
        let (start, end) = (at.start as usize, at.start as usize + at.len as usize);
        self.segments.get(at.segment as usize).and_then(|s| s.text.get(start..end)).unwrap_or_default()
    }

    /// Says that nobody uses `at` any more. A segment without living text is given back at once.
    pub(super) fn forget(&mut self, at: TextRef) {
        if let Some(segment) = self.segments.get_mut(at.segment as usize) {
            segment.live = segment.live.saturating_sub(at.len as usize);
            if segment.live == 0 && at.segment as usize != self.open {
                segment.text = String::new();
            }
        }
    }

    /// True where `at` lies in a segment of which more than half is dead, so that moving it is worth the copy.
    pub(super) fn should_move(&self, at: TextRef) -> bool {
        at.segment as usize != self.open
            && self.segments.get(at.segment as usize).is_some_and(|s| s.live * 2 < s.text.len())
    }

    /// Moves a text out of a half-dead segment.
    pub(super) fn moved(&mut self, at: TextRef) -> TextRef {
        let text = self.get(at).to_owned();
        let to = self.keep(&text);
        self.forget(at);
        to
    }

    /// Bytes of memory held.
    pub(super) fn held(&self) -> usize {
        self.segments.iter().map(|segment| segment.text.capacity()).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_survive_growth_and_giants() {
        let mut texts = Texts::default();
        let giant = "x".repeat(SEGMENT * 2);
        let refs: Vec<TextRef> = (0..3000).map(|n| texts.keep(&format!("{n:0>1000}"))).collect();
        let big = texts.keep(&giant);
        let after = texts.keep("after");
        assert_eq!(texts.get(refs[1234]).trim_start_matches('0'), "1234");
        assert_eq!((texts.get(big).len(), texts.get(after)), (giant.len(), "after"));
    }

    #[test]
    fn endless_change_needs_bounded_memory() {
        let mut texts = Texts::default();
        let mut refs: Vec<TextRef> = (0..10_000).map(|n| texts.keep(&format!("{n:0>1000}"))).collect();
        let first = texts.held();
        for round in 0..300_usize {
            for k in 0..100 {
                let n = (round * 7919 + k * 104_729) % refs.len();
                let old = refs[n];
                refs[n] = texts.keep(&format!("{n:0>1000}"));
                texts.forget(old);
            }
            for at in &mut refs {
                if texts.should_move(*at) {
                    *at = texts.moved(*at);
                }
            }
        }
        assert!(texts.held() < first * 9 / 4, "{} of {first}", texts.held());
        for (n, at) in refs.iter().enumerate() {
            assert_eq!(texts.get(*at), format!("{n:0>1000}"));
        }
    }
}
