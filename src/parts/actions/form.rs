//! What the pages of actions have in common: which action, for which tenant, and the head of the page.

use crate::reactive::prelude::*;

use super::arm::arm_button;
use crate::parts::connected::Connected;
use crate::parts::sign_in::SignInPanel;
use crate::platform::{focus, pause};
use crate::reactive::memo;
use crate::state::Console;
use crate::state::act::Place;
use crate::state::act::after::list_href;
use crate::ui::Empty;
use crate::ui::el::{El, Node, el, live_node};
use longrun_core::dialect::{Action, Reach, Weight};
use longrun_core::http::decode_query;
use longrun_core::text::{fill, t};
use longrun_core::view::config::Connection;

/// What the address asks for.
#[derive(Clone)]
pub struct ActionPage {
    /// The action.
    pub action: &'static Action,
    /// The tenant that the address names.
    pub tenant: Option<String>,
}

impl ActionPage {
    /// The action that the address names, or the first of those that have such a page.
    pub fn find(at: &Connected, fits: fn(Weight) -> bool) -> Option<ActionPage> {
        let asked = named("action");
        let mut all =
            at.table.actions.iter().filter(|action| action.reach == Reach::Kind && fits(action.weight));
        let action = match asked {
            Some(id) => all.find(|action| action.id == id),
            None => all.find(|action| action.weight > Weight::Reads),
        };
        Some(ActionPage { action: action?, tenant: named("tenant") })
    }

    /// Where there is none.
    pub fn missing() -> Node {
        let says = "This connection's API does not have the action that the address names.";
        let empty = view! { <Empty head="Nothing to do here" says=says /> };
        [Node::from(el("h1").class("visually-hidden").text("Nothing to do here")), empty.into()].into()
    }

    /// The page's title.
    pub fn title(&self, place: &Place) -> String {
        let action = super::leading(self.action, place.table.one);
        fill("{0} on {1}", &[action.trim_end_matches('…'), &place.conn.name])
    }
}

/// A part of the address as it was when the page opened.
pub fn named(name: &str) -> Option<String> {
    let search = untrack(|| Console::here().router.search.get());
    decode_query(&search)
        .into_iter()
        .find(|(key, value)| key == name && !value.is_empty())
        .map(|(_, value)| value)
}

/// The page: its head, the form to sign in while nobody is, and the body.
pub fn frame(console: Console, place: &Place, title: &str, says: &'static str, body: El) -> El {
    el("div")
        .class("page")
        .child(head(console, place, title, says, arm_button(place)))
        .child(signed_out_panel(console, &place.conn))
        .child(el("div").class("page-body").child(body))
}

/// The session ended under what was being sent: leads to the form to sign in, as soon as it is there.
pub async fn to_sign_in() {
    pause::next_frame().await;
    focus::first(".sign-in input");
}

/// Way back, title, what the action does, and the way to arm the connection.
fn head(console: Console, place: &Place, title: &str, says: &'static str, arm: Node) -> El {
    let crumb = el("a")
        .class(format!("band-{}", place.conn.band))
        .attr("href", list_href(console, place))
        .child(el("span").class("swatch"))
        .text(format!("{}: {}", place.conn.name, t(place.table.noun)));
    let crumbs = el("nav")
        .class("crumbs")
        .attr("aria-label", "Breadcrumb")
        .child(el("ol").child(el("li").child(crumb)));
    let titles = el("div")
        .class("titles")
        .child(crumbs)
        .child(el("h1").text(title.to_owned()))
        .child(el("p").text(says));
    el("div").class("page-head").child(titles).child(el("div").class("actions").child(arm))
}

/// The form to sign in, in place, while nobody is.
fn signed_out_panel(console: Console, conn: &Connection) -> Node {
    let conn = conn.clone();
    let id = conn.id.clone();
    let signed_out = memo(move |_| console.connections.session(&id).is_none());
    live_node(move || {
        let conn = conn.clone();
        let expired = Signal::stored(false);
        signed_out.get().then(|| view! { <SignInPanel conn=conn expired=expired /> })
    })
}
