//! State machines without a screen: the rows of a list, what of them is visible, how fresh they are, when to read
//! them again, which connections there are, what may be acted on and what became of it. Signals and requests belong to the app, not here.

pub mod arm;
pub mod bulk;
pub mod config;
pub mod failures;
pub mod filter;
pub mod follow;
pub mod form;
pub mod freshness;
pub mod histogram;
pub mod index;
pub mod merge;
pub mod omnibox;
pub mod poll;
pub mod rows;
mod search;
pub mod shelf;
mod texts;
pub mod usual;
pub mod watch;
