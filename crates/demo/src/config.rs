//! What a demo is started with. It must not know where the values come from (flags, a test, a browser worker).

/// Everything that decides what the demo answers, apart from the clock.
#[derive(Debug, Clone)]
pub struct Config {
    /// The same seed and `start_ms` give the same data, tokens and request ids.
    pub seed: u64,
    /// How many operations the list holds at the start; 0 makes a world that stays empty.
    pub operations: usize,
    /// The moment the demo's data ends and its life begins, in milliseconds of the Unix epoch.
    pub start_ms: i64,
    /// How many times faster than in reality new operations arrive and run. The clock itself is not sped up, so
    /// that browser and server keep agreeing about "now".
    pub speed: f64,
    /// Offers `POST /demo/clock`, `/demo/fault` and `/demo/touch`. Tests want it, a public demo does not.
    pub controls: bool,
    /// Answers pages of other origins. The real service most likely does not.
    pub cors: bool,
    /// How many requests the journal remembers.
    pub journal: usize,
}

impl Config {
    /// The defaults of the command line, beginning at `start_ms`.
    pub fn starting_at(start_ms: i64) -> Self {
        Self { seed: 7, operations: 500, start_ms, speed: 1.0, controls: false, cors: false, journal: 2_000 }
    }
}
