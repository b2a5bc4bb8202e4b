//! No pointer at all: from signing in over a pasted cURL line and a filter to a link that somebody else can open; and
//! where the focus goes when what had it is gone.

use longrun_e2e::pages::google::{GOOGLE, TOKEN};
use longrun_e2e::pages::{Account, LIST, Palette};
use longrun_e2e::{Failure, Key, Outcome, Setup, Stage, play, role, wait};

async fn keys(stage: &Stage, keys: &str) -> Outcome {
    for key in keys.chars() {
        stage.browser.press(key).await?;
    }
    Ok(())
}

/// Waits until what has the focus satisfies a script, and shows that it has it.
async fn focus_is(stage: &Stage, what: &str, holds: &str) -> Outcome {
    let script = format!(
        "const one = document.activeElement; const style = getComputedStyle(one);
         const marked = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0;
         return {{ fits: !!({holds}), marked, html: one.outerHTML.slice(0, 160) }};"
    );
    wait::eventually(async || {
        let now = stage.browser.script(&script, vec![]).await?;
        if now["fits"] == true && (now["marked"] == true || what == "main") {
            Ok(())
        } else {
            Err(Failure::new(format!("{what} was to have the focus, visibly; it is {now}")))
        }
    })
    .await
}

#[test]
fn from_sign_in_to_a_shared_link() -> Outcome {
    play("palette_keyboard_only", Setup::default(), async |stage| {
        let Stage { site, browser, .. } = stage;
        stage.open(LIST).await?;
        browser.has_focus(&role("textbox").starting("API key").inside(Account::ALL.form())).await?;
        browser.type_text("APIKEY").await?;
        browser.press(Key::Tab).await?;
        browser.type_text("APISECRET").await?;
        browser.press(Key::Enter).await?;
        let table = stage.list().loaded().await?;
        // What signing in took away had the focus.
        focus_is(stage, "main", "one.id === 'main'").await?;

        // From the alert: a cURL line.
        let truth = site.truth("").await?;
        let id = truth[40]["id"].as_str().expect("an id").to_owned();
        let line = format!(
            "curl '{}/ecl/virtual-network-appliance/v1.0/operations/{id}' -H 'X-Auth-Token: t0kenOfAnother'",
            site.origin()
        );
        keys(stage, "/").await?;
        browser.has_focus(&Palette::find()).await?;
        stage.palette().paste(&line).await?;
        stage.palette().chosen(&["on ECL demo"]).await?;
        browser.press(Key::Enter).await?;
        browser.address_is(&format!("{LIST}/{id}")).await?;
        stage.detail().loaded().await?;
        browser.has_focus(&role("main")).await?;

        // Back, filter through the box, open the second row, back to it.
        browser.press(Key::Escape).await?;
        browser.address_is(LIST).await?;
        stage.list().loaded().await?;
        browser.press_with(Key::Control, 'k').await?;
        browser.type_text(">add filter").await?;
        stage.palette().chosen(&["Add filter"]).await?;
        browser.press(Key::Enter).await?;
        browser.has_focus(&role("combobox").named("Filter by")).await?;
        browser.press(Key::Tab).await?;
        browser.type_text("ERROR").await?;
        browser.press(Key::Enter).await?;
        site.asked(&[("status", "ERROR")]).await?;
        stage.list().is("errors", |now| now.count < table.count && !now.rows.is_empty()).await?;
        // The arrows belong to the button that the form gave the focus back to; letters do not.
        keys(stage, "jj").await?;
        let row = "one.id.startsWith('row-') && one.closest('tr').getAttribute('aria-rowindex') === '3'";
        focus_is(stage, "the second row", row).await?;
        browser.press(Key::Enter).await?;
        browser.address_fits("an operation", |now| now.starts_with(&format!("{LIST}/"))).await?;
        stage.detail().loaded().await?;
        browser.press(Key::Escape).await?;
        browser.address_is(&format!("{LIST}?status=ERROR")).await?;
        focus_is(stage, "the second row", row).await?;

        // The link, for somebody else.
        browser.allow_clipboard(&site.origin()).await?;
        keys(stage, "c").await?;
        browser.says("status", &["Copied"]).await?;
        let link = browser.script("return navigator.clipboard.readText();", vec![]).await?;
        assert_eq!(link, site.url(&format!("{LIST}?status=ERROR")).as_str());

        // Going by letters; a letter that means nothing there is no other key either.
        let theme = role("button").named("Theme: follows the system");
        keys(stage, "gt").await?;
        browser.find(&theme).await?;
        keys(stage, "ga").await?;
        browser.address_is("/all").await?;
        keys(stage, "gn").await?;
        browser.address_is("/").await?;
        stage.headed("Now").await?;
        keys(stage, "gw").await?;
        browser.address_is("/watch").await?;
        keys(stage, "gs").await?;
        browser.address_is("/settings").await?;
        stage.headed("Settings").await?;
        browser.has_focus(&role("main")).await?;
        keys(stage, "g1").await?;
        browser.address_is(LIST).await?;
        stage.list().loaded().await?;
        keys(stage, "g").await?;
        browser.says("status", &["Go to"]).await?;
        browser.press(Key::Escape).await?;
        browser.gone(&role("status").having("Go to")).await?;
        browser.address_is(LIST).await
    })
}

