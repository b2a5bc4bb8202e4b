//! What the viewer remembers: which containers are open, where the keyboard is, what is looked for, which one secret
//! is uncovered.

use std::sync::Arc;

use crate::reactive::prelude::*;
use longrun_core::json::decode;
use longrun_core::json::outline::Outline;
use longrun_core::json::pretty::pretty;
use longrun_core::json::redact::{hides, redact};
use longrun_core::json::search::{Found, Spot, find};
use longrun_core::json::tree::{Kind, NodeId};
use longrun_core::text::t;

use super::keys::Step;
use crate::platform::{clipboard, task::Scope};
use crate::reactive::memo;
use crate::ui::fresh_id;
use crate::ui::live::Announcer;
use crate::ui::window::Windowed;

/// Above this many rows the tree becomes its own scroller and draws only those in view.
const MANY: usize = 400;
/// Rows that "unfold all" opens at most.
const UNFOLD_LIMIT: usize = 500_000;
/// Matches that can be walked through.
const HITS: usize = 2_000;
/// Height of a row before one was measured, as in `--json-row`.
const ROW: f64 = 24.0;

/// The viewer's memory. Copy it into handlers.
pub(super) type Model = Lasting<ModelParts>;

/// What [`Model`] points to.
pub(super) struct ModelParts {
    pub(super) outline: RwSignal<Outline>,
    pub(super) current: RwSignal<NodeId>,
    pub(super) revealed: RwSignal<Option<NodeId>>,
    pub(super) needle: RwSignal<String>,
    pub(super) found: Memo<Arc<Found>>,
    /// Which of the matches is shown.
    pub(super) hit: RwSignal<usize>,
    /// "Unfold all" stopped at its limit.
    pub(super) cut_short: RwSignal<bool>,
    pub(super) is_windowed: Memo<bool>,
    pub(super) window: Windowed,
    id: StoredValue<String>,
    scope: Scope,
    announcer: Option<Announcer>,
}

impl Model {
    pub(super) fn new(mut outline: Outline) -> Model {
        open_wrappers(&mut outline);
        let outline = RwSignal::new(outline);
        let needle = RwSignal::new(String::new());
        let revealed = RwSignal::new(None);
        let count = memo(move |_| outline.with(Outline::len));
        let found = memo(move |_| {
            let needle = needle.get();
            // What is open does not change what is found, so the outline is not tracked.
            Arc::new(outline.with_untracked(|outline| visible(outline, find(outline.tree(), &needle, HITS))))
        });
        lasting(ModelParts {
            outline,
            current: RwSignal::new(NodeId(0)),
            revealed,
            needle,
            found,
            hit: RwSignal::new(0),
            cut_short: RwSignal::new(false),
            is_windowed: memo(move |_| count.get() > MANY),
            window: Windowed::new(count.into(), ROW),
            id: StoredValue::new(fresh_id("tree")),
            scope: Scope::current(),
            announcer: Announcer::current(),
        })
    }

    /// The id of a value's row.
    pub(super) fn row_id(self, id: NodeId) -> String {
        self.id.with_value(|stem| format!("{stem}-{}", id.0))
    }

    /// The values to draw.
    pub(super) fn drawn(self) -> Vec<NodeId> {
        let rows = if self.is_windowed.get() { self.window.rows().get() } else { 0..MANY };
        self.outline.with(|outline| rows.map_while(|row| outline.at(row)).collect())
    }

    pub(super) fn space_before(self) -> String {
        if self.is_windowed.get() { self.window.space_before().get() } else { "0px".to_owned() }
    }

    pub(super) fn space_after(self) -> String {
        if self.is_windowed.get() { self.window.space_after().get() } else { "0px".to_owned() }
    }

    /// Does what a key asked for.
    pub(super) fn take(self, step: Step) {
        match step {
            Step::Go(id) => self.go(id),
            Step::Toggle(id) => self.toggle(id),
            Step::CopyValue(id) => self.copy(self.value_text(id)),
            Step::CopyPath(id) => self.copy(Some(self.path(id))),
            Step::ExpandSiblings(id) => self.outline.update(|outline| {
                let around = outline.tree().parent(id).unwrap_or(id);
                let siblings: Vec<_> = outline.tree().children(around).take(MANY).collect();
                siblings.into_iter().for_each(|sibling| outline.expand(sibling));
            }),
        }
    }

    /// Copies by key, and says so. A masked value is not copied, and that is said as well.
    fn copy(self, wanted: Option<String>) {
        let say = move |words: String| self.announcer.map(|announcer| announcer.say(words));
        let Some(wanted) = wanted else {
            say(t("This value is masked and is not copied").to_owned());
            return;
        };
        self.scope.spawn(async move {
            let outcome = clipboard::write(&wanted).await;
            say(outcome.map_or_else(|error| error.to_string(), |()| t("Copied").to_owned()));
        });
    }

