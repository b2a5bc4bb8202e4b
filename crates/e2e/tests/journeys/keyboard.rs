//! Everything by keyboard: shortcuts, the order of Tab, visible focus, the skip link, focus after navigation.

use longrun_e2e::pages::{Account, Detail, LIST};
use longrun_e2e::{Failure, Key, Outcome, Setup, Stage, play, role};

async fn keys(stage: &Stage, keys: &str) -> Outcome {
    for key in keys.chars() {
        stage.browser.press(key).await?;
    }
    Ok(())
}

#[test]
fn an_operator_without_a_pointer_does_the_main_job() -> Outcome {
    play("keyboard_job", Setup::default(), async |stage| {
        let Stage { site, browser, .. } = stage;
        stage.open(LIST).await?;
        // Sign in: the first field is ready.
        browser.has_focus(&role("textbox").starting("API key").inside(Account::ALL.form())).await?;
        browser.type_text("APIKEY").await?;
        browser.press(Key::Tab).await?;
        browser.type_text("APISECRET").await?;
        browser.press(Key::Enter).await?;
        let list = stage.list();
        let table = list.loaded().await?;

        // Down two, up one, by letters and arrows; the focus goes along.
        keys(stage, "jj").await?;
        let second = |table: &longrun_e2e::pages::Table| table.rows.iter().position(|row| row.current);
        list.is("second row current", |table| second(table) == Some(1)).await?;
        browser.press(Key::Up).await?;
        list.is("first row current", |table| second(table) == Some(0)).await?;
        browser.press(Key::Down).await?;
        browser.press('k').await?;
        list.is("first row current", |table| second(table) == Some(0)).await?;
        keys(stage, "j").await?;
        let href = table.rows[1].href.clone();
        longrun_e2e::wait::eventually(async || {
            let now = browser.script("return document.activeElement.getAttribute('href');", vec![]).await?;
            if now == href.as_str() {
                Ok(())
            } else {
                Err(Failure::new(format!("the focus was to go along to {href}; it is on {now}")))
            }
        })
        .await?;
        browser.press(Key::Enter).await?;
        browser.address_is(&href).await?;
        stage.detail().loaded().await?;
        browser.has_focus(&role("main")).await?;

        // Tabs by arrows, the tree by arrows.
        let tab = Detail::tab("Request body");
        for _ in 0..40 {
            if browser.focused().await?.is_some_and(|node| node.role == "tab") {
                break;
            }
            browser.press(Key::Tab).await?;
        }
        browser.has_focus(&tab).await?;
        browser.press(Key::Right).await?;
        browser.has_focus(&Detail::tab("History")).await?;
        browser.press(Key::Enter).await?;
        browser.address_is(&format!("{href}?tab=history")).await?;
        browser.press(Key::Escape).await?;
        browser.address_is(LIST).await?;
        // Back at the row it came from.
        list.is("second row current", |table| table.rows.iter().any(|row| row.current && row.href == href))
            .await?;

        // To the end and to the start.
        browser.press(Key::End).await?;
        let last = table.count;
        list.is("last row current", |table| table.rows.iter().any(|row| row.current && row.index == last))
            .await?;
        browser.press(Key::Home).await?;
        list.is("first row current", |table| table.rows.iter().any(|row| row.current && row.index == 2))
            .await?;

        // Refresh, theme, help, search.
        let asked = site.lists().len();
        keys(stage, "r").await?;
        site.read_again(asked).await?;
        keys(stage, "t").await?;
        browser.find(&role("button").named("Theme: light")).await?;
        keys(stage, "?").await?;
        let help = role("dialog").named("Keys and help");
        browser.find(&help).await?;
        // Letters mean nothing to the page behind.
        keys(stage, "t").await?;
        browser.press(Key::Escape).await?;
        browser.gone(&help).await?;
        browser.find(&role("button").named("Theme: light")).await?;
        keys(stage, "/").await?;
        let omnibox = role("searchbox").named("Find an operation");
        browser.has_focus(&omnibox).await?;
        // In a field letters are text.
        browser.type_text("jrt?/").await?;
        assert_eq!(browser.find(&omnibox).await?.value, "jrt?/");
        browser.find(&role("button").named("Theme: light")).await?;
        browser.fill(&omnibox, table.rows[0].href.rsplit('/').next().unwrap_or_default()).await?;
        browser.press(Key::Enter).await?;
        browser.address_is(&table.rows[0].href).await?;
        stage.detail().loaded().await
    })
}

