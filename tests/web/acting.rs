//! Acting, on canned answers: what leaves the console, how often, and what does not.

use std::sync::Arc;

use longrun::app::App;
use longrun::platform::history;
use longrun::platform::storage::{self, Area};
use longrun::reactive::prelude::*;
use longrun::transport::{Canned, Opening, Replay, SharedTransport, Transport};
use longrun_core::http::{ApiRequest, Method};
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::HtmlElement;

use super::page::{Stage, focused, settle, until};

fn config(mode: &str) -> Canned {
    Canned::json(
        200,
        &format!(
            r#"{{"connections":[
              {{"id":"x","name":"X","api":"xiq","base":"/xiq","sign_in":{{"kind":"xiq"}},"mode":"{mode}","poll_seconds":"off"}},
              {{"id":"g","name":"G","api":"google-lro","base":"/g","sign_in":{{"kind":"bearer"}},"tenant":"demo","mode":"{mode}","poll_seconds":"off"}}
            ]}}"#
        ),
    )
}

fn operation(status: &str) -> Canned {
    let (done, cancelable) = (status != "RUNNING" && status != "CANCELING", status == "RUNNING");
    Canned::json(
        200,
        &format!(
            r#"{{"id":"op-1","done":{done},"metadata":{{"status":"{status}","cancelable":{cancelable},"percentage":40,
              "create_time":"2026-11-20T10:00:00.000Z","update_time":"2026-11-20T10:00:05.000Z"}}}}"#
        ),
    )
}

