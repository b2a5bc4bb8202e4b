//! Events and logs: listing with patterns and ranges, sending, deleting. It must not know how they come about.

use axum::http::StatusCode;
use serde_json::{Map, Value, json};

use super::super::call::Call;
use super::super::dates;
use super::super::door::Reply;
use super::super::manager::Manager;
use super::super::query::Query;
use super::super::refusal::{Outcome, Refusal};
use super::super::world::{EventView, Posted, Wanted};
use crate::fault::Fault;

const EVENT: &str = "cloudify_event";
const LOG: &str = "cloudify_log";

/// Everything an event or a log can have.
const FIELDS: [&str; 23] = [
    "_storage_id",
    "type",
    "timestamp",
    "reported_timestamp",
    "message",
    "event_type",
    "level",
    "logger",
    "error_causes",
    "operation",
    "source_id",
    "target_id",
    "node_instance_id",
    "node_name",
    "manager_name",
    "agent_name",
    "execution_id",
    "workflow_id",
    "deployment_id",
    "deployment_display_name",
    "blueprint_id",
    "execution_group_id",
    "@timestamp",
];

const FILTERS: [&str; 12] = [
    "execution_id",
    "execution_group_id",
    "deployment_id",
    "blueprint_id",
    "node_id",
    "node_instance_id",
    "event_type",
    "level",
    "message",
    "message.text",
    "operation",
    "type",
];

/// The values of a filter, without those that order a fault.
fn chosen<'a>(query: &'a Query, name: &str) -> impl Iterator<Item = &'a str> {
    query.all(name).filter(|value| Fault::sentinel(value).is_none())
}

fn wanted<'a>(query: &'a Query) -> Outcome<Wanted<'a>> {
    for (name, _) in query.pairs() {
        if !name.starts_with('_') && !FILTERS.contains(&name) {
            let allowed = FILTERS.join(", ");
            return Err(Refusal::bad(format!(
                "Unknown field to filter by: {name}. Allowed values are: {allowed}"
            )));
        }
    }
    let types: Vec<&str> = query.all("type").collect();
    if let Some(unknown) = types.iter().find(|kind| ![EVENT, LOG].contains(kind)) {
        return Err(Refusal::bad(format!(
            "Unknown event type: {unknown}. Allowed values are: {EVENT}, {LOG}"
        )));
    }
    let of_type = |kind: &str| types.is_empty() || types.contains(&kind);
    Ok(Wanted {
        executions: chosen(query, "execution_id").collect(),
        groups: chosen(query, "execution_group_id").collect(),
        deployments: chosen(query, "deployment_id").collect(),
        blueprints: chosen(query, "blueprint_id").collect(),
        // A level is something only logs have, and a type only events.
        events: of_type(EVENT) && query.one("level").is_none(),
        logs: of_type(LOG) && query.one("event_type").is_none(),
    })
}

/// A stretch of one of the two times of an event: from the first moment up to, not including, the second.
struct Range {
    reported: bool,
    from: i64,
    to: i64,
}

fn ranges(query: &Query) -> Outcome<Vec<Range>> {
    let range = |text: &str| {
        let mut parts = text.split(',');
        let (field, from, to) = (parts.next()?, parts.next()?, parts.next()?);
        let end = |text: &str, open: i64| if text.is_empty() { Some(open) } else { dates::parse(text) };
        let reported = match field {
            "timestamp" | "@timestamp" => false,
            "reported_timestamp" => true,
            _ => return None,
        };
        let (from, to) = (end(from, i64::MIN)?, end(to, i64::MAX)?);
        parts.next().is_none().then_some(Range { reported, from, to })
    };
    let all = query.all("_range").map(|text| {
        let refused = || Refusal::bad_paging(format!("Invalid range {text}: write timestamp,<from>,<to>"));
        range(text).ok_or_else(refused)
    });
    all.collect()
}

impl Range {
    fn holds(&self, event: &EventView<'_>) -> bool {
        let at = if self.reported { event.reported_ms } else { event.at_ms };
        (self.from..self.to).contains(&at)
    }
}

