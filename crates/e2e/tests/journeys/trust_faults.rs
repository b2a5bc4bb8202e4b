//! A minute of the fault run: more faults than in the long one, so that each kind comes, and no waiting for timeouts.
//! `cargo xtask faults` is the long one.

use std::time::Duration;

use longrun_demo::FaultPlan;
use longrun_e2e::fault_run::FaultRun;
use longrun_e2e::{Outcome, play};

#[test]
fn a_minute_of_mixed_errors_and_delays() -> Outcome {
    let kinds = ["500", "html", "429", "drop", "truncated"].map(str::to_owned).to_vec();
    let plan = FaultPlan { every: 4, seed: 7, kinds, late_ms: 3_000 };
    let run = FaultRun { lasts: Duration::from_secs(40), plan, pace: 1, requests_per_hour: 1_200 };
    play("trust_faults", run.setup()?, async |stage| {
        let report = run.run(stage).await?;
        assert!(report.recovered < Duration::from_secs(40), "{report:?}");
        println!("{report:?}");
        Ok(())
    })
}
