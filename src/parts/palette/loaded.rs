//! Operations among the loaded rows of the lists that were opened. Asks no server.

use crate::reactive::prelude::*;

use super::offers::{Offer, Then};
use crate::parts::cell::short;
use crate::parts::connected::Connected;
use crate::parts::summary::capital;
use crate::state::Console;
use crate::state::list::List;
use crate::ui::Glyph;
use longrun_core::fold::lower;
use longrun_core::model::Operation;
use longrun_core::text::{fill, t};
use longrun_core::time::Millis;

/// Loaded operations offered at most.
const MOST_LOADED: usize = 5;
/// Rows of each list that are looked through, from its top.
const ROWS: usize = 5_000;

/// Rows of opened lists that have all the words, newest first.
pub(super) fn loaded(console: Console, words: &[String]) -> Vec<Offer> {
    let mut hits: Vec<(Option<Millis>, List, Box<str>)> = vec![];
    let mut text = String::new();
    for list in console.lists.all() {
        let mut taken = 0;
        for slot in untrack(|| list.slice(0..ROWS)) {
            let hit = list.read_row(slot, |op| {
                text.clear();
                for part in shown(op) {
                    text.extend(part.chars().map(lower));
                    text.push(' ');
                }
                words
                    .iter()
                    .all(|word| text.contains(word.as_str()))
                    .then(|| (op.created.millis(), op.id.clone()))
            });
            if let Some((at, id)) = hit.flatten() {
                hits.push((at, list, id));
                taken += 1;
                if taken == MOST_LOADED {
                    break;
                }
            }
        }
    }
    hits.sort_by_key(|(at, _, _)| std::cmp::Reverse(*at));
    hits.truncate(MOST_LOADED);
    hits.into_iter().filter_map(|(_, list, id)| row(console, list, &id)).collect()
}

/// The words of an operation that are looked through.
fn shown(op: &Operation) -> impl Iterator<Item = &str> {
    let all = [
        Some(&*op.id),
        op.kind.as_deref(),
        op.name.as_deref(),
        op.target.as_deref(),
        op.target_type.as_deref(),
        op.tenant.as_deref(),
    ];
    all.into_iter().flatten()
}

/// The entry of a row.
fn row(console: Console, list: List, id: &str) -> Option<Offer> {
    let (conn, dialect, kind) = list.place();
    let at = Connected { conn, dialect, kind, table: dialect.kind(kind)? };
    list.with_op(id, |op| {
        let url = at.href(console, kind, op)?;
        let mut label = capital(op.kind.as_deref().unwrap_or(t(at.table.one)));
        let of_type = || op.target_type.as_deref().and_then(|full| full.rsplit("::").next());
        if let Some(on) = op.name.as_deref().or_else(of_type) {
            label.push(' ');
            label.push_str(on);
        }
        let hint = fill("{0}, {1} on {2}", &[t(op.state.label()), &short(&op.id), &at.conn.name]);
        let mut class = String::from("st-");
        class.push_str(op.state.slug());
        let glyph = Some(Glyph::of_state(op.state.slug()));
        Some(Offer { hint, class, glyph, ..Offer::new(t("Loaded operations"), label, Then::Go(url)) })
    })?
}
