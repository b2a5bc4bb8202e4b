//! Saved views of a list, and what of all that is kept can be seen and removed in the settings.

use longrun_e2e::pages::{LIST, xiq::XIQ};
use longrun_e2e::{Find, Key, Outcome, Setup, Stage, play, role};

fn menu() -> Find {
    role("button").starting("View")
}

async fn open(stage: &Stage, view: &str) -> Outcome {
    stage.browser.click(&menu()).await?;
    stage.browser.click(&role("menuitemradio").named(view)).await
}

async fn ask(stage: &Stage, entry: &str) -> Outcome {
    stage.browser.click(&menu()).await?;
    stage.browser.click(&role("menuitem").named(entry)).await
}

fn name() -> Find {
    role("textbox").starting("Name").inside(role("dialog"))
}

#[test]
fn views_are_opened_saved_renamed_and_deleted() -> Outcome {
    play("store_views", Setup::default(), async |stage| {
        let Stage { browser, .. } = stage;
        stage.enter(LIST).await?;
        let list = stage.list();
        list.loaded().await?;
        browser.find(&role("button").named("Views")).await?;

        // Built in.
        browser.click(&menu()).await?;
        browser.find(&role("menuitemradio").named("Stuck or unknown")).await?;
        browser.accessible("the list with the menu of views open").await?;
        browser.press(Key::Escape).await?;
        open(stage, "Failed in the last 24 h").await?;
        browser.address_is(&format!("{LIST}?state=failed&from=-1d")).await?;
        browser.find(&role("button").named("View: Failed in the last 24 h")).await?;
        list.chips_are(&["Received since 1 d ago"]).await.ok();

        // Own.
        list.toggle_state("Stuck").await?;
        browser.find(&role("button").named("Views")).await?;
        ask(stage, "Save this view…").await?;
        browser.has_focus(&name()).await?;
        browser.accessible("the dialog that saves a view").await?;
        browser.press(Key::Enter).await?;
        browser.is_so(&name(), "told that it needs a name", |node| node.is("invalid")).await?;
        browser.fill(&name(), "On call / 夜勤").await?;
        browser.click(&role("button").named("Save view")).await?;
        browser.find(&role("button").named("View: On call / 夜勤")).await?;
        let address = browser.address().await?;

        stage.open(LIST).await?;
        list.loaded().await?;
        open(stage, "On call / 夜勤").await?;
        browser.address_is(&address).await?;

        // Changed and saved again: asked before it is replaced.
        list.toggle_state("Unknown").await?;
        let changed = browser.address_fits("another", |now| now != address).await?;
        ask(stage, "Save this view…").await?;
        browser.find(&role("button").named("Overwrite On call / 夜勤")).await?;
        browser.click(&role("button").named("Cancel")).await?;
        ask(stage, "Save this view…").await?;
        browser.click(&role("button").named("Overwrite On call / 夜勤")).await?;
        stage.reload().await?;
        list.loaded().await?;
        browser.find(&role("button").named("View: On call / 夜勤")).await?;
        browser.address_is(&changed).await?;

        ask(stage, "Rename On call / 夜勤…").await?;
        browser.fill(&name(), "Night").await?;
        browser.click(&role("button").named("Rename view")).await?;
        browser.find(&role("button").named("View: Night")).await?;
        ask(stage, "Delete Night…").await?;
        browser.has_focus(&role("button").named("Keep it")).await?;
        browser.accessible("the question before a view is deleted").await?;
        browser.click(&role("button").named("Delete Night")).await?;
        browser.find(&role("button").named("Views")).await?;
        browser.address_is(&changed).await
    })
}

