//! Finding text in a document, in names and in scalar values, without regard to case. Must not know what is masked:
//! a viewer that hides a value must also hide that it was found there.

use super::literal::decode;
use super::tree::{Key, NodeId, Tree};
use crate::fold::lowered;

/// Where in a node the text was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spot {
    /// In the name of a member.
    Key,
    /// In a string, number or word.
    Value,
}

/// One place the text was found at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hit {
    /// The value, or the value that the name belongs to.
    pub node: NodeId,
    /// Where in it.
    pub spot: Spot,
}

/// What a search brought.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// The first ones, in the order of the document.
    pub hits: Vec<Hit>,
    /// How many there are in all.
    pub total: usize,
}

impl Found {
    /// Whether there are more than are listed.
    pub fn is_capped(&self) -> bool {
        self.total > self.hits.len()
    }
}

/// Looks for `needle` and lists at most `limit` places. An empty needle is found nowhere.
pub fn find(tree: &Tree, needle: &str, limit: usize) -> Found {
    let mut found = Found::default();
    let Some(needle) = Needle::new(needle) else { return found };
    let mut note = |node, spot| {
        found.total += 1;
        if found.hits.len() < limit {
            found.hits.push(Hit { node, spot });
        }
    };
    let end = tree.after(NodeId(0));
    let mut id = NodeId(0);
    while let Some(node) = tree.node(id).filter(|_| id < end) {
        if let Key::Name(name) = &node.key
            && needle.is_in(name)
        {
            note(id, Spot::Key);
        }
        if !node.kind.is_container() && needle.is_in(&decode(node.raw)) {
            note(id, Spot::Value);
        }
        id = NodeId(id.0 + 1);
    }
    found
}

/// Whether `text` holds `needle`, without regard to case; never for an empty needle.
pub fn holds(text: &str, needle: &str) -> bool {
    Needle::new(needle).is_some_and(|needle| needle.is_in(text))
}

/// A text to look for, without regard to case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Needle {
    lower: String,
    is_ascii: bool,
}

impl Needle {
    /// `None` for an empty text, which is found nowhere.
    pub(crate) fn new(text: &str) -> Option<Needle> {
        let lower = lowered(text);
        let is_ascii = lower.is_ascii();
        (!lower.is_empty()).then_some(Needle { lower, is_ascii })
    }

    /// Whether it stands anywhere in `text`.
    pub(crate) fn is_in(&self, text: &str) -> bool {
        if !text.is_ascii() {
            return lowered(text).contains(&self.lower);
        }
        let Some(first) = self.lower.bytes().next().filter(|_| self.is_ascii) else { return false };
        let (text, needle) = (text.as_bytes(), self.lower.as_bytes());
        memchr::memchr2_iter(first, first.to_ascii_uppercase(), text)
            .any(|at| text.get(at..at + needle.len()).is_some_and(|part| part.eq_ignore_ascii_case(needle)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    const TEXT: &str =
        r#"{"Name":"Edge-01","list":["EDGE",{"edge":true}],"n":42001,"j":"\u65e5\u672c ÄRGER"}"#;

    #[rstest]
    #[case("edge", &["$.Name", "$.list[0]", "$.list[1].edge"])]
    #[case("NAME", &["$.Name"])]
    #[case("4200", &["$.n"])]
    #[case("日本", &["$.j"])]
    #[case("ärger", &["$.j"])]
    #[case("TRUE", &["$.list[1].edge"])]
    #[case("-01", &["$.Name"])]
    #[case("absent", &[])]
    #[case("", &[])]
    #[case("\"", &[])]
    fn places(#[case] needle: &str, #[case] paths: &[&str]) {
        let tree = Tree::read(TEXT).unwrap();
        let found = find(&tree, needle, 10);
        assert_eq!(found.hits.iter().map(|hit| tree.path(hit.node)).collect::<Vec<_>>(), paths);
        assert_eq!((found.total, found.is_capped()), (paths.len(), false));
    }

    #[test]
    fn a_name_and_its_value_are_two_places() {
        let tree = Tree::read(r#"{"abc":"xabcx"}"#).unwrap();
        let spots: Vec<Spot> = find(&tree, "ABC", 10).hits.iter().map(|hit| hit.spot).collect();
        assert_eq!(spots, [Spot::Key, Spot::Value]);
    }

    #[test]
    fn beyond_the_limit_it_only_counts() {
        let tree = Tree::read(format!("[{}1]", "1,".repeat(999))).unwrap();
        let found = find(&tree, "1", 3);
        assert_eq!((found.hits.len(), found.total, found.is_capped()), (3, 1_000, true));
    }

    #[test]
    fn depth_is_no_limit() {
        let tree = Tree::read("[".repeat(100_000) + "\"x\"" + &"]".repeat(100_000)).unwrap();
        assert_eq!(find(&tree, "X", 1).hits, [Hit { node: NodeId(100_000), spot: Spot::Value }]);
    }

    #[test]
    fn letters_beyond_ascii_are_found_in_any_case() {
        let tree = Tree::read(r#"{"name":"ÄRGER","город":"МОСКВА"}"#).unwrap();
        for needle in ["ärger", "Москва", "ГОРОД"] {
            assert_eq!(find(&tree, needle, 9).total, 1, "{needle}");
        }
    }
}
