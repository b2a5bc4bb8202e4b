//! The hourly budget of a connection: it rules over the pace, says so, and is never exceeded but by hand.

use longrun_demo::server;
use longrun_e2e::pages::LIST;
use longrun_e2e::{Outcome, Setup, play, role};
use serde_json::Value;

fn with_budget(per_hour: u32) -> Outcome<Setup> {
    let mut config: Value = serde_json::from_str(&server::config_json())?;
    let connections = config.get_mut("connections").and_then(Value::as_array_mut);
    for connection in connections.into_iter().flatten().filter_map(Value::as_object_mut) {
        connection.insert("requests_per_hour".to_owned(), per_hour.into());
    }
    Ok(Setup { config_json: Some(config.to_string()), ..Setup::default() })
}

#[test]
fn the_budget_rules_over_the_pace_and_says_so() -> Outcome {
    play("trust_budget", with_budget(40)?, async |stage| {
        let (site, browser) = (&stage.site, &stage.browser);
        stage.enter(LIST).await?;
        let list = stage.list();
        let table = list.loaded().await?;
        stage.refresh_every("5 s").await?;
        // Two may leave at once: reading the filters' values may be one of them, the list is.
        let says = stage.waits_because("paced by the hourly budget of 40 requests: next in ").await?;
        browser.text_is(&longrun_e2e::Stage::waits(), "a later figure", |text| text != says).await?;
        let asked = site.lists().len();
        stage.grows_old(8, async || Ok(())).await?;
        assert_eq!(site.lists().len(), asked, "it was asked more often than the budget allows");
        // By hand it works, and counts. Another page of the same connection has the same budget.
        stage.refresh().await?;
        site.read_again(asked).await?;
        stage.waits_because("paced by the hourly budget of 40 requests: next in ").await?;
        list.open(&table.rows[0]).await?;
        stage.detail().loaded().await?;
        stage.refresh_every("5 s").await?;
        stage.waits_because("paced by the hourly budget of 40 requests: next in ").await?;
        let all = site.requests().iter().filter(|one| one.path.contains("/operations")).count();
        assert!(all <= 6, "{all} requests");
        browser.find(&role("button").named("Refresh now")).await.map(drop)
    })
}
