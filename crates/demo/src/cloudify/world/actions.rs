//! What can be asked of an execution, and in which status: cancelling in its three kinds, resuming, and reports of
//! a new status. It must not know who may ask.

use super::super::refusal::{Outcome, Refusal};
use super::World;
use super::graph::Operation;
use super::marks::What;
use super::status::Status;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::cloudify) enum Action {
    Cancel,
    ForceCancel,
    Kill,
    Resume,
    ForceResume,
    /// Named like something else, and yet only another word for cancel.
    Requeue,
}

const ALL: [(&str, Action); 6] = [
    ("cancel", Action::Cancel),
    ("force-cancel", Action::ForceCancel),
    ("kill", Action::Kill),
    ("resume", Action::Resume),
    ("force-resume", Action::ForceResume),
    ("requeue", Action::Requeue),
];

/// How long a resumed or dequeued execution waits for its worker.
pub(super) const PICK_UP_MS: i64 = 1_500;

impl Action {
    /// The action of this name; groups take all but the last.
    pub(in crate::cloudify) fn named(name: &str, of_group: bool) -> Outcome<Self> {
        let known = ALL.iter().filter(|(_, action)| !of_group || *action != Self::Requeue);
        let found = known.clone().find(|(known, _)| *known == name).map(|(_, action)| *action);
        found.ok_or_else(|| {
            let names: Vec<String> = known.map(|(name, _)| format!("'{name}'")).collect();
            Refusal::bad(format!("Invalid action: {name}, Valid action values are: [{}]", names.join(", ")))
        })
    }

    /// The status that asks a worker to stop so.
    pub(super) fn cancelling(self) -> Option<Status> {
        match self {
            Self::Cancel | Self::Requeue => Some(Status::Cancelling),
            Self::ForceCancel => Some(Status::ForceCancelling),
            Self::Kill => Some(Status::KillCancelling),
            Self::Resume | Self::ForceResume => None,
        }
    }
}

fn shown(status: Option<Status>) -> &'static str {
    status.map_or("None", Status::name)
}

impl World {
    /// Whether the action would be accepted, and the refusal if not.
    pub(super) fn check(&self, number: u64, action: Action) -> Outcome<()> {
        use Status::{Cancelled, Cancelling, Failed, Pending, Queued, Scheduled, Started};
        let Some(execution) = self.execution(number) else {
            return Err(Refusal::missing("Requested `Execution` [] was not found"));
        };
        let (id, status) = (&execution.id, execution.status);
        let accepted = match action {
            Action::Kill => true,
            Action::Cancel | Action::Requeue => {
                matches!(status, Some(Pending | Started | Queued | Scheduled))
            }
            Action::ForceCancel => {
                matches!(status, Some(Pending | Started | Queued | Scheduled | Cancelling))
            }
            Action::Resume => matches!(status, Some(Started | Failed | Cancelled)),
            Action::ForceResume => matches!(status, Some(Failed | Cancelled)),
        };
        let status = shown(status);
        match action {
            _ if accepted => Ok(()),
            Action::Resume => {
                Err(Refusal::conflict(format!("Cannot resume execution: `{id}` in state: `{status}`")))
            }
            Action::ForceResume => {
                Err(Refusal::conflict(format!("Cannot force-resume execution: `{id}` in state: `{status}`")))
            }
            _ => {
                let verb = if action == Action::ForceCancel { "force-cancel" } else { "cancel" };
                let text = format!("Can't {verb} execution {id} because it's in status {status}");
                Err(Refusal::illegal("illegal_action_error", text))
            }
        }
    }

    pub(in crate::cloudify) fn act(&mut self, number: u64, action: Action) -> Outcome<()> {
        self.check(number, action)?;
        match action.cancelling() {
            Some(status) => self.ask_to_stop(number, status),
            None => self.resume(number, action == Action::ForceResume),
        }
        Ok(())
    }

    fn ask_to_stop(&mut self, number: u64, status: Status) {
        let Some(execution) = self.execution(number) else { return };
        let was = execution.status;
        // A process that nobody started cannot look up whether it should stop. Killing goes to the workers
        // themselves, and so does stopping what only waits.
        let heard =
            execution.manned || status == Status::KillCancelling || was.is_some_and(Status::is_waiting);
        self.move_to(number, status, Some(String::new()));
        self.mark(number, What::CancelAsked(status));
        if heard {
            let after = self.obedience_ms(number, was);
            self.hand_over(number, after);
        }
    }

    /// Failed tasks get another chance; forced, also those that were under way.
    fn resume(&mut self, number: u64, force: bool) {
        self.reset_tasks(number, force);
        self.move_to(number, Status::Pending, None);
        if let Some(execution) = self.executions.get_mut(&number) {
            execution.ended_ms = None;
            execution.resume = true;
            execution.manned = true;
        }
        self.hand_over(number, PICK_UP_MS);
    }

    pub(super) fn reset_tasks(&mut self, number: u64, force: bool) {
        let all: Vec<&Operation> =
            self.graphs.of_execution(number).flat_map(|graph| self.graphs.of_graph(graph.number)).collect();
        let retried: Vec<&str> =
            all.iter().filter_map(|operation| operation.scripted()?.retries.as_deref()).collect();
        let again: Vec<u64> = all
            .iter()
            .filter(|operation| match operation.state.as_str() {
                "rescheduled" | "failed" => !retried.contains(&operation.id.as_str()),
                "started" | "sent" | "sending" => force,
                _ => false,
            })
            .map(|operation| operation.number)
            .collect();
        for operation in again {
            if let Some(operation) = self.graphs.operation_mut(operation) {
                "pending".clone_into(&mut operation.state);
                if let Some(scripted) = operation.scripted_mut() {
                    (scripted.tries, scripted.failure) = (0, None);
                }
            }
        }
    }

    /// A report of a new status, as workers send it.
    pub(in crate::cloudify) fn report(&mut self, number: u64, status: &str, error: &str) -> Outcome<()> {
        let Some(execution) = self.execution(number) else {
            return Err(Refusal::missing("Requested `Execution` [] was not found"));
        };
        let Some(next) = Status::named(status) else {
            return Err(Refusal::storage(format!(
                "SQL error: invalid input value for enum execution_status: \"{status}\" [UPDATE executions SET status=…]"
            )));
        };
        let was = execution.status;
        if let Some(was) = was.filter(|was| !was.may_become(next, &execution.workflow)) {
            return Err(Refusal::illegal(
                "invalid_exception_status_update",
                format!(
                    "Invalid relationship - can't change status from {} to {} for \"{}\" execution while running \
                     \"{}\" workflow.",
                    was.name(),
                    next.name(),
                    execution.id,
                    execution.workflow
                ),
            ));
        }
        let manned = execution.manned;
        self.move_to(number, next, Some(error.to_owned()));
        if next.is_terminal() {
            self.mark(number, What::Ended(next));
            // Its worker finds its own reports refused from here on.
            if let Some(execution) = self.executions.get_mut(&number) {
                execution.run += 1;
            }
        } else if manned && was != Some(next) && is_cancelling(next) {
            let after = self.obedience_ms(number, was);
            self.hand_over(number, after);
        }
        Ok(())
    }
}

fn is_cancelling(status: Status) -> bool {
    matches!(status, Status::Cancelling | Status::ForceCancelling | Status::KillCancelling)
}
