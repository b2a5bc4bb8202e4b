//! Where an element stands in what scrolls it. All reads; a caller that also writes does so afterwards.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, ScrollToOptions};

use super::{document, window};

/// The nearest ancestor (or the element itself) that scrolls up and down; the page itself where none does.
pub fn scroller_of(element: &Element) -> Option<Element> {
    let window = window()?;
    let mut at = Some(element.clone());
    while let Some(candidate) = at {
        let style = window.get_computed_style(&candidate).ok().flatten();
        let overflow =
            style.and_then(|style| style.get_property_value("overflow-y").ok()).unwrap_or_default();
        if matches!(overflow.as_str(), "auto" | "scroll") {
            return Some(candidate);
        }
        at = candidate.parent_element();
    }
    document()?.document_element()
}

/// The part of `body` that `scroller` shows.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Seen {
    /// Pixels of `body` above the visible part; negative where `body` begins below the scroller's upper edge.
    pub above: f64,
    /// Height of the scroller's visible part in pixels.
    pub height: f64,
}

/// Measures [`Seen`]. Cheap when nothing was written to the page since the last layout.
pub fn seen(body: &Element, scroller: &Element) -> Seen {
    let frame = scroller.get_bounding_client_rect();
    let top = frame.top().max(0.0);
    // The inner height is rounded, the outer one is not: a row must not be cut by half a pixel.
    let height = f64::from(scroller.client_height()).min(frame.height());
    Seen { above: top - body.get_bounding_client_rect().top(), height }
}

/// Height of an element in pixels, fractions included.
pub fn height_of(element: &Element) -> f64 {
    element.get_bounding_client_rect().height()
}

/// Scrolls `scroller` by `pixels`, at once.
pub fn by(scroller: &Element, pixels: f64) {
    let options = ScrollToOptions::new();
    options.set_top(f64::from(scroller.scroll_top()) + pixels);
    scroller.scroll_to_with_scroll_to_options(&options);
}

/// Scrolls to the very top.
pub fn to_top(scroller: &Element) {
    scroller.set_scroll_top(0);
}

/// A length that the style sheets define, in pixels: `--row` on an element.
pub fn length(element: &Element, property: &str) -> Option<f64> {
    let style = window()?.get_computed_style(element).ok().flatten()?;
    let value = style.get_property_value(property).ok()?;
    Some(js_sys::parse_float(value.trim().strip_suffix("px")?)).filter(|length| length.is_finite())
}

/// Height below the element's visible upper edge, for `scroll-padding` like corrections: that of its sticky head.
pub fn sticky_head(scroller: &Element) -> f64 {
    let head = scroller.query_selector("thead th").ok().flatten();
    head.and_then(|head| head.dyn_into::<HtmlElement>().ok())
        .map_or(0.0, |head| f64::from(head.offset_height()))
}

/// Width and height of the window's contents in pixels.
pub fn window_size() -> Option<(f64, f64)> {
    let window = window()?;
    Some((window.inner_width().ok()?.as_f64()?, window.inner_height().ok()?.as_f64()?))
}
