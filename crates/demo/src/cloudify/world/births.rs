//! Work that comes up by itself, so that the demo lives: now and then somebody starts something, rarely on a whole
//! group, and sometimes gives up on it. It must not know how work is done.

use serde_json::{Map, Value, json};

use super::actions::Action;
use super::execution::Plan;
use super::groups::GroupOrder;
use super::script::{self, Kind};
use super::start::Order;
use super::status::Status;
use super::words::{FAILURES, PEOPLE};
use super::{Due, World, workflows};
use crate::chance::Chance;

/// How far apart births are at the least and at the most.
const APART_MS: (i64, i64) = (35_000, 65_000);
/// Each so many births a whole group is started.
const GROUP_EVERY: u64 = 24;

/// What is started, and how often compared with the others.
const WORKFLOWS: [(&str, u64); 6] = [
    ("backup", 34),
    ("heal", 18),
    ("execute_operation", 18),
    ("update", 14),
    ("scale", 12),
    ("uninstall", 4),
];

impl World {
    pub(super) fn expect_birth(&mut self, number: u64) {
        let mut chance = Chance::new(self.seed ^ 0x6269_7274, number);
        let after = self.hurried(chance.between(APART_MS.0, APART_MS.1));
        self.appoint(after, Due::Birth(number));
    }

    pub(super) fn bear(&mut self, number: u64) {
        self.expect_birth(number + 1);
        if number % GROUP_EVERY == GROUP_EVERY - 1 {
            return self.bear_group(number);
        }
        let mut chance = Chance::new(self.seed ^ 0x6c69_7665, number);
        let free: Vec<usize> = self
            .deployments
            .iter()
            .enumerate()
            .filter(|(_, d)| d.lively && self.blocker(d.tenant, d.id).is_none())
            .map(|(at, _)| at)
            .collect();
        let Some(deployment) = free.get(chance.index(free.len())).and_then(|at| self.deployments.get(*at))
        else {
            return;
        };
        let workflow = if deployment.installed { drawn(&mut chance) } else { "install" };
        let (tenant, id) = (deployment.tenant, deployment.id);
        let nodes = deployment.blueprint.nodes;
        let (plan, patience) = fate(&mut chance, workflow, nodes);
        let order = Order {
            deployment: id,
            workflow,
            parameters: asked(workflow, &mut chance),
            dry_run: chance.below(20) == 0,
            plan,
            ..Order::default()
        };
        let by = chance.pick(&PEOPLE);
        if let Ok(number) = self.start(&order, tenant, by)
            && let Some(patience) = patience
        {
            let run = self.execution(number).map_or(0, |execution| execution.run);
            let after = self.hurried(patience);
            self.appoint(after, Due::Cancel { number, run });
        }
    }

    fn bear_group(&mut self, number: u64) {
        let order = GroupOrder {
            deployment_group: "core",
            workflow: "heal",
            default_parameters: Map::new(),
            parameters: Map::new(),
            force: false,
            concurrency: 2,
            id: None,
            created_by: None,
            created_ms: None,
            associated: None,
        };
        let by = Chance::new(self.seed, number).pick(&PEOPLE);
        // Whatever refuses it would have refused a person too.
        drop(self.start_group(&order, super::super::accounts::DEFAULT, by));
    }

    pub(super) fn lose_patience(&mut self, number: u64, run: u32) {
        let goes_on = self
            .execution(number)
            .is_some_and(|execution| execution.run == run && execution.status == Some(Status::Started));
        if goes_on {
            // It was checked just now that it can be cancelled.
            drop(self.act(number, Action::Cancel));
        }
    }
}

pub(super) fn drawn(chance: &mut Chance) -> &'static str {
    let all: u64 = WORKFLOWS.iter().map(|(_, weight)| weight).sum();
    let mut at = chance.below(all);
    for (workflow, weight) in WORKFLOWS {
        if at < weight {
            return workflow;
        }
        at -= weight;
    }
    "backup"
}

/// What will go wrong, and after which time somebody gives up.
fn fate(chance: &mut Chance, workflow: &str, nodes: &[&'static str]) -> (Plan, Option<i64>) {
    let tasks = script::script(workflow, nodes, false);
    let remote: Vec<usize> =
        tasks.iter().enumerate().filter(|(_, task)| task.kind == Kind::Remote).map(|(at, _)| at).collect();
    let some_task = remote.get(chance.index(remote.len())).copied();
    let failure = chance.index(FAILURES.len());
    match chance.below(100) {
        0..16 => (Plan { fails: some_task.map(|task| (task, failure)), retries: None }, None),
        16..28 => (Plan { fails: None, retries: some_task }, None),
        28..38 => (Plan::default(), Some(chance.between(6_000, 30_000))),
        _ => (Plan::default(), None),
    }
}

/// What somebody gives along.
pub(super) fn asked(workflow: &str, chance: &mut Chance) -> Map<String, Value> {
    let given = match workflow {
        "backup" => json!({
            "target": format!("s3://vault/{}", chance.pick(&["nightly", "before-change", "週次"])),
            "level": chance.between(1, 9),
            "mode": chance.pick(&["full", "incremental", "differential"]),
        }),
        "scale" => json!({ "scalable_entity_name": "app", "delta": chance.pick(&["1", "2", "-1"]) }),
        "update" => json!({ "version": format!("4.{}.{}", chance.below(9), chance.below(20)),
                            "settings": { "admin_password": "hunter2", "dns": ["10.0.0.2", "10.0.0.3"] } }),
        "execute_operation" => {
            json!({ "operation": chance.pick(&["maintenance.poll", "certs.renew", "logs.rotate"]) })
        }
        _ => json!({}),
    };
    debug_assert!(given.as_object().is_some_and(|given| {
        given.keys().all(|name| workflows::parameters(workflow).contains_key(name))
    }));
    match given {
        Value::Object(given) => given,
        _ => Map::new(),
    }
}
