//! The one status language. A dialect maps the server's own word to a [`State`]; the word stays beside it.

/// Where an operation stands. Anything a dialect does not know for certain is [`State::Unknown`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum State {
    /// Accepted, not started.
    Waiting,
    /// Work goes on.
    Running,
    /// A cancel was accepted; the work has not ended yet.
    Cancelling,
    /// Stopped midway; does not end without a person.
    Stuck,
    /// Ended as asked.
    Succeeded,
    /// Ended with an error.
    Failed,
    /// Ended by a cancel.
    Cancelled,
    /// A status that this console does not know, or none at all.
    Unknown,
}

impl State {
    /// How many states there are; sizes the count tables.
    pub const COUNT: usize = 8;

    /// Every state, in the order in which the console shows them.
    pub const ALL: [State; Self::COUNT] = [
        State::Waiting,
        State::Running,
        State::Cancelling,
        State::Stuck,
        State::Succeeded,
        State::Failed,
        State::Cancelled,
        State::Unknown,
    ];

    /// The name in URLs, queries and CSS classes.
    pub fn slug(self) -> &'static str {
        match self {
            State::Waiting => "waiting",
            State::Running => "running",
            State::Cancelling => "cancelling",
            State::Stuck => "stuck",
            State::Succeeded => "succeeded",
            State::Failed => "failed",
            State::Cancelled => "cancelled",
            State::Unknown => "unknown",
        }
    }

    /// The word on screen.
    pub fn label(self) -> &'static str {
        match self {
            State::Waiting => "Waiting",
            State::Running => "Running",
            State::Cancelling => "Cancelling",
            State::Stuck => "Stuck",
            State::Succeeded => "Succeeded",
            State::Failed => "Failed",
            State::Cancelled => "Cancelled",
            State::Unknown => "Unknown",
        }
    }

    /// Reads a [`slug`](State::slug), regardless of case.
    pub fn from_slug(slug: &str) -> Option<State> {
        State::ALL.into_iter().find(|state| state.slug().eq_ignore_ascii_case(slug))
    }

    /// True where the operation moves by itself, so that watching it closely is worth a request.
    pub fn in_transition(self) -> bool {
        matches!(self, State::Waiting | State::Running | State::Cancelling)
    }

    /// True where nothing more happens to the operation.
    pub fn has_ended(self) -> bool {
        matches!(self, State::Succeeded | State::Failed | State::Cancelled)
    }

    /// Position in [`State::ALL`].
    pub fn index(self) -> usize {
        self as usize
    }
}

/// A set of states, small enough to copy.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct StateSet(u8);

impl StateSet {
    /// No state.
    pub const EMPTY: StateSet = StateSet(0);
    /// Every state.
    pub const ALL: StateSet = StateSet(u8::MAX);

    /// True where `state` is in the set.
    pub fn has(self, state: State) -> bool {
        self.0 & (1 << state.index()) != 0
    }

    /// Puts `state` in, or takes it out if it is in.
    #[must_use]
    pub fn toggled(self, state: State) -> StateSet {
        StateSet(self.0 ^ (1 << state.index()))
    }

    /// Puts `state` in.
    #[must_use]
    pub fn with(self, state: State) -> StateSet {
        StateSet(self.0 | (1 << state.index()))
    }

    /// Takes those of another set out.
    #[must_use]
    pub fn without(self, others: StateSet) -> StateSet {
        StateSet(self.0 & !others.0)
    }

    /// True where the set holds nothing.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The states in the set, in the order of [`State::ALL`].
    pub fn iter(self) -> impl Iterator<Item = State> {
        State::ALL.into_iter().filter(move |state| self.has(*state))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn order_and_index_agree() {
        for (at, state) in State::ALL.into_iter().enumerate() {
            assert_eq!(state.index(), at);
            assert_eq!(State::from_slug(&state.slug().to_uppercase()), Some(state));
        }
        assert_eq!(State::from_slug("complete"), None);
    }

    #[test]
    fn a_set_toggles_and_lists_in_order() {
        let set = StateSet::EMPTY.with(State::Unknown).toggled(State::Failed).toggled(State::Unknown);
        assert_eq!(set.iter().collect::<Vec<_>>(), [State::Failed]);
        assert!(!set.is_empty() && set.toggled(State::Failed).is_empty());
    }
}
