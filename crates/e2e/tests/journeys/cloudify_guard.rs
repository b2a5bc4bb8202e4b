//! What must not happen on a Cloudify connection: a refusal that is not told, a write through a read-only connection,
//! a request beyond the pinned tenant, a session's end that costs what was typed.

use longrun_e2e::pages::cloudify::{API, OSAKA, brisk, question, text_in, words_in};
use longrun_e2e::{Key, Outcome, Setup, Stage, play, role};

/// The form of the connection under test.
const EXECUTIONS: &str = "Cloudify executions";

#[test]
fn a_viewer_is_told_what_the_server_says() -> Outcome {
    play("cloudify_viewer", brisk()?, async |stage| {
        let browser = &stage.browser;
        stage.provokes("status of 403");
        let id = stage.manager().start("backup-vault", "backup").await?;
        stage.enter_cloudify(&format!("executions/{id}"), "victor").await?;
        stage.detail().loaded().await?;
        stage.arm().await?;
        stage.begin("Cancel").await?;
        let asks = question("Cancel execution");
        browser.click(&role("button").named("Cancel 1 execution").inside(asks.clone())).await?;
        let says = "User `victor` is not permitted to perform the action execution_cancel in the tenant `default_tenant`";
        browser.says("alert", &["It was not done", "403", says]).await?;
        browser.click(&role("button").named("Keep it").inside(asks.clone())).await?;
        browser.gone(&asks).await?;
        assert_eq!(stage.manager().status(&id).await?, "started");
        Ok(())
    })
}

#[test]
fn a_read_only_connection_writes_nothing_and_stays_in_its_tenant() -> Outcome {
    play("cloudify_read_only", brisk()?, async |stage| {
        let Stage { site, browser, .. } = stage;
        let manager = stage.manager().in_tenant(OSAKA);
        let begun = manager.start("osaka-gw", "backup").await?;
        // A link may name another tenant; the connection stays in its own.
        stage.open("/c/cloudify-osaka/executions?tenant=default_tenant").await?;
        stage.sign_in_to("Cloudify Osaka, read-only", "admin").await?;
        let list = stage.list();
        list.shows(manager.total("executions?_size=1").await?).await?;
        const WHY: &str = "This connection is read-only.";
        let off = async |what: &longrun_e2e::Find| {
            let told = |node: &longrun_e2e::Node| node.is("disabled") && node.description == WHY;
            browser.is_so(what, "off with its reason", told).await.map(drop)
        };
        assert_eq!(browser.all(&role("button").starting("Arm")).await?.len(), 0, "nothing to arm");
        off(&role("button").named("Start execution…")).await?;
        browser.click(&role("checkbox").named(format!("Select {begun}"))).await?;
        let bar = role("region").named("Selection");
        for action in ["Cancel 1 of 1…", "Force-cancel 1 of 1…", "Kill 1 of 1…", "Resume 1 of 1…"] {
            off(&role("button").named(action).inside(bar.clone())).await?;
        }
        browser.click(&role("button").named("Clear selection")).await?;

        // Its page: buttons, and every entry of the menu but the question.
        let row = list.row(&[("Deployment", "osaka-gw"), ("Status", "started")]).await?;
        list.open(&row).await?;
        stage.detail().loaded().await?;
        for action in ["Cancel…", "Force-cancel…", "Kill…", "Resume…"] {
            let button = role("button").named(action).inside(role("main"));
            off(&button).await?;
            // Pressing what is off does nothing.
            stage.browser.script_on(&button, "arguments[0].click();").await?;
        }
        browser.click(&role("button").named("More actions").inside(role("main"))).await?;
        browser.find(&role("menuitem").starting("Delete…")).await?;
        for entry in browser.all(&role("menuitem")).await? {
            let asks = entry.name == "Can it start?" || entry.name.contains("with these values");
            assert!(asks || entry.is("disabled") && entry.name.contains("."), "{entry:?}");
        }
        browser.press(Key::Escape).await?;
        for tab in ["Events", "Operations", "Tasks graphs", "History"] {
            stage.detail().open_tab(tab).await?;
        }
        browser.find(&role("table").named("History")).await?;

        // The forms, reached by their addresses, and sent with the key.
        stage.open(&format!("/c/cloudify-osaka/executions/new?action=start&from={begun}")).await?;
        let form = role("form").starting("Start execution");
        let workflow = text_in("Workflow", &form);
        browser.is_so(&workflow, "filled in", |node| node.value == "backup").await?;
        off(&role("button").named("Start").inside(form.clone())).await?;
        browser.click(&workflow).await?;
        browser.press(Key::Enter).await?;
        let tenant = words_in("Tenant", &form);
        browser.is_so(&tenant, "the pinned one", |node| node.value == OSAKA).await?;
        stage.open("/c/cloudify-osaka/executions/cleanup").await?;
        let criteria = role("form").named("Criteria");
        browser.fill(&text_in("Deployment", &criteria), "osaka-gw").await?;
        browser.click(&role("button").named("Preview").inside(criteria)).await?;
        let what = role("region").named("What this does");
        browser.text_is(&what, "how many would go", |text| text.contains("would go.")).await?;
        let word = role("textbox").starting("Type delete");
        let wanted = browser.find(&word).await?.name;
        let wanted = wanted.trim_start_matches("Type ").trim_end_matches(" to allow it");
        browser.fill(&word, wanted).await?;
        off(&role("button").starting("Delete ")).await?;
        browser.press(Key::Enter).await?;
        stage.open("/c/cloudify-osaka/groups").await?;
        browser.find(&role("heading").of_level(1)).await?;
        off(&role("button").named("Start a group…")).await?;

        for one in site.requests().iter().filter(|one| one.path.starts_with(API)) {
            let signs_in = one.path == format!("{API}tokens");
            assert!(
                one.method == "GET" || signs_in && one.method == "POST",
                "{} {}",
                one.method,
                one.target()
            );
            assert!(signs_in || one.header("tenant") == Some(OSAKA), "{}", one.target());
            assert!(!one.target().contains("_all_tenants"), "{}", one.target());
        }
        assert_eq!(manager.status(&begun).await?, "started");
        Ok(())
    })
}

