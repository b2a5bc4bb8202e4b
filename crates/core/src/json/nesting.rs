//! Finding the end of an object or array by its brackets and strings alone, as fast as it goes and resumable at any
//! byte. Deliberately does not check what stands inside: one odd row must not spoil the rest, and whoever reads the
//! value finds out. Nesting is a counter, so any depth is cheap.

/// How far a scan has come.
pub(super) enum Scan {
    /// The value ends before this offset.
    Done(usize),
    /// All bytes are used up; go on from this offset when there are more.
    More(usize),
}

/// The state of a scan between two pieces of a document.
#[derive(Debug, Default)]
pub(super) struct Nesting {
    depth: usize,
    in_string: bool,
}

impl Nesting {
    /// Reads on from `at`. The first call must stand on the bracket or quote that opens the value.
    pub(super) fn scan(&mut self, bytes: &[u8], mut at: usize) -> Scan {
        loop {
            if self.in_string {
                match string_end(bytes, at) {
                    Scan::Done(end) => at = end,
                    more @ Scan::More(_) => return more,
                }
                self.in_string = false;
                if self.depth == 0 {
                    return Scan::Done(at);
                }
            }
            let rest = bytes.get(at..).unwrap_or_default();
            let Some(found) = rest.iter().position(|byte| class(*byte) != OTHER) else {
                return Scan::More(bytes.len());
            };
            at += found + 1;
            match rest.get(found).map_or(OTHER, |byte| class(*byte)) {
                QUOTE => self.in_string = true,
                OPEN => self.depth += 1,
                _ => {
                    self.depth = self.depth.saturating_sub(1);
                    if self.depth == 0 {
                        return Scan::Done(at);
                    }
                }
            }
        }
    }
}

/// Looks for the quote that ends a string from anywhere inside it. An escape cut in two is left to be read again.
pub(super) fn string_end(bytes: &[u8], mut at: usize) -> Scan {
    loop {
        let rest = bytes.get(at..).unwrap_or_default();
        let Some(found) = memchr::memchr2(b'"', b'\\', rest) else {
            return Scan::More(bytes.len());
        };
        at += found;
        if rest.get(found) == Some(&b'"') {
            return Scan::Done(at + 1);
        }
        if at + 1 >= bytes.len() {
            return Scan::More(at);
        }
        at += 2;
    }
}

const OTHER: u8 = 0;
const QUOTE: u8 = 1;
const OPEN: u8 = 2;
const CLOSE: u8 = 3;

#[inline]
fn class(byte: u8) -> u8 {
    match byte {
        b'"' => QUOTE,
        b'{' | b'[' => OPEN,
        b'}' | b']' => CLOSE,
        _ => OTHER,
    }
}

/// Whether JSON counts the byte as white space.
#[inline]
pub(super) fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\n' | b'\r' | b'\t')
}
