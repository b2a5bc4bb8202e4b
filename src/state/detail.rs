//! One operation on the screen: shown at once from a loaded list, read anew by id, followed while it moves.

use std::sync::Arc;

use crate::reactive::{Lasting, RwSignal, StoredValue, lasting};
use leptos::prelude::{on_cleanup, untrack};

use super::act::Place;
use super::list::List;
use super::watch::{Watched, named};
use super::{Console, ask, poller::Poller};
use crate::platform::clock;
use crate::platform::task::Scope;
use crate::reactive::effect;
use longrun_core::dialect::{Dialect, Key, Kind, Words};
use longrun_core::http::{ApiError, ApiRequest};
use longrun_core::model::{Operation, Span};
use longrun_core::time::Millis;
use longrun_core::view::config::Connection;
use longrun_core::view::freshness::Freshness;

/// An operation with the text it was read from.
#[derive(Clone, Debug, PartialEq)]
pub struct Shown {
    /// As read.
    pub op: Operation,
    /// The server's own text of it.
    pub text: Arc<str>,
}

impl Shown {
    /// Where the result stands in the text.
    pub fn result(&self) -> Option<Span> {
        self.op.more.as_ref()?.result
    }

    /// Where the structured error stands in the text.
    pub fn failure(&self) -> Option<Span> {
        self.op.more.as_ref()?.failure
    }
}

/// What a detail page shows.
pub type Detail = Lasting<DetailParts>;

/// What [`Detail`] points to.
pub struct DetailParts {
    console: Console,
    at: StoredValue<(Connection, &'static dyn Dialect, Kind, Key)>,
    scope: Scope,
    poller: Poller,
    busy: RwSignal<bool>,
    /// The operation, as last read.
    pub shown: RwSignal<Option<Shown>>,
    /// How old it is.
    pub fresh: RwSignal<Freshness>,
}

impl Detail {
    /// Starts with what `list` knows of it, if anything, and reads it from the server.
    pub fn open(
        console: Console,
        conn: Connection,
        dialect: &'static dyn Dialect,
        kind: Kind,
        key: Key,
        list: List,
    ) -> Detail {
        let known = list.find(&key).map(|(op, text)| Shown { op, text: text.into() });
        let fresh = Freshness {
            loaded_at: known.as_ref().and_then(|_| list.fresh.with_untracked(|fresh| fresh.loaded_at)),
            ..Freshness::default()
        };
        let only_here =
            known.as_ref().is_some_and(|shown| shown.op.unreadable) || !dialect.capabilities(kind).get;
        let fresh = RwSignal::new(fresh);
        let poller = Poller::new(console, conn.clone(), fresh);
        let detail = lasting(DetailParts {
            console,
            at: StoredValue::new((conn, dialect, kind, key)),
            scope: Scope::current(),
            poller,
            busy: RwSignal::new(false),
            shown: RwSignal::new(known),
            fresh,
        });
        if only_here {
            // An entry that is no operation has no id to ask for; some kinds are shown in their list alone.
            return detail;
        }
        detail.poller.start(move || detail.refresh());
        detail.poller.resume();
        on_cleanup(move || detail.poller.pause());
        effect(move |_: Option<()>| {
            if console.connections.session(&detail.at.with_value(|at| at.0.id.clone())).is_some() {
                untrack(|| detail.refresh());
            }
        });
        detail
    }

    /// The refresh policy's own state.
    pub fn poller(self) -> Poller {
        self.poller
    }

    /// What names it.
    pub fn key(self) -> Key {
        self.at.with_value(|(_, _, _, key)| key.clone())
    }

    /// How the watchlist names it: as its list does, also where it was opened by its id alone.
    pub fn watched(self) -> Watched {
        self.at.with_value(|(conn, dialect, kind, key)| {
            let place =
                dialect.kind(kind).map(|table| Place { conn: conn.clone(), dialect: *dialect, table });
            let tenant = key
                .tenant
                .clone()
                .or_else(|| self.shown.with(|shown| place?.key_of(&shown.as_ref()?.op).tenant));
            named(&conn.id, kind, &key.id, tenant.as_deref())
        })
    }

    /// The server shows one of this kind by itself.
    pub fn can_get(self) -> bool {
        self.at.with_value(|(_, dialect, kind, _)| dialect.capabilities(kind).get)
    }

    /// The request that shows this operation, for cURL.
    pub fn request(self) -> Option<ApiRequest> {
        self.at.with_value(|(conn, dialect, kind, key)| {
            let endpoint = untrack(|| self.console.connections.endpoint(conn));
            dialect.get(&endpoint, kind, key).ok()
        })
    }

    /// Reads it anew.
    pub fn refresh(self) {
        let signed_in =
            untrack(|| self.console.connections.session(&self.at.with_value(|at| at.0.id.clone())));
        if signed_in.is_none() {
            self.poller.plan();
        }
        if self.busy.get_untracked() || signed_in.is_none() || !self.can_get() {
            return;
        }
        self.busy.set(true);
        self.scope.spawn(async move {
            self.fresh.update(|fresh| fresh.started(Millis(clock::now_ms())));
            let outcome = self.read().await;
            let now = Millis(clock::now_ms());
            self.busy.set(false);
            let conn = self.at.with_value(|at| at.0.id.clone());
            self.poller.left(self.console.connections.left(&conn));
            match outcome {
                Ok(new) => {
                    let changed = self.shown.with_untracked(|old| old.as_ref() != Some(&new));
                    let moving = new.op.state.in_transition();
                    if changed {
                        self.shown.set(Some(new));
                    }
                    self.fresh.update(|fresh| fresh.succeeded(now));
                    self.poller.succeeded(moving, changed, 1);
                }
                Err(error) => {
                    self.fresh.update(|fresh| fresh.failed(error.clone(), now));
                    self.poller.failed(&error);
                }
            }
        });
    }

    async fn read(self) -> Result<Shown, ApiError> {
        let (conn, dialect, kind, key) = self.at.with_value(Clone::clone);
        let endpoint = untrack(|| self.console.connections.endpoint(&conn));
        let request = dialect.get(&endpoint, kind, &key).map_err(|error| ask::unbuildable(&error))?;
        let answer = ask::whole(self.console, &conn, dialect, request).await?;
        let (op, text) = dialect.parse_get(kind, &answer, &mut Words::default())?;
        Ok(Shown { op, text: text.into() })
    }
}
