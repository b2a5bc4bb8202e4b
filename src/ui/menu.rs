//! A button with a menu, by the keyboard pattern of the ARIA authoring guide: arrows, Home, End, first letters,
//! Escape.

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;

use super::popover::Hanging;
use super::{Glyph, Icon, fresh_id};
use crate::platform::focus;

/// What an entry is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ItemKind {
    /// Does something.
    #[default]
    Action,
    /// Is on or off; the menu stays open.
    Check(bool),
    /// Is the chosen one of its group, or not.
    Radio(bool),
}

impl ItemKind {
    fn role(self) -> &'static str {
        match self {
            ItemKind::Action => "menuitem",
            ItemKind::Check(_) => "menuitemcheckbox",
            ItemKind::Radio(_) => "menuitemradio",
        }
    }

    fn checked(self) -> Option<bool> {
        match self {
            ItemKind::Action => None,
            ItemKind::Check(on) | ItemKind::Radio(on) => Some(on),
        }
    }
}

/// One entry.
#[derive(Clone)]
pub struct MenuItem {
    /// Its name.
    pub label: String,
    /// At its end: a key, a count.
    pub end: Option<String>,
    /// Before it; for entries that are not checked.
    pub icon: Option<Glyph>,
    /// What it is.
    pub kind: ItemKind,
    /// Why it does nothing now.
    pub why_off: Option<String>,
    /// A line above it.
    pub apart: bool,
    /// What it does.
    pub act: Callback<()>,
}

impl MenuItem {
    /// An action that is on.
    pub fn new(label: impl Into<String>, act: Callback<()>) -> MenuItem {
        let (end, icon, why_off) = (None, None, None);
        MenuItem { label: label.into(), end, icon, kind: ItemKind::Action, why_off, apart: false, act }
    }

    /// As another kind of entry.
    #[must_use]
    pub fn kind(mut self, kind: ItemKind) -> MenuItem {
        self.kind = kind;
        self
    }
}

/// The button and its menu. `items` is asked anew each time the menu opens or something in it changes.
#[component]
pub fn Menu(
    /// The button's label.
    #[prop(into)]
    label: Signal<String>,
    /// What is spoken, where it is more than the label: "Refresh every 15 s, change".
    #[prop(optional, into)]
    name: MaybeProp<String>,
    #[prop(into)] items: Signal<Vec<MenuItem>>,
    #[prop(optional, into)] icon: Option<Glyph>,
    #[prop(optional)] icon_only: bool,
    #[prop(optional)] ghost: bool,
    #[prop(optional, into)] class: &'static str,
) -> impl IntoView {
    let hanging = Hanging::new();
    let id = fresh_id("menu");
    let controls = id.clone();
    // Who speaks to the machine says what is written on the button, so the spoken name must hold it.
    let spoken = move || match name.get() {
        Some(name) if icon_only || holds(&name, &label.get()) => Some(name),
        Some(name) => Some(format!("{}: {name}", label.get())),
        None => icon_only.then(|| label.get()),
    };
    let menu_name = move || name.get().unwrap_or_else(|| label.get());
    let classes = format!(
        "btn {} {} {class}",
        if ghost { "btn-ghost" } else { "" },
        if icon_only { "btn-icon" } else { "" }
    );
    view! {
        <span class="menu-host">
            <button
                class=classes
                type="button"
                node_ref=hanging.button
                aria-haspopup="menu"
                aria-expanded=move || hanging.is_open.get().to_string()
                aria-controls=move || hanging.is_open.get().then(|| controls.clone())
                aria-label=spoken
                title=move || icon_only.then(|| label.get())
                on:click=move |_| {
                    hanging.toggle();
                    focus_item(hanging, |_| Some(0));
                }
                on:keydown=move |event: KeyboardEvent| {
                    let last = match event.key().as_str() {
                        "ArrowDown" => false,
                        "ArrowUp" => true,
                        _ => return,
                    };
                    event.prevent_default();
                    hanging.open();
                    focus_item(hanging, move |count| if last { count.checked_sub(1) } else { Some(0) });
                }
            >
                {icon.map(|glyph| view! { <Icon glyph=glyph /> })}
                {move || (!icon_only).then(|| view! { <span>{label.get()}</span> })}
                {(!icon_only).then(|| view! { <Icon glyph=Glyph::Down small=true /> })}
            </button>
            <div
                class="menu"
                id=id
                popover="auto"
                role="menu"
                tabindex="-1"
                aria-label=menu_name
                node_ref=hanging.panel
                on:toggle=move |_| hanging.follow()
                on:keydown=move |event| on_key(hanging, &event)
            >
                {move || {
                    hanging.is_open.get().then(|| items.get().into_iter().map(|i| entry(hanging, i)).collect_view())
                }}
            </div>
        </span>
    }
}

