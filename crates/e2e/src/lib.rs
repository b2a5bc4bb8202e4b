//! Drives the built console in a real browser, as an operator would: by roles, names, keys and the address bar.
//! It must not know how the console is made; markup, classes and crates of the console do not appear in here.
//!
//! A journey is `play("name", Setup::default(), async |stage| { … })`: it gets a demo server of its own with a clock
//! that only moves when stepped, and a browser of its own. Everything waits for a condition, nothing sleeps. Each
//! journey ends with the question whether the browser complained; see `console`.

pub mod accessibility;
pub mod acts;
pub mod axe;
pub mod browser;
pub mod console;
pub mod driver;
pub mod failure;
pub mod fault_run;
pub mod find;
pub mod front;
pub mod pages;
pub mod record;
pub mod site;
pub mod stage;
pub mod wait;

pub use browser::{Browser, Scheme, View};
pub use failure::{Failure, Outcome};
pub use find::{Find, Name, Node, role};
pub use stage::{Setup, Stage, play};
pub use thirtyfour::Key;
