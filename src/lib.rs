//! Longrun, the browser console. Thin: what needs no browser is in `longrun_core`.
//!
//! `platform` and `transport` touch the browser; `state` puts signals around core's state machines; `ui` draws
//! primitives that know no API; `parts` and `pages` put both together; `app` is the shell.

pub mod app;
pub mod keys;
pub mod pages;
pub mod parts;
pub mod platform;
pub mod reactive;
pub mod routes;
pub mod state;
pub mod transport;
pub mod ui;
