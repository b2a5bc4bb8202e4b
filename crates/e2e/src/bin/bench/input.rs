//! Answers to a key or a press that need no server: words, states, orders.

use std::cmp::Ordering;

use longrun_e2e::pages::List;
use longrun_e2e::{Failure, Key, Outcome, role};

use crate::figures::{Figures, KEYSTROKE, SORT_DURATION, SORT_ID, SORT_RECEIVED, STATE};
use crate::tab::{Tab, leads, shows};
use crate::truth::Row;

/// Letters to type as a first key, the most work a key can cause: every row is looked at, none is left out before.
const LETTERS: &str = "qzwjkxyhvm";

fn shown(tab: &Tab, left: &[&Row]) -> String {
    let first: Vec<&str> = left.first().map(|row| row.id.as_str()).into_iter().collect();
    format!("{} && {}", shows(left.len(), tab.truth.rows.len()), leads(&first))
}

/// From a key typed into the empty query to the painted rows that match.
pub async fn keystrokes(tab: &Tab, runs: usize, figures: &mut Figures) -> Outcome {
    let (browser, all) = (&tab.browser, tab.truth.rows.len());
    let letters: Vec<(char, Vec<&Row>)> = LETTERS
        .chars()
        .map(|letter| (letter, tab.truth.with_word(&letter.to_string())))
        .filter(|(_, left)| !left.is_empty() && left.len() < all)
        .collect();
    if letters.is_empty() {
        return Err(Failure::new("no letter leaves some rows and not all"));
    }
    browser.click(&role("textbox").named("Query")).await?;
    let mut times = Vec::new();
    for (letter, left) in letters.iter().cycle().take(runs) {
        times.push(tab.time("keydown", &shown(tab, left), async || browser.press(*letter).await).await?);
        browser.press(Key::Backspace).await?;
        tab.complete().await?;
    }
    // What is suggested lies over what is pressed next.
    browser.press(Key::Escape).await?;
    browser.script("document.activeElement?.blur();", vec![]).await?;
    figures.add(KEYSTROKE, tab.rows, "ms", times);
    Ok(())
}

/// From the press of a state to the painted rows in it.
pub async fn states(tab: &Tab, runs: usize, figures: &mut Figures) -> Outcome {
    let failed = tab.truth.failed();
    let node = tab.browser.find(&List::state("Failed")).await?;
    let button = tab.browser.element(&node).await?;
    let mut times = Vec::new();
    for _ in 0..runs {
        times.push(tab.time("click", &shown(tab, &failed), async || Ok(button.click().await?)).await?);
        button.click().await?;
        tab.complete().await?;
    }
    figures.add(STATE, tab.rows, "ms", times);
    Ok(())
}

/// From the press of a column's head to the painted rows in the new order, in both directions by turns.
pub async fn orders(tab: &Tab, runs: usize, figures: &mut Figures) -> Outcome {
    type Order = fn(&Row, &Row) -> Ordering;
    let columns: [(&str, &'static str, Order); 3] = [
        ("ID", SORT_ID, |a, b| a.id.cmp(&b.id)),
        ("Duration", SORT_DURATION, |a, b| a.lasts().cmp(&b.lasts())),
        ("Received", SORT_RECEIVED, |a, b| a.received.cmp(&b.received)),
    ];
    for (head, what, order) in columns {
        let least = tab.truth.first_by(order);
        let most = tab.truth.first_by(|a, b| order(b, a));
        let heads = role("columnheader").starting(head).inside(role("table").named("Operations"));
        let node = tab.browser.find(&role("button").starting(head).inside(heads)).await?;
        let button = tab.browser.element(&node).await?;
        // Words begin with the smallest, figures with the largest; one press more, unmeasured, tells which is next.
        button.click().await?;
        tab.stands(&format!("probe.ordered('{head}', 'ascending') || probe.ordered('{head}', 'descending')"))
            .await?;
        let mut times = Vec::new();
        for _ in 0..runs {
            let up = tab
                .browser
                .script(&format!("return globalThis.__probe.ordered('{head}', 'ascending');"), vec![])
                .await?;
            let (direction, first) = if up == true { ("descending", &most) } else { ("ascending", &least) };
            let right = format!("probe.ordered('{head}', '{direction}') && {}", leads(first));
            times.push(tab.time("click", &right, async || Ok(button.click().await?)).await?);
        }
        figures.add(what, tab.rows, "ms", times);
    }
    tab.reload().await
}
