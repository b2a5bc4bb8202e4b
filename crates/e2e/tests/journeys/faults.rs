//! The server fails after it was well: the last good rows stay, with their age, the reason and the next try.

use longrun_e2e::pages::{Account, LIST, Table};
use longrun_e2e::{Failure, Outcome, Setup, Stage, play, role};

/// A fault, what the banner must say of it, and what the browser's console says by itself.
struct Case {
    fault: &'static str,
    says: &'static [&'static str],
    console: Option<&'static str>,
}

const fn case(fault: &'static str, says: &'static [&'static str], console: Option<&'static str>) -> Case {
    Case { fault, says, console }
}

const CASES: [Case; 9] = [
    case("429", &["429", "Rate limit quota violation"], Some("status of 429")),
    case("500", &["500", "Internal Server Error"], Some("status of 500")),
    case("503", &["503", "The service is under maintenance"], Some("status of 503")),
    case("html", &["502"], Some("status of 502")),
    case("drop", &["The answer broke off"], Some("net::ERR_")),
    case("truncated", &["The answer could not be read"], None),
    case("not-json", &["The answer could not be read"], None),
    case("no-operations", &["The answer could not be read", "no list of rows"], None),
    case("body-both", &["500", "Database connection lost"], Some("status of 500")),
];

async fn stale(stage: &Stage, says: &[&str]) -> Outcome<String> {
    let parts: Vec<&str> = ["Showing data from ", " old."].iter().chain(says).copied().collect();
    stage.browser.says("alert", &parts).await
}

async fn not_stale(stage: &Stage) -> Outcome {
    longrun_e2e::wait::eventually(async || {
        for node in stage.browser.all(&role("alert")).await? {
            let text = stage.browser.element(&node).await?.text().await?;
            if text.contains("Showing data from") {
                return Err(Failure::new(format!("still stale: {text}")));
            }
        }
        Ok(())
    })
    .await
}

#[test]
fn a_fault_leaves_the_last_good_data() -> Outcome {
    play("faults", Setup::default(), async |stage| {
        let Stage { site, browser, .. } = stage;
        stage.enter(LIST).await?;
        let list = stage.list();
        let before = list.loaded().await?;
        let (shown, of) = list.shown().await?;
        stage.refresh_every("15 s").await?;
        for Case { fault, says, console } in CASES {
            console.iter().for_each(|part| stage.provokes(part));
            assert!(site.demo.fail_next(fault, 50), "{fault} is a fault of the demo");
            stage.refresh().await?;
            let text = stale(stage, says).await.map_err(|failure| failure.during(fault))?;
            assert!(text.contains("Next try in "), "{fault}: {text}");
            let after = list.loaded().await?;
            // The banner takes room from the last rows on the page, and times go on.
            let kept = after.links();
            assert!(kept.len() > 5 && before.links().starts_with(&kept), "{fault} took rows away: {kept:?}");
            let words = |table: &Table| {
                kept.iter().zip(table.column("Status")).map(|(_, word)| word.to_owned()).collect::<Vec<_>>()
            };
            assert_eq!(words(&after), words(&before), "{fault} changed rows");
            assert_eq!(list.shown().await?, (shown, of), "{fault} changed the count");
            assert!(stage.age().await?.contains("old"), "{fault}: the bar does not say how old");
            // The age goes on while it lasts.
            browser.says("alert", &["Showing data from"]).await?;
            longrun_e2e::wait::eventually(async || {
                let later = stale(stage, says).await?;
                if later == text {
                    Err(Failure::new(format!("{fault}: neither age nor next try moved")))
                } else {
                    Ok(())
                }
            })
            .await?;
            site.demo.stop_failing();
            browser.click(&role("button").named("Try now")).await?;
            not_stale(stage).await.map_err(|failure| failure.during(fault))?;
            list.is("the same rows", |table| table.rows.len() == before.rows.len()).await?;
        }
        Ok(())
    })
}

#[test]
fn retry_after_is_obeyed_and_the_answer_can_be_read() -> Outcome {
    play("retry_after", Setup::default(), async |stage| {
        let Stage { site, browser, .. } = stage;
        stage.provokes("status of 429");
        stage.enter(LIST).await?;
        stage.list().loaded().await?;
        stage.refresh_every("5 s").await?;
        site.demo.fail_next("429", 1);
        stage.refresh().await?;
        let text = stale(stage, &["429"]).await?;
        // The server asked for seven seconds, more than the chosen five.
        let next = text
            .split_once("Next try in ")
            .and_then(|(_, rest)| rest.split_once('s'))
            .map(|(n, _)| n.to_owned());
        let next: u64 = next.and_then(|n| n.parse().ok()).expect("seconds");
        assert!((5..=15).contains(&next), "{text}");
        browser.click(&role("button").named("Show the answer")).await?;
        let dialog = role("dialog").named("What the server answered");
        let said = browser.text(&dialog).await?;
        assert!(
            said.contains("429") && said.contains("7 s") && said.contains("Rate limit quota violation"),
            "{said}"
        );
        browser.press(longrun_e2e::Key::Escape).await?;
        browser.gone(&dialog).await?;
        browser.has_focus(&role("button").named("Show the answer")).await?;
        // It comes right without anybody doing anything.
        let asked = site.lists().len();
        longrun_e2e::wait::within(std::time::Duration::from_secs(20), async || {
            if site.lists().len() > asked { Ok(()) } else { Err(Failure::new("it was not tried again")) }
        })
        .await?;
        not_stale(stage).await
    })
}

#[test]
fn a_slow_answer_leaves_everything_usable() -> Outcome {
    play("slow", Setup::default(), async |stage| {
        let Stage { site, browser, .. } = stage;
        stage.enter(LIST).await?;
        let list = stage.list();
        let before = list.loaded().await?;
        let (_, of) = list.shown().await?;
        site.demo.fail_next("slow-3", 1);
        let answered = site.lists().iter().filter(|one| one.status.is_some()).count();
        stage.refresh().await?;
        // Under way, and the rows can be filtered meanwhile.
        let failed = list.counts().await?["Failed"];
        list.toggle_state("Failed").await?;
        list.shows(failed).await?;
        list.toggle_state("Failed").await?;
        list.shows(of).await?;
        assert_eq!(list.loaded().await?.rows.len(), before.rows.len());
        assert_eq!(
            site.lists().iter().filter(|one| one.status.is_some()).count(),
            answered,
            "it is still under way"
        );
        site.read_again(answered).await?;
        not_stale(stage).await?;
        browser
            .text_is(&role("status").named("Data age"), "fresh", |text| !text.contains("old"))
            .await
            .map(drop)
    })
}

#[test]
fn an_ended_session_is_renewed_in_place() -> Outcome {
    play("session_ended", Setup::default(), async |stage| {
        let Stage { site, browser, .. } = stage;
        stage.provokes("status of 401");
        stage.enter(LIST).await?;
        let list = stage.list();
        let (_, of) = list.shown().await?;
        list.loaded().await?;
        stage.refresh_every("Off").await?;
        list.toggle_state("Failed").await?;
        list.query("quota").await?;
        let (shown, _) = list.shown().await?;
        let rows = list.loaded().await?;
        let address = browser.address().await?;
        site.demo.fail_next("401", 1);
        // By key, from the field that is being typed in, the focus would be lost: by the button.
        stage.refresh().await?;
        browser.find(&Account::ALL.form()).await?;
        let kept = list.loaded().await?;
        assert!(rows.links().starts_with(&kept.links()), "the rows stay while signed out");
        assert_eq!(kept.count, rows.count);
        assert_eq!(browser.find(&role("textbox").named("Query")).await?.value, "quota");
        // A wrong secret says so and keeps the key.
        stage.sign_in_with(Account::ALL, "WRONG").await?;
        browser.says("alert", &["The key, the secret or the project is wrong", "401"]).await?;
        let key = role("textbox").starting("API key").inside(Account::ALL.form());
        assert_eq!(browser.find(&key).await?.value, "APIKEY");
        let answered = site.lists().len();
        stage.sign_in(Account::ALL).await?;
        site.read_again(answered).await?;
        assert_eq!(list.shows(shown).await?, of);
        assert_eq!(browser.find(&role("textbox").named("Query")).await?.value, "quota");
        browser.address_is(&address).await
    })
}

#[test]
fn tokens_that_die_are_noticed() -> Outcome {
    let setup = Setup { behind_ms: 0, ..Setup::default() };
    play("short_tokens", setup, async |stage| {
        let Stage { site, browser, .. } = stage;
        stage.provokes("status of 401");
        stage.open("/c/ecl-short/operations").await?;
        stage.sign_in(Account::SHORT).await?;
        let list = stage.list();
        let count = list.loaded().await?.count;
        // The server's clock goes on by more than the token's two minutes.
        site.demo.advance(150_000);
        stage.refresh().await?;
        browser.find(&Account::SHORT.form()).await?;
        assert_eq!(list.loaded().await?.count, count);
        stage.sign_in(Account::SHORT).await?;
        list.loaded().await.map(drop)
    })
}

#[test]
fn a_list_that_never_came_says_why_and_comes_later() -> Outcome {
    play("first_failure", Setup::default(), async |stage| {
        let Stage { site, browser, .. } = stage;
        stage.provokes("status of 503");
        site.demo.fail_next("503", 50);
        stage.enter(LIST).await?;
        let said =
            browser.says("alert", &["The operations could not be read", "503", "under maintenance"]).await?;
        assert!(said.contains("Next try in "), "{said}");
        site.demo.stop_failing();
        browser.click(&role("button").named("Try again")).await?;
        stage.list().loaded().await.map(drop)
    })
}

#[test]
fn an_operation_on_the_screen_survives_a_fault() -> Outcome {
    play("detail_fault", Setup::default(), async |stage| {
        let Stage { site, browser, .. } = stage;
        stage.provokes("status of 500");
        stage.provokes("status of 404");
        stage.enter(LIST).await?;
        let table = stage.list().loaded().await?;
        stage.list().open(&table.rows[0]).await?;
        let detail = stage.detail();
        detail.loaded().await?;
        site.demo.fail_next("500", 50);
        stage.refresh().await?;
        stale(stage, &["500", "Internal Server Error"]).await?;
        detail.loaded().await?;
        site.demo.stop_failing();
        browser.click(&role("button").named("Try now")).await?;
        not_stale(stage).await?;

        stage.open(&format!("{LIST}/00000000-0000-4000-8000-000000000000")).await?;
        browser.says("alert", &["could not be read", "404", "Not Found"]).await.map(drop)
    })
}
