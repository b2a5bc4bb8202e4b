//! Shows long steps: what is done, that it goes on, how long it took. Knows cargo's words, not what is built.
//!
//! On a terminal one line is rewritten in place; in a log a line appears now and then.

use crate::clock::{Stopwatch, in_words};
use crate::process::{Job, Said};
use crate::trouble::{Outcome, Trouble};
use std::io::{IsTerminal, Write};
use std::time::Duration;

/// How often a log shows that a step goes on.
const LOG_EVERY: Duration = Duration::from_secs(15);
/// How much of a failed step's output is repeated.
const LAST_LINES: usize = 300;

/// The words cargo begins a progress line with; everything else is worth reading.
const CARGO_WORDS: [&str; 14] = [
    "Compiling",
    "Checking",
    "Downloading",
    "Downloaded",
    "Updating",
    "Locking",
    "Fresh",
    "Building",
    "Finished",
    "Installing",
    "Adding",
    "Blocking",
    "Replacing",
    "Documenting",
];

/// What cargo is at, if the line is one of its progress lines.
pub fn cargo_activity(line: &str) -> Option<(&str, &str)> {
    let (word, rest) = line.trim_start().split_once(' ')?;
    (line.starts_with(' ') && CARGO_WORDS.contains(&word)).then_some((word, rest.trim()))
}

/// Says that a step begins or is already done.
pub fn say(text: &str) {
    println!("· {text}");
}

/// The moving display of one step.
pub struct Progress {
    watch: Stopwatch,
    terminal: bool,
    built: usize,
    at: String,
    told: Duration,
}

impl Progress {
    pub fn begin() -> Self {
        Self {
            watch: Stopwatch::start(),
            terminal: std::io::stdout().is_terminal(),
            built: 0,
            at: String::new(),
            told: Duration::ZERO,
        }
    }

    /// Takes a line in; true if it was cargo's progress and need not be shown itself.
    pub fn hear(&mut self, line: &str) -> bool {
        let Some((word, rest)) = cargo_activity(line) else { return false };
        let subject = rest.split_whitespace().next().unwrap_or(rest);
        if matches!(word, "Compiling" | "Checking") {
            self.built += 1;
        }
        self.at = match word {
            "Compiling" | "Checking" => format!("{} crates, at {subject}", self.built),
            // Trunk goes on with wasm-bindgen and wasm-opt, which say nothing.
            "Finished" => "compiled, finishing".to_owned(),
            _ => format!("{word} {rest}"),
        };
        self.tick();
        true
    }

    /// Shows where the step is, as often as the place of output bears.
    pub fn tick(&mut self) {
        let elapsed = self.watch.elapsed();
        let spent = elapsed.as_secs();
        if self.terminal {
            let text: String = format!("  {spent:>4} s  {}", self.at).chars().take(100).collect();
            print!("\r\x1b[K{text}");
            drop(std::io::stdout().flush());
        } else if elapsed.saturating_sub(self.told) >= LOG_EVERY {
            self.told = elapsed;
            println!("  … {spent} s  {}", self.at);
        }
    }

    /// Clears the moving line before something else is printed.
    pub fn clear(&self) {
        if self.terminal {
            print!("\r\x1b[K");
        }
    }

    pub fn elapsed(&self) -> Duration {
        self.watch.elapsed()
    }
}

/// Runs a step whose output matters only if it fails; says what it is, that it goes on and what it took.
pub fn run(label: &str, job: Job) -> Outcome<()> {
    say(label);
    let shown = job.shown().to_owned();
    let mut progress = Progress::begin();
    let mut output: Vec<String> = Vec::new();
    let status = job.listen(|said| match said {
        Said::Line(line) => {
            progress.hear(line);
            output.push(line.to_owned());
        }
        Said::Silence => progress.tick(),
    })?;
    progress.clear();
    if status.success() {
        println!("  done in {}", in_words(progress.elapsed()));
        return Ok(());
    }
    let worth: Vec<&String> = output.iter().filter(|line| cargo_activity(line).is_none()).collect();
    for line in worth.iter().skip(worth.len().saturating_sub(LAST_LINES)) {
        eprintln!("  | {line}");
    }
    Err(Trouble::new(format!("{label}: `{shown}` failed ({status}) after {}", in_words(progress.elapsed()))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cargo_progress_is_told_from_output() {
        assert_eq!(cargo_activity("   Compiling serde v1.0.229"), Some(("Compiling", "serde v1.0.229")));
        assert_eq!(cargo_activity("    Finished `dev` profile"), Some(("Finished", "`dev` profile")));
        assert_eq!(cargo_activity("warning: unused variable"), None);
        assert_eq!(cargo_activity("Compiling is what a test printed"), None);
        assert_eq!(cargo_activity("test json::tree ... ok"), None);
    }

    #[test]
    fn a_failed_step_names_its_command() {
        let told = run("a step", Job::new("sh").args(["-c", "exit 7"])).unwrap_err().to_string();
        assert!(told.contains("sh -c exit 7") && told.contains('7'), "{told}");
    }

    #[test]
    fn built_crates_are_counted() {
        let mut progress = Progress::begin();
        assert!(progress.hear("   Compiling a v1.0.0"));
        assert!(progress.hear("   Compiling b v1.0.0"));
        assert!(!progress.hear("error: no"));
        assert_eq!(progress.at, "2 crates, at b");
    }
}
