//! What an operation is, in words common to every API. Knows nothing of any wire format, URL or screen.

mod operation;
mod state;

pub use operation::{More, Operation, Progress, Span, Stamp};
pub use state::{State, StateSet};
