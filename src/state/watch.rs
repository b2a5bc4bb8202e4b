//! Remembered ids: the list of an API that has none. They stay in this browser, per connection, and hold nothing but
//! the id, a note, when it was added and how the operation was last seen.

use crate::reactive::RwSignal;
use serde::Serialize;

use super::notices::Notices;
use crate::platform::clock;
use crate::platform::storage::{self, Area};
use longrun_core::json::fields;
use longrun_core::json::split::Splitter;
use longrun_core::model::State;
use longrun_core::time::Millis;

const KEY: &str = "longrun.watch.";

/// One remembered operation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Watched {
    /// The server's id.
    pub id: String,
    /// What its user says of it; may be empty.
    pub note: String,
    /// When it was added.
    pub added: Millis,
    /// How it was last seen; `None` until it was.
    pub state: Option<State>,
    /// The server no longer knows it.
    pub gone: bool,
}

#[derive(Serialize)]
struct Kept<'a> {
    id: &'a str,
    note: &'a str,
    added: i64,
    state: Option<&'static str>,
    gone: bool,
}

/// All remembered ids, by connection.
#[derive(Clone, Copy)]
pub struct Watch {
    all: RwSignal<Vec<(String, Vec<Watched>)>>,
    notices: Notices,
}

impl Watch {
    /// Reads what this browser keeps.
    pub fn load(notices: Notices) -> Watch {
        let mut all = vec![];
        for key in storage::keys(Area::Lasting, KEY).unwrap_or_default() {
            if let Some(conn) = key.strip_prefix(KEY) {
                all.push((conn.to_owned(), kept(conn)));
            }
        }
        Watch { all: RwSignal::new(all), notices }
    }

    /// What is remembered for a connection, in the order in which it was added.
    pub fn of(self, conn: &str) -> Vec<Watched> {
        self.all.with(|all| of(all, conn).to_vec())
    }

    /// True where the id is remembered.
    pub fn has(self, conn: &str, id: &str) -> bool {
        self.all.with(|all| of(all, conn).iter().any(|one| one.id == id))
    }

    /// What its user says of an operation; empty where nothing.
    pub fn note(self, conn: &str, id: &str) -> String {
        self.all.with(|all| {
            let one = of(all, conn).iter().find(|one| one.id == id);
            one.map(|one| one.note.clone()).unwrap_or_default()
        })
    }

    /// Remembers an id, or changes the note of one that is. False where it was remembered already.
    pub fn add(self, conn: &str, id: &str, note: &str) -> bool {
        let is_new = self.all.with_untracked(|all| of(all, conn).iter().all(|one| one.id != id));
        self.change(conn, |list| match list.iter_mut().find(|one| one.id == id) {
            Some(one) if !note.is_empty() => note.clone_into(&mut one.note),
            Some(_) => {}
            None => list.push(Watched {
                id: id.to_owned(),
                note: note.to_owned(),
                added: Millis(clock::now_ms()),
                state: None,
                gone: false,
            }),
        });
        is_new
    }

    /// Forgets an id.
    pub fn forget(self, conn: &str, id: &str) {
        self.change(conn, |list| list.retain(|one| one.id != id));
    }

    /// Notes how the server answered for an id: its state, or that it knows it no more.
    pub fn saw(self, conn: &str, id: &str, state: Option<State>) {
        let same = |one: &Watched| {
            one.id != id || if state.is_some() { one.state == state && !one.gone } else { one.gone }
        };
        if self.all.with_untracked(|all| of(all, conn).iter().all(same)) {
            return;
        }
        self.change(conn, |list| {
            if let Some(one) = list.iter_mut().find(|one| one.id == id) {
                one.gone = state.is_none();
                one.state = state.or(one.state);
            }
        });
    }

    /// After storage was wiped.
    pub fn forget_everything(self) {
        self.all.update(Vec::clear);
    }

    /// Another tab may have changed what is kept: that is read first, so that nothing of it is lost.
    fn change(self, conn: &str, act: impl FnOnce(&mut Vec<Watched>)) {
        let mut list = self.all.with_untracked(|all| of(all, conn).to_vec());
        for other in kept(conn) {
            if list.iter().all(|one| one.id != other.id) {
                list.push(other);
            }
        }
        act(&mut list);
        let text = written(&list);
        self.all.update(|all| match all.iter_mut().find(|(known, _)| known == conn) {
            Some((_, known)) => *known = list,
            None => all.push((conn.to_owned(), list)),
        });
        if let Err(error) = storage::set(Area::Lasting, &format!("{KEY}{conn}"), &text) {
            self.notices.failed("The list of operations is not kept", error.to_string());
        }
    }
}

fn of<'a>(all: &'a [(String, Vec<Watched>)], conn: &str) -> &'a [Watched] {
    all.iter().find(|(known, _)| known == conn).map(|(_, list)| list.as_slice()).unwrap_or_default()
}

fn kept(conn: &str) -> Vec<Watched> {
    let text = storage::get(Area::Lasting, &format!("{KEY}{conn}")).ok().flatten();
    text.map(|text| read(&text)).unwrap_or_default()
}

fn written(list: &[Watched]) -> String {
    let kept: Vec<Kept> = list
        .iter()
        .map(|one| Kept {
            id: &one.id,
            note: &one.note,
            added: one.added.0,
            state: one.state.map(State::slug),
            gone: one.gone,
        })
        .collect();
    serde_json::to_string(&kept).unwrap_or_default()
}

/// Entries that cannot be read are left out; each id stands once.
fn read(text: &str) -> Vec<Watched> {
    let mut splitter = Splitter::new("");
    splitter.push(text.as_bytes());
    let mut list: Vec<Watched> = vec![];
    while let Some(row) = splitter.next_row() {
        let row = String::from_utf8_lossy(row);
        let mut one =
            Watched { id: String::new(), note: String::new(), added: Millis(0), state: None, gone: false };
        let read = fields::visit(&row, &mut |name, value| {
            let text = || fields::as_text(value).map(|text| text.into_owned()).unwrap_or_default();
            match &*name {
                "id" => one.id = text(),
                "note" => one.note = text(),
                "added" => one.added = Millis(fields::as_i64(value).unwrap_or_default()),
                "state" => one.state = State::from_slug(&text()),
                "gone" => one.gone = fields::as_bool(value).unwrap_or(false),
                _ => {}
            }
        });
        if read.is_ok() && !one.id.is_empty() && list.iter().all(|known| known.id != one.id) {
            list.push(one);
        }
    }
    list
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_reads_back_and_odd_entries_are_left_out() {
        let one = |id: &str, state, gone| Watched {
            id: id.to_owned(),
            note: "reboot of \"ap-7\"".to_owned(),
            added: Millis(1_795_232_837_000),
            state,
            gone,
        };
        let list = [one("a/b c", Some(State::Running), false), one("b", None, true)];
        assert_eq!(read(&written(&list)), list);
        assert_eq!(read(r#"[{"id":"x"},{"id":""},7,{"id":"x","note":"again"},{"note":"no id"}]"#).len(), 1);
        for broken in ["", "null", "{}", "[{\"id\":", "no json"] {
            assert!(read(broken).len() <= 1, "{broken}");
        }
    }
}
