//! What can be done: cancel where the server says so, delete what is done or has not begun (docs/DIALECTS.md, 2.2).

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
        consequence: "ExtremeCloud IQ tries to stop the work and does not promise it: the operation may still finish, and what it has changed on devices stays.",
        inputs: &[],
        settles: Settles::WhenEnded,
    },
    Action {
        id: DELETE,
        label: "Delete",
        reach: Reach::Item,
        weight: Weight::Destroys,
        allowed: can_delete,
        consequence: "The record is removed at once with its response or error; one that is pending never starts.",
        inputs: &[],
        settles: Settles::WhenGone,
    },
];

/// `cancelable` is the only truth about it; the state only finds words for a no.
fn can_cancel(op: &Operation) -> Availability {
    let cancelable = op.more.as_ref().and_then(|more| more.cancelable);
    if cancelable == Some(true) {
        return Availability::Ready;
    }
    Availability::Off(match (op.state, cancelable) {
        (state, _) if state.has_ended() => "It has already ended.",
        (State::Cancelling, _) => "It is being cancelled already.",
        (_, Some(_)) => "The server says that it cannot be cancelled now.",
        _ => "The server does not say that it can be cancelled.",
    })
}

/// Done, whatever the status says, or pending.
fn can_delete(op: &Operation) -> Availability {
    if op.state.has_ended() || op.state == State::Waiting || op.fact("done") == Some("true") {
        return Availability::Ready;
    }
    Availability::Off(match op.state {
        State::Running => "It is running: only what has ended or is pending can be deleted.",
        State::Cancelling => "It is still being cancelled: only what has ended or is pending can be deleted.",
        _ => {
            "The server does not say that it has ended, and only what has ended or is pending can be deleted."
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::More;
    use std::sync::Arc;

    fn op(state: State, cancelable: Option<bool>) -> Operation {
        let more = More { cancelable, ..More::default() };
        Operation { state, more: Some(Box::new(more)), ..Operation::default() }
    }

    #[test]
    fn the_server_decides_about_cancelling() {
        for state in State::ALL {
            assert_eq!(can_cancel(&op(state, Some(true))), Availability::Ready, "{state:?}");
            for no in [Some(false), None] {
                assert!(matches!(can_cancel(&op(state, no)), Availability::Off(_)), "{state:?}");
            }
        }
        assert_eq!(can_cancel(&op(State::Failed, None)), Availability::Off("It has already ended."));
    }

    #[test]
    fn done_and_pending_ones_can_be_deleted() {
        let ready: Vec<State> = State::ALL
            .into_iter()
            .filter(|state| can_delete(&op(*state, None)) == Availability::Ready)
            .collect();
        assert_eq!(ready, [State::Waiting, State::Succeeded, State::Failed, State::Cancelled]);
        let mut odd = op(State::Unknown, None);
        odd.more.as_mut().unwrap().facts.push(("done", Arc::from("true")));
        assert_eq!(can_delete(&odd), Availability::Ready, "an unknown status of something done");
    }
}
