//! What a key means in a tree, by the ARIA authoring guide. Pure.

use longrun_core::json::outline::Outline;
use longrun_core::json::tree::{Key, NodeId};

/// What a key asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// Go to a value in view.
    Go(NodeId),
    /// Open or close a container.
    Toggle(NodeId),
    /// Open this container and its siblings.
    ExpandSiblings(NodeId),
}

/// The step for `key` pressed at `current`; `page` rows fit the view. `None` for keys that mean nothing here.
pub(super) fn step(outline: &Outline, current: NodeId, key: &str, page: usize) -> Option<Step> {
    let here = outline.position(current).unwrap_or(0);
    let last = outline.len().checked_sub(1)?;
    let go = |row: usize| outline.at(row.min(last)).map(Step::Go);
    let holds_values = outline.tree().node(current).is_some_and(|node| !node.kind.is_empty());
    match key {
        "ArrowDown" => go(here + 1),
        "ArrowUp" => go(here.saturating_sub(1)),
        "Home" => go(0),
        "End" => go(last),
        "PageDown" => go(here + page),
        "PageUp" => go(here.saturating_sub(page)),
        "ArrowRight" if outline.is_open(current) => go(here + 1),
        "ArrowRight" if holds_values => Some(Step::Toggle(current)),
        "ArrowLeft" if outline.is_open(current) => Some(Step::Toggle(current)),
        "ArrowLeft" => outline.tree().parent(current).map(Step::Go),
        "Enter" | " " if holds_values => Some(Step::Toggle(current)),
        "*" => Some(Step::ExpandSiblings(current)),
        _ => beginning_with(outline, here, key),
    }
}

/// The next value in view, going round, whose name begins with the letter typed.
fn beginning_with(outline: &Outline, here: usize, key: &str) -> Option<Step> {
    let mut letters = key.chars();
    let (Some(letter), None) = (letters.next(), letters.next()) else { return None };
    // Question mark and slash belong to the page.
    if !letter.is_alphanumeric() && letter != '_' {
        return None;
    }
    let begins = |id: &NodeId| match outline.tree().node(*id).map(|node| node.key) {
        Some(Key::Name(name)) => {
            name.chars().next().is_some_and(|c| c.to_lowercase().eq(letter.to_lowercase()))
        }
        _ => false,
    };
    let count = outline.len();
    (1..=count).filter_map(|ahead| outline.at((here + ahead) % count)).find(begins).map(Step::Go)
}

#[cfg(test)]
mod tests {
    use longrun_core::json::tree::Tree;

    use super::*;

    /// 0 the root, 1 name, 2 interfaces, 3 lan, 4 ip, 5 tags, 6 note.
    fn outline() -> Outline {
        let text = r#"{"name":"fw","interfaces":{"lan":{"ip":"10.0.0.1"}},"tags":[],"note":null}"#;
        Outline::new(Tree::read(text).unwrap())
    }

    fn go(outline: &Outline, at: u32, key: &str) -> Option<Step> {
        step(outline, NodeId(at), key, 3)
    }

    #[test]
    fn arrows_move_and_fold_as_the_guide_says() {
        let mut outline = outline();
        assert_eq!(go(&outline, 0, "ArrowDown"), Some(Step::Go(NodeId(1))));
        assert_eq!(go(&outline, 0, "ArrowUp"), Some(Step::Go(NodeId(0))));
        assert_eq!(go(&outline, 2, "ArrowRight"), Some(Step::Toggle(NodeId(2))));
        outline.expand(NodeId(2));
        assert_eq!(go(&outline, 2, "ArrowRight"), Some(Step::Go(NodeId(3))));
        assert_eq!(go(&outline, 2, "ArrowLeft"), Some(Step::Toggle(NodeId(2))));
        assert_eq!(go(&outline, 3, "ArrowLeft"), Some(Step::Go(NodeId(2))));
        assert_eq!(go(&outline, 0, "Home"), Some(Step::Go(NodeId(0))));
        assert_eq!(go(&outline, 0, "End"), Some(Step::Go(NodeId(6))));
        assert_eq!(go(&outline, 0, "PageDown"), Some(Step::Go(NodeId(3))));
    }

    #[test]
    fn a_leaf_and_an_empty_container_do_not_fold() {
        let outline = outline();
        assert_eq!(go(&outline, 1, "Enter"), None);
        assert_eq!(go(&outline, 5, " "), None);
        assert_eq!(go(&outline, 5, "ArrowRight"), None);
        assert_eq!(go(&outline, 2, "Enter"), Some(Step::Toggle(NodeId(2))));
    }

    #[test]
    fn letters_go_round_and_the_pages_own_keys_pass() {
        let outline = outline();
        assert_eq!(go(&outline, 0, "n"), Some(Step::Go(NodeId(1))));
        assert_eq!(go(&outline, 1, "N"), Some(Step::Go(NodeId(6))));
        assert_eq!(go(&outline, 6, "n"), Some(Step::Go(NodeId(1))));
        assert_eq!(go(&outline, 0, "?"), None);
        assert_eq!(go(&outline, 0, "Escape"), None);
        assert_eq!(go(&outline, 0, "z"), None);
    }
}