/// Whether a text fits an SQL pattern: `%` stands for anything, `_` for one character, letters in any case.
fn fits(pattern: &str, text: &str) -> bool {
    let pattern: Vec<char> = pattern.to_lowercase().chars().collect();
    let text: Vec<char> = text.to_lowercase().chars().collect();
    // Which beginnings of the text the pattern so far may stand for.
    let mut reached = vec![false; text.len() + 1];
    if let Some(first) = reached.first_mut() {
        *first = true;
    }
    for wanted in pattern {
        let mut next = vec![false; text.len() + 1];
        let mut before = false;
        for (at, slot) in next.iter_mut().enumerate() {
            let here = reached.get(at).copied().unwrap_or(false);
            let previous = at.checked_sub(1).and_then(|at| reached.get(at).copied()).unwrap_or(false);
            let letter = at.checked_sub(1).and_then(|at| text.get(at)).copied();
            *slot = match wanted {
                '%' => here || before,
                '_' => previous,
                other => previous && letter == Some(other),
            };
            before = *slot;
        }
        reached = next;
    }
    reached.last().copied().unwrap_or(false)
}

fn passes(query: &Query, event: &EventView<'_>) -> bool {
    let text = |field: &str| event.value(field).as_str().unwrap_or_default().to_owned();
    let among = |filter: &str, field: &str| {
        let mut wanted = chosen(query, filter).peekable();
        wanted.peek().is_none() || {
            let found = text(field);
            wanted.any(|wanted| wanted == found)
        }
    };
    let like = |filter: &str, field: &str| chosen(query, filter).all(|pattern| fits(pattern, &text(field)));
    among("node_id", "node_name")
        && among("node_instance_id", "node_instance_id")
        && among("event_type", "event_type")
        && among("level", "level")
        && like("message", "message")
        && like("message.text", "message")
        && like("operation", "operation")
}

fn found<'a>(manager: &'a Manager, call: &Call<'_>) -> Outcome<Vec<EventView<'a>>> {
    let ranges = ranges(call.query)?;
    let mut events = manager.world.events(call.tenant(), &wanted(call.query)?);
    events.retain(|event| ranges.iter().all(|range| range.holds(event)) && passes(call.query, event));
    Ok(events)
}

/// Orders by one field after the other; numbers by size, texts by letters, nulls last.
fn sort(events: &mut [EventView<'_>], query: &Query) -> Outcome<()> {
    let mut keys = query.sort();
    if let Some((unknown, _)) = keys.iter().find(|(name, _)| !FIELDS.contains(name)) {
        let allowed = FIELDS.join(", ");
        return Err(Refusal::bad(format!(
            "Unknown field to sort by: {unknown}. Allowed values are: {allowed}"
        )));
    }
    // The last key first, as sorting keeps the order of equals.
    keys.reverse();
    for (name, descends) in keys {
        let name = name.trim_start_matches('@');
        let key = |event: &EventView<'_>| {
            let value = event.value(name);
            (value.is_null(), value.as_u64().unwrap_or(0), value.as_str().unwrap_or_default().to_owned())
        };
        if descends {
            events.sort_by_cached_key(|event| std::cmp::Reverse(key(event)));
        } else {
            events.sort_by_cached_key(key);
        }
    }
    Ok(())
}

/// The keys that this event or log has.
fn has(event: &EventView<'_>, field: &str) -> bool {
    match field {
        "event_type" => !event.log,
        "level" | "logger" => event.log,
        "@timestamp" => false,
        _ => true,
    }
}

pub(super) fn list(manager: &mut Manager, call: &Call<'_>) -> Outcome<Reply> {
    let page = call.query.page(10_000)?;
    let mut events = found(manager, call)?;
    sort(&mut events, call.query)?;
    let total = events.len();
    // Names that do not exist are no matter here.
    let include = call.query.include();
    let asked = |field: &str| include.as_ref().is_none_or(|names| names.contains(&field));
    let items: Vec<Value> = page
        .cut(events.into_iter())
        .iter()
        .map(|event| {
            let fields = FIELDS.iter().filter(|field| has(event, field) && asked(field));
            let fields: Map<String, Value> =
                fields.map(|field| ((*field).to_owned(), event.value(field))).collect();
            fields.into()
        })
        .collect();
    let pagination = json!({ "total": total, "size": page.size, "offset": page.offset });
    Reply::ok(&json!({ "items": items, "metadata": { "pagination": pagination } }))
}

