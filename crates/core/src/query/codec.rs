//! [`ListQuery`] to and from a URL's search part. Total: nonsense falls back to the default, unknown keys are left
//! alone. Defaults are not written.

use super::columns::{parse_widths, widths_text};
use super::{ListQuery, Sort, Tables, TimeBound};
use crate::http::{decode_query, encode_query};
use crate::model::{State, StateSet};
use crate::text::fill;

impl ListQuery {
    /// Reads `?status=ERROR&state=failed,stuck&q=…`. Keys of server filters are the API's own names.
    pub fn from_search(search: &str, tables: Tables) -> ListQuery {
        let mut query = ListQuery::default();
        let mut rest = String::new();
        for (key, value) in decode_query(search) {
            match key.as_str() {
                "state" => query.states = states(&value),
                "q" => rest = value,
                "from" => query.from = TimeBound::parse(&value),
                "to" => query.to = TimeBound::parse(&value),
                "sort" => query.sort = sort(&value, tables).unwrap_or_default(),
                "cols" => query.columns = columns(&value, tables),
                "widths" => query.widths = parse_widths(&value, tables.columns),
                param => query.set_server(tables.filters, param, &value),
            }
        }
        // One form for one query: what the text says of the server's filters joins those that stand by themselves.
        let mut text = query.as_text();
        text.push(' ');
        text.push_str(&rest);
        query.with_text(&text, tables).0
    }

    /// Writes the search part without `?`; empty where everything is at its default.
    pub fn to_search(&self) -> String {
        let mut pairs: Vec<(&str, String)> =
            self.server.params.iter().map(|(name, value)| (*name, value.clone())).collect();
        if !self.states.is_empty() {
            pairs.push(("state", self.states.iter().map(State::slug).collect::<Vec<_>>().join(",")));
        }
        if !self.text.is_empty() {
            pairs.push(("q", self.text.clone()));
        }
        pairs.extend(self.from.map(|bound| ("from", bound.to_string())));
        pairs.extend(self.to.map(|bound| ("to", bound.to_string())));
        if self.sort != Sort::default() {
            pairs.push((
                "sort",
                format!("{}{}", if self.sort.descending { "-" } else { "" }, self.sort.column),
            ));
        }
        pairs.extend(self.columns.as_ref().map(|columns| ("cols", columns.join(","))));
        if !self.widths.is_empty() {
            pairs.push(("widths", widths_text(&self.widths)));
        }
        encode_query(pairs)
    }
}

/// What of an address is not understood, each in a sentence: columns that are gone, filters of another version.
pub fn unread(search: &str, tables: Tables) -> Vec<String> {
    let mut says = Vec::new();
    let column = |id: &str| tables.columns.iter().find(|column| column.id == id);
    for (key, value) in decode_query(search) {
        match key.as_str() {
            "cols" => {
                for id in value.split(',').filter(|id| column(id).is_none()) {
                    says.push(fill(
                        "The address asks for a column {0}, which this list does not have.",
                        &[id],
                    ));
                }
            }
            "sort" if sort(&value, tables).is_none() => says.push(fill(
                "The address sorts by {0}, which this list cannot; the newest stand first.",
                &[value.trim_start_matches('-')],
            )),
            "from" | "to" if TimeBound::parse(&value).is_none() => {
                says.push(fill("The address has {0} where a time is wanted; it filters nothing.", &[&value]));
            }
            "state" => {
                for slug in value.split(',').filter(|slug| State::from_slug(slug.trim()).is_none()) {
                    says.push(fill("The address asks for a state {0}, which does not exist.", &[slug]));
                }
            }
            param if KNOWN.contains(&param) || tables.filters.iter().any(|filter| filter.param == param) => {}
            param => {
                says.push(fill("The address has a filter {0}, which this list does not have.", &[param]));
            }
        }
    }
    says
}

/// Keys that are no filter: ours, and those that other pages and versions put into an address.
const KNOWN: [&str; 9] = ["q", "tz", "tab", "view", "from", "to", "sort", "state", "widths"];

fn states(value: &str) -> StateSet {
    value.split(',').filter_map(|slug| State::from_slug(slug.trim())).fold(StateSet::EMPTY, StateSet::with)
}

fn sort(value: &str, tables: Tables) -> Option<Sort> {
    let (descending, id) = value.strip_prefix('-').map_or((false, value), |id| (true, id));
    let column = tables.columns.iter().find(|column| column.id == id && column.sort.is_some())?;
    Some(Sort { column: column.id, descending })
}

/// Known columns, each once, in the order given. None known: the default ones.
fn columns(value: &str, tables: Tables) -> Option<Vec<&'static str>> {
    let mut chosen: Vec<&'static str> = Vec::new();
    for id in value.split(',') {
        let known = tables.columns.iter().find(|column| column.id == id);
        if let Some(column) = known.filter(|column| !chosen.contains(&column.id)) {
            chosen.push(column.id);
        }
    }
    (!chosen.is_empty()).then_some(chosen)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dialect::find;
    use crate::time::Millis;

    fn tables() -> Tables {
        let ecl = find("ecl-vna").unwrap();
        Tables { filters: ecl.filters("operations"), columns: ecl.columns("operations") }
    }

    #[test]
    fn everything_reads_back() {
        let search = "status=ERROR&resource_id=a&resource_id=b&no_deleted=true&state=stuck,failed&q=50%25%20%22two%20words%22\
                      &from=-6h&to=2026-11-21T03%3A47%3A17Z&sort=duration&cols=id,state&widths=id.90";
        let query = ListQuery::from_search(search, tables());
        assert_eq!(query.text, r#"50% "two words""#);
        assert_eq!(query.server_values("resource_id").collect::<Vec<_>>(), ["a", "b"]);
        assert_eq!(query.from, Some(TimeBound::Ago(6 * 3_600_000)));
        assert_eq!(query.to, Some(TimeBound::At(Millis(1_795_232_837_000))));
        assert_eq!(ListQuery::from_search(&query.to_search(), tables()), query);
    }

    #[test]
    fn nonsense_falls_back() {
        let query = ListQuery::from_search(
            "?state=done,,&sort=-nothing&cols=x,y&from=soon&latest=maybe&no_deleted=&status=&utm=1&%zz=%&widths=id.wide,x.90",
            tables(),
        );
        assert_eq!(query, ListQuery::default());
        assert_eq!(query.to_search(), "");
    }

    #[test]
    fn one_value_stays_one_and_flags_know_any_case() {
        let query = ListQuery::from_search("status=A&status=B&latest=TRUE&latest=true", tables());
        assert_eq!(query.to_search(), "status=B&latest=true");
    }

    #[test]
    fn clearing_keeps_order_and_columns() {
        let mut query = ListQuery::from_search("status=A&q=x&sort=id&cols=id&widths=id.90", tables());
        query.clear_filters();
        assert_eq!(query.to_search(), "sort=id&cols=id&widths=id.90");
    }
}
