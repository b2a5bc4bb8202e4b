//! Loads, refreshes and bad answers, row by row.

use super::*;
use crate::dialect::find;
use crate::model::State;

const KIND: &str = "operations";

fn load(rows: &mut Rows, texts: &[String]) -> Load {
    let mut load = rows.begin();
    for text in texts {
        rows.take(&mut load, text.as_bytes(), find("ecl-vna").unwrap(), KIND);
    }
    load
}

fn read(rows: &mut Rows, texts: &[String]) -> Changes {
    let load = load(rows, texts);
    rows.finish(load)
}

fn row(id: u32, status: &str) -> String {
    format!(r#"{{"id":"op-{id}","status":"{status}","tenant_id":"t{}"}}"#, id % 3)
}

fn some(ids: impl IntoIterator<Item = u32>) -> Vec<String> {
    ids.into_iter().map(|id| row(id, "COMPLETE")).collect()
}

fn ids(rows: &Rows) -> Vec<&str> {
    rows.order().iter().map(|slot| &*rows.get(*slot).unwrap().id).collect()
}

#[test]
fn a_first_load_shows_its_rows_as_they_come() {
    let mut rows = Rows::default();
    let half = load(&mut rows, &some(0..5));
    assert_eq!(rows.len(), 5);
    assert_eq!(rows.finish(half), Changes { added: 5, ..Changes::default() });
}

#[test]
fn a_refresh_keeps_identity_and_tells_what_changed() {
    let mut rows = Rows::default();
    read(&mut rows, &some(0..200));
    let kept = rows.find("op-100").unwrap();
    let version = rows.version();
    assert_eq!(read(&mut rows, &some(0..200)), Changes::default());
    assert_eq!(rows.version(), version, "the same rows are no change");

    let mut next = some([500, 501]);
    next.extend(some(0..200));
    next.retain(|text| !text.contains("\"op-7\""));
    for text in &mut next {
        if text.contains("\"op-100\"") {
            *text = row(100, "ERROR");
        }
    }
    let staged = load(&mut rows, &next);
    assert_eq!(rows.len(), 200, "nothing moves before the answer is complete");
    assert_eq!(rows.find("op-500"), None);
    assert_eq!(rows.finish(staged), Changes { added: 2, changed: 1, removed: 1 });
    assert_eq!(rows.len(), 201);
    assert_eq!(&ids(&rows)[..3], ["op-500", "op-501", "op-0"]);
    assert_eq!((rows.find("op-100"), rows.revision(kept)), (Some(kept), 1));
    assert_eq!(rows.get(kept).unwrap().state, State::Failed);
    assert!(rows.text(kept).contains("ERROR"));
    assert_eq!(rows.find("op-7"), None);
}

#[test]
fn a_refresh_that_breaks_off_changes_nothing() {
    let mut rows = Rows::default();
    read(&mut rows, &some(0..50));
    let version = rows.version();
    let mut next = some(900..910);
    next.push(row(3, "ERROR"));
    let staged = load(&mut rows, &next);
    rows.abandon(staged);
    assert_eq!((rows.len(), rows.version()), (50, version));
    assert_eq!(rows.get(rows.find("op-3").unwrap()).unwrap().state, State::Succeeded);
    assert_eq!(rows.find("op-900"), None);
    assert_eq!(read(&mut rows, &some(0..51)), Changes { added: 1, ..Changes::default() });
}

#[test]
fn a_row_that_comes_back_is_a_new_row() {
    let mut rows = Rows::default();
    read(&mut rows, &some(0..3));
    read(&mut rows, &some([0, 2]));
    assert_eq!(read(&mut rows, &some(0..3)), Changes { added: 1, ..Changes::default() });
    assert_eq!(ids(&rows), ["op-0", "op-1", "op-2"]);
    read(&mut rows, &[]);
    assert!(rows.is_empty());
}

#[test]
fn odd_rows_stay_visible() {
    let mut rows = Rows::default();
    let mut texts = some(0..2);
    texts.insert(1, "null".into());
    texts.push(r#"{"status":"COMPLETE"}"#.into());
    texts.push(row(0, "ERROR"));
    assert_eq!(read(&mut rows, &texts).added, 5);
    assert_eq!(
        ids(&rows),
        ["op-0", "entry 2 (unreadable)", "op-1", "entry 4 (unreadable)", "op-0 (entry 5)"]
    );
    assert_eq!(rows.unreadable(), 2);
    let raw = rows.find("entry 4 (unreadable)").unwrap();
    assert_eq!(rows.text(raw), r#"{"status":"COMPLETE"}"#);
    assert_eq!(read(&mut rows, &texts), Changes::default(), "and they keep their identity too");
}

#[test]
fn a_complete_shuffle_is_no_change_of_rows() {
    let mut rows = Rows::default();
    read(&mut rows, &some(0..300));
    let slot = rows.find("op-17").unwrap();
    let changes = read(&mut rows, &some((0..300).rev()));
    assert_eq!(changes, Changes::default());
    assert_eq!((ids(&rows)[0], rows.find("op-17")), ("op-299", Some(slot)));
}

fn take(rows: &mut Rows, load: &mut Load, texts: &[String]) {
    for text in texts {
        rows.take(load, text.as_bytes(), find("ecl-vna").unwrap(), KIND);
    }
}

#[test]
fn a_further_page_comes_after_and_moves_nothing() {
    let mut rows = Rows::default();
    read(&mut rows, &some(0..3));
    let kept = rows.find("op-1").unwrap();
    let mut more = rows.begin_more();
    // The last row of the first page has moved on and changed meanwhile.
    take(&mut rows, &mut more, &[row(2, "ERROR"), row(3, "COMPLETE"), row(4, "COMPLETE")]);
    assert_eq!(rows.len(), 3, "staged until the page is complete");
    let changes = rows.finish(more);
    assert_eq!(changes, Changes { added: 2, changed: 1, removed: 0 });
    assert_eq!(ids(&rows), ["op-0", "op-1", "op-2", "op-3", "op-4"]);
    assert_eq!(rows.find("op-1"), Some(kept));
    assert_eq!(rows.get(rows.find("op-2").unwrap()).unwrap().status.as_deref(), Some("ERROR"));
    assert!(!rows.is_waiting(rows.find("op-4").unwrap()), "asked for, so shown");
    let broken = rows.begin_more();
    rows.abandon(broken);
    assert_eq!(rows.len(), 5, "a page that fails takes nothing away");
}

#[test]
fn a_refresh_of_several_pages_is_one_load() {
    let mut rows = Rows::default();
    read(&mut rows, &some(0..4));
    let (kept, version) = (rows.find("op-3").unwrap(), rows.version());
    let mut same = rows.begin();
    take(&mut rows, &mut same, &some(0..2));
    rows.next_page(&mut same);
    take(&mut rows, &mut same, &some(2..4));
    assert_eq!(rows.finish(same), Changes::default());
    assert_eq!(rows.version(), version, "the same rows in pages are no change");

    // A new row pushes the last of the first page onto the second: it comes once.
    let mut moved = rows.begin();
    take(&mut rows, &mut moved, &some([9, 0, 1]));
    rows.next_page(&mut moved);
    take(&mut rows, &mut moved, &some([1, 3]));
    assert_eq!(rows.finish(moved), Changes { added: 1, changed: 0, removed: 1 });
    assert_eq!(ids(&rows), ["op-9", "op-0", "op-1", "op-3"]);
    assert_eq!(rows.find("op-3"), Some(kept));
    assert!(rows.is_waiting(rows.find("op-9").unwrap()), "new rows wait, whichever page they are on");
    rows.let_in();
    assert!(!rows.is_waiting(rows.find("op-9").unwrap()));
}

#[test]
fn an_id_twice_on_one_page_is_told_and_a_kept_row_stays() {
    let mut rows = Rows::default();
    read(&mut rows, &some([0, 1, 1]));
    assert_eq!(rows.len(), 3);
    let mut load = rows.begin();
    assert!(rows.keep(&mut load, "op-1"));
    assert!(!rows.keep(&mut load, "op-7"), "what is not there cannot be kept");
    let mut op = rows.get(rows.find("op-0").unwrap()).unwrap().clone();
    op.warning = Some("gone".into());
    let text = row(0, "COMPLETE");
    rows.put(&mut load, op, &text);
    assert_eq!(rows.finish(load), Changes { added: 0, changed: 1, removed: 1 });
    assert_eq!(ids(&rows), ["op-1", "op-0"]);
    assert_eq!(rows.get(rows.find("op-0").unwrap()).unwrap().warning.as_deref(), Some("gone"));
}

#[test]
fn a_load_that_takes_effect_in_pieces_ends_like_one_that_does_so_at_once() {
    let mut rows = Rows::default();
    read(&mut rows, &some(0..3_000));
    let mut next = some(1_000..3_500);
    for text in next.iter_mut().step_by(2) {
        *text = text.replace("COMPLETE", "ERROR");
    }
    let mut staged = load(&mut rows, &next);
    assert!(rows.settle(&mut staged), "too many for one piece");
    assert_eq!((rows.len(), rows.find("op-3400")), (3_000, None), "not before it takes effect");
    while rows.settle(&mut staged) {}
    let changes = rows.take_effect(staged);
    assert_eq!(changes, Changes { added: 500, changed: 1_000, removed: 1_000 });
    assert_eq!((rows.len(), rows.find("op-7")), (2_500, None));
    // A row that went and comes back before everything was cleared away is a new row.
    assert!(rows.tidy());
    let slot = rows.find("op-3400").unwrap();
    next.push(row(7, "COMPLETE"));
    assert_eq!(read(&mut rows, &next), Changes { added: 1, ..Changes::default() });
    assert_eq!(rows.find("op-3400"), Some(slot));
    assert_eq!(rows.order().iter().map(|slot| rows.text(*slot)).collect::<Vec<_>>(), next);
}

#[test]
fn a_load_that_is_dropped_while_it_takes_effect_takes_effect() {
    let mut rows = Rows::default();
    read(&mut rows, &some(0..1_000));
    let next: Vec<String> = (0..1_000).map(|id| row(id, "ERROR")).collect();
    let mut staged = load(&mut rows, &next);
    assert!(rows.settle(&mut staged));
    rows.abandon(staged);
    assert!(rows.order().iter().all(|slot| rows.get(*slot).unwrap().state == State::Failed));
    assert_eq!(read(&mut rows, &next), Changes::default());
}
