//! What is visible, in which order, and the counts beside it.

use super::*;
use crate::dialect::find;
use crate::query::{Tables, TimeBound};

const KIND: &str = "operations";
const NOW: Millis = Millis(1_795_232_837_000); // 2026-11-21T03:47:17Z

fn tables() -> Tables {
    let ecl = find("ecl-vna").unwrap();
    Tables { filters: ecl.filters(KIND), columns: ecl.columns(KIND) }
}

fn rows() -> Rows {
    let texts = [
        r#"{"id":"d","status":"COMPLETE","request_type":"create","reception_datetime":"2026-11-21 03:00:00","commit_datetime":"2026-11-21 03:10:00","tenant_id":"osaka"}"#,
        r#"{"id":"b","status":"ERROR","request_type":"Update","reception_datetime":"2026-11-21 01:00:00","commit_datetime":"2026-11-21 01:30:00","error":"Quota exceeded"}"#,
        r#"{"id":"C","status":"PROCESSING","request_type":"Action","reception_datetime":"2026-11-21 03:40:00","tenant_id":"Osaka"}"#,
        r#"{"id":"a","status":"what","reception_datetime":"yesterday"}"#,
    ];
    let mut rows = Rows::default();
    let mut load = rows.begin();
    for text in texts {
        rows.take(&mut load, text.as_bytes(), find("ecl-vna").unwrap(), KIND);
    }
    rows.finish(load);
    rows
}

fn update(index: &mut Index, rows: &Rows, query: &ListQuery) {
    let mut filter = Filter::default();
    filter.set(query, tables());
    index.update(rows, query, &mut filter, tables().columns, NOW);
}

fn visible(search: &str) -> Vec<String> {
    let (rows, mut index) = (rows(), Index::default());
    update(&mut index, &rows, &ListQuery::from_search(search, tables()));
    index.visible.iter().map(|slot| rows.get(*slot).unwrap().id.to_string()).collect()
}

#[test]
fn sorts_by_time_text_and_duration_with_the_empty_last() {
    assert_eq!(visible(""), ["C", "d", "b", "a"]);
    assert_eq!(visible("sort=created"), ["b", "d", "C", "a"]);
    assert_eq!(visible("sort=id"), ["a", "b", "C", "d"]);
    assert_eq!(visible("sort=-id"), ["d", "C", "b", "a"]);
    assert_eq!(visible("sort=kind"), ["C", "d", "b", "a"]);
    assert_eq!(visible("sort=-kind"), ["b", "d", "C", "a"]);
    assert_eq!(visible("sort=-duration"), ["b", "d", "C", "a"]);
    assert_eq!(visible("sort=tenant"), ["d", "C", "b", "a"], "equal texts keep the server's order");
}

#[test]
fn filters_by_state_text_and_time() {
    assert_eq!(visible("state=failed,running"), ["C", "b"]);
    assert_eq!(visible("q=OSAKA"), ["C", "d"]);
    assert_eq!(visible("q=%22quota%20exc%22"), ["b"]);
    assert_eq!(visible("from=-1h"), ["C", "d"], "a row without a time lies in no range");
    assert_eq!(visible("from=-3h&to=-30m"), ["d", "b"]);
    assert_eq!(visible("q=nothing"), [""; 0]);
}

#[test]
fn counts_speak_of_all_but_the_states() {
    let (rows, mut index) = (rows(), Index::default());
    let query = ListQuery::from_search("state=failed&q=o", tables());
    update(&mut index, &rows, &query);
    assert_eq!((index.visible.len(), index.matching), (1, 3));
    assert_eq!(index.counts[State::Running.index()], 1);
    assert_eq!(index.counts[State::Unknown.index()], 0);
}

#[test]
fn a_new_order_or_new_rows_sort_again_a_filter_does_not() {
    let (mut rows, mut index) = (rows(), Index::default());
    let mut query = ListQuery::default();
    update(&mut index, &rows, &query);
    let before = index.sorted_for;
    query.text = "x".into();
    query.from = Some(TimeBound::Ago(1));
    update(&mut index, &rows, &query);
    assert_eq!(index.sorted_for, before);
    let load = rows.begin();
    rows.finish(load);
    update(&mut index, &rows, &ListQuery::default());
    assert!(index.visible.is_empty() && index.sorted_for != before);
}

#[test]
fn new_rows_wait_until_they_are_let_in() {
    let (mut rows, mut index) = (rows(), Index::default());
    let texts: Vec<String> = rows.order().iter().map(|slot| rows.text(*slot).to_owned()).collect();
    let mut load = rows.begin();
    let new = r#"{"id":"new","status":"ERROR","reception_datetime":"2026-11-21 03:45:00"}"#;
    for text in [new.to_owned()].iter().chain(&texts) {
        rows.take(&mut load, text.as_bytes(), find("ecl-vna").unwrap(), KIND);
    }
    rows.finish(load);
    update(&mut index, &rows, &ListQuery::default());
    assert_eq!((index.visible.len(), index.waiting, index.counts[State::Failed.index()]), (4, 1, 1));
    update(&mut index, &rows, &ListQuery::from_search("state=running", tables()));
    assert_eq!(index.waiting, 0, "a new row that is filtered away is no news");
    rows.let_in();
    update(&mut index, &rows, &ListQuery::default());
    assert_eq!((index.visible.len(), index.waiting), (5, 0));
}
