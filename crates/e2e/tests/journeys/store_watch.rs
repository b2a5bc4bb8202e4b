//! The watchlist: operations of several APIs are kept and followed, and their end is told wherever one looks.

use longrun_e2e::pages::cloudify::brisk;
use longrun_e2e::pages::keeping::WATCH;
use longrun_e2e::pages::{LIST, xiq::XIQ};
use longrun_e2e::site::field;
use longrun_e2e::{Outcome, Setup, Stage, play, role};

/// Two hours of the server's clock can pass without leaving the browser's behind.
fn setup() -> Outcome<Setup> {
    Ok(Setup { behind_ms: 7_200_000, ..brisk()? })
}

/// Watches something that runs on NTT's API, and one of ExtremeCloud IQ's.
async fn pins_two(stage: &Stage) -> Outcome<String> {
    let Stage { site, browser, .. } = stage;
    let truth = site.truth("status=PROCESSING").await?;
    let id = field(&truth[0], "id").to_owned();
    stage.enter(&format!("{LIST}/{id}")).await?;
    stage.detail().loaded().await?;
    browser.click(&role("button").named("Watch")).await?;
    browser.is_so(&role("button").named("Watching"), "in", |node| node.is("pressed")).await?;
    browser.click(&stage.rail("ExtremeCloud IQ")).await?;
    stage.xiq().sign_in("operator@example.com", "operator").await?;
    stage.xiq().add("op-running", "upgrade of building 7").await?;
    stage.list().row(&[("ID", "op-running"), ("Status", "Running")]).await?;
    Ok(id)
}

#[test]
fn operations_of_two_apis_are_kept_and_their_end_is_told() -> Outcome {
    play("store_watch", setup()?, async |stage| {
        let Stage { site, browser, .. } = stage;
        let keeping = stage.keeping();
        keeping.notices(true).await?;
        let id = pins_two(stage).await?;
        let watchlist = role("link").starting("Watchlist").inside(role("navigation").named("Main"));
        browser.click(&watchlist).await?;
        browser.address_is(WATCH).await?;
        keeping.holds(2).await?;
        let ecl = keeping.entry(&["Running", "ECL demo", &id[..8]]).await?;
        assert!(!ecl.contains("new"), "{ecl}");
        keeping.entry(&["op-running", "ExtremeCloud IQ", "%"]).await?;
        browser.accessible("the watchlist").await?;

        // What is kept outlives the page. A note can be changed.
        stage.reload().await?;
        keeping.holds(2).await?;
        browser.fill(&role("textbox").starting("Note on").first(), "from the alert").await?;
        browser.press(longrun_e2e::Key::Enter).await?;
        browser.click(&role("button").named("Notify me on this desktop")).await?;
        browser
            .is_so(&role("button").named("Notify me on this desktop"), "on", |node| node.is("pressed"))
            .await?;
        assert!(!keeping.is_marked().await?);

        // They end while another page is on the screen: title, icon, rail, notice and desktop say so.
        browser.click(&stage.rail("Settings")).await?;
        stage.headed("Settings").await?;
        site.demo.advance(2_700_000);
        keeping.title("told of two", |title| title.starts_with("(2 ended) Settings")).await?;
        assert!(keeping.is_marked().await?);
        browser.find(&role("link").having("2 ended").inside(role("navigation").named("Main"))).await?;
        browser.says("status", &["Succeeded", "On ExtremeCloud IQ."]).await?;
        let told = keeping.told().await?;
        assert_eq!(told.len(), 2, "{told:?}");
        assert!(
            told.iter().any(|one| one[1].as_str().is_some_and(|body| body.contains("ECL demo"))),
            "{told:?}"
        );

        // Looked at, they are no longer new; what was said of them stays.
        browser.click(&watchlist).await?;
        keeping.entry(&["new", "Succeeded", "ExtremeCloud IQ", "ended", "expires in"]).await?;
        keeping.title("plain again", |title| title.starts_with("Watchlist")).await?;
        assert!(!keeping.is_marked().await?);
        browser.accessible("the watchlist with what ended").await?;
        stage.reload().await?;
        keeping.holds(2).await?;
        let later = keeping.entry(&["Succeeded", "ExtremeCloud IQ"]).await?;
        assert!(!later.contains("new"), "{later}");

        // Off the list, and back.
        browser.click(&role("button").named("Remove 2 ended")).await?;
        browser.find(&role("heading").named("Nothing is watched")).await?;
        browser.click(&role("button").named("Undo")).await?;
        keeping.holds(2).await?;
        browser.click(&role("button").having("from the watchlist").first()).await?;
        keeping.holds(1).await?;
        stage.reload().await?;
        keeping.holds(1).await
    })
}

