//! From nothing to rows: after a reload, after a new filter of the server, and what stands in the way meanwhile.

use longrun_e2e::{Failure, Outcome, role};
use serde_json::Value;

use crate::figures::{ALL_ROWS, FIRST_ROW, FIRST_ROW_FILTER, Figures, TASK_LOADING};
use crate::tab::{Tab, leads};
use crate::truth::Truth;

/// Loads that are watched for long tasks.
const WATCHED: usize = 3;

/// From the navigation of a signed-in tab to the painted first row.
pub async fn first_row(tab: &Tab, runs: usize, figures: &mut Figures) -> Outcome {
    let (mut times, mut whole) = (Vec::new(), Vec::new());
    let newest = tab.truth.rows.first().map(|row| row.id.clone()).unwrap_or_default();
    for _ in 0..runs {
        tab.reload().await?;
        let link = tab.browser.script("return globalThis.__probe.firstLink ?? '';", vec![]).await?;
        if !link.as_str().is_some_and(|link| link.ends_with(&newest)) {
            return Err(Failure::new(format!("the first row painted was {link}, not {newest}")));
        }
        times.push(tab.number("probe.firstRow").await?);
        whole.push(tab.number("probe.allRows").await?);
    }
    figures.add(FIRST_ROW, tab.rows, "ms", times);
    figures.add(ALL_ROWS, tab.rows, "ms", whole);
    Ok(())
}

/// The longest stretch of a load in which the page could not have answered an input.
pub async fn longest_task(tab: &Tab, figures: &mut Figures) -> Outcome {
    tab.browser.script("sessionStorage.setItem('probe.watch', 'yes');", vec![]).await?;
    let mut gaps = Vec::new();
    for _ in 0..WATCHED {
        tab.reload().await?;
        gaps.push(longest(tab, "while loading").await?);
    }
    tab.browser.script("sessionStorage.removeItem('probe.watch');", vec![]).await?;
    figures.add(TASK_LOADING, tab.rows, "ms", gaps);
    tab.reload().await
}

/// Ends a watch and tells the longest of both measures: gaps between turns of the event loop, and the browser's own
/// list of long tasks.
pub async fn longest(tab: &Tab, when: &str) -> Outcome<f64> {
    let found = tab.browser.script("return globalThis.__probe.stop();", vec![]).await?;
    let part = |name: &str| found.get(name).and_then(Value::as_f64).unwrap_or(0.0);
    let longest = part("gap").max(part("task"));
    println!(
        "    ({when}: longest gap {:.1} ms, longest of the browser's own list {:.1} ms)",
        part("gap"),
        part("task")
    );
    if longest > 0.0 { Ok(longest) } else { Err(Failure::new("nothing was watched")) }
}

/// From the press of "Hide deleted", which the server filters, to the painted first row of its answer.
pub async fn server_filter(tab: &Tab, runs: usize, figures: &mut Figures) -> Outcome {
    let filtered = Truth::of(&tab.site, "no_deleted=true").await?;
    let (all, left) = (tab.truth.rows.len(), filtered.rows.len());
    let Some(first) = filtered.rows.first() else { return Err(Failure::new("the filter leaves nothing")) };
    if left == all {
        return Err(Failure::new("the filter leaves everything"));
    }
    // The chip stands as soon as the button is pressed; the old rows are gone when the figure is another.
    let stale = crate::tab::shows(all, all);
    let right = format!("probe.chip('Hide deleted is on') && !{stale} && {}", leads(&[&first.id]));
    let node = tab.browser.find(&role("button").named("Hide deleted")).await?;
    let button = tab.browser.element(&node).await?;
    let mut times = Vec::new();
    for _ in 0..runs {
        times.push(tab.time("click", &right, async || Ok(button.click().await?)).await?);
        tab.stands(&crate::tab::shows(left, left)).await?;
        button.click().await?;
        tab.complete().await?;
    }
    figures.add(FIRST_ROW_FILTER, tab.rows, "ms", times);
    Ok(())
}
