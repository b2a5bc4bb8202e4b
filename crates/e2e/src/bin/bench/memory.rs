//! What the page holds: the JavaScript heap after a collection, and the module's memory, which never shrinks.

use longrun_e2e::{Failure, Outcome};
use serde_json::{Value, json};

use crate::figures::{Figures, MEMORY_LOADED, MEMORY_REFRESHED, Subject};
use crate::refresh;
use crate::tab::Tab;

const MIB: f64 = 1024.0 * 1024.0;
const REFRESHES: usize = 3;

/// After one load of a fresh page.
pub async fn after_load(tab: &Tab, figures: &mut Figures) -> Outcome {
    tab.reload().await?;
    let held = held(tab).await?;
    figures.add(MEMORY_LOADED, tab.rows, "MiB", vec![held]);
    Ok(())
}

/// After a fresh load and three refreshes with changes.
pub async fn after_refreshes(tab: &Tab, figures: &mut Figures) -> Outcome {
    tab.reload().await?;
    for _ in 0..REFRESHES {
        refresh::once(tab).await?;
    }
    let held = held(tab).await?;
    figures.add(MEMORY_REFRESHED, tab.rows, "MiB", vec![held]);
    Ok(())
}

async fn held(tab: &Tab) -> Outcome<f64> {
    tab.browser.cdp("HeapProfiler.collectGarbage", json!({})).await?;
    let heap = tab.browser.cdp("Runtime.getHeapUsage", json!({})).await?;
    let heap = heap
        .get("usedSize")
        .and_then(Value::as_f64)
        .ok_or_else(|| Failure::new("the browser tells no heap size"))?;
    let wasm = tab.number("probe.wasm()").await?;
    if wasm <= 0.0 && tab.subject == Subject::Console {
        return Err(Failure::new("the module's memory was not found"));
    }
    println!("    (JS heap {:.1} MiB, wasm {:.1} MiB)", heap / MIB, wasm / MIB);
    Ok((heap + wasm) / MIB)
}