#[test]
fn chosen_rows_are_watched_at_once() -> Outcome {
    play("store_watch_rows", setup()?, async |stage| {
        let Stage { browser, .. } = stage;
        stage.enter_cloudify("executions", "admin").await?;
        let table = stage.list().loaded().await?;
        for row in 0..2 {
            let id = table.rows[row].cells.iter().find(|cell| cell.len() == 8).cloned().unwrap_or_default();
            browser.click(&role("checkbox").starting(format!("Select {id}")).first()).await?;
        }
        browser.click(&role("button").named("Watch 2")).await?;
        browser.says("status", &["2 of 2 added to the watchlist"]).await?;
        browser.click(&role("button").named("Watch 2")).await?;
        browser.says("status", &["watched already"]).await?;
        browser.click(&role("button").named("Clear selection")).await?;
        // The row that the keyboard is on, by key; the same key takes it off.
        for _ in 0..3 {
            browser.press('j').await?;
        }
        browser.press('w').await?;
        browser.says("status", &["Watching "]).await?;
        browser.press('g').await?;
        browser.press('w').await?;
        browser.address_is(WATCH).await?;
        stage.keeping().holds(3).await?;
        browser.back().await?;
        stage.list().loaded().await?;
        browser.press('w').await?;
        browser.says("status", &["No longer watching "]).await?;
        // The row's own menu does the same.
        browser.press('f').await?;
        let entry = role("menuitemcheckbox").named("Watch");
        browser.is_so(&entry, "off", |node| !node.is("checked")).await?;
        browser.click(&entry).await?;
        browser.is_so(&entry, "on", |node| node.is("checked")).await?;
        stage.open(WATCH).await?;
        stage.keeping().holds(3).await
    })
}

#[test]
fn denied_notices_are_told_in_words_and_nothing_else_breaks() -> Outcome {
    play("store_watch_denied", setup()?, async |stage| {
        let Stage { site, browser, .. } = stage;
        let keeping = stage.keeping();
        keeping.notices(false).await?;
        stage.xiq().enter(XIQ).await?;
        stage.xiq().add("op-running", "").await?;
        stage.list().row(&[("ID", "op-running"), ("Status", "Running")]).await?;
        browser.click(&role("link").starting("Watchlist").first()).await?;
        keeping.holds(1).await?;
        browser.click(&role("button").named("Notify me on this desktop")).await?;
        browser
            .says("status", &["No notices on the desktop", "its settings for this site can change that"])
            .await?;
        browser.accessible("the watchlist without notices").await?;
        browser.click(&stage.rail("Settings")).await?;
        stage.headed("Settings").await?;
        site.demo.advance(2_700_000);
        keeping.title("told all the same", |title| title.starts_with("(1 ended)")).await?;
        assert!(keeping.told().await?.is_empty());
        Ok(())
    })
}

#[test]
fn two_tabs_see_each_others_changes_and_keep_each_others_entries() -> Outcome {
    play("store_two_tabs", setup()?, async |stage| {
        let Stage { browser, .. } = stage;
        let (keeping, driver) = (stage.keeping(), browser.driver());
        stage.xiq().enter(XIQ).await?;
        stage.xiq().add("op-running", "from the first tab").await?;
        stage.list().shows(1).await?;
        let first = driver.window().await?;
        let second = driver.new_tab().await?;
        driver.switch_to_window(second.clone()).await?;
        // Not signed in there: the list is known all the same, and can be added to.
        stage.open(XIQ).await?;
        stage.xiq().add("op-failed", "from the second tab").await?;
        stage.open(WATCH).await?;
        keeping.holds(2).await?;
        driver.switch_to_window(first.clone()).await?;
        stage.list().shows(2).await?;
        browser.click(&role("link").starting("Watchlist").first()).await?;
        keeping.entry(&["from the second tab"]).await?;
        browser.fill(&role("textbox").starting("Note on").first(), "changed here").await?;
        browser.press(longrun_e2e::Key::Enter).await?;
        driver.switch_to_window(second).await?;
        keeping.entry(&["changed here"]).await?;
        browser.click(&role("button").having("from the watchlist").first()).await?;
        keeping.holds(1).await?;
        driver.switch_to_window(first).await?;
        keeping.holds(1).await?;
        stage.reload().await?;
        keeping.holds(1).await
    })
}

