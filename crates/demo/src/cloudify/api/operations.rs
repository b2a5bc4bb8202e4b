//! Tasks graphs and operations. It must not know what workers do with them.

use serde_json::{Value, json};

use super::super::call::Call;
use super::super::door::Reply;
use super::super::listing::{self, Found};
use super::super::manager::Manager;
use super::super::refusal::{Outcome, Refusal};
use super::super::world::{Graph, NewOperation, NewState, Operation, World};
use axum::http::StatusCode;

fn execution(world: &World, id: &str, call: &Call<'_>) -> Outcome<u64> {
    let found = world.execution_named(id, call.tenant());
    found.map(|execution| execution.number).ok_or_else(|| Refusal::not_found("Execution", id))
}

pub(super) fn graphs(manager: &mut Manager, call: &Call<'_>) -> Outcome<Reply> {
    let Some(id) = call.query.one("execution_id") else {
        let why = "The query argument execution_id is missing.";
        return Err(Refusal::Html(StatusCode::BAD_REQUEST, why));
    };
    let number = execution(&manager.world, id, call)?;
    let name = call.query.one("name");
    let graphs: Vec<&Graph> = manager
        .world
        .graphs
        .of_execution(number)
        .filter(|graph| name.is_none_or(|name| graph.name == name))
        .collect();
    Reply::ok(&listing::envelope(call.query, &cut(call, graphs)?)?)
}

/// Only paging: these lists know neither filters nor an order of their own.
fn cut<T>(call: &Call<'_>, items: Vec<T>) -> Outcome<Found<T>> {
    let page = call.query.page(1000)?;
    let total = items.len();
    Ok(Found { items: page.cut(items.into_iter()), total, page })
}

pub(super) fn add_graph(manager: &mut Manager, call: &Call<'_>) -> Outcome<Reply> {
    let fields = listing::included::<&Graph>(call.query)?;
    let name = call.needed_text("name")?;
    let id = call.needed_text("execution_id")?;
    let created_ms = call.moment("created_at", false)?;
    let operations: Vec<NewOperation> = match call.given("operations") {
        None => Vec::new(),
        Some(Value::Array(operations)) => operations.iter().map(operation_of).collect::<Outcome<_>>()?,
        Some(other) => return Err(Refusal::bad(format!("operations must be a list, got {other}"))),
    };
    let world = &mut manager.world;
    let number =
        execution(world, id, call).map_err(|_| Refusal::crash("null value in column \"_execution_fk\""))?;
    let graph_id = call.text("graph_id")?.map(str::to_owned);
    let by = call.user.name;
    let graph =
        world.add_graph((number, id.to_owned()), (graph_id, name), created_ms, (call.tenant(), by))?;
    for operation in operations {
        world.put_operation(operation, graph, by);
    }
    let graph = world.graphs.graph(graph).ok_or_else(|| Refusal::not_found("TasksGraph", name))?;
    Reply::created(&listing::shown(&graph, &fields))
}

/// One of the operations that come with a new graph.
fn operation_of(value: &Value) -> Outcome<NewOperation> {
    let text = |name: &str| {
        let text = value.get(name).and_then(Value::as_str).map(str::to_owned);
        text.ok_or_else(|| Refusal::bad(format!("Missing {name} in an operation of the tasks graph")))
    };
    let created_ms = value.get("created_at").and_then(Value::as_str).and_then(super::super::dates::parse);
    Ok(NewOperation {
        id: text("id")?,
        name: text("name")?,
        kind: text("type")?,
        dependencies: texts(value.get("dependencies").unwrap_or(&Value::Null)),
        parameters: value.get("parameters").cloned().unwrap_or_else(|| json!({})),
        state: value.get("state").and_then(Value::as_str).map(str::to_owned),
        created_ms,
    })
}

fn texts(value: &Value) -> Vec<String> {
    value.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
}

/// There is no column for what it wants to set.
pub(super) fn patch_graph(_: &mut Manager, _: &Call<'_>) -> Outcome<Reply> {
    Err(Refusal::crash("'TasksGraph' object has no attribute 'state'"))
}

