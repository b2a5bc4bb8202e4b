//! Watching an operation from where it is shown: its page, and the bar of chosen rows.

use crate::reactive::prelude::*;

use super::cell::short;
use super::connected::Connected;
use crate::keys::{self, Does};
use crate::platform::visibility;
use crate::reactive::{derive, effect, memo};
use crate::state::Console;
use crate::state::act::Place;
use crate::state::act::select::Selection;
use crate::state::detail::Detail;
use crate::state::list::List;
use crate::state::watch::Watched;
use crate::ui::el::Node;
use crate::ui::{Button, Glyph, ItemKind, MenuItem};
use longrun_core::model::Operation;
use longrun_core::text::{fill, t};
use longrun_core::view::rows::SlotNo;
use longrun_core::view::watch::name_of;

/// So many can be added at once.
const MOST: usize = 50;

/// The button of an operation's page. Where remembered ids are the list, it takes this one in or forgets it.
pub fn watch_button(at: &Connected, detail: Detail) -> Node {
    if !at.table.can.get {
        return Node::None;
    }
    let console = Console::here();
    let watch = console.watch;
    let one = memo(move |_| detail.watched());
    let is_list = at.table.can.list;
    let kept = memo(move |_| one.with(|one| watch.find(&one.key())));
    let is_kept = derive(move || kept.with(Option::is_some));
    // Whoever reads this page has seen how it ended.
    let visible = visibility::visible();
    effect(move |_: Option<()>| {
        if visible.get() && kept.with(|kept| kept.as_ref().is_some_and(|kept| kept.unseen)) {
            watch.seen(&one.with_untracked(Watched::key));
        }
    });
    let label = derive(move || {
        let label = match (is_kept.get(), is_list) {
            (true, true) => t("Watching"),
            (false, true) => t("Watch"),
            (true, false) => t("Forget"),
            (false, false) => t("Keep in the list"),
        };
        label.to_owned()
    });
    let press = Callback::new(move |()| {
        if let Some(kept) = kept.get_untracked() {
            watch.drop(&[kept.key()]);
            console.notices.done(t("It is no longer in the list. Nothing on the server changed"));
        } else {
            let op = detail.shown.with_untracked(|shown| shown.as_ref().map(|shown| shown.op.clone()));
            watch.add(one.get_untracked(), op.as_ref());
        }
    });
    let pressed = derive(move || is_list && is_kept.get());
    if is_list {
        view! { <Button label=label on_press=press icon=Glyph::Watch pressed=pressed /> }.into()
    } else {
        view! { <Button label=label on_press=press /> }.into()
    }
}

/// `w` puts the row that the keyboard is on on the watchlist, or takes it off.
pub fn watch_key(place: StoredValue<Place>, list: List) {
    let console = Console::here();
    keys::listen(move |does, _| {
        if does != Does::Watch || !place.with_value(is_offered) {
            return false;
        }
        let op = list.cursor.get_untracked().and_then(|slot| list.read_row(slot, Operation::clone));
        let Some(op) = op.filter(|op| !op.unreadable) else { return false };
        toggle(console, place.with_value(|place| named_at(place, &op)), &op);
        true
    });
}

/// The entry of a row's menu that does the same.
pub fn row_item(console: Console, list: List, slot: SlotNo) -> Option<MenuItem> {
    let (conn, dialect, kind) = list.place();
    let place = Some(Place { conn, dialect, table: dialect.kind(kind)? }).filter(is_offered)?;
    let op = list.read_row(slot, Operation::clone).filter(|op| !op.unreadable)?;
    let one = named_at(&place, &op);
    let is_kept = console.watch.find(&one.key()).is_some();
    let act = Callback::new(move |()| toggle(console, one.clone(), &op));
    let mut item = MenuItem::new(t("Watch"), act).kind(ItemKind::Check(is_kept));
    item.apart = true;
    Some(item)
}

fn toggle(console: Console, one: Watched, op: &Operation) {
    let (name, key) = (Some(name_of(op)).filter(|name| !name.is_empty()), one.key());
    let name = name.unwrap_or_else(|| short(&op.id));
    let said = if console.watch.add(one, Some(op)) {
        fill("Watching {0}", &[&name])
    } else {
        console.watch.drop(&[key]);
        fill("No longer watching {0}", &[&name])
    };
    console.notices.done(said);
}

/// Rows that can be read one by one, and are not the watchlist already.
fn is_offered(place: &Place) -> bool {
    place.table.can.get && place.table.can.list
}

fn named_at(place: &Place, op: &Operation) -> Watched {
    place.watched(&place.key_of(op))
}

/// Watches the chosen rows, where they can be read one by one and are not the watchlist already.
pub fn watch_chosen(place: StoredValue<Place>, list: List, selection: Selection) -> Node {
    if !place.with_value(is_offered) {
        return Node::None;
    }
    let console = Console::here();
    let label = derive(move || fill("Watch {0}", &[&selection.len().to_string()]));
    let press = Callback::new(move |()| {
        let ops = untrack(|| selection.operations(list));
        let added = place.with_value(|place| {
            ops.iter().filter(|op| console.watch.add(named_at(place, op), Some(op))).count()
        });
        let all = ops.len().to_string();
        console.notices.done(match added {
            0 => t("All of them are watched already").to_owned(),
            _ => fill("{0} of {1} added to the watchlist", &[&added.to_string(), &all]),
        });
    });
    let why_off = derive(move || {
        let many = || t("Choose no more than 50: watched operations are read one by one.").to_owned();
        (selection.len() > MOST).then(many)
    });
    view! { <Button label=label on_press=press icon=Glyph::Watch why_off=why_off /> }.into()
}
