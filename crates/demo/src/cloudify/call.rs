//! One request on its way in: who sends it, for which tenant, with what. It must not know what is answered.

use axum::body::Bytes;
use axum::extract::RawPathParams;
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode};
use serde_json::{Map, Value};

use super::accounts::{self, May, Tenant, User};
use super::manager::Manager;
use super::query::Query;
use super::refusal::{Outcome, Refusal};
use super::tokens::Dead;
use crate::answer::header;
use crate::fault::Fault;

const TOKEN: &str = "authentication-token";

/// How somebody signed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Method {
    Basic,
    Token,
}

impl Method {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Basic => "http_basic",
            Self::Token => "token",
        }
    }
}

/// A request that has been read, and not yet judged.
pub(super) struct Arrival {
    pub(super) query: Query,
    /// The parts of the path that stand for something, decoded.
    names: Vec<(String, String)>,
    headers: HeaderMap,
    body: Bytes,
}

/// A request of a user who may make it.
pub(super) struct Call<'a> {
    pub(super) user: &'static User,
    /// Empty where the call needs none.
    tenants: Vec<Tenant>,
    /// Whether it asks for all tenants.
    pub(super) everywhere: bool,
    pub(super) query: &'a Query,
    arrival: &'a Arrival,
    pub(super) body: Map<String, Value>,
    pub(super) now: i64,
}

impl Arrival {
    pub(super) fn new(parts: Parts, names: &RawPathParams, body: Bytes) -> Self {
        Self {
            query: Query::parse(parts.uri.query().unwrap_or_default()),
            names: names.iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect(),
            headers: parts.headers,
            body,
        }
    }

    pub(super) fn name(&self, name: &str) -> &str {
        self.names.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value)
    }

    /// The fault that a filter value or an id asks for.
    pub(super) fn sentinel(&self) -> Option<Fault> {
        let values = self.query.pairs().map(|(_, value)| value);
        values.chain(self.names.iter().map(|(_, value)| value.as_str())).find_map(Fault::sentinel)
    }

    /// The fault that the user name asks for.
    pub(super) fn user_sentinel(&self) -> Option<Fault> {
        self.basic().and_then(|(user, _)| Fault::sentinel(&user))
    }

    pub(super) fn token(&self) -> Option<&str> {
        header(&self.headers, TOKEN)
    }

    pub(super) fn tenant_header(&self) -> Option<&str> {
        header(&self.headers, "tenant")
    }

    fn basic(&self) -> Option<(String, String)> {
        let encoded = header(&self.headers, "authorization")?.strip_prefix("Basic ")?;
        let text = String::from_utf8(base64(encoded.trim())?).ok()?;
        let (user, password) = text.split_once(':')?;
        Some((user.to_owned(), password.to_owned()))
    }

    /// A JSON object, sent as exactly `application/json`.
    pub(super) fn json(&self) -> Outcome<Map<String, Value>> {
        if header(&self.headers, "content-type") != Some("application/json") {
            return Err(Refusal::new(
                StatusCode::UNSUPPORTED_MEDIA_TYPE,
                "unsupported_content_type_error",
                "Content type must be application/json",
            ));
        }
        match serde_json::from_slice(&self.body) {
            Ok(Value::Object(object)) => Ok(object),
            Ok(_) => Err(Refusal::bad("The request body must be a JSON object")),
            Err(_) => Err(Refusal::Html(
                StatusCode::BAD_REQUEST,
                "The body of the request could not be read as JSON.",
            )),
        }
    }

    /// Who sends it. A password goes before a token.
    pub(super) fn authenticate(&self, manager: &mut Manager, now: i64) -> Outcome<(&'static User, Method)> {
        if header(&self.headers, "execution-token").is_some() {
            return Err(Refusal::unauthorized("Authentication failed, invalid Execution Token"));
        }
        if let Some((name, password)) = self.basic() {
            let user =
                User::named(&name).ok_or_else(|| Refusal::unauthorized("No authentication info provided"))?;
            if user.password != password {
                return Err(Refusal::unauthorized(&format!(
                    "Authentication failed for <User username=`{name}`>. Wrong credentials or locked account"
                )));
            }
            return Ok((user, Method::Basic));
        }
        let token = self.token().ok_or_else(|| Refusal::unauthorized("No authentication info provided"))?;
        let user = manager.tokens.user(token, now).map_err(|dead| {
            Refusal::unauthorized(match dead {
                Dead::Malformed => "Invalid token structure",
                Dead::Unknown => "Unauthorized",
                Dead::Expired => "Token is expired",
            })
        })?;
        Ok((user, Method::Token))
    }

    /// The tenants it is for, if the user may do this there: the one that is named, or all where it may.
    pub(super) fn tenants_for(&self, user: &'static User, may: May, listing: bool) -> Outcome<Vec<Tenant>> {
        let everywhere = listing && self.query.flag("_all_tenants")?;
        let all = || accounts::TENANTS.into_iter().filter(|tenant| user.may(may, tenant)).collect::<Vec<_>>();
        let Some(name) = self.tenant_header() else {
            return match all() {
                all if everywhere && !all.is_empty() => Ok(all),
                _ if everywhere => Err(Refusal::forbidden(format!(
                    "User `{}` is not permitted to perform the action {}",
                    user.name,
                    may.name()
                ))),
                _ => Err(Refusal::forbidden("Authorization failed: tenant not provided")),
            };
        };
        let tenant = accounts::tenant(name).ok_or_else(|| {
            Refusal::forbidden(format!(
                "Authorization failed: Tried to authenticate with invalid tenant name: {name}"
            ))
        })?;
        if !user.may(may, tenant) {
            return Err(not_permitted(user, may, tenant));
        }
        Ok(if everywhere { all() } else { vec![tenant] })
    }

    pub(super) fn call<'a>(
        &'a self,
        user: &'static User,
        tenants: Vec<Tenant>,
        body: Map<String, Value>,
        now: i64,
    ) -> Call<'a> {
        let everywhere = tenants.len() > 1;
        Call { user, tenants, everywhere, query: &self.query, arrival: self, body, now }
    }
}

