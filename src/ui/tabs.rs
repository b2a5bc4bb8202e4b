//! Tabs by the ARIA pattern with roving tabindex: arrows move, Enter or Space opens. What a tab means to the address
//! bar is the caller's business.

use leptos::ev::{KeyboardEvent, MouseEvent};
use leptos::html;
use leptos::prelude::*;

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
) -> impl IntoView {
    let list = NodeRef::<html::Div>::new();
    let one = move |tab: Tab| {
        let id = tab.id;
        let is_chosen = Memo::new(move |_| chosen.get() == id);
        view! {
            <a
                role="tab"
                id=tab_id(id)
                href=tab.href
                aria-selected=move || is_chosen.get().to_string()
                aria-controls=move || is_chosen.get().then(|| panel_id(id))
                tabindex=move || if is_chosen.get() { "0" } else { "-1" }
                on:click=move |event: MouseEvent| {
                    // With a modifier the browser opens its own tab or window.
                    if event.ctrl_key() || event.meta_key() || event.shift_key() || event.alt_key() {
                        return;
                    }
                    event.prevent_default();
                    on_choose.run(id);
                }
                on:keydown=move |event: KeyboardEvent| {
                    if event.key() == " " {
                        event.prevent_default();
                        on_choose.run(id);
                    }
                }
            >
                {tab.label}
                {tab.count.map(|count| view! { <span class="n">{count}</span> })}
            </a>
        }
    };
    view! {
        <div
            class="tabs"
            role="tablist"
            aria-label=move || name.get()
            node_ref=list
            on:keydown=move |event| move_focus(list, &event)
        >
            {move || tabs.get().into_iter().map(one).collect_view()}
        </div>
    }
}

/// The contents of the chosen tab.
#[component]
pub fn TabPanel(id: &'static str, children: Children) -> impl IntoView {
    view! {
        <div class="body" role="tabpanel" id=panel_id(id) aria-labelledby=tab_id(id) tabindex="0">
            {children()}
        </div>
    }
    .into_any()
}

fn tab_id(id: &str) -> String {
    format!("tab-{id}")
}

fn panel_id(id: &str) -> String {
    format!("panel-{id}")
}

fn move_focus(list: NodeRef<html::Div>, event: &KeyboardEvent) {
    let Some(list) = list.get_untracked() else { return };
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
