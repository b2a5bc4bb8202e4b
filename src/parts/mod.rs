//! Parts that know what an operation is: between the primitives of `ui` and the pages. No part fetches.

pub mod actions;
pub mod bodies;
pub mod cell;
pub mod chips;
pub mod columns_menu;
pub mod config_problems;
pub mod connected;
pub mod connection_form;
pub mod export;
pub mod failure;
pub mod filter_bar;
pub mod foot;
pub mod freshness;
pub mod mark;
pub mod probe;
pub mod rail;
pub mod related;
pub mod sign_in;
pub mod status_bar;
pub mod summary;
pub mod table;
pub mod topbar;
pub mod watch_form;
