//! How wide the columns of a table are, and the grip at each head's edge that changes it: by pointer, by the arrow
//! keys, and back to the usual width by a double press or Enter. Knows no row.

use crate::reactive::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlElement, KeyboardEvent, PointerEvent};

use crate::reactive::effect;
use crate::ui::el::{El, el};
use longrun_core::dialect::Column;
use longrun_core::query::columns::{WIDTHS, Width};
use longrun_core::text::{fill, t};

/// Pixels that an arrow key moves the edge; with Shift four times as many.
const STEP: i32 = 8;

/// The widths of one table. Cheap to copy.
#[derive(Clone, Copy)]
pub struct Widths {
    /// As they are now, also while an edge is held.
    now: RwSignal<Vec<Width>>,
    /// Where the edge that is held was taken, and how wide its column was then.
    held: RwSignal<Option<(i32, i32)>>,
    columns: Signal<Vec<&'static Column>>,
    commit: Callback<Vec<Width>>,
}

impl Widths {
    /// Follows what was chosen; `commit` gets what is chosen anew.
    pub fn new(
        chosen: Signal<Vec<Width>>,
        columns: Signal<Vec<&'static Column>>,
        commit: Callback<Vec<Width>>,
    ) -> Widths {
        let now = RwSignal::new(chosen.get_untracked());
        effect(move |_: Option<()>| now.set(chosen.get()));
        Widths { now, held: RwSignal::new(None), columns, commit }
    }

    /// True where any column has a width of its own: then the table is as wide as its columns are.
    pub fn any(self) -> bool {
        self.now.with(|now| !now.is_empty())
    }

    /// The width of a column, where it has one of its own.
    pub fn of(self, id: &str) -> Option<u16> {
        self.now.with(|now| now.iter().find(|(known, _)| *known == id).map(|(_, width)| *width))
    }

    /// As a CSS length; empty for the usual width.
    pub fn style(self, id: &str) -> String {
        self.of(id).map(|width| width.to_string() + "px").unwrap_or_default()
    }

    /// Sets one width. The first time all columns keep the width that they have on the screen, so that none of the
    /// others jumps.
    fn set(self, head: &Element, id: &'static str, width: i32) {
        let width = u16::try_from(width).unwrap_or(0).clamp(*WIDTHS.start(), *WIDTHS.end());
        self.now.update(|now| {
            if now.is_empty() {
                *now = self.measured(head);
            }
            match now.iter_mut().find(|(known, _)| *known == id) {
                Some(known) => known.1 = width,
                None => now.push((id, width)),
            }
        });
    }

    fn measured(self, head: &Element) -> Vec<Width> {
        let Some(row) = head.parent_element() else { return vec![] };
        let heads = row.query_selector_all("[data-column]").ok();
        let at = |at: usize| heads.as_ref()?.get(u32::try_from(at).ok()?)?.dyn_into::<HtmlElement>().ok();
        let width = |(place, column): (usize, &&'static Column)| {
            let width =
                u16::try_from(at(place)?.offset_width()).ok().filter(|width| WIDTHS.contains(width))?;
            Some((column.id, width))
        };
        self.columns.with_untracked(|columns| columns.iter().enumerate().filter_map(width).collect())
    }

    fn kept(self) {
        self.commit.run(self.now.get_untracked());
    }

    fn reset(self, id: &str) {
        self.now.update(|now| now.retain(|(known, _)| *known != id));
        self.kept();
    }
}

fn head_of(event: &Event) -> Option<HtmlElement> {
    event.current_target()?.dyn_into::<Element>().ok()?.parent_element()?.dyn_into().ok()
}

/// The grip of a column, inside its head.
pub fn grip(widths: Widths, column: &'static Column) -> El {
    let id = column.id;
    let pointer = move |event: Event| {
        let (Some(press), Some(head)) = (event.dyn_ref::<PointerEvent>(), head_of(&event)) else { return };
        match (press.type_().as_str(), widths.held.get_untracked()) {
            ("pointerdown", _) if press.button() == 0 => {
                press.prevent_default();
                if let Some(grip) = event.current_target().and_then(|grip| grip.dyn_into::<Element>().ok()) {
                    let _ = grip.set_pointer_capture(press.pointer_id());
                }
                widths.held.set(Some((press.client_x(), head.offset_width())));
            }
            ("pointermove", Some((from, width))) if press.client_x() != from => {
                widths.set(&head, id, width + press.client_x() - from);
            }
            ("pointerup" | "pointercancel", Some((from, _))) => {
                widths.held.set(None);
                if press.client_x() != from {
                    widths.kept();
                }
            }
            _ => {}
        }
    };
    let keys = move |event: Event| {
        let (Some(key), Some(head)) = (event.dyn_ref::<KeyboardEvent>(), head_of(&event)) else { return };
        let step = if key.shift_key() { 4 * STEP } else { STEP };
        let by = match key.key().as_str() {
            "ArrowRight" => step,
            "ArrowLeft" => -step,
            "Enter" => 0,
            _ => return,
        };
        event.prevent_default();
        event.stop_propagation();
        if by == 0 {
            widths.reset(id);
        } else {
            widths.set(&head, id, head.offset_width() + by);
            widths.kept();
        }
    };
    let says = move || {
        widths
            .of(id)
            .map_or_else(|| t("Usual width").to_owned(), |width| fill("{0} pixels", &[&width.to_string()]))
    };
    el("span")
        .class("grip")
        .attr("role", "separator")
        .attr("tabindex", "0")
        .attr("aria-orientation", "vertical")
        .attr("aria-label", fill("Width of {0}", &[t(column.head)]))
        .attr("aria-valuemin", "0")
        .attr("aria-valuemax", WIDTHS.end().to_string())
        .live("aria-valuenow", move || widths.of(id).unwrap_or(0).to_string())
        .live("aria-valuetext", says)
        .on("pointerdown", pointer)
        .on("pointermove", pointer)
        .on("pointerup", pointer)
        .on("pointercancel", pointer)
        .on("dblclick", move |_| widths.reset(id))
        .on("keydown", keys)
}
