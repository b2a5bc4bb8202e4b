//! Every operation on one target.

use leptos::prelude::*;

use crate::ui::{live_view};

use crate::app::use_title;
use crate::parts::connected::{Connected, connected};
use crate::parts::history::HistoryTable;
use crate::parts::sign_in::SignInPanel;
use crate::routes::Route;
use crate::state::Console;
use crate::state::detail::History;

/// The page of `/c/:conn/resource/:type/:rid`.
#[component]
pub fn ResourcePage(conn: String, of: String, id: String) -> impl IntoView {
    connected(conn, String::new(), move |at| view! { <Resource at=at of=of.clone() id=id.clone() /> }.into_any())
}

#[component]
fn Resource(at: Connected, of: String, id: String) -> impl IntoView {
    let console = Console::here();
    let kind_name = of.rsplit("::").next().unwrap_or(&of).to_owned();
    let noun = at.dialect.describe().target_noun;
    let heading = if of == "-" { format!("History of {noun} {id}") } else { format!("History of {kind_name} {id}") };
    let title = heading.clone();
    use_title(move || title.clone());
    let history = History::new(console, at.conn.clone(), at.dialect, at.kind);
    let session_id = at.conn.id.clone();
    let signed_in = Memo::new(move |_| console.connections.session(&session_id).is_some());
    let conn = at.conn.clone();
    let list = console.router.href(&Route::List { conn: at.conn.id.clone(), kind: at.kind.to_owned() }, "");
    view! {
        <div class="page">
            <div class="page-head">
                <div class="titles">
                    <nav class="crumbs" aria-label="Breadcrumb"><ol>
                        <li><a class=format!("band-{}", at.conn.band) href=list><span class="swatch"></span>{at.conn.name.clone()}</a></li>
                        <li>{of}</li>
                    </ol></nav>
                    <h1>{heading}</h1>
                </div>
            </div>
            {live_view(move || (!signed_in.get()).then(|| view! { <SignInPanel conn=conn.clone() expired=false /> }))}
            <div class="page-body"><section class="panel" aria-label="Operations on it"><div class="body">
                <HistoryTable history=history at=at target=Signal::stored(Some(id)) />
            </div></section></div>
        </div>
    }
}
