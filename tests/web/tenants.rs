//! Two operations of one id in two tenants are two: what is watched of one says nothing of the other.

use std::sync::Arc;

use leptos::prelude::Owner;
use longrun::platform::storage::{self, Area};
use longrun::platform::store::Store;
use longrun::state::act::select::Selection;
use longrun::state::act::{Place, after};
use longrun::state::detail::{Detail, Shown};
use longrun::state::watch::named;
use longrun::transport::{Canned, Replay, SharedTransport};
use longrun_core::dialect::Key;
use longrun_core::model::State;
use longrun_core::view::shelf::{Deed, Shelf};
use wasm_bindgen_test::wasm_bindgen_test;

use super::page::{console_with, until};

const CONFIG: &str = r#"{"connections":[{"id":"c","name":"C","api":"cloudify-executions","base":"/c",
  "sign_in":{"kind":"cloudify"},"poll_seconds":"off"}]}"#;
/// The one of the other tenant has ended.
const LIST: &str = r#"{"items":[{"id":"twin","status":"terminated","tenant_name":"theirs",
  "created_at":"2026-11-20T00:00:00.000Z"}],"metadata":{"pagination":{"total":1,"size":1000,"offset":0}}}"#;

#[wasm_bindgen_test]
async fn what_is_watched_in_one_tenant_is_not_what_has_the_same_id_in_another() {
    Store::new().ask(Shelf::Watch, &Deed::Clear).await.unwrap();
    storage::set(Area::Session, "longrun.session.c", r#"{"token":"t"}"#).unwrap();
    let ours = LIST.replace("theirs", "ours");
    // The page of one asks for it, and is not answered with anything it could show.
    let unknown = Canned::json(404, r#"{"message":"not found","error_code":"not_found_error"}"#);
    let all = [Canned::json(200, CONFIG), Canned::json(200, LIST), unknown, Canned::json(200, &ours)].map(Ok);
    let replay = Arc::new(Replay::new(all));
    let transport: SharedTransport = replay.clone();
    let (_stage, console) = console_with(transport, "c").await;
    until("the watchlist", || console.watch.ready.get_untracked()).await;
    let conn = console.connections.find("c").unwrap();
    let dialect = conn.dialect().unwrap();
    let place = Place { table: dialect.kind("executions").unwrap(), conn, dialect };
    let key = |tenant: &str| Key { id: "twin".to_owned(), tenant: Some(tenant.to_owned()) };
    let (ours, theirs) = (place.watched(&key("ours")), place.watched(&key("theirs")));
    assert!(console.watch.add(ours.clone(), None));
    assert!(console.watch.find(&ours.key()).is_some() && console.watch.find(&theirs.key()).is_none());

    let list = place.list(console);
    list.refresh(true);
    until("the list", || list.slot_of("twin").is_some() && list.progress.get_untracked().is_none()).await;
    until("that it was read", || list.fresh.with_untracked(|fresh| fresh.loaded_at.is_some())).await;
    assert_eq!(console.watch.find(&ours.key()).unwrap().state, None, "it took over the other one's end");
    assert!(list.find(&key("ours")).is_none(), "a page of ours would show theirs");
    assert_eq!(list.find(&key("theirs")).unwrap().0.state, State::Succeeded);

    // One of them goes, by whatever way; the other stays.
    assert!(console.watch.add(theirs.clone(), None), "it was taken for the one that is watched");
    after::gone(console, &place, &key("theirs"));
    assert!(console.watch.find(&theirs.key()).is_none() && console.watch.find(&ours.key()).is_some());
    assert_eq!(named("c", "executions", "twin", Some("ours")).key(), ours.key());

    // A page that was opened by the id alone is named as the list names it, once it knows whose it is.
    let alone = Key { id: "twin".to_owned(), tenant: None };
    let page = Owner::new();
    let detail =
        page.with(|| Detail::open(console, place.conn.clone(), place.dialect, "executions", alone, list));
    until("what the page asks", || {
        replay.asked().len() == 3 && detail.fresh.with_untracked(|fresh| fresh.loading_since.is_none())
    })
    .await;
    detail.shown.set(list.find(&key("theirs")).map(|(op, text)| Shown { op, text: text.into() }));
    assert_eq!(detail.watched().key(), theirs.key());

    // Who was chosen in one tenant is not the other's of the same id.
    let selection = Selection::new();
    selection.toggle(list, list.slot_of("twin").unwrap(), false);
    list.refresh(true);
    until("the other tenant's", || {
        list.find(&key("ours")).is_some() && list.progress.get_untracked().is_none()
    })
    .await;
    list.fresh.update(|fresh| fresh.loaded_at = None);
    selection.follow(list);
    assert_eq!((selection.len(), selection.away()), (0, 1));
    assert!(selection.operations(list).is_empty());
}