fn not_permitted(user: &User, may: May, tenant: Tenant) -> Refusal {
    Refusal::forbidden(format!(
        "User `{}` is not permitted to perform the action {} in the tenant `{tenant}`",
        user.name,
        may.name()
    ))
}

impl Call<'_> {
    /// The tenant of a call that has one; calls without are never asked.
    pub(super) fn tenant(&self) -> Tenant {
        self.tenants.first().copied().unwrap_or(accounts::DEFAULT)
    }

    pub(super) fn covers(&self, tenant: Tenant) -> bool {
        self.tenants.contains(&tenant)
    }

    pub(super) fn id(&self) -> &str {
        self.arrival.name("id")
    }

    /// Refuses what the user may not do beside what the call itself needs.
    pub(super) fn needs(&self, may: May) -> Outcome<()> {
        if self.user.may(may, self.tenant()) {
            Ok(())
        } else {
            Err(not_permitted(self.user, may, self.tenant()))
        }
    }

    /// A member of the body that is neither missing nor null.
    pub(super) fn given(&self, name: &str) -> Option<&Value> {
        self.body.get(name).filter(|value| !value.is_null())
    }

    pub(super) fn text(&self, name: &str) -> Outcome<Option<&str>> {
        self.given(name).map_or(Ok(None), |value| {
            value
                .as_str()
                .map(Some)
                .ok_or_else(|| Refusal::bad(format!("{name} must be a string, got {value}")))
        })
    }

    pub(super) fn needed_text(&self, name: &str) -> Outcome<&str> {
        self.text(name)?.ok_or_else(|| Refusal::bad(format!("Missing {name} in json request body")))
    }

    /// A boolean, or its name as text.
    pub(super) fn flag(&self, name: &str) -> Outcome<bool> {
        let Some(value) = self.given(name) else { return Ok(false) };
        value.as_bool().or_else(|| super::query::boolean(value.as_str()?)).ok_or_else(|| {
            let shown = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
            Refusal::bad(format!("{name} must be <true/false>, got {shown}"))
        })
    }

    pub(super) fn object(&self, name: &str) -> Outcome<Map<String, Value>> {
        match self.given(name) {
            None => Ok(Map::new()),
            Some(Value::Object(object)) => Ok(object.clone()),
            Some(other) => Err(Refusal::bad(format!("{name} must be an object, got {other}"))),
        }
    }

    /// A moment; with `zoned` one that says of which zone.
    pub(super) fn moment(&self, name: &str, zoned: bool) -> Outcome<Option<i64>> {
        let Some(text) = self.text(name)? else { return Ok(None) };
        match super::dates::parse_zoned(text) {
            Some((ms, has_zone)) if has_zone || !zoned => Ok(Some(ms)),
            _ => Err(Refusal::bad(format!("{name} is no date with a time zone: {text}"))),
        }
    }
}

/// The bytes behind a text in base64, padded or not.
fn base64(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len() * 3 / 4);
    let (mut held, mut bits) = (0_u32, 0_u32);
    for byte in text.trim_end_matches('=').bytes() {
        let six = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ => return None,
        };
        held = (held << 6) | u32::from(six);
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            let [.., low] = (held >> bits).to_be_bytes();
            bytes.push(low);
        }
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::base64;

    #[test]
    fn base64_with_and_without_padding() {
        assert_eq!(base64("YWRtaW46YWRtaW4=").unwrap(), b"admin:admin");
        assert_eq!(base64("YTo").unwrap(), b"a:");
        assert_eq!(base64("w6Q6w7Y=").unwrap(), "ä:ö".as_bytes());
        assert!(base64("a b").is_none());
    }
}
