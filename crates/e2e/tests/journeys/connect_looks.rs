//! axe finds nothing on the pages of ExtremeCloud IQ and Google, in the form of each API, and while acting, in every
//! theme.

use longrun_e2e::pages::google::{GOOGLE, page_of};
use longrun_e2e::pages::{Google, xiq::XIQ};
use longrun_e2e::{Failure, Key, Outcome, Setup, Stage, play, role};

/// Looks at a place in every theme, and collects rather than stops: one run tells all.
async fn look(stage: &Stage, found: &mut Vec<String>, place: &str) {
    if let Err(failure) = stage.browser.accessible(place).await {
        found.push(failure.to_string());
    }
}

#[test]
fn pages_of_the_other_apis() -> Outcome {
    play("axe_apis", Setup { behind_ms: 3_600_000, ..Setup::default() }, async |stage| {
        let Stage { site, browser, .. } = stage;
        let (xiq, google) = (stage.xiq(), stage.google());
        let mut found = Vec::new();
        stage.open(XIQ).await?;
        browser.find(&xiq.form()).await?;
        look(stage, &mut found, "XIQ sign-in").await;
        xiq.sign_in("operator@example.com", "operator").await?;
        browser.find(&role("heading").named("No operations")).await?;
        look(stage, &mut found, "XIQ without operations").await;
        for id in ["op-running", "op-failed", "op-expiring", "https://x.example/devices/1"] {
            xiq.add(id, "a note").await?;
        }
        stage.list().shows(3).await?;
        site.demo.advance(130_000);
        stage.provokes("status of 404");
        stage.refresh().await?;
        stage.list().row(&[("ID", "no longer known")]).await?;
        look(stage, &mut found, "XIQ list with a wrong entry").await;
        stage.acting().arm().await?;
        look(stage, &mut found, "XIQ list, armed").await;
        let row = stage.list().row(&[("ID", "op-running")]).await?;
        stage.list().open(&row).await?;
        stage.acting().is_on("Cancel").await?;
        stage.acting().ask("Cancel").await?;
        look(stage, &mut found, "the question before a cancel").await;
        stage.acting().confirm("Cancel").await?;
        stage.acting().stands("Cancel: cancelling").await?;
        look(stage, &mut found, "XIQ operation, a cancel under way").await;
        browser.click(&role("link").named("Connection").inside(role("navigation").named("Main"))).await?;
        browser.find(&role("region").named("Requests")).await?;
        look(stage, &mut found, "XIQ connection").await;

        google.enter(&format!("{}?tab=error", page_of("failed"))).await?;
        browser.find(&role("tree").named("Error")).await?;
        look(stage, &mut found, "Google operation, error").await;
        stage.open(GOOGLE).await?;
        stage.list().loaded().await?;
        browser.fill(&Google::filter(), "done=").await?;
        browser.press(Key::Enter).await?;
        browser.is_so(&Google::filter(), "wrong", |node| node.is("invalid")).await?;
        look(stage, &mut found, "Google list with a wrong filter").await;
        stage.open("/c/new").await?;
        for api in ["Cloudify executions", "ExtremeCloud IQ", "Google Workload Manager"] {
            stage.choose_api(api).await?;
            look(stage, &mut found, &format!("form for {api}")).await;
        }
        if found.is_empty() { Ok(()) } else { Err(Failure::new(found.join("\n"))) }
    })
}
