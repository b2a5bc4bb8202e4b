//! The main job: sign in, list, sort, open, read the request body, its resource's history, back, reload.

use longrun_e2e::pages::LIST;
use longrun_e2e::pages::{Account, Detail};
use longrun_e2e::site::field;
use longrun_e2e::{Outcome, Setup, Stage, play, role};
use serde_json::Value;

/// An operation whose body is an object with a secret in it.
fn with_secret(rows: &[Value]) -> &Value {
    let fits = |row: &&Value| {
        row["request_body"].is_object() && row["request_body"].to_string().contains("\"admin_password\"")
    };
    rows.iter().find(fits).expect("the demo has bodies with an admin_password")
}

async fn clipboard(stage: &Stage) -> Outcome<String> {
    let text = stage.browser.script("return navigator.clipboard.readText();", vec![]).await?;
    Ok(text.as_str().unwrap_or_default().to_owned())
}

async fn copies(stage: &Stage, button: &str, wanted: impl Fn(&str) -> bool) -> Outcome<String> {
    stage.browser.click(&role("button").named(button)).await?;
    longrun_e2e::wait::eventually(async || {
        let text = clipboard(stage).await?;
        let what = format!("\"{button}\" copied \"{text}\"");
        if wanted(&text) { Ok(text) } else { Err(longrun_e2e::Failure::new(what)) }
    })
    .await
}