#[test]
fn menus_and_popovers_open_and_close_by_keyboard() -> Outcome {
    play("keyboard_menus", Setup::default(), async |stage| {
        let Stage { site, browser, .. } = stage;
        stage.enter(LIST).await?;
        stage.list().loaded().await?;
        let pace = role("button").having(", change");
        browser.script_on(&pace, "arguments[0].focus();").await?;
        browser.press(Key::Enter).await?;
        browser.has_focus(&role("menuitemradio").first()).await?;
        browser.press(Key::End).await?;
        browser.has_focus(&role("menuitemradio").named("Off")).await?;
        browser.press(Key::Escape).await?;
        browser.has_focus(&pace).await?;
        browser.press(Key::Down).await?;
        browser.press('1').await?;
        browser.press(Key::Enter).await?;
        browser.has_focus(&pace).await?;

        let add = role("button").named("Add filter");
        browser.script_on(&add, "arguments[0].focus();").await?;
        browser.press(Key::Enter).await?;
        let form = role("form").named("Add a filter");
        browser.has_focus(&role("combobox").named("Filter by").inside(form.clone())).await?;
        browser.press(Key::Tab).await?;
        browser.type_text("ERROR").await?;
        browser.press(Key::Enter).await?;
        site.asked(&[("status", "ERROR")]).await?;
        stage.list().chips_are(&["Status is ERROR"]).await?;
        browser.script_on(&add, "arguments[0].focus();").await?;
        browser.press(Key::Enter).await?;
        browser.find(&form).await?;
        browser.press(Key::Escape).await?;
        browser.gone(&form).await?;
        browser.has_focus(&add).await.map(drop)
    })
}

/// What Tab stops at: role, name, whether it shows that it has the focus, and where it is.
const STOP: &str = "
    const one = document.activeElement;
    if (one === document.body) return null;
    const style = getComputedStyle(one);
    const box = one.getBoundingClientRect();
    const around = getComputedStyle(one.closest('.omnibox, label, tr') ?? one);
    const ring = (style) => (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== 'none';
    return { marked: ring(style) || ring(around), seen: box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
             part: one.closest('nav[aria-label=Main]') ? 'nav' : one.closest('header.topbar, [role=banner], body > * > header') ? 'banner' : one.closest('main') ? 'main' : 'page',
             html: one.outerHTML.slice(0, 120) };";

#[test]
fn tab_goes_through_the_page_in_order_and_is_always_seen() -> Outcome {
    play("keyboard_tab", Setup::default(), async |stage| {
        let Stage { browser, .. } = stage;
        stage.enter(LIST).await?;
        stage.list().loaded().await?;
        stage.reload().await?;
        stage.list().loaded().await?;
        browser.press(Key::Tab).await?;
        let skip = role("link").named("Skip to content");
        browser.has_focus(&skip).await?;
        let mut parts = Vec::new();
        for _ in 0..40 {
            let stop = browser.script(STOP, vec![]).await?;
            let node = browser.focused().await?;
            let name = node.as_ref().map(|node| node.name.clone()).unwrap_or_default();
            assert!(!name.is_empty(), "Tab stops at something without a name: {stop}");
            assert_eq!(stop["seen"], true, "{name} has the focus out of sight: {stop}");
            assert_eq!(stop["marked"], true, "{name} does not show its focus: {stop}");
            parts.push(stop["part"].as_str().unwrap_or_default().to_owned());
            browser.press(Key::Tab).await?;
        }
        parts.dedup();
        assert_eq!(parts, ["page", "nav", "banner", "main"], "the order of the page's parts");

        // The skip link leads past all that.
        stage.reload().await?;
        stage.list().loaded().await?;
        browser.press(Key::Tab).await?;
        browser.has_focus(&skip).await?;
        browser.press(Key::Enter).await?;
        browser.press(Key::Tab).await?;
        let stop = browser.script(STOP, vec![]).await?;
        assert_eq!(stop["part"], "main", "{stop}");
        browser.address_fits("unchanged", |now| now.starts_with(LIST)).await.map(drop)
    })
}

#[test]
fn a_new_page_takes_the_focus_and_the_title() -> Outcome {
    play("keyboard_navigation", Setup::default(), async |stage| {
        let Stage { browser, .. } = stage;
        stage.enter(LIST).await?;
        stage.list().loaded().await?;
        for (link, heading) in [
            ("Settings", "Settings"),
            ("Add connection", "Add a connection"),
            ("ECL demo", "Operations on ECL demo"),
        ] {
            browser.click(&stage.rail(link)).await?;
            stage.headed(heading).await?;
            browser.has_focus(&role("main")).await?;
            let title = browser.title().await?;
            assert!(title.contains(heading), "the title of {heading} is {title}");
        }
        Ok(())
    })
}
