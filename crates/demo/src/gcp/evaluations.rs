//! The calls on evaluations whose answer is an operation, and two that show what came of it.
//! It must not know how operations are kept.

use axum::response::Response;
use serde_json::{Value, json};

use super::access::Caller;
use super::course::Verb;
use super::operation::timestamp;
use super::status::{Code, Refusal, ok};
use super::world::{self, Evaluation, Start, World};
use super::{ANY, Asked, Place, access, carefully, fault};

fn described(name: &str, evaluation: &Evaluation) -> Value {
    json!({
        "name": name, "description": evaluation.description,
        "createTime": timestamp(evaluation.made_ms, 0), "evaluationType": "OTHER",
    })
}

pub(super) fn list(asked: &Asked<'_>, caller: Caller<'_>, place: Place<'_>) -> Result<Response, Refusal> {
    caller.may("evaluations.list", place.project, &place.name())?;
    if place.location != ANY {
        place.known()?;
    }
    let parent = format!("{}/", place.name());
    Ok(world::with(asked.demo, |world, _| {
        let all = world.evaluations.iter();
        let here = all.filter(|(name, _)| place.location == ANY || name.starts_with(&parent));
        let rows: Vec<Value> = here.map(|(name, evaluation)| described(name, evaluation)).collect();
        ok(&json!({ "evaluations": rows }))
    }))
}

pub(super) fn get(
    asked: &Asked<'_>,
    caller: Caller<'_>,
    place: Place<'_>,
    id: &str,
) -> Result<Response, Refusal> {
    let name = format!("{}/evaluations/{id}", place.name());
    caller.may("evaluations.get", place.project, &name)?;
    place.known()?;
    world::with(asked.demo, |world, _| {
        let found = world.evaluations.get(&name).map(|evaluation| ok(&described(&name, evaluation)));
        found.ok_or_else(|| Refusal::not_found(&name))
    })
}

/// Starts an operation on the evaluation `id`, or deletes one of its executions.
pub(super) async fn start(
    asked: &Asked<'_>,
    caller: Caller<'_>,
    place: Place<'_>,
    verb: Verb,
    (id, execution): (&str, Option<&str>),
) -> Result<Response, Refusal> {
    let name = format!("{}/evaluations/{id}", place.name());
    let permission = match (verb, execution) {
        (Verb::Run, _) => "evaluations.run",
        (Verb::Create, _) => "evaluations.create",
        (Verb::Update, _) => "evaluations.update",
        (Verb::Delete, None) => "evaluations.delete",
        (Verb::Delete, Some(_)) => "executions.delete",
    };
    caller.may(permission, place.project, &name)?;
    let fault = fault(asked, caller, [place.location, id])?;
    let body: Value = match asked.body {
        [] => Value::Null,
        text => serde_json::from_slice(text)
            .map_err(|trouble| Refusal::argument("body", &format!("It is not JSON: {trouble}.")))?,
    };
    let work = || {
        let location = place.known()?.id;
        if !is_an_id(id) {
            return Err(Refusal::argument(
                "evaluation_id",
                "It takes 1 to 63 lower-case letters, digits and hyphens, beginning with a letter.",
            ));
        }
        // A run carries its ids in the body, all others in the query.
        let in_body = |name: &str| body.get(name).and_then(Value::as_str);
        let request_id = asked.parameter("requestId").or(in_body("requestId")).filter(|id| !id.is_empty());
        let project = access::PROJECTS.into_iter().find(|known| *known == place.project).unwrap_or_default();
        world::with(asked.demo, |world, now| {
            // A repeated request is answered as the first one was.
            if let Some(earlier) = request_id.and_then(|request_id| world.started_by(request_id)) {
                return Ok(ok(&earlier.standing(now).json()));
            }
            let described = allowed(world, verb, (&name, execution), now)?;
            let told = body.get("description").and_then(Value::as_str).map(str::to_owned);
            let target = match (verb, execution) {
                (Verb::Run, _) => {
                    let given = in_body("executionId").filter(|id| !id.is_empty());
                    let own = || format!("run-{now}");
                    format!("{name}/executions/{}", given.map_or_else(own, str::to_owned))
                }
                (_, Some(execution)) => format!("{name}/executions/{execution}"),
                _ => name.clone(),
            };
            let description = told.or(described).unwrap_or_default();
            let start = Start { project, location, verb, target, description, request_id };
            Ok(ok(&world.start(start, now).standing(now).json()))
        })
    };
    Ok(carefully(asked, fault, work).await)
}

/// What it is described as until now, if the evaluation is in a state that allows the work.
fn allowed(
    world: &World,
    verb: Verb,
    (name, execution): (&str, Option<&str>),
    now: i64,
) -> Result<Option<String>, Refusal> {
    let known = world.evaluations.get(name);
    if world.is_busy(name, now) {
        let message = format!("Work on '{name}' is in progress; only one operation at a time is allowed.");
        return Err(Refusal::new(
            Code::Aborted,
            "OPERATION_IN_PROGRESS",
            message,
            &json!({ "resource": name }),
        ));
    }
    match (verb, known) {
        (Verb::Create, Some(_)) => {
            let message = format!("Resource '{name}' already exists");
            Err(Refusal::new(Code::AlreadyExists, "RESOURCE_EXISTS", message, &json!({ "resource": name })))
        }
        (Verb::Create, None) => Ok(None),
        (_, None) => Err(Refusal::not_found(name)),
        (_, Some(known)) => {
            let missing = execution
                .filter(|execution| !world.has_execution(&format!("{name}/executions/{execution}"), now));
            match missing {
                Some(execution) => Err(Refusal::not_found(&format!("{name}/executions/{execution}"))),
                None => Ok(Some(known.description.clone())),
            }
        }
    }
}

fn is_an_id(text: &str) -> bool {
    (1..=63).contains(&text.len())
        && text.starts_with(|first: char| first.is_ascii_lowercase())
        && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
}
