//! ExtremeCloud IQ: the console's own list of operations, and what can be done with one. The API has no list.

use longrun_e2e::pages::{Acting, Xiq, xiq::XIQ};
use longrun_e2e::{Failure, Outcome, Setup, Stage, play, role};

/// The server's clock can be stepped by a day without leaving the browser's behind.
fn setup() -> Setup {
    Setup { behind_ms: 86_400_000, ..Setup::default() }
}

const ODD_ID: &str = "site 7/ap?#100%·大阪";

#[test]
fn operations_are_remembered_shown_and_forgotten() -> Outcome {
    play("xiq_list", setup(), async |stage| {
        let Stage { site, browser, .. } = stage;
        let (xiq, list) = (stage.xiq(), stage.list());
        xiq.enter(XIQ).await?;
        stage.headed("Operations on ExtremeCloud IQ").await?;
        browser.find(&role("heading").named("No operations")).await?;
        let says = browser.text(&role("main")).await?;
        assert!(says.contains("cannot list") && says.contains("Location header"), "{says}");

        // What names no operation is refused at the field; an id, a URL and a header line are understood.
        xiq.add("https://api.example.com/devices/5", "").await?;
        browser.is_so(&Xiq::pasted(), "marked as wrong", |node| node.is("invalid")).await?;
        xiq.add("op-running", "upgrade of building 7").await?;
        let row = list.row(&[("ID", "op-running"), ("Status", "Running")]).await?;
        assert!(row.cells.iter().any(|cell| cell.contains("upgrade of building 7")), "{row:?}");
        xiq.add(&format!("{}/xiq/operations/op-expiring", site.origin()), "").await?;
        list.shows(2).await?;
        xiq.add("Location: https://api.example.com/operations/op-failed", "").await?;
        list.shows(3).await?;
        xiq.add(ODD_ID, "").await?;
        list.shows(4).await?;
        xiq.add("op-running", "").await?;
        browser
            .is_so(&Xiq::pasted(), "told that it is there", |node| node.description.contains("already"))
            .await?;
        list.shows(4).await?;
        assert!(site.requests().iter().all(|one| one.path != "/xiq/operations"), "{}", site.log());

        // Progress moves with the work; the time until the record goes counts down by itself.
        list.row(&[("ID", "op-running"), ("Progress", "0 %"), ("Step", "DOWNLOAD_IMAGE")]).await?;
        let expires = |row: &longrun_e2e::pages::Row, table: &longrun_e2e::pages::Table| {
            table.cell(row, "Expires in").unwrap_or_default().to_owned()
        };
        let of = [("ID", "op-expiring"), ("Status", "Succeeded")];
        let table = list.is("the one that expires", |table| table.row(&of).is_some()).await?;
        let first = expires(table.row(&of).expect("it is there"), &table);
        assert!(first.contains('s'), "{first}");
        list.is("it counts down", |table| table.row(&of).is_some_and(|row| expires(row, table) != first))
            .await?;
        site.demo.advance(20 * 60_000);
        stage.refresh().await?;
        list.row(&[("ID", "op-running"), ("Progress", "50 %"), ("Step", "REBOOT")]).await?;

        // The record of one is gone by now: it stays as last seen, and says so.
        stage.provokes("status of 404");
        let row = list.row(&[("ID", "no longer known"), ("Status", "Succeeded")]).await?;
        assert!(row.cells.iter().any(|cell| cell.contains("op-expiring")), "{row:?}");

        // Words and states.
        list.query("大阪").await?;
        list.shows(1).await?;
        list.query("").await?;
        list.toggle_state("Failed").await?;
        list.shows(1).await?;
        browser.address_is(&format!("{XIQ}?state=failed")).await?;
        let row = list.row(&[("ID", "op-failed"), ("Status", "Failed")]).await?;
        list.open(&row).await?;
        let detail = stage.detail();
        detail.loaded().await?;
        detail.open_tab("Error").await?;
        browser
            .text_is(&role("tree").named("Error"), "the code", |text| text.contains("DEVICE_OFFLINE"))
            .await?;
        assert!(detail.says().await?.contains("Device 990000000017 is offline"));
        browser.click(&role("button").named("Forget")).await?;
        browser.says("status", &["no longer in the list"]).await?;
        assert_eq!(xiq.truth("op-failed").await?.status, 200, "forgetting is the browser's own affair");
        browser.click(&stage.rail("ExtremeCloud IQ")).await?;
        list.shows(3).await?;

        // What is remembered outlives the page.
        stage.reload().await?;
        list.shows(3).await?;
        list.row(&[("ID", "upgrade of building 7")]).await.map(drop)
    })
}

