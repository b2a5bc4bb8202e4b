//! The whole console on canned answers: signing in, the list, a refresh, and leaving in the middle of a request.

use std::sync::Arc;

use longrun::app::App;
use longrun::platform::history;
use longrun::platform::storage::{self, Area};
use longrun::reactive::prelude::*;
use longrun::state::act::select::Selection;
use longrun::transport::{Canned, Replay, SharedTransport};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::HtmlInputElement;

use super::page::{Stage, console_with, settle, until};

const CONFIG: &str = r#"{"connections":[{"id":"one","name":"One","api":"ecl-vna","base":"/vna",
  "sign_in":{"kind":"keystone","url":"/keystone/v3","project":"p"},"poll_seconds":"off"}]}"#;

fn token() -> Canned {
    let mut answer = Canned::json(201, r#"{"token":{}}"#);
    answer.headers.push(("x-subject-token".into(), "0123456789abcdef0123456789abcdef".into()));
    answer
}

fn rows(states: &[(&str, &str)]) -> Canned {
    let rows: Vec<String> = states
        .iter()
        .map(|(id, status)| format!(r#"{{"id":"{id}","status":"{status}","request_type":"Create","reception_datetime":"2026-11-20 00:00:00"}}"#))
        .collect();
    Canned::json(200, &format!(r#"{{"operations":[{}]}}"#, rows.join(",")))
}

fn type_into(stage: &Stage, label: &str, text: &str) {
    let label = stage
        .all("label")
        .into_iter()
        .find(|l| l.text_content().unwrap_or_default().trim().starts_with(label))
        .unwrap();
    let id = label.get_attribute("for").unwrap();
    let input: HtmlInputElement = stage.find(&format!("#{id}")).unchecked_into();
    input.set_value(text);
    input.dispatch_event(&web_sys::Event::new("input").unwrap()).unwrap();
}

async fn signed_in(answers: Vec<Canned>) -> (Stage, Arc<Replay>) {
    // A session that an earlier test kept would skip the form.
    for key in storage::keys(Area::Session, "longrun.").unwrap() {
        storage::remove(Area::Session, &key).unwrap();
    }
    history::replace("/c/one/operations");
    let all = [Canned::json(200, CONFIG), token()].into_iter().chain(answers).map(Ok);
    let replay = Arc::new(Replay::new(all));
    let transport: SharedTransport = replay.clone();
    let stage = Stage::new(move || view! { <App transport=transport /> }.into());
    until("the sign-in form", || !stage.all("form[aria-label='Sign in to One']").is_empty()).await;
    type_into(&stage, "API key", "KEY");
    type_into(&stage, "API secret key", "SECRET");
    let submit = stage.find("form[aria-label='Sign in to One'] button[type=submit]");
    submit.click();
    until("rows", || !stage.all("tbody tr[aria-rowindex]").is_empty()).await;
    (stage, replay)
}

fn row(stage: &Stage, text: &str) -> web_sys::Element {
    let rows = stage.all("tbody tr[aria-rowindex]");
    rows.into_iter().find(|row| row.inner_html().contains(text)).unwrap_or_else(|| panic!("no row {text}"))
}

fn refresh(stage: &Stage) {
    stage.find("button[aria-label='Refresh now']").click();
}

#[wasm_bindgen_test]
async fn a_refresh_changes_rows_in_place() {
    let answers = vec![
        rows(&[("a", "PROCESSING"), ("b", "COMPLETE")]),
        rows(&[("c", "ERROR"), ("a", "COMPLETE"), ("b", "COMPLETE")]),
    ];
    let (stage, replay) = signed_in(answers).await;
    assert!(row(&stage, "/operations/a").text_content().unwrap().contains("Running"));
    for id in ["a", "b"] {
        js_sys::Reflect::set(
            &row(&stage, &format!("/operations/{id}\"")),
            &"mark".into(),
            &JsValue::from_str(id),
        )
        .unwrap();
    }
    refresh(&stage);
    until("the new row", || stage.all("tbody tr[aria-rowindex]").len() == 3).await;
    settle().await;
    for id in ["a", "b"] {
        let element = row(&stage, &format!("/operations/{id}\""));
        let mark = js_sys::Reflect::get(&element, &"mark".into()).unwrap();
        assert_eq!(mark.as_string().as_deref(), Some(id), "the row of {id} was made anew");
    }
    assert!(
        row(&stage, "/operations/a\"").text_content().unwrap().contains("Succeeded"),
        "a changed row is drawn anew"
    );
    let asked = replay.asked();
    let token_sent = asked.iter().filter(|request| request.url.starts_with("/vna/")).count();
    assert_eq!(token_sent, 2);
    assert!(!format!("{asked:?}").contains("SECRET"), "a request's Debug shows the secret");
}

#[wasm_bindgen_test]
async fn a_failed_refresh_keeps_the_rows_and_says_why() {
    let answers = vec![rows(&[("a", "COMPLETE")]), Canned::json(500, r#"{"cause":"Out of cheese"}"#)];
    let (stage, _) = signed_in(answers).await;
    refresh(&stage);
    until("the banner", || stage.text().contains("Out of cheese")).await;
    assert_eq!(stage.all("tbody tr[aria-rowindex]").len(), 1);
    assert!(stage.text().contains("Showing data from"));
    assert_eq!(stage.find("[role=alert]").get_attribute("role").as_deref(), Some("alert"));
}

#[wasm_bindgen_test]
async fn leaving_in_mid_request_breaks_nothing() {
    let (mut stage, _) = signed_in(vec![rows(&[("a", "COMPLETE")]), rows(&[("b", "COMPLETE")])]).await;
    refresh(&stage);
    stage.unmount();
    settle().await;
    assert_eq!(stage.text(), "");
}

#[wasm_bindgen_test]
async fn a_slot_that_was_given_to_another_row_is_not_what_was_chosen() {
    let id =
        |ops: Vec<longrun_core::model::Operation>| ops.iter().map(|op| op.id.to_string()).collect::<Vec<_>>();
    storage::set(Area::Session, "longrun.session.one", r#"{"token":"t"}"#).unwrap();
    let answers = [
        rows(&[("a", "ERROR"), ("b", "ERROR")]),
        rows(&[("b", "ERROR"), ("c", "ERROR")]),
        rows(&[("d", "ERROR")]),
    ];
    let all = [Canned::json(200, CONFIG)].into_iter().chain(answers).map(Ok);
    let transport: SharedTransport = Arc::new(Replay::new(all));
    let (_stage, console) = console_with(transport, "one").await;
    let conn = console.connections.find("one").unwrap();
    let dialect = conn.dialect().unwrap();
    let list = console.lists.open(console, &conn, dialect, "operations");
    let read = |count: usize| move || list.visible() == count && list.progress.get_untracked().is_none();
    list.refresh(true);
    until("two rows", read(2)).await;
    let chosen = list.slot_of("a").unwrap();
    // Nobody follows the list here, as when a dialog asks between a refresh and what follows from it.
    let selection = Selection::new();
    selection.toggle(list, chosen, false);
    assert_eq!(id(selection.operations(list)), ["a"]);
    list.refresh(true);
    until("the row that came", || list.slot_of("c").is_some()).await;
    list.refresh(true);
    until("the row that came last", || list.slot_of("d").is_some() && list.slot_of("c").is_none()).await;
    let there = list.read_row(chosen, |op| op.id.to_string());
    assert!(there.as_deref().is_some_and(|id| id != "a"), "its slot was given to another: {there:?}");
    assert_eq!(id(selection.operations(list)), Vec::<String>::new());
}

#[wasm_bindgen_test]
async fn a_row_that_is_chosen_while_the_list_is_read_is_chosen_once() {
    let ids = |ops: Vec<longrun_core::model::Operation>| {
        ops.iter().map(|op| op.id.to_string()).collect::<Vec<_>>().join(" ")
    };
    storage::set(Area::Session, "longrun.session.one", r#"{"token":"t"}"#).unwrap();
    let answers = [
        rows(&[("a", "ERROR"), ("b", "ERROR")]),
        rows(&[("c", "ERROR")]),
        rows(&[("a", "ERROR"), ("c", "ERROR")]),
    ];
    let all = [Canned::json(200, CONFIG)].into_iter().chain(answers).map(Ok);
    let transport: SharedTransport = Arc::new(Replay::new(all));
    let (_stage, console) = console_with(transport, "one").await;
    let conn = console.connections.find("one").unwrap();
    let list = console.lists.open(console, &conn, conn.dialect().unwrap(), "operations");
    let selection = Selection::new();
    // What is there while an answer for another question still comes: rows, and no time of a whole answer.
    let asking = || list.fresh.update(|fresh| fresh.loaded_at = None);
    list.refresh(true);
    until("two rows", || list.visible() == 2 && list.progress.get_untracked().is_none()).await;
    asking();
    selection.toggle(list, list.slot_of("a").unwrap(), false);
    selection.follow(list);
    selection.follow(list);
    assert_eq!((ids(selection.operations(list)).as_str(), selection.away()), ("a", 0), "it lost its mark");
    selection.choose_all(list);
    selection.choose_all(list);
    assert_eq!((selection.len(), selection.away()), (2, 0));
    // The rows of the new answer: what it does not have waits, what comes again is there again, once.
    list.refresh(true);
    until("the other row", || list.slot_of("c").is_some() && list.slot_of("a").is_none()).await;
    asking();
    selection.follow(list);
    assert_eq!((selection.len(), selection.away()), (0, 2));
    list.refresh(true);
    until("the row again", || list.slot_of("a").is_some() && list.progress.get_untracked().is_none()).await;
    asking();
    selection.follow(list);
    assert_eq!((ids(selection.operations(list)).as_str(), selection.away()), ("a", 1));
    selection.toggle(list, list.slot_of("a").unwrap(), false);
    selection.follow(list);
    assert_eq!((selection.len(), selection.away()), (0, 1), "it came back though it was let go of");
}

#[wasm_bindgen_test]
async fn the_table_hears_for_its_rows() {
    let (stage, _replay) =
        signed_in(vec![rows(&[("a", "PROCESSING"), ("b", "COMPLETE"), ("c", "COMPLETE")])]).await;
    let press = |element: &web_sys::Element| element.clone().unchecked_into::<web_sys::HtmlElement>().click();
    let part = |id: &str, selector: &str| {
        row(&stage, &format!("/operations/{id}")).query_selector(selector).unwrap().unwrap()
    };
    // A button that copies says what came of it, and leaves the keyboard where it is.
    let copy = part("b", "button.copy");
    assert_eq!(copy.get_attribute("aria-label").as_deref(), Some("Copy ID b"));
    press(&copy);
    until("the mark", || {
        copy.has_attribute("data-copied") && copy.query_selector("svg use").unwrap().is_some()
    })
    .await;
    assert!(stage.all("tr[aria-current]").is_empty());
    until("the button as it was", || !copy.has_attribute("data-copied") && copy.child_nodes().length() == 0)
        .await;
    // A row that is pressed is the one the keyboard goes on from.
    press(&part("b", "td.col-status"));
    until("the row", || row(&stage, "/operations/b").has_attribute("aria-current")).await;
    press(&part("a", "input.check"));
    until("the selection", || stage.text().contains("1 selected")).await;
}

#[wasm_bindgen_test]
async fn the_address_follows_what_is_shown() {
    let (stage, _replay) = signed_in(vec![rows(&[("a", "PROCESSING"), ("b", "COMPLETE")])]).await;
    let state = |name: &str| {
        let buttons = stage.all(".status-bar button");
        let button =
            buttons.into_iter().find(|button| button.text_content().unwrap_or_default().starts_with(name));
        button.unwrap().unchecked_into::<web_sys::HtmlElement>()
    };
    let depth = history::depth();
    state("Running").click();
    state("Succeeded").click();
    until("both", || history::here().search == "state=running%2Csucceeded").await;
    assert_eq!(history::depth(), depth + 2, "each press is a step of its own");
    history::back();
    until("one", || {
        history::here().search == "state=running" && stage.all("tbody tr[aria-rowindex]").len() == 1
    })
    .await;
}
