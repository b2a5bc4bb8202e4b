//! Every panel says how old its data is; under a failed read the last good rows stay, with the reason and the next try.

use longrun_e2e::pages::LIST;
use longrun_e2e::pages::cloudify::brisk;
use longrun_e2e::wait::eventually;
use longrun_e2e::{Failure, Outcome, Setup, Stage, play, role};

async fn ages(stage: &Stage) -> Outcome<Vec<String>> {
    let mut ages = vec![];
    for node in stage.browser.all(&role("status").named("Data age")).await? {
        ages.push(stage.browser.element(&node).await?.text().await?);
    }
    Ok(ages)
}

/// Waits for a panel with its own age.
async fn two_ages(stage: &Stage, part: &str) -> Outcome {
    eventually(async || {
        let ages = ages(stage).await?;
        if ages.iter().any(|age| age.contains(part)) {
            Ok(())
        } else {
            Err(Failure::new(format!("{ages:?}")))
        }
    })
    .await
}

#[test]
fn a_related_list_keeps_its_rows_and_says_why() -> Outcome {
    play("trust_related", brisk()?, async |stage| {
        let Stage { site, browser, .. } = stage;
        stage.provokes("status of 500");
        stage.provokes("status of 503");
        let id = stage.manager().start("backup-vault", "backup").await?;
        stage.enter_cloudify(&format!("executions/{id}"), "admin").await?;
        let detail = stage.detail();
        detail.loaded().await?;
        stage.refresh_every("Off").await?;
        detail.open_tab("Events").await?;
        let events = role("table").named("Events");
        let before = browser.text(&events).await?;
        two_ages(stage, "Read ").await?;
        browser.accessible("a related list with its age").await?;
        // The operation goes on, so its events are read again by themselves.
        assert!(site.demo.fail_next("503", 50));
        let panel = browser.says("alert", &["503", "Next try in "]).await?;
        assert!(!panel.contains("Showing data from"), "{panel}");
        let kept = browser.text(&events).await?;
        assert_eq!(kept.lines().count(), before.lines().count(), "rows went");
        two_ages(stage, " old").await?;
        browser.accessible("a related list after a failure").await?;
        site.demo.stop_failing();
        browser.click(&role("button").named("Try now").first()).await?;
        two_ages(stage, "Read ").await?;
        eventually(async || match browser.all(&role("alert")).await?.len() {
            0 => Ok(()),
            some => Err(Failure::new(format!("{some} alerts are left"))),
        })
        .await
    })
}

#[test]
fn the_page_of_a_resource_says_how_old_it_is() -> Outcome {
    play("trust_resource", Setup::default(), async |stage| {
        let Stage { browser, .. } = stage;
        stage.enter(LIST).await?;
        let table = stage.list().loaded().await?;
        stage.list().open(&table.rows[0]).await?;
        stage.detail().loaded().await?;
        let target = role("definition").inside(role("region").named("Summary"));
        let _ = target;
        browser.script("document.querySelector('main a[href*=\"/resource/\"]').click();", vec![]).await?;
        browser.find(&role("region").named("Operations on it")).await?;
        two_ages(stage, "Read ").await?;
        browser.accessible("a resource's history").await
    })
}
