//! The error model of Google's APIs: codes, the HTTP statuses they travel with, and the details beside a message.
//! It must not know what was asked for.

use axum::http::StatusCode;
use axum::http::header::{HeaderValue, WWW_AUTHENTICATE};
use axum::response::Response;
use serde_json::{Value, json};

use crate::answer;

pub(super) const DOMAIN: &str = "workloadmanager.googleapis.com";
const KIND: &str = "application/json; charset=UTF-8";

/// The codes this service uses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Code {
    InvalidArgument,
    NotFound,
    AlreadyExists,
    PermissionDenied,
    ResourceExhausted,
    FailedPrecondition,
    Aborted,
    Unimplemented,
    Internal,
    Unavailable,
    Unauthenticated,
}

impl Code {
    fn name_and_http(self) -> (&'static str, StatusCode) {
        match self {
            Self::InvalidArgument => ("INVALID_ARGUMENT", StatusCode::BAD_REQUEST),
            Self::NotFound => ("NOT_FOUND", StatusCode::NOT_FOUND),
            Self::AlreadyExists => ("ALREADY_EXISTS", StatusCode::CONFLICT),
            Self::PermissionDenied => ("PERMISSION_DENIED", StatusCode::FORBIDDEN),
            Self::ResourceExhausted => ("RESOURCE_EXHAUSTED", StatusCode::TOO_MANY_REQUESTS),
            Self::FailedPrecondition => ("FAILED_PRECONDITION", StatusCode::BAD_REQUEST),
            Self::Aborted => ("ABORTED", StatusCode::CONFLICT),
            Self::Unimplemented => ("UNIMPLEMENTED", StatusCode::NOT_IMPLEMENTED),
            Self::Internal => ("INTERNAL", StatusCode::INTERNAL_SERVER_ERROR),
            Self::Unavailable => ("UNAVAILABLE", StatusCode::SERVICE_UNAVAILABLE),
            Self::Unauthenticated => ("UNAUTHENTICATED", StatusCode::UNAUTHORIZED),
        }
    }
}

/// Why a call is not answered as asked.
#[derive(Debug, Clone)]
pub(super) struct Refusal {
    code: Code,
    message: String,
    details: Vec<Value>,
}

/// A detail of one of the common types.
pub(super) fn detail(kind: &str, mut fields: Value) -> Value {
    if let Some(fields) = fields.as_object_mut() {
        fields.insert("@type".to_owned(), format!("type.googleapis.com/google.rpc.{kind}").into());
    }
    fields
}

/// The detail every error carries.
pub(super) fn error_info(reason: &str, metadata: &Value) -> Value {
    detail("ErrorInfo", json!({ "reason": reason, "domain": DOMAIN, "metadata": metadata }))
}

impl Refusal {
    pub(super) fn new(code: Code, reason: &str, message: impl Into<String>, metadata: &Value) -> Self {
        Self { code, message: message.into(), details: vec![error_info(reason, metadata)] }
    }

    fn with(mut self, kind: &str, fields: Value) -> Self {
        self.details.push(detail(kind, fields));
        self
    }

    /// One parameter is wrong.
    pub(super) fn argument(field: &str, description: &str) -> Self {
        Self::new(
            Code::InvalidArgument,
            "INVALID_PARAMETER",
            format!("Invalid value at '{field}': {description}"),
            &json!({ "field": field }),
        )
        .with("BadRequest", json!({ "fieldViolations": [{ "field": field, "description": description }] }))
    }

    pub(super) fn not_found(resource: &str) -> Self {
        let message = format!("Resource '{resource}' was not found");
        Self::new(Code::NotFound, "RESOURCE_NOT_FOUND", message, &json!({ "resource": resource }))
    }

    pub(super) fn denied(permission: &str, resource: &str) -> Self {
        Self::new(
            Code::PermissionDenied,
            "IAM_PERMISSION_DENIED",
            format!("Permission '{permission}' denied on resource '{resource}' (or it may not exist)."),
            &json!({ "permission": permission, "resource": resource }),
        )
    }

    pub(super) fn unimplemented(method: &str, message: &str) -> Self {
        Self::new(Code::Unimplemented, "METHOD_NOT_SUPPORTED", message, &json!({ "method": method }))
    }

    pub(super) fn unauthenticated(reason: &str) -> Self {
        Self::new(
            Code::Unauthenticated,
            reason,
            "Request had invalid authentication credentials. Expected OAuth 2 access token, login cookie or other \
             valid authentication credential.",
            &json!({ "service": DOMAIN }),
        )
    }

    /// The operation is in a state that does not allow the call.
    pub(super) fn precondition(name: &str, description: &str) -> Self {
        let violation = json!({ "type": "OPERATION_STATE", "subject": name, "description": description });
        Self::new(Code::FailedPrecondition, "OPERATION_STATE", description, &json!({ "resource": name }))
            .with("PreconditionFailure", json!({ "violations": [violation] }))
    }

    pub(super) fn unreachable(location: &str) -> Self {
        Self::new(
            Code::Unavailable,
            "LOCATION_UNREACHABLE",
            format!("Location '{location}' cannot be reached at the moment."),
            &json!({ "location": location }),
        )
    }

    pub(super) fn response(self) -> Response {
        let (name, http) = self.code.name_and_http();
        let body = json!({ "error": {
            "code": http.as_u16(), "message": self.message, "status": name, "details": self.details,
        }});
        let mut response = answer::typed(http, KIND, body.to_string());
        if self.code == Code::Unauthenticated {
            let challenge = r#"Bearer realm="https://accounts.google.com/", error="invalid_token""#;
            response.headers_mut().insert(WWW_AUTHENTICATE, HeaderValue::from_static(challenge));
        }
        response
    }
}

/// A good answer.
pub(super) fn ok(body: &Value) -> Response {
    answer::typed(StatusCode::OK, KIND, body.to_string())
}

/// How the service words the refusals that a fault asks for.
pub(super) fn refusal(status: StatusCode) -> Response {
    let service = json!({ "service": DOMAIN });
    let refusal = match status {
        StatusCode::UNAUTHORIZED => Refusal::unauthenticated("ACCESS_TOKEN_EXPIRED"),
        StatusCode::FORBIDDEN => Refusal::denied("workloadmanager.operations.list", "projects/demo"),
        StatusCode::TOO_MANY_REQUESTS => {
            let message = "Quota exceeded for quota metric 'Read requests' and limit 'Read requests per minute' of \
                           service 'workloadmanager.googleapis.com'.";
            let violation =
                json!({ "subject": "project:demo", "description": "Read requests per minute: 600" });
            Refusal::new(Code::ResourceExhausted, "RATE_LIMIT_EXCEEDED", message, &service)
                .with("QuotaFailure", json!({ "violations": [violation] }))
                .with("RetryInfo", json!({ "retryDelay": "7s" }))
        }
        StatusCode::SERVICE_UNAVAILABLE => Refusal::new(
            Code::Unavailable,
            "SERVICE_UNAVAILABLE",
            "The service is currently unavailable.",
            &service,
        )
        .with("RetryInfo", json!({ "retryDelay": "5s" })),
        _ => Refusal::new(Code::Internal, "INTERNAL_ERROR", "Internal error encountered.", &service),
    };
    refusal.response()
}
