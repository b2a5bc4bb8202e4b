//! What is kept lastingly where writing fails: nothing of it is hidden, nothing is forgotten before it is kept, and a
//! reading that goes well does not say that all is well.

use std::cell::RefCell;
use std::rc::Rc;

use longrun::platform::storage::{self, Area};
use longrun::platform::store::{Store, StoreError};
use longrun::reactive::prelude::*;
use longrun::state::keeper::Keeper;
use longrun::state::notices::Notices;
use longrun::state::watch::Watch;
use longrun_core::view::shelf::{Deed, Shelf};
use wasm_bindgen_test::wasm_bindgen_test;

use super::page::{Stage, made, until};

/// While it lives, the browser refuses every record whose key has a part.
struct NoRoom;

impl NoRoom {
    fn for_keys_with(part: &str) -> NoRoom {
        run(&format!(
            "const put = IDBObjectStore.prototype.put;
             globalThis.__put = put;
             IDBObjectStore.prototype.put = function (text, key) {{
                 if (key.includes('{part}')) throw new DOMException('full', 'QuotaExceededError');
                 return put.call(this, text, key);
             }};"
        ));
        NoRoom
    }
}

impl Drop for NoRoom {
    fn drop(&mut self) {
        run("IDBObjectStore.prototype.put = globalThis.__put;");
    }
}

fn run(script: &str) {
    js_sys::Function::new_no_args(script).call0(&wasm_bindgen::JsValue::NULL).unwrap();
}

/// As another tab would after it has written.
fn another_tab_tells() {
    run("const tab = new BroadcastChannel('longrun'); tab.postMessage('watch'); tab.close();");
}

fn set(key: &str, text: &str) -> Deed {
    Deed::Set(vec![(key.to_owned(), Some(text.to_owned()))])
}

async fn kept() -> Vec<String> {
    let all = Store::new().ask(Shelf::Watch, &Deed::All).await.unwrap();
    all.into_iter().map(|(_, text)| text).collect()
}

async fn keeper() -> (Stage, Keeper) {
    Store::new().ask(Shelf::Watch, &Deed::Clear).await.unwrap();
    made(|| Keeper::new(Notices::new()))
}

#[wasm_bindgen_test]
async fn what_was_not_kept_stays_on_the_screen_and_is_kept_once_there_is_room() {
    let (_stage, keeper) = keeper().await;
    let seen = Rc::new(RefCell::new(vec![]));
    let taken = Rc::clone(&seen);
    keeper.follow(Shelf::Watch, Callback::new(move |texts: Vec<String>| *taken.borrow_mut() = texts));
    let no_room = NoRoom::for_keys_with("mine");
    keeper.change(Shelf::Watch, set("mine", "not kept"));
    until("the trouble", || keeper.trouble.get_untracked() == Some(StoreError::Full)).await;

    Store::new().ask(Shelf::Watch, &set("theirs", "of another tab")).await.unwrap();
    another_tab_tells();
    let has = |text: &str| seen.borrow().iter().any(|known| known == text);
    until("what the other tab has kept", || has("of another tab")).await;
    assert!(has("not kept"), "it went from the screen: {:?}", seen.borrow());
    assert_eq!(
        keeper.trouble.get_untracked(),
        Some(StoreError::Full),
        "a reading went well, a writing did not"
    );
    keeper.change(Shelf::Watch, set("another", "kept"));
    until("another one", || has("of another tab")).await;
    assert_eq!(keeper.trouble.get_untracked(), Some(StoreError::Full), "one of two is not kept");

    drop(no_room);
    another_tab_tells();
    until("the end of the trouble", || keeper.trouble.get_untracked().is_none()).await;
    let all = kept().await;
    assert!(
        ["not kept", "kept", "of another tab"].iter().all(|one| all.iter().any(|text| text == one)),
        "{all:?}"
    );
}

#[wasm_bindgen_test]
async fn half_of_a_change_is_not_kept() {
    let (_stage, keeper) = keeper().await;
    keeper.change(Shelf::Watch, set("old", "the old name"));
    let no_room = NoRoom::for_keys_with("new");
    let renamed = vec![("old".to_owned(), None), ("new".to_owned(), Some("the new name".to_owned()))];
    keeper.change(Shelf::Watch, Deed::Set(renamed));
    until("the trouble", || keeper.trouble.get_untracked().is_some()).await;
    assert_eq!(kept().await, ["the old name"]);
    drop(no_room);
    keeper.change(Shelf::Watch, set("third", "else"));
    until("the end of the trouble", || keeper.trouble.get_untracked().is_none()).await;
    let mut all = kept().await;
    all.sort();
    assert_eq!(all, ["else", "the new name"]);
}

#[wasm_bindgen_test]
async fn what_earlier_consoles_kept_stays_there_until_all_of_it_is_kept_here() {
    const PLACE: &str = "longrun.watch.x";
    let there = || storage::get(Area::Lasting, PLACE).unwrap().is_some();
    let (mut stage, keeper) = keeper().await;
    storage::set(Area::Lasting, PLACE, r#"[{"id":"a"},{"id":"b"}]"#).unwrap();
    let no_room = NoRoom::for_keys_with("operations/b");
    let (second, watch) = made(move || Watch::load(keeper));
    until("the trouble", || keeper.trouble.get_untracked().is_some()).await;
    // Something else is kept, and read: that says nothing of those.
    keeper.change(Shelf::Watch, set("x/operations/c/", "conn=x&kind=operations&id=c"));
    another_tab_tells();
    until("all three", || watch.of("x").len() == 3).await;
    assert!(there(), "it was forgotten before it was kept");
    drop(no_room);
    another_tab_tells();
    until("the end of the trouble", || keeper.trouble.get_untracked().is_none()).await;
    until("the older place to be empty", || !there()).await;
    assert_eq!(kept().await.len(), 3);
    drop(second);
    stage.unmount();
}