pub(super) fn list(manager: &mut Manager, call: &Call<'_>) -> Outcome<Reply> {
    let world = &manager.world;
    let graphs: Vec<&Graph> = match (call.query.one("graph_id"), call.query.one("execution_id")) {
        (Some(id), None) => {
            let graph = world.graphs.graph_named(id).filter(|graph| graph.tenant == call.tenant());
            vec![graph.ok_or_else(|| Refusal::not_found("TasksGraph", id))?]
        }
        (None, Some(id)) => world.graphs.of_execution(execution(world, id, call)?).collect(),
        (None, None) => return Err(Refusal::bad("Missing required param: graph_id or execution_id")),
        (Some(_), Some(_)) => return Err(Refusal::bad("Pass either graph_id or execution_id, not both")),
    };
    let state = call.query.one("state").filter(|state| !state.is_empty());
    // Any text is true, the word "false" included.
    let skip_internal = call.query.one("skip_internal").is_some_and(|text| !text.is_empty());
    let operations: Vec<&Operation> = graphs
        .into_iter()
        .flat_map(|graph| world.graphs.of_graph(graph.number))
        .filter(|operation| state.is_none_or(|state| operation.state == state))
        .filter(|operation| !skip_internal || operation.is_interesting())
        .collect();
    Reply::ok(&listing::envelope(call.query, &cut(call, operations)?)?)
}

/// The only operation with the id in the path.
fn only<'a>(world: &'a World, call: &Call<'_>) -> Outcome<&'a Operation> {
    let mut found = world.graphs.operations_named(call.id());
    found.retain(|operation| operation.tenant == call.tenant());
    match found.as_slice() {
        [] => Err(Refusal::not_found("Operation", call.id())),
        [one] => Ok(one),
        several => Err(Refusal::new(
            StatusCode::CONFLICT,
            "ambiguous_name",
            format!(
                "Requested `Operation` with ID `{}` is ambiguous: there are {}",
                call.id(),
                several.len()
            ),
        )),
    }
}

fn shown(operation: &Operation, call: &Call<'_>) -> Outcome<Value> {
    Ok(listing::shown(&operation, &listing::included::<&Operation>(call.query)?))
}

pub(super) fn get(manager: &mut Manager, call: &Call<'_>) -> Outcome<Reply> {
    Reply::ok(&shown(only(&manager.world, call)?, call)?)
}

/// Makes one more each time it is called; an id may be there already.
pub(super) fn put(manager: &mut Manager, call: &Call<'_>) -> Outcome<Reply> {
    listing::included::<&Operation>(call.query)?;
    let (name, graph) = (call.needed_text("name")?, call.needed_text("graph_id")?);
    let missing = |name: &str| Refusal::bad(format!("Missing {name} in json request body"));
    let dependencies = call.given("dependencies").ok_or_else(|| missing("dependencies"))?;
    if !dependencies.is_array() {
        return Err(Refusal::bad(format!("dependencies must be a list, got {dependencies}")));
    }
    let parameters = call.given("parameters").ok_or_else(|| missing("parameters"))?;
    if !parameters.is_object() {
        return Err(Refusal::bad(format!("parameters must be an object, got {parameters}")));
    }
    let new = NewOperation {
        id: call.id().to_owned(),
        name: name.to_owned(),
        kind: call.needed_text("type")?.to_owned(),
        dependencies: texts(dependencies),
        parameters: parameters.clone(),
        // What the body says of it is ignored.
        state: None,
        created_ms: None,
    };
    let world = &mut manager.world;
    let graph = world.graphs.graph_named(graph).filter(|graph| graph.tenant == call.tenant());
    let crash = || Refusal::crash("null value in column \"_tasks_graph_fk\"");
    let graph = graph.ok_or_else(crash)?.number;
    let number = world.put_operation(new, graph, call.user.name).ok_or_else(crash)?;
    let operation = world.graphs.operation(number).ok_or_else(crash)?;
    Reply::created(&shown(operation, call)?)
}

/// Answers an empty object, not the operation.
pub(super) fn patch(manager: &mut Manager, call: &Call<'_>) -> Outcome<Reply> {
    let state = call.needed_text("state")?;
    let number = only(&manager.world, call)?.number;
    let text = |name: &str| Ok::<_, Refusal>(call.text(name)?.map(str::to_owned));
    let new = NewState { state, manager: text("manager_name")?, agent: text("agent_name")? };
    manager.world.patch_operation(number, new);
    Reply::ok(&json!({}))
}

/// As documented, except that an id can ask for what the real 7.0.5 does: delete and then fall over.
pub(super) fn delete(manager: &mut Manager, call: &Call<'_>) -> Outcome<Reply> {
    let number = only(&manager.world, call)?.number;
    manager.world.delete_operation(number);
    if call.id().ends_with("-delete-500") {
        return Err(Refusal::crash("Instance <Operation> is not bound to a Session"));
    }
    Reply::empty()
}

/// What deployment updates send; there is nothing stored here that it could change.
pub(super) fn act(_: &mut Manager, call: &Call<'_>) -> Outcome<Reply> {
    match call.needed_text("action")? {
        "update-stored" => Reply::empty(),
        other => {
            Err(Refusal::bad(format!("Invalid action: {other}, Valid action values are: ['update-stored']")))
        }
    }
}
