//! What was measured, and what it should be. It must not know how anything is measured.

use serde_json::{Value, json};

/// Everything measured, in order.
#[derive(Default)]
pub struct Figures {
    pub browser: String,
    pub all: Vec<Figure>,
}

/// One quantity at one number of rows.
pub struct Figure {
    pub what: &'static str,
    pub rows: usize,
    pub unit: &'static str,
    pub values: Vec<f64>,
}

pub const FIRST_ROW: &str = "first row, reload of a signed-in tab";
pub const ALL_ROWS: &str = "all rows, reload of a signed-in tab";
pub const FIRST_ROW_FILTER: &str = "first row, new server filter";
pub const KEYSTROKE: &str = "filter keystroke";
pub const STATE: &str = "state toggle";
pub const SORT_RECEIVED: &str = "sort by time received";
pub const SORT_ID: &str = "sort by id";
pub const SORT_DURATION: &str = "sort by duration";
pub const REFRESH: &str = "refresh with 1 % changed rows";
pub const TASK_LOADING: &str = "longest task while loading";
pub const TASK_SCROLLING: &str = "longest task while scrolling";
pub const MEMORY_LOADED: &str = "JS heap + wasm memory after load";
pub const MEMORY_REFRESHED: &str = "JS heap + wasm memory after 3 refreshes";

const MANY: usize = 100_000;
const FEW: usize = 10_000;

impl Figure {
    pub fn median(&self) -> f64 {
        let mut sorted = self.values.clone();
        sorted.sort_by(f64::total_cmp);
        sorted.get(sorted.len() / 2).copied().unwrap_or(f64::NAN)
    }

    pub fn worst(&self) -> f64 {
        self.values.iter().copied().fold(f64::NAN, f64::max)
    }

    /// What it must not exceed, where the project has set a target.
    pub fn target(&self) -> Option<f64> {
        match (self.what, self.rows) {
            (KEYSTROKE | STATE, FEW) => Some(35.0),
            (SORT_RECEIVED | SORT_ID | SORT_DURATION, FEW) => Some(50.0),
            (KEYSTROKE | STATE, MANY) => Some(80.0),
            (SORT_RECEIVED | SORT_ID | SORT_DURATION, MANY) => Some(150.0),
            (FIRST_ROW | FIRST_ROW_FILTER | REFRESH, MANY) => Some(1_100.0),
            (TASK_SCROLLING, MANY) => Some(50.0),
            (MEMORY_LOADED | MEMORY_REFRESHED, MANY) => Some(220.0),
            _ => None,
        }
    }

    /// What is held against the target: "no task over" and "at most" speak of the worst, times of the median.
    pub fn decisive(&self) -> f64 {
        match self.what {
            TASK_SCROLLING | MEMORY_LOADED | MEMORY_REFRESHED => self.worst(),
            _ => self.median(),
        }
    }

    pub fn met(&self) -> Option<bool> {
        self.target().map(|target| self.decisive() <= target)
    }

    pub fn json(&self) -> Value {
        json!({
            "what": self.what, "rows": self.rows, "unit": self.unit, "values": self.values,
            "median": self.median(), "worst": self.worst(), "target": self.target(), "met": self.met(),
        })
    }
}

impl Figures {
    /// Takes a figure down and says it, so that a long run shows where it is.
    pub fn add(&mut self, what: &'static str, rows: usize, unit: &'static str, values: Vec<f64>) {
        let figure = Figure { what, rows, unit, values };
        let (median, worst) = (figure.median(), figure.worst());
        println!("  {what}: median {median:.1} {unit}, worst {worst:.1}");
        self.all.push(figure);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figure(what: &'static str, values: &[f64]) -> Figure {
        Figure { what, rows: MANY, unit: "ms", values: values.to_vec() }
    }

    #[test]
    fn the_median_is_held_against_a_time_and_the_worst_against_a_limit() {
        let times = figure(STATE, &[20.0, 300.0, 10.0]);
        assert_eq!((times.median(), times.worst(), times.met()), (20.0, 300.0, Some(true)));
        assert_eq!(figure(TASK_SCROLLING, &[20.0, 51.0, 10.0]).met(), Some(false));
        assert_eq!(figure(TASK_LOADING, &[900.0]).met(), None);
    }

    #[test]
    fn nothing_measured_meets_nothing() {
        assert_eq!(figure(STATE, &[]).met(), Some(false));
        assert_eq!(figure(STATE, &[f64::NAN]).met(), Some(false));
    }
}