fn expired() -> Canned {
    Canned::json(401, r#"{"error_message":"The token is expired."}"#)
}

/// Canned answers by the end of the address, for pages whose parts ask on their own.
struct ByPath(Vec<(&'static str, Replay)>);

impl Transport for ByPath {
    fn open(&self, request: ApiRequest) -> Opening {
        let found = self.0.iter().find(|(end, _)| request.url.ends_with(end));
        found.map_or_else(
            || Replay::default().open(request.clone()),
            |(_, replay)| replay.open(request.clone()),
        )
    }
}

/// The console on a page, signed in.
fn console(path: &str, answers: Vec<Canned>) -> (Stage, Arc<Replay>) {
    let replay = Arc::new(Replay::new(answers.into_iter().map(Ok)));
    (on(path, replay.clone()), replay)
}

fn on(path: &str, transport: SharedTransport) -> Stage {
    for id in ["x", "g"] {
        storage::set(Area::Session, &format!("longrun.session.{id}"), r#"{"token":"t"}"#).unwrap();
    }
    history::replace(path);
    Stage::new(move || view! { <App transport=transport /> }.into())
}

fn button(stage: &Stage, label: &str) -> Option<HtmlElement> {
    use wasm_bindgen::JsCast;
    let all = stage.all("button").into_iter();
    all.filter(|b| b.text_content().unwrap_or_default().trim() == label).map(JsCast::unchecked_into).next()
}

async fn press(stage: &Stage, label: &str) {
    until(label, || button(stage, label).is_some_and(|b| !b.has_attribute("aria-disabled"))).await;
    button(stage, label).unwrap().click();
    settle().await;
}

fn sent(replay: &Replay) -> Vec<String> {
    let writes = replay.asked().into_iter().filter(|request| request.method != Method::Get);
    writes.map(|request| request.url).collect()
}

#[wasm_bindgen_test]
async fn an_action_reads_again_is_sent_once_and_is_followed_to_its_end() {
    let (stage, replay) = console(
        "/c/x/operations/op-1",
        vec![
            config("armed"),
            operation("RUNNING"),
            operation("RUNNING"),
            Canned::json(200, ""),
            operation("CANCELING"),
            operation("CANCELED"),
        ],
    );
    press(&stage, "Cancel…").await;
    assert!(sent(&replay).is_empty(), "a button opens the question and does nothing else");
    until("the safe choice has the focus", || {
        focused().is_some_and(|e| e.text_content().as_deref() == Some("Keep it"))
    })
    .await;
    press(&stage, "Cancel 1 operation").await;
    until("the tracker", || stage.text().contains("Cancel: ")).await;
    assert!(stage.all("dialog").is_empty());
    // The page reads once more, and so does the tracker: the last canned answer is reached within two readings.
    until("its end", || stage.text().contains("Cancel: cancelled")).await;
    assert_eq!(sent(&replay), ["/xiq/operations/op-1/:cancel"]);
}

#[wasm_bindgen_test]
async fn what_has_ended_meanwhile_is_not_sent() {
    let answers = vec![config("armed"), operation("RUNNING"), operation("SUCCEEDED")];
    let (stage, replay) = console("/c/x/operations/op-1", answers);
    press(&stage, "Cancel…").await;
    press(&stage, "Cancel 1 operation").await;
    until("the reason", || stage.text().contains("Nothing was sent.")).await;
    assert!(sent(&replay).is_empty());
    assert_eq!(stage.find("dialog [role=alert] h2").text_content().as_deref(), Some("It was not done"));
}

#[wasm_bindgen_test]
async fn a_read_only_connection_sends_nothing() {
    let (stage, replay) = console(
        "/c/x/operations/op-1",
        vec![config("read-only"), operation("RUNNING"), operation("RUNNING")],
    );
    until("the button", || button(&stage, "Cancel…").is_some()).await;
    let off = || button(&stage, "Cancel…").unwrap();
    until("why it is off", || {
        off().get_attribute("title").as_deref() == Some("This connection is read-only.")
    })
    .await;
    off().click();
    settle().await;
    assert!(stage.all("dialog").is_empty());
    assert!(button(&stage, "Arm for 15 minutes").is_none());
    assert!(sent(&replay).is_empty());
}

#[wasm_bindgen_test]
async fn a_connection_armed_on_demand_is_armed_by_a_button_and_disarmed_by_another() {
    let (stage, _replay) =
        console("/c/x/operations/op-1", vec![config("armed-on-demand"), operation("RUNNING")]);
    until("the button", || button(&stage, "Cancel…").is_some()).await;
    settle().await;
    assert!(button(&stage, "Cancel…").unwrap().has_attribute("aria-disabled"));
    press(&stage, "Arm for 15 minutes").await;
    assert!(!button(&stage, "Cancel…").unwrap().has_attribute("aria-disabled"), "at once");
    press(&stage, "Disarm").await;
    assert!(button(&stage, "Cancel…").unwrap().has_attribute("aria-disabled"));
}

#[wasm_bindgen_test]
async fn a_session_that_ends_in_the_middle_keeps_the_question_open() {
    let answers = vec![config("armed"), operation("RUNNING"), expired()];
    let (stage, replay) = console("/c/x/operations/op-1", answers);
    press(&stage, "Cancel…").await;
    press(&stage, "Cancel 1 operation").await;
    until("the form to sign in", || !stage.all("dialog .sign-in").is_empty()).await;
    let go = button(&stage, "Cancel 1 operation").unwrap();
    assert_eq!(go.get_attribute("title").as_deref(), Some("Sign in first."));
    go.click();
    settle().await;
    assert!(sent(&replay).is_empty());
}

#[wasm_bindgen_test]
async fn a_lost_answer_is_not_sent_again_but_read() {
    // After the last canned answer the browser blocks: what became of the delete, nobody knows.
    let answers = vec![config("armed"), operation("SUCCEEDED"), operation("SUCCEEDED")];
    let (stage, replay) = console("/c/x/operations/op-1", answers);
    press(&stage, "Delete…").await;
    press(&stage, "Delete 1 operation").await;
    until("that it is unclear", || stage.text().contains("the answer does not tell")).await;
    assert_eq!(sent(&replay), ["/xiq/operations/op-1"]);
}

fn listed(ids: &[&str]) -> Canned {
    let rows: Vec<String> = ids.iter().map(|id| running(id)).collect();
    Canned::json(200, &format!(r#"{{"operations":[{}]}}"#, rows.join(",")))
}

fn running(id: &str) -> String {
    format!(
        r#"{{"name":"projects/demo/locations/l1/operations/{id}","done":false,"metadata":{{
          "createTime":"2026-11-20T10:00:00Z","verb":"create","target":"t","requestedCancellation":false}}}}"#
    )
}

#[wasm_bindgen_test]
async fn a_run_over_a_selection_stops_where_going_on_would_fail_for_all() {
    let replay = |answers: Vec<Canned>| Replay::new(answers.into_iter().map(Ok));
    let expired = r#"{"error":{"code":401,"message":"expired","status":"UNAUTHENTICATED"}}"#;
    let transport = Arc::new(ByPath(vec![
        ("config.json", replay(vec![config("armed")])),
        ("/locations", replay(vec![Canned::json(200, r#"{"locations":[]}"#)])),
        ("/operations", replay(vec![listed(&["a", "b", "c"]); 3])),
        ("/operations/a", replay(vec![Canned::json(200, &running("a"))])),
        ("/operations/a:cancel", replay(vec![Canned::json(200, "{}")])),
        ("/operations/b", replay(vec![Canned::json(401, expired)])),
    ]));
    let stage = on("/c/g/operations?location=l1", transport.clone());
    until("rows", || stage.all("tbody .check").len() == 3).await;
    let all = stage.find("thead .check");
    all.click();
    until("all are chosen", || button(&stage, "Cancel 3 of 3…").is_some()).await;
    press(&stage, "Cancel 3 of 3…").await;
    press(&stage, "Cancel 3 operations").await;
    until("it has stopped", || stage.text().contains("It has stopped")).await;
    assert!(stage.text().contains("1 of 3, 1 requested"), "{}", stage.text());
    assert!(button(&stage, "Go on with 2").is_some());
    let asked = |end: &str| transport.0.iter().find(|(known, _)| *known == end).unwrap().1.asked().len();
    assert_eq!((asked("/operations/a:cancel"), asked("/operations/b")), (1, 1));
}
