//! The odd cases that every demo world has: executions that hang, wait, were resumed, lost their status or belong
//! to groups in every state. It must not know requests.

use serde_json::{Map, Value, json};

use super::super::accounts::DEFAULT;
use super::World;
use super::execution::Execution;
use super::groups::GroupOrder;
use super::history::give_past;
use super::operations::NewOperation;
use super::start::Order;
use super::status::Status;

/// Something about an execution that is not as usual.
fn special(world: &mut World, id: &str, workflow: &str, deployment: Option<&str>, created: i64) -> Execution {
    let found = deployment.and_then(|id| world.deployment(DEFAULT, id));
    Execution {
        deployment: deployment.map(str::to_owned),
        display_name: found.map(|found| found.display_name.to_owned()),
        blueprint: found.map(|found| found.blueprint.id.to_owned()),
        manned: false,
        ..Execution::pending(id.to_owned(), workflow, DEFAULT, created, "admin")
    }
}

const MINUTE: i64 = 60_000;

/// What was there before the part of the past that is lived through.
pub(super) fn add_before(world: &mut World, begin: i64) {
    resumed_beyond_its_total(world, begin - 90 * MINUTE);
    without_deployment(world, begin - 150 * MINUTE);
    on_the_dead_worker(world, begin - 40 * MINUTE);
    let fails = special(world, "should-start-fail-500", "backup", Some("db-core"), begin - 75 * MINUTE);
    let number = world.add(Execution { status: Some(Status::Terminated), ..fails });
    give_past(world, number, begin - 75 * MINUTE, begin - 70 * MINUTE, None);
    let odd = special(world, "run 7/8: 東京?100%", "heal", Some("shared-dns"), begin - 65 * MINUTE);
    let number = world.add(Execution { status: Some(Status::Terminated), ..odd });
    give_past(world, number, begin - 65 * MINUTE, begin - 64 * MINUTE, None);
    ended_groups(world, begin - 240 * MINUTE);
    let later = special(world, "scheduled-legacy", "update", Some("shared-dns"), begin - 30 * MINUTE);
    let later = Execution {
        status: Some(Status::Scheduled),
        scheduled_ms: Some(begin + 1_000 * MINUTE),
        manned: true,
        ..later
    };
    world.add(later);
    world.leave_orphan("nightly_check", "edge-router-02", DEFAULT, "mona");
}

/// It had 7 operations, was resumed, and counted one twice.
fn resumed_beyond_its_total(world: &mut World, at: i64) {
    let execution = special(world, "resumed-beyond-total", "heal", Some("backup-vault"), at);
    let number = world.add(Execution { status: Some(Status::Terminated), resume: true, ..execution });
    give_past(world, number, at + 2_000, at + 5 * MINUTE, None);
    let graph = world.add_graph(
        (number, "resumed-beyond-total".to_owned()),
        (None, "heal"),
        Some(at),
        (DEFAULT, "admin"),
    );
    let Ok(graph) = graph else { return };
    let kinds = [
        ("SubgraphTask", "heal_store", "succeeded", "op-subgraph-1"),
        ("RemoteWorkflowTask", "check_status", "rescheduled", "op-first-try"),
        ("RemoteWorkflowTask", "check_status", "succeeded", "op-second-try"),
        ("RemoteWorkflowTask", "heal", "failed", "op-failed"),
        ("NOPLocalWorkflowTask", "store:done", "succeeded", "op-nop"),
        ("acme_workflows.tasks.CustomTask", "custom step", "BANANA", "op-odd-state"),
        ("RemoteWorkflowTask", "cleanup", "succeeded", "op-delete-500"),
        ("SetNodeInstanceStateTask", "set_state:started", "succeeded", "op/with ?#%: 東京"),
    ];
    for (place, (kind, name, state, id)) in kinds.into_iter().enumerate() {
        let before =
            place.checked_sub(1).and_then(|before| kinds.get(before)).map(|(.., id)| (*id).to_owned());
        let within = (place > 0 && place < 5).then_some("op-subgraph-1");
        let retried = (id == "op-second-try").then_some("op-first-try");
        let operation = NewOperation {
            id: id.to_owned(),
            name: name.to_owned(),
            kind: kind.to_owned(),
            dependencies: before.into_iter().collect(),
            parameters: json!({
                "current_retries": u8::from(retried.is_some()), "total_retries": 60, "retry_interval": 15,
                "retried_task": retried, "containing_subgraph": within, "info": format!("{name} by hand"),
                "error": (state == "failed").then_some("Agent <b>lost</b> & not found \u{202e}again"),
                "task_kwargs": { "kwargs": { "__cloudify_context": { "node_id": "store_0a1b2c", "node_name": "store",
                    "operation": { "name": name } }, "password": "hunter2" } },
            }),
            state: Some(state.to_owned()),
            created_ms: Some(at + 3_000),
        };
        world.put_operation(operation, graph, "admin");
    }
    if let Some(execution) = world.executions.get_mut(&number) {
        (execution.total, execution.finished) = (7, 8);
    }
}

