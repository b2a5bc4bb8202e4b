//! A button with a menu, by the keyboard pattern of the ARIA authoring guide: arrows, Home, End, first letters,
//! Escape.

use std::borrow::Cow;

use crate::reactive::prelude::*;
use longrun_core::fold::{lower, lowered};
use longrun_core::text::{fill, said};
use wasm_bindgen::JsCast;
use web_sys::{Event, KeyboardEvent};

use super::el::{El, Node, el};
use super::popover::{Handle, Hanging};
use super::{Glyph, commands, fresh_id, icon_s};
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
    /// A second line, where it does something.
    pub note: Option<String>,
    /// A line above it.
    pub apart: bool,
    /// What it does.
    pub act: Callback<()>,
}

impl MenuItem {
    /// An action that is on.
    pub fn new(label: impl Into<Cow<'static, str>>, act: Callback<()>) -> MenuItem {
        let (end, icon, why_off, note) = (None, None, None, None);
        let label = said(label.into()).into_owned();
        MenuItem { label, end, icon, kind: ItemKind::Action, why_off, note, apart: false, act }
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
    /// Opens it from outside, by a key.
    #[prop(optional, into)]
    open_on: Option<Trigger>,
) -> El {
    let hanging = Hanging::new();
    let id = fresh_id("menu");
    if let Some(trigger) = open_on {
        hanging.open_on(trigger, move || focus_item(hanging, Which::First));
    }
    commands::offer(Callback::new(move |()| {
        let mut items = items.get();
        // A choice whose menu has another name than its label is told by what is chosen: no words for one entry.
        items.retain(|item| item.kind == ItemKind::Action || name.get().is_none());
        for item in items.iter_mut().filter(|item| icon_only || item.kind != ItemKind::Action) {
            // Under one roof, what an entry is about must be said.
            item.icon = item.icon.or(icon);
            item.label = fill("{0}: {1}", &[&label.get(), &item.label]);
        }
        items
    }));
    // Who speaks to the machine says what is written on the button, so the spoken name must hold it.
    let spoken = move || match name.get() {
        Some(name) if icon_only || holds(&name, &label.get()) => Some(name),
        Some(name) => Some(format!("{}: {name}", label.get())),
        None => icon_only.then(|| label.get()),
    };
    let handle = Handle { label, icon, icon_only, ghost, class };
    let button = hanging
        .draw_button(handle, "menu", id.clone())
        .live("aria-label", spoken)
        .on("click", move |_| {
            hanging.toggle();
            focus_item(hanging, Which::First);
        })
        .on("keydown", move |event| {
            let which = match event.dyn_ref::<KeyboardEvent>().map(KeyboardEvent::key).as_deref() {
                Some("ArrowDown") => Which::First,
                Some("ArrowUp") => Which::Last,
                _ => return,
            };
            event.prevent_default();
            hanging.open();
            focus_item(hanging, which);
        });
    let shown = RwSignal::new(Vec::new());
    let keys = move || {
        if !hanging.is_open.get() {
            return Vec::new();
        }
        let items = items.get();
        let keys = (0..).zip(&items).flat_map(|(at, item)| keys_of(at, item)).collect();
        shown.set(items);
        keys
    };
    let panel = hanging
        .draw_panel(id, "menu", move || name.get().unwrap_or_else(|| label.get()))
        .class("menu")
        .attr("tabindex", "-1")
        .on("keydown", move |event| on_key(hanging, &event))
        .keyed(keys, move |key| line(hanging, shown, key));
    el("span").class("menu-host").child(button).child(panel)
}

fn holds(name: &str, label: &str) -> bool {
    lowered(name).contains(&lowered(label))
}

/// Entries are told apart by their place, so that one keeps the focus while what it says changes. Odd keys are
/// entries, even ones the lines above them.
fn keys_of(at: u64, item: &MenuItem) -> impl Iterator<Item = u64> + use<> {
    item.apart.then_some(2 * at).into_iter().chain([2 * at + 1])
}

fn line(hanging: Hanging, shown: RwSignal<Vec<MenuItem>>, key: u64) -> El {
    if key.is_multiple_of(2) {
        return el("hr").class("menu-sep").attr("role", "separator");
    }
    let Ok(at) = usize::try_from(key / 2) else { return el("hr") };
    let item = move || shown.with(|shown| shown.get(at).cloned());
    el("button")
        .class("menu-item")
        .attr("type", "button")
        .live("role", move || item().map(|item| item.kind.role()))
        .attr("tabindex", "-1")
        .live("aria-checked", move || item()?.kind.checked().map(|on| if on { "true" } else { "false" }))
        .live("aria-disabled", move || item()?.why_off.map(|_| "true"))
        .on("click", move |_| {
            if let Some(item) = untrack(item) {
                press(hanging, &item);
            }
        })
        .live_child(move || item().map(words))
}

fn press(hanging: Hanging, item: &MenuItem) {
    if item.why_off.is_some() {
        return;
    }
    // Closing first: what the entry opens may want the focus for itself.
    if !matches!(item.kind, ItemKind::Check(_)) {
        hanging.close_and_return();
    }
    item.act.run(());
}

fn words(item: MenuItem) -> Node {
    let mark = match item.kind.checked() {
        Some(true) => Some(Glyph::Check),
        Some(false) => None,
        None => item.icon,
    };
    let part = |class: &'static str| move |text: String| el("span").class(class).text(text);
    [
        mark.map(icon_s).into(),
        el("span").text(item.label).into(),
        item.end.map(part("end")).into(),
        Node::from(item.why_off.or(item.note).map(part("hint"))),
    ]
    .into()
}

const ITEMS: &str = "[role^=menuitem]";

/// Which entry gets the focus when the menu opens.
#[derive(Clone, Copy)]
enum Which {
    First,
    Last,
}

/// Focuses an entry, after the entries were drawn.
fn focus_item(hanging: Hanging, which: Which) {
    queue_microtask(move || {
        let Some(panel) = hanging.panel() else { return };
        let items = focus::all_in(&panel, ITEMS);
        let item = match which {
            Which::First => items.first(),
            Which::Last => items.last(),
        };
        if let Some(item) = item {
            let _ = item.focus();
        }
    });
}

fn on_key(hanging: Hanging, event: &Event) {
    let (Some(panel), Some(event)) = (hanging.panel(), event.dyn_ref::<KeyboardEvent>()) else { return };
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
        name.trim().chars().next().is_some_and(|first| lower(first) == lower(letter))
    };
    let from = here.map_or(0, |at| at + 1);
    (from..items.len()).chain(0..from.min(items.len())).find(begins)
}
