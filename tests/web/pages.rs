//! Lists in pages, on canned answers: more of them, a refresh of all that is loaded, a page that fails; filters that
//! are checked before they are sent; and the list of an API that has none.

use std::sync::Arc;

use longrun::app::App;
use longrun::platform::history;
use longrun::platform::storage::{self, Area};
use longrun::platform::store::Store;
use longrun::reactive::prelude::*;
use longrun::transport::{Canned, Replay, SharedTransport};
use longrun_core::view::shelf::{Deed, Shelf};
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{HtmlElement, HtmlInputElement};

use super::page::{Stage, settle, until};

const CONFIG: &str = r#"{"connections":[
  {"id":"g","name":"G","api":"google-lro","base":"/g","tenant":"p","sign_in":{"kind":"bearer"},"poll_seconds":"off"},
  {"id":"x","name":"X","api":"xiq","base":"/x","sign_in":{"kind":"bearer"},"poll_seconds":"off"}]}"#;

fn google(ids: &[&str], next: &str) -> Canned {
    let rows: Vec<String> = ids
        .iter()
        .map(|id| format!(r#"{{"name":"projects/p/locations/l/operations/{id}","done":true,"metadata":{{"createTime":"2026-11-20T00:00:00Z","verb":"{id}"}}}}"#))
        .collect();
    Canned::json(200, &format!(r#"{{"operations":[{}],"nextPageToken":"{next}"}}"#, rows.join(",")))
}

fn xiq(id: &str, status: &str) -> Canned {
    let done = status == "SUCCEEDED";
    Canned::json(
        200,
        &format!(
            r#"{{"id":"{id}","done":{done},"metadata":{{"status":"{status}","create_time":"2026-11-20T00:00:00Z","expires_in":3600}}}}"#
        ),
    )
}

async fn open(path: &str, answers: Vec<Canned>) -> (Stage, Arc<Replay>) {
    for key in storage::keys(Area::Lasting, "longrun.watch.").unwrap() {
        storage::remove(Area::Lasting, &key).unwrap();
    }
    Store::new().ask(Shelf::Watch, &Deed::Clear).await.unwrap();
    for conn in ["g", "x"] {
        storage::set(Area::Session, &format!("longrun.session.{conn}"), r#"{"token":"t"}"#).unwrap();
    }
    history::replace(path);
    let all = [Canned::json(200, CONFIG)].into_iter().chain(answers).map(Ok);
    let replay = Arc::new(Replay::new(all));
    let transport: SharedTransport = replay.clone();
    let stage = Stage::new(move || view! { <App transport=transport /> }.into());
    until("the page", || stage.text().contains(" on ")).await;
    (stage, replay)
}

/// What the API was asked, after the configuration.
fn asked(replay: &Replay) -> Vec<String> {
    let lists = |url: &String| url.contains("/operations");
    replay.asked().into_iter().map(|request| request.url).filter(lists).collect()
}

fn press(stage: &Stage, label: &str) {
    let button =
        stage.all("button").into_iter().find(|b| b.text_content().unwrap_or_default().trim() == label);
    button.unwrap_or_else(|| panic!("no button {label}")).unchecked_into::<HtmlElement>().click();
}

fn rows(stage: &Stage) -> Vec<String> {
    stage
        .all("tbody tr[aria-rowindex] th")
        .into_iter()
        .map(|th| th.text_content().unwrap_or_default())
        .collect()
}

fn type_into(stage: &Stage, selector: &str, text: &str) {
    let input: HtmlInputElement = stage.find(selector).unchecked_into();
    input.set_value(text);
    for event in ["input", "change"] {
        input.dispatch_event(&web_sys::Event::new(event).unwrap()).unwrap();
    }
}

#[wasm_bindgen_test]
async fn more_pages_come_after_and_a_refresh_reads_them_all() {
    let places = Canned::json(200, r#"{"locations":[]}"#);
    let answers = vec![
        google(&["a", "b"], "t1"),
        places,
        google(&["b", "c"], "t2"),
        Canned::json(503, r#"{"error":{"code":503,"message":"Try later"}}"#),
        google(&["new", "a"], "u1"),
        google(&["b", "c"], ""),
    ];
    let (stage, replay) = open("/c/g/operations", answers).await;
    until("the first page", || rows(&stage).len() == 2).await;
    assert!(stage.text().contains("2 loaded, more on the server."), "{}", stage.text());
    press(&stage, "Load more");
    until("the second page", || rows(&stage).len() == 3).await;
    press(&stage, "Load more");
    until("the failure", || stage.text().contains("Try later")).await;
    assert_eq!(rows(&stage).len(), 3, "a page that fails takes nothing away");
    stage.find("button[aria-label='Refresh now']").click();
    until("the refresh", || rows(&stage).len() == 4).await;
    let urls = asked(&replay);
    assert_eq!(urls.len(), 5, "{urls:?}");
    assert!(urls.get(1).is_some_and(|url| url.contains("pageToken=t1")), "{urls:?}");
    assert!(urls.get(3).is_some_and(|url| !url.contains("pageToken")), "from the first page: {urls:?}");
    assert!(urls.get(4).is_some_and(|url| url.contains("pageToken=u1")), "with the new token: {urls:?}");
    assert!(stage.text().contains("All that the server has for this is loaded."));
}

#[wasm_bindgen_test]
async fn a_filter_that_the_server_would_refuse_is_not_sent() {
    let places = Canned::json(200, r#"{"locations":[{"locationId":"l"}]}"#);
    let (stage, replay) = open("/c/g/operations?filter=done%20%3D", vec![places, google(&["a"], "")]).await;
    until("the words for it", || stage.text().contains("It was not sent.")).await;
    settle().await;
    assert_eq!(asked(&replay), Vec::<String>::new());
    assert_eq!(stage.find(".checked-filter input").get_attribute("aria-invalid").as_deref(), Some("true"));
    type_into(&stage, ".checked-filter input", "done = true");
    until("the row", || rows(&stage).len() == 1).await;
    assert!(asked(&replay).iter().all(|url| url.contains("filter=done%20%3D%20true")));
}

#[wasm_bindgen_test]
async fn remembered_ids_are_the_list_where_there_is_none() {
    let gone = Canned::json(404, r#"{"error_code":"NotFound","error_message":"no","error_id":"1"}"#);
    let answers = vec![xiq("one", "RUNNING"), xiq("one", "SUCCEEDED"), gone];
    let (stage, replay) = open("/c/x/operations", answers).await;
    until("the empty state", || stage.text().contains("Paste the ID")).await;
    assert_eq!(asked(&replay), Vec::<String>::new(), "nothing is asked before an id is known");
    let fields = stage.all(".watch-form input");
    let first: HtmlInputElement = fields.first().unwrap().clone().unchecked_into();
    first.set_value("Location: https://api.example/x/operations/one");
    first.dispatch_event(&web_sys::Event::new("input").unwrap()).unwrap();
    press(&stage, "Add");
    until("its row", || stage.text().contains("Running") && rows(&stage).len() == 1).await;
    assert_eq!(asked(&replay), ["/x/operations/one"]);
    let kept = Store::new().ask(Shelf::Watch, &Deed::All).await.unwrap();
    assert!(kept.iter().any(|(_, text)| text.contains("id=one")), "{kept:?}");
    stage.find("button[aria-label='Refresh now']").click();
    until("its end", || rows(&stage).len() == 1 && asked(&replay).len() == 2).await;
    stage.find("button[aria-label='Refresh now']").click();
    until("that it is gone", || stage.text().contains("no longer known")).await;
    let row = stage.find("tbody tr[aria-rowindex]").text_content().unwrap_or_default();
    assert!(row.contains("Succeeded"), "it stays as it was last seen: {row}");
}
