//! The first visit from afar: nothing in the cache, a slow network, a slow processor. It must not know what is loaded.

use longrun_e2e::Outcome;
use serde_json::json;

use crate::figures::{FIRST_ROW_SLOW, Figures};
use crate::tab::Tab;

/// 1.6 Mbit/s and 750 kbit/s in bytes a second: what is called "slow 4G".
const DOWN: u32 = 200_000;
const UP: u32 = 93_750;
/// Milliseconds between a request and the beginning of its answer.
const LATENCY: u32 = 150;
const CPU: u32 = 4;

/// From the navigation of a signed-in tab to the painted first row, with an empty cache.
pub async fn first_row(tab: &Tab, runs: usize, figures: &mut Figures) -> Outcome {
    let (browser, mut times) = (&tab.browser, Vec::new());
    for _ in 0..runs {
        browser.cdp("Network.enable", json!({})).await?;
        browser.cdp("Network.clearBrowserCache", json!({})).await?;
        emulate(tab, LATENCY, f64::from(DOWN), f64::from(UP), CPU).await?;
        tab.reload().await?;
        times.push(tab.number("probe.firstRow").await?);
    }
    figures.add(FIRST_ROW_SLOW, tab.rows, "ms", times);
    emulate(tab, 0, -1.0, -1.0, 1).await
}

async fn emulate(tab: &Tab, latency: u32, down: f64, up: f64, cpu: u32) -> Outcome {
    let network = json!({
        "offline": false, "latency": latency, "downloadThroughput": down, "uploadThroughput": up,
    });
    tab.browser.cdp("Network.emulateNetworkConditions", network).await?;
    tab.browser.cdp("Emulation.setCPUThrottlingRate", json!({ "rate": cpu })).await?;
    Ok(())
}
