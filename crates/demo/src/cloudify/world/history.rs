//! What happened before the demo began: a week of ended executions, then some minutes of life as it goes on later.
//! It must not know requests.

use serde_json::Value;

use super::World;
use super::births;
use super::catalogue::Environment;
use super::execution::Execution;
use super::marks::Past;
use super::script;
use super::status::Status;
use super::words::{FAILURES, Failure, PEOPLE};
use super::{parameters, specials, workflows};
use crate::chance::Chance;
use crate::config::Config;

/// How far the past goes back.
const PAST_MS: i64 = 7 * 86_400_000;
/// The last part of it is lived through as the future will be, at the speed of the future.
const LIVED_MS: i64 = 25 * 60_000;

/// What is to be under way at the start begins so much earlier.
const SETTLING_MS: i64 = 20_000;

/// Of all operations the demo is asked for, so many in a hundred are executions here.
const SHARE: usize = 60;

pub(super) fn fill(world: &mut World, config: &Config) {
    let wanted = config.operations * SHARE / 100;
    if wanted == 0 {
        return;
    }
    let lived = world.hurried(LIVED_MS).min(PAST_MS / 2);
    let begin = config.start_ms - lived;
    create_environments(world);
    // About what the lived part, the environments and the special cases add.
    let ended = wanted.saturating_sub(60).max(wanted / 4);
    for at in 0..ended {
        let mut chance = Chance::new(world.seed ^ 0x7061_7374, at as u64);
        let share =
            i64::try_from(at).unwrap_or(0) * (PAST_MS - lived) / i64::try_from(ended).unwrap_or(1).max(1);
        let created = begin - (PAST_MS - lived) + share + chance.between(0, 200_000);
        add_ended(world, created.min(begin - 600_000), &mut chance);
    }
    world.now = begin;
    specials::add_before(world, begin);
    world.expect_birth(0);
    world.advance(config.start_ms - world.hurried(SETTLING_MS));
    specials::add_under_way(world);
    world.advance(config.start_ms);
}

/// Every deployment began with the creation of its environment.
fn create_environments(world: &mut World) {
    let made: Vec<(usize, i64, Environment)> =
        world.deployments.iter().enumerate().map(|(at, d)| (at, d.created_ms, d.environment)).collect();
    for (at, created, environment) in made {
        let Some(deployment) = world.deployments.get(at) else { continue };
        let (tenant, id) = (deployment.tenant, deployment.id.to_owned());
        let (display, blueprint) = (deployment.display_name.to_owned(), deployment.blueprint.id.to_owned());
        let workflow = "create_deployment_environment";
        let execution_id = world.uuid();
        let outcome = match environment {
            Environment::Ready => Status::Terminated,
            Environment::Failed => Status::Failed,
            Environment::Pending => Status::Pending,
            Environment::Creating => Status::Started,
        };
        let failure = Failure::number(4);
        let number = world.add(Execution {
            deployment: Some(id),
            display_name: Some(display),
            blueprint: Some(blueprint),
            status: Some(outcome),
            error: match outcome {
                Status::Failed => Some(failure.of_execution("cloudify.interfaces.lifecycle.create")),
                Status::Pending => None,
                _ => Some(String::new()),
            },
            started_ms: (outcome != Status::Pending).then_some(created + 1_200),
            ..Execution::pending(execution_id, workflow, tenant, created, "admin")
        });
        if outcome.is_terminal() {
            let failed = (outcome == Status::Failed).then_some((3, 4));
            give_past(world, number, created + 1_200, created + 45_000, failed);
        }
    }
}

/// Tells how an ended execution went; a failed one with its last task and error.
pub(super) fn give_past(
    world: &mut World,
    number: u64,
    started_ms: i64,
    ended_ms: i64,
    failed: Option<(usize, usize)>,
) {
    let tasks = world.script_of(number);
    let Some(outcome) = world.execution(number).and_then(|execution| execution.status) else { return };
    let done = match (outcome, failed) {
        (Status::Failed, Some((task, _))) => task + 1,
        (Status::Cancelled, _) => tasks.len() / 2,
        _ => tasks.len(),
    };
    let past = Past {
        first_id: 0,
        started_ms,
        ended_ms,
        done,
        failure: failed.map(|(_, failure)| failure),
        outcome,
    };
    let first_id = world.events.reserve(past.marks(&tasks).len());
    let Some(execution) = world.executions.get_mut(&number) else { return };
    execution.past = Some(Past { first_id, ..past });
    execution.started_ms = Some(started_ms);
    execution.ended_ms = Some(ended_ms);
    execution.total = script::counted(&tasks);
    execution.finished = script::counted(tasks.iter().take(done));
}

fn add_ended(world: &mut World, created: i64, chance: &mut Chance) {
    let ready: Vec<usize> = world
        .deployments
        .iter()
        .enumerate()
        .filter(|(_, deployment)| deployment.environment == Environment::Ready)
        .map(|(at, _)| at)
        .collect();
    let Some(deployment) = ready.get(chance.index(ready.len())).and_then(|at| world.deployments.get(*at))
    else {
        return;
    };
    let (tenant, nodes) = (deployment.tenant, deployment.blueprint.nodes);
    let (id, display) = (deployment.id.to_owned(), deployment.display_name.to_owned());
    let blueprint = deployment.blueprint.id.to_owned();
    let workflow = match births::drawn(chance) {
        "uninstall" => "execute_operation",
        other => other,
    };
    let given = births::asked(workflow, chance);
    let schema = workflows::parameters(workflow);
    let settled = parameters::settle(workflow, &schema, &given, false).unwrap_or_default();
    let outcome = match chance.below(100) {
        0..14 => Status::Failed,
        14..22 => Status::Cancelled,
        _ => Status::Terminated,
    };
    let (dry_run, by) = (chance.below(25) == 0, chance.pick(&PEOPLE));
    let tasks = script::script(workflow, nodes, dry_run);
    let remote: Vec<usize> =
        tasks.iter().enumerate().filter(|(_, task)| !task.operation.is_empty()).map(|(at, _)| at).collect();
    let task = remote.get(chance.index(remote.len())).copied().unwrap_or(0);
    let failed = (outcome == Status::Failed).then(|| (task, chance.index(FAILURES.len())));
    let name = tasks.get(task).map(|task| task.name.clone()).unwrap_or_default();
    let execution_id = world.uuid();
    let number = world.add(Execution {
        deployment: Some(id),
        display_name: Some(display),
        blueprint: Some(blueprint),
        status: Some(outcome),
        error: Some(
            failed.map_or_else(String::new, |(_, failure)| Failure::number(failure).of_execution(&name)),
        ),
        parameters: Some(Value::Object(settled)),
        dry_run,
        ..Execution::pending(execution_id, workflow, tenant, created, by)
    });
    let started = created + chance.between(900, 4_000);
    give_past(world, number, started, started + chance.between(20_000, 480_000), failed);
}
