//! On a phone, down to 320 pixels: the pace of refreshing, columns and export are there, nothing scrolls sideways, and
//! what can be pressed is large enough (axe measures it).

use longrun_e2e::pages::{Account, LIST};
use longrun_e2e::{Key, Outcome, Setup, Stage, View, play, role};

async fn no_sideways(stage: &Stage, place: &str) -> Outcome {
    const WIDE: &str = "
        const page = document.scrollingElement;
        const main = document.querySelector('main');
        if (page.scrollWidth <= innerWidth && main.scrollWidth <= main.clientWidth) return [];
        return [...document.querySelectorAll('body *')].filter((one) => one.getBoundingClientRect().right > innerWidth + 1).slice(-5).map((one) => one.outerHTML.slice(0, 120));";
    stage.browser.find(&role("main")).await?;
    let wide = stage.browser.script(WIDE, vec![]).await?;
    assert_eq!(wide.as_array().map(Vec::len), Some(0), "{place} scrolls sideways: {wide}");
    Ok(())
}

#[test]
fn everything_of_the_table_is_in_reach_at_320_pixels() -> Outcome {
    let view = View { width: 320, height: 640, ..View::WIDE };
    play("table_narrow", Setup { view, ..Setup::default() }, async |stage| {
        let browser = &stage.browser;
        stage.open(LIST).await?;
        no_sideways(stage, "sign-in").await?;
        stage.sign_in(Account::ALL).await?;
        stage.list().loaded().await?;
        no_sideways(stage, "the list").await?;
        browser.accessible("the list at 320 pixels").await?;
        stage.refresh_every("15 s").await?;
        browser.find(&role("button").having("15 s, change")).await?;
        no_sideways(stage, "another pace").await?;
        browser.click(&role("button").named("Columns")).await?;
        browser.click(&role("checkbox").named("Error")).await?;
        browser.accessible("columns at 320 pixels").await?;
        no_sideways(stage, "the columns").await?;
        browser.press(Key::Escape).await?;
        browser.address_fits("with the column", |now| now.contains("error")).await?;
        browser.click(&role("button").named("Export")).await?;
        browser.find(&role("menuitem").starting("CSV, all columns")).await?;
        browser.accessible("export at 320 pixels").await?;
        no_sideways(stage, "the export menu").await?;
        browser.press(Key::Escape).await?;
        browser.press('j').await?;
        browser.press('x').await?;
        browser.find(&role("region").named("Selection")).await?;
        no_sideways(stage, "a selection").await?;
        browser.accessible("a selection at 320 pixels").await?;
        browser.press(Key::Escape).await?;
        browser.press(Key::Enter).await?;
        stage.detail().loaded().await?;
        no_sideways(stage, "the detail").await?;
        stage.open("/settings").await?;
        stage.headed("Settings").await?;
        no_sideways(stage, "settings").await
    })
}
