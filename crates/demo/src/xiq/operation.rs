//! One long-running operation: what it will come to, and how it stands at any moment. All of that follows from
//! what it was made with and from when a cancel was asked for. It must not know HTTP or other operations.

use serde_json::{Map, Value, json};

use super::error;
use crate::moment;

/// What the work comes to when nobody cancels it.
#[derive(Debug, Clone)]
pub(super) enum Ending {
    /// With the body that the synchronous call would have had, if it would have had one.
    Succeeded(Option<Value>),
    Failed {
        code: &'static str,
        text: String,
    },
}

/// What a cancel comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cancel {
    Refused,
    /// The work stops so many milliseconds later, unless it has ended by then.
    Stops(i64),
    /// The cancel is accepted, but the work is done so many milliseconds later.
    Loses(i64),
}

#[derive(Debug, Clone)]
pub(super) struct Operation {
    pub(super) id: String,
    pub(super) made_ms: i64,
    pub(super) starts_ms: i64,
    pub(super) ends_ms: i64,
    pub(super) expires_ms: i64,
    pub(super) ending: Ending,
    pub(super) cancel: Cancel,
    pub(super) asked_ms: Option<i64>,
    /// Names of the steps of the work; without any, neither step nor percentage is told.
    pub(super) steps: &'static [&'static str],
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Status {
    Pending,
    Running,
    Canceling,
    Succeeded,
    Failed,
    Canceled,
}

impl Status {
    fn word(self) -> &'static str {
        match self {
            Self::Pending => "PENDING",
            Self::Running => "RUNNING",
            Self::Canceling => "CANCELING",
            Self::Succeeded => "SUCCEEDED",
            Self::Failed => "FAILED",
            Self::Canceled => "CANCELED",
        }
    }

    fn is_done(self) -> bool {
        matches!(self, Self::Succeeded | Self::Failed | Self::Canceled)
    }
}

/// The service's dates: RFC 3339 in UTC with milliseconds.
pub(super) fn date_time(ms: i64) -> String {
    format!("{}.{:03}Z", moment::blank_separated(ms).replace(' ', "T"), ms.rem_euclid(1000))
}

impl Operation {
    /// When the work is over, one way or the other, and whether a cancel was why.
    fn end(&self) -> (i64, bool) {
        match (self.asked_ms, self.cancel) {
            (Some(asked), Cancel::Stops(after)) if asked + after < self.ends_ms => (asked + after, true),
            (Some(asked), Cancel::Loses(after)) => (self.ends_ms.min(asked + after), false),
            _ => (self.ends_ms, false),
        }
    }

    pub(super) fn status(&self, now: i64) -> Status {
        let (end, canceled) = self.end();
        if now >= end {
            match self.ending {
                _ if canceled => Status::Canceled,
                Ending::Succeeded(_) => Status::Succeeded,
                Ending::Failed { .. } => Status::Failed,
            }
        } else if self.asked_ms.is_some_and(|asked| asked <= now) {
            Status::Canceling
        } else if now < self.starts_ms {
            Status::Pending
        } else {
            Status::Running
        }
    }

    pub(super) fn is_cancelable(&self, now: i64) -> bool {
        self.cancel != Cancel::Refused && matches!(self.status(now), Status::Pending | Status::Running)
    }

    /// Done, or not yet begun.
    pub(super) fn is_deletable(&self, now: i64) -> bool {
        self.status(now).is_done() || self.status(now) == Status::Pending
    }

    pub(super) fn is_expired(&self, now: i64) -> bool {
        now >= self.expires_ms
    }

    /// How far the work is, in steps of five per cent, and when it got there.
    fn progress(&self, now: i64) -> (i64, i64) {
        let whole = (self.ends_ms - self.starts_ms).max(1);
        let twentieths = (now - self.starts_ms).clamp(0, whole) * 20 / whole;
        (twentieths * 5, self.starts_ms + whole * twentieths / 20)
    }

