//! Cells of a table on the page: which one an event is in, and where it is on the screen. Rows are known by the id of
//! their link, cells by their class.

use wasm_bindgen::JsCast;
use web_sys::{Element, Event};

use super::document;
use super::dom::target_within;

/// A cell, or a row where no cell is meant.
#[derive(Clone, Debug, PartialEq)]
pub struct CellAt {
    /// What the row's link is numbered with.
    pub row: u32,
    /// The part of the cell's class after `col-`; empty for the row.
    pub column: String,
    /// From the top left of `host`, in pixels.
    pub left: f64,
    /// As `left`.
    pub top: f64,
}

/// Begins the id of a row's link.
const ROW: &str = "row-";

/// The cell that an event is in, with its right end measured from the element that listens.
pub fn cell_of(event: &Event) -> Option<CellAt> {
    let host = event.current_target()?.dyn_into::<Element>().ok()?;
    let cell = target_within(event, "[class*=col-]")?;
    let link = cell.closest("tr").ok()??.query_selector("[id^=row-]").ok()??;
    let classes = cell.class_name();
    let column = classes.split(' ').find_map(|class| class.strip_prefix("col-"))?.to_owned();
    place(&host, &cell, &link.id(), column)
}

/// The place of the row that an event is in, counted from the head: see `aria-rowindex`.
pub fn row_index(event: &Event) -> Option<usize> {
    target_within(event, "tr[aria-rowindex]")?.get_attribute("aria-rowindex")?.parse().ok()
}

/// The row of that number, with the right end of what leads to it.
pub fn row_in(host: &str, row: u32) -> Option<CellAt> {
    let document = document()?;
    let host = document.query_selector(host).ok()??;
    let link = document.get_element_by_id(&format!("{ROW}{row}"))?;
    let cell = link.closest("[class*=col-]").ok()??;
    place(&host, &cell, &link.id(), String::new())
}

fn place(host: &Element, cell: &Element, link: &str, column: String) -> Option<CellAt> {
    let (frame, cell) = (host.get_bounding_client_rect(), cell.get_bounding_client_rect());
    Some(CellAt {
        row: link.strip_prefix(ROW)?.parse().ok()?,
        column,
        left: cell.right() - frame.left() + f64::from(host.scroll_left()),
        top: cell.top() - frame.top() + f64::from(host.scroll_top()),
    })
}

/// Presses the first match on the page.
pub fn press(selector: &str) {
    let found = document().and_then(|document| document.query_selector(selector).ok().flatten());
    if let Some(button) = found.and_then(|found| found.dyn_into::<web_sys::HtmlElement>().ok()) {
        button.click();
    }
}
