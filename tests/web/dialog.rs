//! Dialogs and menus: where the focus goes and comes back to, and what Escape does.

use longrun::reactive::prelude::*;
use longrun::ui::el::{el, live_node};
use longrun::ui::{Button, Dialog, live};
use wasm_bindgen_test::wasm_bindgen_test;

use super::page::{Stage, focused, settle, until};

#[wasm_bindgen_test]
async fn a_dialog_takes_the_focus_to_the_safe_choice_and_gives_it_back() {
    let open = RwSignal::new(false);
    let stage = Stage::new(move || {
        let opener = el("button").attr("id", "opener").on("click", move |_| open.set(true)).text("Open");
        let dialog = live_node(move || {
            open.get().then(|| {
                let close = Callback::new(move |()| open.set(false));
                let footer = [view! { <Button label="Keep it" on_press=close safe=true /> }, view! { <Button label="Remove 1 thing" on_press=close /> }];
                view! { <Dialog title="Remove 1 thing?" on_close=close footer=footer body=el("p").text("It goes.") /> }
            })
        });
        [opener.into(), dialog].into()
    });
    let opener = stage.find("#opener");
    opener.focus().unwrap();
    opener.click();
    until("the safe choice has the focus", || {
        focused().is_some_and(|e| e.text_content().as_deref() == Some("Keep it"))
    })
    .await;
    let dialog = stage.find("dialog");
    assert!(dialog.matches(":modal").unwrap());
    let title = dialog.get_attribute("aria-labelledby").unwrap();
    assert_eq!(stage.find(&format!("#{title}")).text_content().as_deref(), Some("Remove 1 thing?"));
    let escape = web_sys::Event::new("cancel").unwrap();
    dialog.dispatch_event(&escape).unwrap();
    settle().await;
    assert!(stage.all("dialog").is_empty());
    assert_eq!(focused().map(|e| e.id()).as_deref(), Some("opener"));
}

#[wasm_bindgen_test]
async fn a_button_that_is_off_says_why_and_does_nothing() {
    let pressed = RwSignal::new(0);
    let off = RwSignal::new(Some("This connection is read-only.".to_owned()));
    let stage = Stage::new(move || {
        let press = Callback::new(move |()| pressed.update(|n| *n += 1));
        view! { <Button label="Cancel" on_press=press why_off=off /> }.into()
    });
    let button = stage.find("button");
    button.click();
    assert_eq!(pressed.get_untracked(), 0);
    assert_eq!(button.get_attribute("aria-disabled").as_deref(), Some("true"));
    let why = button.get_attribute("aria-describedby").unwrap();
    assert_eq!(
        stage.find(&format!("#{why}")).text_content().as_deref(),
        Some("This connection is read-only.")
    );
    off.set(None);
    settle().await;
    button.click();
    assert_eq!(pressed.get_untracked(), 1);
    assert!(!button.has_attribute("aria-disabled"));
}

#[wasm_bindgen_test]
async fn the_live_region_says_the_same_thing_twice() {
    let said = RwSignal::new(None::<live::Announcer>);
    let stage = Stage::new(move || {
        live::provide();
        said.set(live::Announcer::current());
        view! { <live::LiveRegion /> }.into()
    });
    let announcer = said.get_untracked().unwrap();
    let region = stage.find("[role=status]");
    assert_eq!(region.get_attribute("aria-live").as_deref(), Some("polite"));
    announcer.say("5 of 9 operations");
    settle().await;
    let first = region.text_content();
    announcer.say("5 of 9 operations");
    settle().await;
    assert_eq!(first.as_deref(), Some("5 of 9 operations"));
    assert_ne!(region.text_content(), first, "an unchanged region stays unsaid");
}
