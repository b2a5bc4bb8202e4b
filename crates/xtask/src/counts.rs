//! Counts tests from what test programs print; cargo's own harness and wasm-bindgen's end with the same kind of line.
//! Pure; knows nothing of rings.

use std::ops::AddAssign;

/// How many tests passed, failed and were skipped.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    pub passed: usize,
    pub failed: usize,
    pub skipped: usize,
}

impl Counts {
    pub fn passed(passed: usize) -> Self {
        Self { passed, ..Self::default() }
    }

    pub fn failed(failed: usize) -> Self {
        Self { failed, ..Self::default() }
    }

    pub fn skipped(skipped: usize) -> Self {
        Self { skipped, ..Self::default() }
    }

    /// Whether anything was really tried.
    pub fn ran(&self) -> bool {
        self.passed + self.failed > 0
    }

    /// Adds up the result line of one test program, if this is one.
    pub fn hear(&mut self, line: &str) -> bool {
        let Some(of_line) = result_line(line) else { return false };
        *self += of_line;
        true
    }
}

impl AddAssign for Counts {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.skipped += other.skipped;
    }
}

/// Reads `test result: ok. 5 passed; 0 failed; 1 ignored; …`. Filtered-out tests were not asked for and do not count.
pub fn result_line(line: &str) -> Option<Counts> {
    let line = without_colour(line);
    let (_, after) = line.split_once("test result: ")?;
    let (_, figures) = after.split_once(". ")?;
    let mut counts = Counts::default();
    for figure in figures.split(';') {
        let Some((number, what)) = figure.trim().split_once(' ') else { continue };
        let Ok(number) = number.parse::<usize>() else { continue };
        match what {
            "passed" => counts.passed = number,
            "failed" => counts.failed = number,
            "ignored" => counts.skipped = number,
            _ => {}
        }
    }
    Some(counts)
}

/// The line without terminal colours, as it goes to logs and parsers.
pub fn without_colour(line: &str) -> String {
    let mut plain = String::with_capacity(line.len());
    let mut chars = line.chars();
    while let Some(c) = chars.next() {
        if c != '\u{1b}' {
            plain.push(c);
            continue;
        }
        // A colour is ESC [ … letter; whatever else follows an ESC is dropped with it.
        for c in chars.by_ref() {
            if c.is_ascii_alphabetic() {
                break;
            }
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cargo_test_results_are_read() {
        let line =
            "test result: ok. 12 passed; 0 failed; 1 ignored; 0 measured; 3 filtered out; finished in 0.02s";
        assert_eq!(result_line(line), Some(Counts { passed: 12, failed: 0, skipped: 1 }));
    }

    #[test]
    fn browser_test_results_are_read_with_indent_and_colour() {
        let line =
            "    test result: \u{1b}[31mFAILED\u{1b}[0m. 4 passed; 2 failed; 0 ignored; 0 filtered out";
        assert_eq!(result_line(line), Some(Counts { passed: 4, failed: 2, skipped: 0 }));
    }

    #[test]
    fn other_lines_do_not_count() {
        for line in ["running 3 tests", "test a::b ... ok", "", "test result:", "5 passed; 2 failed"] {
            assert_eq!(result_line(line), None, "{line}");
        }
    }

    #[test]
    fn several_programs_add_up() {
        let mut counts = Counts::default();
        assert!(counts.hear("test result: ok. 2 passed; 0 failed; 0 ignored"));
        assert!(!counts.hear("     Running tests/contract.rs"));
        assert!(counts.hear("test result: FAILED. 1 passed; 1 failed; 4 ignored"));
        assert_eq!(counts, Counts { passed: 3, failed: 1, skipped: 4 });
    }

    #[test]
    fn skipped_tests_alone_are_not_a_run() {
        assert!(!Counts::skipped(3).ran());
        assert!(Counts::failed(1).ran());
    }
}
