//! What happened to an execution, kept as numbers: events and logs are written from it when somebody reads them.
//! It must not know who reads.

use super::status::Status;
use super::words::LOGS;

/// One happening. Task numbers are places in the execution's script.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum What {
    Started { resumed: bool },
    SubgraphStarted(usize),
    SubgraphDone(usize),
    Sending(usize),
    Begun(usize),
    Log(usize, usize),
    Done(usize),
    Rescheduled(usize, usize),
    Failed(usize, usize),
    CancelAsked(Status),
    Ended(Status),
}

impl What {
    pub(super) fn is_log(self) -> bool {
        matches!(self, Self::Log(..))
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Mark {
    /// Increasing over everything that ever happens.
    pub(super) id: u64,
    pub(super) at_ms: i64,
    pub(super) what: What,
}

/// How an execution went that was over before the demo began.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Past {
    /// Its marks carry this id and the following ones.
    pub(super) first_id: u64,
    pub(super) started_ms: i64,
    pub(super) ended_ms: i64,
    /// How many tasks it came to do.
    pub(super) done: usize,
    /// Which error the last one met.
    pub(super) failure: Option<usize>,
    pub(super) outcome: Status,
}

use super::script::{Kind, Task};

/// Tasks that are over between two moments, with the marks they leave.
fn of_task(at: usize, task: &Task, tasks: &[Task], failure: Option<usize>) -> Vec<What> {
    let last_of = |outer: usize| tasks.iter().rposition(|task| task.within == Some(outer)) == Some(at);
    let mut marks = match task.kind {
        Kind::Subgraph => vec![What::SubgraphStarted(at)],
        Kind::Remote | Kind::DryRun => vec![
            What::Sending(at),
            What::Begun(at),
            What::Log(at, at % LOGS.len()),
            failure.map_or(What::Done(at), |failure| What::Failed(at, failure)),
        ],
        Kind::SetState | Kind::NodeEvent => vec![What::Done(at)],
        Kind::Nop => Vec::new(),
    };
    if let Some(outer) = task.within.filter(|outer| failure.is_none() && last_of(*outer)) {
        marks.push(What::SubgraphDone(outer));
    }
    marks
}

impl Past {
    /// Everything that happened in it, evenly spread over its time.
    pub(super) fn marks(&self, tasks: &[Task]) -> Vec<Mark> {
        let mut happened = vec![What::Started { resumed: false }];
        for (at, task) in tasks.iter().enumerate().take(self.done) {
            let failure = self.failure.filter(|_| at + 1 == self.done);
            happened.extend(of_task(at, task, tasks, failure));
        }
        if self.outcome == Status::Cancelled {
            happened.push(What::CancelAsked(Status::Cancelling));
        }
        happened.push(What::Ended(self.outcome));
        let steps = i64::try_from(happened.len().saturating_sub(1)).unwrap_or(1).max(1);
        let lasted = self.ended_ms.saturating_sub(self.started_ms);
        (0_i64..)
            .zip(self.first_id..)
            .zip(happened)
            .map(|((step, id), what)| Mark { id, at_ms: self.started_ms + lasted * step / steps, what })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_past_is_told_in_order_and_numbers_follow() {
        let tasks = super::super::script::script("backup", &["store", "agent"], false);
        let past = Past {
            first_id: 40,
            started_ms: 1_000,
            ended_ms: 61_000,
            done: tasks.len(),
            failure: None,
            outcome: Status::Terminated,
        };
        let marks = past.marks(&tasks);
        assert_eq!(marks[0], Mark { id: 40, at_ms: 1_000, what: What::Started { resumed: false } });
        assert_eq!(
            marks.last().map(|mark| (mark.at_ms, mark.what)),
            Some((61_000, What::Ended(Status::Terminated)))
        );
        assert!(marks.windows(2).all(|pair| pair[0].id < pair[1].id && pair[0].at_ms <= pair[1].at_ms));
        assert_eq!(marks.iter().filter(|mark| matches!(mark.what, What::SubgraphDone(_))).count(), 2);
        let failed = Past { done: 4, failure: Some(1), outcome: Status::Failed, ..past }.marks(&tasks);
        assert!(failed.iter().any(|mark| mark.what == What::Failed(3, 1)));
    }
}
