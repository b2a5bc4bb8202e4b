//! What earlier consoles kept of remembered operations: one list per connection in the small storage. Adds
//! nothing there.

use super::named;
use crate::platform::storage::{self, Area};
use longrun_core::json::fields;
use longrun_core::json::split::Splitter;
use longrun_core::model::State;
use longrun_core::time::Millis;
use longrun_core::view::watch::Watched;

const KEY: &str = "longrun.watch.";
/// The one kind that could be remembered then.
const KIND: &str = "operations";

/// What is there, and under which keys.
pub(super) fn read() -> (Vec<Watched>, Vec<String>) {
    let places = storage::keys(Area::Lasting, KEY).unwrap_or_default();
    let mut all = vec![];
    for place in &places {
        let text = storage::get(Area::Lasting, place).ok().flatten().unwrap_or_default();
        all.extend(entries(place.strip_prefix(KEY).unwrap_or_default(), &text));
    }
    (all, places)
}

/// Leaves nothing there.
pub(super) fn forget() {
    for place in storage::keys(Area::Lasting, KEY).unwrap_or_default() {
        let _ = storage::remove(Area::Lasting, &place);
    }
}

/// Entries that cannot be read are left out; each id stands once.
fn entries(conn: &str, text: &str) -> Vec<Watched> {
    let mut splitter = Splitter::new("");
    splitter.push(text.as_bytes());
    let mut list: Vec<Watched> = vec![];
    while let Some(row) = splitter.next_row() {
        let row = String::from_utf8_lossy(row);
        let mut one = named(conn, KIND, "", None);
        let read = fields::visit(&row, &mut |name, value| {
            let text = || fields::as_text(value).map(|text| text.into_owned()).unwrap_or_default();
            match &*name {
                "id" => one.id = text(),
                "note" => one.note = text(),
                "added" => one.added = Millis(fields::as_i64(value).unwrap_or_default()),
                "state" => one.state = State::from_slug(&text()),
                "gone" => one.gone = fields::as_bool(value).unwrap_or(false),
                _ => {}
            }
        });
        if read.is_ok() && !one.id.is_empty() && list.iter().all(|known| known.id != one.id) {
            list.push(one);
        }
    }
    list
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_kept_is_read_and_odd_entries_are_left_out() {
        let kept = r#"[{"id":"a/b c","note":"reboot of \"ap-7\"","added":1795232837000,"state":"running","gone":false},
                       {"id":"b","note":"","added":5,"state":null,"gone":true}]"#;
        let list = entries("xiq", kept);
        assert_eq!(list.len(), 2);
        assert_eq!((list[0].id.as_str(), list[0].note.as_str()), ("a/b c", "reboot of \"ap-7\""));
        assert_eq!((list[0].state, list[0].added), (Some(State::Running), Millis(1_795_232_837_000)));
        assert!(list[1].gone && list[1].state.is_none());
        assert_eq!(
            entries("xiq", r#"[{"id":"x"},{"id":""},7,{"id":"x","note":"again"},{"note":"no id"}]"#).len(),
            1
        );
        for broken in ["", "null", "{}", "[{\"id\":", "no json"] {
            assert!(entries("xiq", broken).len() <= 1, "{broken}");
        }
    }
}