pub(super) fn post(manager: &mut Manager, call: &Call<'_>) -> Outcome<Reply> {
    let items = |name: &str| -> Outcome<Vec<Value>> {
        match call.given(name) {
            None => Ok(Vec::new()),
            Some(Value::Array(items)) => Ok(items.clone()),
            Some(other) => Err(Refusal::bad(format!("{name} must be a list, got {other}"))),
        }
    };
    let (events, logs) = (items("events")?, items("logs")?);
    if events.is_empty() && logs.is_empty() {
        return Reply::empty();
    }
    let world = &manager.world;
    let execution = match call.text("execution_id")? {
        None => None,
        Some(id) => {
            let found = world.execution_named(id, call.tenant());
            Some(found.ok_or_else(|| Refusal::not_found("Execution", id))?.number)
        }
    };
    let group = match call.text("execution_group_id")? {
        None => None,
        Some(id) => Some(world.group(Some(call.tenant()), id)?.id.clone()),
    };
    if execution.is_none() && group.is_none() {
        return Err(Refusal::conflict("No execution passed, so the events belong to nothing"));
    }
    let posted = |item: &Value, log: bool| Posted {
        id: 0,
        log,
        at_ms: call.now,
        reported_ms: item
            .get("reported_timestamp")
            .and_then(Value::as_str)
            .and_then(dates::parse)
            .unwrap_or(call.now),
        tenant: call.tenant(),
        execution,
        group: group.clone(),
        fields: sent_fields(item, call),
    };
    let all: Vec<Posted> = events
        .iter()
        .map(|event| posted(event, false))
        .chain(logs.iter().map(|log| posted(log, true)))
        .collect();
    for posted in all {
        manager.world.post_event(posted);
    }
    Ok(Reply::with(StatusCode::CREATED, &Value::Null))
}

/// What somebody's event says, under the names it is read by.
fn sent_fields(item: &Value, call: &Call<'_>) -> Map<String, Value> {
    let mut fields = Map::new();
    for (pointer, name) in [
        ("/message/text", "message"),
        ("/event_type", "event_type"),
        ("/level", "level"),
        ("/logger", "logger"),
        ("/operation", "operation"),
        ("/context/operation", "operation"),
        // What is called the node here is its instance, for historical reasons.
        ("/context/node_id", "node_instance_id"),
        ("/context/node_name", "node_name"),
        ("/context/source_id", "source_id"),
        ("/context/target_id", "target_id"),
        ("/error_causes", "error_causes"),
        ("/context/task_error_causes", "error_causes"),
    ] {
        if let Some(value) = item.pointer(pointer).filter(|value| !value.is_null()) {
            fields.insert(name.to_owned(), value.clone());
        }
    }
    for name in ["manager_name", "agent_name"] {
        if let Some(value) = call.given(name) {
            fields.insert(name.to_owned(), value.clone());
        }
    }
    fields
}

/// All of a deployment's, of one type or both, perhaps only of a stretch of time.
pub(super) fn delete(manager: &mut Manager, call: &Call<'_>) -> Outcome<Reply> {
    let id = call.query.one("deployment_id");
    let id = id.ok_or_else(|| Refusal::bad("Missing required param: deployment_id"))?;
    if manager.world.deployment(call.tenant(), id).is_none() {
        return Err(Refusal::not_found("Deployment", id));
    }
    let mut named = Query::default();
    named.push("deployment_id", id);
    for kind in call.query.all("type") {
        named.push("type", kind);
    }
    let range = ranges(call.query)?.first().map_or((i64::MIN, i64::MAX), |range| (range.from, range.to));
    let count = manager.world.delete_events(call.tenant(), &wanted(&named)?, range);
    let pagination = json!({ "total": 1, "size": 1, "offset": 0 });
    Reply::ok(&json!({ "items": [count], "metadata": { "pagination": pagination } }))
}

#[cfg(test)]
mod tests {
    use super::fits;

    #[test]
    fn sql_patterns() {
        for (pattern, text, is) in [
            ("%TASK%", "Sending task 'x'", true),
            ("sending%", "Sending task", true),
            ("task", "Sending task", false),
            ("_ending task", "Sending task", true),
            ("%", "", true),
            ("", "", true),
            ("", "x", false),
            ("%設定%", "設定を適用しました", true),
            ("a%b%c", "aXXbYYc", true),
            ("a%b%c", "aXXbYY", false),
        ] {
            assert_eq!(fits(pattern, text), is, "{pattern} {text}");
        }
    }
}
