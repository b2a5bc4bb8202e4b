//! What runs longer than its like is marked, with the figures behind it; never by the server's own state `stuck`.

use longrun_e2e::pages::LIST;
use longrun_e2e::site::field;
use longrun_e2e::{Outcome, Setup, play, role};

#[test]
fn rows_that_run_longer_than_usual_are_marked() -> Outcome {
    // The server's clock stands two hours back: what runs there has run for two hours here.
    let setup = Setup { behind_ms: 2 * 3_600_000, ..Setup::default() };
    play("trust_marks", setup, async |stage| {
        let (site, browser) = (&stage.site, &stage.browser);
        stage.enter(LIST).await?;
        let list = stage.list();
        list.loaded().await?;
        stage.refresh_every("Off").await?;
        let running = site.truth("status=PROCESSING").await?;
        let counts = list.counts().await?;
        list.toggle_state("Running").await?;
        list.shows(counts["Running"]).await?;
        let marked = list
            .is("a marked row", |table| {
                table.column("Operation").iter().any(|text| text.contains("seems stuck"))
            })
            .await?;
        let row = marked
            .rows
            .iter()
            .find(|row| marked.cell(row, "Operation").is_some_and(|text| text.contains("seems stuck")))
            .expect("a marked row")
            .clone();
        // Why stands in its title, and it is the server's own count.
        const TITLES: &str =
            "return [...document.querySelectorAll('tbody .flag[title]')].map((one) => one.title);";
        let titles = browser.script(TITLES, vec![]).await?.to_string();
        assert!(
            titles.contains("Running for ") && titles.contains(" loaded like it took no longer than "),
            "{titles}"
        );
        list.toggle_state("Running").await?;
        // The server's state is its own: where it says stuck, nothing is marked.
        if list.counts().await?["Stuck"] > 0 {
            list.toggle_state("Stuck").await?;
            let stuck = list
                .is("the stuck ones", |table| {
                    !table.rows.is_empty() && table.column("Status").iter().all(|word| word.contains("Stuck"))
                })
                .await?;
            assert!(
                stuck.column("Operation").iter().all(|text| !text.contains("seems stuck")),
                "{}",
                stuck.told()
            );
            list.toggle_state("Stuck").await?;
        }
        // Among all rows it may be out of view.
        list.toggle_state("Running").await?;
        list.shows(counts["Running"]).await?;
        list.open(&row).await?;
        stage.detail().loaded().await?;
        let summary = role("region").named("Summary");
        let says = browser
            .text_is(&summary, "what is usual", |text| {
                text.contains("usually ") && text.contains("seems stuck")
            })
            .await?;
        let id = row.href.rsplit('/').next().unwrap_or_default();
        let one = running.iter().find(|one| field(one, "id") == id).expect("it runs");
        let like = |other: &&serde_json::Value| {
            let done =
                ["COMPLETE", "ERROR"].iter().any(|word| field(other, "status").eq_ignore_ascii_case(word));
            done && ["request_type", "resource_type"]
                .iter()
                .all(|name| field(other, name) == field(one, name))
                && !field(other, "commit_datetime").is_empty()
        };
        let all = site.truth("").await?;
        let sample = all.iter().filter(like).count();
        assert!(says.contains(&format!("from {sample} loaded")), "{sample} of {says}");
        // What has ended is not marked.
        let ended = all.iter().find(|one| field(one, "status") == "COMPLETE").expect("one has ended");
        stage.open(&format!("{LIST}/{}", field(ended, "id"))).await?;
        let text = browser.text_is(&summary, "that it ended", |text| text.contains("took ")).await?;
        assert!(!text.contains("seems stuck") && !text.contains("slow"), "{text}");
        Ok(())
    })
}
