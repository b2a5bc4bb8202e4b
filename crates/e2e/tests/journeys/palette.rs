//! The box at the top: it takes anything, offers what it may mean, and everything that can be done on the screen.

use longrun_e2e::pages::{LIST, Palette};
use longrun_e2e::{Failure, Key, Outcome, Scheme, Setup, Stage, View, play, role};

const SECRET: &str = "s3cretT0kenOfSomebody42";

/// What must not be anywhere on the page, in its address, or in what the browser keeps.
async fn is_nowhere(stage: &Stage, secret: &str) -> Outcome {
    const SEEN: &str = "return [document.documentElement.outerHTML, ...[...document.querySelectorAll('input, textarea')].map((one) => one.value),
        location.href, JSON.stringify(localStorage), JSON.stringify(sessionStorage), JSON.stringify(history.state)].join('\\n');";
    let seen = stage.browser.script(SEEN, vec![]).await?;
    assert!(!seen.as_str().unwrap_or_default().contains(secret), "a secret that was pasted is still there");
    assert!(!stage.site.log().contains(secret), "a secret that was pasted was sent");
    Ok(())
}

fn text(row: &serde_json::Value, name: &str) -> String {
    row[name].as_str().expect("a text").to_owned()
}

#[test]
fn whatever_holds_an_operation_leads_to_it_and_its_secrets_go_nowhere() -> Outcome {
    play("palette_paste", Setup::default(), async |stage| {
        let Stage { site, browser, .. } = stage;
        stage.enter(LIST).await?;
        stage.list().loaded().await?;
        let truth = site.truth("").await?;
        let id = text(&truth[60], "id");
        let api = site.url("/ecl/virtual-network-appliance/v1.0/operations");
        let palette = stage.palette();
        let here = format!("{LIST}/{id}");
        let body = serde_json::to_string(&serde_json::json!({ "operation": truth[60], "token": SECRET }))?;
        for pasted in [
            format!(
                "curl -sS '{api}/{id}' \\\n  -H 'X-Auth-Token: {SECRET}' -d '{{\"password\":\"{SECRET}\"}}'"
            ),
            format!(
                "curl -u admin:{SECRET} https://u:{SECRET}@ecl.example/v1.0/operations/{id}?access_token={SECRET}"
            ),
            body,
            format!("HTTP/1.1 202 Accepted\r\nX-Auth-Token: {SECRET}\r\nLocation: {api}/{id}\r\n"),
            format!("{api}?id={id}"),
            format!("{api}/{id}?api_key={SECRET}"),
        ] {
            browser.press('/').await?;
            browser.has_focus(&Palette::find()).await?;
            palette.paste(&pasted).await?;
            palette.offers(&["on ECL demo"]).await?;
            is_nowhere(stage, SECRET).await?;
            browser.press(Key::Enter).await?;
            browser.address_is(&here).await?;
            stage.detail().loaded().await?;
            is_nowhere(stage, SECRET).await?;
            browser.press(Key::Escape).await?;
            browser.address_is(LIST).await?;
            stage.list().loaded().await?;
        }

        // A list with its filters, and what an error says of its request.
        browser.press('/').await?;
        palette.paste(&format!("curl '{api}?status=ERROR&no_deleted=true&x_token={SECRET}'")).await?;
        palette.chosen(&["Operations on ECL demo, filtered"]).await?;
        browser.press(Key::Enter).await?;
        browser.address_is(&format!("{LIST}?status=ERROR&no_deleted=true")).await?;
        site.asked(&[("status", "ERROR"), ("no_deleted", "true")]).await?;
        browser.press('/').await?;
        palette.paste("{\"cause\":\"quota\",\"request_id\":\"r-7\"}").await?;
        palette.chosen(&["Operations on ECL demo, filtered"]).await?;
        browser.press(Key::Enter).await?;
        browser.address_is(&format!("{LIST}?request_id=r-7")).await?;

        // Other APIs, by the form of what was pasted.
        for (pasted, offered, address) in [
            (
                "https://m.example/api/v3.1/executions/e-1",
                "Execution e-1 on Cloudify executions",
                "/c/cloudify/executions/e-1",
            ),
            (
                "https://api.extremecloudiq.com/operations/op-failed",
                "on ExtremeCloud IQ",
                "/c/xiq/operations/op-failed",
            ),
            (
                "projects/demo/locations/us-central1/operations/op",
                "on Google Workload Manager",
                "/c/google/operations/projects%2Fdemo%2Flocations%2Fus-central1%2Foperations%2Fop",
            ),
            (
                "https://elsewhere.example/longrun/c/xiq/operations/op-failed",
                "Go to",
                "/c/xiq/operations/op-failed",
            ),
        ] {
            browser.fill(&Palette::find(), pasted).await?;
            palette.chosen(&[offered]).await?;
            browser.press(Key::Enter).await?;
            browser.address_is(address).await?;
        }
        // Something that names nothing says so.
        browser.press_with(Key::Control, 'k').await?;
        browser.has_focus(&Palette::find()).await?;
        palette.paste(&format!("curl -H 'Authorization: Bearer {SECRET}'")).await?;
        browser
            .text_is(&role("search"), "nothing", |text| text.contains("Nothing in it names an operation."))
            .await?;
        is_nowhere(stage, SECRET).await
    })
}

