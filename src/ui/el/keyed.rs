//! Children by key. One whose key stays keeps its element, its effects and the focus in it; only its place may change.

use std::cell::RefCell;
use std::rc::Rc;

use leptos::prelude::Owner;
use leptos::reactive::effect::RenderEffect;

use super::El;
use super::build::{self, Built};
use crate::platform::dom;

/// One child.
pub(super) struct Item {
    key: u64,
    owner: Owner,
    pub(super) built: Built,
}

/// In order.
pub(super) type Items = Vec<Item>;

impl Drop for Item {
    fn drop(&mut self) {
        // Signals of the child end with it, not with the list.
        self.owner.cleanup();
    }
}

pub(super) fn build(mut keys: Box<dyn FnMut() -> Vec<u64>>, draw: Box<dyn Fn(u64) -> El>) -> Built {
    let marker = dom::text("");
    let items: Rc<RefCell<Items>> = Rc::default();
    // The effect's own owner is cleaned at each run; children outlive runs.
    let home = Owner::current().unwrap_or_default();
    // Weak, as in `build::live`.
    let (place, shown) = (marker.clone(), Rc::downgrade(&items));
    let effect = RenderEffect::new(move |_| {
        let Some(shown) = shown.upgrade() else { return };
        let keys = keys();
        let mut old = shown.take();
        let new: Items = keys
            .into_iter()
            .map(|key| take(&mut old, key).unwrap_or_else(|| make(&home, key, &draw)))
            .collect();
        for gone in &old {
            gone.built.unmount();
        }
        if let Some(parent) = place.parent_node() {
            arrange(&new, &parent, &place);
        }
        shown.replace(new);
    });
    Built::Keyed { marker, items, effect }
}

/// Few items, mostly in the order in which they are asked for: a search from the front finds them at once.
fn take(items: &mut Items, key: u64) -> Option<Item> {
    let at = items.iter().position(|item| item.key == key)?;
    Some(items.remove(at))
}

fn make(home: &Owner, key: u64, draw: &dyn Fn(u64) -> El) -> Item {
    let owner = home.child();
    let built = owner.with(|| leptos::prelude::untrack(|| build::el(draw(key))));
    Item { key, owner, built }
}

/// Moves only what is not where it belongs: from the end, each item stands right before the one after it.
fn arrange(items: &Items, parent: &web_sys::Node, marker: &web_sys::Node) {
    let mut next = marker.clone();
    for item in items.iter().rev() {
        let Some(first) = item.built.first() else { continue };
        if first.next_sibling().as_ref() != Some(&next) {
            dom::insert(parent, &first, Some(&next));
        }
        next = first;
    }
}
