//! Primitives: controls, dialogs, menus, tables' windowing, the JSON tree. They take plain data and callbacks and
//! know neither API nor router nor state; of our own code they use core's plain types and `platform`.

mod badge;
mod button;
mod callout;
mod choice;
pub mod commands;
mod copy;
mod dialog;
pub mod el;
mod empty;
mod field;
mod icon;
mod ident;
mod json_tree;
pub mod live;
mod menu;
mod popover;
mod skeleton;
mod tabs;
mod time;
mod toast;
pub mod window;

pub use badge::{Native, StatusMark};
pub use button::{Button, Look};
pub use callout::{Callout, Tone};
pub use choice::{CheckLine, Choice, ChoiceGroup};
pub use copy::{CopyButton, CopyIcon, copy_button, copy_pressed};
pub use dialog::Dialog;
pub use empty::Empty;
pub use field::{Combo, Field, InputKind, SelectField, SelectOption, TextAreaField, TextField};
pub use icon::{Glyph, Icon, icon, icon_s};
pub use ident::fresh_id;
pub use json_tree::{JsonTree, RawText, TREE_KEYS, size_text};
pub use menu::{ItemKind, Menu, MenuItem};
pub use popover::Popover;
pub use skeleton::SkeletonRows;
pub use tabs::{Tab, TabPanel, Tabs};
pub use time::Moment;
pub use toast::{Toast, ToastHost, ToastTone};
