//! Windowing: of very many rows of one height, only those in view are on the page. The arithmetic is pure; the hook
//! around it listens to scrolling and sizes, at most once per frame, and reads the page before anything writes to it.

use std::ops::Range;

use crate::reactive::prelude::*;
use web_sys::Element;

use crate::platform::{Listener, document, hold, resize::Resized, scroll, timers::PerFrame};
use crate::reactive::{derive, effect, memo};

/// Rows drawn above and below the visible ones, so that a quick scroll does not show bare ground.
const OVERSCAN: usize = 4;
/// Rows drawn before anything could be measured.
const FIRST_ROWS: usize = 40;

/// What of a body of `count` rows is in view.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct View {
    /// Pixels of the body above the view; negative where the body begins inside it.
    pub above: f64,
    /// Height of the view in pixels.
    pub height: f64,
    /// Height of each row in pixels.
    pub row: f64,
}

impl View {
    /// The rows to draw.
    #[expect(clippy::cast_possible_truncation, reason = "clamped to 0..=count before")]
    pub fn rows(self, count: usize) -> Range<usize> {
        if self.row < 1.0 || self.height <= 0.0 || !self.above.is_finite() {
            return 0..count.min(FIRST_ROWS);
        }
        let first = (self.above / self.row).floor().max(0.0) as usize;
        let end = ((self.above + self.height) / self.row).ceil().max(0.0) as usize;
        let start = first.saturating_sub(OVERSCAN).min(count);
        start..end.saturating_add(OVERSCAN).clamp(start, count)
    }

    /// How far to scroll so that row `at` is fully in view, below a sticky head of `head` pixels. Zero where it is.
    pub fn scroll_to_show(self, at: usize, head: f64) -> f64 {
        let top = at as f64 * self.row;
        let bottom = top + self.row;
        if top < self.above + head {
            top - self.above - head
        } else if bottom > self.above + self.height {
            bottom - self.above - self.height
        } else {
            0.0
        }
    }

    /// Rows that fit the view: how far Page Down goes.
    #[expect(clippy::cast_possible_truncation, reason = "a height over a row is small")]
    pub fn page(self) -> usize {
        if self.row < 1.0 { 1 } else { (self.height / self.row).floor().max(1.0) as usize }
    }
}

/// A window over rows. Copy it into handlers.
#[derive(Clone, Copy)]
pub struct Windowed {
    count: Signal<usize>,
    view: RwSignal<View>,
    rows: Memo<Range<usize>>,
    body: StoredValue<Option<Element>>,
    ask: StoredValue<Option<PerFrame>>,
}

impl Windowed {
    /// A window over `count` rows, `row` pixels high until one was measured.
    pub fn new(count: Signal<usize>, row: f64) -> Windowed {
        let view = RwSignal::new(View { above: 0.0, height: 0.0, row });
        let rows = memo(move |_| view.get().rows(count.get()));
        let (body, ask) = (StoredValue::new(None), StoredValue::new(None));
        let windowed = Windowed { count, view, rows, body, ask };
        let frame = PerFrame::new(move || windowed.measure());
        hold(frame.clone());
        ask.set_value(Some(frame));
        windowed
    }

