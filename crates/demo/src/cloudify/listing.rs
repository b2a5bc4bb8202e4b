//! One way to filter, sort, project and page for every list of this API. It must not know what is listed.

use std::cmp::Ordering;

use serde_json::{Map, Value, json};

use super::query::{Page, Query, boolean};
use super::refusal::{Outcome, Refusal};
use crate::fault::Fault;

/// What the database keeps in a column, which decides what a filter may say.
#[derive(Debug, Clone, Copy)]
pub(super) enum Column {
    Text,
    Bool,
    Int,
    /// Kept to the microsecond and shown to the millisecond, so that no filter meets it.
    Date,
    /// One of these, sorted in this order.
    Enum(&'static [&'static str]),
    /// Lists and objects; nothing equals them.
    Json,
}

#[derive(Debug, Clone, Copy)]
pub(super) struct Field {
    pub(super) name: &'static str,
    pub(super) column: Column,
    /// A filter only; it is never returned.
    pub(super) hidden: bool,
    /// Returned only; it is computed and no filter or sort key.
    pub(super) computed: bool,
}

pub(super) const fn field(name: &'static str, column: Column) -> Field {
    Field { name, column, hidden: false, computed: false }
}

pub(super) const fn computed(name: &'static str) -> Field {
    Field { name, column: Column::Json, hidden: false, computed: true }
}

pub(super) const fn hidden(name: &'static str, column: Column) -> Field {
    Field { name, column, hidden: true, computed: false }
}

/// Something that is listed.
pub(super) trait Item {
    const FIELDS: &'static [Field];
    fn value(&self, field: &str) -> Value;
}

/// A part of a list, and how many there are in all.
pub(super) struct Found<T> {
    pub(super) items: Vec<T>,
    pub(super) total: usize,
    pub(super) page: Page,
}

fn quoted_list<'a>(names: impl Iterator<Item = &'a str>) -> String {
    names.map(|name| format!("'{name}'")).collect::<Vec<_>>().join(", ")
}

fn column(fields: &[Field], name: &str) -> Option<Column> {
    fields.iter().find(|field| field.name == name && !field.computed).map(|field| field.column)
}

fn allowed(fields: &[Field]) -> String {
    quoted_list(fields.iter().filter(|field| !field.computed).map(|field| field.name))
}

/// What one field of an item must be: any of these.
struct Condition<'a> {
    field: &'a str,
    wanted: Vec<Value>,
}

/// Every parameter that does not begin with an underscore. With `faults` a value that orders one is left out, as it
/// is not meant to choose.
fn conditions<'a>(query: &'a Query, fields: &[Field], faults: bool) -> Outcome<Vec<Condition<'a>>> {
    let mut conditions: Vec<Condition<'a>> = Vec::new();
    for (name, text) in query.pairs() {
        if name.starts_with('_') || faults && Fault::sentinel(text).is_some() {
            continue;
        }
        let Some(column) = column(fields, name) else {
            let allowed = allowed(fields);
            return Err(Refusal::bad(format!(
                "Filter keys '['{name}']' do not exist. Allowed keys are: [{allowed}]"
            )));
        };
        let wanted = held(column, text)?;
        match conditions.iter_mut().find(|condition| condition.field == name) {
            Some(condition) => condition.wanted.push(wanted),
            None => conditions.push(Condition { field: name, wanted: vec![wanted] }),
        }
    }
    Ok(conditions)
}

/// The text as the column would hold it. What it cannot hold is no bad request but a failing database.
fn held(column: Column, text: &str) -> Outcome<Value> {
    let crash = || Refusal::crash(&format!("the database refused the value {text:?}"));
    match column {
        Column::Text | Column::Json => Ok(text.into()),
        Column::Bool => boolean(text).map(Value::from).ok_or_else(crash),
        Column::Int => text.parse::<i64>().map(Value::from).map_err(|_| crash()),
        Column::Enum(words) => words.contains(&text).then(|| text.into()).ok_or_else(crash),
        // A microsecond never meets a millisecond.
        Column::Date => super::dates::parse(text).map(|_| json!({ "at": text })).ok_or_else(crash),
    }
}

/// The items that the query names, word for word: what is deleted must not be more than that.
pub(super) fn filtered<T: Item>(query: &Query, items: Vec<T>) -> Outcome<Vec<T>> {
    chosen(&conditions(query, T::FIELDS, false)?, items)
}

fn chosen<T: Item>(conditions: &[Condition<'_>], items: Vec<T>) -> Outcome<Vec<T>> {
    let fits =
        |item: &T| conditions.iter().all(|condition| condition.wanted.contains(&item.value(condition.field)));
    Ok(items.into_iter().filter(fits).collect())
}

/// A place in an order; nulls come last, or first when it is turned round.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Key {
    Number(i64),
    Text(String),
    Null,
}

fn key(column: Column, value: Value) -> Key {
    match (column, value) {
        (_, Value::Null) => Key::Null,
        (Column::Enum(words), Value::String(text)) => {
            let at = words.iter().position(|word| *word == text).unwrap_or(words.len());
            Key::Number(i64::try_from(at).unwrap_or(i64::MAX))
        }
        (_, Value::String(text)) => Key::Text(text),
        (_, Value::Bool(set)) => Key::Number(i64::from(set)),
        (_, Value::Number(number)) => Key::Number(number.as_i64().unwrap_or(i64::MAX)),
        (_, other) => Key::Text(other.to_string()),
    }
}

