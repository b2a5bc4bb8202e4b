//! The mark of an operation that runs longer than its like: "slow" or "seems stuck", with the figures behind it.

use crate::reactive::memo;
use crate::state::Console;
use crate::state::list::List;
use crate::ui::el::{El, Node, el, live_node};
use crate::ui::{Glyph, icon_s};
use longrun_core::model::State;
use longrun_core::view::rows::SlotNo;
use longrun_core::view::usual::Mark;

/// Beside the name of a running row; nothing where the row does not run.
pub fn row_mark(console: Console, list: List, slot: SlotNo) -> Node {
    if list.read_row(slot, |op| op.state == State::Running) != Some(true) {
        return Node::None;
    }
    let mark = memo(move |_| list.mark(slot, console.now.get()));
    live_node(move || {
        mark.get().map(|mark| {
            drawn(mark).live("title", move || list.mark_says(slot, console.now.get()).unwrap_or_default())
        })
    })
}

/// The mark itself.
pub fn drawn(mark: Mark) -> El {
    el("span").class("flag").child(icon_s(Glyph::Clock)).text(mark.label())
}
