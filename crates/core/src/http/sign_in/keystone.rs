//! Keystone v3 (docs/DIALECTS.md, 1.1): a key and its secret for one project become a token.

use super::Session;
use crate::http::{ApiError, ApiRequest, ApiResponse, Method, Secret};
use crate::json::{JsonError, encode, fields, redact};
use crate::time::{Millis, parse_rfc3339};

/// `POST {url}/auth/tokens` with the password method: the API key is the user name, the API secret key the
/// password, the scope one project. `url` ends before `/auth/tokens`, with or without a slash.
pub fn password(url: &str, project: &str, key: &str, secret: &Secret) -> ApiRequest {
    let text = |text: &str| {
        let mut json = String::new();
        encode(text, &mut json);
        json
    };
    let (key, secret, project) = (text(key), Secret::new(text(secret.reveal())), text(project));
    let secret = secret.reveal();
    let body = format!(
        r#"{{"auth":{{"identity":{{"methods":["password"],"password":{{"user":{{"name":{key},"password":{secret},"domain":{{"id":"default"}}}}}}}},"scope":{{"project":{{"id":{project}}}}}}}}}"#
    );
    ApiRequest::new(Method::Post, format!("{}/auth/tokens", url.trim_end_matches('/'))).json(body)
}

/// `DELETE {url}/auth/tokens`: ends the token itself, so that signing out is more than forgetting.
pub fn revoke(url: &str, token: &Secret) -> ApiRequest {
    ApiRequest::new(Method::Delete, format!("{}/auth/tokens", url.trim_end_matches('/')))
        .secret_header("x-auth-token", token.clone())
        .secret_header("x-subject-token", token.clone())
}

/// 201 with the token in the header `X-Subject-Token`, its end in the body. Both clocks of a token's life are the
/// server's, so the end is counted from `now`, the moment of the answer on this machine: a wrong clock here neither
/// ends a session nor prolongs it.
pub fn parse(response: &ApiResponse, now: Millis) -> Result<Session, ApiError> {
    if !response.is_success() {
        return Err(ApiError::from_answer(response, said(&response.text())));
    }
    let Some(token) = response.header("x-subject-token").filter(|token| !token.is_empty()) else {
        let why = "The sign-in was accepted, but the answer carries no X-Subject-Token header. \
                   Across origins the server must expose that header; a reverse proxy on the console's own origin avoids it.";
        return Err(ApiError::unreadable(response, why));
    };
    let text = response.text();
    let (mut end, mut issued, mut user) = (None, None, None);
    // A body that cannot be read costs what stands in it, not the token.
    let _ = inside(&text, "token", &mut |name, value| match name {
        "expires_at" => end = fields::as_text(value).and_then(|at| parse_rfc3339(&at)),
        "issued_at" => issued = fields::as_text(value).and_then(|at| parse_rfc3339(&at)),
        "user" => {
            let _ = fields::visit(value, &mut |name, value| {
                if name == "name" {
                    user = fields::as_text(value).map(|name| name.into_owned());
                }
            });
        }
        _ => {}
    });
    let expires = match (end, issued) {
        (Some(end), Some(issued)) => Some(Millis(now.0.saturating_add(end.since(issued)))),
        (end, _) => end,
    };
    Ok(Session { token: Secret::new(token), expires, user, made_here: true })
}

/// Keystone's own error shape: `{"error": {"message": …}}`.
pub fn said(body: &str) -> Option<String> {
    let mut said = None;
    inside(body, "error", &mut |name, value| {
        if name == "message" && value.starts_with('"') {
            said = fields::as_text(value).map(|text| redact::redact_text(&text));
        }
    })
    .ok()?;
    said
}

/// Visits the members of the object under `key`.
fn inside(text: &str, key: &str, each: &mut dyn FnMut(&str, &str)) -> Result<(), JsonError> {
    let mut inner = None;
    fields::visit(text, &mut |name, value| {
        if name == key {
            inner = Some(value);
        }
    })?;
    inner.map_or(Ok(()), |inner| fields::visit(inner, &mut |name, value| each(&name, value)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::ErrorKind;

    fn answer(status: u16, token: Option<&str>, body: &str) -> ApiResponse {
        let headers = token.map(|t| ("x-subject-token".to_owned(), t.to_owned())).into_iter().collect();
        ApiResponse { status, headers, body: body.as_bytes().to_vec() }
    }

    #[test]
    fn the_password_request_is_what_keystone_reads() {
        let request = password("/ecl/keystone/v3/", "p1", "KEY", &Secret::new("S\"1"));
        assert_eq!(request.url, "/ecl/keystone/v3/auth/tokens");
        let sent: serde_json::Value = serde_json::from_str(request.body.unwrap().reveal()).unwrap();
        assert_eq!(sent["auth"]["identity"]["password"]["user"]["password"], "S\"1");
        assert_eq!(sent["auth"]["scope"]["project"]["id"], "p1");
    }

    #[test]
    fn a_session_knows_its_end() {
        let body =
            r#"{"token":{"expires_at":"2026-11-21T00:00:02.000000Z","user":{"name":"APIKEY"},"catalog":[]}}"#;
        let session = parse(&answer(201, Some("abc"), body), Millis(0)).unwrap();
        assert_eq!(session.user.as_deref(), Some("APIKEY"));
        let end = session.expires.unwrap();
        assert!(session.has_expired(end) && !session.has_expired(Millis(end.0 - 1)));
        let two_minutes = r#"{"token":{"issued_at":"2026-11-21T00:00:00.000000Z","expires_at":"2026-11-21T00:02:00.000000Z"}}"#;
        let session = parse(&answer(201, Some("abc"), two_minutes), Millis(5_000)).unwrap();
        assert_eq!(session.expires, Some(Millis(125_000)), "counted on this machine's clock");
    }

    #[test]
    fn odd_bodies_do_not_cost_the_token() {
        for body in ["", "null", r#"{"token":{"expires_at":5,"user":[]}}"#, "<html>"] {
            let session = parse(&answer(201, Some("abc"), body), Millis(0)).unwrap();
            assert_eq!((session.token.reveal(), session.expires), ("abc", None), "{body}");
        }
    }

    #[test]
    fn refusals_speak_keystones_words() {
        let body = r#"{"error":{"code":401,"title":"Unauthorized","message":"The password is wrong."}}"#;
        let error = parse(&answer(401, None, body), Millis(0)).unwrap_err();
        assert_eq!((error.kind, error.message.as_str()), (ErrorKind::SignedOut, "The password is wrong."));
        let error = parse(&answer(201, None, "{}"), Millis(0)).unwrap_err();
        assert!(error.message.contains("X-Subject-Token"));
    }
}