#[test]
fn what_an_earlier_console_remembered_is_taken_over_without_loss() -> Outcome {
    play("store_moved", setup()?, async |stage| {
        let Stage { browser, .. } = stage;
        const OLDER: &str = r#"
            if (!localStorage.getItem('moved')) {
                localStorage.setItem('moved', 'once');
                localStorage.setItem('longrun.watch.xiq', JSON.stringify([
                    { id: 'op-running', note: 'upgrade of "building" 7', added: 1795232837000, state: 'running', gone: false },
                    { id: 'site 7/ap?#100%·大阪', note: '', added: 1795232838000, state: null, gone: false }]));
            }"#;
        browser.before_every_page(OLDER).await?;
        stage.xiq().enter(XIQ).await?;
        stage.list().shows(2).await?;
        stage.list().row(&[("ID", "upgrade of \"building\" 7"), ("Status", "Running")]).await?;
        longrun_e2e::wait::eventually(async || {
            let left = browser.script("return localStorage.getItem('longrun.watch.xiq');", vec![]).await?;
            if left.is_null() {
                Ok(())
            } else {
                Err(longrun_e2e::Failure::new(format!("still there: {left}")))
            }
        })
        .await?;
        let kept = stage.keeping().everything().await?;
        assert!(kept.contains("site 7/ap?#100%·大阪") && kept.contains("building"), "{kept}");
        stage.reload().await?;
        stage.list().shows(2).await?;
        stage.open(WATCH).await?;
        stage.keeping().entry(&["upgrade of \"building\" 7"]).await.map(drop)
    })
}

#[test]
fn no_room_left_is_told_by_the_browsers_own_limit() -> Outcome {
    play("store_quota", setup()?, async |stage| {
        let Stage { site, browser, .. } = stage;
        stage.xiq().enter(XIQ).await?;
        let limit = serde_json::json!({ "origin": site.origin(), "quotaSize": 1 });
        browser.cdp("Storage.overrideQuotaForOrigin", limit).await?;
        stage.xiq().add("op-running", &"x".repeat(200)).await?;
        browser.says("alert", &["Not kept", "storage is full"]).await?;
        stage.list().row(&[("ID", "op-running"), ("Status", "Running")]).await?;
        // With room again, what is changed next is kept.
        browser.cdp("Storage.overrideQuotaForOrigin", serde_json::json!({ "origin": site.origin() })).await?;
        stage.xiq().add("op-failed", "").await?;
        stage.list().shows(2).await?;
        longrun_e2e::wait::eventually(async || {
            let kept = stage.keeping().everything().await?;
            if kept.contains("op-failed") { Ok(()) } else { Err(longrun_e2e::Failure::new(kept)) }
        })
        .await
    })
}

#[test]
fn a_database_that_is_refused_or_full_is_told_and_nothing_stops() -> Outcome {
    const REFUSED: &str = "indexedDB.open = () => { throw new DOMException('no', 'SecurityError'); };
        Object.getPrototypeOf(indexedDB).open = indexedDB.open;";
    const FULL: &str =
        "IDBObjectStore.prototype.put = () => { throw new DOMException('full', 'QuotaExceededError'); };";
    for (name, script, says) in
        [("store_refused", REFUSED, "gives the console no database"), ("store_full", FULL, "storage is full")]
    {
        play(name, setup()?, async |stage| {
            let Stage { browser, .. } = stage;
            browser.before_every_page(script).await?;
            stage.xiq().enter(XIQ).await?;
            stage.xiq().add("op-running", "kept in memory").await?;
            browser.says("alert", &["Not kept", says]).await?;
            stage.list().row(&[("ID", "op-running"), ("Status", "Running")]).await?;
            // Told once, not with every reading.
            browser.click(&role("button").named("Close notice").first()).await?;
            stage.refresh().await?;
            browser.click(&role("link").starting("Watchlist").first()).await?;
            stage.keeping().entry(&["kept in memory"]).await?;
            browser.find(&role("heading").having("Kept only until the page is reloaded")).await?;
            assert!(browser.all(&role("alert").having("Not kept")).await?.is_empty());
            browser.click(&stage.rail("Settings")).await?;
            browser.text_is(&role("main"), "why", |text| text.contains(says)).await?;
            stage.reload().await?;
            browser.click(&role("link").starting("Watchlist").first()).await?;
            browser.find(&role("heading").named("Nothing is watched")).await.map(drop)
        })?;
    }
    Ok(())
}
