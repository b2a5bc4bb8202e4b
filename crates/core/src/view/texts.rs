//! Received row texts, kept once, packed in blocks. A row is a range in a block. Rows are read often and their texts
//! seldom: only when one is opened, exported or searched inside its body. WebAssembly memory never shrinks, so texts
//! that no row uses any more are given back by moving the living ones out of half-empty blocks.
#![expect(
    clippy::cast_possible_truncation,
    reason = "the text of all rows lies in the 32-bit memory of WebAssembly"
)]

use std::sync::atomic::{AtomicU32, Ordering};

use lz4_flex::block::{compress_into, decompress_into, get_maximum_output_size};

/// Bytes of a block before it is packed; a longer row gets a block of its own.
const BLOCK: usize = 1 << 16;

/// Tells the contents of any two blocks apart, so that what was unpacked is never taken for something else.
static CONTENTS: AtomicU32 = AtomicU32::new(1);

/// Where a text lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct TextRef {
    block: u32,
    start: u32,
    len: u32,
}

#[derive(Debug, Default)]
struct Block {
    packed: Box<[u8]>,
    /// Bytes when unpacked.
    len: u32,
    /// How many of them somebody uses.
    live: u32,
    contents: u32,
}

/// The store of texts.
#[derive(Debug, Default)]
pub(super) struct Texts {
    blocks: Vec<Block>,
    /// Places in `blocks` whose texts were given back.
    free: Vec<u32>,
    /// The block that is being filled, not packed yet.
    open: u32,
    text: String,
    /// Where blocks are packed into; kept, since it is needed again and again.
    scratch: Vec<u8>,
}

/// The block that was unpacked last. Whoever reads many rows in the order of their slots keeps one over all of them:
/// then each block is unpacked once, and not once for each of its rows.
#[derive(Debug, Default)]
pub struct Reading {
    contents: u32,
    text: String,
}

impl Texts {
    /// Keeps a copy of `text`.
    pub(super) fn keep(&mut self, text: &str) -> TextRef {
        if self.blocks.is_empty() {
            self.open_next();
        } else if !self.text.is_empty() && self.text.len() + text.len() > BLOCK {
            self.pack();
            self.open_next();
        }
        let at = TextRef { block: self.open, start: self.text.len() as u32, len: text.len() as u32 };
        self.text.push_str(text);
        if let Some(block) = self.blocks.get_mut(self.open as usize) {
            block.len += at.len;
            block.live += at.len;
        }
        at
    }

    /// The text at `at`.
    pub(super) fn read<'a>(&'a self, at: TextRef, reading: &'a mut Reading) -> &'a str {
        let range = at.start as usize..at.start as usize + at.len as usize;
        if at.block == self.open {
            return self.text.get(range).unwrap_or_default();
        }
        let Some(block) = self.blocks.get(at.block as usize) else { return "" };
        if reading.contents != block.contents {
            reading.unpack(block);
        }
        reading.text.get(range).unwrap_or_default()
    }

    /// Says that nobody uses `at` any more. A block without living text is given back at once.
    pub(super) fn forget(&mut self, at: TextRef) {
        let Some(block) = self.blocks.get_mut(at.block as usize) else { return };
        block.live = block.live.saturating_sub(at.len);
        if block.live == 0 && block.len > 0 && at.block != self.open {
            *block = Block::default();
            self.free.push(at.block);
        }
    }

    /// Blocks of which more than half is dead, so that moving the rest is worth the copy.
    pub(super) fn half_dead(&self) -> Vec<u32> {
        let is_half_dead =
            |(no, block): &(u32, &Block)| *no != self.open && block.len > 0 && block.live < block.len / 2;
        (0..).zip(&self.blocks).filter(is_half_dead).map(|(no, _)| no).collect()
    }

    /// Moves a text to where texts are kept now.
    pub(super) fn moved(&mut self, at: TextRef, reading: &mut Reading) -> TextRef {
        let text = self.read(at, reading).to_owned();
        let to = self.keep(&text);
        self.forget(at);
        to
    }

    /// Bytes of memory held.
    pub(super) fn held(&self) -> usize {
        let packed: usize = self.blocks.iter().map(|block| block.packed.len()).sum();
        packed + self.text.capacity() + self.scratch.capacity()
    }

    /// Packs the block that is full.
    fn pack(&mut self) {
        let Some(block) = self.blocks.get_mut(self.open as usize) else { return };
        if block.live == 0 {
            *block = Block::default();
            self.free.push(self.open);
        } else {
            self.scratch.resize(get_maximum_output_size(self.text.len()), 0);
            // There is room for whatever comes out.
            let packed = compress_into(self.text.as_bytes(), &mut self.scratch).unwrap_or_default();
            block.packed = self.scratch.get(..packed).unwrap_or_default().into();
            block.contents = CONTENTS.fetch_add(1, Ordering::Relaxed);
        }
        if self.text.len() > BLOCK {
            (self.text, self.scratch) = (String::new(), Vec::new());
        }
        self.text.clear();
    }

