//! Ids that tie a control to its label, hint or reason. Unique on the page, never in a URL.

use std::sync::atomic::{AtomicUsize, Ordering};

/// `why-17`: a fresh id that begins with `stem`.
pub fn fresh_id(stem: &str) -> String {
    static NEXT: AtomicUsize = AtomicUsize::new(1);
    format!("{stem}-{}", NEXT.fetch_add(1, Ordering::Relaxed))
}

#[cfg(test)]
mod tests {
    use super::fresh_id;

    #[test]
    fn no_id_comes_twice() {
        let (a, b) = (fresh_id("why"), fresh_id("why"));
        assert!(a != b && a.starts_with("why-"), "{a} {b}");
    }
}
