//! Request bodies that are large, deep, text in text, or no JSON at all.

use std::time::Duration;

use longrun_e2e::pages::{Detail, LIST};
use longrun_e2e::{Outcome, Setup, Stage, play, role};

const TEXT_IN_TEXT: &str = "0dd0c0de-0000-4000-8000-00000000000f";
const NOT_JSON: &str = "0dd0c0de-0000-4000-8000-000000000006";
const EXACT: &str = "0dd0c0de-0000-4000-8000-000000000008";

async fn opens(stage: &Stage, id: &str) -> Outcome {
    stage.open(&format!("{LIST}/{id}")).await?;
    stage.detail().loaded().await
}

#[test]
fn five_megabytes_are_guarded_and_opened_on_demand() -> Outcome {
    play("five_megabytes", Setup::default(), async |stage| {
        let Stage { browser, .. } = stage;
        stage.enter(&format!("{LIST}?request_id=fault-5mb")).await?;
        let table = stage.list().loaded().await?;
        stage.list().open(&table.rows[0]).await?;
        stage.detail().loaded().await?;
        let says = stage.detail().says().await?;
        assert!(says.contains("MB") && says.len() < 200_000, "{} characters are on the page", says.len());
        assert_eq!(browser.all(&Detail::tree()).await?.len(), 0, "no tree unasked");
        browser.find(&role("button").named("Download, masked").first()).await?;
        browser.click(&role("button").starting("Open as a tree")).await?;
        longrun_e2e::wait::within(Duration::from_secs(20), async || browser.one(&Detail::tree()).await)
            .await?;
        browser.click(&role("button").named("Unfold all")).await?;
        // However many values there are, only those in view are on the page.
        let drawn =
            browser.script("return document.querySelectorAll('[role=treeitem]').length;", vec![]).await?;
        assert!(
            drawn.as_u64().is_some_and(|drawn| (1..500).contains(&drawn)),
            "{drawn} lines are on the page"
        );
        browser.fill(&role("searchbox").named("Find in request body"), "address-049999").await?;
        browser.says("status", &["1 of "]).await?;
        browser.text_is(&Detail::tree(), "the match", |text| text.contains("address-049999")).await.map(drop)
    })
}

#[test]
fn ten_thousand_levels_open_without_a_stack() -> Outcome {
    play("ten_thousand_levels", Setup::default(), async |stage| {
        let Stage { browser, .. } = stage;
        stage.enter(&format!("{LIST}?request_id=fault-deep")).await?;
        let table = stage.list().loaded().await?;
        stage.list().open(&table.rows[0]).await?;
        browser.find(&Detail::tree()).await?;
        browser.click(&role("button").named("Unfold all")).await?;
        browser.fill(&role("searchbox").named("Find in request body"), "null").await?;
        browser.says("status", &["1 of "]).await?;
        browser.text_is(&Detail::tree(), "the innermost", |text| text.contains("null")).await?;
        stage.detail().open_tab("Raw").await?;
        browser.find(&role("tree").named("Raw answer")).await?;
        browser.click(&role("button").named("Fold all")).await?;
        browser.back().await?;
        stage.detail().loaded().await
    })
}

#[test]
fn text_in_text_is_unpacked_and_what_is_no_json_is_shown() -> Outcome {
    play("bodies_as_text", Setup::default(), async |stage| {
        let Stage { browser, .. } = stage;
        stage.enter(&format!("{LIST}/{TEXT_IN_TEXT}")).await?;
        stage.detail().loaded().await?;
        browser.text_is(&Detail::tree(), "the body inside the text", |text| text.contains("os-stop")).await?;
        opens(stage, NOT_JSON).await?;
        browser
            .text_is(&Detail::region(), "the text", |text| text.contains("this is text, {not JSON"))
            .await?;
        opens(stage, EXACT).await?;
        let tree = browser
            .text_is(&Detail::tree(), "exact numbers", |text| text.contains("123456789012345678901234567890"))
            .await?;
        for exact in ["0.10", "1E400", "-0"] {
            assert!(tree.contains(exact), "{exact} is not in {tree}");
        }
        assert!(!tree.contains("hunter2"), "a password stands on the page");
        browser.click(&role("button").named("Unfold all")).await?;
        let tree =
            browser.text_is(&Detail::tree(), "all levels", |text| text.contains("api_secret_key")).await?;
        assert!(!tree.contains("s3cr3t") && !tree.contains("BEGIN PRIVATE KEY"), "{tree}");
        assert_eq!(tree.matches("twice").count(), 2, "a key that comes twice is shown twice: {tree}");
        // Neither the raw answer nor the list shows it.
        stage.detail().open_tab("Raw").await?;
        browser.click(&role("button").named("Unfold all")).await?;
        let raw = browser
            .text_is(&role("tree").named("Raw answer"), "all levels", |text| text.contains("api_secret_key"))
            .await?;
        assert!(!raw.contains("hunter2") && !raw.contains("s3cr3t"), "{raw}");
        Ok(())
    })
}
