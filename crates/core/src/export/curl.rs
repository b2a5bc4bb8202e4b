//! A request as a line for a shell.

use crate::http::{ApiRequest, HeaderValue};

/// The request as `curl …`. Secret headers become `$TOKEN`, to be set by whoever runs the line; a body, which may
/// hold credentials, is left out. `origin` makes same-origin paths absolute.
pub fn curl(request: &ApiRequest, origin: &str) -> String {
    let url =
        if request.url.starts_with('/') { format!("{origin}{}", request.url) } else { request.url.clone() };
    let mut line = format!("curl -sS -X {} {}", request.method.as_str(), quoted(&url));
    for (name, value) in &request.headers {
        line.push_str(" \\\n  -H ");
        match value {
            HeaderValue::Plain(value) => line.push_str(&quoted(&format!("{name}: {value}"))),
            HeaderValue::Secret(_) => line.push_str(&format!("\"{name}: $TOKEN\"")),
        }
    }
    line
}

/// Single quotes keep everything literal in a POSIX shell; a quote itself ends, escapes and reopens.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::{Method, Secret};

    #[test]
    fn the_token_is_a_variable_and_quotes_hold() {
        let request = ApiRequest::new(Method::Get, "/v1/it's?a=$(id)".into())
            .secret_header("x-auth-token", Secret::new("t0ken"));
        let line = curl(&request, "https://console.example");
        assert_eq!(
            line,
            "curl -sS -X GET 'https://console.example/v1/it'\\''s?a=$(id)' \\\n  -H 'accept: application/json' \\\n  -H \"x-auth-token: $TOKEN\""
        );
    }
}