    /// The text of a value for copying: a string decoded, a container indented with its secrets masked, anything else
    /// as it came. `None` for a masked value.
    pub(super) fn value_text(self, id: NodeId) -> Option<String> {
        self.outline.with_untracked(|outline| {
            let tree = outline.tree();
            let node = tree.node(id)?;
            match node.kind {
                kind if kind.is_container() => Some(pretty(&redact(node.raw), 2)),
                _ if hides(tree, id) => None,
                Kind::String => Some(decode(node.raw).into_owned()),
                _ => Some(node.raw.to_owned()),
            }
        })
    }

    /// Where a value stands.
    pub(super) fn path(self, id: NodeId) -> String {
        self.outline.with_untracked(|outline| outline.tree().path(id))
    }

    /// Opens or closes a container and puts the keyboard on it.
    pub(super) fn toggle(self, id: NodeId) {
        self.outline.update(|outline| outline.toggle(id));
        self.current.set(id);
    }

    /// Puts the keyboard on a value and shows it.
    pub(super) fn go(self, id: NodeId) {
        let row = self.outline.try_update(|outline| outline.reveal(id)).flatten();
        self.current.set(id);
        if let Some(row) = row {
            self.show(row, id);
        }
    }

    fn show(self, row: usize, id: NodeId) {
        if self.is_windowed.get_untracked() {
            self.window.show(row);
            return;
        }
        // All rows are on the page, but one that was just opened is drawn only after this event.
        let id = self.row_id(id);
        queue_microtask(move || {
            let element = crate::platform::document().and_then(|document| document.get_element_by_id(&id));
            if let Some(element) = element {
                crate::platform::focus::reveal(&element);
            }
        });
    }

    /// Shows the first match of a new search.
    pub(super) fn look_for(self, needle: String) {
        self.needle.set(needle);
        self.hit.set(0);
        self.go_to_hit(0);
    }

    /// Shows the next match, or the one before, going round.
    pub(super) fn next_hit(self, forward: bool) {
        let count = self.found.with_untracked(|found| found.hits.len());
        if count > 0 {
            let at = self.hit.get_untracked();
            self.go_to_hit(if forward { (at + 1) % count } else { (at + count - 1) % count });
        }
    }

    fn go_to_hit(self, at: usize) {
        let hit = self.found.with_untracked(|found| found.hits.get(at).copied());
        if let Some(hit) = hit {
            self.hit.set(at);
            self.go(hit.node);
        }
    }

    /// The value of the match that is shown.
    pub(super) fn hit_node(self) -> Option<NodeId> {
        let at = self.hit.get();
        self.found.with(|found| found.hits.get(at).map(|hit| hit.node))
    }

    pub(super) fn fold_all(self) {
        self.cut_short.set(false);
        self.current.set(NodeId(0));
        self.outline.update(Outline::fold_all);
    }

    pub(super) fn unfold_all(self) {
        let complete = self.outline.try_update(|outline| outline.expand_all(UNFOLD_LIMIT)).unwrap_or(true);
        self.cut_short.set(!complete);
        if !complete {
            // A root that is itself beyond the limit would otherwise be closed by "unfold".
            self.outline.update(|outline| outline.expand(NodeId(0)));
        }
        // The keyboard may stand on a value that the limit left folded away.
        let current = self.current.get_untracked();
        if self.outline.with_untracked(|outline| outline.position(current).is_none()) {
            self.current.set(NodeId(0));
        }
    }
}

/// A body that is one object inside another says nothing when only the outer one is open.
fn open_wrappers(outline: &mut Outline) {
    let mut at = NodeId(0);
    for _ in 0..4 {
        let mut inside = outline.tree().children(at);
        let (Some(only), None) = (inside.next(), inside.next()) else { return };
        drop(inside);
        outline.expand(only);
        at = only;
    }
}

/// Matches inside masked values are kept back: to tell that a guess was right would be to tell the secret.
fn visible(outline: &Outline, mut found: Found) -> Found {
    let before = found.hits.len();
    found.hits.retain(|hit| hit.spot == Spot::Key || !hides(outline.tree(), hit.node));
    found.total -= before - found.hits.len();
    found
}

#[cfg(test)]
mod tests {
    use longrun_core::json::tree::Tree;

    use super::*;

    #[test]
    fn the_first_level_that_says_something_is_open() {
        let rows = |text: &str| {
            let mut outline = Outline::new(Tree::read(text).unwrap());
            open_wrappers(&mut outline);
            outline.len()
        };
        assert_eq!(rows(r#"{"virtual_network_appliance":{"name":"fw","tags":{"a":1}}}"#), 4);
        assert_eq!(rows(r#"{"a":{"b":1},"c":2}"#), 3);
        assert_eq!(rows(&format!("{}{}", "[".repeat(50), "]".repeat(50))), 6);
    }

    #[test]
    fn a_search_does_not_tell_what_is_masked() {
        let text = r#"{"admin_password":"hunter2","note":"ask hunter2","hunter2":1}"#;
        let outline = Outline::new(Tree::read(text).unwrap());
        let found = visible(&outline, find(outline.tree(), "hunter2", HITS));
        assert_eq!(found.total, 2);
        assert!(found.hits.iter().all(|hit| hit.node != NodeId(1)), "{found:?}");
    }
}
