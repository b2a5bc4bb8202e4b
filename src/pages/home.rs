//! The start: leads to the first connection's list, or to the form for one.

use crate::reactive::prelude::*;

use crate::app::use_title;
use crate::parts::config_problems::ConfigProblems;
use crate::reactive::effect;
use crate::routes::Route;
use crate::state::Console;
use crate::ui::Empty;
use crate::ui::el::{El, Node, el};

/// The page of `/`.
#[component]
pub fn Home() -> El {
    let console = Console::here();
    use_title(String::new);
    effect(move |_: Option<()>| {
        let Some(all) = console.connections.all() else { return };
        let first = all.first().and_then(|conn| {
            let kind = conn.dialect()?.describe().kinds.first()?;
            Some((Route::List { conn: conn.id.clone(), kind: kind.id.to_owned() }, conn.start.clone()))
        });
        if let Some((route, start)) = first {
            console.router.replace(&console.router.href(&route, &start));
        }
    });
    let draw = move || match console.connections.all() {
        None => el("p").class("quiet").attr("role", "status").text("Reading the configuration…").into(),
        Some(all) if all.is_empty() => {
            let href = console.router.href(&Route::NewConnection, "");
            let add = el("a").class("btn btn-primary").attr("href", href).text("Add a connection");
            let empty = view! {
                <Empty
                    head="No connection yet"
                    says="A connection tells the console where an operations API is and how to sign in."
                    actions=add
                />
            };
            [Node::from(el("h1").class("visually-hidden").text("Longrun")), empty.into()].into()
        }
        Some(_) => Node::None,
    };
    el("div").class("page").child(view! { <ConfigProblems /> }).live_child(draw)
}
