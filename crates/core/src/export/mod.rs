//! What leaves the console: a request as a cURL line, operations as a table or as JSON. Never a secret: tokens stand as
//! shell variables, what looks like one is masked.

pub mod csv;
mod curl;
pub mod rows;

pub use curl::curl;
