//! While somebody is in the middle of something, rows do not move: the list says why it waits, and goes on afterwards.

use longrun_e2e::pages::LIST;
use longrun_e2e::{Failure, Key, Outcome, Setup, Stage, play, role};

const HALF_AN_HOUR: i64 = 30 * 60_000;

async fn nothing() -> Outcome {
    Ok(())
}

/// Waits until it is read again by itself.
async fn goes_on(stage: &Stage, asked: usize) -> Outcome {
    stage.waits_no_more().await?;
    stage.site.read_again(asked).await.map(drop)
}

#[test]
fn typing_pauses_and_a_quiet_field_does_not() -> Outcome {
    play("trust_typing", Setup { behind_ms: HALF_AN_HOUR, ..Setup::default() }, async |stage| {
        let (site, browser) = (&stage.site, &stage.browser);
        stage.enter(LIST).await?;
        let list = stage.list();
        list.loaded().await?;
        stage.refresh_every("5 s").await?;
        browser.click(&role("textbox").named("Query")).await?;
        browser.type_text("o").await?;
        stage.waits_because("paused while you type").await?;
        let asked = site.lists().len();
        stage.grows_old(8, async || browser.type_text("o").await).await?;
        assert_eq!(site.lists().len(), asked, "it was read while somebody typed");
        // The field keeps the focus, and nobody types any more.
        goes_on(stage, asked).await?;
        assert!(browser.find(&role("textbox").named("Query")).await?.value.starts_with("oo"));
        Ok(())
    })
}

#[test]
fn chosen_rows_stay_where_they_are() -> Outcome {
    play("trust_chosen", Setup { behind_ms: HALF_AN_HOUR, ..Setup::default() }, async |stage| {
        let (site, browser) = (&stage.site, &stage.browser);
        stage.enter(LIST).await?;
        let list = stage.list();
        let before = list.loaded().await?;
        let (shown, _) = list.shown().await?;
        stage.refresh_every("5 s").await?;
        let select = role("checkbox").starting("Select ").inside(role("table").named("Operations"));
        let boxes = browser.all(&select).await?;
        let second = role("checkbox").named(boxes[2].name.clone());
        browser.click(&second).await?;
        stage.waits_because("paused while 1 row is selected").await?;
        let asked = site.lists().len();
        site.demo.advance(10 * 60_000);
        stage.grows_old(7, nothing).await?;
        assert_eq!(site.lists().len(), asked, "it was read while a row was selected");
        // By hand it is read, and new rows wait all the same.
        stage.refresh().await?;
        site.read_again(asked).await?;
        let new = site.truth("").await?.len() - shown;
        browser.find(&role("button").named(format!("{new} new"))).await?;
        let after = list.loaded().await?;
        // The bar of the selection may take room from the last rows.
        assert!(before.links().starts_with(&after.links()) && after.rows.len() > 5, "rows have moved");
        assert!(browser.find(&second).await?.is("checked"));
        let asked = site.lists().len();
        browser.click(&role("button").named("Clear selection")).await?;
        goes_on(stage, asked).await
    })
}

#[test]
fn an_open_menu_or_dialog_pauses() -> Outcome {
    play("trust_open", Setup { behind_ms: HALF_AN_HOUR, ..Setup::default() }, async |stage| {
        let (site, browser) = (&stage.site, &stage.browser);
        stage.enter(LIST).await?;
        stage.list().loaded().await?;
        stage.refresh_every("5 s").await?;
        for open in ["Columns", "?"] {
            if open == "?" {
                browser.press('?').await?;
                browser.find(&role("dialog")).await?;
                longrun_e2e::wait::eventually(async || {
                    const SAID: &str =
                        "return document.querySelector('[aria-label=\"Refresh waits\"]')?.innerText ?? '';";
                    match browser.script(SAID, vec![]).await? {
                        // Behind a dialog nothing can be found by its role.
                        serde_json::Value::String(text) if text.contains("something is open") => Ok(()),
                        other => Err(Failure::new(format!("beside the age stands {other}"))),
                    }
                })
                .await?;
            } else {
                browser.click(&role("button").named(open)).await?;
                stage.waits_because("paused while something is open").await?;
            }
            let asked = site.lists().len();
            longrun_e2e::wait::within(std::time::Duration::from_secs(20), async || {
                const AGE: &str =
                    "return parseInt(document.querySelector('[aria-label=\"Data age\"]').innerText) || 0;";
                match browser.script(AGE, vec![]).await?.as_u64() {
                    Some(7..) => Ok(()),
                    age => Err(Failure::new(format!("{age:?} s old"))),
                }
            })
            .await?;
            assert_eq!(site.lists().len(), asked, "it was read while {open} was open");
            browser.press(Key::Escape).await?;
            goes_on(stage, asked).await?;
        }
        // The field that finds operations is no part of the list.
        browser.fill(&role("searchbox").named("Find an operation"), "abc").await?;
        let asked = site.lists().len();
        longrun_e2e::wait::within(std::time::Duration::from_secs(20), async || {
            browser.type_text("d").await?;
            if site.lists().len() > asked { Ok(()) } else { Err(Failure::new("it was not read")) }
        })
        .await
    })
}
