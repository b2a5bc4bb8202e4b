//! Scrolling through the whole list by wheel and by keys, watched for stretches in which nothing else could run.

use longrun_e2e::{Key, Outcome};
use serde_json::json;

use crate::figures::{Figures, TASK_SCROLLING};
use crate::loading::longest;
use crate::tab::Tab;

const ROUNDS: usize = 3;
const TURNS: usize = 150;
const PAGES: usize = 20;

pub async fn longest_task(tab: &Tab, figures: &mut Figures) -> Outcome {
    let mut gaps = Vec::new();
    for _ in 0..ROUNDS {
        tab.reload().await?;
        // What the load itself left to do is not scrolling's.
        tab.idle().await?;
        let mut worst = 0.0_f64;
        watch(tab).await?;
        by_wheel(tab).await?;
        worst = worst.max(longest(tab, "by wheel").await?);
        watch(tab).await?;
        by_keys(tab).await?;
        worst = worst.max(longest(tab, "by keys").await?);
        gaps.push(worst);
    }
    figures.add(TASK_SCROLLING, tab.rows, "ms", gaps);
    Ok(())
}

async fn watch(tab: &Tab) -> Outcome {
    tab.browser.script("globalThis.__probe.watch();", vec![]).await.map(drop)
}

/// Down by wheel, slowly and fast, seen to arrive.
async fn by_wheel(tab: &Tab) -> Outcome {
    let browser = &tab.browser;
    for turn in 0..TURNS {
        let far = if turn % 3 == 0 { 4_000 } else { 240 };
        let wheel = json!({ "type": "mouseWheel", "x": 700, "y": 600, "deltaX": 0, "deltaY": far });
        browser.cdp("Input.dispatchMouseEvent", wheel).await?;
    }
    tab.stands("document.querySelector('tbody tr[aria-rowindex]').ariaRowIndex > 500").await
}

/// On by pages, to the end and back.
async fn by_keys(tab: &Tab) -> Outcome {
    let browser = &tab.browser;
    browser.press('j').await?;
    for _ in 0..PAGES {
        browser.press(Key::PageDown).await?;
    }
    browser.press(Key::End).await?;
    let last = tab.truth.rows.len() + 1;
    tab.stands(&format!("document.querySelector('tr[aria-rowindex=\"{last}\"]') !== null")).await?;
    browser.press(Key::Home).await?;
    tab.stands("document.querySelector('tr[aria-rowindex=\"2\"]') !== null").await
}
