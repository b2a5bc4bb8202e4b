//! To the wire: the two calls of this API (docs/DIALECTS.md, section 1.3).

use crate::dialect::{BuildError, Endpoint, ServerQuery, segment};
use crate::http::{ApiRequest, Method, encode_query};

/// `GET {base}/v1.0/operations`. A pinned tenant replaces whatever tenant the query asks for.
pub(super) fn list(at: &Endpoint, query: &ServerQuery) -> Result<ApiRequest, BuildError> {
    let pinned = at.tenant.as_deref().map(|tenant| ("tenant_id", tenant));
    let asked = query
        .params
        .iter()
        .map(|(name, value)| (*name, value.as_str()))
        .filter(|(name, _)| pinned.is_none() || *name != "tenant_id");
    let query = encode_query(asked.chain(pinned));
    let mut url = format!("{}/v1.0/operations", at.base()?);
    if !query.is_empty() {
        url.push('?');
        url.push_str(&query);
    }
    Ok(signed(at, ApiRequest::new(Method::Get, url)))
}

/// `GET {base}/v1.0/operations/{id}`. An empty id is refused: it would be the list.
pub(super) fn get(at: &Endpoint, id: &str) -> Result<ApiRequest, BuildError> {
    let id = segment(id)?;
    let url = format!("{}/v1.0/operations/{id}", at.base()?);
    Ok(signed(at, ApiRequest::new(Method::Get, url)))
}

fn signed(at: &Endpoint, request: ApiRequest) -> ApiRequest {
    super::TOKEN.sign(request.header("content-type", "application/json"), at.session.as_ref())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::{Secret, sign_in::Session};

    fn at(tenant: Option<&str>) -> Endpoint {
        Endpoint {
            base: "/ecl/virtual-network-appliance/".into(),
            tenant: tenant.map(str::to_owned),
            session: Some(Session::pasted(Secret::new("t0ken"))),
        }
    }

    #[test]
    fn list_sends_only_what_was_asked_for() {
        let request = list(&at(None), &ServerQuery::default()).unwrap();
        assert_eq!(request.url, "/ecl/virtual-network-appliance/v1.0/operations");
        let params =
            vec![("resource_id", "a".into()), ("resource_id", "b&c".into()), ("latest", "true".into())];
        let request = list(&at(None), &ServerQuery::new(params)).unwrap();
        assert!(
            request.url.ends_with("/operations?resource_id=a&resource_id=b%26c&latest=true"),
            "{}",
            request.url
        );
    }

    #[test]
    fn a_pinned_tenant_cannot_be_left() {
        let params = vec![("tenant_id", "other".to_owned())];
        let request = list(&at(Some("mine")), &ServerQuery::new(params)).unwrap();
        assert!(request.url.ends_with("/operations?tenant_id=mine"), "{}", request.url);
    }

    #[test]
    fn show_refuses_an_empty_id_and_keeps_an_odd_one_whole() {
        assert_eq!(get(&at(None), " ").unwrap_err(), BuildError::EmptyId);
        assert!(get(&at(None), "a/b?c#d%").unwrap().url.ends_with("/operations/a%2Fb%3Fc%23d%25"));
    }
}
