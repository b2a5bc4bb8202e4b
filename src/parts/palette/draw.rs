//! The box and its list as elements. Knows what is offered only by its looks.

use crate::reactive::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, FocusEvent, HtmlElement, Node as DomNode};

use super::offers::Offer;
use super::{BOX, LIST, Palette, PaletteParts, option_id};
use crate::platform::clipboard;
use crate::reactive::effect;
use crate::ui::el::{El, Node, el, live_node};
use crate::ui::{Glyph, icon};
use longrun_core::dialect::Pasted;
use longrun_core::text::t;

/// More entries than fit into the list's height.
const FITS: usize = 12;

/// The box with its list.
pub fn omnibox() -> El {
    let palette: Palette = expect_context();
    let PaletteParts { text, is_open, active, .. } = *palette;
    // What a search on every connection brings comes while the list is open.
    let asked = palette.lookup.asked;
    effect(move |before: Option<()>| {
        asked.with(|_| ());
        if before.is_some() && is_open.get_untracked() {
            palette.gather();
        }
    });
    let pointed = move || is_open.get().then(|| option_id(active.get()));
    let input = el("input")
        .attr("id", BOX)
        .attr("type", "search")
        .attr("aria-label", "Find an operation")
        .attr("aria-keyshortcuts", "/ Control+K")
        .attr("aria-autocomplete", "list")
        .live("aria-controls", move || {
            (is_open.get() && palette.offers.with(|all| !all.is_empty())).then_some(LIST)
        })
        .live("aria-activedescendant", pointed)
        .attr("placeholder", t("Find: ID, address, cURL line, or > for commands"))
        .attr("autocomplete", "off")
        .attr("spellcheck", "false")
        .live_value(move || text.get())
        .on("input", move |event| {
            palette.put(event_target_value(&event), None);
            palette.open();
        })
        .on("paste", move |event| paste(palette, &event))
        .on("drop", move |event| paste(palette, &event));
    let list = live_node(move || {
        is_open.get().then(|| {
            el("div")
                .class("palette")
                // Pressing an entry leaves the focus in the box.
                .on("mousedown", |event| event.prevent_default())
                .on("click", move |event| {
                    if let Some(at) = pressed(&event) {
                        palette.take(at);
                    }
                })
                .live_child(move || draw(palette))
        })
    });
    el("search")
        .class("omnibox")
        .on("keydown", move |event| palette.key(&event))
        .on("focusout", move |event| {
            let (from, to) =
                (event.current_target(), event.dyn_ref::<FocusEvent>().and_then(FocusEvent::related_target));
            let inside = from.and_then(|from| from.dyn_into::<DomNode>().ok()).is_some_and(|from| {
                to.and_then(|to| to.dyn_into::<DomNode>().ok()).is_some_and(|to| from.contains(Some(&to)))
            });
            if !inside {
                palette.close();
            }
        })
        .child(icon(Glyph::Search))
        .child(input)
        .child(el("kbd").attr("aria-hidden", "true").text("/"))
        .child(list)
}

/// Of a cURL line or a body only the address or the id comes into the box: what else is in it may be secret.
fn paste(palette: Palette, event: &Event) {
    let Some(text) = clipboard::carried(event) else { return };
    let pasted = Pasted::read(&text);
    if pasted.is_wrapped {
        event.prevent_default();
        palette.put(pasted.shown(), Some(pasted));
        palette.open();
    }
}

/// Which entry a press hit.
fn pressed(event: &Event) -> Option<usize> {
    let target = event.target()?.dyn_into::<Element>().ok()?;
    let option = target.closest("[role=option]").ok()??.dyn_into::<HtmlElement>().ok()?;
    option.id().rsplit('-').next()?.parse().ok()
}

/// The entries in their groups.
fn draw(palette: Palette) -> Node {
    palette.offers.with(|offers| {
        if offers.is_empty() {
            let wrapped = palette.pasted.with_value(Option::is_some);
            let says = if wrapped { t("Nothing in it names an operation.") } else { t("Nothing found") };
            return el("p").class("palette-none").text(says).into();
        }
        let mut groups: Vec<(&'static str, Vec<Node>)> = vec![];
        for (at, offer) in offers.iter().enumerate() {
            if groups.last().is_none_or(|(name, _)| *name != offer.group) {
                groups.push((offer.group, vec![]));
            }
            if let Some((_, entries)) = groups.last_mut() {
                entries.push(entry(palette, at, offer).into());
            }
        }
        let group = |(name, entries): (&'static str, Vec<Node>)| {
            el("div")
                .attr("role", "group")
                .attr("aria-label", name)
                .child(el("div").class("palette-head").attr("aria-hidden", "true").text(name))
                .child(entries)
        };
        let groups: Node = groups.into_iter().map(group).collect();
        // Where it scrolls, Tab reaches it; the keys are the same there.
        let scrolls = offers.len() > FITS;
        let pointed = move || Some(option_id(palette.active.get()));
        el("div")
            .attr("id", LIST)
            .attr("role", "listbox")
            .attr("tabindex", scrolls.then_some("0"))
            .live("aria-activedescendant", pointed)
            .attr("aria-label", t("Results"))
            .child(groups)
            .into()
    })
}

fn entry(palette: Palette, at: usize, offer: &Offer) -> El {
    let active = palette.active;
    let mark: Node = match (offer.band, offer.glyph) {
        (Some(band), _) => {
            let mut class = String::from("swatch band-");
            class.push_str(band);
            el("span").class(class).into()
        }
        (None, glyph) => glyph.map(|glyph| el("span").class(offer.class.clone()).child(icon(glyph))).into(),
    };
    let hint = offer.why_off.as_ref().unwrap_or(&offer.hint);
    el("div")
        .class("option")
        .attr("id", option_id(at))
        .attr("role", "option")
        .live("aria-selected", move || if active.get() == at { "true" } else { "false" })
        .attr("aria-disabled", offer.why_off.as_ref().map(|_| "true"))
        .child(el("span").child(mark))
        .child(el("span").text(offer.label.clone()))
        .child(offer.end.clone().map(|end| el("kbd").text(end)))
        .child((!hint.is_empty()).then(|| el("span").class("hint").text(hint.clone())))
}
