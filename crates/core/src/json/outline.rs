//! Which values of a tree are in view: a flat list of rows that a windowed viewer draws from, kept up to date while
//! containers open and close. Must not know how many rows fit on a screen.

use std::collections::VecDeque;
use std::ops::Range;

use super::tree::{Node, NodeId, Tree};

/// A tree with some of its containers open.
#[derive(Clone, Debug)]
pub struct Outline {
    tree: Tree,
    open: Vec<bool>,
    /// The values in view. Their numbers only go up, since they stand in the order of the document.
    visible: Vec<NodeId>,
}

/// One line of the viewer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row<'a> {
    /// The value.
    pub node: Node<'a>,
    /// Whether it holds values that can be shown.
    pub has_children: bool,
    /// Whether they are shown.
    pub open: bool,
    /// How many siblings it is one of, itself included.
    pub siblings: usize,
}

impl Outline {
    /// Opens one level: the root shows what it holds.
    pub fn new(tree: Tree) -> Outline {
        let open = vec![false; tree.len()];
        let mut outline = Outline { tree, open, visible: Vec::new() };
        outline.fold_all();
        outline
    }

    /// The tree under it.
    pub fn tree(&self) -> &Tree {
        &self.tree
    }

    /// How many rows there are in all.
    pub fn len(&self) -> usize {
        self.visible.len()
    }

    /// Never true of a tree that could be read.
    pub fn is_empty(&self) -> bool {
        self.visible.is_empty()
    }

