//! Tabs by the ARIA pattern with roving tabindex: arrows move, Enter or Space opens. What a tab means to the address
//! bar is the caller's business.

use crate::reactive::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, KeyboardEvent, MouseEvent};

use super::el::{El, Node, el};
use crate::platform::focus;

/// One tab.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tab {
    /// Stable; names the panel.
    pub id: &'static str,
    /// On screen.
    pub label: String,
    /// Beside the label.
    pub count: Option<String>,
    /// Where it leads when opened in a new browser tab.
    pub href: String,
}

/// The list of tabs. The panel is a [`TabPanel`] with the id of the chosen tab.
#[component]
pub fn Tabs(
    #[prop(into)] name: Signal<String>,
    #[prop(into)] tabs: Signal<Vec<Tab>>,
    #[prop(into)] chosen: Signal<String>,
    on_choose: Callback<&'static str>,
) -> El {
    let all = move || tabs.get().into_iter().map(|tab| one(tab, chosen, on_choose)).collect::<Vec<_>>();
    el("div")
        .class("tabs")
        .attr("role", "tablist")
        .live("aria-label", move || name.get())
        .on("keydown", |event| move_focus(&event))
        .live_child(all)
}

fn one(tab: Tab, chosen: Signal<String>, on_choose: Callback<&'static str>) -> El {
    let id = tab.id;
    let is_chosen = move || chosen.with(|chosen| chosen == id);
    el("a")
        .attr("role", "tab")
        .attr("id", tab_id(id))
        .attr("href", tab.href)
        .live("aria-selected", move || if is_chosen() { "true" } else { "false" })
        .live("aria-controls", move || is_chosen().then(|| panel_id(id)))
        .live("tabindex", move || if is_chosen() { "0" } else { "-1" })
        .on("click", move |event| {
            let with_key = |event: &MouseEvent| {
                event.ctrl_key() || event.meta_key() || event.shift_key() || event.alt_key()
            };
            // With a modifier the browser opens its own tab or window.
            if event.dyn_ref().is_some_and(with_key) {
                return;
            }
            event.prevent_default();
            on_choose.run(id);
        })
        .on("keydown", move |event| {
            if event.dyn_ref::<KeyboardEvent>().is_some_and(|event| event.key() == " ") {
                event.prevent_default();
                on_choose.run(id);
            }
        })
        .text(tab.label)
        .child(tab.count.map(|count| el("span").class("n").text(count)))
}

/// The contents of the chosen tab.
#[component]
pub fn TabPanel(id: &'static str, #[prop(into)] body: Node) -> El {
    el("div")
        .class("body")
        .attr("role", "tabpanel")
        .attr("id", panel_id(id))
        .attr("aria-labelledby", tab_id(id))
        .attr("tabindex", "0")
        .child(body)
}

fn tab_id(id: &str) -> String {
    format!("tab-{id}")
}

fn panel_id(id: &str) -> String {
    format!("panel-{id}")
}

fn move_focus(event: &Event) {
    let list = event.current_target().and_then(|list| list.dyn_into::<Element>().ok());
    let (Some(list), Some(event)) = (list, event.dyn_ref::<KeyboardEvent>()) else { return };
    let tabs = focus::all_in(&list, "[role=tab]");
    let (Some(here), count) = (focus::position_in(&tabs), tabs.len()) else { return };
    let target = match event.key().as_str() {
        "ArrowRight" => (here + 1) % count,
        "ArrowLeft" => (here + count - 1) % count,
        "Home" => 0,
        "End" => count - 1,
        _ => return,
    };
    if let Some(tab) = tabs.get(target) {
        event.prevent_default();
        event.stop_propagation();
        let _ = tab.focus();
    }
}