#[test]
fn sign_in_list_sort_open_history_back_reload() -> Outcome {
    play("main_path", Setup::default(), async |stage| {
        let Stage { site, browser, .. } = stage;
        stage.open("/").await?;
        stage.headed("Now").await?;
        browser.click(&stage.rail("ECL demo")).await?;
        browser.address_is(LIST).await?;
        stage.headed("Operations on ECL demo").await?;
        stage.sign_in(Account::ALL).await?;
        let truth = site.truth("").await?;
        let list = stage.list();
        assert_eq!(list.shows(truth.len()).await?, truth.len());
        site.asked(&[]).await?;

        // Newest first, and the other way round.
        let table = list.loaded().await?;
        assert_eq!(table.order("Received"), Some("descending"));
        assert!(table.rows[0].href.ends_with(field(&truth[0], "id")), "{} leads", table.rows[0].href);
        list.sort_by("Received").await?;
        let oldest = field(&truth[truth.len() - 1], "id").to_owned();
        let first_is = |id: &str| table_starts_with(id.to_owned());
        let table = list.is("oldest first", first_is(&oldest)).await?;
        assert_eq!(table.order("Received"), Some("ascending"));
        assert_eq!(browser.address().await?, format!("{LIST}?sort=created"));
        list.sort_by("Duration").await?;
        let table = list.is("longest first", |table| table.order("Duration") == Some("descending")).await?;
        assert_eq!(table.order("Received"), None);
        let spans: Vec<u64> = table.column("Duration").into_iter().filter_map(seconds).collect();
        assert!(spans.len() > 10 && spans.is_sorted_by(|a, b| a >= b), "{spans:?}");

        // Filtered on the server and here, then into one operation.
        let chosen = with_secret(&truth).clone();
        let (id, resource) = (field(&chosen, "id"), field(&chosen, "resource_id"));
        list.add_filter("Appliance", resource).await?;
        site.asked(&[("resource_id", resource)]).await?;
        list.query_more(id).await?;
        list.shows(1).await?;
        let filtered = browser.address_fits("with both filters", |now| now.contains("q=")).await?;
        assert!(
            filtered.contains(&format!("resource_id={resource}")) && filtered.contains("sort=-duration"),
            "{filtered}"
        );
        let table = list.is("only that row", |table| table.rows.len() == 1).await?;
        list.open(&table.rows[0]).await?;
        browser.address_is(&format!("{LIST}/{id}")).await?;
        let detail = stage.detail();
        detail.loaded().await?;
        browser.has_focus(&role("main")).await?;
        let says = detail.says().await?;
        for fact in [id, resource, field(&chosen, "tenant_id"), "JST"] {
            assert!(says.contains(fact), "the detail does not say {fact}:\n{says}");
        }

        // The request body.
        browser.allow_clipboard(&site.origin()).await?;
        let tree = Detail::tree();
        browser.find(&tree).await?;
        browser.fill(&role("searchbox").named("Find in request body"), "admin_password").await?;
        browser.says("status", &["1 of "]).await?;
        let secret = secret_in(&chosen["request_body"]);
        let masked = browser.text(&tree).await?;
        assert!(!masked.contains(&secret), "the secret stands on the page");
        browser.click(&role("button").named("admin_password is masked, reveal").first()).await?;
        browser.text_is(&tree, "the secret", |text| text.contains(&secret)).await?;
        browser.click(&role("button").named("Hide admin_password")).await?;
        browser.text_is(&tree, "no secret", |text| !text.contains(&secret)).await?;
        browser.fill(&role("searchbox").named("Find in request body"), "").await?;
        browser.click(&role("button").named("Fold all")).await?;
        let top = role("treeitem").inside(tree.clone()).first();
        browser.is_so(&top, "open", |node| node.is("expanded")).await?;
        browser.click(&role("button").named("Unfold all")).await?;
        let name =
            chosen["request_body"].as_object().and_then(|body| body.keys().next()).expect("a first key");
        let text = chosen["request_body"].to_string();
        copies(stage, &format!("Copy {name}"), |copied| {
            copied.contains('{') && text.len() / 2 < copied.len()
        })
        .await?;
        copies(stage, &format!("Copy path of {name}"), |text| text.contains(name.as_str())).await?;
        copies(stage, "Copy all, masked", |text| text.contains(name.as_str()) && !text.contains(&secret))
            .await?;
        let curl = copies(stage, "Copy as cURL", |text| text.starts_with("curl ")).await?;
        assert!(curl.contains(&format!("/v1.0/operations/{id}")) && !curl.contains("69105c"), "{curl}");

        // The resource's history, and back.
        detail.open_tab("History").await?;
        browser.address_is(&format!("{LIST}/{id}?tab=history")).await?;
        site.asked(&[("resource_id", resource)]).await?;
        let history = role("table").named("History");
        let same = site.truth(&format!("resource_id={resource}")).await?;
        browser
            .text_is(&history, "every operation on it", |text| {
                text.lines().filter(|line| line.contains("JST")).count() >= same.len()
            })
            .await?;
        detail.open_tab("Raw").await?;
        browser.text_is(&role("tree").named("Raw answer"), "the row", |text| text.contains(resource)).await?;

        // A deep link stays what it is after a reload, without signing in again.
        let link = browser.address().await?;
        stage.reload().await?;
        detail.loaded().await?;
        browser.address_is(&link).await?;
        browser.is_so(&Detail::tab("Raw"), "the open tab", |tab| tab.is("selected")).await?;
        assert_eq!(browser.all(&role("form").starting("Sign in")).await?.len(), 0);
        browser.back().await?;
        browser.back().await?;
        browser.back().await?;
        browser.address_is(&filtered).await?;
        list.shows(1).await?;
        list.chips_are(&[&format!("Appliance is {resource}"), &format!("with {id}")]).await?;
        let text = browser.find(&role("textbox").named("Query")).await?.value;
        assert_eq!(text, format!("resource_id:{resource} {id}"));
        stage.reload().await?;
        list.shows(1).await?;
        browser.address_is(&filtered).await
    })
}

fn table_starts_with(id: String) -> impl Fn(&longrun_e2e::pages::Table) -> bool {
    move |table| table.rows.first().is_some_and(|row| row.index == 2 && row.href.ends_with(&id))
}

/// `1h 05m`, `6m 41s`, `58s` in seconds.
fn seconds(span: &str) -> Option<u64> {
    span.split(' ')
        .map(|part| {
            let (count, unit) = part.split_at_checked(part.len().checked_sub(1)?)?;
            let factor = match unit {
                "d" => 86_400,
                "h" => 3_600,
                "m" => 60,
                "s" => 1,
                _ => return None,
            };
            Some(count.parse::<u64>().ok()? * factor)
        })
        .sum()
}

fn secret_in(body: &Value) -> String {
    match body {
        Value::Object(members) => members
            .iter()
            .find_map(|(key, value)| match value.as_str() {
                Some(secret) if key == "admin_password" => Some(secret.to_owned()),
                _ => Some(secret_in(value)).filter(|found| !found.is_empty()),
            })
            .unwrap_or_default(),
        Value::Array(items) => {
            items.iter().map(secret_in).find(|found| !found.is_empty()).unwrap_or_default()
        }
        _ => String::new(),
    }
}
