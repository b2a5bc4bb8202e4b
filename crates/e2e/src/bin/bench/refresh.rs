//! A refresh by key after one row in a hundred has changed on the server, timed on a changed row that is in view.

use longrun_e2e::{Failure, Outcome};

use crate::figures::{Figures, REFRESH, TASK_REFRESH};
use crate::loading::longest;
use crate::tab::Tab;
use crate::truth::Truth;

/// What the demo writes into the warning of a row it changed, before the number of the round.
const ROUND: &str = "Looked at again, round ";

/// Refreshes that are watched for long tasks.
const WATCHED: usize = 3;
/// Milliseconds after a refresh in which it still clears away.
const AFTER: u32 = 500;

/// Puts the row of this index in the middle of its scroller.
fn scroll_to(index: usize) -> String {
    format!(
        "const row = document.querySelector('tbody tr[aria-rowindex]');
         let box = row; while (box && !(box.scrollHeight > box.clientHeight + 1 && getComputedStyle(box).overflowY !== 'visible')) box = box.parentElement;
         box ??= document.scrollingElement;
         box.scrollTop = {index} * row.getBoundingClientRect().height - box.clientHeight / 2;"
    )
}

pub async fn one_per_cent(tab: &Tab, runs: usize, figures: &mut Figures) -> Outcome {
    tab.reload().await?;
    let mut times = Vec::new();
    for _ in 0..runs {
        times.push(once(tab).await?);
    }
    figures.add(REFRESH, tab.rows, "ms", times);
    Ok(())
}

/// The longest stretch of a refresh, clearing away included, in which the page could not have answered an input.
pub async fn longest_task(tab: &Tab, figures: &mut Figures) -> Outcome {
    let mut gaps = Vec::new();
    for _ in 0..WATCHED {
        tab.idle().await?;
        tab.browser.script("globalThis.__probe.watch();", vec![]).await?;
        once(tab).await?;
        // The watch itself keeps the page from being idle.
        let after = format!("return new Promise((done) => setTimeout(done, {AFTER}));");
        tab.browser.script(&after, vec![]).await?;
        gaps.push(longest(tab, "during a refresh").await?);
    }
    figures.add(TASK_REFRESH, tab.rows, "ms", gaps);
    Ok(())
}

/// Changes rows, refreshes, and waits for the change; returns how long the refresh took.
pub async fn once(tab: &Tab) -> Outcome<f64> {
    let touched = tab.site.demo.touch(1.0);
    let after = Truth::of(&tab.site, "").await?;
    // Each change counts its rounds; the newest is the highest.
    let round_of = |warning: &str| warning.strip_prefix(ROUND)?.strip_suffix('.')?.parse::<u32>().ok();
    let newest = after.rows.iter().filter_map(|row| round_of(&row.warning)).max().unwrap_or_default();
    let round = format!("{ROUND}{newest}.");
    let middle = after.rows.len() / 2;
    let changed = after.rows.iter().enumerate().skip(middle).find(|(_, row)| row.warning == round);
    let Some((at, row)) = changed else {
        return Err(Failure::new(format!("{touched} rows were changed, but none says so beyond the middle")));
    };
    // The head is row 1.
    let (index, id) = (at + 2, row.id.as_str());
    tab.browser.script(&scroll_to(index), vec![]).await?;
    tab.stands(&format!("probe.says({index}, '{id}', '')")).await?;
    let right = format!("probe.says({index}, '{id}', {})", serde_json::json!(round));
    // Nothing has the focus, so the key is the page's.
    tab.browser.script("document.activeElement?.blur();", vec![]).await?;
    tab.time("keydown", &right, async || tab.browser.press('r').await).await
}
