//! The measured tab: a signed-in list of so many operations that nothing refreshes by itself. It must not decide what
//! is measured.

use std::time::Duration;

use longrun_demo::Config;
use longrun_demo::server::machine_clock;
use longrun_e2e::pages::LIST;
use longrun_e2e::site::{Site, TOKEN};
use longrun_e2e::wait::within;
use longrun_e2e::{Browser, Failure, Outcome, View, role};
use serde_json::{Value, json};

use crate::figures::Subject;
use crate::ground;
use crate::truth::Truth;

const PROBE: &str = include_str!("probe.js");
/// Heap sizes to the byte.
const SWITCHES: [&str; 1] = ["--enable-precise-memory-info"];
/// The list with the one column that a changed row shows its change in.
pub const ADDRESS: &str = "?cols=state,kind,id,target,tenant,created,duration,warning";
const LONG: Duration = Duration::from_secs(120);
/// Milliseconds that the server's clock is behind: what goes on has lasted longer than the shortest that ended, however
/// soon after the start it is looked at.
const BEHIND: i64 = 10 * 60 * 1_000;

pub struct Tab {
    pub subject: Subject,
    pub browser: Browser,
    pub site: Site,
    pub truth: Truth,
    pub rows: usize,
}

fn config_json() -> String {
    json!({ "connections": [{
        "id": "ecl-demo", "name": "ECL demo", "api": "ecl-vna", "base": "/ecl/virtual-network-appliance",
        "sign_in": { "kind": "keystone", "url": "/ecl/keystone/v3", "project": "13572f6f42a74d2b82f7099f78d0393a" },
        "poll_seconds": "off",
    }] })
    .to_string()
}

impl Tab {
    pub async fn open(rows: usize, subject: Subject) -> Outcome<Self> {
        let config = Config { operations: rows, ..Config::starting_at(machine_clock() - BEHIND) };
        let site = Site::start_in(&ground::folder()?, config, Some(config_json()), false).await?;
        let browser = Browser::start(View::WIDE, &SWITCHES).await?;
        let truth = Truth::of(&site, "").await?;
        browser.before_every_page(PROBE).await?;
        let tab = Self { subject, browser, site, truth, rows };
        tab.browser.go(&tab.address()).await?;
        if subject == Subject::Console {
            for (field, text) in [("API key", "APIKEY"), ("API secret key", "APISECRET")] {
                tab.browser.fill(&role("textbox").starting(field), text).await?;
            }
            tab.browser.click(&role("button").named("Sign in")).await?;
        } else {
            tab.browser.script(&format!("sessionStorage.setItem('floor.token', '{TOKEN}');"), vec![]).await?;
            tab.browser.go(&tab.address()).await?;
        }
        tab.complete().await?;
        let all = format!("sessionStorage.setItem('probe.rows', '{0} of {0}');", grouped(rows));
        tab.browser.script(&all, vec![]).await?;
        Ok(tab)
    }

    fn address(&self) -> String {
        self.site.url(&match self.subject {
            Subject::Console => format!("{LIST}{ADDRESS}"),
            Subject::Floor => "/floor.html".to_owned(),
        })
    }

    pub async fn close(self) -> Outcome {
        self.browser.quit().await.and(self.site.stop().await)
    }

    pub async fn version(&self) -> Outcome<String> {
        let version = self.browser.cdp("Browser.getVersion", json!({})).await?;
        Ok(version.get("product").and_then(Value::as_str).unwrap_or("an unknown browser").to_owned())
    }

    /// Loads the page anew and waits until all rows are there.
    pub async fn reload(&self) -> Outcome {
        self.browser.go(&self.address()).await?;
        self.complete().await
    }

    /// Waits until nothing is left to do.
    pub async fn idle(&self) -> Outcome {
        let twice = "return new Promise((done) => requestIdleCallback(() => requestIdleCallback(done)));";
        self.browser.script(twice, vec![]).await.map(drop)
    }

    /// Waits until every operation is loaded and shown, and nothing is under way.
    pub async fn complete(&self) -> Outcome {
        self.stands(&shows(self.truth.rows.len(), self.truth.rows.len())).await
    }

    /// Waits, without measuring, until something is right.
    pub async fn stands(&self, right: &str) -> Outcome {
        let look = format!("const probe = globalThis.__probe; return Boolean({right});");
        within(LONG, async || match self.browser.script(&look, vec![]).await? {
            Value::Bool(true) => Ok(()),
            _ => Err(Failure::new(format!("the page never came to {right}"))),
        })
        .await
    }

    /// Milliseconds from the next event of this `kind`, which `act` causes, to the painted frame where `right` holds.
    pub async fn time(&self, kind: &str, right: &str, act: impl AsyncFnOnce() -> Outcome) -> Outcome<f64> {
        let arm = format!(
            "const probe = globalThis.__probe; const right = () => Boolean({right});
             if (right()) return false; probe.arm('{kind}', right); return true;"
        );
        if self.browser.script(&arm, vec![]).await? != Value::Bool(true) {
            return Err(Failure::new(format!(
                "{right} held before anything was done, so it cannot be timed"
            )));
        }
        act().await?;
        let taken = self.browser.script("return globalThis.__probe.taken;", vec![]).await;
        let taken = taken.map_err(|failure| failure.during(right))?;
        taken.as_f64().ok_or_else(|| Failure::new(format!("{right} gave no time")))
    }

    /// A number the probe knows.
    pub async fn number(&self, expression: &str) -> Outcome<f64> {
        let value = self
            .browser
            .script(&format!("const probe = globalThis.__probe; return {expression};"), vec![])
            .await?;
        value.as_f64().ok_or_else(|| Failure::new(format!("{expression} is {value}, not a number")))
    }
}

/// The number of rows shown, as the console writes it.
pub fn shows(shown: usize, of: usize) -> String {
    format!("probe.shows('{} of {}')", grouped(shown), grouped(of))
}

/// One of these leads the list.
pub fn leads(ids: &[&str]) -> String {
    format!("probe.leads({})", json!(ids))
}

fn grouped(count: usize) -> String {
    let digits = count.to_string();
    let head = digits.len() % 3;
    let (first, rest) = digits.split_at(head);
    let groups = rest.as_bytes().chunks(3).map(String::from_utf8_lossy);
    let parts: Vec<_> = Some(first.into()).filter(|_| head > 0).into_iter().chain(groups).collect();
    parts.join(",")
}

#[cfg(test)]
mod tests {
    use super::grouped;

    #[test]
    fn figures_are_grouped_as_the_console_does() {
        assert_eq!(
            [0, 7, 123, 1_234, 100_000, 12_345_678].map(grouped),
            ["0", "7", "123", "1,234", "100,000", "12,345,678"]
        );
    }
}
