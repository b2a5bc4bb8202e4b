//! Looking for one id on every connection: each is asked once, and what it said is kept until another id is looked
//! for. Knows no markup.

use crate::reactive::RwSignal;
use leptos::prelude::untrack;

use super::{Console, ask};
use crate::platform::task::Scope;
use longrun_core::dialect::{Key, KindTable, Pasted, Words};
use longrun_core::http::ApiRequest;
use longrun_core::text::t;
use longrun_core::view::config::Connection;
use longrun_core::view::omnibox::everywhere;

/// One connection that is asked, and what it said.
#[derive(Clone)]
pub struct Asked {
    /// The connection.
    pub conn: Connection,
    /// The kind asked for.
    pub table: &'static KindTable,
    /// What names the object there.
    pub key: Key,
    /// `None` until it has answered; then nothing, or why it is not there.
    pub said: Option<Result<(), String>>,
}

/// The last search.
#[derive(Clone, Copy)]
pub struct Lookup {
    /// For what, and what came of it.
    pub asked: RwSignal<(Pasted, Vec<Asked>)>,
    scope: Scope,
}

impl Default for Lookup {
    fn default() -> Lookup {
        Lookup::new()
    }
}

impl Lookup {
    /// Nothing looked for yet.
    pub fn new() -> Lookup {
        Lookup { asked: RwSignal::new((Pasted::default(), vec![])), scope: Scope::current() }
    }

    /// The requests that a search would send: one for each connection that somebody is signed in to.
    pub fn requests(self, console: Console, pasted: &Pasted) -> Vec<(Asked, ApiRequest)> {
        let conns = untrack(|| console.connections.all()).unwrap_or_default();
        let mut requests = vec![];
        for (conn, table, key) in everywhere(pasted, &conns) {
            let endpoint = untrack(|| console.connections.endpoint(&conn));
            let request = conn.dialect().and_then(|dialect| dialect.get(&endpoint, table.id, &key).ok());
            if let Some(request) = request.filter(|_| endpoint.session.is_some()) {
                requests.push((Asked { conn, table, key, said: None }, request));
            }
        }
        requests
    }

    /// Sends them.
    pub fn look(self, console: Console, pasted: &Pasted) {
        let (asked, requests): (Vec<_>, Vec<_>) = self.requests(console, pasted).into_iter().unzip();
        self.asked.set((pasted.clone(), asked.clone()));
        for ((at, Asked { conn, table, .. }), request) in asked.into_iter().enumerate().zip(requests) {
            let of = pasted.clone();
            self.scope.spawn(async move {
                let Some(dialect) = conn.dialect() else { return };
                let answer = ask::whole(console, &conn, dialect, request).await;
                let read =
                    answer.and_then(|answer| dialect.parse_get(table.id, &answer, &mut Words::default()));
                let said = read.map(drop).map_err(|error| match error.status {
                    Some(404) => t("It is not there.").to_owned(),
                    _ => error.told(),
                });
                // Another search may have begun meanwhile.
                self.asked.update(|(now, asked)| {
                    if let Some(one) = asked.get_mut(at).filter(|_| *now == of) {
                        one.said = Some(said);
                    }
                });
            });
        }
    }
}
