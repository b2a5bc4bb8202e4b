//! How long steps take. The only module here that reads the machine's clock.
#![expect(
    clippy::disallowed_methods,
    reason = "a build tool measures wall time; nothing of the product sees it"
)]

use std::time::{Duration, Instant};

/// A started stopwatch.
#[derive(Clone, Copy)]
pub struct Stopwatch(Instant);

impl Stopwatch {
    pub fn start() -> Self {
        Self(Instant::now())
    }

    pub fn elapsed(self) -> Duration {
        self.0.elapsed()
    }
}

/// `4.2 s`, `48 s`, `3 min 07 s`.
pub fn in_words(spent: Duration) -> String {
    let seconds = spent.as_secs_f64();
    if seconds < 10.0 {
        format!("{seconds:.1} s")
    } else if seconds < 90.0 {
        format!("{seconds:.0} s")
    } else {
        let whole = spent.as_secs();
        format!("{} min {:02} s", whole / 60, whole % 60)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_read_at_the_precision_that_matters() {
        assert_eq!(in_words(Duration::from_millis(4_230)), "4.2 s");
        assert_eq!(in_words(Duration::from_millis(48_400)), "48 s");
        assert_eq!(in_words(Duration::from_secs(187)), "3 min 07 s");
    }
}
