//! The form for a connection asks each API for what it needs, the test speaks each API, and the mode decides what can
//! be done.

use longrun_e2e::pages::google::page_of;
use longrun_e2e::pages::xiq::XIQ;
use longrun_e2e::{Failure, Find, Outcome, Setup, Stage, play, role};

fn form() -> Find {
    role("form").named("Connection")
}

fn field(name: &'static str) -> Find {
    role("textbox").starting(name).inside(form())
}

async fn fields(stage: &Stage) -> Outcome<Vec<String>> {
    let all = stage.browser.all(&role("textbox").inside(form())).await?;
    Ok(all.into_iter().map(|node| node.name).collect())
}

/// Waits until the form asks for just this.
async fn asks(stage: &Stage, api: &str, wanted: &[&str]) -> Outcome {
    stage.choose_api(api).await?;
    longrun_e2e::wait::eventually(async || {
        let found = fields(stage).await?;
        if found == wanted {
            return Ok(());
        }
        Err(Failure::new(format!("for {api} it was to ask for {wanted:?}; it asks for {found:?}")))
    })
    .await
}

/// Tests the connection on the screen, and waits for the result of its last step.
async fn tests_as(stage: &Stage, says: &str) -> Outcome {
    stage.browser.click(&role("button").named("Test connection")).await?;
    let results = role("list").named("Test results");
    stage.browser.text_is(&results, says, |text| text.contains(says)).await.map(drop)
}

#[test]
fn the_form_and_the_test_speak_each_api() -> Outcome {
    play("connect_forms", Setup::default(), async |stage| {
        let Stage { browser, .. } = stage;
        for status in ["401", "404"] {
            stage.provokes(&format!("status of {status}"));
        }
        stage.open("/c/new").await?;
        let common = ["Name", "ID", "Base URL"];
        let with = |own: &[&'static str]| [&common[..], own, &["Opens with"]].concat();
        asks(stage, "NTT ECL VNA", &with(&["Sign-in URL", "Project ID", "Pinned tenant"])).await?;
        asks(stage, "Cloudify executions", &with(&["Pinned tenant"])).await?;
        asks(stage, "Cloudify operations", &with(&["Pinned tenant"])).await?;
        asks(stage, "ExtremeCloud IQ", &with(&[])).await?;
        asks(stage, "Google Workload Manager", &with(&["Pinned project"])).await?;

        // Google, without a project: the list asks for one before anything is sent.
        browser.fill(&field("Name"), "My Google").await?;
        browser.fill(&field("Base URL"), "/gcp").await?;
        browser.click(&role("button").named("Save connection")).await?;
        browser.address_is("/c/my-google/settings").await?;
        let google = stage.google_called("My Google");
        google.sign_in("ya29.demo").await?;
        tests_as(stage, "Not asked.").await?;
        browser.click(&stage.rail("My Google")).await?;
        browser.find(&role("heading").named("One thing first")).await?;
        let chooser = role("form").named("Add a filter");
        browser.fill(&role("combobox").named("Value").inside(chooser.clone()), "demo").await?;
        stage.provokes("status of 503");
        browser.click(&role("button").named("Apply filter").inside(chooser)).await?;
        browser.says("alert", &["europe-west9"]).await?;
        browser.click(&role("button").named("Partial lists")).await?;
        stage.list().loaded().await?;

        // ExtremeCloud IQ, by a token.
        stage.open("/c/new").await?;
        asks(stage, "ExtremeCloud IQ", &with(&[])).await?;
        browser.fill(&field("Name"), "My IQ").await?;
        browser.fill(&field("Base URL"), "/xiq").await?;
        browser.click(&role("radio").starting("Access token").inside(form())).await?;
        browser.click(&role("button").named("Save connection")).await?;
        browser.address_is("/c/my-iq/settings").await?;
        tests_as(stage, "asks for a sign-in, as it should").await?;
        stage.google_called("My IQ").sign_in("xiq-full-token").await?;
        tests_as(stage, "it knows no operation of an invented ID").await?;
        browser.click(&stage.rail("My IQ")).await?;
        stage.xiq_called("My IQ").add("op-failed", "").await?;
        stage.list().row(&[("ID", "op-failed"), ("Status", "Failed")]).await?;
        // An own connection is read-only unless it says otherwise.
        let table = stage.list().loaded().await?;
        stage.list().open(&table.rows[0]).await?;
        stage.acting().is_off("Delete", "This connection is read-only.").await?;

        // The demo's own connections pass as well.
        stage.open("/c/google/settings").await?;
        tests_as(stage, "asks for a sign-in").await?;
        stage.google().sign_in("ya29.demo").await?;
        tests_as(stage, "The API answered in").await?;
        stage.open("/c/cloudify/settings").await?;
        tests_as(stage, "asks for a sign-in").await
    })
}

/// The browser's clock, which decides how long a connection is armed, can be put on.
const CLOCK: &str = "const real = Date.now.bind(Date); let ahead = 0; Date.now = () => real() + ahead; \
                     globalThis.putOn = (ms) => { ahead += ms; };";

#[test]
fn armed_for_fifteen_minutes_and_no_longer() -> Outcome {
    play("connect_armed", Setup::default(), async |stage| {
        let Stage { site, browser, .. } = stage;
        browser.before_every_page(CLOCK).await?;
        let acting = stage.acting();
        stage.google().enter(&page_of("run")).await?;
        stage.detail().loaded().await?;
        acting.is_off("Cancel", "not armed").await?;
        acting.arm().await?;
        acting.is_on("Cancel").await?;
        let says = browser.text(&role("region").named("Operation detail")).await?;
        assert!(says.contains("Armed, 1"), "{says}");
        browser.click(&role("button").named("Disarm")).await?;
        acting.is_off("Cancel", "not armed").await?;
        // It is each connection's own.
        acting.arm().await?;
        browser.click(&stage.rail("ExtremeCloud IQ")).await?;
        stage.xiq().sign_in("operator@example.com", "operator").await?;
        browser.find(&longrun_e2e::pages::Acting::arm_button()).await?;
        browser.back().await?;
        browser.find(&role("button").named("Disarm")).await?;
        browser.script("putOn(14 * 60000);", vec![]).await?;
        browser
            .text_is(&role("region").named("Operation detail"), "the last minute", |text| {
                text.contains("Armed, 5")
            })
            .await?;
        acting.is_on("Cancel").await?;
        // What was asked while armed is not sent afterwards.
        let dialog = acting.ask("Cancel").await?;
        browser.script("putOn(61000);", vec![]).await?;
        browser
            .is_so(&role("button").named("Cancel 1 operation"), "off", |node| {
                node.is("disabled") && node.description.contains("not armed")
            })
            .await?;
        browser.press(longrun_e2e::Key::Escape).await?;
        browser.gone(&dialog).await?;
        acting.is_off("Cancel", "not armed").await?;
        assert!(!site.requests().iter().any(|one| one.path.ends_with(":cancel")), "{}", site.log());
        browser.address_fits("the operation", |now| !now.starts_with(XIQ)).await.map(drop)
    })
}