#[test]
fn an_operation_is_cancelled_deleted_and_signed_out_of() -> Outcome {
    play("xiq_acts", setup(), async |stage| {
        let Stage { site, browser, .. } = stage;
        let (xiq, acting, detail) = (stage.xiq(), stage.acting(), stage.detail());
        xiq.enter(&format!("{XIQ}/op-running")).await?;
        detail.loaded().await?;

        // Nothing before it is armed.
        acting.is_off("Cancel", "not armed").await?;
        acting.is_off("Delete", "only what has ended or is pending").await?;
        acting.arm().await?;
        let dialog = acting.ask("Cancel").await?;
        let says = browser.text(&dialog).await?;
        assert!(says.contains("ExtremeCloud IQ") && says.contains("does not promise"), "{says}");
        browser.press(longrun_e2e::Key::Escape).await?;
        browser.gone(&dialog).await?;
        assert!(site.requests().iter().all(|one| one.method != "POST" || one.path.ends_with("/login")));
        acting.take("Cancel").await?;
        acting.stands("Cancel: cancelling").await?;
        acting.is_off("Cancel", "It is being cancelled already.").await?;
        site.demo.advance(6_000);
        acting.stands("Cancel: cancelled").await?;
        assert!(xiq.truth("op-running").await?.body.contains("\"CANCELED\""));
        let cancels = site.requests().iter().filter(|one| one.path.ends_with("/:cancel")).count();
        assert_eq!(cancels, 1, "{}", site.log());

        // The work may win.
        browser.click(&stage.rail("ExtremeCloud IQ")).await?;
        xiq.add("op-race", "").await?;
        let row = stage.list().row(&[("ID", "op-race"), ("Status", "Running")]).await?;
        stage.list().open(&row).await?;
        acting.is_on("Cancel").await?;
        acting.take("Cancel").await?;
        site.demo.advance(3_000);
        acting.stands("Cancel: it finished anyway").await?;
        detail.open_tab("Response").await?;
        browser
            .text_is(&role("tree").named("Response"), "the result", |text| {
                text.contains("It was done in time.")
            })
            .await?;

        // Deleting takes the record from the server and from the list.
        acting.take("Delete").await?;
        browser.address_is(XIQ).await?;
        browser.says("status", &["operation op-race is deleted"]).await?;
        assert_eq!(xiq.truth("op-race").await?.status, 404);
        browser.find(&role("heading").named("No operations")).await?;

        stage.open(&format!("{XIQ}/op-uncancelable")).await?;
        detail.loaded().await?;
        acting.is_off("Cancel", "The server says that it cannot be cancelled now.").await?;
        // Another page, another decision.
        browser.find(&Acting::arm_button()).await?;

        stage.open("/c/xiq/settings").await?;
        browser.click(&role("button").named("Sign out")).await?;
        browser.find(&xiq.form()).await?;
        longrun_e2e::wait::eventually(async || {
            let out = site.requests().into_iter().find(|one| one.path == "/xiq/logout");
            match out.and_then(|one| one.status) {
                Some(200) => Ok(()),
                other => Err(Failure::new(format!("the token was to be ended; the server said {other:?}"))),
            }
        })
        .await
    })
}

