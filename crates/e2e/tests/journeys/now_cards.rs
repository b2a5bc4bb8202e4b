//! The Now page: a card per connection with how true it is, operations over time, and the range chosen by keyboard.

use longrun_e2e::pages::google::GOOGLE;
use longrun_e2e::pages::xiq::XIQ;
use longrun_e2e::pages::{Account, LIST};
use longrun_e2e::site::field;
use longrun_e2e::{Failure, Find, Key, Outcome, Setup, Stage, View, play, role};

/// What stands on a connection's card.
async fn card(stage: &Stage, name: &str, wanted: &str, holds: impl Fn(&str) -> bool) -> Outcome<String> {
    const READ: &str = "return [...document.querySelectorAll('main li')].find((one) => one.querySelector('h3')?.innerText.trim() === arguments[0])?.innerText ?? '';";
    longrun_e2e::wait::eventually(async || {
        let text = stage.browser.script(READ, vec![name.into()]).await?;
        let text = text.as_str().unwrap_or_default().to_owned();
        let what = format!("the card of {name} was to say {wanted}; it says {text:?}");
        if holds(&text) { Ok(text) } else { Err(Failure::new(what)) }
    })
    .await
}

/// A figure on a card that leads to its rows.
fn figure(starts: &str) -> Find {
    role("link").starting(starts).inside(role("region").named("Connections")).first()
}

#[test]
fn every_connection_has_a_card_that_says_how_it_stands() -> Outcome {
    play("now_cards", Setup::default(), async |stage| {
        let Stage { site, browser, .. } = stage;
        stage.provokes("status of 503");
        stage.enter(LIST).await?;
        stage.list().loaded().await?;
        stage.xiq().enter(XIQ).await?;
        for id in ["op-running", "op-failed"] {
            stage.xiq().add(id, "a note").await?;
        }
        stage.list().shows(2).await?;
        stage.google().enter(GOOGLE).await?;
        stage.list().loaded().await?;
        stage.open("/c/cloudify-ops/operations").await?;
        stage.sign_in_to("Cloudify operations", "admin").await?;

        // Going there reads nothing again.
        let asked = site.lists().len();
        browser.click(&stage.rail("Now")).await?;
        stage.headed("Now").await?;
        let truth = site.truth("").await?;
        let stuck = truth.iter().filter(|row| field(row, "status").eq_ignore_ascii_case("stuck")).count();
        let said = card(stage, "ECL demo", "its figures", |text| text.contains("Read ")).await?;
        assert!(said.contains("NTT ECL VNA") && said.contains(&format!("Stuck\n{stuck}")), "{said}");
        assert!(site.lists().len() <= asked + 1, "the list was read again");
        card(stage, "ExtremeCloud IQ", "that it has no list", |text| text.contains("watched IDs only"))
            .await?;
        card(stage, "Google Workload Manager", "that there is more", |text| {
            text.contains("First 50 read ") && text.contains("more on the server")
        })
        .await?;
        card(stage, "Cloudify operations", "why it is not listed", |text| {
            text.contains("Cannot be listed as a whole")
        })
        .await?;
        card(stage, "ECL short tokens", "signed out", |text| text.contains("Signed out")).await?;

        // One fails: its figures stay, with their age, the reason, the next try and a way to try now.
        site.demo.fail_next("503", 50);
        stage.refresh().await?;
        let failing = card(stage, "ECL demo", "old", |text| {
            text.contains(" old, next try in ") && text.contains("503")
        });
        let said = failing.await?;
        assert!(said.contains(&format!("Stuck\n{stuck}")), "{said}");
        site.demo.stop_failing();
        browser.click(&role("button").named("Try again: ECL demo")).await?;
        card(stage, "ECL demo", "fresh again", |text| text.contains("Read ") && !text.contains("503"))
            .await?;

        // A figure leads to its rows; the list is there at once.
        browser.click(&figure(&format!("Stuck {stuck}"))).await?;
        browser.address_is(&format!("{LIST}?state=stuck")).await?;
        stage.list().shows(stuck).await?;
        browser.back().await?;
        stage.headed("Now").await?;

        // A card leads to where one signs in.
        browser.click(&role("link").named("Sign in: ECL short tokens")).await?;
        browser.find(&Account::SHORT.form()).await?;
        Ok(())
    })
}

/// How many operations the line above the picture speaks of.
async fn began(stage: &Stage) -> Outcome<usize> {
    let figure = role("figure").first();
    let text =
        stage.browser.text_is(&figure, "how many began", |text| text.contains(" operations began")).await?;
    let before = text.split(" operations began").next().unwrap_or_default();
    let number = before.rsplit(' ').next().unwrap_or_default().rsplit('\n').next().unwrap_or_default();
    number.replace(',', "").parse().map_err(|_| Failure::new(format!("no number of operations in {text}")))
}

