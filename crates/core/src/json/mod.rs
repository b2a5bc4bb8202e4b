//! JSON as text: rows cut out of an answer as it streams in, members read without building values, a tree for the
//! body viewer, search, pretty printing, and the masking of secrets.
//!
//! Nothing here turns a document into a value of its own: numbers stay the digits the server sent, members stay in
//! its order. Nothing here recurses over what it reads, so no depth of nesting can overflow the stack. Must not know
//! operations, APIs or screens.

mod events;
pub mod fields;
mod literal;
mod nesting;
pub mod outline;
pub mod path;
pub mod pretty;
pub mod redact;
pub mod search;
pub mod seek;
pub mod split;
pub mod tree;

pub use events::{JsonError, validate};
pub use literal::{decode, encode};
