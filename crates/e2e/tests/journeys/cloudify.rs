//! Cloudify executions: signing in and out, reading in pages, filters of the server, tenants, and what stands beside
//! an execution.

use longrun_demo::Recorded;
use longrun_e2e::pages::cloudify::{API, DEFAULT_TENANT, OSAKA, brisk};
use longrun_e2e::site::parameters;
use longrun_e2e::wait::eventually;
use longrun_e2e::{Failure, Outcome, Setup, Stage, play, role};
use serde_json::Value;

/// The newest request for executions, with its parameters.
fn last_asked(stage: &Stage) -> Option<(Recorded, Vec<(String, String)>)> {
    let path = format!("{API}executions");
    let last = stage.site.requests().into_iter().rfind(|one| one.method == "GET" && one.path == path)?;
    let query = parameters(last.query.as_deref());
    Some((last, query))
}

/// Waits until the newest request for executions has these parameters and this tenant.
async fn asked(stage: &Stage, wanted: &[(&str, &str)], tenant: Option<&str>) -> Outcome {
    eventually(async || {
        let last = last_asked(stage);
        let fits = last.as_ref().is_some_and(|(last, query)| {
            let has = |(name, value): &(&str, &str)| query.iter().any(|(n, v)| n == name && v == value);
            wanted.iter().all(has) && last.header("tenant") == tenant
        });
        if fits {
            return Ok(());
        }
        let told = last.map(|(last, _)| format!("{} of {:?}", last.target(), last.header("tenant")));
        Err(Failure::new(format!("the server was to be asked for {wanted:?} of {tenant:?}, not {told:?}")))
    })
    .await
}

/// Tokens that the console has made and that still open the door.
async fn tokens(stage: &Stage) -> Outcome<usize> {
    let all = stage.manager().get("tokens?_size=1000").await?;
    let ours = |token: &&Value| token["description"] == "Longrun console";
    Ok(all["items"].as_array().expect("a list of tokens").iter().filter(ours).count())
}

#[test]
fn executions_in_pages_filtered_by_the_server() -> Outcome {
    play("cloudify_list", Setup::default(), async |stage| {
        let Stage { browser, .. } = stage;
        let manager = stage.manager();
        stage.enter_cloudify("executions", "admin").await?;
        stage.headed("Executions on Cloudify executions").await?;
        let (list, all) = (stage.list(), manager.total("executions?_all_tenants=true&_size=1").await?);
        list.shows(all).await?;
        asked(stage, &[("_all_tenants", "true"), ("_sort", "-created_at")], None).await?;

        // A question about all of them, answered in place.
        let failed = manager.total("executions?_all_tenants=true&_size=1&status=failed").await?;
        stage.begin("Count by status").await?;
        let answer = role("dialog").named("Count by status");
        let line = format!("failed: {failed}");
        browser.text_is(&answer, &line, |text| text.lines().any(|one| one == line)).await?;
        browser.click(&role("button").named("Close").inside(answer)).await?;

        // In pages: what is loaded of what there is, and the way to more.
        list.add_filter("Page size", "100").await?;
        asked(stage, &[("_size", "100")], None).await?;
        list.shows(100).await?;
        let more = role("button").named("Load more");
        let first = list.loaded().await?.rows[0].href.clone();
        browser.says("generic", &[&format!("100 of {all} on the server are loaded")]).await?;
        browser.click(&more).await?;
        asked(stage, &[("_size", "100"), ("_offset", "100")], None).await?;
        list.shows(200.min(all)).await?;
        assert_eq!(list.loaded().await?.rows[0].href, first, "the newest stays on top");
        while !browser.all(&more).await?.is_empty() {
            let (shown, _) = list.shown().await?;
            browser.click(&more).await?;
            list.shows((shown + 100).min(all)).await?;
        }
        list.shows(all).await?;

        // Filtered by the server: of one status, of one deployment, of one tenant.
        browser.click(&role("button").named("Clear filters")).await?;
        list.add_filter("Status", "failed").await?;
        asked(stage, &[("status", "failed"), ("_all_tenants", "true")], None).await?;
        list.shows(failed).await?;
        let of_one = "executions?_all_tenants=true&_size=1&status=failed&deployment_id=db-core";
        let of_one = manager.total(of_one).await?;
        list.add_filter("Deployment", "db-core").await?;
        asked(stage, &[("status", "failed"), ("deployment_id", "db-core")], None).await?;
        list.shows(of_one).await?;
        list.chips_are(&["Status is failed", "Deployment is db-core"]).await?;
        browser.click(&role("button").named("Clear filters")).await?;
        list.shows(all).await?;
        let tenant = role("combobox").named("Tenant");
        browser.choose(&tenant, OSAKA).await?;
        asked(stage, &[], Some(OSAKA)).await?;
        let (_, query) = last_asked(stage).expect("it was asked");
        assert!(query.iter().all(|(name, _)| name != "_all_tenants" && name != "tenant"), "{query:?}");
        list.shows(manager.in_tenant(OSAKA).total("executions?_size=1").await?).await?;
        browser.address_fits("with the tenant", |now| now.contains(&format!("tenant={OSAKA}"))).await?;
        stage.reload().await?;
        asked(stage, &[], Some(OSAKA)).await?;
        let table = list.loaded().await?;
        assert!(table.column("Tenant").into_iter().all(|name| name == OSAKA), "{}", table.told());
        Ok(())
    })
}

