//! How this API says no: JSON with a code for what it decided itself, HTML for what its web framework refused.
//! It must not know which route answers, or why.

use axum::http::StatusCode;
use axum::response::Response;
use serde_json::{Map, Value, json};

use crate::answer;

/// What the error body says in `server_traceback`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Trace {
    /// Null, as in every deliberate error.
    Null,
    /// Not even the key, as in errors of paging and sorting.
    Absent,
    /// Python's account of nothing, as in maintenance.
    NoneType,
    /// A crash tells where it happened.
    Crash,
}

/// An error answer.
#[derive(Debug)]
pub(super) enum Refusal {
    Json(Box<Worded>),
    Html(StatusCode, &'static str),
    /// 304 without a body.
    NotModified,
}

#[derive(Debug)]
pub(super) struct Worded {
    status: StatusCode,
    code: &'static str,
    message: String,
    trace: Trace,
    extra: Map<String, Value>,
}

pub(super) type Outcome<T> = Result<T, Refusal>;

impl Refusal {
    pub(super) fn new(status: StatusCode, code: &'static str, message: impl Into<String>) -> Self {
        let extra = Map::new();
        Self::Json(Box::new(Worded { status, code, message: message.into(), trace: Trace::Null, extra }))
    }

    /// 400 with a code of its own.
    pub(super) fn illegal(code: &'static str, message: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, code, message)
    }

    pub(super) fn bad(message: impl Into<String>) -> Self {
        Self::illegal("bad_parameters_error", message)
    }

    /// A bad value of `_size`, `_offset`, `_sort` or `_range`: the one error body without a traceback key.
    pub(super) fn bad_paging(message: impl Into<String>) -> Self {
        Self::bad(message).traced(Trace::Absent)
    }

    pub(super) fn unauthorized(why: &str) -> Self {
        Self::new(StatusCode::UNAUTHORIZED, "unauthorized_error", format!("User unauthorized: {why}"))
    }

    pub(super) fn forbidden(message: impl Into<String>) -> Self {
        Self::new(StatusCode::FORBIDDEN, "forbidden_error", message)
    }

    pub(super) fn not_found(kind: &str, id: &str) -> Self {
        Self::missing(format!("Requested `{kind}` with ID `{id}` was not found"))
    }

    pub(super) fn missing(message: impl Into<String>) -> Self {
        Self::new(StatusCode::NOT_FOUND, "not_found_error", message)
    }

    pub(super) fn conflict(message: impl Into<String>) -> Self {
        Self::new(StatusCode::CONFLICT, "conflict_error", message)
    }

    pub(super) fn storage(message: impl Into<String>) -> Self {
        Self::new(StatusCode::CONFLICT, "storage_error", message)
    }

    pub(super) fn premium() -> Self {
        Self::new(
            StatusCode::NOT_FOUND,
            "missing_premium_package_error",
            "This feature exists only in the premium edition of Cloudify Manager.",
        )
    }

    /// The service itself fell over.
    pub(super) fn crash(why: &str) -> Self {
        let message = format!(
            "Internal error occurred in manager REST server - InternalServerError: 500 Internal Server Error: {why}"
        );
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, "internal_server_error", message).traced(Trace::Crash)
    }

    pub(super) fn maintenance(entering: bool) -> Self {
        let code = if entering { "entering_maintenance_mode" } else { "maintenance_mode_active" };
        let message =
            "Your request was rejected since Cloudify manager is currently in maintenance mode".to_owned();
        Self::new(StatusCode::SERVICE_UNAVAILABLE, code, message).traced(Trace::NoneType)
    }

    /// Names the filter rule that was refused, for the client's exception reads it.
    pub(super) fn rule(rule: &Value, reason: &str) -> Self {
        let mut refusal = Self::illegal("invalid_filter_rule", format!("Invalid filter rule: {reason}"));
        if let Self::Json(worded) = &mut refusal {
            worded.extra.insert("err_filter_rule".to_owned(), rule.clone());
            worded.extra.insert("err_reason".to_owned(), reason.into());
        }
        refusal
    }

    fn traced(mut self, trace: Trace) -> Self {
        if let Self::Json(worded) = &mut self {
            worded.trace = trace;
        }
        self
    }

    pub(super) fn answer(self) -> Response {
        match self {
            Self::Json(worded) => answer::json(worded.status, worded.body().to_string()),
            Self::Html(status, why) => page(status, why),
            Self::NotModified => {
                let mut response = Response::default();
                *response.status_mut() = StatusCode::NOT_MODIFIED;
                response
            }
        }
    }
}

impl Worded {
    fn body(self) -> Value {
        let mut body = json!({ "error_code": self.code, "message": self.message });
        if let Some(object) = body.as_object_mut() {
            let trace = match self.trace {
                Trace::Absent => None,
                Trace::Null => Some(Value::Null),
                Trace::NoneType => Some("NoneType: None\n".into()),
                Trace::Crash => Some(
                    "Traceback (most recent call last):\n  File \"/opt/manager/env/rest_service.py\", line 1517, \
                     in dispatch\n    return handler(request)\nRuntimeError: the demo was asked to fail here\n"
                        .into(),
                ),
            };
            if let Some(trace) = trace {
                object.insert("server_traceback".to_owned(), trace);
            }
            object.extend(self.extra);
        }
        body
    }
}

/// The page a web framework makes of an error it found itself.
pub(super) fn page(status: StatusCode, why: &str) -> Response {
    let reason = status.canonical_reason().unwrap_or("Error");
    let text = format!(
        "<!doctype html>\n<html lang=en>\n<title>{} {reason}</title>\n<h1>{reason}</h1>\n<p>{why}</p>\n",
        status.as_str()
    );
    answer::typed(status, "text/html; charset=utf-8", text)
}

/// How this API words the refusals that every API of the demo has.
pub(super) fn fault(status: StatusCode) -> Response {
    match status {
        StatusCode::UNAUTHORIZED => Refusal::unauthorized("Token is expired").answer(),
        StatusCode::FORBIDDEN => Refusal::forbidden(
            "User `admin` is not permitted to perform the action execution_list in the tenant `default_tenant`",
        )
        .answer(),
        StatusCode::TOO_MANY_REQUESTS => page(status, "Too many requests; the gateway asks for a pause."),
        StatusCode::SERVICE_UNAVAILABLE => Refusal::maintenance(false).answer(),
        _ => Refusal::crash("The server encountered an unexpected condition.").answer(),
    }
}
