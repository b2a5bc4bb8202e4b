//! The figures as one table for people and one file for machines. It must not judge beyond what `figures` says.

use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;
use std::thread::available_parallelism;

use longrun_e2e::Outcome;
use longrun_e2e::site::workspace;
use serde_json::{Value, json};

use crate::figures::{Figure, Figures};

/// Where the reports go.
pub fn folder() -> PathBuf {
    workspace().join("target")
}

pub fn write(figures: &Figures, runs: usize) -> Outcome {
    let table = table(figures, runs);
    println!("\n{table}");
    let all: Vec<Value> = figures.all.iter().map(Figure::json).collect();
    let whole = json!({ "browser": figures.browser, "cores": cores(), "runs": runs, "figures": all });
    fs::create_dir_all(folder())?;
    fs::write(folder().join("bench.md"), &table)?;
    fs::write(folder().join("bench.json"), format!("{whole:#}\n"))?;
    Ok(())
}

fn cores() -> usize {
    available_parallelism().map_or(1, usize::from)
}

fn table(figures: &Figures, runs: usize) -> String {
    let mut text = format!(
        "From input to the painted frame with the right result; times are medians of {runs}, of five at most at 100,000 rows. {}, {} cores, browser and \
         demo server on the same machine. The floor is the same screen by hand in plain JavaScript, measured in the same \
         run. The server sends lists uncompressed.\n\n| measured | rows | median | worst | floor | target | |\n\
         | --- | ---: | ---: | ---: | ---: | ---: | --- |\n",
        figures.browser,
        cores(),
    );
    for figure in &figures.all {
        let unit = figure.unit;
        let or_dash = |value: Option<f64>, digits: usize| {
            value.map_or_else(|| "-".to_owned(), |value| format!("{value:.digits$} {unit}"))
        };
        let mut target = or_dash(figure.target(), 0);
        if let Some(limit) = figure.limit() {
            let _ = write!(target, ", never over {limit:.0}");
        }
        let met = match figure.met() {
            None => "",
            Some(true) => "met",
            Some(false) => "**missed**",
        };
        let (median, worst, floor) = (figure.median(), figure.worst(), or_dash(figure.floor(), 1));
        // Writing to a string cannot fail.
        let _ = writeln!(
            text,
            "| {} | {} | {median:.1} {unit} | {worst:.1} {unit} | {floor} | {target} | {met} |",
            figure.what, figure.rows
        );
    }
    let missed = figures.all.iter().filter(|figure| figure.met() == Some(false)).count();
    let with_target = figures.all.iter().filter(|figure| figure.met().is_some()).count();
    let _ = writeln!(text, "\n{} of {with_target} targets met.", with_target - missed);
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figures::{KEYSTROKE, SORT_ID, STATE, Subject, TASK_LOADING};

    #[test]
    fn the_table_says_what_was_missed() {
        let mut figures = Figures { browser: "Chromium".into(), ..Figures::default() };
        figures.add(STATE, 100_000, "ms", vec![20.0, 81.0, 90.0]);
        figures.add(SORT_ID, 10_000, "ms", vec![20.0]);
        figures.add(KEYSTROKE, 100_000, "ms", vec![20.0]);
        figures.add(TASK_LOADING, 10_000, "ms", vec![9.0]);
        figures.subject = Subject::Floor;
        figures.add(STATE, 100_000, "ms", vec![70.0]);
        let table = table(&figures, 3);
        assert!(
            table.contains("| state toggle | 100000 | 81.0 ms | 90.0 ms | 70.0 ms | 25 ms | **missed** |"),
            "{table}"
        );
        assert!(table.contains("| sort by id | 10000 | 20.0 ms | 20.0 ms | - | - |  |"), "{table}");
        assert!(table.contains("| 20.0 ms | - | 25 ms, never over 50 | met |"), "{table}");
        assert!(table.ends_with("1 of 2 targets met.\n"), "{table}");
    }
}
