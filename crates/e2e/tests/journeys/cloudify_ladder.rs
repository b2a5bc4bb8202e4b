//! Acting on one Cloudify execution: from the soft cancel to the kill, back again, and what is written by hand.

use longrun_e2e::pages::cloudify::{API, brisk, question, text_in, words_in};
use longrun_e2e::{Outcome, Stage, play, role};

#[test]
fn cancel_force_kill_resume_and_requeue_one() -> Outcome {
    play("cloudify_ladder", brisk()?, async |stage| {
        let Stage { site, browser, .. } = stage;
        let id = stage.manager().start("backup-vault", "backup").await?;
        stage.enter_cloudify(&format!("executions/{id}"), "admin").await?;
        stage.detail().loaded().await?;
        let writes = || site.requests().into_iter().filter(|one| one.method != "GET").count();
        let before = writes();

        // Not armed: off, with its reason. Armed: a question first, and "no" sends nothing.
        let cancel = role("button").named("Cancel…").inside(role("main"));
        browser
            .is_so(&cancel, "off for want of arming", |node| {
                node.is("disabled") && node.description.contains("not armed")
            })
            .await?;
        stage.arm().await?;
        stage.begin("Cancel").await?;
        let asks = question("Cancel execution");
        let says = browser.text(&asks).await?;
        for part in ["Asks the workflow to stop", "tenant default_tenant", &id, "on Cloudify executions?"] {
            assert!(says.contains(part), "the question does not say {part}:\n{says}");
        }
        browser.has_focus(&role("button").named("Keep it")).await?;
        browser.click(&role("button").named("Keep it")).await?;
        browser.gone(&asks).await?;
        assert_eq!(writes(), before, "nothing was sent");

        stage.begin("Cancel").await?;
        stage.confirm(&asks, "Cancel 1 execution").await?;
        stage.under_way("Cancel: cancelling").await?;
        site.demo.advance(6_000);
        stage.under_way("Cancel: cancelled").await?;
        stage.becomes(&id, "cancelled").await?;

        stage.begin("Force-resume").await?;
        stage.confirm(&question("Force-resume execution"), "Force-resume").await?;
        stage.under_way("Force-resume: it goes on").await?;
        site.demo.advance(3_000);
        stage.becomes(&id, "started").await?;
        stage.begin("Force-cancel").await?;
        let asks = question("Force-cancel execution");
        browser.text_is(&asks, "what goes on", |text| text.contains("operations already sent go on")).await?;
        stage.confirm(&asks, "Force-cancel 1 execution").await?;
        stage.under_way("Force-cancel: cancelling").await?;
        site.demo.advance(4_000);
        stage.under_way("Force-cancel: cancelled").await?;

        stage.begin("Resume").await?;
        stage.confirm(&question("Resume execution"), "Resume").await?;
        stage.under_way("Resume: it goes on").await?;
        site.demo.advance(3_000);
        stage.becomes(&id, "started").await?;
        stage.begin("Kill").await?;
        stage.confirm(&question("Kill execution"), "Kill 1 execution").await?;
        site.demo.advance(3_000);
        stage.under_way("Kill: cancelled").await?;
        stage.becomes(&id, "cancelled").await?;

        // What is called requeue is a cancel here, and the question says so.
        stage.begin("Resume").await?;
        stage.confirm(&question("Resume execution"), "Resume").await?;
        stage.under_way("Resume: it goes on").await?;
        site.demo.advance(3_000);
        stage.becomes(&id, "started").await?;
        stage.begin("Requeue").await?;
        let asks = question("Requeue (cancels): execution");
        browser.text_is(&asks, "that it cancels", |text| text.contains("this call cancels")).await?;
        stage.confirm(&asks, "Requeue (cancels): 1 execution").await?;
        site.demo.advance(6_000);
        stage.under_way("Requeue (cancels): cancelled").await?;
        stage.becomes(&id, "cancelled").await
    })
}

#[test]
fn what_hangs_is_asked_about_and_written_by_hand() -> Outcome {
    play("cloudify_by_hand", brisk()?, async |stage| {
        let Stage { site, browser, .. } = stage;
        let manager = stage.manager();
        stage.provokes("status of 500");
        manager.store("hangs", "edge-router-04", "started").await?;
        stage.enter_cloudify("executions/hangs", "admin").await?;
        stage.detail().loaded().await?;
        // A question needs no arming.
        stage.begin("Can it start?").await?;
        let answer = role("dialog").named("Can it start?");
        browser.text_is(&answer, "the answer", |text| text.contains("It can start")).await?;
        browser.click(&role("button").named("Close").inside(answer.clone())).await?;
        browser.gone(&answer).await?;

        stage.arm().await?;
        stage.begin("Set status").await?;
        let asks = question("Set status");
        browser.fill(&words_in("Status", &asks), "failed").await?;
        browser.fill(&text_in("Error", &asks), "The journey ended it").await?;
        stage.confirm(&asks, "Set status: 1 execution").await?;
        stage.becomes("hangs", "failed").await?;
        assert_eq!(manager.field("executions/hangs", "error").await?, "The journey ended it");
        browser.text_is(&role("main"), "its error", |text| text.contains("The journey ended it")).await?;
        let cancel = role("button").named("Cancel…").inside(role("main"));
        browser.is_so(&cancel, "off, as it has ended", |node| node.description == "It has ended.").await?;

        // This server fails at that question for some, and is said to.
        stage.open("/c/cloudify/executions/should-start-fail-500").await?;
        stage.detail().loaded().await?;
        stage.begin("Can it start?").await?;
        browser.says("alert", &["It was not answered", "500", "as version 7.0.5 does"]).await?;
        browser.click(&role("button").named("Go back")).await?;

        // Deleted, it is really gone, and the page leads back to the list.
        stage.open("/c/cloudify/executions/hangs").await?;
        stage.detail().loaded().await?;
        stage.arm().await?;
        stage.begin("Delete").await?;
        stage.confirm(&question("Delete execution"), "Delete 1 execution").await?;
        browser.address_is("/c/cloudify/executions").await?;
        browser.says("status", &["hangs is deleted"]).await?;
        assert_eq!(manager.ask("GET", "executions/hangs", &serde_json::Value::Null).await?.status, 404);
        let deleted = site.requests().into_iter().filter(|one| one.method == "DELETE");
        let deleted: Vec<String> = deleted.map(|one| one.target()).collect();
        assert_eq!(deleted, [format!("{API}executions?id=hangs")]);
        Ok(())
    })
}
