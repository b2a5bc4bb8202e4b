//! Google's operations: places and pages, the filter in the server's language, cancel and delete.

use longrun_e2e::pages::google::{GOOGLE, operations, page_of};
use longrun_e2e::pages::{Detail, Google};
use longrun_e2e::site::parameters;
use longrun_e2e::{Failure, Outcome, Setup, Stage, play, role};

/// The server's clock can be stepped without leaving the browser's behind.
fn setup() -> Setup {
    Setup { behind_ms: 3_600_000, ..Setup::default() }
}

fn more() -> longrun_e2e::Find {
    role("button").named("Load more")
}

#[test]
fn places_filters_and_pages() -> Outcome {
    play("google_list", setup(), async |stage| {
        let Stage { browser, .. } = stage;
        let (google, list) = (stage.google(), stage.list());
        stage.open("/").await?;
        browser.click(&stage.rail("Google Workload Manager")).await?;
        browser.address_is(GOOGLE).await?;
        google.sign_in("ya29.demo").await?;
        list.shows(50).await?;
        stage.refresh_every("Off").await?;
        google.asked("us-central1", 1).await?;

        // Page by page to the end; a refresh reads as many pages again.
        let mut pages = 1;
        let mut loaded = 50;
        while !browser.all(&more()).await?.is_empty() {
            browser.click(&more()).await?;
            pages += 1;
            google.asked("us-central1", pages).await?;
            loaded = longrun_e2e::wait::eventually(async || match list.shown().await? {
                (shown, _) if shown > loaded => Ok(shown),
                (shown, _) => Err(Failure::new(format!("{shown} rows after {pages} pages"))),
            })
            .await?;
            browser.gone(&role("button").named("Loading…")).await?;
        }
        assert!(pages >= 3 && loaded > 100, "{loaded} rows in {pages} pages");
        assert!(browser.text(&role("main")).await?.contains("All that the server has for this is loaded."));
        stage.refresh().await?;
        google.asked("us-central1", 2 * pages).await?;
        list.shows(loaded).await?;

        // A slip in the filter is told below its box, and nothing is asked.
        browser.fill(&Google::filter(), "done=false AND").await?;
        browser.press(longrun_e2e::Key::Enter).await?;
        browser
            .is_so(&Google::filter(), "told what is wrong", |node| {
                node.is("invalid")
                    && node.description.contains("Something is missing after AND. It was not sent.")
            })
            .await?;
        assert_eq!(google.lists("us-central1").len(), 2 * pages);
        browser.fill(&Google::filter(), "done=false").await?;
        browser.press(longrun_e2e::Key::Enter).await?;
        google.filtered("us-central1", "done=false").await?;
        list.is("only what goes on", |table| {
            let states = table.column("Status");
            !states.is_empty()
                && states.iter().all(|cell| cell.starts_with("Running") || cell.starts_with("Cancelling"))
        })
        .await?;
        browser.address_is(&format!("{GOOGLE}&filter=done%3Dfalse")).await?;
        browser.click(&role("button").named("Clear filters")).await?;

        // All places: one cannot be reached, so the call fails as a whole, unless partial lists are asked for.
        stage.provokes("status of 503");
        browser.says("alert", &["could not be read", "europe-west9"]).await?;
        browser.click(&role("button").named("Partial lists")).await?;
        list.loaded().await?;
        browser.says("status", &["One place could not be reached", "europe-west9"]).await?;
        let last = google.lists("-").last().map(|one| parameters(one.query.as_deref())).unwrap_or_default();
        assert!(last.contains(&("returnPartialSuccess".to_owned(), "true".to_owned())), "{last:?}");
        browser.choose(&role("combobox").named("Location"), "asia-northeast1 (Tokyo)").await?;
        list.is("only one place", |table| {
            let places = table.column("Location");
            !places.is_empty() && places.iter().all(|cell| *cell == "asia-northeast1")
        })
        .await
        .map(drop)
    })
}

