//! The ten statuses of an execution and which may follow which. It must not know executions.

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::cloudify) enum Status {
    Terminated,
    Failed,
    Cancelled,
    Pending,
    Started,
    Cancelling,
    ForceCancelling,
    KillCancelling,
    Queued,
    Scheduled,
}

use Status::{
    Cancelled, Cancelling, Failed, ForceCancelling, KillCancelling, Pending, Queued, Scheduled, Started,
    Terminated,
};

const ALL: [Status; 10] = [
    Terminated,
    Failed,
    Cancelled,
    Pending,
    Started,
    Cancelling,
    ForceCancelling,
    KillCancelling,
    Queued,
    Scheduled,
];

/// In the order of their declaration, which is how lists sort them.
pub(in crate::cloudify) const NAMES: &[&str] = &[
    "terminated",
    "failed",
    "cancelled",
    "pending",
    "started",
    "cancelling",
    "force_cancelling",
    "kill_cancelling",
    "queued",
    "scheduled",
];

/// As [`NAMES`], in the words for people.
pub(in crate::cloudify) const DISPLAY_NAMES: &[&str] = &[
    "completed",
    "failed",
    "cancelled",
    "pending",
    "started",
    "cancelling",
    "force_cancelling",
    "kill_cancelling",
    "queued",
    "scheduled",
];

impl Status {
    pub(in crate::cloudify) fn named(name: &str) -> Option<Self> {
        ALL.into_iter().find(|status| status.name() == name)
    }

    fn place(self) -> usize {
        ALL.iter().position(|status| *status == self).unwrap_or(0)
    }

    pub(in crate::cloudify) fn name(self) -> &'static str {
        NAMES.get(self.place()).copied().unwrap_or_default()
    }

    pub(in crate::cloudify) fn display_name(self) -> &'static str {
        DISPLAY_NAMES.get(self.place()).copied().unwrap_or_default()
    }

    pub(in crate::cloudify) fn is_terminal(self) -> bool {
        matches!(self, Terminated | Failed | Cancelled)
    }

    pub(in crate::cloudify) fn is_waiting(self) -> bool {
        matches!(self, Queued | Scheduled)
    }

    /// In a worker's hands; the deployment takes no other execution meanwhile.
    pub(in crate::cloudify) fn is_active(self) -> bool {
        !self.is_terminal() && !self.is_waiting()
    }

    /// What a report may change. Saying the same again is always allowed.
    pub(in crate::cloudify) fn may_become(self, next: Self, workflow: &str) -> bool {
        self == next
            || match self {
                Terminated | Failed | Cancelled => workflow == "create_snapshot",
                Cancelling | ForceCancelling => matches!(next, Cancelled | Failed) || next.is_waiting(),
                KillCancelling | Pending | Started | Queued | Scheduled => true,
            }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_lead_back() {
        for status in ALL {
            assert_eq!(Status::named(status.name()), Some(status));
        }
        assert_eq!(Status::named("STARTED"), None);
        assert_eq!(Terminated.display_name(), "completed");
    }

    #[test]
    fn reports() {
        assert!(Started.may_become(Terminated, "backup") && Failed.may_become(Failed, "backup"));
        assert!(!Failed.may_become(Started, "backup") && Failed.may_become(Started, "create_snapshot"));
        assert!(!Cancelling.may_become(Started, "backup") && Cancelling.may_become(Cancelled, "backup"));
        assert!(!ForceCancelling.may_become(Terminated, "backup"));
        assert!(KillCancelling.may_become(Started, "backup"));
    }
}
