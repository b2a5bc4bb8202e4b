//! Words that repeat over many rows (tenants, statuses, targets) are kept once.

use std::collections::HashSet;
use std::sync::Arc;

/// A table of shared words. Cheap to make; one list keeps one for its life.
#[derive(Debug, Default)]
pub struct Words(HashSet<Arc<str>>);

impl Words {
    /// The shared copy of `word`.
    pub fn share(&mut self, word: &str) -> Arc<str> {
        if let Some(known) = self.0.get(word) {
            return known.clone();
        }
        let new: Arc<str> = Arc::from(word);
        self.0.insert(new.clone());
        new
    }

    /// Forgets words that no row uses any more.
    pub fn forget_unused(&mut self) {
        self.0.retain(|word| Arc::strong_count(word) > 1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_word_is_the_same_allocation() {
        let mut words = Words::default();
        let first = words.share("COMPLETE");
        assert!(Arc::ptr_eq(&first, &words.share("COMPLETE")));
        drop(first);
        words.forget_unused();
        assert!(words.0.is_empty());
    }
}
