//! What the console may cost: requests until the first row, and a hundred thousand operations.

use std::time::Duration;

use longrun_e2e::pages::{Account, LIST};
use longrun_e2e::{Failure, Key, Outcome, Setup, play};

/// The budget of requests from an empty cache to the first row, signing in included.
const REQUESTS: usize = 10;

#[test]
fn ten_requests_lead_to_the_first_row() -> Outcome {
    play("requests", Setup::default(), async |stage| {
        let (site, browser) = (&stage.site, &stage.browser);
        stage.open(LIST).await?;
        stage.sign_in(Account::ALL).await?;
        stage.list().loaded().await?;
        // What the browser counts as requests of the page, and what reached the server: neither may hide one.
        const COUNT: &str = "return ['navigation', 'resource'].flatMap((kind) => performance.getEntriesByType(kind)).map((one) => new URL(one.name).pathname);";
        let counted = browser.script(COUNT, vec![]).await?;
        let counted = counted.as_array().map(Vec::len).unwrap_or_default();
        let first_list = site
            .requests()
            .iter()
            .position(|one| one.path.ends_with("/v1.0/operations"))
            .expect("it was listed");
        let sent: Vec<String> = site.requests().iter().take(first_list + 1).map(|one| one.target()).collect();
        assert!(counted > 0 && sent.len() <= REQUESTS, "{} requests: {sent:#?}", sent.len());
        assert!(counted <= REQUESTS + 1, "the browser counts {counted}");
        // Signed in, a reload needs no more than that either.
        let before = site.requests().len();
        stage.reload().await?;
        stage.list().loaded().await?;
        let again = site.requests().len() - before;
        assert!((1..=REQUESTS).contains(&again), "{again} requests on reload");
        Ok(())
    })
}

#[test]
fn a_hundred_thousand_operations_open_and_scroll() -> Outcome {
    const ALL: usize = 100_000;
    play("hundred_thousand", Setup { operations: ALL, ..Setup::default() }, async |stage| {
        let (site, browser) = (&stage.site, &stage.browser);
        stage.enter(LIST).await?;
        let list = stage.list();
        stage.refresh_every("Off").await?;
        longrun_e2e::wait::within(Duration::from_secs(60), async || match list.shown().await? {
            (shown, ALL..) if shown >= ALL => Ok(()),
            other => Err(Failure::new(format!("{other:?} of {ALL} are shown"))),
        })
        .await?;
        let table = list.loaded().await?;
        assert!(table.count > ALL && table.rows.len() < 200, "{} rows are on the page", table.rows.len());
        // The server writes its words in any case.
        let truth = site.truth("status=ERROR").await?.len() + site.truth("status=Error").await?.len();
        assert_eq!(list.counts().await?["Failed"], truth);
        let last = table.count;
        // With no row chosen yet, the key starts from the first.
        browser.press('j').await?;
        browser.press(Key::End).await?;
        let end = list.is("at the last row", |table| table.rows.iter().any(|row| row.index == last)).await?;
        assert!(end.rows.len() < 200);
        browser.press(Key::Home).await?;
        list.is("at the first row", |table| table.rows.iter().any(|row| row.index == 2)).await?;
        const TO_MIDDLE: &str = "let box = arguments[0]; while (box && box.scrollHeight <= box.clientHeight + 1) box = box.parentElement; (box ?? document.scrollingElement).scrollTop = (box ?? document.scrollingElement).scrollHeight / 2;";
        browser.script_on(&longrun_e2e::role("table").named("Operations"), TO_MIDDLE).await?;
        list.is("in the middle", |table| {
            table.rows.iter().any(|row| (ALL * 2 / 5..ALL * 3 / 5).contains(&row.index))
        })
        .await?;
        list.toggle_state("Failed").await?;
        list.shows(truth).await?;
        list.query("quota").await?;
        longrun_e2e::wait::eventually(async || match list.shown().await? {
            (shown, _) if shown > 0 && shown < truth => Ok(()),
            other => Err(Failure::new(format!("{other:?} after a word was typed"))),
        })
        .await
    })
}
