//! Requests and answers as plain values. Knows no API and no transport: a dialect builds an [`ApiRequest`], any
//! transport sends it, the dialect reads the [`ApiResponse`]; every failure becomes one [`ApiError`].

mod encode;
mod error;
mod rate;
mod request;
mod secret;
pub mod sign_in;

pub use encode::{decode_query, decode_segment, encode_query, encode_segment};
pub use error::{ApiError, ErrorKind, retry_after_seconds};
pub use rate::RateLimit;
pub(crate) use rate::delay_seconds;
pub use request::{ApiRequest, ApiResponse, HeaderValue, Method};
pub use secret::Secret;
