//! The fault run, for as long as one likes: `faults [--minutes 10] [--every 10] [--seed 7]`. The release bundle against
//! the demo, at a pace of five seconds, with mixed errors, answers that never come, and delays of up to three seconds.
//! Exits with a failure where the screen did not recover, the budget was exceeded or the browser complained.

use std::env;
use std::process::ExitCode;
use std::time::Duration;

use longrun_demo::FaultPlan;
use longrun_e2e::fault_run::FaultRun;
use longrun_e2e::{Failure, Outcome, play};

const HELP: &str = "faults [--minutes 10] [--every 10] [--seed 7]";
/// A second longer than the console waits for headers.
const NEVER: &str = "slow-31";

fn read(args: &[String]) -> Outcome<FaultRun> {
    let (mut minutes, mut every, mut seed) = (10, 10, 7);
    for pair in args.chunks(2) {
        let bad = || Failure::new(format!("{} could not be understood; it is {HELP}", pair.join(" ")));
        let [flag, value] = pair else { return Err(bad()) };
        let value: u64 = value.parse().map_err(|_| bad())?;
        match flag.as_str() {
            "--minutes" => minutes = value,
            "--every" => every = u32::try_from(value).map_err(|_| bad())?,
            "--seed" => seed = value,
            _ => return Err(bad()),
        }
    }
    let kinds = ["500", "html", "429", "503", "drop", "truncated", "not-json", NEVER];
    let plan = FaultPlan { every, seed, kinds: kinds.map(str::to_owned).to_vec(), late_ms: 3_000 };
    Ok(FaultRun { lasts: Duration::from_secs(minutes * 60), plan, pace: 5, requests_per_hour: 720 })
}

fn run(args: &[String]) -> Outcome {
    let run = read(args)?;
    println!(
        "{} minutes, every {}th answer bad: {}",
        run.lasts.as_secs() / 60,
        run.plan.every,
        run.plan.kinds.join(", ")
    );
    play("fault_run", run.setup()?, async |stage| {
        let report = run.run(stage).await?;
        println!(
            "{} requests reached the server, the budget allows {}; {} were bad.\n\
             The screen was looked at {} times: it always had its rows, and {} times said how old they were.\n\
             {} s after the server was well it showed what the server has, row by row.",
            report.requests,
            report.allowed,
            report.bad,
            report.looks,
            report.stale,
            report.recovered.as_secs()
        );
        Ok(())
    })
}

fn main() -> ExitCode {
    let args: Vec<String> = env::args().skip(1).collect();
    match run(&args) {
        Ok(()) => {
            println!("The browser complained of nothing but the failed requests.");
            ExitCode::SUCCESS
        }
        Err(failure) => {
            eprintln!("The fault run failed: {failure}");
            ExitCode::FAILURE
        }
    }
}