    pub(super) fn json(&self, now: i64) -> Value {
        let status = self.status(now);
        let (end, _) = self.end();
        // A cancel that comes before the start keeps the work from ever beginning.
        let began = self.starts_ms <= self.asked_ms.unwrap_or(i64::MAX).min(now);
        let (percent, moved) = self.progress(now);
        let updated = match status {
            Status::Pending => self.made_ms,
            Status::Running => moved,
            Status::Canceling => self.asked_ms.unwrap_or(now),
            _ => end,
        };
        let mut metadata = Map::new();
        let mut tell = |name: &str, value: Value| metadata.insert(name.to_owned(), value);
        tell("status", status.word().into());
        tell("cancelable", self.is_cancelable(now).into());
        if status == Status::Running && !self.steps.is_empty() {
            tell("percentage", percent.into());
            let last = self.steps.len() - 1;
            let at = usize::try_from(percent).unwrap_or(0) * self.steps.len() / 100;
            tell("step", self.steps.get(at.min(last)).copied().into());
        }
        tell("create_time", date_time(self.made_ms).into());
        tell("update_time", date_time(updated).into());
        if began {
            tell("start_time", date_time(self.starts_ms).into());
        }
        if status.is_done() {
            tell("end_time", date_time(end).into());
        }
        tell("expires_in", ((self.expires_ms - now + 999) / 1000).into());
        let mut whole = json!({ "id": self.id, "done": status.is_done(), "metadata": metadata });
        let outcome = match (&self.ending, status) {
            (_, Status::Canceled) => {
                let text = "The operation was canceled.";
                Some((
                    "error",
                    error::object("CANCELED", text, "A user asked for it and the work had not ended."),
                ))
            }
            (Ending::Succeeded(Some(response)), Status::Succeeded) => Some(("response", response.clone())),
            (Ending::Failed { code, text }, Status::Failed) => {
                Some(("error", error::object(code, text, text)))
            }
            _ => None,
        };
        if let (Some((name, value)), Some(whole)) = (outcome, whole.as_object_mut()) {
            whole.insert(name.to_owned(), value);
        }
        whole
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn operation(cancel: Cancel) -> Operation {
        Operation {
            id: "a".into(),
            made_ms: 0,
            starts_ms: 1_000,
            ends_ms: 21_000,
            expires_ms: 86_400_000,
            ending: Ending::Succeeded(Some(json!({ "n": 1 }))),
            cancel,
            asked_ms: None,
            steps: &["ONE", "TWO"],
        }
    }

    #[test]
    fn it_waits_runs_and_ends() {
        let operation = operation(Cancel::Stops(5_000));
        let pending = operation.json(999);
        assert_eq!(pending["metadata"]["status"], "PENDING");
        assert!(pending["metadata"].get("start_time").is_none() && operation.is_deletable(999));
        let running = operation.json(11_500);
        assert_eq!(running["metadata"]["percentage"], 50);
        assert_eq!(running["metadata"]["step"], "TWO");
        assert_eq!(running["metadata"]["start_time"], "1970-01-01T00:00:01.000Z");
        assert_eq!(running["metadata"]["update_time"], "1970-01-01T00:00:11.000Z");
        assert_eq!(running["metadata"]["expires_in"], 86_389);
        assert!(!operation.is_deletable(11_500) && operation.is_cancelable(11_500));
        let ended = operation.json(21_000);
        assert_eq!((ended["done"].as_bool(), &ended["response"]["n"]), (Some(true), &json!(1)));
        assert!(ended["metadata"].get("percentage").is_none() && !operation.is_cancelable(21_000));
    }

    #[test]
    fn a_cancel_takes_its_time_and_may_be_too_late() {
        let canceled = |cancel, asked| Operation { asked_ms: Some(asked), ..operation(cancel) };
        let stopped = canceled(Cancel::Stops(5_000), 10_000);
        assert_eq!(stopped.status(14_999), Status::Canceling);
        assert_eq!(stopped.status(15_000), Status::Canceled);
        assert_eq!(stopped.json(99_000)["error"]["error_code"], "CANCELED");
        assert_eq!(canceled(Cancel::Stops(5_000), 17_000).status(21_000), Status::Succeeded);
        assert_eq!(canceled(Cancel::Loses(2_000), 10_000).status(12_000), Status::Succeeded);
        let never_begun = canceled(Cancel::Stops(5_000), 500).json(30_000);
        assert!(never_begun["metadata"].get("start_time").is_none(), "{never_begun}");
    }
}
