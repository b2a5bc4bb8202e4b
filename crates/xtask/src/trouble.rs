//! What went wrong, told to the person at the terminal: the failed step, and what to do by hand where we know it.
//! Knows nothing of the steps themselves.

use std::fmt::{self, Display};

/// A failed step as a readable sentence, with an optional remedy.
#[derive(Debug)]
pub struct Trouble {
    what: String,
    by_hand: Option<String>,
}

pub type Outcome<T> = Result<T, Trouble>;

impl Trouble {
    pub fn new(what: impl Into<String>) -> Self {
        Self { what: what.into(), by_hand: None }
    }

    /// Adds what a person can do instead.
    pub fn by_hand(mut self, remedy: impl Into<String>) -> Self {
        self.by_hand = Some(remedy.into());
        self
    }
}

impl Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.what)?;
        match &self.by_hand {
            Some(remedy) => write!(f, "\n  By hand: {remedy}"),
            None => Ok(()),
        }
    }
}

/// Turns any error into a `Trouble` that begins with what was being done.
pub fn while_doing<E: Display>(what: impl Display) -> impl FnOnce(E) -> Trouble {
    move |error| Trouble::new(format!("{what}: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_remedy_follows_the_failure_on_its_own_line() {
        let told = Trouble::new("npm is missing").by_hand("install nodejs and npm").to_string();
        assert_eq!(told, "npm is missing\n  By hand: install nodejs and npm");
    }

    #[test]
    fn an_error_is_introduced_by_the_step_that_met_it() {
        let trouble = while_doing::<&str>("reading Cargo.lock")("no such file");
        assert_eq!(trouble.to_string(), "reading Cargo.lock: no such file");
    }
}
