//! What the server is asked for a list, and what it cannot be asked without. Sends nothing.

use leptos::prelude::untrack;

use super::List;
use longrun_core::dialect::{BuildError, Dialect, Endpoint, FilterKind, Kind, ServerQuery};
use longrun_core::http::{ApiRequest, HeaderValue};

/// What holds where a filter is not set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unset {
    /// All values.
    Nothing,
    /// The server cannot be asked.
    Needed,
    /// This value.
    Usual(String),
}

impl List {
    /// What the request says of a filter that is not set: nothing, that it is needed, or a value of its own.
    pub fn unset(self, param: &str) -> Unset {
        let (conn, dialect, kind, mut asked) =
            self.data.with_value(|data| (data.conn.clone(), data.dialect, data.kind, data.asked.clone()));
        asked.params.retain(|(name, _)| *name != param);
        let endpoint = untrack(|| self.console.connections.endpoint(&conn));
        let mut request = dialect.list(&endpoint, kind, &asked);
        if matches!(request, Err(BuildError::Missing(_))) {
            // Would it do with this one, or does it need another, too?
            match needed(dialect, &endpoint, kind, &asked) {
                Some((name, _)) if name == param => return Unset::Needed,
                Some((_, with)) => request = Ok(with),
                None => return Unset::Needed,
            }
        }
        let header = request.ok().and_then(|request| {
            request.headers.into_iter().find(|(name, _)| name.eq_ignore_ascii_case(param))
        });
        match header {
            Some((_, HeaderValue::Plain(value))) => Unset::Usual(value),
            _ => Unset::Nothing,
        }
    }

    /// The filter that the server cannot be asked without; where one of several would do, the first.
    pub fn needed(self) -> Option<&'static str> {
        let (conn, dialect, kind, asked) =
            self.data.with_value(|data| (data.conn.clone(), data.dialect, data.kind, data.asked.clone()));
        let endpoint = untrack(|| self.console.connections.endpoint(&conn));
        match dialect.list(&endpoint, kind, &asked) {
            Err(BuildError::Missing(_)) => needed(dialect, &endpoint, kind, &asked).map(|(name, _)| name),
            _ => None,
        }
    }

    /// The request for a page; `None` is the first.
    pub fn request(self, page: Option<String>) -> Result<ApiRequest, BuildError> {
        let (conn, dialect, kind, asked) =
            self.data.with_value(|data| (data.conn.clone(), data.dialect, data.kind, data.asked.clone()));
        for (param, value) in &asked.params {
            let filter = dialect.filters(kind).iter().find(|filter| filter.param == *param);
            if let Some(FilterKind::Checked(check)) = filter.map(|filter| filter.kind) {
                check(value).map_err(BuildError::Invalid)?;
            }
        }
        let endpoint = untrack(|| self.console.connections.endpoint(&conn));
        dialect.list(&endpoint, kind, &ServerQuery { page, ..asked })
    }
}

/// The first filter with which the list could be asked for, and the request then.
fn needed(
    dialect: &'static dyn Dialect,
    endpoint: &Endpoint,
    kind: Kind,
    asked: &ServerQuery,
) -> Option<(&'static str, ApiRequest)> {
    dialect.filters(kind).iter().find_map(|filter| {
        let mut with = asked.clone();
        with.params.push((filter.param, "x".to_owned()));
        Some((filter.param, dialect.list(endpoint, kind, &with).ok()?))
    })
}
