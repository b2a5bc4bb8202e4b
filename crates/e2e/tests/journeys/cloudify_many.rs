//! Starting Cloudify executions, storing them, and doing one thing to many: by selection and by criteria.

use longrun_e2e::pages::cloudify::{API, brisk, question, text_in, words_in};
use longrun_e2e::{Failure, Find, Outcome, Setup, Stage, play, role};
use serde_json::json;

/// The id in the address of the execution on the screen, once there is another than `before`.
async fn another(stage: &Stage, before: &str) -> Outcome<String> {
    let of = |address: &str| address.split(['/', '?']).nth(4).unwrap_or_default().to_owned();
    let is_new = |address: &str| {
        address.starts_with("/c/cloudify/executions/") && !["new", before].contains(&of(address).as_str())
    };
    let address = stage.browser.address_fits("of the new execution", is_new).await?;
    Ok(of(&address))
}

#[test]
fn an_execution_is_started_like_another_refused_and_stored() -> Outcome {
    play("cloudify_start", brisk()?, async |stage| {
        let Stage { site, browser, .. } = stage;
        let manager = stage.manager();
        stage.provokes("status of 400");
        let first = manager.start("backup-vault", "backup").await?;
        site.demo.advance(240_000);
        stage.becomes(&first, "terminated").await?;
        stage.enter_cloudify(&format!("executions/{first}"), "admin").await?;
        stage.detail().loaded().await?;
        stage.begin("Start with these values").await?;
        let form = role("form").starting("Start execution");
        browser.is_so(&text_in("Workflow", &form), "filled in", |node| node.value == "backup").await?;
        browser.is_so(&text_in("Deployment", &form), "too", |node| node.value == "backup-vault").await?;
        let parameters = text_in("Parameters", &form);
        browser.is_so(&parameters, "as they were", |node| node.value.contains("s3://vault/journey")).await?;
        let start = role("button").named("Start").inside(form.clone());
        browser.is_so(&start, "off for want of arming", |node| node.is("disabled")).await?;
        stage.arm().await?;

        // What is no JSON is told at its field; what the server refuses, in its own words. What was typed stays.
        browser.fill(&parameters, "{\"target\": ").await?;
        browser.click(&start).await?;
        browser.is_so(&parameters, "told", |node| node.description.contains("not JSON")).await?;
        browser.fill(&parameters, r#"{"target": "s3://again", "level": 99}"#).await?;
        browser.click(&start).await?;
        browser.says("alert", &["It was not done", "400", "Value 99 of input level violates"]).await?;
        browser.is_so(&parameters, "kept", |node| node.value.contains("s3://again")).await?;
        browser.fill(&parameters, r#"{"target": "s3://again", "level": 4}"#).await?;
        browser.click(&start).await?;
        let second = another(stage, &first).await?;
        stage.detail().loaded().await?;
        let made = manager.get(&format!("executions/{second}")).await?;
        assert_eq!(
            (&made["workflow_id"], &made["parameters"]["level"], &made["created_by"]),
            (&json!("backup"), &json!(4), &json!("admin"))
        );

        // A start that comes too late to be refused without a trace.
        stage.open("/c/cloudify/executions").await?;
        stage.arm().await?;
        stage.begin("Start execution").await?;
        browser.fill(&text_in("Deployment", &form), "shared-dns").await?;
        browser.fill(&text_in("Workflow", &form), "heal").await?;
        browser.click(&start).await?;
        let refused = ["web-shop and db-core depend on it", "may have stored a failed execution"];
        browser.says("alert", &refused).await?;
        browser.click(&role("checkbox").named("Force").inside(form.clone())).await?;
        browser.click(&start).await?;
        let forced = another(stage, &second).await?;
        assert_eq!(manager.field(&format!("executions/{forced}"), "workflow_id").await?, "heal");

        // One for later has no id yet, and the console says so.
        stage.begin("Start with these values").await?;
        browser.is_so(&text_in("Workflow", &form), "filled in", |node| node.value == "heal").await?;
        browser.fill(&text_in("Scheduled time", &form), "2031-01-01T00:00:00Z").await?;
        browser.click(&start).await?;
        let said = role("dialog").named("Start");
        browser
            .text_is(&said, "that it is scheduled", |text| text.contains("gets its id when it starts"))
            .await?;
        assert_eq!(manager.total("execution-schedules?_size=1").await?, 1);

        // Stored with a status, it is not run.
        stage.open("/c/cloudify/executions").await?;
        stage.arm().await?;
        stage.begin("Create a record").await?;
        let form = role("form").starting("Create a record");
        browser.fill(&text_in("Deployment", &form), "edge-router-04").await?;
        browser.fill(&text_in("Workflow", &form), "update").await?;
        browser.fill(&words_in("Status", &form), "failed").await?;
        browser.fill(&text_in("ID", &form), "restored by/hand?").await?;
        browser.fill(&text_in("Error", &form), "As the old manager said").await?;
        browser.click(&role("button").named("Create a record").inside(form)).await?;
        stage.detail().loaded().await?;
        let restored = manager.get("executions/restored%20by%2Fhand%3F").await?;
        assert_eq!(
            (&restored["status"], &restored["error"]),
            (&json!("failed"), &json!("As the old manager said"))
        );
        Ok(())
    })
}

#[test]
fn what_the_filters_hide_is_acted_on_by_name_only() -> Outcome {
    play("cloudify_hidden", brisk()?, async |stage| {
        let Stage { browser, .. } = stage;
        let manager = stage.manager();
        for id in ["seen-1", "hidden-2"] {
            manager.store(id, "edge-router-04", "started").await?;
        }
        stage.enter_cloudify("executions?deployment_id=edge-router-04", "admin").await?;
        stage.list().loaded().await?;
        stage.arm().await?;
        for id in ["seen-1", "hidden-2"] {
            browser.click(&role("checkbox").named(format!("Select {id}"))).await?;
        }
        stage.list().query_more("seen-1").await?;
        let bar = role("region").named("Selection");
        let told = |text: &str| text.contains("2 selected") && text.contains("1 hidden by the filters");
        browser.text_is(&bar, "both figures", told).await?;
        browser.click(&role("button").named("Cancel 2 of 2…").inside(bar)).await?;
        let asks = question("Cancel 2 executions");
        browser.text_is(&asks, "the hidden one", |text| text.contains("1 hidden by the filters")).await?;
        let all = role("group").named("2 executions").inside(asks.clone());
        browser
            .text_is(&all, "both by name", |text| text.contains("seen-1") && text.contains("hidden-2"))
            .await?;
        browser.accessible("a question about rows that are hidden").await?;
        browser.click(&role("button").named("Cancel 2 executions").inside(asks)).await?;
        let report = role("dialog").starting("Cancel 2 executions");
        let figures = role("status").inside(report.clone());
        browser.text_is(&figures, "the end", |text| text == "2 of 2, 2 requested").await?;
        browser.click(&role("button").named("Close").inside(report)).await?;
        browser.gone(&role("region").named("Selection")).await
    })
}

/// How many ended executions of that deployment the manager has, system workflows and all.
async fn ended(stage: &Stage, deployment: &str) -> Outcome<usize> {
    let statuses = "status=terminated&status=failed&status=cancelled&_include_system_workflows=true&_size=1";
    stage.manager().total(&format!("executions?deployment_id={deployment}&{statuses}")).await
}

fn criteria() -> Find {
    role("form").named("Criteria")
}

#[test]
fn clean_up_by_criteria_does_what_its_preview_said() -> Outcome {
    play("cloudify_cleanup", Setup::default(), async |stage| {
        let Stage { site, browser, .. } = stage;
        let manager = stage.manager();
        stage.enter_cloudify("executions", "admin").await?;
        stage.arm().await?;
        stage.begin("Delete by criteria").await?;
        stage.headed("Delete by criteria on Cloudify executions").await?;
        let preview = role("button").named("Preview").inside(criteria());
        let deletions = || site.requests().into_iter().filter(|one| one.method == "DELETE").count();

        // Without criteria all would go; both kinds at once mean nothing; keeping more than there are deletes one.
        browser.click(&preview).await?;
        browser.says("alert", &["Choose what to delete", "every ended execution"]).await?;
        let (keep, before) =
            (text_in("Keep the newest", &criteria()), text_in("Created before", &criteria()));
        browser.fill(&keep, "3").await?;
        browser.fill(&before, "2026-01-01").await?;
        browser.click(&preview).await?;
        browser.says("alert", &["not both"]).await?;
        browser.fill(&before, "").await?;
        browser.fill(&keep, "0").await?;
        browser.click(&preview).await?;
        browser.says("alert", &["greater than 0"]).await?;
        browser.fill(&text_in("Deployment", &criteria()), "edge-router-04").await?;
        browser.fill(&keep, "9999").await?;
        browser.click(&preview).await?;
        browser.says("alert", &["Nothing will be sent", "would delete the oldest one"]).await?;
        assert_eq!(browser.all(&role("button").starting("Delete ")).await?.len(), 0);

        // What would go is counted, and the count has to be typed.
        let there = ended(stage, "edge-router-04").await?;
        assert!(there > 6, "the demo has {there} there");
        browser.fill(&keep, "3").await?;
        browser.click(&preview).await?;
        let what = role("region").named("What this does");
        let says = browser.text_is(&what, "how many would go", |text| text.contains("would go.")).await?;
        let count: usize = says
            .lines()
            .find_map(|line| line.strip_suffix(" would go.")?.split(' ').next()?.parse().ok())
            .ok_or_else(|| Failure::new(format!("no count in {says}")))?;
        assert!((1..=there - 3).contains(&count), "{count} of {there}");
        let delete = role("button").named(format!("Delete {count} executions"));
        let word = role("textbox").starting(format!("Type delete {count} to allow it"));
        browser.is_so(&delete, "off until the word is there", |node| node.is("disabled")).await?;
        const BEYOND: &str =
            "const page = document.documentElement; return page.scrollHeight - page.clientHeight;";
        assert_eq!(browser.script(BEYOND, vec![]).await?, 0, "the page scrolls within itself alone");
        browser.fill(&word, "delete").await?;
        browser.is_so(&delete, "still off", |node| node.is("disabled")).await?;

        // Other criteria need another preview; so does what has changed on the server.
        browser.fill(&keep, "2").await?;
        browser.fill(&word, &format!("delete {count}")).await?;
        browser.is_so(&delete, "off", |node| node.description.contains("preview again")).await?;
        browser.fill(&keep, "3").await?;
        let oldest = "executions?deployment_id=edge-router-04&workflow_id=heal&status=terminated&_sort=created_at&_size=1";
        let oldest = manager.get(oldest).await?["items"][0]["id"].as_str().expect("one").to_owned();
        manager.done("DELETE", &format!("executions?id={oldest}"), &json!({})).await?;
        browser.click(&delete).await?;
        browser.says("alert", &["What would go has changed", "Nothing was sent"]).await?;
        assert_eq!(deletions(), 0);
        let count = count - 1;
        let word = role("textbox").starting(format!("Type delete {count} to allow it"));
        browser.fill(&word, &format!("delete {count}")).await?;
        browser.click(&role("button").named(format!("Delete {count} executions"))).await?;
        let report = [format!("{count} executions were deleted."), format!("counted {count} executions")];
        browser.says("status", &report.each_ref().map(String::as_str)).await?;
        assert_eq!(ended(stage, "edge-router-04").await?, there - 1 - count);
        assert_eq!(deletions(), 1);
        Ok(())
    })
}

#[test]
fn many_are_cancelled_one_by_one_and_each_is_told() -> Outcome {
    play("cloudify_bulk", brisk()?, async |stage| {
        let Stage { site, browser, .. } = stage;
        let manager = stage.manager();
        stage.provokes("status of 500");
        for id in ["many-1", "many-2", "many-3", "fault-500"] {
            manager.store(id, "edge-router-04", "started").await?;
        }
        manager.store("many-ended", "edge-router-04", "terminated").await?;
        stage.enter_cloudify("executions?deployment_id=edge-router-04", "admin").await?;
        stage.list().loaded().await?;
        stage.arm().await?;
        for id in ["many-1", "many-2", "many-3", "fault-500", "many-ended"] {
            browser.click(&role("checkbox").named(format!("Select {id}"))).await?;
        }
        let bar = role("region").named("Selection");
        browser.text_is(&bar, "how many", |text| text.contains("5 selected")).await?;
        browser.click(&role("button").named("Cancel 4 of 5…").inside(bar.clone())).await?;
        let asks = question("Cancel 4 executions on Cloudify executions?");
        let says = browser.text(&asks).await?;
        for part in ["4 of 5 selected", "1 selected will be left out", "It has ended."] {
            assert!(says.contains(part), "the question does not say {part}:\n{says}");
        }
        // One of them changes before its turn: it is read again, and left out.
        manager.done("POST", "executions/many-3", &json!({ "action": "force-cancel" })).await?;
        browser.click(&role("button").named("Cancel 4 executions").inside(asks)).await?;
        let report = role("dialog").starting("Cancel 4 executions");
        let figures = role("status").inside(report.clone());
        browser
            .text_is(&figures, "the end", |text| text == "4 of 4, 2 requested, 1 failed, 1 left out")
            .await?;
        let told = async |head: &'static str, parts: &[&str]| {
            let fates = role("list").named(head).inside(report.clone());
            browser.text_is(&fates, head, |text| parts.iter().all(|part| text.contains(part))).await
        };
        told("Failed", &["fault-50", "500", "unexpected condition"]).await?;
        told("Left out", &["many-3", "A cancel is under way already", "Nothing was sent"]).await?;
        let sent = || {
            let cancels = site.requests().into_iter().filter(|one| one.method == "POST");
            cancels.filter(|one| one.path.starts_with(&format!("{API}executions/"))).count()
        };
        assert_eq!(sent(), 2);
        // Only what failed is tried again, and only when asked to.
        browser.click(&role("button").named("Retry the 1 failed").inside(report.clone())).await?;
        browser.text_is(&figures, "the same end", |text| text.contains("1 failed")).await?;
        assert_eq!(sent(), 2);
        browser.click(&role("button").named("Close").inside(report.clone())).await?;
        browser.gone(&report).await?;
        browser.gone(&bar).await?;
        for (id, status) in
            [("many-1", "cancelling"), ("many-2", "cancelling"), ("many-3", "force_cancelling")]
        {
            assert_eq!(manager.status(id).await?, status, "{id}");
        }
        assert_eq!(manager.status("many-ended").await?, "terminated");
        Ok(())
    })
}
