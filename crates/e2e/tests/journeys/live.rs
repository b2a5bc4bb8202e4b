//! The list lives: it is read by itself, changes come in place, new rows wait at the door.

use longrun_e2e::pages::LIST;
use longrun_e2e::site::field;
use longrun_e2e::{Failure, Outcome, Setup, play, role};

const HALF_AN_HOUR: i64 = 30 * 60_000;

#[test]
fn changes_come_in_place_and_new_rows_wait() -> Outcome {
    // Half an hour behind: stepping forward then stays in the browser's past, and the token's end in its future.
    let setup = Setup { behind_ms: HALF_AN_HOUR, ..Setup::default() };
    play("live", setup, async |stage| {
        let (site, browser) = (&stage.site, &stage.browser);
        stage.enter(LIST).await?;
        let list = stage.list();
        stage.refresh_every("5 s").await?;
        let table = list.loaded().await?;
        let (shown, _) = list.shown().await?;
        let truth = site.truth("").await?;
        let moving =
            truth.iter().find(|row| field(row, "status") == "PROCESSING").expect("something goes on");
        let id = field(moving, "id").to_owned();

        // Mark every row's element: a refresh must not replace them.
        const MARK: &str = "for (const row of arguments[0].querySelectorAll('tbody tr')) row.__marked = row.querySelector('a')?.getAttribute('href');";
        const LOST: &str = "return [...arguments[0].querySelectorAll('tbody tr')].filter((row) => row.querySelector('a') && row.__marked !== row.querySelector('a').getAttribute('href')).map((row) => row.innerText);";
        let operations = role("table").named("Operations");
        browser.script_on(&operations, MARK).await?;

        site.demo.advance(10 * 60_000);
        let later = site.truth("").await?;
        let new =
            later.iter().filter(|row| truth.iter().all(|old| field(old, "id") != field(row, "id"))).count();
        assert!(new > 0, "ten minutes bring new operations");
        let waiting = role("button").named(format!("{new} new"));
        browser.find(&waiting).await?;
        assert_eq!(list.shown().await?.0, shown, "new rows wait");
        assert_eq!(list.loaded().await?.rows[0].href, table.rows[0].href, "rows do not move by themselves");
        let lost = browser.script_on(&operations, LOST).await?;
        assert_eq!(lost.as_array().map(Vec::len), Some(0), "rows were drawn anew: {lost}");

        // What went on has ended, in its own row.
        let ended = later.iter().find(|row| field(row, "id") == id).expect("it is still listed");
        assert_ne!(field(ended, "status"), "PROCESSING");
        list.query(&id).await?;
        let one = list.is("the row that changed", |table| table.rows.len() == 1).await?;
        assert!(!one.column("Status")[0].starts_with("Running"), "{}", one.told());
        list.query("").await?;
        list.shows(shown).await?;

        browser.click(&waiting).await?;
        list.shows(shown + new).await?;
        browser.gone(&waiting).await?;
        let first = field(&later[0], "id").to_owned();
        list.is("the newest first", |table| table.rows.first().is_some_and(|row| row.href.ends_with(&first)))
            .await?;

        // By hand they come at once.
        site.demo.advance(5 * 60_000);
        stage.refresh().await?;
        let now = site.truth("").await?.len();
        list.shows(now).await.map(drop)
    })
}

#[test]
fn the_age_goes_on_and_the_pace_is_obeyed() -> Outcome {
    play("pace", Setup { behind_ms: HALF_AN_HOUR, ..Setup::default() }, async |stage| {
        let (site, browser) = (&stage.site, &stage.browser);
        stage.enter(LIST).await?;
        stage.list().loaded().await?;
        stage.refresh_every("Off").await?;
        let asked = site.lists().len();
        let age = stage.age().await?;
        let later = browser
            .text_is(&role("status").named("Data age"), "older", |text| {
                text != age && text.contains(" s ago")
            })
            .await?;
        browser.text_is(&role("status").named("Data age"), "older still", |text| text != later).await?;
        assert_eq!(site.lists().len(), asked, "off means off");
        browser.press('r').await?;
        site.read_again(asked).await?;
        stage.refresh_every("5 s").await?;
        let asked = site.lists().len();
        longrun_e2e::wait::within(std::time::Duration::from_secs(15), async || {
            if site.lists().len() >= asked + 2 {
                Ok(())
            } else {
                Err(Failure::new("it was to be read twice within 15 s"))
            }
        })
        .await
    })
}

#[test]
fn an_open_operation_follows_its_course() -> Outcome {
    play("live_detail", Setup { behind_ms: HALF_AN_HOUR, ..Setup::default() }, async |stage| {
        let (site, browser) = (&stage.site, &stage.browser);
        let truth = site.truth("status=PROCESSING").await?;
        let id = field(&truth[0], "id");
        stage.enter(&format!("{LIST}/{id}")).await?;
        stage.detail().loaded().await?;
        browser.text_is(&role("region").named("Summary"), "running", |text| text.contains("Running")).await?;
        // What is open in the body stays open when the operation changes.
        browser.find(&role("tree").named("Request body")).await?;
        browser.click(&role("button").named("Unfold all")).await?;
        let open = browser.all(&role("treeitem")).await?.len();
        site.demo.advance(20 * 60_000);
        stage.refresh().await?;
        browser
            .text_is(&role("region").named("Summary"), "not running", |text| !text.contains("Running"))
            .await?;
        assert_eq!(browser.all(&role("treeitem")).await?.len(), open, "the body was folded by a refresh");
        Ok(())
    })
}
