//! A browser that keeps nothing for the console: full, or closed altogether.

use longrun_e2e::pages::LIST;
use longrun_e2e::{Outcome, Setup, Stage, play, role};

const FULL: &str =
    "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); };";
const CLOSED: &str = "
    const closed = { get() { throw new DOMException('closed', 'SecurityError'); } };
    Object.defineProperty(globalThis, 'localStorage', closed);
    Object.defineProperty(globalThis, 'sessionStorage', closed);";

async fn adds_a_connection(stage: &Stage) -> Outcome {
    let browser = &stage.browser;
    browser.click(&stage.rail("Add connection")).await?;
    stage.choose_api("NTT ECL VNA").await?;
    for (field, text) in [
        ("Name", "Kept nowhere"),
        ("Base URL", "/ecl/virtual-network-appliance"),
        ("Sign-in URL", "/ecl/keystone/v3"),
        ("Project ID", "13572f6f42a74d2b82f7099f78d0393a"),
    ] {
        browser.fill(&role("textbox").starting(field).inside(role("main")), text).await?;
    }
    browser.click(&role("button").named("Save connection")).await?;
    browser.address_is("/c/kept-nowhere/settings").await
}

async fn works(stage: &Stage) -> Outcome {
    let browser = &stage.browser;
    stage.enter(LIST).await?;
    stage.list().loaded().await?;
    browser.press('t').await?;
    browser.find(&role("button").named("Theme: light")).await?;
    adds_a_connection(stage).await?;
    browser.says("alert", &["Not kept"]).await?;
    browser.find(&stage.rail("Kept nowhere")).await?;
    browser.click(&stage.rail("Settings")).await?;
    stage.headed("Settings").await?;
    browser.click(&stage.rail("ECL demo")).await?;
    stage.list().loaded().await.map(drop)
}

#[test]
fn full_storage_is_told_and_nothing_stops() -> Outcome {
    play("storage_full", Setup::default(), async |stage| {
        stage.browser.before_every_page(FULL).await?;
        works(stage).await
    })
}

#[test]
fn closed_storage_is_told_and_nothing_stops() -> Outcome {
    play("storage_closed", Setup::default(), async |stage| {
        stage.browser.before_every_page(CLOSED).await?;
        works(stage).await
    })
}
