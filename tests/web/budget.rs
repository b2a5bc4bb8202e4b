//! What a server asked to be left alone for: it holds for all that goes by itself there, and for no other server.

use std::sync::Arc;

use longrun::platform::pause;
use longrun::platform::storage::{self, Area};
use longrun::state::Console;
use longrun::transport::{Canned, Replay, SharedTransport};
use longrun::ui::el::Node;
use longrun_core::http::{ApiError, ApiResponse};
use longrun_core::view::config::{Config, Connection};
use wasm_bindgen_test::wasm_bindgen_test;

use super::page::{Stage, console_with, until};

fn config(base: &str, tenant: &str) -> String {
    format!(
        r#"{{"connections":[{{"id":"g","name":"G","api":"google-lro","base":"{base}","tenant":"{tenant}",
            "sign_in":{{"kind":"bearer"}},"poll_seconds":"off"}}]}}"#
    )
}

/// The same connection after it was edited.
fn edited(base: &str, tenant: &str) -> Connection {
    Config::parse(&config(base, tenant)).connections.remove(0)
}

/// A console whose only connection was told to wait for an hour.
async fn told_to_wait() -> (Stage, Console, Connection, Arc<Replay>) {
    storage::set(Area::Session, "longrun.session.g", r#"{"token":"t"}"#).unwrap();
    let places = Canned::json(200, r#"{"locations":[{"locationId":"tokyo"}]}"#);
    let all = [Canned::json(200, &config("/g", "p")), places.clone(), places].map(Ok);
    let replay = Arc::new(Replay::new(all));
    let transport: SharedTransport = replay.clone();
    let (stage, console) = console_with(transport, "g").await;
    let conn = console.connections.find("g").unwrap();
    let headers = vec![("retry-after".to_owned(), "3600".to_owned())];
    let error = ApiError::from_answer(&ApiResponse { status: 429, headers, body: vec![] }, None);
    console.budgets.came(&conn, Some(&error));
    (stage, console, conn, replay)
}

fn opened(console: Console, conn: &Connection) -> Stage {
    let list = console.lists.open(console, conn, conn.dialect().unwrap(), "operations");
    Stage::new(move || {
        list.attach();
        Node::None
    })
}

#[wasm_bindgen_test]
async fn what_one_server_asked_for_holds_for_no_other_under_the_same_name() {
    let (_stage, console, before, _) = told_to_wait().await;
    let after = edited("/elsewhere", "p");
    assert!(console.budgets.wait_ms(&before, 1, false) > 3_000_000);
    assert_eq!(console.budgets.wait_ms(&after, 1, false), 0);
    // Nor is another project of the same server another server.
    let project = edited("/g", "other");
    assert!(console.budgets.wait_ms(&project, 1, false) > 3_000_000);
}

#[wasm_bindgen_test]
async fn what_a_filter_can_be_chosen_from_is_asked_for_within_the_budget() {
    let (_stage, console, conn, replay) = told_to_wait().await;
    let places =
        |at: &str| replay.asked().iter().any(|r| r.url.starts_with(at) && !r.url.contains("/operations"));
    let held = opened(console, &conn);
    let elsewhere = edited("/elsewhere", "p");
    let free = opened(console, &elsewhere);
    until("the places of the other server", || places("/elsewhere/")).await;
    pause::sleep(100).await;
    assert!(!places("/g/"), "it was asked although it said when: {:?}", replay.asked());
    drop((held, free));
}
