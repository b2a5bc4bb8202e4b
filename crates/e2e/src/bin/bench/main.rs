//! How fast the console answers and how much memory it takes, in a real browser with real input: from the input event
//! to the painted frame with the right result. What is right comes from the server's own rows, not from the console.
//!
//! Exits with a failure only when something could not be measured; a missed target is a result, and is said.

mod figures;
mod ground;
mod input;
mod loading;
mod memory;
mod refresh;
mod report;
mod scrolling;
mod slow;
mod tab;
mod truth;

use std::env;
use std::process::ExitCode;

use longrun_e2e::{Failure, Outcome};
use tokio::runtime::Builder;

use crate::figures::{Figures, Subject};
use crate::tab::Tab;

const HELP: &str = "bench [--rows 1000,10000,100000] [--runs 7] [--floor 1]";

/// At so many rows, over a slow network.
const SLOW_ROWS: usize = 1_000;

/// What to measure.
struct Plan {
    rows: Vec<usize>,
    runs: usize,
    /// Whether the floor is measured, too.
    floor: bool,
}

impl Plan {
    fn read(args: &[String]) -> Outcome<Self> {
        let mut plan = Self { rows: vec![1_000, 10_000, 100_000], runs: 7, floor: true };
        let mut args = args.iter();
        while let Some(flag) = args.next() {
            let bad = || Failure::new(format!("{flag} could not be understood; it is {HELP}"));
            let value = args.next().ok_or_else(bad)?;
            let numbers: Result<Vec<usize>, _> = value.split(',').map(str::parse).collect();
            match (flag.as_str(), numbers.map_err(|_| bad())?.as_slice()) {
                ("--rows", rows @ [_, ..]) => plan.rows = rows.to_vec(),
                ("--runs", [runs]) if *runs > 0 => plan.runs = *runs,
                ("--floor", [floor]) => plan.floor = *floor > 0,
                _ => return Err(bad()),
            }
        }
        Ok(plan)
    }
}

fn main() -> ExitCode {
    let args: Vec<String> = env::args().skip(1).collect();
    match run(&args) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("The bench stopped: {failure}.");
            ExitCode::FAILURE
        }
    }
}

fn run(args: &[String]) -> Outcome {
    let plan = Plan::read(args)?;
    let mut figures = Figures::default();
    for rows in plan.rows {
        println!("{rows} operations");
        for subject in [Subject::Console, Subject::Floor] {
            if subject == Subject::Floor && !plan.floor {
                continue;
            }
            figures.subject = subject;
            let runtime = Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
            // Where one run takes seconds, five of them must do.
            let runs = if rows >= 100_000 { plan.runs.min(5) } else { plan.runs };
            let measured = runtime.block_on(at(rows, runs, &mut figures));
            match (subject, measured) {
                (_, Ok(())) => {}
                // What was measured of ours stays; the table says what of the floor is missing.
                (Subject::Floor, Err(failure)) => println!("    the floor stopped: {failure}"),
                (Subject::Console, Err(failure)) => return Err(failure),
            }
        }
    }
    report::write(&figures, plan.runs)
}

async fn at(rows: usize, runs: usize, figures: &mut Figures) -> Outcome {
    let tab = Tab::open(rows, figures.subject).await?;
    figures.browser = tab.version().await?;
    let measured = measure(&tab, runs, figures).await;
    if measured.is_err() {
        // The picture tells more than the text; without it the text must do.
        let _ = tab.browser.driver().screenshot(&report::folder().join("bench-failure.png")).await;
    }
    let closed = tab.close().await;
    measured.and(closed)
}

async fn measure(tab: &Tab, runs: usize, figures: &mut Figures) -> Outcome {
    loading::first_row(tab, runs, figures).await?;
    loading::longest_task(tab, figures).await?;
    memory::after_load(tab, figures).await?;
    input::keystrokes(tab, runs, figures).await?;
    input::states(tab, runs, figures).await?;
    input::orders(tab, runs, figures).await?;
    loading::server_filter(tab, runs, figures).await?;
    scrolling::longest_task(tab, figures).await?;
    refresh::one_per_cent(tab, runs, figures).await?;
    refresh::longest_task(tab, figures).await?;
    if tab.rows == SLOW_ROWS {
        slow::first_row(tab, runs, figures).await?;
    }
    memory::after_refreshes(tab, figures).await
}