#[test]
fn the_focus_is_never_lost() -> Outcome {
    play("palette_focus", Setup::default(), async |stage| {
        let browser = &stage.browser;
        stage.enter(LIST).await?;
        stage.list().loaded().await?;
        keys(stage, "jjj").await?;
        let row = "one.id.startsWith('row-') && one.closest('tr').getAttribute('aria-rowindex') === '4'";
        focus_is(stage, "the third row", row).await?;
        // The box gives it back, whichever way it was reached.
        for open in ["/", "k"] {
            if open == "/" {
                keys(stage, "/").await?;
                browser.type_text("vsrx").await?;
                browser.find(&Palette::list()).await?;
                browser.press(Key::Escape).await?;
                browser.has_focus(&Palette::find()).await?;
            } else {
                browser.press_with(Key::Control, 'k').await?;
                browser.find(&Palette::list()).await?;
            }
            browser.press(Key::Escape).await?;
            browser.gone(&Palette::list()).await?;
            focus_is(stage, "the third row", row).await?;
        }
        // So does a dialog.
        keys(stage, "?").await?;
        browser.find(&role("dialog").named("Keys and help")).await?;
        browser.press(Key::Escape).await?;
        focus_is(stage, "the third row", row).await?;
        // A choice is let go of first, then nothing else happens: the list is where Escape ends.
        browser.press(Key::Escape).await?;
        browser.address_is(LIST).await?;
        // Up and down, round the ends, a page at a time.
        browser.press_with(Key::Control, 'k').await?;
        let all = stage.palette().all().await?;
        browser.press(Key::Up).await?;
        stage.palette().chosen(&["Keys and help"]).await?;
        browser.press(Key::Down).await?;
        let first = all[0].split(',').next().unwrap_or_default().to_owned();
        stage.palette().chosen(&[first.split_whitespace().next().unwrap_or_default()]).await?;
        browser.press(Key::PageDown).await?;
        browser.press(Key::PageUp).await?;
        stage.palette().chosen(&[first.split_whitespace().next().unwrap_or_default()]).await?;
        browser.press(Key::Escape).await?;
        focus_is(stage, "the third row", row).await
    })
}

#[test]
fn a_row_that_goes_hands_the_focus_to_the_next_one() -> Outcome {
    play("palette_row_gone", Setup::default(), async |stage| {
        let site = &stage.site;
        stage.google().enter(GOOGLE).await?;
        let table = stage.list().loaded().await?;
        keys(stage, "jjj").await?;
        let href = |row: &longrun_e2e::pages::Row| row.href.clone();
        let (gone, next) = (href(&table.rows[2]), href(&table.rows[3]));
        focus_is(stage, "the third row", &format!("one.getAttribute('href') === '{gone}'")).await?;
        let name = gone.rsplit('/').next().unwrap_or_default().replace("%2F", "/");
        let token = format!("Bearer {TOKEN}");
        site.aside("DELETE", &format!("/gcp/v1/{name}"), &[("authorization", &token)], "").await?;
        keys(stage, "r").await?;
        stage.list().is("one less", |now| now.rows.iter().all(|row| row.href != gone)).await?;
        focus_is(stage, "the row after it", &format!("one.getAttribute('href') === '{next}'")).await
    })
}
