//! Waiting for a condition. The only place that lets time pass, and never longer than needed.

use std::time::Duration;

use tokio::time::Instant;

use crate::failure::{Failure, Outcome};

/// How often a condition is looked at.
const POLL: Duration = Duration::from_millis(25);
/// How long a condition may take. Generous: two browsers share two cores here.
pub const PATIENCE: Duration = Duration::from_secs(10);

/// Tries until it works. What it failed with last is what the journey fails with.
pub async fn eventually<T>(attempt: impl AsyncFnMut() -> Outcome<T>) -> Outcome<T> {
    within(PATIENCE, attempt).await
}

/// As [`eventually`], for what may take longer, or must be quick.
pub async fn within<T>(patience: Duration, mut attempt: impl AsyncFnMut() -> Outcome<T>) -> Outcome<T> {
    let begun = Instant::now();
    loop {
        match attempt().await {
            Ok(value) => return Ok(value),
            Err(failure) if begun.elapsed() >= patience => {
                return Err(Failure::new(format!("{failure} (waited {} s)", patience.as_secs())));
            }
            Err(_) => tokio::time::sleep(POLL).await,
        }
    }
}
