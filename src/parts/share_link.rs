//! The link that is handed on: where it is filtered by "the last two hours", it says which two hours these were. The
//! address of the page itself goes on moving.

use crate::reactive::Callback;

use crate::platform::{clock, history};
use crate::state::Console;
use crate::state::list::List;
use longrun_core::text::t;
use longrun_core::time::Millis;

/// Makes the link to the list as it is now.
pub fn share_link(console: Console, list: List) -> Callback<(), String> {
    Callback::new(move |()| {
        let (query, tables) = (list.query_now(), list.tables());
        let mut link = history::origin();
        if !query.moves(tables) {
            link.push_str(&console.router.url().get_untracked());
            return link;
        }
        let still = query.frozen(tables, Millis(clock::now_ms()));
        link.push_str(&console.router.url_with(&still.to_search()));
        console
            .notices
            .done(t("In the link, the times that move with the clock stand still. Here they go on."));
        link
    })
}
