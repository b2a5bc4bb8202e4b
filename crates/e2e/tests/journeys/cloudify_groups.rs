//! Cloudify execution groups, and the operations of tasks graphs.

use longrun_e2e::pages::cloudify::{API, DEFAULT_TENANT, brisk, question, text_in, words_in};
use longrun_e2e::wait::eventually;
use longrun_e2e::{Failure, Find, Outcome, Stage, play, role};
use serde_json::{Value, json};

/// The part of the address behind the kind.
async fn id_in_address(stage: &Stage, kind: &str) -> Outcome<String> {
    let begin = format!("/c/cloudify/{kind}/");
    let is_one = |now: &str| now.strip_prefix(&begin).is_some_and(|rest| !rest.starts_with("new"));
    let address = stage.browser.address_fits("that of the new one", is_one).await?;
    let rest = address.strip_prefix(&begin).unwrap_or_default();
    Ok(rest.split('?').next().unwrap_or_default().to_owned())
}

/// Keeps the text of what the page hands over as a file.
const DOWNLOADS: &str = "const make = URL.createObjectURL; globalThis.__downloads = []; URL.createObjectURL = (blob) => { blob.text().then((text) => globalThis.__downloads.push(text)); return make.call(URL, blob); };";

#[test]
fn groups_are_started_steered_cancelled_and_exported() -> Outcome {
    play("cloudify_groups", brisk()?, async |stage| {
        let Stage { site, browser, .. } = stage;
        let manager = stage.manager();
        stage.provokes("status of 404");
        browser.before_every_page(DOWNLOADS).await?;
        stage.enter_cloudify("groups", "admin").await?;
        stage.headed("Execution groups on Cloudify executions").await?;
        let list = stage.list();
        list.shows(manager.total("execution-groups?_all_tenants=true&_size=1").await?).await?;
        let row = list.row(&[("ID", "group-unwell"), ("Status", "Failed")]).await?;
        list.open(&row).await?;
        let detail = stage.detail();
        detail.loaded().await?;
        detail.open_tab("Members").await?;
        let members = browser.text(&role("table").named("Members")).await?;
        assert_eq!(members.lines().filter(|line| line.contains("heal")).count(), 3, "{members}");

        stage.open("/c/cloudify/groups").await?;
        stage.arm().await?;
        stage.begin("Start a group").await?;
        let form = role("form").starting("Start a group");
        browser.fill(&text_in("Deployment group", &form), "calm").await?;
        browser.fill(&text_in("Workflow", &form), "heal").await?;
        browser.fill(&text_in("Concurrency", &form), "1").await?;
        browser.click(&role("button").named("Start a group").inside(form)).await?;
        let id = id_in_address(stage, "groups").await?;
        let path = format!("execution-groups/{id}");
        detail.loaded().await?;
        assert_eq!(manager.field(&path, "concurrency").await?, "1");
        site.demo.advance(3_000);
        let queued = format!("executions?_group_id={id}&status=queued&_size=1");
        assert_eq!(manager.total(&queued).await?, 1, "one at a time");
        stage.begin("Set concurrency").await?;
        let asks = question("Set concurrency");
        let field = text_in("Concurrency", &asks);
        browser.is_so(&field, "as it is", |node| node.value == "1").await?;
        browser.fill(&field, "2").await?;
        stage.confirm(&asks, "Set concurrency").await?;
        eventually(async || match manager.total(&queued).await? {
            0 => Ok(()),
            left => Err(Failure::new(format!("{left} are still queued"))),
        })
        .await?;
        assert_eq!(manager.field(&path, "concurrency").await?, "2");
        stage.begin("Set target groups").await?;
        let asks = question("Set target groups");
        browser.fill(&text_in("Success group", &asks), "patched").await?;
        stage.confirm(&asks, "Set target groups").await?;
        browser.says("status", &["Set target groups: done"]).await?;
        site.demo.advance(300_000);
        let patched = manager.field("deployment-groups/patched", "deployment_ids").await?;
        assert!(patched.contains("backup-vault") && patched.contains("edge-router-04"), "{patched}");

        // Its executions only wait: the server cancels them and answers that it found none. Reading tells the end.
        stage.open("/c/cloudify/groups/group-paused").await?;
        detail.loaded().await?;
        stage.arm().await?;
        stage.begin("Cancel all").await?;
        let asks = question("Cancel all: execution group");
        let go = role("button").named("Cancel all: 1 execution group").inside(asks.clone());
        browser.is_so(&go, "off until the word is there", |node| node.is("disabled")).await?;
        browser.fill(&text_in("Type cancel to allow it", &asks), "cancel").await?;
        browser.click(&go).await?;
        browser.gone(&asks).await?;
        stage.under_way("Cancel all: it has ended; what it holds tells how").await?;
        let cancelled = "executions?_group_id=group-paused&status=cancelled&_size=1";
        assert_eq!(manager.total(cancelled).await?, 2);

        stage.open("/c/cloudify/groups").await?;
        stage.list().loaded().await?;
        stage.begin("Export groups").await?;
        let asks = question("Export groups on");
        browser.fill(&text_in("Groups", &asks), r#"["group-patched"]"#).await?;
        stage.confirm(&asks, "Export groups").await?;
        browser.says("status", &["execution-groups.json was handed over as a download"]).await?;
        let file = eventually(async || {
            let files = browser.script("return globalThis.__downloads ?? [];", vec![]).await?;
            let file = files[0].as_str().ok_or_else(|| Failure::new("nothing was handed over"))?;
            Ok(serde_json::from_str::<Value>(file)?)
        })
        .await?;
        let dumped = manager.get("execution-groups/group-patched").await?;
        assert_eq!((&file[0]["id"], &file[1]), (&json!("group-patched"), &Value::Null));
        assert_eq!(file[0]["execution_ids"], dumped["execution_ids"]);
        Ok(())
    })
}

const OPERATIONS: &str = "/c/cloudify-ops/operations";

fn chooser() -> Find {
    role("form").named("Add a filter")
}

#[test]
fn operations_of_one_graph_are_mended() -> Outcome {
    play("cloudify_operations", brisk()?, async |stage| {
        let Stage { site, browser, .. } = stage;
        let manager = stage.manager();
        stage.provokes("status of 500");
        stage.open(OPERATIONS).await?;
        stage.sign_in_to("Cloudify operations", "victor").await?;
        // This API lists them only within something, so nothing is asked before that is chosen.
        browser.find(&role("heading").named("One thing first")).await?;
        browser.says("paragraph", &["Choose a tasks graph or an execution"]).await?;
        let path = format!("{API}operations");
        assert!(site.requests().iter().all(|one| one.path != path), "nothing was asked");
        browser.choose(&role("combobox").named("Filter by").inside(chooser()), "Execution").await?;
        let value = role("combobox").named("Value").inside(chooser());
        browser.fill(&value, "resumed-beyond-total").await?;
        browser.click(&role("button").named("Apply filter").inside(chooser())).await?;
        let list = stage.list();
        let within = "operations?execution_id=resumed-beyond-total";
        let all = manager.get(within).await?;
        let all = all["items"].as_array().expect("operations");
        list.shows(all.len()).await?;
        let row = list.row(&[("ID", "op-odd")]).await?;
        assert!(row.cells.iter().any(|cell| cell.contains("BANANA")), "{:?}", row.cells);
        browser.click(&role("button").named("Without internal steps")).await?;
        let outer = manager.total(&format!("{within}&skip_internal=true&_size=1")).await?;
        assert!(outer < all.len());
        list.shows(outer).await?;
        let skipping = site.requests().into_iter().rfind(|one| one.path == path).map(|one| one.target());
        assert!(
            skipping.as_deref().is_some_and(|asked| asked.contains("skip_internal=true")),
            "{skipping:?}"
        );
        assert!(
            site.requests()
                .iter()
                .filter(|one| one.path == path)
                .all(|one| { one.header("tenant") == Some(DEFAULT_TENANT) })
        );
        let graph = all[0]["tasks_graph_id"].as_str().expect("a graph").to_owned();
        stage.open(&format!("{OPERATIONS}?graph_id={graph}")).await?;
        list.shows(all.len()).await?;

        // A viewer may do this on this manager.
        stage.arm().await?;
        stage.begin("Create an operation").await?;
        let form = role("form").starting("Create an operation");
        browser.fill(&text_in("ID", &form), "by-hand").await?;
        browser.fill(&text_in("Name", &form), "repair the store").await?;
        browser.fill(&text_in("Tasks graph", &form), &graph).await?;
        browser.fill(&words_in("Type", &form), "RemoteWorkflowTask").await?;
        browser.fill(&text_in("Dependencies", &form), r#"["op-failed"]"#).await?;
        browser.click(&role("button").named("Create an operation").inside(form)).await?;
        browser
            .address_fits("of the new one", |now| now.starts_with(&format!("{OPERATIONS}/by-hand")))
            .await?;
        stage.detail().loaded().await?;
        let made = manager.get("operations/by-hand").await?;
        assert_eq!(
            (&made["state"], &made["dependencies"], &made["tasks_graph_id"]),
            (&json!("pending"), &json!(["op-failed"]), &json!(graph))
        );
        stage.begin("Set state").await?;
        let asks = question("Set state: operation");
        browser.fill(&words_in("State", &asks), "succeeded").await?;
        browser.fill(&text_in("Result", &asks), r#"{"mended": true}"#).await?;
        stage.confirm(&asks, "Set state: 1 operation").await?;
        browser.says("status", &["Set state: done"]).await?;
        assert_eq!(manager.field("operations/by-hand", "state").await?, "succeeded");
        stage.begin("Delete").await?;
        stage.confirm(&question("Delete operation"), "Delete 1 operation").await?;
        browser.says("status", &["by-hand is deleted"]).await?;

        // The real service deletes and then fails to say so. Reading again tells that it is gone.
        stage.open(&format!("{OPERATIONS}/op-delete-500?tenant={DEFAULT_TENANT}")).await?;
        stage.detail().loaded().await?;
        stage.provokes("status of 404");
        stage.arm().await?;
        stage.begin("Delete").await?;
        stage.confirm(&question("Delete operation"), "Delete 1 operation").await?;
        browser.says("status", &["op-delete-500 is deleted"]).await?;
        browser.address_fits("the list", |now| !now.contains("op-delete-500")).await?;
        let left = manager.get(within).await?;
        let left = left["items"].as_array().expect("operations");
        assert_eq!(left.len(), all.len() - 1);
        assert!(left.iter().all(|one| one["id"] != "op-delete-500" && one["id"] != "by-hand"));
        Ok(())
    })
}
