//! The element builder: identity, following, and stopping.

use std::cell::Cell;
use std::rc::Rc;

use longrun::reactive::prelude::*;
use longrun::ui::el::{Node, el, live_node};
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;

use super::page::{Stage, settle};

#[wasm_bindgen_test]
async fn keyed_children_keep_their_elements_whatever_moves() {
    let keys = RwSignal::new(vec![1_u64, 2, 3, 4]);
    let stage = Stage::new(move || {
        el("ul").keyed(move || keys.get(), |key| el("li").attr("id", format!("k{key}"))).into()
    });
    for key in [1, 2, 3, 4] {
        let element = stage.find(&format!("#k{key}"));
        js_sys::Reflect::set(&element, &"mark".into(), &JsValue::from_f64(key as f64)).unwrap();
    }
    keys.set(vec![9, 4, 2, 1]);
    settle().await;
    let order: Vec<String> = stage.all("li").iter().map(|li| li.id()).collect();
    assert_eq!(order, ["k9", "k4", "k2", "k1"]);
    for key in [1, 2, 4] {
        let mark = js_sys::Reflect::get(&stage.find(&format!("#k{key}")), &"mark".into()).unwrap();
        assert_eq!(mark.as_f64(), Some(key as f64), "k{key} is another element now");
    }
    keys.set(vec![]);
    settle().await;
    assert!(stage.all("li").is_empty());
}

#[wasm_bindgen_test]
async fn what_is_read_is_followed_and_absent_values_are_no_attributes() {
    let state = RwSignal::new(None::<&'static str>);
    let stage = Stage::new(move || {
        el("p")
            .live("aria-current", move || state.get())
            .live_text(move || state.get().unwrap_or("nothing").to_owned())
            .into()
    });
    assert!(!stage.find("p").has_attribute("aria-current"));
    state.set(Some("page"));
    settle().await;
    assert_eq!(stage.find("p").get_attribute("aria-current").as_deref(), Some("page"));
    assert_eq!(stage.text(), "page");
}

#[wasm_bindgen_test]
async fn a_replaced_piece_stops_and_the_rest_stays() {
    let which = RwSignal::new(0);
    let tick = RwSignal::new(0);
    let runs = Rc::new(Cell::new(0));
    let seen = Rc::clone(&runs);
    let stage = Stage::new(move || {
        let piece = live_node(move || {
            let seen = Rc::clone(&seen);
            (which.get() == 0).then(|| {
                el("b").live_text(move || {
                    seen.set(seen.get() + 1);
                    tick.get().to_string()
                })
            })
        });
        Node::from([Node::from(el("i").text("before")), piece, el("i").text("after").into()])
    });
    assert_eq!(stage.text(), "before0after");
    which.set(1);
    settle().await;
    assert_eq!(stage.text(), "beforeafter");
    let at_end = runs.get();
    tick.set(5);
    settle().await;
    assert_eq!(runs.get(), at_end, "an effect of a piece that is gone ran again");
    which.set(0);
    settle().await;
    assert_eq!(stage.text(), "before5after", "a new piece stands in its place");
}

#[wasm_bindgen_test]
async fn nothing_runs_on_after_the_view_is_gone() {
    let tick = RwSignal::new(0);
    let runs = Rc::new(Cell::new(0));
    let seen = Rc::clone(&runs);
    let mut stage = Stage::new(move || {
        el("p")
            .live_text(move || {
                seen.set(seen.get() + 1);
                tick.get().to_string()
            })
            .into()
    });
    stage.unmount();
    let at_end = runs.get();
    tick.set(7);
    settle().await;
    assert_eq!(runs.get(), at_end);
    assert_eq!(stage.text(), "");
}

#[wasm_bindgen_test]
async fn text_is_never_markup() {
    let stage =
        Stage::new(|| el("p").text("<img src=x onerror=alert(1)>").attr("title", "\"><script>").into());
    assert!(stage.all("img, script").is_empty());
    assert_eq!(stage.text(), "<img src=x onerror=alert(1)>");
}
