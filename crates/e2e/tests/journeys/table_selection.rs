//! Choosing rows: all that match with their exact count, and that filtering, refreshing and sorting leave the choice
//! alone.

use longrun_e2e::pages::LIST;
use longrun_e2e::site::field;
use longrun_e2e::{Find, Key, Outcome, Setup, Stage, play, role};

fn bar() -> Find {
    role("region").named("Selection")
}

async fn says(stage: &Stage, wanted: &str) -> Outcome {
    stage.browser.text_is(&bar(), wanted, |text| text.contains(wanted)).await.map(drop)
}

#[test]
fn all_that_match_are_chosen_and_stay_chosen_whatever_is_typed() -> Outcome {
    play("select_all", Setup::default(), async |stage| {
        let Stage { site, browser, .. } = stage;
        stage.enter(LIST).await?;
        let list = stage.list();
        let truth = site.truth("").await?;
        list.shows(truth.len()).await?;
        stage.refresh_every("Off").await?;
        let failed: Vec<_> =
            truth.iter().filter(|row| field(row, "status").eq_ignore_ascii_case("ERROR")).collect();
        let quota = failed.iter().filter(|row| row.to_string().to_lowercase().contains("quota")).count();
        assert!(quota > 0 && quota < failed.len());
        list.toggle_state("Failed").await?;
        list.shows(failed.len()).await?;
        browser.press('j').await?;
        browser.press('x').await?;
        says(stage, "1 selected").await?;
        // Far more than the window draws, and exactly as many as match.
        browser
            .click(&role("button").named(format!("Select all {} matching", failed.len())).inside(bar()))
            .await?;
        says(stage, &format!("{} selected", failed.len())).await?;
        browser.says("status", &[&format!("{} selected", failed.len())]).await?;
        browser.accessible("all that match are chosen").await?;

        // Sorting and refreshing leave the choice alone.
        list.sort_by("Received").await?;
        list.is("oldest first", |table| table.order("Received") == Some("ascending")).await?;
        let asked = site.lists().len();
        stage.refresh().await?;
        site.read_again(asked).await?;
        says(stage, &format!("{} selected", failed.len())).await?;

        // Typing over the query hides some of them letter by letter, and says how many; nothing is let go.
        let hidden = failed.len() - quota;
        list.query_more("quota").await?;
        says(stage, &format!("{hidden} hidden by the filters")).await?;
        says(stage, &format!("{} selected", failed.len())).await?;
        list.query("state:failed no such words anywhere").await?;
        says(stage, &format!("{} hidden by the filters", failed.len())).await?;
        list.query("state:failed quota").await?;
        says(stage, &format!("{hidden} hidden by the filters")).await?;
        // All that are seen can be taken away and taken in again; those that are hidden stay.
        let all = role("checkbox").named("Select all visible rows");
        browser.click(&all).await?;
        says(stage, &format!("{hidden} selected")).await?;
        browser.click(&role("button").named(format!("Select all {quota} matching")).inside(bar())).await?;
        says(stage, &format!("{} selected", failed.len())).await?;
        list.query("state:failed").await?;
        browser.text_is(&bar(), "that nothing is hidden", |text| !text.contains("hidden")).await?;
        says(stage, &format!("{} selected", failed.len())).await?;
        browser.click(&role("button").named("Clear selection")).await?;
        browser.gone(&bar()).await?;
        list.shows(failed.len()).await?;
        browser.click(&role("heading").named("Operations on ECL demo")).await?;
        browser.press(Key::Home).await?;
        browser.press('x').await?;
        says(stage, "1 selected").await?;
        browser.click(&role("button").named("Clear selection")).await?;
        browser.gone(&bar()).await
    })
}

#[test]
fn rows_chosen_one_by_one_stay_chosen_whatever_is_filtered() -> Outcome {
    play("select_some", Setup::default(), async |stage| {
        let Stage { site, browser, .. } = stage;
        stage.enter(LIST).await?;
        let list = stage.list();
        let truth = site.truth("").await?;
        list.shows(truth.len()).await?;
        stage.refresh_every("Off").await?;
        // By keyboard: a range to the third row, and back by one.
        browser.press('j').await?;
        for key in [Key::Down, Key::Down, Key::Down, Key::Up] {
            browser.press_with(Key::Shift, key).await?;
        }
        says(stage, "3 selected").await?;
        let id = |at: usize| field(&truth[at], "id");
        for at in 0..3 {
            browser
                .is_so(&role("checkbox").named(format!("Select {}", id(at))), "chosen", |node| {
                    node.is("checked")
                })
                .await?;
        }
        browser
            .is_so(&role("checkbox").named(format!("Select {}", id(3))), "free", |node| !node.is("checked"))
            .await?;
        // Hidden by a filter of ours they stay; so they do under another question to the server, where it sends them.
        list.query(id(0)).await?;
        says(stage, "2 hidden by the filters").await?;
        list.query("").await?;
        list.shows(truth.len()).await?;
        let tenant = field(&truth[0], "tenant_id").to_owned();
        let kept = truth[..3].iter().filter(|row| field(row, "tenant_id") == tenant).count();
        browser.choose(&role("combobox").named("Tenant"), &tenant).await?;
        site.asked(&[("tenant_id", &tenant)]).await?;
        says(stage, &format!("{kept} selected")).await?;
        browser
            .is_so(&role("checkbox").named(format!("Select {}", id(0))), "chosen", |node| node.is("checked"))
            .await?;
        // Those of another tenant are not in this answer; with the old question they are there again.
        assert!(kept < 3);
        says(stage, &format!("{} more not in this answer of the server", 3 - kept)).await?;
        let asked = site.lists().len();
        browser.back().await?;
        site.read_again(asked).await?;
        says(stage, "3 selected").await?;
        browser.text_is(&bar(), "that all are there", |text| !text.contains("not in this answer")).await?;
        browser.click(&role("button").named("Clear selection")).await?;
        browser.gone(&bar()).await
    })
}
