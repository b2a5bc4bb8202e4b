//! Where a pasted text leads: a page of the console, an object or a list of one of its connections, each with the
//! reason why. Several where several are as likely. Must not know what the screen looks like, nor whether an object
//! exists.

use super::config::Connection;
use crate::dialect::{By, Key, KindTable, Named, Pasted, What};
use crate::text::t;

/// Where the user is.
#[derive(Clone, Copy, Debug)]
pub struct Here<'a> {
    /// Scheme, host and port of the console.
    pub origin: &'a str,
    /// The path under which it is hosted, without a slash at its end.
    pub base: &'a str,
    /// The connection on the screen.
    pub conn: Option<&'a str>,
}

/// An object or a list.
#[derive(Clone, Debug)]
pub struct Destination {
    /// Whose.
    pub conn: Connection,
    /// Of which kind.
    pub table: &'static KindTable,
    /// What.
    pub what: What,
    /// Why the text may mean it, as a sentence.
    pub why: &'static str,
    /// Nothing but hope speaks for it.
    pub is_guess: bool,
}

/// The page that an address of this console names, or of another one whose connections have the same ids: its path below
/// the base, and its search part. `is_page` tells which paths are pages.
pub fn page<'a>(
    pasted: &'a Pasted,
    here: Here<'_>,
    conns: &[Connection],
    is_page: &dyn Fn(&str) -> bool,
) -> Option<(&'a str, &'a str)> {
    let path = pasted.path.as_str();
    let is_ours = pasted.origin.is_empty() || pasted.origin == here.origin;
    let ours = path.strip_prefix(here.base).filter(|path| is_ours && path.starts_with('/'));
    let theirs = || {
        let path = path.get(path.find("/c/")?..)?;
        let id = path.split('/').nth(2)?;
        conns.iter().any(|conn| conn.id == id).then_some(path)
    };
    // A word with slashes in it is an id sooner than a page.
    let written = pasted.word.is_empty() || pasted.word.starts_with('/');
    let path = ours.filter(|path| is_page(path)).or_else(|| theirs().filter(|path| is_page(path)));
    path.filter(|_| written).map(|path| (path, pasted.query.as_str()))
}

/// Where a text leads among the connections: those for which most speaks, the one on the screen first.
pub fn destinations(pasted: &Pasted, conns: &[Connection], here: Here<'_>) -> Vec<Destination> {
    let mut found: Vec<(usize, Destination)> = vec![];
    for conn in conns {
        let Some(dialect) = conn.dialect() else { continue };
        let is_at_home = is_below(&conn.base, pasted, here.origin);
        for Named { kind, what, by } in dialect.named(pasted) {
            let Some(table) = dialect.kind(kind) else { continue };
            if matches!(what, What::One(_)) && !table.can.get {
                continue;
            }
            let (rank, why) = match by {
                By::Address(_) if is_at_home => (99, t("The address is this connection's own.")),
                By::Address(shared) => (10 + shared, t("The address looks like this API's.")),
                By::Body => (3, t("The body looks like this API's.")),
                By::Form => (2, t("The ID looks like this API's.")),
                By::Word => (1, t("It may be an ID of this API.")),
            };
            found.push((rank, Destination { conn: conn.clone(), table, what, why, is_guess: rank == 1 }));
        }
    }
    let best = found.iter().map(|(rank, _)| *rank).max().unwrap_or_default();
    found.retain(|(rank, _)| *rank == best);
    let mut found: Vec<Destination> = found.into_iter().map(|(_, found)| found).collect();
    found.sort_by_key(|found| Some(found.conn.id.as_str()) != here.conn);
    if best == 1 && !is_like_an_id(&pasted.word) {
        // Words: one way out, in case they are an id all the same.
        found.truncate(1);
    }
    found
}

/// What each connection that shows objects by id would be asked for.
pub fn everywhere(pasted: &Pasted, conns: &[Connection]) -> Vec<(Connection, &'static KindTable, Key)> {
    let mut all = vec![];
    for conn in conns {
        let Some(dialect) = conn.dialect() else { continue };
        let named = dialect.named(pasted).into_iter().find_map(|named| match named.what {
            What::One(key) => Some((dialect.kind(named.kind)?, key)),
            What::List(_) => None,
        });
        let by_word = || Some((dialect.describe().kinds.first()?, Key::of(pasted.word.clone())));
        let asked = named.or_else(|| by_word().filter(|(_, key)| !key.id.is_empty()));
        all.extend(asked.filter(|(table, _)| table.can.get).map(|(table, key)| (conn.clone(), table, key)));
    }
    all
}

/// Whether words are worth asking for: no blank in it, and something that plain words lack.
pub fn is_like_an_id(word: &str) -> bool {
    !word.contains(char::is_whitespace)
        && word.contains(|char: char| char.is_ascii_digit() || "-_/:".contains(char))
}

fn is_below(base: &str, pasted: &Pasted, origin: &str) -> bool {
    let base = base.trim_end_matches('/');
    let rest = if base.contains("://") {
        let rest = base.strip_prefix(pasted.origin.as_str()).filter(|_| !pasted.origin.is_empty());
        rest.and_then(|base| pasted.path.strip_prefix(base))
    } else {
        let is_ours = pasted.origin.is_empty() || pasted.origin == origin;
        pasted.path.strip_prefix(base).filter(|_| is_ours)
    };
    rest.is_some_and(|rest| rest.starts_with('/'))
}

#[cfg(test)]
#[path = "omnibox_tests.rs"]
mod tests;
