//! The fault run: a list that reads itself again every few seconds, from a server of which one answer in so many is bad
//! and one in three is late. The last good rows stay, requests keep to the budget, and when the server is well again the
//! screen comes to say what the server says, by itself. Used by a journey for a minute and by `cargo xtask faults` for
//! as long as one likes. It must not know how the console decides when to read.

use std::time::Duration;

use longrun_demo::{FaultPlan, server};
use serde_json::Value;
use tokio::time::Instant;

use crate::browser::View;
use crate::failure::{Failure, Outcome, ensure};
use crate::find::role;
use crate::pages::LIST;
use crate::site::field;
use crate::stage::{Setup, Stage};
use crate::wait::within;

/// What the browser's console may say while it lasts.
const PROVOKED: [&str; 5] = ["status of 500", "status of 502", "status of 503", "status of 429", "net::ERR_"];

/// What is run.
pub struct FaultRun {
    pub lasts: Duration,
    pub plan: FaultPlan,
    /// Seconds between reads, as the deployer configures them.
    pub pace: u32,
    pub requests_per_hour: u32,
}

/// What came of it.
#[derive(Debug)]
pub struct Report {
    /// Reads of the list that reached the server while it lasted.
    pub requests: usize,
    /// As many as the budget allows in that time.
    pub allowed: usize,
    /// Bad answers, by status; 200 are those that were cut or no JSON.
    pub bad: usize,
    /// How often the screen was looked at, and how often it was stale.
    pub looks: usize,
    pub stale: usize,
    /// From the end of the faults until the screen said what the server says.
    pub recovered: Duration,
}

impl FaultRun {
    /// A list that fits on one screen, so that all of it can be compared.
    pub fn setup(&self) -> Outcome<Setup> {
        let mut config: Value = serde_json::from_str(&server::config_json())?;
        let connections = config.get_mut("connections").and_then(Value::as_array_mut);
        for connection in connections.into_iter().flatten().filter_map(Value::as_object_mut) {
            connection.insert("requests_per_hour".to_owned(), self.requests_per_hour.into());
            connection.insert("poll_seconds".to_owned(), self.pace.into());
        }
        Ok(Setup {
            operations: 40,
            behind_ms: 3_600_000,
            config_json: Some(config.to_string()),
            view: View { height: 4_000, ..View::WIDE },
            ..Setup::default()
        })
    }

    /// Requests that may leave by themselves in that time: a twentieth of the hour's at once, the others spread.
    fn allowed(&self, lasted: Duration) -> usize {
        let (hour, burst) =
            (f64::from(self.requests_per_hour), f64::from((self.requests_per_hour / 20).max(1)));
        let spread = lasted.as_secs_f64() * (hour - burst + 1.0) / 3_600.0;
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "some hundreds")]
        let spread = spread.ceil() as usize;
        usize::try_from((self.requests_per_hour / 20).max(1)).unwrap_or(1) + spread
    }

    pub async fn run(&self, stage: &Stage) -> Outcome<Report> {
        let Stage { site, browser, .. } = stage;
        PROVOKED.iter().for_each(|part| stage.provokes(part));
        stage.enter(LIST).await?;
        stage.list().loaded().await?;
        ensure(site.demo.keep_failing(&self.plan), || "the demo has no such faults".to_owned())?;
        let (before, begun) = (site.lists().len(), Instant::now());
        let (mut looks, mut stale) = (0, 0);
        while begun.elapsed() < self.lasts {
            // What goes on at the server goes on: operations end, new ones come.
            site.demo.advance(2_000);
            let table = browser.table().await?;
            ensure(!table.rows.is_empty(), || "the rows were lost".to_owned())?;
            looks += 1;
            stale += usize::from(stage.age().await?.contains("old"));
            tokio::time::sleep(Duration::from_secs(1)).await;
        }
        let lasted = begun.elapsed();
        let reads = site.lists();
        let during = reads.get(before..).unwrap_or_default();
        let bad = during.len() / usize::try_from(self.plan.every).unwrap_or(1).max(1);
        let (requests, allowed) = (during.len(), self.allowed(lasted));
        ensure(requests <= allowed, || format!("{requests} requests, and the budget allows {allowed}"))?;
        ensure(bad > 0 && stale > 0, || format!("only {requests} requests, none of them bad"))?;
        site.demo.stop_failing();
        let well = Instant::now();
        self.recovers(stage).await?;
        Ok(Report { requests, allowed, bad, looks, stale, recovered: well.elapsed() })
    }

    /// By itself, the screen comes to say what the server says: nobody presses anything but "12 new".
    async fn recovers(&self, stage: &Stage) -> Outcome {
        let Stage { site, browser, .. } = stage;
        // The longest pause after failures, and what a server may have asked for on top of it.
        within(Duration::from_secs(330), async || {
            let age = stage.age().await?;
            let alerts = browser.all(&role("alert")).await?;
            if alerts.is_empty() && !age.contains("old") {
                return Ok(());
            }
            Err(Failure::new(format!("the list has not recovered: {age}")))
        })
        .await?;
        within(Duration::from_secs(120), async || {
            let new = browser.all(&role("button").having(" new").inside(role("main"))).await?;
            if let Some(new) = new.first() {
                browser.element(new).await?.click().await?;
            }
            let truth = site.truth("").await?;
            let table = browser.table().await?;
            same(&table, &truth)
        })
        .await
    }
}

/// Row by row: the same operations in the same order, each in the server's state.
fn same(table: &crate::pages::Table, truth: &[Value]) -> Outcome {
    ensure(table.rows.len() == truth.len() && table.count == truth.len() + 1, || {
        format!("the server has {} rows, the screen {} of {}", truth.len(), table.rows.len(), table.count - 1)
    })?;
    for (row, one) in table.rows.iter().zip(truth) {
        let (id, status) = (field(one, "id"), field(one, "status"));
        let shown = table.cell(row, "Status").unwrap_or_default();
        let ours = match status.to_ascii_uppercase().as_str() {
            "PROCESSING" => "Running",
            "COMPLETE" => "Succeeded",
            "ERROR" => "Failed",
            "STUCK" => "Stuck",
            _ => "Unknown",
        };
        ensure(row.href.ends_with(id) && shown.starts_with(ours), || {
            format!("row {}: the server has {id} {status}, the screen {} {shown}", row.index, row.href)
        })?;
    }
    Ok(())
}
