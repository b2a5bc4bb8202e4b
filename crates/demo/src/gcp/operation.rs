//! One operation: what it will come to, and how it stands at any moment. All of that follows from what it was made
//! with and from when a cancel was asked for. It must not know HTTP or other operations.

use serde_json::{Map, Value, json};

use crate::moment;

pub(super) const CANCELLED: i64 = 1;
const METADATA: &str = "type.googleapis.com/google.cloud.workloadmanager.v1.OperationMetadata";

/// What the work comes to when nobody cancels it.
#[derive(Debug, Clone)]
pub(super) enum Ending {
    /// With this message.
    Response(Value),
    Failed {
        code: i64,
        message: String,
        details: Vec<Value>,
    },
    /// Neither response nor error, which the contract allows.
    Nothing,
}

/// What a cancel comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cancel {
    /// The work stops so many milliseconds later, unless it has ended by then.
    Stops(i64),
    /// The work is done all the same, so many milliseconds later.
    Loses(i64),
}

#[derive(Debug, Clone)]
pub(super) struct Operation {
    pub(super) project: &'static str,
    pub(super) location: &'static str,
    pub(super) id: String,
    pub(super) verb: &'static str,
    pub(super) target: String,
    pub(super) made_ms: i64,
    pub(super) ends_ms: i64,
    /// Below the millisecond, as the service writes nine digits.
    pub(super) nanos: u32,
    pub(super) ending: Ending,
    pub(super) cancel: Cancel,
    pub(super) asked_ms: Option<i64>,
    /// How many resources the work goes through; told in the status message, as there is no other progress.
    pub(super) resources: i64,
    /// The record was deleted; the work goes on.
    pub(super) deleted: bool,
}

/// An operation at one moment.
pub(super) struct Standing<'a> {
    pub(super) operation: &'a Operation,
    /// When it was over, if it is.
    pub(super) ended_ms: Option<i64>,
    pub(super) cancelled: bool,
    pub(super) requested: bool,
    pub(super) status_message: Option<String>,
}

/// RFC 3339 in UTC with 3, 6 or 9 digits of fraction, as many as are needed.
pub(super) fn timestamp(ms: i64, nanos: u32) -> String {
    let seconds = moment::blank_separated(ms).replace(' ', "T");
    let millis = ms.rem_euclid(1000);
    if nanos == 0 {
        format!("{seconds}.{millis:03}Z")
    } else if nanos.is_multiple_of(1000) {
        format!("{seconds}.{millis:03}{:03}Z", nanos / 1000)
    } else {
        format!("{seconds}.{millis:03}{nanos:06}Z")
    }
}

impl Operation {
    pub(super) fn parent(&self) -> String {
        format!("projects/{}/locations/{}", self.project, self.location)
    }

    pub(super) fn name(&self) -> String {
        format!("{}/operations/{}", self.parent(), self.id)
    }

    /// When the work is over, one way or the other, and whether a cancel was why.
    fn end(&self) -> (i64, bool) {
        match (self.asked_ms, self.cancel) {
            (Some(asked), Cancel::Stops(after)) if asked + after < self.ends_ms => (asked + after, true),
            (Some(asked), Cancel::Loses(after)) => (self.ends_ms.min(asked + after), false),
            _ => (self.ends_ms, false),
        }
    }

    /// The cheap part of [`Operation::standing`].
    pub(super) fn is_over(&self, now: i64) -> bool {
        now >= self.end().0
    }

    pub(super) fn standing(&self, now: i64) -> Standing<'_> {
        let (end, by_cancel) = self.end();
        let over = now >= end;
        let requested = self.asked_ms.is_some_and(|asked| asked <= now);
        Standing {
            operation: self,
            ended_ms: over.then_some(end),
            cancelled: over && by_cancel,
            requested,
            status_message: self.status_message(now, over, requested),
        }
    }

    fn status_message(&self, now: i64, over: bool, requested: bool) -> Option<String> {
        if self.resources == 0 || over {
            return None;
        }
        if requested {
            return Some("Waiting for running checks to stop.".to_owned());
        }
        let whole = (self.ends_ms - self.made_ms).max(1);
        let seen = self.resources * (now - self.made_ms).clamp(0, whole) / whole;
        Some(format!("Evaluated {seen} of {} resources.", self.resources))
    }
}