#[test]
fn limits_and_permissions_are_told() -> Outcome {
    play("xiq_limits", setup(), async |stage| {
        let Stage { site, browser, .. } = stage;
        let (xiq, list) = (stage.xiq(), stage.list());
        stage.provokes("status of 429");
        stage.provokes("status of 403");
        // A token that may only read.
        stage.open(&format!("{XIQ}/op-silent")).await?;
        xiq.sign_in("viewer@example.com", "viewer").await?;
        stage.detail().loaded().await?;
        stage.acting().arm().await?;
        stage.acting().ask("Cancel").await?;
        stage.acting().confirm("Cancel").await?;
        browser.says("alert", &["It was not done", "403"]).await?;
        assert!(xiq.truth("op-silent").await?.body.contains("\"RUNNING\""));
        stage.open("/c/xiq/settings").await?;
        browser.click(&role("button").named("Sign out")).await?;

        // One with few requests.
        browser.find(&xiq.form()).await?;
        xiq.sign_in("limited@example.com", "operator").await?;
        browser.click(&stage.rail("ExtremeCloud IQ")).await?;
        xiq.add("op-running", "").await?;
        list.row(&[("ID", "op-running"), ("Status", "Running")]).await?;
        stage.refresh_every("Off").await?;
        // The rest of the hour's calls go elsewhere.
        let token = site.aside(
            "POST",
            "/xiq/login",
            &[],
            r#"{"username":"limited@example.com","password":"operator"}"#,
        );
        let token = token.await?.body;
        let token: serde_json::Value = serde_json::from_str(&token)?;
        let token = format!("Bearer {}", token["access_token"].as_str().unwrap_or_default());
        loop {
            let path = "/xiq/operations/op-quick";
            let answer = site.aside("GET", path, &[("authorization", token.as_str())], "").await?;
            match answer.status {
                200 => {}
                429 => break,
                other => return Err(Failure::new(format!("{other}: {}", answer.body))),
            }
        }
        stage.refresh().await?;
        let says = browser.says("alert", &["Showing data from", "429"]).await?;
        assert!(!says.contains("Next try in 5 s"), "{says}");
        list.row(&[("ID", "op-running"), ("Status", "Running")]).await?;
        browser.click(&role("link").named("Connection").inside(role("navigation").named("Main"))).await?;
        let left = browser.text(&role("region").named("Requests")).await?;
        assert!(left.contains("\n0 of 20 requests left") && left.contains("More in"), "{left}");
        // After the hour it comes right.
        site.demo.advance(3_600_000);
        browser.click(&stage.rail("ExtremeCloud IQ")).await?;
        stage.refresh().await?;
        list.row(&[("ID", "op-running"), ("Status", "Succeeded")]).await?;
        browser.click(&role("link").named("Connection").inside(role("navigation").named("Main"))).await?;
        browser
            .text_is(&role("region").named("Requests"), "new calls", |text| {
                text.contains("19 of 20 requests left")
            })
            .await
            .map(drop)
    })
}

#[test]
fn xiq_through_nginx() -> Outcome {
    play("xiq_nginx", Setup { nginx: true, ..setup() }, async |stage| {
        let Stage { site, browser, .. } = stage;
        let xiq = stage.xiq();
        xiq.enter(XIQ).await?;
        // Its id holds a slash, a question mark, a hash and a per cent sign.
        xiq.add(ODD_ID, "").await?;
        let row = stage.list().row(&[("ID", ODD_ID), ("Status", "Running")]).await?;
        stage.list().open(&row).await?;
        stage.detail().loaded().await?;
        stage.reload().await?;
        stage.detail().loaded().await?;
        stage.acting().arm().await?;
        stage.acting().take("Cancel").await?;
        stage.acting().stands("Cancel: cancelling").await?;
        site.demo.advance(6_000);
        stage.acting().stands("Cancel: cancelled").await?;
        stage.acting().take("Delete").await?;
        browser.address_is(XIQ).await?;
        browser.find(&role("heading").named("No operations")).await.map(drop)
    })
}
