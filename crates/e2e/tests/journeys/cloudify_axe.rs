//! axe finds nothing where one acts on Cloudify: the selection, the question, the forms and the events, in every theme.

use longrun_e2e::pages::cloudify::{question, text_in};
use longrun_e2e::{Failure, Key, Outcome, Setup, Stage, play, role};

/// Looks in every theme, and collects rather than stops.
async fn look(stage: &Stage, place: &str, found: &mut Vec<String>) {
    if let Err(failure) = stage.browser.accessible(place).await {
        found.push(failure.to_string());
    }
}

#[test]
fn acting_is_accessible() -> Outcome {
    play("cloudify_axe", Setup::default(), async |stage| {
        let browser = &stage.browser;
        let mut found = Vec::new();
        let manager = stage.manager();
        manager.store("axe-1", "edge-router-04", "started").await?;
        manager.store("axe-2", "edge-router-04", "terminated").await?;
        stage.enter_cloudify("executions?deployment_id=edge-router-04", "admin").await?;
        stage.list().loaded().await?;
        stage.arm().await?;
        for id in ["axe-1", "axe-2"] {
            browser.click(&role("checkbox").named(format!("Select {id}"))).await?;
        }
        let bar = role("region").named("Selection");
        browser.find(&bar).await?;
        look(stage, "list with the selection bar", &mut found).await;
        browser.click(&role("button").named("Cancel 1 of 2…").inside(bar)).await?;
        browser.find(&question("Cancel 1 execution")).await?;
        look(stage, "question about many", &mut found).await;
        browser.click(&role("button").named("Cancel 1 execution")).await?;
        let report = role("dialog").starting("Cancel 1 execution");
        let figures = role("status").inside(report.clone());
        browser.text_is(&figures, "the end", |text| text == "1 of 1, 1 requested").await?;
        look(stage, "report about many", &mut found).await;
        browser.click(&role("button").named("Close").inside(report)).await?;

        stage.open("/c/cloudify/executions/resumed-beyond-total?tab=events").await?;
        browser.find(&role("table").named("Events")).await?;
        look(stage, "execution with its events", &mut found).await;
        stage.arm().await?;
        browser.click(&role("button").named("More actions").inside(role("main"))).await?;
        browser.find(&role("menuitem").starting("Delete…")).await?;
        look(stage, "execution with its menu open", &mut found).await;
        browser.press(Key::Escape).await?;
        stage.begin("Delete").await?;
        browser.find(&question("Delete execution")).await?;
        look(stage, "question before a deletion", &mut found).await;
        browser.click(&role("button").named("Keep it")).await?;

        stage.open("/c/cloudify/groups/group-running?tab=members").await?;
        browser.find(&role("table").named("Members")).await?;
        look(stage, "group with its members", &mut found).await;
        stage.arm().await?;
        stage.begin("Cancel all").await?;
        browser.find(&question("Cancel all")).await?;
        look(stage, "question with a word to type", &mut found).await;
        browser.click(&role("button").named("Keep it")).await?;

        stage.open("/c/cloudify/executions/new?action=start").await?;
        stage.arm().await?;
        let form = role("form").starting("Start execution");
        browser.fill(&text_in("Parameters", &form), "{").await?;
        browser.click(&role("button").named("Start").inside(form.clone())).await?;
        browser.is_so(&text_in("Parameters", &form), "marked as wrong", |node| node.is("invalid")).await?;
        look(stage, "start form with mistakes", &mut found).await;
        stage.open("/c/cloudify/executions/cleanup").await?;
        let criteria = role("form").named("Criteria");
        browser.fill(&text_in("Keep the newest", &criteria), "3").await?;
        browser.fill(&text_in("Deployment", &criteria), "edge-router-04").await?;
        browser.click(&role("button").named("Preview").inside(criteria)).await?;
        browser.find(&role("textbox").starting("Type delete")).await?;
        look(stage, "clean-up with its preview", &mut found).await;
        stage.open("/c/cloudify-ops/operations").await?;
        stage.sign_in_to("Cloudify operations", "mona").await?;
        browser.find(&role("heading").named("One thing first")).await?;
        look(stage, "operations before a choice", &mut found).await;
        if found.is_empty() { Ok(()) } else { Err(Failure::new(found.join("\n"))) }
    })
}