/// Presses it if it can be pressed; the end of the session may have been noticed before.
async fn press_if_on(stage: &Stage, what: &longrun_e2e::Find) -> Outcome {
    if stage.browser.one(what).await.is_ok_and(|node| !node.is("disabled")) {
        stage.browser.click(what).await?;
    }
    Ok(())
}

#[test]
fn a_session_that_ends_costs_nothing_that_was_typed() -> Outcome {
    play("cloudify_session_end", brisk()?, async |stage| {
        let Stage { site, browser, .. } = stage;
        let manager = stage.manager();
        stage.provokes("status of 401");
        manager.store("hangs", "edge-router-04", "started").await?;
        stage.enter_cloudify("executions/hangs", "shorty").await?;
        stage.detail().loaded().await?;
        stage.arm().await?;
        stage.begin("Set status").await?;
        let asks = question("Set status");
        browser.fill(&words_in("Status", &asks), "failed").await?;
        browser.fill(&text_in("Error", &asks), "Typed before the end").await?;
        site.demo.advance(121_000);
        let go = role("button").named("Set status: 1 execution").inside(asks.clone());
        press_if_on(stage, &go).await?;
        stage.sign_in_to(EXECUTIONS, "shorty").await?;
        browser.is_so(&words_in("Status", &asks), "kept", |node| node.value == "failed").await?;
        stage.confirm(&asks, "Set status: 1 execution").await?;
        stage.becomes("hangs", "failed").await?;
        assert_eq!(manager.field("executions/hangs", "error").await?, "Typed before the end");

        stage.begin("Start with these values").await?;
        let form = role("form").starting("Start execution");
        let parameters = text_in("Parameters", &form);
        browser.fill(&text_in("Workflow", &form), "backup").await?;
        browser.fill(&parameters, r#"{"target": "s3://typed"}"#).await?;
        site.demo.advance(121_000);
        let start = role("button").named("Start").inside(form.clone());
        press_if_on(stage, &start).await?;
        stage.sign_in_to(EXECUTIONS, "shorty").await?;
        browser.is_so(&parameters, "kept", |node| node.value.contains("s3://typed")).await?;
        browser.click(&start).await?;
        stage.detail().loaded().await?;
        let newest = "executions?deployment_id=edge-router-04&_sort=-created_at&_size=1";
        let newest = manager.get(newest).await?;
        assert_eq!(newest["items"][0]["parameters"]["target"], "s3://typed");
        Ok(())
    })
}

#[test]
fn cloudify_through_nginx() -> Outcome {
    play("front_cloudify", Setup { nginx: true, ..brisk()? }, async |stage| {
        let Stage { site, .. } = stage;
        let id = stage.manager().start("backup-vault", "backup").await?;
        stage.enter_cloudify("executions?deployment_id=backup-vault", "admin").await?;
        let list = stage.list();
        let row = list.row(&[("Workflow", "backup"), ("Status", "started")]).await?;
        list.open(&row).await?;
        stage.detail().loaded().await?;
        stage.detail().open_tab("Events").await?;
        stage.arm().await?;
        stage.begin("Cancel").await?;
        stage.confirm(&question("Cancel execution"), "Cancel 1 execution").await?;
        site.demo.advance(6_000);
        stage.under_way("Cancel: cancelled").await?;
        assert_eq!(stage.manager().status(&id).await?, "cancelled");
        Ok(())
    })
}
