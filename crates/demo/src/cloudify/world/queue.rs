//! Starts what waits, whenever something ends. It must not know why anything waits.

use super::World;
use super::actions::PICK_UP_MS;
use super::status::Status;

/// At most so many are started at one occasion.
const AT_ONCE: usize = 5;
/// The manager's `max_concurrent_workflows`; it holds back only what waits.
const AT_MOST: usize = 20;

impl World {
    /// Queued executions whose turn it is: a system-wide one first and alone, then the oldest of each deployment.
    pub(super) fn dequeue(&mut self) {
        let queued = || self.living().filter(|execution| execution.status == Some(Status::Queued));
        let active = self.living().filter(|execution| execution.is_active()).count();
        let system = queued().find(|execution| execution.system).map(|execution| execution.number);
        if let Some(number) = system {
            if active == 0 {
                self.wake(number);
            }
            return;
        }
        let system_runs = self.living().any(|execution| execution.system && execution.is_active());
        if system_runs {
            return;
        }
        let mut taken: Vec<(&str, &str)> = Vec::new();
        let mut chosen: Vec<u64> = Vec::new();
        for execution in queued() {
            let deployment = (execution.tenant, execution.deployment.as_deref().unwrap_or_default());
            // The oldest of a deployment goes first, even if something else holds it back.
            if taken.contains(&deployment) {
                continue;
            }
            taken.push(deployment);
            let busy = self.living().any(|other| {
                other.is_active()
                    && other.tenant == execution.tenant
                    && other.deployment == execution.deployment
            });
            let joined = chosen
                .iter()
                .filter_map(|number| self.execution(*number))
                .filter(|e| e.group == execution.group);
            let full = execution
                .group
                .as_deref()
                .is_some_and(|group| self.active_in(group) + joined.count() >= self.concurrency_of(group));
            if !busy && !full {
                chosen.push(execution.number);
            }
        }
        chosen.truncate(AT_ONCE.min(AT_MOST.saturating_sub(active)));
        for number in chosen {
            self.wake(number);
        }
    }

    fn wake(&mut self, number: u64) {
        self.move_to(number, Status::Pending, None);
        if let Some(execution) = self.executions.get_mut(&number) {
            execution.manned = true;
        }
        self.hand_over(number, PICK_UP_MS);
    }

    pub(super) fn active_in(&self, group: &str) -> usize {
        self.living()
            .filter(|execution| execution.is_active() && execution.group.as_deref() == Some(group))
            .count()
    }

    fn concurrency_of(&self, group: &str) -> usize {
        self.groups
            .iter()
            .find(|known| known.id == group)
            .map_or(usize::MAX, |group| usize::try_from(group.concurrency).unwrap_or(usize::MAX))
    }
}
