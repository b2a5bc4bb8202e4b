//! axe finds nothing on any page, menu or dialog, in every theme and on a narrow screen.

use longrun_e2e::pages::{Account, LIST};
use longrun_e2e::{Failure, Key, Outcome, Setup, Stage, View, play, role};

/// Looks at a place in every theme, and collects rather than stops: one run tells all.
struct Rounds<'a> {
    stage: &'a Stage,
    found: Vec<String>,
}

impl Rounds<'_> {
    async fn look(&mut self, place: &str) {
        if let Err(failure) = self.stage.browser.accessible(place).await {
            self.found.push(failure.to_string());
        }
    }

    fn verdict(self) -> Outcome {
        if self.found.is_empty() { Ok(()) } else { Err(Failure::new(self.found.join("\n"))) }
    }
}

async fn pages(stage: &Stage) -> Outcome {
    let browser = &stage.browser;
    stage.provokes("status of 401");
    let mut rounds = Rounds { stage, found: Vec::new() };
    stage.open(LIST).await?;
    browser.find(&Account::ALL.form()).await?;
    rounds.look("sign-in").await;
    stage.sign_in_with(Account::ALL, "WRONG").await?;
    browser.says("alert", &["401"]).await?;
    rounds.look("sign-in refused").await;
    stage.sign_in(Account::ALL).await?;
    let table = stage.list().loaded().await?;
    rounds.look("list").await;
    stage.list().open(&table.rows[0]).await?;
    let detail = stage.detail();
    detail.loaded().await?;
    for tab in ["Request body", "History", "Raw"] {
        detail.open_tab(tab).await?;
        if tab == "History" {
            browser.find(&role("table").named("History")).await?;
        }
        rounds.look(&format!("detail, {tab}")).await;
    }
    for path in [
        "/c/new",
        "/c/ecl-demo/settings",
        "/settings",
        "/watch",
        "/help",
        "/nowhere",
        "/c/no-such/operations",
    ] {
        stage.open(path).await?;
        browser.find(&stage.heading()).await?;
        rounds.look(path).await;
    }
    rounds.verdict()
}

#[test]
fn every_page() -> Outcome {
    play("axe_pages", Setup::default(), async |stage| pages(stage).await)
}

#[test]
fn every_page_on_a_phone() -> Outcome {
    play("axe_narrow", Setup { view: View::NARROW, ..Setup::default() }, async |stage| {
        pages(stage).await?;
        stage.open(LIST).await?;
        stage.list().loaded().await?;
        stage.browser.click(&role("button").named("Open menu")).await?;
        stage.browser.find(&stage.rail("Settings")).await?;
        let mut rounds = Rounds { stage, found: Vec::new() };
        rounds.look("list with the menu open").await;
        rounds.verdict()
    })
}

#[test]
fn every_menu_dialog_and_state_of_the_list() -> Outcome {
    play("axe_states", Setup::default(), async |stage| {
        let (site, browser) = (&stage.site, &stage.browser);
        stage.provokes("status of 500");
        stage.provokes("status of 503");
        let mut rounds = Rounds { stage, found: Vec::new() };
        site.demo.fail_next("503", 50);
        stage.enter(LIST).await?;
        browser.says("alert", &["503"]).await?;
        rounds.look("list that never came").await;
        site.demo.stop_failing();
        browser.click(&role("button").named("Try again")).await?;
        let list = stage.list();
        list.loaded().await?;
        for (button, shown) in [
            ("Add filter", role("form").named("Add a filter")),
            ("Columns", role("checkbox").named("Status")),
            ("Export", role("menuitem").starting("CSV, all columns")),
        ] {
            browser.click(&role("button").named(button)).await?;
            browser.find(&shown).await?;
            rounds.look(&format!("list with \"{button}\" open")).await;
            browser.press(Key::Escape).await?;
        }
        browser.click(&role("button").having(", change")).await?;
        browser.find(&role("menuitemradio").named("15 s")).await?;
        rounds.look("list with the refresh menu open").await;
        browser.click(&role("menuitemradio").named("15 s")).await?;
        browser.press('?').await?;
        browser.find(&role("dialog").named("Keys and help")).await?;
        rounds.look("help dialog").await;
        browser.press(Key::Escape).await?;
        list.add_filter("Status", "ERROR").await?;
        list.chips_are(&["Status is ERROR"]).await?;
        browser.click(&role("button").named("Latest only")).await?;
        list.toggle_state("Failed").await?;
        browser.press('j').await?;
        rounds.look("filtered list with chips").await;
        list.query_more("nothing has these words").await?;
        browser.find(&role("heading").named("Nothing matches")).await?;
        rounds.look("nothing matches").await;
        browser.click(&role("button").named("Clear filters").first()).await?;
        list.loaded().await?;
        site.demo.fail_next("500", 50);
        stage.refresh().await?;
        browser.says("alert", &["Showing data from"]).await?;
        rounds.look("stale list").await;
        browser.click(&role("button").named("Show the answer")).await?;
        browser.find(&role("dialog").named("What the server answered")).await?;
        rounds.look("answer dialog").await;
        browser.press(Key::Escape).await?;
        site.demo.stop_failing();

        stage.open("/c/ecl-demo/operations?request_id=fault-odd-rows").await?;
        list.loaded().await?;
        rounds.look("odd rows").await;
        stage.open("/c/ecl-demo/operations/0dd0c0de-0000-4000-8000-000000000008").await?;
        stage.detail().loaded().await?;
        browser.click(&role("button").named("Unfold all")).await?;
        browser.fill(&role("searchbox").named("Find in request body"), "a").await?;
        browser.says("status", &["1 of "]).await?;
        rounds.look("body with matches").await;
        stage.open("/c/ecl-demo/operations/0dd0c0de-0000-4000-8000-00000000005b").await?;
        browser.find(&role("button").starting("Open as a tree")).await?;
        rounds.look("large body").await;
        stage.open("/c/new").await?;
        browser.click(&role("button").named("Save connection")).await?;
        browser
            .is_so(&role("textbox").starting("Name").inside(role("main")), "marked as wrong", |node| {
                node.is("invalid")
            })
            .await?;
        rounds.look("connection form with mistakes").await;
        stage.open("/settings").await?;
        browser.click(&role("button").starting("Remove everything")).await?;
        browser.find(&role("dialog").starting("Remove everything")).await?;
        rounds.look("dialog before wiping").await;
        stage.open("/c/ecl-demo/settings").await?;
        browser.click(&role("button").named("Test connection")).await?;
        browser
            .text_is(&role("list").named("Test results"), "three steps", |text| {
                text.contains("The API answered")
            })
            .await?;
        rounds.look("connection test").await;
        rounds.verdict()
    })
}

#[test]
fn a_list_of_nothing() -> Outcome {
    play("axe_empty", Setup { operations: 0, ..Setup::default() }, async |stage| {
        stage.enter(LIST).await?;
        stage.browser.find(&role("heading").named("No operations")).await?;
        let mut rounds = Rounds { stage, found: Vec::new() };
        rounds.look("no operations").await;
        rounds.verdict()
    })
}
