//! How many operations began when, by state: buckets over a span of time, and where their bars stand. Pure arithmetic
//! on whole numbers; knows neither rows nor screen, and what time it is comes in.

use crate::model::State;
use crate::time::{DAY, HOUR, MINUTE, Millis, SECOND};

/// Buckets never are more than this many.
const MOST: i64 = 97;
/// How long a bucket can be. Beyond, it is a multiple of the last.
const STEPS: [i64; 14] = [
    SECOND,
    5 * SECOND,
    15 * SECOND,
    30 * SECOND,
    MINUTE,
    5 * MINUTE,
    15 * MINUTE,
    30 * MINUTE,
    HOUR,
    3 * HOUR,
    6 * HOUR,
    12 * HOUR,
    DAY,
    7 * DAY,
];

/// Width of the picture in its own units.
pub const WIDTH: usize = 1_000;
/// Height of the picture in its own units.
pub const HEIGHT: usize = 60;
/// The line from which bars grow up, and failures hang down.
pub const LINE: usize = 44;
/// Room for failures below it.
const BELOW: usize = HEIGHT - LINE - 1;
/// Nothing that is there is drawn lower than this.
const LEAST: usize = 2;

/// From the line upwards.
const UPWARDS: [State; 7] = [
    State::Succeeded,
    State::Cancelled,
    State::Unknown,
    State::Waiting,
    State::Running,
    State::Cancelling,
    State::Stuck,
];

/// How many operations of each state, by [`State::index`].
pub type Counts = [usize; State::COUNT];

/// Buckets of equal length, from the first to the last moment of a span.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Histogram {
    /// Where the first bucket begins.
    pub start: Millis,
    /// Length of a bucket in milliseconds; 0 only in an empty histogram.
    pub step: i64,
    /// The buckets.
    pub buckets: Vec<Counts>,
}

impl Histogram {
    /// Empty buckets over a span. They begin at whole multiples of their length, so that they do not move with the
    /// clock. An end before the beginning is taken as the beginning.
    pub fn over(from: Millis, to: Millis) -> Histogram {
        let span = to.since(from).max(1);
        let fits = |step: &i64| span <= *step * (MOST - 1);
        let week = 7 * DAY;
        let step = STEPS.into_iter().find(fits).unwrap_or_else(|| (span / (MOST - 2) / week + 1) * week);
        let start = Millis(from.0.saturating_sub(from.0.rem_euclid(step)));
        let count = to.0.max(from.0).saturating_sub(1).saturating_sub(start.0).max(0) / step + 1;
        let count = usize::try_from(count.min(MOST)).unwrap_or(1);
        Histogram { start, step, buckets: vec![Counts::default(); count] }
    }

    /// Counts an operation; what lies outside is left out.
    pub fn add(&mut self, at: Millis, state: State) {
        let Some(ahead) = at.0.checked_sub(self.start.0).filter(|ahead| *ahead >= 0 && self.step > 0) else {
            return;
        };
        let bucket = usize::try_from(ahead / self.step).ok().and_then(|at| self.buckets.get_mut(at));
        if let Some(count) = bucket.and_then(|bucket| bucket.get_mut(state.index())) {
            *count += 1;
        }
    }

    /// Where a bucket begins. One past the last is where the last ends.
    pub fn begins(&self, bucket: usize) -> Millis {
        let ahead = i64::try_from(bucket).unwrap_or(i64::MAX).saturating_mul(self.step);
        Millis(self.start.0.saturating_add(ahead))
    }

    /// What stands in the buckets from one to before another.
    pub fn sum(&self, from: usize, to: usize) -> Counts {
        let mut sum = Counts::default();
        for bucket in self.buckets.get(from.min(to)..to.min(self.buckets.len())).unwrap_or_default() {
            for (sum, count) in sum.iter_mut().zip(bucket) {
                *sum += count;
            }
        }
        sum
    }

    /// The bars of one state as an SVG path in a picture of [`WIDTH`] by [`HEIGHT`]: stacked upwards from the line, failed
    /// ones hanging below it, all in one scale. The bar that needs most room has it all.
    pub fn path(&self, state: State) -> String {
        let up = |bucket: &Counts| total(bucket) - count(bucket, State::Failed);
        let highest = self.buckets.iter().map(up).max().unwrap_or_default();
        let lowest = self.buckets.iter().map(|bucket| count(bucket, State::Failed)).max().unwrap_or_default();
        let scale = (highest * BELOW).max(lowest * LINE).max(1);
        let drawn = |many: usize| if many == 0 { 0 } else { (many * LINE * BELOW / scale).max(LEAST) };
        let mut path = String::new();
        for (at, bucket) in self.buckets.iter().enumerate() {
            let many = count(bucket, state);
            if many == 0 {
                continue;
            }
            let (x, end) = (at * WIDTH / self.buckets.len(), (at + 1) * WIDTH / self.buckets.len());
            let width = (end - x) * 3 / 4;
            let (y, height) = if state == State::Failed {
                (LINE + 1, drawn(many).max(LEAST + 1))
            } else {
                // What stands below, each rounded as it is drawn, so that bars touch.
                let below = UPWARDS.iter().take_while(|other| **other != state);
                let foot: usize = below.map(|other| drawn(count(bucket, *other))).sum();
                let height = drawn(many);
                (LINE.saturating_sub(foot + height), height)
            };
            bar(&mut path, [x, y, width, height]);
        }
        path
    }