#[test]
fn a_range_is_chosen_by_keyboard_and_leads_to_its_rows() -> Outcome {
    play("now_range", Setup { operations: 2_000, ..Setup::default() }, async |stage| {
        let browser = &stage.browser;
        stage.enter(LIST).await?;
        stage.list().loaded().await?;
        stage.open("/").await?;
        let whole = began(stage).await?;
        assert!(whole > 20, "{whole}");
        stage.refresh_every("Off").await?;
        let from = role("slider").named("From");
        browser.script_on(&from, "arguments[0].focus();").await?;
        let before = browser.find(&from).await?.value;
        browser.press(Key::Right).await?;
        browser.press(Key::Right).await?;
        browser.is_so(&from, "moved", |node| node.value != before).await?;
        browser.script_on(&role("slider").named("To"), "arguments[0].focus();").await?;
        for _ in 0..3 {
            browser.press(Key::Left).await?;
        }
        let part = began(stage).await?;
        assert!(part < whole && part > 0, "{part} of {whole}");

        // The count of each state in the range is a link to exactly these rows.
        let shown = role("list").named("Show the operations of this range");
        let link = role("link").starting("Succeeded ").inside(shown.clone());
        let many = browser.find(&link).await?.name;
        let many: usize = many.rsplit(' ').next().and_then(|n| n.replace(',', "").parse().ok()).expect(&many);
        browser.click(&link).await?;
        let address = browser
            .address_fits("a range", |now| {
                now.starts_with("/all?state=succeeded&from=2") && now.contains("&to=2")
            })
            .await?;
        stage.list().shows(many).await?;
        browser.back().await?;
        stage.headed("Now").await?;
        assert_eq!(began(stage).await?, whole, "{address}");
        Ok(())
    })
}

#[test]
fn the_picture_is_there_as_a_table() -> Outcome {
    play("now_table", Setup::default(), async |stage| {
        let browser = &stage.browser;
        stage.enter(LIST).await?;
        stage.list().loaded().await?;
        stage.open("/").await?;
        let whole = began(stage).await?;
        browser.script("document.querySelector('main details summary').click();", vec![]).await?;
        let table = role("table").named("Operations by the time when they began");
        browser.find(&table).await?;
        const SUM: &str = "return [...arguments[0].querySelectorAll('tbody td')].reduce((sum, cell) => sum + Number(cell.innerText.replace(',', '')), 0);";
        let sum = browser.script_on(&table, SUM).await?;
        assert_eq!(sum.as_u64().and_then(|sum| usize::try_from(sum).ok()), Some(whole));
        Ok(())
    })
}

#[test]
fn the_pages_across_connections_are_accessible() -> Outcome {
    play("now_axe", Setup::default(), async |stage| {
        let Stage { site, browser, .. } = stage;
        stage.provokes("status of 503");
        let mut found = Vec::new();
        stage.enter(LIST).await?;
        stage.list().loaded().await?;
        stage.google().enter(GOOGLE).await?;
        stage.list().loaded().await?;
        for (path, failing) in [("/", false), ("/", true), ("/all", true), ("/c/ecl-demo/failures", false)] {
            stage.open(path).await?;
            browser.find(&stage.heading()).await?;
            if failing {
                browser
                    .is_so(&role("status").named("Data age"), "read", |node| !node.name.is_empty())
                    .await?;
                longrun_e2e::wait::eventually(async || {
                    let age = stage.age().await?;
                    if age.contains("now") || age.contains("ago") { Ok(()) } else { Err(Failure::new(age)) }
                })
                .await?;
                site.demo.fail_next("503", 50);
                stage.refresh().await?;
                browser.find(&role("button").starting("Try again: ").first()).await?;
            }
            for view in [View::WIDE, View::NARROW] {
                browser.look(view).await?;
                let place = format!("{path}, failing: {failing}, {} wide", view.width);
                if let Err(failure) = browser.accessible(&place).await {
                    found.push(failure.to_string());
                }
                const WIDE: &str = "return document.scrollingElement.scrollWidth <= innerWidth;";
                if browser.script(WIDE, vec![]).await? != true {
                    found.push(format!("{path} scrolls sideways at {}", view.width));
                }
            }
            site.demo.stop_failing();
        }
        if found.is_empty() { Ok(()) } else { Err(Failure::new(found.join("\n"))) }
    })
}
