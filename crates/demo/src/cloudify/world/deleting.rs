//! Deletes ended executions by the dozen, with the real service's traps. It must not know how a request names them.

use super::World;
use super::execution::Execution;
use super::status::Status;

/// Which of the matching executions go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::cloudify) enum Sweep {
    All,
    CreatedBefore(i64),
    /// All but the newest so many. Asked to keep more than there are, it still deletes the oldest.
    KeepLast(usize),
}

impl World {
    /// Deletes from among these numbers, oldest first, and says how many went.
    pub(in crate::cloudify) fn sweep(&mut self, matching: &[u64], sweep: Sweep) -> usize {
        let mut ended: Vec<&Execution> = matching
            .iter()
            .filter_map(|number| self.execution(*number))
            .filter(|execution| execution.is_terminal())
            .collect();
        ended.sort_by_key(|execution| (execution.created_ms, execution.number));
        let all = ended.len();
        // What is never deleted counts among those that stay.
        ended.retain(|execution| !self.made_environment(execution));
        let doomed = match sweep {
            Sweep::All => ended,
            Sweep::CreatedBefore(bound) => ended.into_iter().filter(|e| e.created_ms < bound).collect(),
            Sweep::KeepLast(keep) => ended.into_iter().take(all.saturating_sub(keep).max(1)).collect(),
        };
        let doomed: Vec<u64> = doomed.into_iter().map(|execution| execution.number).collect();
        for number in &doomed {
            self.remove(*number);
        }
        doomed.len()
    }

    /// The last successful creation of a deployment's environment is never deleted.
    fn made_environment(&self, execution: &Execution) -> bool {
        let made = |execution: &Execution| {
            execution.workflow == "create_deployment_environment"
                && execution.status == Some(Status::Terminated)
        };
        made(execution)
            && self
                .executions()
                .filter(|other| other.deployment == execution.deployment && other.tenant == execution.tenant)
                .filter(|other| made(other))
                .max_by_key(|other| (other.created_ms, other.number))
                .is_some_and(|last| last.number == execution.number)
    }

    fn remove(&mut self, number: u64) {
        let Some(execution) = self.executions.remove(&number) else { return };
        self.numbers.remove(&execution.id);
        self.live.remove(&number);
        self.graphs.remove_execution(number);
        self.events.forget(number);
        let id = execution.deployment.unwrap_or_default();
        let newest = self
            .executions
            .values()
            .rev()
            .find(|other| {
                other.tenant == execution.tenant && other.deployment.as_deref() == Some(id.as_str())
            })
            .map(|other| other.number);
        if let Some(deployment) = self.deployment_mut(execution.tenant, &id) {
            deployment.latest = newest;
        }
    }
}