#[test]
fn an_id_that_may_be_anywhere_is_looked_for_everywhere_with_one_request_each() -> Outcome {
    play("palette_everywhere", Setup::default(), async |stage| {
        let Stage { site, browser, .. } = stage;
        stage.provokes("status of 404");
        stage.enter_cloudify("executions", "admin").await?;
        stage.list().loaded().await?;
        stage.enter(LIST).await?;
        stage.list().loaded().await?;
        stage.refresh_every("Off").await?;
        let palette = stage.palette();
        let id = "0dd0c0de-1111-4000-8000-00000000beef";
        stage.manager().store(id, "edge-router-04", "terminated").await?;
        browser.fill(&Palette::find(), id).await?;
        // Offered for each connection whose ids look so, the one on the screen first.
        palette.chosen(&["Operation", "on ECL demo"]).await?;
        palette.offers(&["Execution", "on Cloudify executions"]).await?;
        palette.offers(&["Operation", "on Cloudify operations"]).await?;
        let asked = site.requests().len();
        browser.click(&Palette::option("Look on every connection")).await?;
        palette.offers(&["on Cloudify executions", "Found."]).await?;
        palette.offers(&["on ECL demo", "It is not there."]).await?;
        let sent: Vec<String> = site.requests()[asked..].iter().map(|request| request.path.clone()).collect();
        assert_eq!(
            sent.iter().filter(|path| path.ends_with(id)).count(),
            2,
            "one each of those signed in to: {sent:?}"
        );
        browser.click(&role("option").having("Found.")).await?;
        browser.address_is(&format!("/c/cloudify/executions/{id}")).await?;
        stage.detail().loaded().await
    })
}

