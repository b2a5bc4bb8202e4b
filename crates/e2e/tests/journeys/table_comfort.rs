//! Comfort: density, any time zone, exact times by one press, high contrast; all of it kept and there before the first
//! paint.

use longrun_e2e::pages::{LIST, Table};
use longrun_e2e::{Find, Key, Outcome, Scheme, Setup, Stage, View, play, role};
use serde_json::json;

fn choice(name: &'static str) -> Find {
    role("radio").starting(name).inside(role("main"))
}

async fn row_height(stage: &Stage) -> Outcome<f64> {
    const ROW: &str =
        "return document.querySelector('tbody tr[aria-rowindex]').getBoundingClientRect().height;";
    Ok(stage.browser.script(ROW, vec![]).await?.as_f64().unwrap_or_default())
}

#[test]
fn density_is_chosen_and_the_table_goes_on_drawing_the_right_rows() -> Outcome {
    play("density", Setup { operations: 2_000, ..Setup::default() }, async |stage| {
        let browser = &stage.browser;
        stage.enter(LIST).await?;
        let list = stage.list();
        list.loaded().await?;
        let (compact, many) = (row_height(stage).await?, list.loaded().await?.rows.len());
        assert_eq!(compact.round(), 32.0);
        browser.click(&stage.rail("Settings")).await?;
        browser.click(&choice("Comfortable")).await?;
        browser.click(&stage.rail("ECL demo")).await?;
        let fewer =
            list.is("fewer rows drawn", |table| !table.rows.is_empty() && table.rows.len() < many).await?;
        assert_eq!(row_height(stage).await?.round(), 44.0);
        // The windowing counts in the new height: the last row is reached, and it is the last.
        browser.press(Key::End).await?;
        let last = fewer.count;
        list.is("the last row current", |table| {
            table.rows.iter().any(|row| row.current && row.index == last)
        })
        .await?;
        // Before the console runs, the page has its density and theme already.
        stage.reload().await?;
        list.loaded().await?;
        assert_eq!(row_height(stage).await?.round(), 44.0);
        let early = browser.script("return document.documentElement.dataset.density;", vec![]).await?;
        assert_eq!(early, "comfortable");
        browser.click(&stage.rail("Settings")).await?;
        browser.click(&choice("Compact")).await?;
        browser.click(&stage.rail("ECL demo")).await?;
        list.loaded().await?;
        assert_eq!(row_height(stage).await?.round(), 32.0);
        Ok(())
    })
}

#[test]
fn any_zone_of_the_browser_can_be_chosen_and_nonsense_changes_nothing() -> Outcome {
    play("zones", Setup::default(), async |stage| {
        let browser = &stage.browser;
        stage.enter(LIST).await?;
        stage.list().loaded().await?;
        browser.click(&stage.rail("Settings")).await?;
        browser.click(&choice("Another")).await?;
        let name = role("combobox").named("Name of the zone");
        browser.fill(&name, "Mars/Olympus").await?;
        browser.press(Key::Enter).await?;
        browser
            .text_is(&role("main"), "that it is unknown", |text| {
                text.contains("knows no time zone \"Mars/Olympus\"")
            })
            .await?;
        browser.is_so(&name, "marked as wrong", |node| node.is("invalid")).await?;
        browser.accessible("settings with an unknown zone").await?;
        browser.fill(&name, "asia/kolkata").await?;
        browser.press(Key::Enter).await?;
        browser
            .is_so(&name, "spelt as the browser does", |node| {
                ["Asia/Kolkata", "Asia/Calcutta"].contains(&node.value.as_str())
            })
            .await?;
        browser.click(&stage.rail("ECL demo")).await?;
        let in_india = |table: &Table| table.heads.iter().any(|head| head.text == "Received GMT+5:30");
        stage.list().is("in that zone", in_india).await?;
        stage.reload().await?;
        stage.list().is("still so", in_india).await.map(drop)
    })
}

#[test]
fn one_press_in_a_head_flips_between_how_long_ago_and_when() -> Outcome {
    play("flip_times", Setup::default(), async |stage| {
        let browser = &stage.browser;
        stage.enter(LIST).await?;
        let list = stage.list();
        list.loaded().await?;
        browser.click(&role("button").named("JST: show exact times")).await?;
        let exact = |table: &Table| {
            table.column("Received").iter().all(|cell| cell.len() == 19 && cell.starts_with("20"))
        };
        list.is("exact times", exact).await?;
        let order = list.loaded().await?;
        assert_eq!(order.order("Received"), Some("descending"), "the order is not touched");
        browser.click(&role("button").named("JST: show how long ago")).await?;
        list.is("relative times", |table| !exact(table)).await.map(drop)
    })
}

#[test]
fn high_contrast_comes_with_the_system_unless_another_is_chosen_and_lives_with_its_colours() -> Outcome {
    play("high_contrast", Setup::default(), async |stage| {
        let browser = &stage.browser;
        stage.enter(LIST).await?;
        stage.list().loaded().await?;
        const GROUND: &str =
            "return getComputedStyle(document.querySelector('.table-wrap')).backgroundColor;";
        let dark = View::WIDE.in_colours(Scheme::Dark);
        browser.look(dark).await?;
        assert_ne!(browser.script(GROUND, vec![]).await?, "rgb(0, 0, 0)");
        browser.look(dark.in_high_contrast()).await?;
        assert_eq!(browser.script(GROUND, vec![]).await?, "rgb(0, 0, 0)");
        browser.press('t').await?;
        browser.press('t').await?;
        browser.find(&role("button").named("Theme: dark")).await?;
        assert_ne!(browser.script(GROUND, vec![]).await?, "rgb(0, 0, 0)", "dark was chosen");
        browser.press('t').await?;
        browser.find(&role("button").named("Theme: high contrast")).await?;
        assert_eq!(browser.script(GROUND, vec![]).await?, "rgb(0, 0, 0)");
        // Where the system brings its own colours, all that can be pressed and seen is still there.
        let forced = json!({ "features": [{ "name": "forced-colors", "value": "active" }] });
        browser.cdp("Emulation.setEmulatedMedia", forced).await?;
        browser.accessible_as_it_looks("the list in forced colours").await?;
        browser.press('j').await?;
        browser.press('x').await?;
        browser.find(&role("region").named("Selection")).await.map(drop)
    })
}
