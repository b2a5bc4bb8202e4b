//! Failures by cause: on the Now page and for one connection, and the rows that each of them leads to.

use longrun_e2e::pages::LIST;
use longrun_e2e::{Failure, Outcome, Setup, Stage, play, role};

/// Counts and texts of the causes on the screen, with where they lead.
async fn causes(stage: &Stage) -> Outcome<Vec<(usize, String, String)>> {
    const READ: &str = "return [...arguments[0].children].map((one) => [one.firstChild.innerText, one.querySelector('.mono')?.innerText ?? '', one.querySelector('a')?.getAttribute('href') ?? '']);";
    let read = stage.browser.script_on(&role("list").named("Causes of failures"), READ).await?;
    let read: Vec<(String, String, String)> = serde_json::from_value(read)?;
    let number = |text: &str| text.replace(',', "").parse().unwrap_or_default();
    Ok(read.into_iter().map(|(many, text, href)| (number(&many), text, href)).collect())
}

async fn leads_to_its_rows(stage: &Stage, cause: &(usize, String, String)) -> Outcome {
    let (many, text, href) = cause;
    stage.open(href).await?;
    stage.list().shows(*many).await.map_err(|failure| failure.during(text))?;
    let counts = stage.list().counts().await?;
    assert_eq!(counts.get("Failed"), Some(many), "{text}: {counts:?}");
    Ok(())
}

#[test]
fn many_failures_of_a_connection_are_few_causes_which_lead_to_their_rows() -> Outcome {
    play("now_causes", Setup { operations: 2_000, ..Setup::default() }, async |stage| {
        let browser = &stage.browser;
        stage.enter(LIST).await?;
        stage.list().loaded().await?;
        let failed = stage.list().counts().await?.get("Failed").copied().unwrap_or_default();
        stage.open("/c/ecl-demo/failures").await?;
        stage.headed("Failures on ECL demo").await?;
        let all = causes(stage).await?;
        let sum: usize = all.iter().map(|(many, ..)| many).sum();
        assert!(all.len() < 13 && sum + 5 > failed && failed > 100, "{failed} failures are {all:?}");
        let texts: Vec<&str> = all.iter().map(|(_, text, _)| text.as_str()).collect();
        assert!(
            texts
                .iter()
                .any(|text| text
                    .contains("waiting for compute instance <id> to become ACTIVE after <n> seconds")),
            "{texts:?}"
        );
        assert!(all.is_sorted_by(|a, b| a.0 >= b.0), "{all:?}");
        // Ids, numbers and addresses of single failures stand nowhere.
        assert!(texts.iter().all(|text| !text.contains("10.") && !text.contains("hv-jp1")), "{texts:?}");
        for cause in all.iter().filter(|(_, _, href)| !href.is_empty()).take(4) {
            assert!(cause.2.starts_with(&format!("{LIST}?state=failed&q=")), "{}", cause.2);
            leads_to_its_rows(stage, cause).await?;
        }
        // The last day alone.
        stage.open("/c/ecl-demo/failures").await?;
        browser.click(&role("link").named("Last 24 h")).await?;
        browser.address_is("/c/ecl-demo/failures?from=-1d").await?;
        browser
            .text_is(&role("region").named("Why things failed"), "the last day", |text| {
                text.contains("last 24 h")
            })
            .await?;
        Ok(())
    })
}

#[test]
fn causes_of_the_last_day_lead_across_connections() -> Outcome {
    play("now_causes_day", Setup { operations: 2_000, ..Setup::default() }, async |stage| {
        stage.enter(LIST).await?;
        stage.list().loaded().await?;
        stage.enter_cloudify("executions", "admin").await?;
        stage.list().loaded().await?;
        stage.open("/").await?;
        let known =
            |all: &[(usize, String, String)]| all.iter().any(|(_, text, _)| text.starts_with("RuntimeError"));
        let all = longrun_e2e::wait::eventually(async || {
            let all = causes(stage).await?;
            if known(&all) { Ok(all) } else { Err(Failure::new(format!("{all:?}"))) }
        })
        .await?;
        for cause in all.iter().take(2) {
            assert!(cause.2.starts_with("/all?state=failed&q="), "{}", cause.2);
            leads_to_its_rows(stage, cause).await?;
        }
        Ok(())
    })
}
