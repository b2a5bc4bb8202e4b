//! Saved views: a list's search part under a name, for one kind of object of one API, usable on each connection of it.
//! Knows no storage and no screen. A view holds what a list's address holds, so no secret and no body.

use super::{ListQuery, Tables};
use crate::dialect::KindTable;
use crate::http::{decode_query, encode_query, encode_segment};

/// One of a user's own views.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct View {
    /// The dialect's id.
    pub api: String,
    /// The kind of object.
    pub kind: String,
    /// What its user calls it.
    pub name: String,
    /// The search part of the list's address.
    pub search: String,
}

impl View {
    /// What tells it from all others.
    pub fn key(&self) -> String {
        [self.api.as_str(), &self.kind, &self.name].map(encode_segment).join("/")
    }

    /// The text that is kept.
    pub fn to_text(&self) -> String {
        encode_query([
            ("api", &self.api),
            ("kind", &self.kind),
            ("name", &self.name),
            ("search", &self.search),
        ])
    }

    /// Reads it back; `None` where it has no name.
    pub fn read(text: &str) -> Option<View> {
        let mut view = View::default();
        for (name, value) in decode_query(text) {
            match name.as_str() {
                "api" => view.api = value,
                "kind" => view.kind = value,
                "name" => view.name = value,
                "search" => view.search = value,
                _ => {}
            }
        }
        (!view.name.is_empty()).then_some(view)
    }
}

/// The views that every list of a kind has: names, each with its search part.
pub fn built_in(table: &KindTable) -> Vec<(&'static str, &'static str)> {
    let sorts = |id: &str| table.columns.iter().any(|column| column.id == id && column.sort.is_some());
    let filters = |param: &str| table.filters.iter().any(|filter| filter.param == param);
    if !sorts("state") {
        return vec![];
    }
    let mut views = vec![("Failed in the last 24 h", "state=failed&from=-1d")];
    if sorts("duration") {
        views.push(("Running, longest first", "state=running&sort=-duration"));
    }
    views.push(("Stuck or unknown", "state=stuck%2Cunknown"));
    if filters("_include_system_workflows") {
        views.push(("All, with system workflows", "_include_system_workflows=true"));
    }
    views
}

/// A view as it can be opened with these tables: the search part of what still exists, and what was left out, in words.
pub fn opened(search: &str, tables: Tables) -> (String, Vec<String>) {
    let applied = ListQuery::from_search(search, tables).to_search();
    let holds = decode_query(&applied);
    let mut lost = vec![];
    for (key, value) in decode_query(search) {
        let same = holds.iter().filter(|(known, _)| *known == key);
        if same.clone().any(|(_, known)| *known == value) {
            continue;
        }
        let parts: Vec<&str> = same.flat_map(|(_, known)| known.split(',')).collect();
        let missing: Vec<&str> = value.split(',').filter(|part| !parts.contains(part)).collect();
        // A list of which something holds has lost the rest; anything else has gone as a whole.
        let what = if parts.is_empty() { value.clone() } else { missing.join(", ") };
        if !what.is_empty() {
            lost.push(format!("{key}: {what}"));
        }
    }
    (applied, lost)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dialect::{self, find};

    fn tables(api: &str, kind: &'static str) -> Tables {
        let api = find(api).unwrap();
        Tables { filters: api.filters(kind), columns: api.columns(kind) }
    }

    #[test]
    fn a_view_reads_back_and_one_without_a_name_is_none() {
        let view = View {
            api: "ecl-vna".into(),
            kind: "operations".into(),
            name: "On call / 夜勤 & co".into(),
            search: "status=ERROR&q=%22two%20words%22".into(),
        };
        assert_eq!(View::read(&view.to_text()), Some(view.clone()));
        assert_eq!(view.key(), "ecl-vna/operations/On%20call%20%2F%20%E5%A4%9C%E5%8B%A4%20%26%20co");
        for text in ["", "name=", "{}", "api=x&kind=y"] {
            assert_eq!(View::read(text), None, "{text}");
        }
    }

    #[test]
    fn every_built_in_view_opens_whole_on_every_kind() {
        let mut seen = 0;
        for api in dialect::ALL {
            for table in api.describe().kinds.iter().filter(|table| table.listed) {
                let tables = Tables { filters: table.filters, columns: table.columns };
                for (name, search) in built_in(table) {
                    let (applied, lost) = opened(search, tables);
                    assert!(lost.is_empty(), "{} {}: {name} loses {lost:?}", api.id(), table.id);
                    assert!(!applied.is_empty(), "{name}");
                    seen += 1;
                }
            }
        }
        assert!(seen > 10, "{seen}");
    }

    #[test]
    fn what_is_gone_is_left_out_by_name_and_the_rest_applies() {
        let tables = tables("ecl-vna", "operations");
        let (applied, lost) =
            opened("status=ERROR&flavour=x&state=failed,melted&sort=-weight&cols=id,state,weight", tables);
        assert_eq!(applied, "status=ERROR&state=failed&cols=id%2Cstate");
        assert_eq!(lost, ["flavour: x", "state: melted", "sort: -weight", "cols: weight"]);
        let (applied, lost) = opened("cols=weight&from=someday", tables);
        assert_eq!(
            (applied.as_str(), lost),
            ("", vec!["cols: weight".to_owned(), "from: someday".to_owned()])
        );
        assert_eq!(opened("", tables), (String::new(), vec![]));
    }

    #[test]
    fn what_a_list_writes_opens_whole() {
        let tables = tables("cloudify-executions", "executions");
        let search = "_include_system_workflows=true&state=failed,stuck&q=50%25%20%22two%20words%22&from=-6h&sort=duration&cols=id,state";
        let written = ListQuery::from_search(search, tables).to_search();
        assert_eq!(opened(&written, tables), (written.clone(), vec![]));
    }
}
