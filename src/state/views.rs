//! A user's own views of lists, kept per kind of object of an API. What a view holds is `longrun_core::query::views`'s
//! business.

use crate::reactive::{Callback, RwSignal};

use super::keeper::Keeper;
pub use longrun_core::query::views::View;
use longrun_core::view::shelf::{Deed, Shelf};

/// All of them. Cheap to copy.
#[derive(Clone, Copy)]
pub struct Views {
    all: RwSignal<Vec<View>>,
    keeper: Keeper,
}

impl Views {
    /// Reads what this browser keeps, and follows what other tabs change.
    pub fn load(keeper: Keeper) -> Views {
        let all = RwSignal::new(vec![]);
        keeper.follow(
            Shelf::Views,
            Callback::new(move |texts: Vec<String>| {
                let mut read: Vec<View> = texts.iter().filter_map(|text| View::read(text)).collect();
                read.sort_by(|a, b| a.name.cmp(&b.name));
                all.set(read);
            }),
        );
        Views { all, keeper }
    }

    /// Those of a kind of object, by name.
    pub fn of(self, api: &str, kind: &str) -> Vec<View> {
        self.all.with(|all| all.iter().filter(|view| view.api == api && view.kind == kind).cloned().collect())
    }

    /// How many there are.
    pub fn count(self) -> usize {
        self.all.with(Vec::len)
    }

    /// Keeps a view in the place of the one of that name, and forgets `before`. Neither is lost where the other cannot
    /// be kept.
    pub fn change(self, before: Option<&View>, view: Option<View>) {
        let mut changes = vec![];
        changes.extend(before.map(|before| (before.key(), None)));
        changes.extend(view.as_ref().map(|view| (view.key(), Some(view.to_text()))));
        self.all.update(|all| {
            all.retain(|known| changes.iter().all(|(key, _)| known.key() != *key));
            if let Some(view) = view {
                let at = all.partition_point(|known| known.name < view.name);
                all.insert(at, view);
            }
        });
        self.keeper.change(Shelf::Views, Deed::Set(changes));
    }

    /// Forgets all of them.
    pub fn forget_everything(self) {
        self.keeper.change(Shelf::Views, Deed::Clear);
        self.all.update(Vec::clear);
    }
}
