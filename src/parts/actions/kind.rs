//! What can be done with a kind as a whole: start one, create one, delete by criteria, count.

use crate::reactive::prelude::*;

use super::confirm::confirm;
use super::{connection_off, entry, leading, place};
use crate::parts::connected::Connected;
use crate::reactive::derive;
use crate::routes::Route;
use crate::state::Console;
use crate::state::act::Place;
use crate::state::list::List;
use crate::ui::el::{Node, live_node};
use crate::ui::{Button, Glyph, Look, Menu, MenuItem};
use longrun_core::dialect::{Action, Key, Reach, Weight};
use longrun_core::http::encode_query;

/// The first action as a button, the others in a menu. Questions are answered in place; what writes has a page.
pub fn kind_actions(at: &Connected, list: List) -> Node {
    let console = Console::here();
    let place = place(at);
    let actions: Vec<&'static Action> =
        place.table.actions.iter().filter(|action| action.reach == Reach::Kind).collect();
    let Some((first, rest)) = actions.split_first() else { return Node::None };
    let one = place.table.one;
    let place = StoredValue::new(place);
    let open = RwSignal::new(None::<&'static Action>);
    let press = move |action: &'static Action| {
        Callback::new(move |()| {
            if action.weight == Weight::Reads {
                open.set(Some(action));
            } else {
                // In the tenant that the list is of.
                let key =
                    place.with_value(|place| Key { tenant: listed_tenant(place, list), ..Key::default() });
                console.router.go(&place.with_value(|place| form_href(console, place, action, Some(&key))));
            }
        })
    };
    let off = move |action: &'static Action| connection_off(console, place, action.weight);
    let (label, icon) = (leading(first, one), (first.weight == Weight::Writes).then_some(Glyph::Plus));
    let look = if first.weight == Weight::Writes { Look::Primary } else { Look::Plain };
    let button =
        view! { <Button label=label look=look icon=icon why_off=off(first) on_press=press(first) /> };
    let rest: Vec<_> = rest.iter().map(|action| (*action, off(action), press(action))).collect();
    let menu = (!rest.is_empty()).then(|| {
        let items = derive(move || -> Vec<MenuItem> {
            rest.iter().map(|(action, off, act)| entry(action, one, off.get(), *act)).collect()
        });
        view! { <Menu label="More" name="More actions" items=items /> }
    });
    let dialog = move || {
        let action = open.get()?;
        let place = place.get_value();
        let key = kind_key(&place, list);
        let close = Callback::new(move |()| open.set(None));
        let sent = Callback::new(|()| ());
        Some(untrack(|| confirm(place, action, key, None, close, sent)))
    };
    [button.into(), menu.into(), live_node(dialog)].into()
}

/// The kind as a whole, in the tenant that the list is of, where that must be told.
pub fn kind_key(place: &Place, list: List) -> Key {
    let tenant = place.conn.tenant.clone().or_else(|| listed_tenant(place, list));
    Key { id: String::new(), tenant: tenant.filter(|_| place.table.can.keyed_by_tenant) }
}

fn listed_tenant(place: &Place, list: List) -> Option<String> {
    let by = place.table.can.tenant_by?;
    untrack(|| list.query()).server_value(by).map(str::to_owned)
}

/// The page of an action's form; `from` names an operation that it starts from.
pub fn form_href(console: Console, place: &Place, action: &Action, from: Option<&Key>) -> String {
    let (conn, kind) = (place.conn.id.clone(), place.table.id.to_owned());
    let route = if action.weight == Weight::Worst {
        Route::Cleanup { conn, kind }
    } else {
        Route::Form { conn, kind }
    };
    let mut query = vec![("action", action.id)];
    if let Some(key) = from {
        query.extend((!key.id.is_empty()).then_some(("from", &*key.id)));
        query.extend(key.tenant.as_deref().map(|tenant| ("tenant", tenant)));
    }
    console.router.href(&route, &encode_query(query))
}
