//! The error object of the service: the body of every refusal, and what a failed operation carries.
//! It must not know which call failed.

use axum::http::StatusCode;
use axum::response::Response;
use serde_json::{Value, json};

use crate::answer;
use crate::chance::Chance;

/// The four fields that the current client insists on. `code` is one of our words: the service publishes no list.
pub(super) fn object(code: &str, text: &str, explained: &str) -> Value {
    // The same error of the same call has the same id, so that answers can be compared.
    let seed =
        code.bytes().chain(text.bytes()).fold(0_u64, |sum, byte| sum.wrapping_mul(31) + u64::from(byte));
    json!({
        "error_code": code,
        "error_id": Chance::new(seed, 0x6572_726f).hex32(),
        "error_message": text,
        "error_message_description": explained,
    })
}

pub(super) fn refused(status: StatusCode, code: &str, text: &str) -> Response {
    answer::json(status, object(code, text, text).to_string())
}

/// Refusals that say the same whatever was asked for.
pub(super) fn refusal(status: StatusCode) -> Response {
    let (code, text) = match status {
        StatusCode::UNAUTHORIZED => ("UNAUTHENTICATED", "The access token is missing, unknown or expired."),
        StatusCode::FORBIDDEN => {
            ("ACCESS_DENIED", "The access token does not hold the permission for this call.")
        }
        StatusCode::METHOD_NOT_ALLOWED => ("METHOD_NOT_ALLOWED", "This method is not supported here."),
        StatusCode::TOO_MANY_REQUESTS => {
            ("TOO_MANY_REQUESTS", "The customer's calls of this hour are used up.")
        }
        StatusCode::SERVICE_UNAVAILABLE => ("SERVICE_UNAVAILABLE", "The service is under maintenance."),
        _ => ("INTERNAL_SERVER_ERROR", "Something went wrong in the service."),
    };
    refused(status, code, text)
}

pub(super) fn bad_request(text: &str) -> Response {
    refused(StatusCode::BAD_REQUEST, "BAD_REQUEST", text)
}

pub(super) fn not_found(text: &str) -> Response {
    refused(StatusCode::NOT_FOUND, "NOT_FOUND", text)
}
