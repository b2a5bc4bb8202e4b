//! Arming a connection: the button in the page's head, and how long it stays so.

use crate::reactive::prelude::*;

use crate::reactive::memo;
use crate::state::Console;
use crate::state::act::Place;
use crate::ui::el::{Node, el, live_node};
use crate::ui::{Button, Glyph, icon};
use longrun_core::text::fill;
use longrun_core::time::{SECOND, duration};
use longrun_core::view::config::Mode;

/// Says whether the connection can be acted on, and lets the user arm it. Nothing where there is nothing to do at all.
pub fn arm_button(place: &Place) -> Node {
    let console = Console::here();
    let acting = console.acting;
    if !place.can_act() {
        return Node::None;
    }
    let id = StoredValue::new(place.conn.id.clone());
    let left = move || id.with_value(|id| acting.left(console, id));
    match place.conn.mode {
        // That a connection is read-only stands in the bar above every page.
        Mode::Armed | Mode::ReadOnly => Node::None,
        Mode::ArmedOnDemand => {
            let armed = memo(move |_| left().is_some());
            live_node(move || -> Node {
                if !armed.get() {
                    let arm = Callback::new(move |()| id.with_value(|id| acting.arm(id)));
                    return view! { <Button label="Arm for 15 minutes" icon=Glyph::Lock on_press=arm /> }
                        .into();
                }
                let disarm = Callback::new(move |()| id.with_value(|id| acting.disarm(id)));
                let says = move || {
                    let left = left().unwrap_or_default();
                    fill("Armed, {0} left", &[&duration((left / SECOND).max(1) * SECOND)])
                };
                [
                    Node::from(
                        el("span")
                            .class("mode arm")
                            .attr("data-armed", "true")
                            .child(icon(Glyph::Warn))
                            .child(el("span").live_text(says)),
                    ),
                    view! { <Button label="Disarm" on_press=disarm /> }.into(),
                ]
                .into()
            })
        }
    }
}
