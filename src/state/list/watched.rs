//! How a list is read that the server does not have: each remembered id by itself, one after the other.

use leptos::prelude::untrack;

use super::List;
use super::read::Told;
use crate::platform::clock;
use crate::reactive::{effect, memo};
use crate::state::ask;
use crate::state::watch::{Watched, last_state};
use longrun_core::dialect::{Key, Words};
use longrun_core::http::{ApiError, ErrorKind};
use longrun_core::model::Operation;
use longrun_core::text::t;
use longrun_core::time::Millis;

/// Said of what the server answers with 404.
pub const GONE: &str =
    "The server no longer knows it: it has expired or was deleted. This is how it was last seen.";

impl List {
    /// The server lists nothing: the remembered ids are the list.
    pub fn is_remembered(self) -> bool {
        self.data.with_value(|data| !data.dialect.capabilities(data.kind).list)
    }

    /// Reads anew when an id is added or forgotten.
    pub(super) fn follow_watch(self) {
        if !self.is_remembered() {
            return;
        }
        let (console, conn) = (self.console, self.data.with_value(|data| data.conn.id.clone()));
        let ids = memo(move |_| {
            console.watch.of(&conn).into_iter().map(|one| (one.id, one.note)).collect::<Vec<_>>()
        });
        effect(move |before: Option<Vec<(String, String)>>| {
            let now = ids.get();
            let other = match before {
                Some(before) => before != now,
                // While another page was on the screen. What was never read is read anyway.
                None => {
                    self.fresh.with_untracked(|fresh| fresh.loaded_at.is_some())
                        && self.data.with_value(|data| data.remembered != now)
                }
            };
            if other {
                untrack(|| self.read_others());
            }
            now
        });
    }

    /// Other ids are remembered than the rows were read for.
    pub(super) fn has_others(self) -> bool {
        let conn = self.data.with_value(|data| data.conn.id.clone());
        let is_it = |(one, (id, note)): (&Watched, &(String, String))| one.id == *id && one.note == *note;
        self.is_remembered() && {
            let all = untrack(|| self.console.watch.of(&conn));
            self.data.with_value(|data| {
                data.remembered.len() != all.len() || !all.iter().zip(&data.remembered).all(is_it)
            })
        }
    }

    /// Reads what is new among the ids, and what may have changed; a read under way does not know them yet.
    fn read_others(self) {
        if self.is_reading() {
            self.data.update_value(|data| data.later.refresh = true);
        } else {
            self.refresh(false);
        }
    }

    /// Asks for each id. By itself, only for those that can still change.
    pub(super) async fn read_remembered(self, by_hand: bool) -> Result<Told, ApiError> {
        self.fresh.update(|fresh| fresh.started(Millis(clock::now_ms())));
        let conn = self.data.with_value(|data| data.conn.clone());
        let all = untrack(|| self.console.watch.of(&conn.id));
        self.data.update_value(|data| {
            data.load = Some(data.rows.begin());
            data.remembered = all.iter().map(|one| (one.id.clone(), one.note.clone())).collect();
            data.read_at.retain(|(id, _)| all.iter().any(|one| one.id == *id));
        });
        let mut told = Told { moving: Some(false), ..Told::default() };
        let mut failed = None;
        let mut good = all.is_empty();
        for one in &all {
            // One that was never read was just added: that does not wait for the budget.
            let is_known = self.data.with_value(|data| read_at(&data.read_at, &one.id).is_some());
            let waits = is_known && self.console.budgets.wait_ms(&conn, 1, false) > 0;
            if !by_hand && (waits || !self.may_change(one)) {
                self.put(one, None);
                good = true;
                continue;
            }
            told.pages += 1;
            match self.read_one(&one.id).await {
                Ok((op, text)) => {
                    good = true;
                    self.console.watch.saw(self.console, one, Some(&op));
                    if op.state.in_transition() {
                        told.moving = Some(true);
                    }
                    self.put(one, Some((op, text)));
                }
                Err(error) if error.kind == ErrorKind::NotFound => {
                    good = true;
                    self.console.watch.saw(self.console, one, None);
                    self.put(&Watched { gone: true, ..one.clone() }, None);
                }
                // Nobody answers, or not us: the others would fare no better.
                Err(error) if stops_all(error.kind) => return Err(error),
                Err(error) => {
                    self.put(one, None);
                    failed = Some(error);
                }
            }
            self.follow();
        }
        match failed {
            Some(error) if !good => Err(error),
            _ => Ok(told),
        }
    }

