//! The logic of Longrun that needs no browser: what an operation is, how each API is spoken, how a list is
//! queried and kept. Pure: no async, no I/O, no clock, no platform types. Everything here is tested natively.
//!
//! Layers, each may use only what stands before it: [`json`], [`time`], [`fold`], [`text`], then [`model`], [`http`],
//! [`dialect`], [`query`], [`view`].
#![deny(missing_docs)]

pub mod dialect;
pub mod export;
pub mod fold;
pub mod http;
pub mod json;
pub mod model;
pub mod query;
pub mod text;
pub mod time;
pub mod view;