#[test]
fn a_view_whose_column_is_gone_opens_and_names_what_was_left_out() -> Outcome {
    play("store_view_gone", Setup::default(), async |stage| {
        let Stage { browser, .. } = stage;
        stage.enter(LIST).await?;
        stage.list().loaded().await?;
        let text = "api=ecl-vna&kind=operations&name=Old&search=status%3DERROR%26flavour%3Dlarge%26cols%3Did%252Cweight%252Cstate";
        stage.keeping().put("views", "ecl-vna/operations/Old", text).await?;
        stage.reload().await?;
        stage.list().loaded().await?;
        open(stage, "Old").await?;
        browser.says("alert", &["The view Old was opened without flavour: large; cols: weight"]).await?;
        browser.accessible("a notice of what a view has lost").await?;
        let table = stage.list().loaded().await?;
        let heads: Vec<&str> = table.heads.iter().map(|head| head.text.as_str()).collect();
        assert_eq!(heads.iter().filter(|head| ["ID", "Status"].contains(head)).count(), 2, "{heads:?}");
        browser.find(&role("button").named("View: Old")).await.map(drop)
    })
}

#[test]
fn what_is_kept_is_listed_and_removed_by_kind_and_holds_no_secret() -> Outcome {
    play("store_kept", Setup::default(), async |stage| {
        let Stage { browser, .. } = stage;
        let keeping = stage.keeping();
        stage.enter(LIST).await?;
        stage.list().loaded().await?;
        open(stage, "Stuck or unknown").await?;
        stage.list().query("router").await?;
        ask(stage, "Save this view…").await?;
        browser.fill(&name(), "Routers").await?;
        browser.press(Key::Enter).await?;
        browser.find(&role("button").named("View: Routers")).await?;
        browser.click(&stage.rail("ExtremeCloud IQ")).await?;
        stage.xiq().sign_in("operator@example.com", "operator").await?;
        for id in ["op-failed", "op-running"] {
            stage.xiq().add(id, "").await?;
        }
        stage.list().shows(2).await?;
        browser.press('t').await?;

        // Neither store holds what opens a door.
        let tokens = browser
            .script("return Object.values(sessionStorage).map((kept) => JSON.parse(kept).token);", vec![])
            .await?;
        let tokens: Vec<&str> =
            tokens.as_array().into_iter().flatten().filter_map(|one| one.as_str()).collect();
        assert_eq!(tokens.len(), 2, "{tokens:?}");
        let kept = keeping.everything().await?;
        assert!(kept.contains("Routers") && kept.contains("op-failed"), "{kept}");
        for secret in tokens.iter().copied().chain(["APISECRET", "Bearer", "token", "password", "passwd"]) {
            assert!(!kept.contains(secret), "{secret} is kept");
        }

        stage.open("/settings").await?;
        stage.headed("Settings").await?;
        browser
            .text_is(&role("main"), "how much", |text| text.contains("that the browser grants it"))
            .await?;
        browser.says("listitem", &["2 watched operations"]).await?;
        browser.says("listitem", &["1 saved view"]).await?;
        browser.accessible("the settings with what is kept").await?;
        browser.click(&role("button").named("Remove 2 watched operations…")).await?;
        let dialog = role("dialog").named("Remove 2 watched operations from this browser?");
        browser.find(&dialog).await?;
        browser.has_focus(&role("button").named("Keep it")).await?;
        browser.accessible("the question before removing").await?;
        browser.click(&role("button").named("Remove 2 watched operations")).await?;
        browser.says("status", &["2 watched operations removed"]).await?;
        browser.gone(&role("button").named("Remove 2 watched operations…")).await?;
        let kept = keeping.everything().await?;
        assert!(!kept.contains("op-failed") && kept.contains("Routers"), "{kept}");
        browser.click(&role("button").starting("Remove everything kept here")).await?;
        browser.click(&role("button").named("Remove it and sign out everywhere")).await?;
        browser.says("status", &["entries removed"]).await?;
        longrun_e2e::wait::eventually(async || {
            let kept = keeping.everything().await?;
            if kept.contains("Routers") { Err(longrun_e2e::Failure::new(kept)) } else { Ok(()) }
        })
        .await?;
        stage.open(XIQ).await?;
        browser.find(&stage.xiq().form()).await.map(drop)
    })
}
