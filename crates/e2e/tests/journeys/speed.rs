//! Many rows and slow networks: what has arrived is shown, and a refresh leaves the operator where they were.

use std::time::Duration;

use longrun_e2e::pages::LIST;
use longrun_e2e::wait::within;
use longrun_e2e::{Failure, Outcome, Setup, play, role};
use serde_json::{Value, json};

const PATIENCE: Duration = Duration::from_secs(40);

#[test]
fn over_a_slow_network_rows_are_shown_while_the_answer_still_comes() -> Outcome {
    play("speed-slow-network", Setup::default(), async |stage| {
        let browser = &stage.browser;
        stage.enter(LIST).await?;
        stage.list().loaded().await?;
        let network = |down: f64| json!({ "offline": false, "latency": 20, "downloadThroughput": down, "uploadThroughput": -1.0 });
        browser.cdp("Network.enable", json!({})).await?;
        // Half a megabyte then takes some seconds.
        browser.cdp("Network.emulateNetworkConditions", network(100_000.0)).await?;
        browser.click(&role("button").named("Hide deleted")).await?;
        const BOTH: &str = "const foot = document.querySelector('.table-foot')?.textContent ?? '';
            return foot.includes('so far') && document.querySelectorAll('tbody tr[aria-rowindex]').length > 5;";
        within(PATIENCE, async || match browser.script(BOTH, vec![]).await? {
            Value::Bool(true) => Ok(()),
            _ => Err(Failure::new("rows were never there while the rest was being read")),
        })
        .await?;
        browser.cdp("Network.emulateNetworkConditions", network(-1.0)).await?;
        let all = stage.site.truth("no_deleted=true").await?.len();
        within(PATIENCE, async || match stage.list().shown().await? {
            (shown, _) if shown == all => Ok(()),
            (shown, _) => Err(Failure::new(format!("{shown} of {all} rows came in the end"))),
        })
        .await
    })
}

#[test]
fn a_refresh_that_changes_most_of_many_rows_keeps_place_focus_and_selection() -> Outcome {
    let setup = Setup { operations: 5_000, ..Setup::default() };
    play("speed-refresh", setup, async |stage| {
        let browser = &stage.browser;
        stage.enter(&format!("{LIST}?cols=state,kind,id,created,warning")).await?;
        stage.list().loaded().await?;
        for _ in 0..8 {
            browser.press('j').await?;
        }
        browser.press(longrun_e2e::Key::PageDown).await?;
        browser.press(longrun_e2e::Key::PageDown).await?;
        // The row in focus is chosen, and every element is marked: none may be made anew.
        const BEGIN: &str =
            "const row = document.activeElement.closest('tr[aria-rowindex]'); if (!row) return null;
            row.querySelector('input[type=checkbox]').click(); row.querySelector('a').focus();
            document.querySelectorAll('tbody tr').forEach((row) => { row.__marked = true; }); return true;";
        within(PATIENCE, async || match browser.script(BEGIN, vec![]).await? {
            Value::Bool(true) => Ok(()),
            _ => Err(Failure::new("no row has the focus")),
        })
        .await?;
        const PLACE: &str = "const link = document.activeElement, row = link.closest('tr[aria-rowindex]');
            const rows = [...document.querySelectorAll('tbody tr[aria-rowindex]')];
            return { link: link.getAttribute('href'), index: row?.ariaRowIndex, top: Math.round(row?.getBoundingClientRect().top),
                chosen: row?.querySelector('input').checked, marked: rows.every((row) => row.__marked) };";
        let before = browser.script(PLACE, vec![]).await?;
        assert_eq!((&before["chosen"], &before["marked"]), (&json!(true), &json!(true)), "{before}");

        assert!(stage.site.demo.touch(100.0) > 2_500);
        browser.press('r').await?;
        const CHANGED: &str = "const rows = [...document.querySelectorAll('tbody tr[aria-rowindex]')];
            return rows.filter((row) => row.textContent.includes('Looked at again')).length > 5;";
        within(PATIENCE, async || match browser.script(CHANGED, vec![]).await? {
            Value::Bool(true) => Ok(()),
            _ => Err(Failure::new("few rows in view have changed")),
        })
        .await?;
        assert_eq!(browser.script(PLACE, vec![]).await?, before);
        Ok(())
    })
}