impl Standing<'_> {
    pub(super) fn is_done(&self) -> bool {
        self.ended_ms.is_some()
    }

    pub(super) fn has_succeeded(&self) -> bool {
        self.is_done() && !self.cancelled && !matches!(self.operation.ending, Ending::Failed { .. })
    }

    /// Code and message of the error, if there is one.
    pub(super) fn error(&self) -> Option<(i64, &str)> {
        match &self.operation.ending {
            _ if !self.is_done() => None,
            _ if self.cancelled => Some((CANCELLED, "The operation was cancelled.")),
            Ending::Failed { code, message, .. } => Some((*code, message)),
            _ => None,
        }
    }

    pub(super) fn response(&self) -> Option<&Value> {
        match &self.operation.ending {
            Ending::Response(response) if self.has_succeeded() => Some(response),
            _ => None,
        }
    }

    /// Strict clients refuse any field that is not in the message, so there is none.
    pub(super) fn json(&self) -> Value {
        let operation = self.operation;
        let mut metadata = Map::new();
        metadata.insert("@type".to_owned(), METADATA.into());
        metadata.insert("createTime".to_owned(), timestamp(operation.made_ms, operation.nanos).into());
        if let Some(ended) = self.ended_ms {
            metadata.insert("endTime".to_owned(), timestamp(ended, operation.nanos).into());
        }
        metadata.insert("target".to_owned(), operation.target.as_str().into());
        metadata.insert("verb".to_owned(), operation.verb.into());
        if let Some(message) = &self.status_message {
            metadata.insert("statusMessage".to_owned(), message.as_str().into());
        }
        metadata.insert("requestedCancellation".to_owned(), self.requested.into());
        metadata.insert("apiVersion".to_owned(), "v1".into());
        let mut whole = Map::new();
        whole.insert("name".to_owned(), operation.name().into());
        whole.insert("metadata".to_owned(), metadata.into());
        // Absent means false, and the service leaves out what is the default now and then.
        if self.is_done() || operation.nanos.is_multiple_of(2) {
            whole.insert("done".to_owned(), self.is_done().into());
        }
        if let Some((code, message)) = self.error() {
            let mut error = json!({ "code": code, "message": message });
            if let (Ending::Failed { details, .. }, false, Some(error)) =
                (&operation.ending, self.cancelled, error.as_object_mut())
            {
                error.insert("details".to_owned(), details.clone().into());
            }
            whole.insert("error".to_owned(), error);
        } else if let Some(response) = self.response() {
            whole.insert("response".to_owned(), response.clone());
        }
        Value::Object(whole)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn operation(cancel: Cancel) -> Operation {
        Operation {
            project: "demo",
            location: "us-central1",
            id: "a".into(),
            verb: "create",
            target: "projects/demo/locations/us-central1/evaluations/e".into(),
            made_ms: 1_000,
            ends_ms: 21_000,
            nanos: 0,
            ending: Ending::Response(json!({ "@type": "type.googleapis.com/google.protobuf.Empty" })),
            cancel,
            asked_ms: None,
            resources: 40,
            deleted: false,
        }
    }

    #[test]
    fn it_runs_and_ends() {
        let operation = operation(Cancel::Stops(5_000));
        let running = operation.standing(11_000).json();
        assert_eq!(running["metadata"]["statusMessage"], "Evaluated 20 of 40 resources.");
        assert!(running["metadata"].get("endTime").is_none() && running.get("response").is_none());
        let done = operation.standing(21_000).json();
        assert_eq!(
            (&done["done"], &done["metadata"]["endTime"]),
            (&json!(true), &json!("1970-01-01T00:00:21.000Z"))
        );
        assert!(done.get("response").is_some() && done.get("error").is_none());
    }

    #[test]
    fn a_cancel_takes_its_time_and_may_be_too_late() {
        let asked = |cancel, at| Operation { asked_ms: Some(at), ..operation(cancel) };
        let stopped = asked(Cancel::Stops(5_000), 10_000);
        let cancelling = stopped.standing(14_999).json();
        assert_eq!(
            (&cancelling["metadata"]["requestedCancellation"], &cancelling["done"]),
            (&json!(true), &json!(false))
        );
        assert_eq!(stopped.standing(15_000).json()["error"]["code"], CANCELLED);
        assert!(asked(Cancel::Stops(5_000), 17_000).standing(21_000).has_succeeded());
        assert!(asked(Cancel::Loses(2_000), 10_000).standing(12_000).has_succeeded());
    }

    #[test]
    fn times_have_three_six_or_nine_digits() {
        assert_eq!(timestamp(1_511_818_538_042, 0), "2017-11-27T21:35:38.042Z");
        assert_eq!(timestamp(1_511_818_538_042, 7_000), "2017-11-27T21:35:38.042007Z");
        assert_eq!(timestamp(1_511_818_538_042, 7), "2017-11-27T21:35:38.042000007Z");
    }
}