    /// The rows of a window; of one that reaches beyond the end, those that exist.
    pub fn rows(&self, window: Range<usize>) -> Vec<Row<'_>> {
        let end = window.end.min(self.visible.len());
        let ids = self.visible.get(window.start.min(end)..end).unwrap_or_default();
        ids.iter().filter_map(|id| self.row(*id)).collect()
    }

    /// At which row a value is in view.
    pub fn position(&self, id: NodeId) -> Option<usize> {
        self.visible.binary_search(&id).ok()
    }

    /// The value at a row.
    pub fn at(&self, row: usize) -> Option<NodeId> {
        self.visible.get(row).copied()
    }

    /// Whether a container is open.
    pub fn is_open(&self, id: NodeId) -> bool {
        usize::try_from(id.0).ok().and_then(|at| self.open.get(at)).copied().unwrap_or(false)
    }

    /// Opens a container. Those inside that were open before are open again.
    pub fn expand(&mut self, id: NodeId) {
        if self.is_open(id) || !self.holds_values(id) {
            return;
        }
        self.set(id, true);
        if let Some(row) = self.position(id) {
            let mut shown = Vec::new();
            self.walk(NodeId(id.0 + 1), self.tree.after(id), &mut shown);
            self.visible.splice(row + 1..row + 1, shown);
        }
    }

    /// Closes a container.
    pub fn collapse(&mut self, id: NodeId) {
        if !self.is_open(id) {
            return;
        }
        self.set(id, false);
        if let Some(row) = self.position(id) {
            let after = self.tree.after(id);
            let end = self.visible.partition_point(|other| *other < after);
            self.visible.drain(row + 1..end);
        }
    }

    /// Opens a closed container, closes an open one.
    pub fn toggle(&mut self, id: NodeId) {
        if self.is_open(id) { self.collapse(id) } else { self.expand(id) }
    }

    /// Opens whatever stands around a value, so that it comes into view, and tells its row.
    pub fn reveal(&mut self, id: NodeId) -> Option<usize> {
        let mut changed = false;
        let mut inner = id;
        while let Some(outer) = self.tree.parent(inner) {
            changed |= !self.is_open(outer);
            self.set(outer, true);
            inner = outer;
        }
        if changed {
            self.lay_out();
        }
        self.position(id)
    }

    /// Opens everything, level by level, as long as no more than `limit` rows come of it. Tells whether all is open.
    pub fn expand_all(&mut self, limit: usize) -> bool {
        self.open.fill(false);
        let mut complete = true;
        let mut rows = 1;
        let mut level = VecDeque::from([NodeId(0)]);
        while let Some(id) = level.pop_front() {
            let held = self.tree.node(id).map_or(0, |node| node.kind.len());
            if held == 0 {
                continue;
            }
            if rows + held > limit {
                complete = false;
                continue;
            }
            rows += held;
            self.set(id, true);
            level.extend(self.tree.children(id));
        }
        self.lay_out();
        complete
    }

    /// Closes everything but the root.
    pub fn fold_all(&mut self) {
        self.open.fill(false);
        self.set(NodeId(0), self.holds_values(NodeId(0)));
        self.lay_out();
    }

    fn row(&self, id: NodeId) -> Option<Row<'_>> {
        let node = self.tree.node(id)?;
        let has_children = !node.kind.is_empty();
        Some(Row { node, has_children, open: self.is_open(id), siblings: self.tree.siblings(id) })
    }

    fn holds_values(&self, id: NodeId) -> bool {
        self.tree.node(id).is_some_and(|node| !node.kind.is_empty())
    }

    fn set(&mut self, id: NodeId, open: bool) {
        if let Some(place) = usize::try_from(id.0).ok().and_then(|at| self.open.get_mut(at)) {
            *place = open;
        }
    }

    fn lay_out(&mut self) {
        let mut visible = std::mem::take(&mut self.visible);
        visible.clear();
        self.walk(NodeId(0), self.tree.after(NodeId(0)), &mut visible);
        self.visible = visible;
    }

    /// Appends what is in view of a stretch of the document.
    fn walk(&self, from: NodeId, to: NodeId, visible: &mut Vec<NodeId>) {
        let mut id = from;
        while id < to {
            visible.push(id);
            id = if self.is_open(id) { NodeId(id.0 + 1) } else { self.tree.after(id) };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = r#"{"a":{"b":[1,2],"c":{}},"d":[[3]],"e":4}"#;

    fn paths(outline: &Outline) -> Vec<String> {
        (0..outline.len()).map(|row| outline.tree().path(outline.at(row).unwrap())).collect()
    }

    fn outline(text: &str) -> Outline {
        Outline::new(Tree::read(text).unwrap())
    }

    fn id(outline: &Outline, path: &str) -> NodeId {
        outline.tree().find_path(path).unwrap()
    }

    #[test]
    fn one_level_is_open_at_first() {
        let outline = outline(TEXT);
        assert_eq!(paths(&outline), ["$", "$.a", "$.d", "$.e"]);
        let rows = outline.rows(1..9);
        assert_eq!(
            rows.iter().map(|row| (row.has_children, row.open)).collect::<Vec<_>>(),
            [(true, false), (true, false), (false, false)]
        );
        assert_eq!((rows[1].node.position, rows[1].siblings, rows[1].node.depth), (1, 3, 1));
        assert!(outline.rows(7..9).is_empty());
    }

    #[test]
    fn what_was_open_inside_opens_again() {
        let mut outline = outline(TEXT);
        let (a, b) = (id(&outline, "$.a"), id(&outline, "$.a.b"));
        outline.expand(a);
        outline.expand(b);
        let open = ["$", "$.a", "$.a.b", "$.a.b[0]", "$.a.b[1]", "$.a.c", "$.d", "$.e"];
        assert_eq!(paths(&outline), open);
        outline.toggle(a);
        assert_eq!(paths(&outline), ["$", "$.a", "$.d", "$.e"]);
        outline.toggle(a);
        assert_eq!(paths(&outline), open);
        outline.collapse(NodeId(0));
        outline.expand(id(&outline, "$.d"));
        assert_eq!(paths(&outline), ["$"], "opened out of view");
        outline.expand(NodeId(0));
        assert_eq!(outline.len(), open.len() + 1);
    }

    #[test]
    fn empty_containers_and_scalars_do_not_open() {
        let mut outline = outline(TEXT);
        outline.expand_all(100);
        let all = paths(&outline);
        for path in ["$.a.c", "$.e"] {
            let id = id(&outline, path);
            outline.toggle(id);
            assert!(!outline.is_open(id));
        }
        assert_eq!(paths(&outline), all);
        let mut scalar = Outline::new(Tree::read("5").unwrap());
        scalar.toggle(NodeId(0));
        assert_eq!((scalar.len(), scalar.is_open(NodeId(0))), (1, false));
    }

    #[test]
    fn a_value_deep_inside_comes_into_view() {
        let mut outline = outline(TEXT);
        let deep = id(&outline, "$.d[0][0]");
        assert_eq!(outline.position(deep), None);
        assert_eq!(outline.reveal(deep), Some(4));
        assert_eq!(paths(&outline), ["$", "$.a", "$.d", "$.d[0]", "$.d[0][0]", "$.e"]);
    }

    #[test]
    fn opening_all_stops_at_the_limit_and_says_so() {
        let mut outline = outline(TEXT);
        assert!(outline.expand_all(10));
        assert_eq!(outline.len(), outline.tree().len());
        assert!(!outline.expand_all(9));
        assert_eq!(
            paths(&outline),
            ["$", "$.a", "$.a.b", "$.a.b[0]", "$.a.b[1]", "$.a.c", "$.d", "$.d[0]", "$.e"]
        );
        assert!(!outline.expand_all(5));
        assert_eq!(paths(&outline), ["$", "$.a", "$.d", "$.d[0]", "$.e"]);
        outline.fold_all();
        assert_eq!(paths(&outline), ["$", "$.a", "$.d", "$.e"]);
    }

    /// Opened one by one with a window read after each: a cost that grew with the depth squared times the text
    /// would not end in the time of a test.
    #[test]
    fn ten_thousand_levels_open_one_by_one() {
        let mut outline = outline(&format!("{}7{}", "[".repeat(10_000), "]".repeat(10_000)));
        for depth in 1..10_000 {
            let last = outline.at(outline.len() - 1).unwrap();
            outline.expand(last);
            let rows = outline.rows(outline.len() - 1..outline.len());
            assert_eq!(rows[0].node.depth, depth + 1);
        }
        assert_eq!(outline.len(), 10_001);
        assert_eq!(outline.tree().path(NodeId(10_000)).len(), 1 + 3 * 10_000);
        assert!(outline.expand_all(20_000));
        assert!(!outline.expand_all(5_000));
        assert_eq!(outline.len(), 5_000);
        assert_eq!(outline.reveal(NodeId(10_000)), Some(10_000));
    }
}
