//! What was measured, and what it should be. It must not know how anything is measured.

use serde_json::{Value, json};

/// What is measured: our console, or the same screen in plain JavaScript beside it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Subject {
    #[default]
    Console,
    Floor,
}

/// Everything measured, in order.
#[derive(Default)]
pub struct Figures {
    pub browser: String,
    /// Whose figures are being added.
    pub subject: Subject,
    pub all: Vec<Figure>,
}

/// One quantity at one number of rows.
pub struct Figure {
    pub what: &'static str,
    pub rows: usize,
    pub unit: &'static str,
    pub values: Vec<f64>,
    /// The same of the floor.
    pub floor: Vec<f64>,
}

pub const FIRST_ROW: &str = "first row, reload of a signed-in tab";
pub const ALL_ROWS: &str = "all rows, reload of a signed-in tab";
pub const FIRST_ROW_SLOW: &str = "first row, cold, 1.6 Mbit/s, 150 ms, CPU 4 times slower";
pub const FIRST_ROW_FILTER: &str = "first row, new server filter";
pub const KEYSTROKE: &str = "filter keystroke";
pub const STATE: &str = "state toggle";
pub const SORT_RECEIVED: &str = "sort by time received";
pub const SORT_ID: &str = "sort by id";
pub const SORT_DURATION: &str = "sort by duration";
pub const REFRESH: &str = "refresh with 1 % changed rows";
pub const TASK_LOADING: &str = "longest task while loading";
pub const TASK_REFRESH: &str = "longest task during a refresh";
pub const TASK_SCROLLING: &str = "longest task while scrolling";
pub const MEMORY_LOADED: &str = "JS heap + wasm memory after load";
pub const MEMORY_REFRESHED: &str = "JS heap + wasm memory after 3 refreshes";

const MANY: usize = 100_000;

/// The middle one.
fn median(values: &[f64]) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted.get(sorted.len() / 2).copied().unwrap_or(f64::NAN)
}

impl Figure {
    pub fn median(&self) -> f64 {
        median(&self.values)
    }

    pub fn worst(&self) -> f64 {
        self.values.iter().copied().fold(f64::NAN, f64::max)
    }

    /// What the floor needs, where it was measured.
    pub fn floor(&self) -> Option<f64> {
        Some(median(&self.floor)).filter(|floor| !floor.is_nan())
    }

    /// What it must not exceed, where the project has set a target.
    pub fn target(&self) -> Option<f64> {
        match (self.what, self.rows) {
            (FIRST_ROW | FIRST_ROW_FILTER, _) => Some(250.0),
            (FIRST_ROW_SLOW, _) => Some(3_000.0),
            (KEYSTROKE | STATE, MANY) => Some(25.0),
            (SORT_RECEIVED | SORT_ID | SORT_DURATION, MANY) => Some(75.0),
            (REFRESH, MANY) => Some(700.0),
            (TASK_SCROLLING | TASK_REFRESH, MANY) => Some(50.0),
            (MEMORY_LOADED | MEMORY_REFRESHED, MANY) => Some(130.0),
            _ => None,
        }
    }

    /// What not even the worst of them may exceed, where the target speaks of the median.
    pub fn limit(&self) -> Option<f64> {
        matches!((self.what, self.rows), (KEYSTROKE, MANY)).then_some(50.0)
    }

    /// What is held against the target: "no task over" and "at most" speak of the worst, times of the median.
    pub fn decisive(&self) -> f64 {
        match self.what {
            TASK_SCROLLING | TASK_REFRESH | MEMORY_LOADED | MEMORY_REFRESHED => self.worst(),
            _ => self.median(),
        }
    }

    pub fn met(&self) -> Option<bool> {
        let within = self.limit().is_none_or(|limit| self.worst() <= limit);
        self.target().map(|target| self.decisive() <= target && within)
    }

    pub fn json(&self) -> Value {
        json!({
            "what": self.what, "rows": self.rows, "unit": self.unit, "values": self.values,
            "median": self.median(), "worst": self.worst(), "floor": self.floor, "target": self.target(), "met": self.met(),
        })
    }
}

impl Figures {
    /// Takes a figure down and says it, so that a long run shows where it is.
    pub fn add(&mut self, what: &'static str, rows: usize, unit: &'static str, values: Vec<f64>) {
        if self.subject == Subject::Floor {
            println!("    floor: {what}: median {:.1} {unit}", median(&values));
            if let Some(figure) =
                self.all.iter_mut().find(|figure| (figure.what, figure.rows) == (what, rows))
            {
                figure.floor = values;
            }
            return;
        }
        let figure = Figure { what, rows, unit, values, floor: Vec::new() };
        let (median, worst) = (figure.median(), figure.worst());
        println!("  {what}: median {median:.1} {unit}, worst {worst:.1}");
        self.all.push(figure);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figure(what: &'static str, values: &[f64]) -> Figure {
        Figure { what, rows: MANY, unit: "ms", values: values.to_vec(), floor: vec![] }
    }

    #[test]
    fn the_median_is_held_against_a_time_and_the_worst_against_a_limit() {
        let times = figure(STATE, &[20.0, 300.0, 10.0]);
        assert_eq!((times.median(), times.worst(), times.met()), (20.0, 300.0, Some(true)));
        assert_eq!(figure(TASK_SCROLLING, &[20.0, 51.0, 10.0]).met(), Some(false));
        assert_eq!(figure(TASK_LOADING, &[900.0]).met(), None);
        assert_eq!(figure(KEYSTROKE, &[20.0, 49.0, 10.0]).met(), Some(true));
        assert_eq!(figure(KEYSTROKE, &[20.0, 51.0, 10.0]).met(), Some(false));
    }

    #[test]
    fn the_floor_stands_beside_and_is_held_against_nothing() {
        let mut figures = Figures::default();
        figures.add(STATE, MANY, "ms", vec![20.0]);
        figures.subject = Subject::Floor;
        figures.add(STATE, MANY, "ms", vec![90.0, 80.0, 70.0]);
        figures.add(STATE, 10, "ms", vec![1.0]);
        let [one] = figures.all.as_slice() else { panic!("one figure") };
        assert_eq!((one.floor(), one.met()), (Some(80.0), Some(true)));
    }

    #[test]
    fn nothing_measured_meets_nothing() {
        assert_eq!(figure(STATE, &[]).met(), Some(false));
        assert_eq!(figure(STATE, &[f64::NAN]).met(), Some(false));
    }
}