    /// Some five moments to name below the picture, with their places in [`WIDTH`].
    pub fn ticks(&self) -> Vec<(Millis, usize)> {
        let buckets = self.buckets.len();
        let apart = (buckets / 4).max(1);
        (0..=buckets).step_by(apart).map(|at| (self.begins(at), at * WIDTH / buckets.max(1))).collect()
    }
}

/// Adds a bar to an SVG path: where it begins from the left and from above, its width and its height.
pub fn bar(path: &mut String, [x, y, width, height]: [usize; 4]) {
    for (letter, number) in [("M", x), (" ", y), ("h", width), ("v", height), ("h-", width)] {
        path.push_str(letter);
        path.push_str(&number.to_string());
    }
    path.push('z');
}

/// How many operations there are.
pub fn total(counts: &Counts) -> usize {
    counts.iter().sum()
}

/// How many of one state there are.
pub fn count(counts: &Counts, state: State) -> usize {
    counts.get(state.index()).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Millis = Millis(1_795_232_837_000);

    fn day() -> Histogram {
        Histogram::over(Millis(NOW.0 - DAY), NOW)
    }

    #[test]
    fn a_day_is_quarters_of_an_hour() {
        let day = day();
        assert_eq!((day.step, day.buckets.len()), (15 * MINUTE, 97), "the first quarter has begun before");
        assert_eq!(day.start.0 % (15 * MINUTE), 0);
        assert!(day.start <= Millis(NOW.0 - DAY) && day.begins(97) >= NOW && day.begins(96) < NOW);
        let later = Histogram::over(Millis(NOW.0 - DAY + 60_000), Millis(NOW.0 + 60_000));
        assert_eq!(
            (later.start, later.step),
            (day.start, day.step),
            "buckets stand still while the clock runs"
        );
    }

    #[test]
    fn any_span_has_few_buckets_and_holds_both_its_ends() {
        let spans = [1, SECOND, 61 * SECOND, HOUR, 6 * HOUR, DAY, 40 * DAY, 20_000 * DAY];
        for from in [-3 * DAY - 1, 0, NOW.0, NOW.0 + 7] {
            for span in spans {
                let all = Histogram::over(Millis(from), Millis(from + span));
                let n = all.buckets.len();
                assert!((1..=97).contains(&n), "{span}: {n}");
                assert!(all.start.0 <= from && all.begins(n).0 >= from + span, "{from} {span}: {all:?}");
            }
        }
    }

    #[test]
    fn no_clock_breaks_it() {
        for (from, to) in [(i64::MIN, i64::MAX), (i64::MAX, i64::MIN), (5, 5), (5, 4), (i64::MAX, i64::MAX)] {
            let mut odd = Histogram::over(Millis(from), Millis(to));
            for at in [i64::MIN, -1, 0, 5, i64::MAX] {
                odd.add(Millis(at), State::Failed);
            }
            assert!(odd.step > 0 && odd.buckets.len() <= 97 && !odd.ticks().is_empty());
        }
        let mut none = Histogram::default();
        none.add(NOW, State::Running);
        assert_eq!((none.path(State::Running).as_str(), none.sum(0, 9)), ("", Counts::default()));
    }

    #[test]
    fn operations_are_counted_where_they_began() {
        let mut day = day();
        day.add(day.start, State::Failed);
        day.add(Millis(day.start.0 + 15 * MINUTE - 1), State::Running);
        day.add(Millis(day.start.0 + 15 * MINUTE), State::Running);
        day.add(Millis(day.start.0 - 1), State::Running);
        day.add(day.begins(97), State::Running);
        assert_eq!((total(&day.sum(0, 1)), total(&day.sum(1, 2)), total(&day.sum(0, 97))), (2, 1, 3));
        assert_eq!(count(&day.sum(0, 97), State::Running), 2);
        assert_eq!(total(&day.sum(5, 2)), 0);
    }

    #[test]
    fn bars_stack_upwards_and_failures_hang_below() {
        let mut two = Histogram { start: Millis(0), step: 10, buckets: vec![Counts::default(); 2] };
        for (at, state, many) in [(0, State::Succeeded, 3), (0, State::Running, 1), (10, State::Failed, 2)] {
            (0..many).for_each(|_| two.add(Millis(at), state));
        }
        assert_eq!(two.path(State::Succeeded), "M0 22h375v22h-375z");
        assert_eq!(two.path(State::Running), "M0 15h375v7h-375z");
        assert_eq!(two.path(State::Failed), "M500 45h375v15h-375z");
        assert_eq!(two.path(State::Stuck), "");
        assert_eq!(two.ticks(), [(Millis(0), 0), (Millis(10), 500), (Millis(20), 1_000)]);
        // One among very many is still seen.
        (0..10_000).for_each(|_| two.add(Millis(10), State::Succeeded));
        assert!(two.path(State::Running).contains("v2h"), "{}", two.path(State::Running));
    }

    #[test]
    fn a_hundred_thousand_draw_no_more_than_the_buckets_there_are() {
        let mut day = day();
        for n in 0..100_000_usize {
            let ago = i64::try_from(n).unwrap() * 977 % (2 * DAY);
            day.add(Millis(NOW.0 - ago), State::ALL[n % 8]);
        }
        let drawn: usize = State::ALL.into_iter().map(|state| day.path(state).len()).sum();
        assert!((1_000..100_000).contains(&drawn), "{drawn} bytes of paths");
    }
}