    /// Follows the element whose children are the rows, a `<tbody>` or a list: give this to its `made`. It begins
    /// after the element has come onto the page, since only there it has something that scrolls around it.
    pub fn follow_made(self) -> impl FnOnce(&Element) + 'static {
        move |element| {
            let element = element.clone();
            effect(move |_: Option<()>| self.follow(&element));
        }
    }

    fn follow(self, element: &Element) {
        self.body.set_value(Some(element.clone()));
        let ask = move || {
            self.ask.with_value(|frame| frame.as_ref().map(PerFrame::ask));
        };
        // Scroll events do not bubble, but on their way down they pass the document, whoever scrolls.
        if let Some(document) = document() {
            hold(Listener::capturing(document.as_ref(), "scroll", move |_| ask()));
        }
        let scroller = scroll::scroller_of(element);
        hold(scroller.and_then(|scroller| Resized::new(&scroller, ask)));
        // The height of rows follows density, zoom and width.
        hold(Resized::new(element, ask));
        ask();
    }

    /// The rows to draw.
    pub fn rows(self) -> Memo<Range<usize>> {
        self.rows
    }

    /// Height of the spacer before the rows drawn, as a CSS length.
    pub fn space_before(self) -> Signal<String> {
        derive(move || pixels(self.rows.get().start as f64 * self.view.get().row))
    }

    /// Height of the spacer after them.
    pub fn space_after(self) -> Signal<String> {
        derive(move || {
            let left = self.count.get().saturating_sub(self.rows.get().end);
            pixels(left as f64 * self.view.get().row)
        })
    }

    /// Rows that fit the view.
    pub fn page(self) -> usize {
        self.view.get_untracked().page()
    }

    /// Scrolls as little as needed so that row `at` is in view, and draws it at once.
    pub fn show(self, at: usize) {
        self.measure();
        let Some(scroller) = self.body.with_value(|body| body.as_ref().and_then(scroll::scroller_of)) else {
            return;
        };
        let by = self.view.get_untracked().scroll_to_show(at, scroll::sticky_head(&scroller));
        if by != 0.0 {
            scroll::by(&scroller, by);
            self.measure();
        }
    }

    /// Scrolls back to the first row.
    pub fn to_top(self) {
        if let Some(scroller) = self.body.with_value(|body| body.as_ref().and_then(scroll::scroller_of)) {
            scroll::to_top(&scroller);
        }
        self.measure();
    }

    fn measure(self) {
        let Some(Some(body)) = self.body.try_with_value(Clone::clone) else { return };
        let Some(scroller) = scroll::scroller_of(&body).filter(|_| body.is_connected()) else { return };
        let seen = scroll::seen(&body, &scroller);
        let row = body.query_selector(":scope > [aria-rowindex], :scope > [aria-level]").ok().flatten();
        let row = row.map(|row| scroll::height_of(&row)).filter(|height| *height >= 1.0);
        let before = self.view.get_untracked();
        let now = View { above: seen.above, height: seen.height, row: row.unwrap_or(before.row) };
        if now != before {
            self.view.try_set(now);
        }
    }
}

/// Whole pixels: printing fractions would bring ten kilobytes of float formatting into the bundle.
#[expect(clippy::cast_possible_truncation, reason = "pages are far shorter than 2^63 pixels")]
pub fn pixels(length: f64) -> String {
    format!("{}px", length.round() as i64)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROW: View = View { above: 0.0, height: 600.0, row: 32.0 };

    #[test]
    fn the_rows_in_view_and_a_few_around_are_drawn() {
        assert_eq!(ROW.rows(100_000), 0..23);
        assert_eq!(View { above: 3_200.0, ..ROW }.rows(100_000), 96..123);
        assert_eq!(View { above: 3_199_400.0, ..ROW }.rows(100_000), 99_977..100_000);
    }

    #[test]
    fn few_rows_none_and_positions_beyond_the_end_are_no_trouble() {
        assert_eq!(ROW.rows(3), 0..3);
        assert_eq!(ROW.rows(0), 0..0);
        assert_eq!(View { above: 1e9, ..ROW }.rows(10), 10..10);
        assert_eq!(View { above: -5_000.0, ..ROW }.rows(10), 0..4);
        assert_eq!(View { above: f64::NAN, ..ROW }.rows(10), 0..10);
        assert_eq!(View { height: 0.0, ..ROW }.rows(1_000), 0..40);
    }

    #[test]
    fn every_visible_row_is_drawn_at_any_position() {
        for position in 0..4_000 {
            let view = View { above: f64::from(position), ..ROW };
            let rows = view.rows(200);
            let (first, last) = (f64::from(position) / 32.0, (f64::from(position) + 600.0) / 32.0);
            assert!((rows.start as f64) <= first, "row at the top of {position}");
            assert!((rows.end as f64) >= last.min(200.0), "row at the bottom of {position}");
        }
    }

    #[test]
    fn a_row_is_brought_into_view_by_the_shortest_way() {
        let view = View { above: 320.0, ..ROW };
        assert_eq!(view.scroll_to_show(12, 32.0), 0.0);
        assert_eq!(view.scroll_to_show(10, 32.0), -32.0);
        assert_eq!(view.scroll_to_show(28, 32.0), 8.0);
        assert_eq!(view.scroll_to_show(0, 0.0), -320.0);
        assert_eq!(view.page(), 18);
    }
}
