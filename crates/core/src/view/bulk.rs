//! One action on many operations, one after the other: which of them it fits, how far it is, and what became of each.
//! Knows no API, no clock and no screen.

use crate::dialect::{Action, Availability, Key};
use crate::model::Operation;

/// One operation of a run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// Which.
    pub key: Key,
    /// What became of it.
    pub fate: Fate,
}

/// What became of one operation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fate {
    /// Not sent yet.
    Waiting,
    /// The server said that it is done.
    Done,
    /// The server accepted it.
    Requested,
    /// Nothing was sent, and why, as a sentence.
    Skipped(String),
    /// The server refused it, or gave no answer: its reason.
    Failed(String),
    /// The answer does not tell whether it was done.
    Unclear(String),
}

/// How many came to what.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Not sent yet.
    pub waiting: usize,
    /// Done.
    pub done: usize,
    /// Accepted.
    pub requested: usize,
    /// Not sent.
    pub skipped: usize,
    /// Refused.
    pub failed: usize,
    /// Not told.
    pub unclear: usize,
}

impl Counts {
    /// How many have been dealt with.
    pub fn settled(self) -> usize {
        self.done + self.requested + self.skipped + self.failed + self.unclear
    }
}

/// A run. Each operation is tried once; only a person has the failed ones tried again.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bulk {
    items: Vec<Item>,
}

impl Bulk {
    /// All of them waiting.
    pub fn new(keys: Vec<Key>) -> Bulk {
        Bulk { items: keys.into_iter().map(|key| Item { key, fate: Fate::Waiting }).collect() }
    }

    /// All of them, in the order in which they are dealt with.
    pub fn items(&self) -> &[Item] {
        &self.items
    }

    /// The next one to deal with.
    pub fn next(&self) -> Option<(usize, &Key)> {
        let at = self.items.iter().position(|item| item.fate == Fate::Waiting)?;
        self.items.get(at).map(|item| (at, &item.key))
    }

    /// Keeps what became of one.
    pub fn settle(&mut self, at: usize, fate: Fate) {
        if let Some(item) = self.items.get_mut(at) {
            item.fate = fate;
        }
    }

    /// How many came to what.
    pub fn counts(&self) -> Counts {
        let mut counts = Counts::default();
        for item in &self.items {
            *match item.fate {
                Fate::Waiting => &mut counts.waiting,
                Fate::Done => &mut counts.done,
                Fate::Requested => &mut counts.requested,
                Fate::Skipped(_) => &mut counts.skipped,
                Fate::Failed(_) => &mut counts.failed,
                Fate::Unclear(_) => &mut counts.unclear,
            } += 1;
        }
        counts
    }

    /// Has the refused ones wait again. What was done, and what may have been done, is not touched.
    pub fn retry_failed(&mut self) {
        for item in &mut self.items {
            if matches!(item.fate, Fate::Failed(_)) {
                item.fate = Fate::Waiting;
            }
        }
    }
}

/// Which of several operations an action fits.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fit {
    /// Positions of those it fits.
    pub ready: Vec<usize>,
    /// Why it does not fit others, and how many, in the order in which the reasons were met.
    pub off: Vec<(&'static str, Vec<usize>)>,
}

impl Fit {
    /// Asks the action about each.
    pub fn of(action: &Action, ops: &[Operation]) -> Fit {
        let mut fit = Fit::default();
        for (at, op) in ops.iter().enumerate() {
            match (action.allowed)(op) {
                Availability::Ready => fit.ready.push(at),
                Availability::Off(why) => match fit.off.iter_mut().find(|(known, _)| *known == why) {
                    Some((_, which)) => which.push(at),
                    None => fit.off.push((why, vec![at])),
                },
            }
        }
        fit
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dialect::{Reach, Settles, Weight};
    use crate::model::State;

    fn run() -> Bulk {
        Bulk::new(["a", "b", "c", "d"].map(Key::of).to_vec())
    }

    #[test]
    fn each_is_tried_once_and_in_order() {
        let mut run = run();
        let fates = [
            Fate::Done,
            Fate::Failed("409".into()),
            Fate::Skipped("It had ended.".into()),
            Fate::Unclear("500".into()),
        ];
        let mut seen = vec![];
        for fate in fates {
            let (at, key) = run.next().map(|(at, key)| (at, key.id.clone())).unwrap();
            seen.push(key);
            run.settle(at, fate);
        }
        assert_eq!(seen, ["a", "b", "c", "d"]);
        assert_eq!(run.next(), None);
        let counts = run.counts();
        assert_eq!((counts.done, counts.failed, counts.skipped, counts.unclear), (1, 1, 1, 1));
        assert_eq!(counts.settled(), 4);
    }

    #[test]
    fn only_what_failed_is_tried_again() {
        let mut run = run();
        run.settle(0, Fate::Requested);
        run.settle(1, Fate::Failed("503".into()));
        run.settle(2, Fate::Unclear("timeout".into()));
        run.settle(3, Fate::Done);
        run.retry_failed();
        assert_eq!(run.next().map(|(at, _)| at), Some(1));
        assert_eq!(run.counts().waiting, 1, "what may have been done is never sent twice");
    }

    #[test]
    fn what_does_not_fit_is_grouped_by_reason() {
        static CANCEL: Action = Action {
            id: "cancel",
            label: "Cancel",
            reach: Reach::Item,
            weight: Weight::Destroys,
            allowed: |op| match op.state {
                State::Running => Availability::Ready,
                State::Cancelling => Availability::Off("It is being cancelled."),
                _ => Availability::Off("It has ended."),
            },
            consequence: "It stops.",
            inputs: &[],
            settles: Settles::WhenEnded,
        };
        let states = [State::Failed, State::Running, State::Cancelling, State::Succeeded, State::Running];
        let ops = states.map(|state| Operation { state, ..Operation::default() });
        let fit = Fit::of(&CANCEL, &ops);
        assert_eq!(fit.ready, [1, 4]);
        assert_eq!(fit.off, [("It has ended.", vec![0, 3]), ("It is being cancelled.", vec![2])]);
        assert_eq!(Fit::of(&CANCEL, &[]), Fit::default());
    }
}
