//! Cloudify Manager (docs/DIALECTS.md, 4.2): name and password make a token that ends, so that no
//! password is sent twice. Tokens live for ever unless asked otherwise.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::{Session, TokenAs};
use crate::http::{ApiError, ApiRequest, ApiResponse, Method, Secret, encode_segment};
use crate::json::{fields, redact};
use crate::text::fill;
use crate::time::{Millis, parse_rfc3339};

/// The header of a Cloudify token.
pub const TOKEN: TokenAs = TokenAs { header: "authentication-token", prefix: "" };

/// `POST {base}/api/v3.1/tokens` with Basic. The server refuses an absent body, and reads the end of the token's life
/// relative to its own clock.
pub(super) fn token(base: &str, user: &str, password: &Secret) -> ApiRequest {
    let pair = Secret::new(STANDARD.encode(format!("{user}:{}", password.reveal())));
    ApiRequest::new(Method::Post, format!("{}/api/v3.1/tokens", base.trim_end_matches('/')))
        .secret_header("authorization", Secret::new(format!("Basic {}", pair.reveal())))
        .json(r#"{"description":"Longrun console","expiration_date":"+10h"}"#.to_owned())
}

/// 200 with the token's value, shown this once. Its end stands on the server's clock; where that is already past on
/// this machine's, the server is left to say when the token is dead.
pub(super) fn parse(response: &ApiResponse, now: Millis) -> Result<Session, ApiError> {
    let text = response.text();
    if !response.is_success() {
        return Err(ApiError::from_answer(response, said(&text)));
    }
    let (mut token, mut end, mut user) = (None, None, None);
    fields::visit(&text, &mut |name, value| {
        let place = match &*name {
            "value" => &mut token,
            "expiration_date" => &mut end,
            "username" => &mut user,
            _ => return,
        };
        *place = fields::as_text(value).map(|text| text.into_owned());
    })
    .map_err(|error| {
        ApiError::unreadable(response, fill("The answer is not a token: {0}", &[&error.to_string()]))
    })?;
    let token = token.filter(|token| !token.is_empty()).ok_or_else(|| {
        ApiError::unreadable(response, "The sign-in was accepted, but the answer holds no token.")
    })?;
    let expires = end.and_then(|end| parse_rfc3339(&end)).filter(|end| *end > now);
    Ok(Session { token: Secret::new(token), expires, user, made_here: true })
}

/// `DELETE {base}/api/v3.1/tokens/{id}`. The id is the middle part of `ctok-<id>-<secret>`; a token of another form
/// cannot be deleted by the console.
pub(super) fn delete(base: &str, token: &Secret) -> Option<ApiRequest> {
    let id = token.reveal().strip_prefix("ctok-")?.split('-').next().filter(|id| !id.is_empty())?;
    let url = format!("{}/api/v3.1/tokens/{}", base.trim_end_matches('/'), encode_segment(id));
    let request = ApiRequest::new(Method::Delete, url);
    Some(request.secret_header(TOKEN.header, token.clone()))
}

/// The manager's error body: `message`, or what its client reads in its place, `detail`. Tracebacks are never shown.
pub fn said(body: &str) -> Option<String> {
    let (mut message, mut detail) = (None, None);
    fields::visit(body, &mut |name, value| match &*name {
        "message" => message = fields::as_shown(value),
        "detail" => detail = fields::as_shown(value),
        _ => {}
    })
    .ok()?;
    let text = message.or(detail).filter(|text| !text.trim().is_empty())?;
    Some(redact::redact_text(&text))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::{ErrorKind, HeaderValue};

    fn answer(status: u16, body: &str) -> ApiResponse {
        ApiResponse { status, headers: vec![], body: body.as_bytes().to_vec() }
    }

    #[test]
    fn the_password_travels_once_and_is_seen_nowhere() {
        let request = token("/cloudify/", "admin", &Secret::new("pä:ss"));
        assert_eq!(request.url, "/cloudify/api/v3.1/tokens");
        let sent = request.headers.iter().find(|(name, _)| *name == "authorization").map(|(_, value)| value);
        let Some(HeaderValue::Secret(sent)) = sent else { panic!("no secret header") };
        assert_eq!(sent.reveal(), "Basic YWRtaW46cMOkOnNz");
        assert!(!format!("{request:?}").contains("YWRtaW"));
        let plain = request.headers.iter().find(|(name, _)| *name == "content-type").map(|(_, value)| value);
        assert_eq!(plain, Some(&HeaderValue::Plain("application/json".into())), "a charset is refused");
    }

    #[test]
    fn a_token_is_read_and_can_be_deleted() {
        let body = r#"{"id":"aB3","username":"mona","value":"ctok-aB3-secret","role":"default","expiration_date":"2026-11-21T10:00:00.000Z"}"#;
        let session = parse(&answer(200, body), Millis(0)).unwrap();
        assert_eq!((session.token.reveal(), session.user.as_deref()), ("ctok-aB3-secret", Some("mona")));
        assert!(session.expires.is_some());
        let end = delete("/cloudify", &session.token).unwrap();
        assert_eq!((end.method, end.url.as_str()), (Method::Delete, "/cloudify/api/v3.1/tokens/aB3"));
        assert!(delete("/cloudify", &Secret::new("something else")).is_none());
    }

    #[test]
    fn refusals_and_odd_answers_are_told() {
        let body = r#"{"error_code":"unauthorized_error","message":"User unauthorized: No authentication info provided","server_traceback":null}"#;
        let error = parse(&answer(401, body), Millis(0)).unwrap_err();
        assert_eq!(error.kind, ErrorKind::SignedOut);
        assert!(error.message.starts_with("User unauthorized"), "{}", error.message);
        for body in ["", "null", "[]", "{}", r#"{"value":null}"#, "<html>"] {
            assert_eq!(
                parse(&answer(200, body), Millis(0)).unwrap_err().kind,
                ErrorKind::Unreadable,
                "{body}"
            );
        }
    }
}
