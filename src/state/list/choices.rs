//! What the server offers for those filters whose values only it knows: its tenants, its places. Asked once, and
//! again only where the question differs.

use leptos::prelude::untrack;

use super::List;
use crate::reactive::{effect, memo};
use crate::state::ask;
use longrun_core::dialect::{BuildError, Choice, FilterKind};
use longrun_core::http::ApiRequest;

/// What is known of one filter's values.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Offered {
    /// The filter.
    pub param: &'static str,
    /// What the server offers.
    pub values: Vec<Choice>,
    /// Why that is not known.
    pub failure: Option<String>,
    /// What was asked, so that it is not asked twice; empty where it must be asked again.
    asked: String,
}

impl List {
    /// Asks for the values of its filters while it is on the screen.
    pub(super) fn follow_choices(self) {
        let (conn, dialect, kind) = self.data.with_value(|data| (data.conn.clone(), data.dialect, data.kind));
        let pinned = conn.tenant.as_ref().and(dialect.capabilities(kind).tenant_by);
        let wanted: Vec<&'static str> = dialect
            .filters(kind)
            .iter()
            .filter(|filter| matches!(filter.kind, FilterKind::Choice) && Some(filter.param) != pinned)
            .map(|filter| filter.param)
            .collect();
        if wanted.is_empty() {
            return;
        }
        let server = memo(move |_| self.query.with(|query| query.server.clone()));
        effect(move |_: Option<()>| {
            server.track();
            if self.console.connections.session(&conn.id).is_some() {
                wanted.iter().for_each(|param| self.ask_choices(param));
            }
        });
    }

    /// The question as it is now, and what tells it from others. Without anybody signed in there is none.
    fn question(self, param: &str) -> Option<Result<(ApiRequest, String), BuildError>> {
        untrack(|| {
            let (conn, dialect) = self.data.with_value(|data| (data.conn.clone(), data.dialect));
            let user = self.console.connections.session(&conn.id)?.user.unwrap_or_default();
            let endpoint = self.console.connections.endpoint(&conn);
            let request = self.query.with(|query| dialect.choices(&endpoint, &query.server, param))?;
            Some(request.map(|request| {
                let asked = format!("{} {user}", request.url);
                (request, asked)
            }))
        })
    }

    fn ask_choices(self, param: &'static str) {
        let asked = match self.question(param) {
            Some(Ok((_, asked))) => asked,
            Some(Err(error)) => {
                let failure = Some(error.to_string());
                return self.offer(Offered { param, failure, ..Offered::default() });
            }
            None => return,
        };
        let waits_for = move |asked: &str| {
            self.offered.with_untracked(|all| all.iter().any(|o| o.param == param && o.asked == asked))
        };
        if waits_for(&asked) {
            return;
        }
        self.offer(Offered { param, asked: asked.clone(), ..Offered::default() });
        let (conn, dialect) = self.data.with_value(|data| (data.conn.clone(), data.dialect));
        self.scope.spawn(async move {
            self.console.budgets.turn(&conn).await;
            // While its turn came, another question may have taken its place, or nobody is signed in any more.
            if !waits_for(&asked) {
                return;
            }
            let Some(Ok((request, _))) =
                self.question(param).filter(|now| matches!(now, Ok((_, now)) if *now == asked))
            else {
                return self.offer(Offered { param, ..Offered::default() });
            };
            let answer = ask::whole(self.console, &conn, dialect, request).await;
            let read = answer.and_then(|answer| dialect.parse_choices(param, &answer));
            self.offer(match read {
                Ok(values) => Offered { param, values, failure: None, asked },
                Err(error) => Offered { param, failure: Some(error.message.clone()), ..Offered::default() },
            });
        });
    }

    fn offer(self, new: Offered) {
        if self.offered.with_untracked(|offered| offered.contains(&new)) {
            return;
        }
        self.offered.update(|offered| match offered.iter_mut().find(|old| old.param == new.param) {
            Some(old) => *old = new,
            None => offered.push(new),
        });
    }

    /// What is known of one filter's values.
    pub fn offered(self, param: &str) -> Offered {
        self.offered.get().into_iter().find(|offered| offered.param == param).unwrap_or_default()
    }
}
