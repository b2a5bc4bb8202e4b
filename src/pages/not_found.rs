//! An address that leads nowhere.

use crate::reactive::prelude::*;

use crate::app::use_title;
use crate::routes::Route;
use crate::state::Console;
use crate::ui::Empty;
use crate::ui::el::{El, el};
use longrun_core::text::t;

/// The page of any other address.
#[component]
pub fn NotFound() -> El {
    let console = Console::here();
    use_title(|| t("Not found").to_owned());
    let href = console.router.href(&Route::Home, "");
    let first = el("a").class("btn").attr("href", href).text("Go to the first connection");
    el("div").class("page").child(el("h1").class("visually-hidden").text("Not found")).child(view! {
        <Empty
            head="Nothing is at this address"
            says="It may be mistyped or from another version. Paste an operation's ID into the search box above to find it."
            actions=first
        />
    })
}
