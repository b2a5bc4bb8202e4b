//! What can be pressed on the screen, under one roof: each button and menu says so here for as long as it is on the
//! page, with its reason where it is off. Must not know who asks.

use crate::reactive::prelude::*;

use super::MenuItem;

type Offered = Callback<(), Vec<MenuItem>>;

/// Everything that is offered.
#[derive(Clone, Copy)]
pub struct Commands(StoredValue<Vec<(u32, Offered)>>);

/// Makes the roof known to everything below. Call it once, in the shell.
pub fn provide() {
    provide_context(Commands(StoredValue::new(vec![])));
}

/// Offers what `items` gives, until the present owner goes. Silent where there is no roof, as in a test of one part.
pub fn offer(items: Offered) {
    let Some(Commands(all)) = use_context::<Commands>() else { return };
    let mut number = 0;
    all.update_value(|all| {
        number = all.last().map_or(0, |(last, _)| last + 1);
        all.push((number, items));
    });
    on_cleanup(move || {
        all.try_update_value(|all| all.retain(|(known, _)| *known != number));
    });
}

impl Commands {
    /// The roof of the page.
    pub fn here() -> Option<Commands> {
        use_context()
    }

    /// What can be pressed now, in the order in which it came; each name once.
    pub fn all(self) -> Vec<MenuItem> {
        let offered: Vec<Offered> = self.0.with_value(|all| all.iter().map(|(_, items)| *items).collect());
        let mut items: Vec<MenuItem> = vec![];
        for item in offered.into_iter().flat_map(|offered| untrack(|| offered.run(()))) {
            if !items.iter().any(|known| known.label == item.label) {
                items.push(item);
            }
        }
        items
    }
}
