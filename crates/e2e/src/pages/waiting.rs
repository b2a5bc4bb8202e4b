//! What stands beside the age of the data: why it is not read when its pace says so. And waiting for data to grow old,
//! which is how a journey tells that nothing was asked.

use crate::failure::{Failure, Outcome};
use crate::find::{Find, role};
use crate::stage::Stage;
use crate::wait::within;
use std::time::Duration;

/// Seconds as the console writes them: "7 s ago", "9s old". None where it is no age in seconds.
fn seconds(text: &str) -> Option<u64> {
    let digits: String = text.chars().take_while(char::is_ascii_digit).collect();
    let rest = text.get(digits.len()..)?.trim_start();
    let of_seconds = rest.starts_with("s ") || rest.starts_with("s\u{a0}");
    digits.parse().ok().filter(|_| of_seconds)
}

impl Stage {
    /// Why the page does not refresh by itself.
    pub fn waits() -> Find {
        role("status").named("Refresh waits")
    }

    /// Waits until that is said.
    pub async fn waits_because(&self, why: &str) -> Outcome<String> {
        self.browser.text_is(&Self::waits(), why, |text| text.contains(why)).await
    }

    /// Waits until nothing stands in the way any more.
    pub async fn waits_no_more(&self) -> Outcome {
        self.browser.gone(&Self::waits()).await
    }

    /// Waits until the data is so many seconds old; `meanwhile` is done again and again.
    pub async fn grows_old(&self, at_least: u64, meanwhile: impl AsyncFn() -> Outcome) -> Outcome {
        within(Duration::from_secs(at_least + 20), async || {
            meanwhile().await?;
            let age = self.age().await?;
            if seconds(&age).is_some_and(|age| age >= at_least) || age.contains(" min") {
                return Ok(());
            }
            Err(Failure::new(format!("the data was to be {at_least} s old; it is \"{age}\"")))
        })
        .await
    }
}

#[cfg(test)]
mod tests {
    use super::seconds;

    #[test]
    fn ages_are_read() {
        assert_eq!([seconds("7 s ago"), seconds("12s old"), seconds("just now")], [Some(7), Some(12), None]);
        assert_eq!(seconds("3 min ago"), None);
    }
}
