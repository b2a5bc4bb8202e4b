//! One file per route. A page reads its route, takes its state, and puts parts together.

pub mod action_form;
pub mod all;
pub mod cleanup;
pub mod connection;
pub mod detail;
pub mod failures;
pub mod help;
pub mod list;
pub mod not_found;
pub mod now;
pub mod resource;
pub mod settings;
pub mod watch;
