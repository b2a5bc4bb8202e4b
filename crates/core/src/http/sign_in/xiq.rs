//! ExtremeCloud IQ (docs/DIALECTS.md, 2.1): name and password make a token that lives one day.

use super::{BEARER, Session};
use crate::http::{ApiError, ApiRequest, ApiResponse, Method, Secret};
use crate::json::{encode, fields, redact};
use crate::text::fill;
use crate::time::Millis;

/// `POST {base}/login`.
pub(super) fn login(base: &str, user: &str, password: &Secret) -> ApiRequest {
    let mut body = String::from("{\"username\":");
    encode(user, &mut body);
    body.push_str(",\"password\":");
    encode(password.reveal(), &mut body);
    body.push('}');
    ApiRequest::new(Method::Post, format!("{}/login", base.trim_end_matches('/'))).json(body)
}

/// 200 with `access_token` and its life in seconds, counted from `now` on this machine's clock.
pub(super) fn parse(user: &str, response: &ApiResponse, now: Millis) -> Result<Session, ApiError> {
    let text = response.text();
    if !response.is_success() {
        return Err(ApiError::from_answer(response, said(&text)));
    }
    let (mut token, mut life) = (None, None);
    fields::visit(&text, &mut |name, value| match &*name {
        "access_token" => token = fields::as_text(value).map(|text| text.into_owned()),
        "expires_in" => life = fields::as_i64(value),
        _ => {}
    })
    .map_err(|error| {
        ApiError::unreadable(response, fill("The answer is not a token: {0}", &[&error.to_string()]))
    })?;
    let token = token.filter(|token| !token.is_empty()).ok_or_else(|| {
        ApiError::unreadable(response, "The sign-in was accepted, but the answer holds no token.")
    })?;
    let expires = life.map(|life| Millis(now.0.saturating_add(life.saturating_mul(1_000))));
    Ok(Session { token: Secret::new(token), expires, user: Some(user.to_owned()), made_here: true })
}

/// `POST {base}/logout`: the token is dead at once.
pub(super) fn logout(base: &str, token: &Secret) -> ApiRequest {
    let request = ApiRequest::new(Method::Post, format!("{}/logout", base.trim_end_matches('/')));
    BEARER.sign(request, Some(&Session::pasted(token.clone())))
}

/// `XiqError`, of an answer or inside an operation: the message, what describes it further, and the id that the
/// vendor's support asks for.
pub fn said(body: &str) -> Option<String> {
    let (mut message, mut more, mut id, mut code) = (None, None, None, None);
    fields::visit(body, &mut |name, value| {
        let place = match &*name {
            "error_message" => &mut message,
            "error_message_description" => &mut more,
            "error_id" => &mut id,
            "error_code" => &mut code,
            _ => return,
        };
        *place = fields::as_text(value).filter(|text| !text.trim().is_empty());
    })
    .ok()?;
    let mut said = message.or(more.clone()).or(code)?.into_owned();
    if let Some(more) = more.filter(|more| **more != *said) {
        said.push_str(" · ");
        said.push_str(&more);
    }
    if let Some(id) = id {
        said = fill("{0} (error id {1})", &[&said, &id]);
    }
    Some(redact::redact_text(&said))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::ErrorKind;

    fn answer(status: u16, body: &str) -> ApiResponse {
        ApiResponse { status, headers: vec![], body: body.as_bytes().to_vec() }
    }

    #[test]
    fn a_day_is_counted_from_the_answer() {
        let request = login("/xiq", "a\"b", &Secret::new("p"));
        assert_eq!(request.body.unwrap().reveal(), r#"{"username":"a\"b","password":"p"}"#);
        let body = r#"{"access_token":"abc","token_type":"Bearer","expires_in":86400}"#;
        let session = parse("op", &answer(200, body), Millis(1_000)).unwrap();
        assert_eq!(session.expires, Some(Millis(86_401_000)));
        assert_eq!((session.token.reveal(), session.user.as_deref()), ("abc", Some("op")));
    }

    #[test]
    fn refusals_and_odd_answers_are_told() {
        let body = r#"{"error_code":"UNAUTHENTICATED","error_id":"x","error_message":"Wrong password"}"#;
        let error = parse("op", &answer(401, body), Millis(0)).unwrap_err();
        assert_eq!(error.kind, ErrorKind::SignedOut);
        assert!(error.message.contains("Wrong password"), "{}", error.message);
        for body in ["", "null", "{}", r#"{"access_token":""}"#, "<html>"] {
            assert_eq!(parse("op", &answer(200, body), Millis(0)).unwrap_err().kind, ErrorKind::Unreadable);
        }
    }
}
