//! The JSON tree: keyboard, and what is masked.

use longrun::reactive::prelude::*;
use longrun::ui::JsonTree;
use wasm_bindgen_test::wasm_bindgen_test;

use super::page::{Stage, settle, until};

const BODY: &str =
    r#"{"vna":{"name":"fw-1","admin_password":"hunter2","big":12345678901234567890,"markup":"<b>bold</b>"}}"#;

#[wasm_bindgen_test]
async fn secrets_are_masked_until_revealed_and_numbers_stay_exact() {
    let stage = Stage::new(|| view! { <JsonTree name="Request body" body=BODY file="body" /> }.into());
    until("the tree", || !stage.all("[role=treeitem]").is_empty()).await;
    settle().await;
    let tree = stage.find("[role=tree]");
    assert_eq!(tree.get_attribute("aria-label").as_deref(), Some("Request body"));
    assert!(stage.text().contains("12345678901234567890"));
    assert!(!stage.root.inner_html().contains("hunter2"), "the secret is on the page before it is revealed");
    assert!(stage.all("b").is_empty(), "a value became markup");
    stage.find("[role=tree] button[aria-label*='masked']").click();
    settle().await;
    assert!(stage.text().contains("hunter2"));
}

#[wasm_bindgen_test]
async fn a_body_that_is_no_json_is_shown_as_it_came() {
    let stage =
        Stage::new(|| view! { <JsonTree name="Request body" body="{ not json" file="body" /> }.into());
    settle().await;
    assert!(stage.text().contains("{ not json"));
}