#[test]
fn everything_on_the_screen_can_be_done_from_the_box() -> Outcome {
    play("palette_commands", Setup::default(), async |stage| {
        let Stage { site, browser, .. } = stage;
        let palette = stage.palette();
        stage.manager().store("pal-1", "edge-router-04", "started").await?;
        stage.enter_cloudify("executions?deployment_id=edge-router-04", "admin").await?;
        let table = stage.list().loaded().await?;
        let press = async |keys: &str| {
            browser.press_with(Key::Control, 'k').await?;
            browser.has_focus(&Palette::find()).await?;
            browser.type_text(keys).await
        };
        // Pages, actions of the page, and why one is off.
        press("").await?;
        for offered in [
            "Refresh now",
            "Theme: follows the system",
            "Copy link",
            "Columns…",
            "Arm for 15 minutes",
            "Executions on Cloudify executions",
            "Settings",
        ] {
            palette.offers(&[offered]).await?;
        }
        browser.press(Key::Escape).await?;
        press(">start").await?;
        palette.chosen(&["Start execution"]).await?;
        let off = palette.all().await?;
        assert!(off.iter().any(|name| name.contains("Arm")), "the reason is told: {off:?}");
        browser.press(Key::Enter).await?;
        assert!(browser.address().await?.starts_with("/c/cloudify/executions?"), "what is off does nothing");
        browser.press(Key::Escape).await?;
        browser.press(Key::Escape).await?;
        browser.gone(&Palette::list()).await?;

        // What can be done with the rows that are chosen.
        browser.type_text("jx").await?;
        browser.find(&role("region").named("Selection")).await?;
        press(">of 1").await?;
        palette.offers(&["Cancel", "of 1…"]).await?;
        palette.offers(&["Force-cancel", "of 1…"]).await?;
        browser.press(Key::Escape).await?;
        browser.press(Key::Escape).await?;
        browser.press(Key::Escape).await?;
        browser.gone(&role("region").named("Selection")).await?;

        // Refresh, theme, times.
        press("refresh").await?;
        let asked = site.requests().len();
        browser.press(Key::Enter).await?;
        longrun_e2e::wait::eventually(async || match site.requests().len() > asked {
            true => Ok(()),
            false => Err(Failure::new("it was to be read again")),
        })
        .await?;
        press(">theme").await?;
        browser.press(Key::Enter).await?;
        browser.find(&role("button").named("Theme: light")).await?;
        press("exact times").await?;
        browser.press(Key::Enter).await?;
        press("times").await?;
        palette.offers(&["Show relative times"]).await?;
        browser.press(Key::Escape).await?;
        browser.press(Key::Escape).await?;

        // Loaded operations by their words, newest first; the action of the open one opens its question.
        press("edge-router-04 pal-1").await?;
        palette.chosen(&["Running, pal-1"]).await?;
        browser.press(Key::Enter).await?;
        browser.address_fits("the execution", |now| now.starts_with("/c/cloudify/executions/pal-1")).await?;
        stage.detail().loaded().await?;
        press(">arm").await?;
        palette.chosen(&["Arm for 15 minutes"]).await?;
        browser.press(Key::Enter).await?;
        browser.find(&role("button").named("Disarm")).await?;
        let before = site.requests().iter().filter(|request| request.method != "GET").count();
        press(">cancel").await?;
        palette.chosen(&["Cancel…"]).await?;
        browser.press(Key::Enter).await?;
        let question = role("dialog").starting("Cancel");
        browser.find(&question).await?;
        let after = site.requests().iter().filter(|request| request.method != "GET").count();
        assert_eq!(after, before, "choosing an action only asks");
        browser.press(Key::Escape).await?;
        browser.gone(&question).await?;
        assert!(!table.rows.is_empty());
        Ok(())
    })
}

#[test]
fn the_list_of_the_box_is_accessible_and_looks_as_drawn() -> Outcome {
    play("palette_looks", Setup::default(), async |stage| {
        let browser = &stage.browser;
        stage.enter(LIST).await?;
        let table = stage.list().loaded().await?;
        let id = table.rows[0].href.rsplit('/').next().unwrap_or_default().to_owned();
        let mut found = Vec::new();
        for (view, width) in [(View::WIDE, "wide"), (View::NARROW, "narrow")] {
            for scheme in Scheme::BOTH {
                browser.look(view.in_colours(scheme)).await?;
                let typed = [("", "commands"), (id.as_str(), "id"), ("vsrx", "words"), ("no such?", "guess")];
                // On a phone the longest one and one in two lines.
                let most = if width == "wide" { typed.len() } else { 2 };
                for (typed, name) in typed.into_iter().take(most) {
                    browser.click(&Palette::find()).await?;
                    browser.fill(&Palette::find(), typed).await?;
                    if typed.is_empty() {
                        browser.press(Key::Down).await?;
                    }
                    browser.find(&Palette::list()).await?;
                    // In every theme at once.
                    if scheme == Scheme::Light
                        && let Err(failure) = browser.accessible(&format!("{name}, {width}")).await
                    {
                        found.push(failure.to_string());
                    }
                    stage.picture("palette_looks", &format!("{name}-{width}-{}", scheme.name())).await?;
                }
                browser.fill(&Palette::find(), "").await?;
                browser.press(Key::Escape).await?;
                browser.gone(&Palette::list()).await?;
                browser.press('g').await?;
                browser.says("status", &["Go to", "Settings"]).await?;
                if scheme == Scheme::Light
                    && let Err(failure) = browser.accessible("the hint of g").await
                {
                    found.push(failure.to_string());
                }
                stage.picture("palette_looks", &format!("go-{width}-{}", scheme.name())).await?;
                browser.press(Key::Escape).await?;
            }
        }
        browser.look(View::WIDE).await?;
        browser.press('?').await?;
        browser.find(&role("dialog").named("Keys and help")).await?;
        stage.picture("palette_looks", "help").await?;
        browser.press(Key::Escape).await?;
        if found.is_empty() { Ok(()) } else { Err(Failure::new(found.join("\n"))) }
    })
}
