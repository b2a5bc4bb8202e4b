//! One list across connections of different APIs: rows of both, filters and order over both, and what could not be read.

use longrun_e2e::pages::google::GOOGLE;
use longrun_e2e::pages::{Account, LIST};
use longrun_e2e::{Failure, Key, Outcome, Setup, Stage, play, role};

/// What is told of the connections above the list.
async fn told(stage: &Stage, wanted: &str, holds: impl Fn(&str) -> bool) -> Outcome<String> {
    stage.browser.text_is(&role("list").named("Connections").inside(role("main")), wanted, holds).await
}

async fn both(stage: &Stage) -> Outcome {
    stage.enter(LIST).await?;
    stage.list().loaded().await?;
    stage.google().enter(GOOGLE).await?;
    stage.list().loaded().await?;
    stage.browser.click(&stage.rail("All operations")).await?;
    stage.headed("All operations").await
}

#[test]
fn rows_of_two_apis_stand_in_one_order_and_filter_together() -> Outcome {
    play("now_all", Setup::default(), async |stage| {
        let Stage { site, browser, .. } = stage;
        both(stage).await?;
        let list = stage.list();
        let ecl = site.truth("").await?.len();
        list.shows(ecl + 50).await?;
        told(stage, "what is not loaded", |text| {
            text.contains("Google Workload Manager")
                && text.contains("First 50 read")
                && text.contains("Load more")
        })
        .await?;
        told(stage, "who is signed out", |text| {
            text.contains("ECL short tokens") && text.contains("Signed out")
        })
        .await?;

        // Newest first over both, then by connection.
        let table = list.loaded().await?;
        let places = table.column("Connection");
        assert!(places.contains(&"ECL demo") && places.contains(&"Google Workload Manager"), "{places:?}");
        assert_eq!(table.order("Created"), Some("descending"));
        list.sort_by("Connection").await?;
        list.is("one connection first", |table| {
            table.column("Connection").iter().all(|name| *name == "ECL demo")
        })
        .await?;
        list.sort_by("Connection").await?;
        list.is("the other first", |table| {
            table.column("Connection").first().is_some_and(|name| name.starts_with("Google"))
        })
        .await?;
        browser.address_is("/all?sort=-connection").await?;

        // When they began, over both; a state in it leads to its rows here.
        browser.script("document.querySelector('main details.over-time summary').click();", vec![]).await?;
        let running =
            role("link").starting("Running ").inside(role("list").named("Show the operations of this range"));
        let many = browser.find(&running).await?.name;
        browser.click(&running).await?;
        browser.address_fits("a range", |now| now.starts_with("/all?state=running&from=2")).await?;
        list.shows(many.rsplit(' ').next().and_then(|many| many.parse().ok()).expect(&many)).await?;
        browser.back().await?;

        // States and words over both; the counts speak of both.
        let counts = list.counts().await?;
        list.toggle_state("Failed").await?;
        list.shows(counts.get("Failed").copied().unwrap_or_default()).await?;
        list.toggle_state("Failed").await?;
        list.query("run-").await?;
        list.is("rows of Google only", |table| {
            let places = table.column("Connection");
            !places.is_empty() && places.iter().all(|name| name.starts_with("Google"))
        })
        .await?;
        // The connection is a key of the query like any other.
        list.query("connection:\"ECL demo\"").await?;
        list.shows(ecl).await?;
        list.query("-connection:ecl-demo").await?;
        list.shows(50).await?;
        list.query("nothing has these words").await?;
        browser.click(&role("button").named("Clear filters").first()).await?;
        list.shows(ecl + 50).await?;

        // By keyboard to a row, which opens where it belongs; back again it is the same place.
        browser.press('j').await?;
        browser.press('j').await?;
        browser.press(Key::Enter).await?;
        let opened = browser.address_fits("an operation", |now| now.starts_with("/c/")).await?;
        stage.detail().loaded().await?;
        browser.back().await?;
        let table = list.loaded().await?;
        let current = table.rows.iter().find(|row| row.current).map(|row| row.href.clone());
        assert_eq!(current, Some(opened));
        Ok(())
    })
}

#[test]
fn a_connection_that_fails_is_told_and_its_rows_are_marked() -> Outcome {
    play("now_all_failing", Setup::default(), async |stage| {
        let Stage { site, browser, .. } = stage;
        stage.provokes("status of 503");
        both(stage).await?;
        let list = stage.list();
        let (shown, _) = list.shown().await?;
        stage.refresh_every("Off").await?;
        // The next answer only: one of the two fails.
        site.demo.fail_next("503", 1);
        stage.refresh().await?;
        let said = told(stage, "what failed", |text| text.contains("503") && text.contains(" old")).await?;
        list.shows(shown).await?;
        let (failing, other) = if said.contains("ECL demo") {
            ("ECL demo", "Google Workload Manager")
        } else {
            ("Google Workload Manager", "ECL demo")
        };
        let marked = |table: &longrun_e2e::pages::Table| {
            let of = |name: &str, odd: bool| {
                table
                    .column("Connection")
                    .iter()
                    .filter(|cell| cell.starts_with(name))
                    .all(|cell| cell.contains("last read failed") == odd)
            };
            of(failing, true) && of(other, false)
        };
        list.is("rows of one are marked", marked).await?;
        browser.click(&role("button").named(format!("Try again: {failing}"))).await?;
        list.is("none is marked", |table| {
            table.column("Connection").iter().all(|cell| !cell.contains("failed"))
        })
        .await?;

        // A token that ends: the rows stay, and the way to sign in is there.
        stage.provokes("status of 401");
        site.demo.fail_next("401-always", 2);
        stage.refresh().await?;
        told(stage, "signed out after reading", |text| text.contains("Signed out, read ")).await?;
        list.shows(shown).await?;
        browser
            .click(
                &role("link")
                    .named("ECL demo")
                    .inside(role("list").named("Connections").inside(role("main"))),
            )
            .await?;
        browser.find(&Account::ALL.form()).await.map(drop).map_err(|failure: Failure| failure)
    })
}
