//! The same list in two tabs at once, and a token that dies while somebody types.

use longrun_e2e::pages::cloudify::{brisk, question, text_in, words_in};
use longrun_e2e::pages::{Account, LIST};
use longrun_e2e::wait::eventually;
use longrun_e2e::{Failure, Outcome, Setup, Stage, play, role};

#[test]
fn two_tabs_read_each_for_itself_and_learn_that_the_session_ended() -> Outcome {
    play("trust_tabs", Setup::default(), async |stage| {
        let Stage { site, browser, .. } = stage;
        stage.enter(LIST).await?;
        stage.list().loaded().await?;
        let first = browser.driver().window().await?;
        // Opened from the first, it begins with a copy of its session.
        browser.script("window.open(location.href);", vec![]).await?;
        let second = eventually(async || {
            let all = browser.driver().windows().await?;
            all.into_iter().find(|one| *one != first).ok_or_else(|| Failure::new("there is no second tab"))
        })
        .await?;
        browser.driver().switch_to_window(second.clone()).await?;
        stage.list().loaded().await?;
        stage.refresh_every("5 s").await?;
        let asked = site.lists().len();
        site.read_again(asked).await?;
        browser.driver().switch_to_window(first).await?;
        let asked = site.lists().len();
        stage.refresh().await?;
        site.read_again(asked).await?;
        // Signed out in one, the token is of no more use in the other either.
        stage.open("/c/ecl-demo/settings").await?;
        browser.click(&role("button").named("Sign out")).await?;
        browser.driver().switch_to_window(second).await?;
        browser.find(&Account::ALL.form()).await?;
        stage.list().loaded().await?;
        stage.provokes("status of 401");
        stage.sign_in(Account::ALL).await?;
        let asked = site.lists().len();
        site.read_again(asked).await.map(drop)
    })
}

#[test]
fn a_token_that_dies_while_somebody_types_costs_nothing() -> Outcome {
    play("trust_typing_401", Setup::default(), async |stage| {
        let Stage { site, browser, .. } = stage;
        stage.provokes("status of 401");
        stage.open("/c/ecl-short/operations").await?;
        stage.sign_in(Account::SHORT).await?;
        stage.list().loaded().await?;
        stage.refresh_every("5 s").await?;
        let query = role("textbox").named("Query");
        browser.click(&query).await?;
        browser.type_text("quo").await?;
        site.demo.advance(150_000);
        // It is read again by itself once the field is quiet: then the form appears, and the caret stays where it is.
        browser.find(&Account::SHORT.form()).await?;
        browser.type_text("ta").await?;
        browser.is_so(&query, "typed to its end", |node| node.value == "quota").await?;
        browser.has_focus(&query).await?;
        let address = browser.address().await?;
        stage.sign_in(Account::SHORT).await?;
        browser.address_is(&address).await?;
        browser.is_so(&query, "kept", |node| node.value == "quota").await.map(drop)
    })
}

#[test]
fn a_dialog_keeps_its_caret_when_the_session_ends_behind_it() -> Outcome {
    play("trust_dialog_401", brisk()?, async |stage| {
        let Stage { site, browser, .. } = stage;
        stage.provokes("status of 401");
        let manager = stage.manager();
        manager.store("hangs", "edge-router-04", "started").await?;
        stage.enter_cloudify("executions/hangs", "shorty").await?;
        stage.detail().loaded().await?;
        stage.refresh_every("5 s").await?;
        stage.arm().await?;
        stage.begin("Set status").await?;
        let asks = question("Set status");
        browser.fill(&words_in("Status", &asks), "failed").await?;
        let error = text_in("Error", &asks);
        browser.fill(&error, "Typed before").await?;
        site.demo.advance(121_000);
        // The page behind the dialog reads on by itself, and meets the end of the session.
        browser.find(&role("form").named("Sign in to Cloudify executions").inside(asks.clone())).await?;
        browser.type_text(" and after").await?;
        browser.is_so(&error, "typed to its end", |node| node.value == "Typed before and after").await?;
        stage.sign_in_to("Cloudify executions", "shorty").await?;
        stage.confirm(&asks, "Set status: 1 execution").await?;
        stage.becomes("hangs", "failed").await?;
        assert_eq!(manager.field("executions/hangs", "error").await?, "Typed before and after");
        Ok(())
    })
}