#[test]
fn an_execution_its_parameters_and_its_events_as_they_come() -> Outcome {
    play("cloudify_detail", brisk()?, async |stage| {
        let Stage { site, browser, .. } = stage;
        let manager = stage.manager();
        let id = manager.start("backup-vault", "backup").await?;
        stage.enter_cloudify("executions?deployment_id=backup-vault", "mona").await?;
        let list = stage.list();
        let row = list.row(&[("Workflow", "backup"), ("Status", "started")]).await?;
        list.open(&row).await?;
        browser.address_is(&format!("/c/cloudify/executions/{id}?tenant={DEFAULT_TENANT}")).await?;
        let detail = stage.detail();
        detail.loaded().await?;
        let says = detail.says().await?;
        for fact in [id.as_str(), "Backup vault", "backup-vault", "mona", DEFAULT_TENANT] {
            assert!(fact == "mona" || says.contains(fact), "the detail does not say {fact}:\n{says}");
        }
        let tree = role("tree").named("Parameters");
        browser
            .text_is(&tree, "what it was started with", |text| text.contains("s3://vault/journey"))
            .await?;

        // What it logs comes by itself while it runs, newest first.
        detail.open_tab("Events").await?;
        let events = role("table").named("Events");
        let count = |text: &str| text.lines().count();
        let before = count(&browser.text(&events).await?);
        site.demo.advance(20_000);
        browser.text_is(&events, "more than before", |text| count(text) > before).await?;
        site.demo.advance(180_000);
        stage.becomes(&id, "terminated").await?;
        let last = browser.text_is(&events, "its end", |text| text.contains("workflow_succeeded")).await?;
        let end = last.lines().position(|line| line.contains("workflow_succeeded"));
        let begin = last.lines().position(|line| line.contains("workflow_started"));
        assert!(end.is_some() && end < begin, "{last}");

        // Its operations and what else ran on its deployment.
        detail.open_tab("Operations").await?;
        let graph = manager.total(&format!("operations?execution_id={id}&_size=1")).await?;
        let operations = role("table").named("Operations");
        browser.find(&operations).await?;
        let rows = browser.all(&role("row").inside(operations)).await?;
        assert_eq!(rows.len(), graph + 1);
        detail.open_tab("History").await?;
        browser.find(&role("table").named("History")).await?;

        // Signing out deletes the token on the server.
        assert_eq!(tokens(stage).await?, 1);
        browser.click(&role("link").named("Connection").inside(role("navigation").named("Main"))).await?;
        browser.click(&role("button").named("Sign out")).await?;
        browser.find(&role("form").named("Sign in to Cloudify executions")).await?;
        eventually(async || match tokens(stage).await? {
            0 => Ok(()),
            left => Err(Failure::new(format!("{left} tokens are left on the server"))),
        })
        .await
    })
}
