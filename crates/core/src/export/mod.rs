//! What leaves the console: a request as a cURL line. Never a secret: tokens stand as shell variables.

mod curl;

pub use curl::curl;