    /// What has ended stays as it is until the server forgets it; what is gone stays gone.
    fn may_change(self, one: &Watched) -> bool {
        if one.gone {
            return false;
        }
        let now = Millis(clock::now_ms());
        self.data.with_value(|data| {
            let Some(op) = data.rows.find(&one.id).and_then(|slot| data.rows.get(slot)) else { return true };
            let read_at = read_at(&data.read_at, &one.id);
            !op.state.has_ended() || read_at.is_none_or(|at| left(op, at, now).is_some_and(|left| left <= 0))
        })
    }

    async fn read_one(self, id: &str) -> Result<(Operation, String), ApiError> {
        let (conn, dialect, kind) = self.data.with_value(|data| (data.conn.clone(), data.dialect, data.kind));
        let endpoint = untrack(|| self.console.connections.endpoint(&conn));
        let request = dialect.get(&endpoint, kind, &Key::of(id)).map_err(|error| ask::unbuildable(&error))?;
        let answer = ask::whole(self.console, &conn, dialect, request).await?;
        dialect.parse_get(kind, &answer, &mut Words::default())
    }

    /// Puts the row of an id into the load: as it was just read, as it was last seen, or as nothing but an id.
    fn put(self, one: &Watched, read: Option<(Operation, String)>) {
        let now = Millis(clock::now_ms());
        let is_read = read.is_some();
        self.data.update_value(|data| {
            let Some(mut load) = data.load.take() else { return };
            let last = || {
                let slot = data.rows.find(&one.id)?;
                Some((data.rows.get(slot)?.clone(), data.rows.text(slot)))
            };
            let (mut op, text) = read.or_else(last).unwrap_or_else(|| {
                let op =
                    Operation { id: one.id.as_str().into(), state: last_state(one), ..Operation::default() };
                (op, String::new())
            });
            // The list is by remembered id, whatever the answer calls itself.
            op.id = one.id.as_str().into();
            op.name = Some(one.note.as_str()).filter(|note| !note.is_empty()).map(Into::into).or(op.name);
            if one.gone {
                op.warning = Some(t(GONE).into());
            }
            data.rows.put(&mut load, op, &text);
            data.load = Some(load);
            if is_read {
                data.read_at.retain(|(id, _)| *id != one.id);
                data.read_at.push((one.id.clone(), now));
            }
        });
    }

    /// Seconds until the server forgets an operation, counted from when it was read.
    pub fn expires_in(self, op: &Operation, now: Millis) -> Option<i64> {
        let loaded = self.fresh.with_untracked(|fresh| fresh.loaded_at);
        let at = self.data.with_value(|data| read_at(&data.read_at, &op.id)).or(loaded)?;
        left(op, at, now)
    }
}

fn read_at(all: &[(String, Millis)], id: &str) -> Option<Millis> {
    all.iter().find(|(known, _)| known == id).map(|(_, at)| *at)
}

/// Seconds left at the time `now` of what was told at the time `at`.
pub fn left(op: &Operation, at: Millis, now: Millis) -> Option<i64> {
    let told = op.more.as_ref()?.expires_in?;
    Some(told.saturating_sub(now.since(at).max(0) / 1_000))
}

fn stops_all(kind: ErrorKind) -> bool {
    matches!(
        kind,
        ErrorKind::SignedOut
            | ErrorKind::Unreachable
            | ErrorKind::TimedOut
            | ErrorKind::Interrupted
            | ErrorKind::RateLimited
    )
}
