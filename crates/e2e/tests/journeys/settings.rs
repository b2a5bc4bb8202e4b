//! What the user of this browser prefers: zone, style of times, and forgetting all of it. And the ways to go straight
//! to something.

use longrun_e2e::pages::{Account, LIST};
use longrun_e2e::site::field;
use longrun_e2e::{Find, Key, Outcome, Setup, Stage, play, role};

fn choice(name: &'static str) -> Find {
    role("radio").starting(name).inside(role("main"))
}

#[test]
fn zone_and_times_are_chosen_and_stay() -> Outcome {
    play("zone_and_times", Setup::default(), async |stage| {
        let Stage { site, browser, .. } = stage;
        stage.enter(LIST).await?;
        let list = stage.list();
        let table = list.loaded().await?;
        // The browser stands in Tokyo.
        assert!(table.heads.iter().any(|head| head.text == "Received JST"), "{:?}", table.heads);
        assert!(
            table.column("Received").iter().all(|cell| cell.ends_with(" ago") || *cell == "just now"),
            "{}",
            table.told()
        );
        browser.click(&stage.rail("Settings")).await?;
        browser.click(&choice("UTC")).await?;
        browser.click(&choice("Exact")).await?;
        browser.click(&stage.rail("ECL demo")).await?;
        let truth = site.truth("").await?;
        let received = field(&truth[0], "reception_datetime").to_owned();
        let in_utc = |table: &longrun_e2e::pages::Table| {
            table.heads.iter().any(|head| head.text == "Received UTC")
                && table.column("Received").first() == Some(&received.as_str())
        };
        list.is("exact times in UTC", in_utc).await?;
        stage.reload().await?;
        list.is("exact times in UTC", in_utc).await?;
        list.open(&list.loaded().await?.rows[0]).await?;
        browser
            .text_is(&role("region").named("Summary"), "UTC", |text| {
                text.contains(&received) && text.contains("UTC")
            })
            .await
            .map(drop)
    })
}

#[test]
fn everything_kept_can_be_removed() -> Outcome {
    play("wipe", Setup::default(), async |stage| {
        let Stage { browser, .. } = stage;
        stage.enter(LIST).await?;
        stage.list().loaded().await?;
        browser.press('t').await?;
        browser.find(&role("button").named("Theme: light")).await?;
        browser.click(&stage.rail("Settings")).await?;
        browser.text_is(&role("main"), "how much is kept", |text| text.contains(" entries, ")).await?;
        browser.click(&role("button").starting("Remove everything kept here")).await?;
        browser.has_focus(&role("button").named("Keep it")).await?;
        browser.click(&role("button").named("Remove it and sign out everywhere")).await?;
        browser.says("status", &["entries removed"]).await?;
        browser.find(&role("button").named("Theme: follows the system")).await?;
        const LEFT: &str = "return Object.keys(localStorage).concat(Object.keys(sessionStorage)).filter((key) => key.includes('session') || key.includes('connections'));";
        let left = browser.script(LEFT, vec![]).await?;
        assert_eq!(left.as_array().map(Vec::len), Some(0), "{left}");
        browser.click(&stage.rail("ECL demo")).await?;
        browser.find(&Account::ALL.form()).await.map(drop)
    })
}

#[test]
fn the_search_box_takes_ids_and_addresses() -> Outcome {
    play("search_box", Setup::default(), async |stage| {
        let Stage { site, browser, .. } = stage;
        stage.provokes("status of 404");
        stage.enter(LIST).await?;
        stage.list().loaded().await?;
        let truth = site.truth("").await?;
        // One far down, and on a page without a list.
        let id = field(&truth[truth.len() - 7], "id");
        let box_ = role("searchbox").named("Find an operation");
        browser.click(&stage.rail("Settings")).await?;
        stage.headed("Settings").await?;
        browser.fill(&box_, &format!("  {id} ")).await?;
        browser.press(Key::Enter).await?;
        browser.address_is(&format!("{LIST}/{id}")).await?;
        stage.detail().loaded().await?;
        browser.fill(&box_, &site.url(&format!("{LIST}?state=failed&q=quota"))).await?;
        browser.press(Key::Enter).await?;
        browser.address_is(&format!("{LIST}?state=failed&q=quota")).await?;
        stage.list().loaded().await?;
        browser.fill(&box_, "no such id / at all?").await?;
        browser.press(Key::Enter).await?;
        browser.says("alert", &["could not be read", "404"]).await.map(drop)
    })
}

#[test]
fn an_appliance_has_a_page_of_its_own() -> Outcome {
    play("appliance", Setup::default(), async |stage| {
        let Stage { site, browser, .. } = stage;
        let truth = site.truth("").await?;
        let (id, resource) = (field(&truth[3], "id").to_owned(), field(&truth[3], "resource_id").to_owned());
        stage.enter(&format!("{LIST}/{id}")).await?;
        stage.detail().loaded().await?;
        browser.click(&role("link").named(&resource)).await?;
        browser
            .address_fits("the appliance's", |now| {
                now.starts_with("/c/ecl-demo/resource/") && now.ends_with(&resource)
            })
            .await?;
        site.asked(&[("resource_id", &resource)]).await?;
        let rows = role("row").inside(role("table").named("History"));
        let wanted = site.truth(&format!("resource_id={resource}")).await?.len() + 1;
        longrun_e2e::wait::eventually(async || {
            let found = browser.all(&rows).await?.len();
            if found == wanted {
                Ok(())
            } else {
                Err(longrun_e2e::Failure::new(format!("{wanted} rows were to be there, not {found}")))
            }
        })
        .await?;
        browser.accessible("the appliance's page").await?;
        stage.reload().await?;
        browser.find(&role("table").named("History")).await.map(drop)
    })
}
