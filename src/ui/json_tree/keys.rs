//! What a key means in a tree, by the ARIA authoring guide. Pure.

use longrun_core::json::outline::Outline;
use longrun_core::json::tree::NodeId;

/// How help tells of the keys below: those that are not plain movement. Separated by commas.
pub const TREE_KEYS: [(&str, &str); 2] =
    [("↑, ↓, ←, → in a body", "Move, open and fold"), ("c, p in a body", "Copy the value, copy its path")];

/// What a key asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// Go to a value in view.
    Go(NodeId),
    /// Open or close a container.
    Toggle(NodeId),
    /// Open this container and its siblings.
    ExpandSiblings(NodeId),
    /// Copy the value.
    CopyValue(NodeId),
    /// Copy where the value stands.
    CopyPath(NodeId),
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
        "c" => Some(Step::CopyValue(current)),
        "p" => Some(Step::CopyPath(current)),
        // No going to names by their first letter: letters belong to the page (r, t) and to copying.
        _ => None,
    }
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
    fn help_tells_of_keys_that_mean_something() {
        let outline = outline();
        for (keys, label) in TREE_KEYS {
            for key in keys.trim_end_matches(" in a body").split(", ") {
                let arrow = ["↑", "↓", "←", "→"].iter().position(|arrow| *arrow == key);
                let names = ["ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight"];
                assert!(go(&outline, 2, arrow.map_or(key, |at| names[at])).is_some(), "{key}: {label}");
            }
        }
    }

    #[test]
    fn letters_copy_and_the_pages_own_keys_pass() {
        let outline = outline();
        assert_eq!(go(&outline, 1, "c"), Some(Step::CopyValue(NodeId(1))));
        assert_eq!(go(&outline, 2, "p"), Some(Step::CopyPath(NodeId(2))));
        for key in ["?", "/", "Escape", "r", "t", "Tab"] {
            assert_eq!(go(&outline, 0, key), None, "{key}");
        }
    }
}
