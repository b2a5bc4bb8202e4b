//! To the wire: the three calls of this API (docs/DIALECTS.md, section 2.2). None of them has a body.

use super::actions;
use crate::dialect::{ActionCall, BuildError, Endpoint, Key};
use crate::http::sign_in::BEARER;
use crate::http::{ApiRequest, Method};

/// `GET {base}/operations/{id}`.
pub(super) fn get(at: &Endpoint, key: &Key) -> Result<ApiRequest, BuildError> {
    call(at, key, Method::Get, "")
}

/// `POST {base}/operations/{id}/:cancel` and `DELETE {base}/operations/{id}`. The colon begins a segment of its own.
pub(super) fn act(at: &Endpoint, asked: &ActionCall) -> Result<ApiRequest, BuildError> {
    match asked.action {
        actions::CANCEL => call(at, &asked.key, Method::Post, "/:cancel"),
        actions::DELETE => call(at, &asked.key, Method::Delete, ""),
        _ => Err(BuildError::NotOffered),
    }
}

fn call(at: &Endpoint, key: &Key, method: Method, tail: &str) -> Result<ApiRequest, BuildError> {
    let id = key.segment()?;
    let mut url = at.base()?.to_owned();
    for part in ["/operations/", &id, tail] {
        url.push_str(part);
    }
    Ok(BEARER.sign(ApiRequest::new(method, url), at.session.as_ref()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::{Secret, sign_in::Session};

    fn at() -> Endpoint {
        Endpoint {
            base: "https://api.example/xiq/".into(),
            tenant: None,
            session: Some(Session::pasted(Secret::new("jwt"))),
        }
    }

    fn asked(action: &'static str, id: &str) -> ActionCall {
        ActionCall { action, key: Key::of(id), inputs: vec![] }
    }

    #[test]
    fn the_three_calls() {
        let get = get(&at(), &Key::of("a/b c:d?e")).unwrap();
        assert_eq!(
            (get.method, get.url.as_str()),
            (Method::Get, "https://api.example/xiq/operations/a%2Fb%20c%3Ad%3Fe")
        );
        let cancel = act(&at(), &asked("cancel", "x")).unwrap();
        assert_eq!(
            (cancel.method, cancel.url.as_str()),
            (Method::Post, "https://api.example/xiq/operations/x/:cancel")
        );
        let delete = act(&at(), &asked("delete", "x")).unwrap();
        assert_eq!(
            (delete.method, delete.url.as_str()),
            (Method::Delete, "https://api.example/xiq/operations/x")
        );
        for request in [get, cancel, delete] {
            assert_eq!(request.body, None);
            assert!(request.headers.iter().all(|(name, _)| *name != "content-type"), "{request:?}");
        }
    }

    #[test]
    fn what_names_no_operation_is_refused() {
        for action in ["cancel", "delete"] {
            assert_eq!(act(&at(), &asked(action, " ")).unwrap_err(), BuildError::EmptyId);
            assert!(matches!(act(&at(), &asked(action, "..")), Err(BuildError::Invalid(_))));
        }
        assert_eq!(act(&at(), &asked("restart", "x")).unwrap_err(), BuildError::NotOffered);
    }
}