/// Work of the manager itself.
fn without_deployment(world: &mut World, at: i64) {
    for (nth, (workflow, system)) in [
        ("upload_blueprint", false),
        ("upload_blueprint", false),
        ("create_snapshot", true),
        ("upload_plugin", true),
    ]
    .into_iter()
    .enumerate()
    {
        let (id, at) = (world.uuid(), at + i64::try_from(nth).unwrap_or(0) * 7 * MINUTE);
        let execution = special(world, &id, workflow, None, at);
        let number = world.add(Execution { status: Some(Status::Terminated), system, ..execution });
        give_past(world, number, at + 700, at + 38_000, None);
    }
}

/// Nobody is there who could end these.
fn on_the_dead_worker(world: &mut World, at: i64) {
    for (nth, (status, workflow)) in [
        (Status::Cancelling, "backup"),
        (Status::ForceCancelling, "heal"),
        (Status::KillCancelling, "update"),
        (Status::Started, "execute_operation"),
    ]
    .into_iter()
    .enumerate()
    {
        let (id, created) = (world.uuid(), at + i64::try_from(nth).unwrap_or(0) * 3 * MINUTE);
        let execution = special(world, &id, workflow, Some("lab-noworker"), created);
        let number = world.add(Execution {
            status: Some(status),
            error: Some(String::new()),
            started_ms: Some(created + 1_500),
            manned: true,
            ..execution
        });
        world.now = created + 2_000;
        world.draw_graph(number);
        let first: Vec<u64> = world
            .graphs
            .of_execution(number)
            .flat_map(|graph| world.graphs.of_graph(graph.number))
            .map(|operation| operation.number)
            .take(3)
            .collect();
        for (operation, state) in first.into_iter().zip(["started", "succeeded", "started"]) {
            world.set_state(number, operation, state);
        }
    }
    world.now = at + 40 * MINUTE;
}

fn group(
    id: &str,
    workflow: &'static str,
    deployment_group: &'static str,
    concurrency: i64,
) -> GroupOrder<'static> {
    GroupOrder {
        deployment_group,
        workflow,
        default_parameters: Map::new(),
        parameters: Map::new(),
        force: false,
        concurrency,
        id: Some(id.to_owned()),
        created_by: None,
        created_ms: None,
        associated: None,
    }
}

/// One group that went well and one that did not.
fn ended_groups(world: &mut World, at: i64) {
    for (id, fails) in [("group-patched", false), ("group-unwell", true)] {
        let mut members = Vec::new();
        for (nth, deployment) in
            ["edge-router-01", "edge-router-02", "edge-router-03"].into_iter().enumerate()
        {
            let (execution, created) = (world.uuid(), at + i64::try_from(nth).unwrap_or(0) * MINUTE);
            let execution = special(world, &execution, "heal", Some(deployment), created);
            let failed = fails && nth == 1;
            let status = if failed { Status::Failed } else { Status::Terminated };
            let error = failed.then(|| super::words::Failure::number(2).of_execution("heal"));
            let number = world.add(Execution { status: Some(status), error, ..execution });
            give_past(world, number, created + 1_000, created + 4 * MINUTE, failed.then_some((3, 2)));
            members.push(number);
        }
        let order =
            GroupOrder { associated: Some(members), created_ms: Some(at), ..group(id, "heal", "core", 5) };
        // The group of deployments exists from the beginning.
        drop(world.start_group(&order, DEFAULT, "mona"));
    }
}

/// What is under way when the demo begins.
pub(super) fn add_under_way(world: &mut World) {
    drop(world.start_group(&group("group-running", "heal", "core", 2), DEFAULT, "mona"));
    drop(world.start_group(&group("group-paused", "execute_operation", "night", 0), DEFAULT, "admin"));
    let busy = world.living().find(|execution| execution.is_active() && execution.group.is_some());
    let busy = busy.and_then(|execution| execution.deployment.clone());
    let mut parameters = Map::new();
    parameters.insert("target".to_owned(), Value::from("s3://vault/after-heal"));
    if let Some(deployment) = busy {
        drop(world.start(&waiting_backup(&deployment, &parameters), DEFAULT, "mona"));
    }
}

fn waiting_backup<'a>(deployment: &'a str, parameters: &Map<String, Value>) -> Order<'a> {
    Order { deployment, workflow: "backup", parameters: parameters.clone(), queue: true, ..Order::default() }
}
