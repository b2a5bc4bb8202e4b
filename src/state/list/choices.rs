//! What the server offers for those filters whose values only it knows: its tenants, its places. Asked once, and
//! again only where the question differs.

use leptos::prelude::untrack;

use super::List;
use crate::reactive::{effect, memo};
use crate::state::ask;
use longrun_core::dialect::{Choice, FilterKind};

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

    /// Asks when its turn has come, for what the query says by then.
    fn ask_choices(self, param: &'static str) {
        self.scope.spawn(async move {
            let (conn, dialect) = self.data.with_value(|data| (data.conn.clone(), data.dialect));
            self.console.budgets.turn(&conn).await;
            let endpoint = untrack(|| self.console.connections.endpoint(&conn));
            let Some(session) = &endpoint.session else { return };
            let query = self.query.with_untracked(|query| query.server.clone());
            let request = match dialect.choices(&endpoint, &query, param) {
                Some(Ok(request)) => request,
                Some(Err(error)) => {
                    let failure = Some(error.to_string());
                    return self.offer(Offered { param, failure, ..Offered::default() });
                }
                None => return,
            };
            let asked = format!("{} {}", request.url, session.user.as_deref().unwrap_or_default());
            let same = |offered: &Vec<Offered>| offered.iter().any(|o| o.param == param && o.asked == asked);
            if self.offered.with_untracked(same) {
                return;
            }
            self.offer(Offered { param, asked: asked.clone(), ..Offered::default() });
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
