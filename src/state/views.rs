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

    /// Keeps a view, in the place of the one of that name, and of `before` where it was called so. Neither is lost
    /// where the other cannot be kept.
    pub fn save(self, view: View, before: Option<&View>) {
        let key = view.key();
        let mut changes: Vec<_> = before.iter().map(|before| (before.key(), None)).collect();
        changes.push((key.clone(), Some(view.to_text())));
        self.keeper.change(Shelf::Views, Deed::Set(changes));
        self.all.update(|all| {
            let old = before.map(View::key);
            all.retain(|known| known.key() != key && Some(known.key()) != old);
            let at = all.partition_point(|known| known.name < view.name);
            all.insert(at, view);
        });
    }

    /// Forgets a view.
    pub fn remove(self, view: &View) {
        self.keeper.change(Shelf::Views, Deed::Set(vec![(view.key(), None)]));
        self.all.update(|all| all.retain(|known| known.key() != view.key()));
    }

    /// Forgets all of them.
    pub fn forget_everything(self) {
        self.keeper.change(Shelf::Views, Deed::Clear);
        self.all.update(Vec::clear);
    }
}
