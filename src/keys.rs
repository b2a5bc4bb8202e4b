//! What keys mean, in one table: the handlers are registered through it and the help is drawn from it, so that the
//! help cannot say what is not so. Knows no page: what a key does there is the page's business.

use crate::platform::keyboard::{self, Key};
use crate::platform::{focus, hold};

/// What a key asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Does {
    /// Shows the keys.
    Help,
    /// Goes to the box that finds operations.
    Find,
    /// The same, with everything that can be done here.
    Palette,
    /// The next row.
    Next,
    /// The row before.
    Previous,
    /// A screenful on.
    PageDown,
    /// A screenful back.
    PageUp,
    /// The first row.
    First,
    /// The last row.
    Last,
    /// Opens the row.
    Open,
    /// Chooses the row, or no longer.
    Select,
    /// Chooses all rows from the last one chosen to this.
    SelectTo,
    /// Puts the row on the watchlist, or takes it off.
    Watch,
    /// Filters by what stands in the row.
    Narrow,
    /// Closes, lets go, goes back.
    Back,
    /// Reads anew.
    Refresh,
    /// Copies the address of the page.
    CopyLink,
    /// Offers the rows as a file.
    Export,
    /// The next theme.
    Theme,
    /// Waits for a letter that says where to go.
    Go,
}

/// One line of the table.
pub struct Bound {
    /// What it asks for.
    pub does: Does,
    /// Each key alone does it, as `KeyboardEvent.key` names it.
    pub keys: &'static [&'static str],
    /// How help writes the keys; empty where the line before speaks for this one too.
    pub shown: &'static str,
    /// What help says of it.
    pub label: &'static str,
}

const fn bound(does: Does, keys: &'static [&'static str], shown: &'static str, label: &'static str) -> Bound {
    Bound { does, keys, shown, label }
}

/// Every key that works anywhere on a page. Off in fields, in dialogs and while something hangs open; only
/// [`Does::Palette`] is pressed with Ctrl or Command, and works in fields too.
pub static KEYS: [Bound; 20] = [
    bound(Does::Help, &["?"], "?", "This help"),
    bound(Does::Find, &["/"], "/", "Find an operation: ID, address, cURL line, words"),
    bound(Does::Palette, &["k", "K"], "Ctrl K", "The same, with everything that can be done here"),
    bound(
        Does::Next,
        &["j", "ArrowDown"],
        "j, k or arrows",
        "Next and previous row; with Shift, choose them",
    ),
    bound(Does::Previous, &["k", "ArrowUp"], "", ""),
    bound(Does::PageDown, &["PageDown"], "Page Up, Page Down", "Further through the rows"),
    bound(Does::PageUp, &["PageUp"], "", ""),
    bound(Does::First, &["Home"], "Home, End", "First and last row"),
    bound(Does::Last, &["End"], "", ""),
    bound(Does::Open, &["Enter"], "Enter", "Open the row's operation"),
    bound(Does::Select, &["x"], "x", "Select the row"),
    bound(Does::SelectTo, &["X"], "Shift x", "Select all rows up to this one"),
    bound(Does::Watch, &["w"], "w", "Watch the row's operation, or no longer"),
    bound(Does::Narrow, &["f"], "f", "Show only what is like the row, or exclude it"),
    bound(Does::Back, &["Escape"], "Esc", "Close what is open; let go of what is chosen; back to the list"),
    bound(Does::Refresh, &["r"], "r", "Refresh now"),
    bound(Does::CopyLink, &["c"], "c", "Copy the link of this page"),
    bound(Does::Export, &["e"], "e", "Export the rows"),
    bound(Does::Theme, &["t"], "t", "Next theme"),
    bound(Does::Go, &["g"], "g, then a letter", "Go to a page"),
];

/// Where `g` and a letter go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Goal {
    /// What goes on now.
    Home,
    /// One list of all operations.
    All,
    /// The watchlist.
    Watch,
    /// The list of the connection on the screen, or of the first one.
    List,
    /// Settings.
    Settings,
    /// Help.
    Help,
}

/// The letters after `g`, in the order in which the hint shows them. Digits lead to the connections in their order.
pub static GOALS: [(&str, Goal, &str); 6] = [
    ("n", Goal::Home, "Now"),
    ("a", Goal::All, "All operations"),
    ("w", Goal::Watch, "Watchlist"),
    ("l", Goal::List, "List"),
    ("s", Goal::Settings, "Settings"),
    ("h", Goal::Help, "Help"),
];