    fn open_next(&mut self) {
        self.open = self.free.pop().unwrap_or(self.blocks.len() as u32);
        if self.open as usize == self.blocks.len() {
            self.blocks.push(Block::default());
        }
    }
}

impl TextRef {
    /// The block it lies in: texts of one block are best read together.
    pub(super) fn block(self) -> u32 {
        self.block
    }
}

impl Reading {
    fn unpack(&mut self, block: &Block) {
        self.contents = block.contents;
        let mut bytes = std::mem::take(&mut self.text).into_bytes();
        bytes.resize(block.len as usize, 0);
        // Packed by us from text: what cannot be, is empty.
        let whole = decompress_into(&block.packed, &mut bytes).is_ok_and(|len| len == bytes.len());
        self.text = String::from_utf8(bytes).ok().filter(|_| whole).unwrap_or_default();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn get(texts: &Texts, at: TextRef) -> String {
        texts.read(at, &mut Reading::default()).to_owned()
    }

    #[test]
    fn texts_survive_growth_and_giants() {
        let mut texts = Texts::default();
        let giant = "x".repeat(BLOCK * 40);
        let refs: Vec<TextRef> = (0..3000).map(|n| texts.keep(&format!("{n:0>1000}"))).collect();
        let big = texts.keep(&giant);
        let after = texts.keep("after");
        let empty = texts.keep("");
        assert_eq!(get(&texts, refs[1234]).trim_start_matches('0'), "1234");
        assert_eq!((get(&texts, big).len(), get(&texts, after)), (giant.len(), "after".to_owned()));
        assert_eq!(get(&texts, empty), "");
        assert!(texts.held() < 1_000_000, "a giant leaves no giant buffers behind: {}", texts.held());
    }

    #[test]
    fn one_reading_over_many_rows_reads_what_each_of_them_is() {
        let mut texts = Texts::default();
        let mut refs: Vec<TextRef> = (0..2000).map(|n| texts.keep(&format!("row {n:0>100} 大阪"))).collect();
        let mut reading = Reading::default();
        for (n, at) in refs.iter().enumerate() {
            assert_eq!(texts.read(*at, &mut reading), format!("row {n:0>100} 大阪"));
        }
        // What is emptied and filled again under the same number is not taken for what was there.
        for at in &refs[..1900] {
            texts.forget(*at);
        }
        refs = (0..2000).map(|n| texts.keep(&format!("new {n:0>100}"))).collect();
        for (n, at) in refs.iter().enumerate().rev() {
            assert_eq!(texts.read(*at, &mut reading), format!("new {n:0>100}"));
        }
        let mut other = Texts::default();
        let elsewhere: Vec<TextRef> = (0..2000).map(|n| other.keep(&format!("{n:0>100}"))).collect();
        assert_eq!(texts.read(refs[0], &mut reading).get(..4), Some("new "));
        assert_eq!(other.read(elsewhere[0], &mut reading), format!("{:0>100}", 0));
    }

    #[test]
    fn endless_change_needs_bounded_memory() {
        let mut texts = Texts::default();
        // Texts that do not pack well: what is held is what lives, not what happens to pack.
        let text = |n: usize, round: usize| {
            let mut seed = (n * 1_000 + round) as u64;
            let next = |_| {
                seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                char::from(b' ' + (seed >> 58) as u8)
            };
            (0..1_000).map(next).collect::<String>()
        };
        let mut refs: Vec<(TextRef, usize)> = (0..3_000).map(|n| (texts.keep(&text(n, 0)), 0)).collect();
        let first = texts.held();
        for round in 1..300_usize {
            for k in 0..30 {
                let n = (round * 7919 + k * 104_729) % refs.len();
                let old = refs[n].0;
                refs[n] = (texts.keep(&text(n, round)), round);
                texts.forget(old);
            }
            loop {
                let blocks = texts.half_dead();
                if blocks.is_empty() {
                    break;
                }
                let mut reading = Reading::default();
                for (at, _) in refs.iter_mut().filter(|(at, _)| blocks.contains(&at.block())) {
                    *at = texts.moved(*at, &mut reading);
                }
            }
        }
        assert!(texts.held() < first * 9 / 4, "{} of {first}", texts.held());
        for (n, (at, round)) in refs.iter().enumerate() {
            assert_eq!(get(&texts, *at), text(n, *round));
        }
    }
}