fn holds(name: &str, label: &str) -> bool {
    name.to_lowercase().contains(&label.to_lowercase())
}

fn entry(hanging: Hanging, item: MenuItem) -> impl IntoView {
    let MenuItem { label, end, icon, kind, why_off, apart, act } = item;
    let off = why_off.is_some();
    let checked = kind.checked();
    let mark = match checked {
        Some(true) => Some(Glyph::Check),
        Some(false) => None,
        None => icon,
    };
    let press = move |_| {
        if off {
            return;
        }
        // Closing first: what the entry opens may want the focus for itself.
        if !matches!(kind, ItemKind::Check(_)) {
            hanging.close_and_return();
        }
        act.run(());
    };
    view! {
        {apart.then(|| view! { <hr class="menu-sep" role="separator" /> })}
        <button
            class="menu-item"
            type="button"
            role=kind.role()
            tabindex="-1"
            aria-checked=checked.map(|on| on.to_string())
            aria-disabled=off.then_some("true")
            on:click=press
        >
            {mark.map(|glyph| view! { <Icon glyph=glyph small=true /> })}
            <span>{label}</span>
            {end.map(|end| view! { <span class="end">{end}</span> })}
            {why_off.map(|why| view! { <span class="hint">{why}</span> })}
        </button>
    }
}

const ITEMS: &str = "[role^=menuitem]";

/// Focuses the entry that `choose` names among `count`, after the entries were drawn.
fn focus_item(hanging: Hanging, choose: impl FnOnce(usize) -> Option<usize> + 'static) {
    queue_microtask(move || {
        let Some(panel) = hanging.panel.try_get_untracked().flatten() else { return };
        let items = focus::all_in(&panel, ITEMS);
        if let Some(item) = choose(items.len()).and_then(|at| items.get(at)) {
            let _ = item.focus();
        }
    });
}

fn on_key(hanging: Hanging, event: &KeyboardEvent) {
    let Some(panel) = hanging.panel.get_untracked() else { return };
    let items = focus::all_in(&panel, ITEMS);
    let count = items.len();
    if count == 0 {
        return;
    }
    let here = focus::position_in(&items);
    let key = event.key();
    let target = match key.as_str() {
        "ArrowDown" => Some(here.map_or(0, |at| (at + 1) % count)),
        "ArrowUp" => Some(here.map_or(count - 1, |at| (at + count - 1) % count)),
        "Home" => Some(0),
        "End" => Some(count - 1),
        "Tab" => {
            hanging.close_and_return();
            return;
        }
        "Escape" => {
            event.prevent_default();
            event.stop_propagation();
            hanging.close_and_return();
            return;
        }
        _ => starting_with(&items, here, &key),
    };
    if let Some(item) = target.and_then(|at| items.get(at)) {
        event.prevent_default();
        event.stop_propagation();
        let _ = item.focus();
    }
}

/// The next entry, going round, whose name begins with the letter typed.
fn starting_with(items: &[web_sys::HtmlElement], here: Option<usize>, key: &str) -> Option<usize> {
    let mut letters = key.chars();
    let (Some(letter), None) = (letters.next(), letters.next()) else { return None };
    if letter == ' ' {
        return None;
    }
    let begins = |at: &usize| {
        let name = items.get(*at).and_then(|item| item.text_content()).unwrap_or_default();
        name.trim().chars().next().is_some_and(|first| first.to_lowercase().eq(letter.to_lowercase()))
    };
    let from = here.map_or(0, |at| at + 1);
    (from..items.len()).chain(0..from.min(items.len())).find(begins)
}
