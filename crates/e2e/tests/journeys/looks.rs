//! Themes, narrow screens, less motion.

use longrun_e2e::pages::{Detail, LIST};
use longrun_e2e::{Outcome, Scheme, Setup, Stage, View, play, role};

async fn background(stage: &Stage) -> Outcome<String> {
    let colour =
        stage.browser.script("return getComputedStyle(document.body).backgroundColor;", vec![]).await?;
    Ok(colour.as_str().unwrap_or_default().to_owned())
}

#[test]
fn the_theme_turns_follows_the_system_and_stays() -> Outcome {
    play("themes", Setup::default(), async |stage| {
        let Stage { browser, .. } = stage;
        stage.open(LIST).await?;
        browser.find(&role("button").named("Theme: follows the system")).await?;
        let light = background(stage).await?;
        browser.look(View::WIDE.in_colours(Scheme::Dark)).await?;
        let dark = background(stage).await?;
        assert_ne!(light, dark, "the system's colours are followed");
        // Chosen light while the system is dark, and after a reload from the first paint.
        browser.click(&role("button").starting("Theme:")).await?;
        browser.find(&role("button").named("Theme: light")).await?;
        assert_eq!(background(stage).await?, light);
        stage.reload().await?;
        browser.find(&role("button").named("Theme: light")).await?;
        assert_eq!(background(stage).await?, light);
        browser.click(&role("button").starting("Theme:")).await?;
        browser.find(&role("button").named("Theme: dark")).await?;
        browser.look(View::WIDE).await?;
        assert_eq!(background(stage).await?, dark);
        // High contrast has colours of its own, light or dark as the system.
        browser.click(&role("button").starting("Theme:")).await?;
        browser.find(&role("button").named("Theme: high contrast")).await?;
        assert_eq!(background(stage).await?, "rgb(255, 255, 255)");
        stage.reload().await?;
        browser.find(&role("button").named("Theme: high contrast")).await?;
        browser.look(View::WIDE.in_colours(Scheme::Dark)).await?;
        assert_eq!(background(stage).await?, "rgb(0, 0, 0)");
        browser.look(View::WIDE).await?;
        browser.click(&role("button").starting("Theme:")).await?;
        browser.find(&role("button").named("Theme: follows the system")).await?;
        assert_eq!(background(stage).await?, light);
        Ok(())
    })
}

/// Nothing makes the page itself wider than the screen.
async fn no_sideways(stage: &Stage, place: &str) -> Outcome {
    const WIDE: &str = "
        const page = document.scrollingElement;
        if (page.scrollWidth <= innerWidth) return [];
        return [...document.querySelectorAll('body *')].filter((one) => one.getBoundingClientRect().right > innerWidth + 1).slice(-5).map((one) => one.outerHTML.slice(0, 120));";
    let wide = stage.browser.script(WIDE, vec![]).await?;
    assert_eq!(wide.as_array().map(Vec::len), Some(0), "{place} scrolls sideways: {wide}");
    Ok(())
}

#[test]
fn a_phone_shows_everything_without_sideways_scrolling() -> Outcome {
    play("narrow", Setup { view: View::NARROW, ..Setup::default() }, async |stage| {
        let Stage { browser, .. } = stage;
        stage.open(LIST).await?;
        no_sideways(stage, "sign-in").await?;
        stage.sign_in(longrun_e2e::pages::Account::ALL).await?;
        let list = stage.list();
        let table = list.loaded().await?;
        no_sideways(stage, "the list").await?;
        list.open(&table.rows[0]).await?;
        stage.detail().loaded().await?;
        for tab in ["Request body", "History", "Raw"] {
            stage.detail().open_tab(tab).await?;
            no_sideways(stage, tab).await?;
        }
        browser.find(&Detail::region()).await?;
        browser.click(&role("button").named("Open menu")).await?;
        browser.click(&stage.rail("Settings")).await?;
        stage.headed("Settings").await?;
        no_sideways(stage, "settings").await?;
        for path in ["/c/new", "/c/ecl-demo/settings", "/help", "/nowhere"] {
            stage.open(path).await?;
            browser.find(&stage.heading()).await?;
            no_sideways(stage, path).await?;
        }
        Ok(())
    })
}

#[test]
fn less_motion_means_none() -> Outcome {
    let view = View { reduced_motion: true, ..View::WIDE };
    play("reduced_motion", Setup { view, ..Setup::default() }, async |stage| {
        let Stage { browser, .. } = stage;
        stage.enter(LIST).await?;
        stage.list().loaded().await?;
        browser.click(&role("button").named("Columns")).await?;
        browser.find(&role("button").named("Default columns")).await?;
        const MOVING: &str = "return document.getAnimations().filter((one) => one.playState === 'running' && one.effect.getComputedTiming().activeDuration > 20).map((one) => one.animationName ?? one.transitionProperty);";
        let moving = browser.script(MOVING, vec![]).await?;
        assert_eq!(moving.as_array().map(Vec::len), Some(0), "{moving}");
        Ok(())
    })
}