/// Orders by what `_sort` says, then as the items stand.
pub(super) fn sorted<T: Item>(query: &Query, items: Vec<T>) -> Outcome<Vec<T>> {
    let mut order = Vec::new();
    for (name, descends) in query.sort() {
        let Some(column) = column(T::FIELDS, name) else {
            let allowed = allowed(T::FIELDS);
            return Err(Refusal::bad_paging(format!(
                "Sort keys '['{name}']' do not exist. Allowed keys are: [{allowed}]"
            )));
        };
        order.push((name, column, descends));
    }
    if order.is_empty() {
        return Ok(items);
    }
    let keys = |item: &T| -> Vec<Key> {
        order.iter().map(|(name, column, _)| key(*column, item.value(name))).collect()
    };
    let mut keyed: Vec<(Vec<Key>, T)> = items.into_iter().map(|item| (keys(&item), item)).collect();
    keyed.sort_by(|(left, _), (right, _)| {
        order
            .iter()
            .zip(left.iter().zip(right))
            .map(|((_, _, descends), (left, right))| {
                let ascending = left.cmp(right);
                if *descends { ascending.reverse() } else { ascending }
            })
            .find(|order| *order != Ordering::Equal)
            .unwrap_or(Ordering::Equal)
    });
    Ok(keyed.into_iter().map(|(_, item)| item).collect())
}

/// Filters, sorts and cuts; the items come in the order of their creation.
pub(super) fn list<T: Item>(query: &Query, items: Vec<T>) -> Outcome<Found<T>> {
    let mut page = query.page(1000)?;
    if query.flag("_get_all_results")? {
        page = Page { size: 1000, offset: 0, whole: true };
    }
    let items = sorted(query, chosen(&conditions(query, T::FIELDS, true)?, items)?)?;
    let total = items.len();
    Ok(Found { items: page.cut(items.into_iter()), total, page })
}

/// The fields that `_include` leaves of every item of this kind.
pub(super) fn included<T: Item>(query: &Query) -> Outcome<Vec<&'static str>> {
    let shown = || T::FIELDS.iter().filter(|field| !field.hidden).map(|field| field.name);
    let Some(names) = query.include() else { return Ok(shown().collect()) };
    let mut chosen = Vec::new();
    for name in names {
        let Some(known) = shown().find(|known| *known == name) else {
            let allowed = quoted_list(shown());
            return Err(Refusal::illegal(
                "no_such_include_field_error",
                format!("Include field '{name}' does not exist. Allowed fields are: [{allowed}]"),
            ));
        };
        chosen.push(known);
    }
    Ok(chosen)
}

/// One item with these fields.
pub(super) fn shown<T: Item>(item: &T, fields: &[&'static str]) -> Value {
    let fields: Map<String, Value> =
        fields.iter().map(|name| ((*name).to_owned(), item.value(name))).collect();
    fields.into()
}

/// `{"items": […], "metadata": …}`. The size is the one asked for, not the number returned.
pub(super) fn envelope<T: Item>(query: &Query, found: &Found<T>) -> Outcome<Value> {
    let fields = included::<T>(query)?;
    let items: Vec<Value> = found.items.iter().map(|item| shown(item, &fields)).collect();
    Ok(json!({ "items": items, "metadata": metadata(found.total, found.page) }))
}

pub(super) fn metadata(total: usize, page: Page) -> Value {
    json!({ "pagination": { "total": total, "size": page.size, "offset": page.offset }, "filtered": null })
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Thing(&'static str, Option<i64>, &'static str);

    impl Item for Thing {
        const FIELDS: &'static [Field] = &[
            field("id", Column::Text),
            field("size", Column::Int),
            field("state", Column::Enum(&["new", "done"])),
            hidden("secret", Column::Text),
            computed("sum"),
        ];

        fn value(&self, field: &str) -> Value {
            match field {
                "id" | "secret" => self.0.into(),
                "size" => self.1.into(),
                "state" => self.2.into(),
                _ => Value::Null,
            }
        }
    }

    fn ids(query: &str) -> Result<Vec<&'static str>, Refusal> {
        let things = vec![Thing("a", Some(2), "done"), Thing("b", None, "new"), Thing("c", Some(10), "done")];
        Ok(list(&Query::parse(query), things)?.items.iter().map(|thing| thing.0).collect())
    }

    #[test]
    fn filters_repeat_for_or_and_differ_for_and() {
        assert_eq!(ids("").unwrap(), ["a", "b", "c"]);
        assert_eq!(ids("id=a&id=b").unwrap(), ["a", "b"]);
        assert_eq!(ids("id=a&id=b&state=new").unwrap(), ["b"]);
        assert_eq!(ids("size=10&secret=c&_anything=1").unwrap(), ["c"]);
        assert!(ids("id=a,b").unwrap().is_empty());
        for refused in ["x=1", "sum=1", "size=ten", "state=DONE", "_sort=x", "_size=-1"] {
            assert!(ids(refused).is_err(), "{refused}");
        }
    }

    #[test]
    fn nulls_come_last_and_descending_first() {
        assert_eq!(ids("_sort=size").unwrap(), ["a", "c", "b"]);
        assert_eq!(ids("_sort=-size").unwrap(), ["b", "c", "a"]);
        assert_eq!(ids("_sort=state&_sort=-id").unwrap(), ["b", "c", "a"]);
        assert_eq!(ids("_size=1&_offset=1").unwrap(), ["b"]);
        assert_eq!(ids("_size=1&_get_all_results=true").unwrap().len(), 3);
    }

    #[test]
    fn hidden_fields_are_never_shown_and_unknown_ones_refused() {
        let query = |text| Query::parse(text);
        assert_eq!(included::<Thing>(&query("")).unwrap(), ["id", "size", "state", "sum"]);
        assert_eq!(included::<Thing>(&query("_include=state,id")).unwrap(), ["state", "id"]);
        assert!(included::<Thing>(&query("_include=secret")).is_err());
    }
}