/// Keys that a part of the page has for itself while it has the focus.
pub const ELSEWHERE: [(&str, &str); 2] = [
    ("Tab", "Through everything that can be pressed"),
    ("↑, ↓ in the box", "Move through what was found; Enter takes it"),
];

/// What a key asks for, if anything.
fn meaning(key: &Key) -> Option<Does> {
    let Key { command, alt, typing, in_dialog, in_popover, .. } = *key;
    if alt || in_dialog {
        return None;
    }
    let does = |bound: &&Bound| bound.keys.contains(&&*key.name) && (bound.does == Does::Palette) == command;
    let does = KEYS.iter().find(does)?.does;
    (does == Does::Palette || !typing && !in_popover).then_some(does)
}

/// Calls `act` with what keys ask for, until the page goes; `true` means that it was done.
pub fn listen(mut act: impl FnMut(Does, &Key) -> bool + 'static) {
    hear(Box::new(move |key| meaning(key).is_some_and(|does| act(does, key))));
}

/// Calls `act` with each key that would mean something if it were in the table: outside of fields and dialogs.
pub fn listen_raw(mut act: impl FnMut(&Key) -> bool + 'static) {
    hear(Box::new(move |key| !(key.alt || key.command || key.typing || key.in_dialog) && act(key)));
}

fn hear(act: Box<dyn FnMut(&Key) -> bool>) {
    if let Some(listener) = keyboard::on_keydown(act) {
        hold(listener);
    }
}

/// True where a key that moves is the table's: not where a control has its own meaning for it.
pub fn is_free(key: &Key) -> bool {
    !key.on_control || key.name.len() == 1 || focus::active_id().is_some_and(|id| id.starts_with("row-"))
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    fn pressed(name: &str) -> Key {
        Key { name: name.to_owned(), ..Key::default() }
    }

    #[test]
    fn each_key_means_what_its_line_says_and_nothing_in_a_field() {
        for bound in &KEYS {
            for name in bound.keys {
                let key = Key { command: bound.does == Does::Palette, ..pressed(name) };
                assert_eq!(meaning(&key), Some(bound.does), "{name}: another line has it too");
                let held = Key { typing: true, ..key.clone() };
                assert_eq!(meaning(&held).is_some(), bound.does == Does::Palette, "{name} in a field");
                for off in [
                    Key { alt: true, ..key.clone() },
                    Key { in_dialog: true, ..key.clone() },
                    Key { command: !key.command, name: "q".into(), ..key.clone() },
                ] {
                    assert_eq!(meaning(&off), None, "{off:?}");
                }
            }
        }
        for name in ["Shift", "q", "", "Tab"] {
            assert_eq!(meaning(&pressed(name)), None, "{name}");
        }
        let letters: Vec<&str> = GOALS.iter().map(|(letter, _, _)| *letter).collect();
        assert!(
            letters.iter().enumerate().all(|(at, letter)| !letters[..at].contains(letter)),
            "{letters:?}"
        );
    }

    #[test]
    fn help_says_something_of_every_key() {
        let mut told = "";
        for bound in &KEYS {
            assert_eq!(bound.shown.is_empty(), bound.label.is_empty());
            told = if bound.shown.is_empty() { told } else { bound.shown };
            assert!(!told.is_empty(), "{:?}", bound.does);
        }
    }

    /// Every source file of the console but this one.
    fn sources(folder: &Path, found: &mut Vec<(String, String)>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                sources(&path, found);
            } else if !path.ends_with("src/keys.rs") {
                found.push((path.display().to_string(), std::fs::read_to_string(&path).unwrap()));
            }
        }
    }

    #[test]
    fn every_line_is_served_and_no_key_is_heard_beside_the_table() {
        let mut all = vec![];
        sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut all);
        for bound in &KEYS {
            let name = format!("Does::{:?}", bound.does);
            let served = |(_, text): &(String, String)| {
                text.match_indices(&name)
                    .any(|(at, _)| !text[at + name.len()..].starts_with(char::is_alphanumeric))
            };
            assert!(all.iter().any(served), "nobody serves {name}, though help tells of it");
        }
        for (_, goal, _) in &GOALS {
            let name = format!("Goal::{goal:?}");
            assert!(all.iter().any(|(_, text)| text.contains(&name)), "nobody serves {name}");
        }
        for (path, text) in &all {
            let beside = text.contains("on_keydown(") && !path.ends_with("platform/keyboard.rs");
            assert!(!beside, "{path} hears keys that the table does not know");
        }
    }
}
