//! Without a network nothing is asked and nothing is lost; with it, what is overdue is read at once. And a clock that
//! is set forward or back makes the console neither flood the server nor fall silent.

use longrun_e2e::pages::LIST;
use longrun_e2e::wait::{eventually, within};
use longrun_e2e::{Browser, Failure, Outcome, Setup, Stage, play, role};
use serde_json::json;
use std::time::Duration;

async fn network(browser: &Browser, offline: bool) -> Outcome {
    let conditions =
        json!({ "offline": offline, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1 });
    browser.cdp("Network.enable", json!({})).await?;
    browser.cdp("Network.emulateNetworkConditions", conditions).await.map(drop)
}

#[test]
fn offline_and_back() -> Outcome {
    play("trust_offline", Setup::default(), async |stage| {
        let Stage { site, browser, .. } = stage;
        stage.provokes("net::ERR_INTERNET_DISCONNECTED");
        stage.enter(LIST).await?;
        let list = stage.list();
        let before = list.loaded().await?;
        stage.refresh_every("5 s").await?;
        network(browser, true).await?;
        stage.waits_because("paused while this machine is offline").await?;
        let asked = site.lists().len();
        stage.grows_old(8, async || Ok(())).await?;
        assert_eq!(list.loaded().await?.links(), before.links());
        // By hand it is tried, and says why it cannot be.
        stage.refresh().await?;
        let says =
            ["Showing data from", "This machine is offline.", "tried again when this machine is online"];
        browser.says("alert", &says).await?;
        assert_eq!(site.lists().len(), asked);
        let kept = list.loaded().await?;
        assert!(before.links().starts_with(&kept.links()) && kept.rows.len() > 5);
        network(browser, false).await?;
        site.read_again(asked).await?;
        eventually(async || match browser.all(&role("alert")).await?.len() {
            0 => Ok(()),
            some => Err(Failure::new(format!("{some} alerts are left"))),
        })
        .await?;
        stage.waits_no_more().await
    })
}

#[test]
fn a_hidden_tab_does_not_ask() -> Outcome {
    const SHOW: &str = "Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => arguments[0] }); document.dispatchEvent(new Event('visibilitychange'));";
    play("trust_hidden", Setup::default(), async |stage| {
        let Stage { site, browser, .. } = stage;
        stage.enter(LIST).await?;
        stage.list().loaded().await?;
        stage.refresh_every("5 s").await?;
        browser.script(SHOW, vec![json!("hidden")]).await?;
        let asked = site.lists().len();
        stage.grows_old(8, async || Ok(())).await?;
        assert_eq!(site.lists().len(), asked, "a hidden tab asked");
        browser.script(SHOW, vec![json!("visible")]).await?;
        site.read_again(asked).await.map(drop)
    })
}

/// The clock on the wall can be set, the one that counts on cannot.
const CLOCK: &str =
    "const now = Date.now.bind(Date); globalThis.__shift = 0; Date.now = () => now() + globalThis.__shift;";

#[test]
fn a_clock_that_jumps_neither_floods_nor_stalls() -> Outcome {
    play("trust_clock", Setup::default(), async |stage| {
        let Stage { site, browser, .. } = stage;
        browser.before_every_page(CLOCK).await?;
        stage.enter(LIST).await?;
        stage.list().loaded().await?;
        stage.refresh_every("5 s").await?;
        for hours in [3_i64, -30, 27, 0] {
            // Begun before anything is counted: on a slow machine more time passes, which allows more, never less.
            let begun = tokio::time::Instant::now();
            let asked = site.lists().len();
            browser.script(&format!("globalThis.__shift = {hours} * 3600000;"), vec![]).await?;
            within(Duration::from_secs(20), async || {
                if site.lists().len() >= asked + 2 { Ok(()) } else { Err(Failure::new("it stands still")) }
            })
            .await
            .map_err(|failure| failure.during(&format!("{hours} hours")))?;
            let read = site.lists().len() - asked;
            // One may have been due at once; a timer may fire a little early.
            let most = 1 + usize::try_from(begun.elapsed().as_millis() / 4_900).unwrap_or(usize::MAX - 1);
            assert!(read <= most, "{hours} hours: the server was asked {read} times where {most} were due");
            assert!(stage.age().await?.contains(" s ago") || stage.age().await? == "just now");
        }
        // After a failure the time to wait is told as it is, whatever the clock is set to.
        stage.provokes("status of 429");
        site.demo.fail_next("429", 1);
        stage.refresh().await?;
        browser.says("alert", &["429", "Next try in "]).await?;
        browser.script("globalThis.__shift = -7200000;", vec![]).await?;
        browser.says("alert", &["429", "Next try in "]).await?;
        eventually(async || {
            let says = browser.says("alert", &["Next try in "]).await?;
            if says.contains("h ") { Err(Failure::new(says)) } else { Ok(()) }
        })
        .await?;
        let asked = site.lists().len();
        within(Duration::from_secs(20), async || {
            if site.lists().len() > asked { Ok(()) } else { Err(Failure::new("it was not tried again")) }
        })
        .await
    })
}
