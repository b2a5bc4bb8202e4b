//! Columns: which, in which order, how wide; by pointer and by keyboard; kept in the address.

use longrun_e2e::pages::LIST;
use longrun_e2e::wait::eventually;
use longrun_e2e::{Failure, Find, Key, Outcome, Setup, Stage, play, role};
use serde_json::{Value, json};

fn button(name: &str) -> Find {
    role("button").named(name)
}

fn edge(head: &str) -> Find {
    role("separator").named(format!("Width of {head}"))
}

/// How wide a column is on the screen, and where its right edge is.
async fn measured(stage: &Stage, head: &str) -> Outcome<(f64, f64, f64)> {
    const BOX: &str = "const box = arguments[0].closest('th').getBoundingClientRect(); return [box.width, box.right, box.top + box.height / 2];";
    let found = stage.browser.script_on(&edge(head), BOX).await?;
    let at = |at: usize| found.get(at).and_then(Value::as_f64).unwrap_or_default();
    Ok((at(0), at(1), at(2)))
}

async fn is_wide(stage: &Stage, head: &str, wanted: f64) -> Outcome {
    eventually(async || {
        let (now, ..) = measured(stage, head).await?;
        if (now - wanted).abs() < 1.0 {
            Ok(())
        } else {
            Err(Failure::new(format!("{head} was to be {wanted} wide; it is {now}")))
        }
    })
    .await
}

async fn mouse(stage: &Stage, kind: &str, x: f64, y: f64, clicks: u32) -> Outcome {
    let buttons = u32::from(kind != "mouseReleased");
    let event =
        json!({ "type": kind, "x": x, "y": y, "button": "left", "buttons": buttons, "clickCount": clicks });
    stage.browser.cdp("Input.dispatchMouseEvent", event).await.map(drop)
}

async fn heads(stage: &Stage, wanted: &[&str]) -> Outcome {
    stage
        .list()
        .is(&format!("heads {wanted:?}"), |table| {
            table
                .heads
                .iter()
                .map(|head| head.text.as_str())
                .filter(|text| !text.is_empty())
                .eq(wanted.iter().copied())
        })
        .await
        .map(drop)
}

#[test]
fn columns_are_ordered_by_keyboard_and_the_order_stays() -> Outcome {
    play("columns_order", Setup::default(), async |stage| {
        let browser = &stage.browser;
        stage.enter(LIST).await?;
        stage.list().loaded().await?;
        let usual = ["Status", "Operation", "ID", "Appliance", "Tenant", "Received JST", "Duration"];
        heads(stage, &usual).await?;
        browser.click(&button("Columns")).await?;
        browser.accessible("the columns menu").await?;
        let up = button("Move Duration up");
        browser.script_on(&up, "arguments[0].focus();").await?;
        // The focus goes along, so that one key moves a column as far as wanted.
        for _ in 0..3 {
            browser.press(Key::Enter).await?;
            browser.has_focus(&up).await?;
        }
        heads(stage, &["Status", "Operation", "ID", "Duration", "Appliance", "Tenant", "Received JST"])
            .await?;
        browser.click(&button("Move Status down")).await?;
        browser.has_focus(&button("Move Status down")).await?;
        let moved = ["Operation", "Status", "ID", "Duration", "Appliance", "Tenant", "Received JST"];
        heads(stage, &moved).await?;
        browser.is_so(&button("Move Operation up"), "off", |node| node.is("disabled")).await?;
        browser
            .address_is(&format!("{LIST}?cols=kind%2Cstate%2Cid%2Cduration%2Ctarget%2Ctenant%2Ccreated"))
            .await?;
        // A column that comes on stands behind its usual neighbour, one that goes takes nothing else along.
        browser.click(&role("checkbox").named("Committed")).await?;
        browser.has_focus(&role("checkbox").named("Committed")).await?;
        browser.click(&role("checkbox").named("Tenant")).await?;
        let chosen = ["Operation", "Status", "ID", "Duration", "Appliance", "Received JST", "Committed JST"];
        heads(stage, &chosen).await?;
        browser.press(Key::Escape).await?;
        let cells = stage.list().loaded().await?;
        assert!(
            cells.column("Status").iter().all(|cell| cell.chars().next().is_some_and(char::is_uppercase))
        );
        stage.reload().await?;
        heads(stage, &chosen).await?;
        browser.back().await?;
        heads(
            stage,
            &[
                "Operation",
                "Status",
                "ID",
                "Duration",
                "Appliance",
                "Tenant",
                "Received JST",
                "Committed JST",
            ],
        )
        .await?;
        browser.click(&button("Columns")).await?;
        browser.click(&button("Default columns")).await?;
        heads(stage, &usual).await?;
        browser.address_is(LIST).await
    })
}

#[test]
fn edges_are_moved_by_pointer_and_by_keyboard() -> Outcome {
    play("columns_width", Setup::default(), async |stage| {
        let browser = &stage.browser;
        stage.enter(LIST).await?;
        stage.list().loaded().await?;
        let (operation, right, middle) = measured(stage, "Operation").await?;
        let (id, ..) = measured(stage, "ID").await?;
        // From the far side of the edge, which lies over the next head.
        mouse(stage, "mouseMoved", right + 5.0, middle, 0).await?;
        mouse(stage, "mousePressed", right + 5.0, middle, 1).await?;
        mouse(stage, "mouseMoved", right - 20.0, middle, 1).await?;
        mouse(stage, "mouseMoved", right - 35.0, middle, 1).await?;
        is_wide(stage, "Operation", operation - 40.0).await?;
        mouse(stage, "mouseReleased", right - 35.0, middle, 1).await?;
        // None of the others has jumped.
        is_wide(stage, "ID", id).await?;
        let now = browser.address_fits("with widths", |now| now.contains("widths=")).await?;
        stage.reload().await?;
        is_wide(stage, "Operation", operation - 40.0).await?;
        is_wide(stage, "ID", id).await?;
        browser.address_is(&now).await?;

        browser.script_on(&edge("ID"), "arguments[0].focus();").await?;
        browser.press(Key::Right).await?;
        browser.press(Key::Right).await?;
        is_wide(stage, "ID", id + 16.0).await?;
        browser.press_with(Key::Shift, Key::Left).await?;
        is_wide(stage, "ID", id - 16.0).await?;
        browser
            .is_so(&edge("ID"), "telling its width", |node| node.value == (id.round() - 16.0).to_string())
            .await?;
        browser.accessible("a table with widths of its own").await?;
        // Back to the usual width: by Enter, and by a double press.
        browser.press(Key::Enter).await?;
        browser.is_so(&edge("ID"), "usual", |node| node.value == "0").await?;
        browser.address_fits("without the ID", |now| !now.contains("id.")).await?;
        let (_, right, middle) = measured(stage, "Operation").await?;
        for clicks in [1, 2] {
            mouse(stage, "mousePressed", right - 3.0, middle, clicks).await?;
            mouse(stage, "mouseReleased", right - 3.0, middle, clicks).await?;
        }
        browser.address_fits("without the operation", |now| !now.contains("kind.")).await?;

        // Odd values are no trouble, and what they leave is used.
        stage.open(&format!("{LIST}?widths=id.wide,gone.90,state.1,tenant.300,duration.99999,,.")).await?;
        stage.list().loaded().await?;
        is_wide(stage, "Tenant", 300.0).await?;
        Ok(())
    })
}
