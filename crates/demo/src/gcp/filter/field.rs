//! The fields that a filter may name, and what they hold for one operation. It must not know grammar.

use crate::gcp::operation::Standing;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Field {
    Name,
    Done,
    Error,
    ErrorCode,
    ErrorMessage,
    Response,
    Metadata,
    CreateTime,
    EndTime,
    Target,
    Verb,
    StatusMessage,
    RequestedCancellation,
    ApiVersion,
}

/// What kind of value a field is compared with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Text,
    Bool,
    Number,
    Time,
    /// A message: it can be present, nothing more.
    Message,
}

/// What a field holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Held<'a> {
    Text(std::borrow::Cow<'a, str>),
    Bool(bool),
    Number(i64),
    /// Nanoseconds of the Unix epoch.
    Time(i128),
    Message,
}

impl Field {
    /// The field of this path; message fields are written either way.
    pub(super) fn named(path: &str) -> Option<Self> {
        Some(match path {
            "name" => Self::Name,
            "done" => Self::Done,
            "error" => Self::Error,
            "error.code" => Self::ErrorCode,
            "error.message" => Self::ErrorMessage,
            "response" => Self::Response,
            "metadata" => Self::Metadata,
            "metadata.createTime" | "metadata.create_time" => Self::CreateTime,
            "metadata.endTime" | "metadata.end_time" => Self::EndTime,
            "metadata.target" => Self::Target,
            "metadata.verb" => Self::Verb,
            "metadata.statusMessage" | "metadata.status_message" => Self::StatusMessage,
            "metadata.requestedCancellation" | "metadata.requested_cancellation" => {
                Self::RequestedCancellation
            }
            "metadata.apiVersion" | "metadata.api_version" => Self::ApiVersion,
            _ => return None,
        })
    }

    pub(super) fn kind(self) -> Kind {
        match self {
            Self::Done | Self::RequestedCancellation => Kind::Bool,
            Self::ErrorCode => Kind::Number,
            Self::CreateTime | Self::EndTime => Kind::Time,
            Self::Error | Self::Response | Self::Metadata => Kind::Message,
            _ => Kind::Text,
        }
    }

    /// None when the field, or the message it is part of, is not set.
    pub(super) fn of<'a>(self, standing: &'a Standing<'_>) -> Option<Held<'a>> {
        let operation = standing.operation;
        let nanos = |ms: i64| Held::Time(i128::from(ms) * 1_000_000 + i128::from(operation.nanos));
        let text = |value: &'a str| Held::Text(value.into());
        Some(match self {
            Self::Name => Held::Text(operation.name().into()),
            Self::Done => Held::Bool(standing.is_done()),
            Self::Error => standing.error().map(|_| Held::Message)?,
            Self::ErrorCode => Held::Number(standing.error()?.0),
            Self::ErrorMessage => text(standing.error()?.1),
            Self::Response => standing.response().map(|_| Held::Message)?,
            Self::Metadata => Held::Message,
            Self::CreateTime => nanos(operation.made_ms),
            Self::EndTime => nanos(standing.ended_ms?),
            Self::Target => text(&operation.target),
            Self::Verb => text(operation.verb),
            Self::StatusMessage => text(standing.status_message.as_deref()?),
            Self::RequestedCancellation => Held::Bool(standing.requested),
            Self::ApiVersion => text("v1"),
        })
    }
}
