//! What can be done: cancel, best effort, and delete, which only forgets (docs/DIALECTS.md, section 3.4).

use crate::dialect::{Action, Availability, Reach, Settles, Weight};
use crate::model::{Operation, State};

pub(super) const CANCEL: &str = "cancel";
pub(super) const DELETE: &str = "delete";

pub(super) const ACTIONS: &[Action] = &[
    Action {
        id: CANCEL,
        label: "Cancel",
        reach: Reach::Item,
        weight: Weight::Destroys,
        allowed: can_cancel,
        consequence: "Google tries to stop the work and does not promise it: the operation may still finish, and what is done so far is not undone.",
        inputs: &[],
        settles: Settles::WhenEnded,
    },
    Action {
        id: DELETE,
        label: "Delete",
        reach: Reach::Item,
        weight: Weight::Destroys,
        allowed: can_delete,
        consequence: "The record is forgotten with its result. This does not cancel: work that is still running goes on unseen.",
        inputs: &[],
        settles: Settles::WhenGone,
    },
];

fn can_cancel(op: &Operation) -> Availability {
    Availability::Off(match op.state {
        State::Running if !op.unreadable => return Availability::Ready,
        State::Cancelling => "A cancel was requested already.",
        state if state.has_ended() => "It has already ended.",
        _ => "The server's answer does not tell whether it is still running.",
    })
}

fn can_delete(op: &Operation) -> Availability {
    if op.unreadable {
        Availability::Off("This entry cannot be read, so it has no name to call it by.")
    } else {
        Availability::Ready
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_runs_can_be_cancelled_and_all_can_be_deleted() {
        for state in State::ALL {
            let op = Operation { state, ..Operation::default() };
            assert_eq!(can_cancel(&op) == Availability::Ready, state == State::Running, "{state:?}");
            assert_eq!(can_delete(&op), Availability::Ready, "{state:?}");
        }
        let raw = Operation { unreadable: true, ..Operation::default() };
        assert!(matches!(can_delete(&raw), Availability::Off(_)));
    }
}