#[test]
fn an_operation_is_read_cancelled_and_deleted() -> Outcome {
    play("google_acts", setup(), async |stage| {
        let Stage { site, browser, .. } = stage;
        let (google, list, detail, acting) = (stage.google(), stage.list(), stage.detail(), stage.acting());
        google.enter(&format!("{GOOGLE}&filter=error.code%3D9")).await?;
        list.query_more("operations/failed").await?;
        list.shows(1).await?;
        let table = list.loaded().await?;
        list.open(&table.rows[0]).await?;
        let page = page_of("failed");
        browser.address_fits(&page, |now| now.eq_ignore_ascii_case(&page)).await?;
        detail.loaded().await?;
        browser.find(&role("tree").named("Metadata")).await?;
        detail.open_tab("Response").await?;
        browser.find(&role("heading").named("No response")).await?;
        detail.open_tab("Error").await?;
        let error = browser.text(&role("tree").named("Error")).await?;
        assert!(error.contains("code") && error.contains('9'), "{error}");
        stage.reload().await?;
        detail.loaded().await?;
        browser.is_so(&Detail::tab("Error"), "the open tab", |tab| tab.is("selected")).await?;
        acting.is_off("Cancel", "It has already ended.").await?;
        let asked = site.requests().into_iter().rfind(|one| one.path.ends_with("/operations/failed"));
        assert_eq!(asked.and_then(|one| one.status), Some(200), "{}", site.log());

        // Cancelling is a request; only reading tells what came of it.
        stage.open(&page_of("run")).await?;
        detail.loaded().await?;
        acting.is_off("Cancel", "not armed").await?;
        acting.arm().await?;
        acting.take("Cancel").await?;
        acting.stands("Cancel: cancelling").await?;
        site.demo.advance(5_000);
        acting.stands("Cancel: cancelled").await?;
        assert!(google.truth("run").await?.body.contains("\"code\":1"));

        // A service that cannot cancel says so.
        browser.click(&stage.rail("Google Workload Manager")).await?;
        list.query_more("run-nocancel").await?;
        list.shows(1).await?;
        let table = list.loaded().await?;
        list.open(&table.rows[0]).await?;
        stage.provokes("status of 501");
        let dialog = acting.ask("Cancel").await?;
        acting.confirm("Cancel").await?;
        browser.says("alert", &["It was not done", "501", "does not support cancelling"]).await?;
        browser.press(longrun_e2e::Key::Escape).await?;
        browser.gone(&dialog).await?;

        // Deleted is gone from the server.
        let dialog = acting.ask("Delete").await?;
        assert!(browser.text(&dialog).await?.contains("This does not cancel"));
        acting.confirm("Delete").await?;
        browser.gone(&dialog).await?;
        browser.says("status", &["is deleted"]).await?;
        browser.find(&role("heading").named("Nothing matches")).await?;
        assert_eq!(google.truth("run-nocancel").await?.status, 404);

        // One who may only read.
        stage.open("/c/google/settings").await?;
        browser.click(&role("button").named("Sign out")).await?;
        google.sign_in("ya29.reader").await?;
        stage.open(&page_of("quick")).await?;
        detail.loaded().await?;
        acting.arm().await?;
        acting.ask("Delete").await?;
        acting.confirm("Delete").await?;
        stage.provokes("status of 403");
        browser.says("alert", &["It was not done", "403"]).await?;
        assert_eq!(google.truth("quick").await?.status, 200);
        // Nothing was asked of other projects.
        let beyond = |one: &longrun_demo::Recorded| {
            one.path.starts_with("/gcp") && !one.path.contains("/projects/demo/")
        };
        assert!(!site.requests().iter().any(beyond), "{}", site.log());
        assert!(site.requests().iter().any(|one| one.path == operations("us-central1")));
        Ok(())
    })
}

#[test]
fn google_through_nginx() -> Outcome {
    play("google_nginx", Setup { nginx: true, ..setup() }, async |stage| {
        let Stage { site, browser, .. } = stage;
        let google = stage.google();
        google.enter(&page_of("run")).await?;
        stage.detail().loaded().await?;
        stage.reload().await?;
        stage.detail().loaded().await?;
        stage.acting().arm().await?;
        stage.acting().take("Cancel").await?;
        stage.acting().stands("Cancel: cancelling").await?;
        site.demo.advance(5_000);
        stage.acting().stands("Cancel: cancelled").await?;
        browser.click(&stage.rail("Google Workload Manager")).await?;
        stage.list().shows(50).await?;
        browser.click(&more()).await?;
        google.asked("us-central1", 2).await
    })
}
