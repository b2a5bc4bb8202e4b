//! Events and logs: written from the marks of executions and groups when they are read, and those that somebody
//! sent. It must not know how they are asked for.

use std::rc::Rc;

use serde_json::{Map, Value, json};

use super::super::accounts::Tenant;
use super::World;
use super::execution::Execution;
use super::groups::{Group, Told};
use super::marks::{Mark, What};
use super::script::{self, Kind, Task};
use super::status::Status;
use super::words::{Failure, LOGS};

/// An event or log that somebody sent.
#[derive(Debug)]
pub(in crate::cloudify) struct Posted {
    pub(in crate::cloudify) id: u64,
    pub(in crate::cloudify) log: bool,
    pub(in crate::cloudify) at_ms: i64,
    pub(in crate::cloudify) reported_ms: i64,
    pub(in crate::cloudify) tenant: Tenant,
    /// Of this execution, or else of this group.
    pub(in crate::cloudify) execution: Option<u64>,
    pub(in crate::cloudify) group: Option<String>,
    pub(in crate::cloudify) fields: Map<String, Value>,
}

/// A part of an execution's events that was deleted.
#[derive(Debug)]
struct Cut {
    execution: u64,
    log: bool,
    range: (i64, i64),
    /// What came later is not meant.
    before: u64,
}

#[derive(Default)]
pub(super) struct Events {
    last: u64,
    posted: Vec<Posted>,
    cuts: Vec<Cut>,
}

impl Events {
    pub(super) fn next_id(&mut self) -> u64 {
        self.last += 1;
        self.last
    }

    /// Reserves so many ids and gives the first.
    pub(super) fn reserve(&mut self, count: usize) -> u64 {
        let first = self.last + 1;
        self.last += u64::try_from(count).unwrap_or(0);
        first
    }

    pub(super) fn forget(&mut self, execution: u64) {
        self.posted.retain(|posted| posted.execution != Some(execution));
        self.cuts.retain(|cut| cut.execution != execution);
    }
}

/// Where events are looked for, before any finer filter. Empty lists stand for everywhere.
#[derive(Debug, Default)]
pub(in crate::cloudify) struct Wanted<'a> {
    pub(in crate::cloudify) executions: Vec<&'a str>,
    pub(in crate::cloudify) groups: Vec<&'a str>,
    pub(in crate::cloudify) deployments: Vec<&'a str>,
    pub(in crate::cloudify) blueprints: Vec<&'a str>,
    pub(in crate::cloudify) events: bool,
    pub(in crate::cloudify) logs: bool,
}

impl Wanted<'_> {
    fn fits(&self, execution: &Execution) -> bool {
        let among = |wanted: &[&str], found: Option<&str>| {
            wanted.is_empty() || found.is_some_and(|found| wanted.contains(&found))
        };
        among(&self.executions, Some(&execution.id))
            && among(&self.deployments, execution.deployment.as_deref())
            && among(&self.blueprints, execution.blueprint.as_deref())
            // A member's own events do not carry its group.
            && self.groups.is_empty()
    }

    fn takes(&self, log: bool) -> bool {
        if log { self.logs } else { self.events }
    }
}

enum Source<'a> {
    Mark { execution: &'a Execution, what: What, tasks: Rc<Vec<Task>> },
    Posted { posted: &'a Posted, execution: Option<&'a Execution> },
    Told { group: &'a Group, told: &'a Told },
}

/// One event or log as it is read.
pub(in crate::cloudify) struct EventView<'a> {
    pub(in crate::cloudify) id: u64,
    pub(in crate::cloudify) log: bool,
    /// When it was stored.
    pub(in crate::cloudify) at_ms: i64,
    pub(in crate::cloudify) reported_ms: i64,
    source: Source<'a>,
}

/// Storing takes a moment.
fn stored(at_ms: i64, id: u64) -> i64 {
    at_ms + 3 + i64::try_from(id % 23).unwrap_or(0)
}

impl World {
    pub(in crate::cloudify) fn events(&self, tenant: Tenant, wanted: &Wanted<'_>) -> Vec<EventView<'_>> {
        let mut found = Vec::new();
        for execution in self.executions().filter(|e| e.tenant == tenant && wanted.fits(e)) {
            self.of_execution(execution, wanted, &mut found);
        }
        for posted in self.events.posted.iter().filter(|p| p.tenant == tenant && wanted.takes(p.log)) {
            let execution = posted.execution.and_then(|number| self.execution(number));
            let fits = execution.map_or_else(
                || posted.group.as_deref().is_some_and(|group| wanted.groups.contains(&group)),
                |execution| wanted.fits(execution),
            );
            if fits {
                found.push(EventView {
                    id: posted.id,
                    log: posted.log,
                    at_ms: posted.at_ms,
                    reported_ms: posted.reported_ms,
                    source: Source::Posted { posted, execution },
                });
            }
        }
        if wanted.events
            && wanted.executions.is_empty()
            && wanted.deployments.is_empty()
            && wanted.blueprints.is_empty()
        {
            let asked =
                |group: &&Group| wanted.groups.is_empty() || wanted.groups.contains(&group.id.as_str());
            for group in self.groups.iter().filter(|group| group.tenant == tenant).filter(asked) {
                found.extend(group.told.iter().map(|told| EventView {
                    id: told.id,
                    log: false,
                    at_ms: stored(told.at_ms, told.id),
                    reported_ms: told.at_ms,
                    source: Source::Told { group, told },
                }));
            }
        }
        found.sort_by_key(|event| (event.at_ms, event.id));
        found
    }

    fn of_execution<'a>(
        &self,
        execution: &'a Execution,
        wanted: &Wanted<'_>,
        found: &mut Vec<EventView<'a>>,
    ) {
        if execution.past.is_none() && execution.marks.is_empty() {
            return;
        }
        let tasks = Rc::new(self.script_of(execution.number));
        let past = execution.past.map(|past| past.marks(&tasks)).unwrap_or_default();
        let cuts: Vec<&Cut> =
            self.events.cuts.iter().filter(|cut| cut.execution == execution.number).collect();
        for Mark { id, at_ms, what } in past.into_iter().chain(execution.marks.iter().copied()) {
            let (log, at) = (what.is_log(), stored(at_ms, id));
            let cut = cuts
                .iter()
                .any(|cut| cut.log == log && id < cut.before && (cut.range.0..cut.range.1).contains(&at));
            if wanted.takes(log) && !cut {
                let source = Source::Mark { execution, what, tasks: Rc::clone(&tasks) };
                found.push(EventView { id, log, at_ms: at, reported_ms: at_ms, source });
            }
        }
    }

    pub(in crate::cloudify) fn post_event(&mut self, mut posted: Posted) {
        posted.id = self.events.next_id();
        self.events.posted.push(posted);
    }

    /// Deletes the events of a deployment's executions and says how many there were.
    pub(in crate::cloudify) fn delete_events(
        &mut self,
        tenant: Tenant,
        wanted: &Wanted<'_>,
        range: (i64, i64),
    ) -> usize {
        let inside = |at: i64| (range.0..range.1).contains(&at);
        let count = self.events(tenant, wanted).iter().filter(|event| inside(event.at_ms)).count();
        let numbers: Vec<u64> = self
            .executions()
            .filter(|execution| execution.tenant == tenant && wanted.fits(execution))
            .map(|execution| execution.number)
            .collect();
        let before = self.events.next_id();
        self.events.posted.retain(|posted| {
            !(posted.execution.is_some_and(|number| numbers.contains(&number))
                && wanted.takes(posted.log)
                && inside(posted.at_ms))
        });
        for log in [false, true].into_iter().filter(|log| wanted.takes(*log)) {
            let cuts = numbers.iter().map(|execution| Cut { execution: *execution, log, range, before });
            self.events.cuts.extend(cuts);
        }
        count
    }
}

fn quoted(tasks: &[Task], at: usize) -> (String, &'static str, Kind) {
    tasks.get(at).map_or_else(
        || ("unknown".to_owned(), "", Kind::Remote),
        |task| (task.name.clone(), task.node, task.kind),
    )
}

/// Type and text of an event, or level and text of a log.
fn words(execution: &Execution, what: What, tasks: &[Task]) -> (&'static str, String) {
    let workflow = &execution.workflow;
    let task = |at: usize| quoted(tasks, at).0;
    match what {
        What::Started { resumed } => {
            let verb = if resumed { "Resuming" } else { "Starting" };
            let dry = if execution.dry_run { " (dry run)" } else { "" };
            ("workflow_started", format!("{verb} '{workflow}' workflow execution{dry}"))
        }
        What::SubgraphStarted(at) => ("task_started", format!("Subgraph started '{}'", task(at))),
        What::SubgraphDone(at) => ("task_succeeded", format!("Subgraph succeeded '{}'", task(at))),
        What::Sending(at) => ("sending_task", format!("Sending task '{}'", task(at))),
        What::Begun(at) => ("task_started", format!("Task started '{}'", task(at))),
        What::Log(_, text) => LOGS
            .get(text % LOGS.len())
            .map_or(("info", String::new()), |(level, text)| (*level, (*text).to_owned())),
        What::Done(at) => match quoted(tasks, at) {
            (name, node, Kind::SetState) => {
                let state = name.rsplit(':').next().unwrap_or_default();
                ("workflow_node_event", format!("Node instance of {node} is {state}"))
            }
            (_, node, Kind::NodeEvent) => ("workflow_node_event", format!("Working on node {node}")),
            (name, _, _) => ("task_succeeded", format!("Task succeeded '{name}'")),
        },
        What::Rescheduled(at, failure) => {
            let failure = Failure::number(failure);
            (
                "task_rescheduled",
                format!("Task rescheduled '{}' -> {} [retry 1/60]", task(at), failure.message),
            )
        }
        What::Failed(at, failure) => {
            ("task_failed", format!("Task failed '{}' -> {}", task(at), Failure::number(failure).message))
        }
        What::CancelAsked(status) => ("workflow_stage", format!("The execution is now '{}'", status.name())),
        What::Ended(Status::Terminated) => {
            ("workflow_succeeded", format!("'{workflow}' workflow execution succeeded"))
        }
        What::Ended(Status::Cancelled) => {
            ("workflow_cancelled", format!("'{workflow}' workflow execution cancelled"))
        }
        What::Ended(_) => {
            let error = execution.error.as_deref().unwrap_or_default();
            let last = error.trim_end().lines().last().unwrap_or("no reason was given");
            ("workflow_failed", format!("'{workflow}' workflow execution failed: {last}"))
        }
    }
}

impl EventView<'_> {
    pub(in crate::cloudify) fn value(&self, field: &str) -> Value {
        match field {
            "_storage_id" => return self.id.into(),
            "type" => return if self.log { "cloudify_log" } else { "cloudify_event" }.into(),
            "timestamp" => return super::super::dates::value(Some(self.at_ms)),
            "reported_timestamp" => return super::super::dates::value(Some(self.reported_ms)),
            _ => {}
        }
        match &self.source {
            Source::Told { group, told } => match field {
                "message" => told.text.as_str().into(),
                "event_type" => "execution_state_change".into(),
                "execution_group_id" => group.id.as_str().into(),
                _ => Value::Null,
            },
            Source::Posted { posted, execution } => posted.fields.get(field).cloned().unwrap_or_else(|| {
                let group = posted.group.as_deref().filter(|_| field == "execution_group_id");
                execution.map_or_else(|| group.into(), |execution| of_execution(execution, field))
            }),
            Source::Mark { execution, what, tasks } => of_mark(execution, *what, tasks, field),
        }
    }
}

fn of_execution(execution: &Execution, field: &str) -> Value {
    match field {
        "execution_id" => execution.id.as_str().into(),
        "workflow_id" => execution.workflow.as_str().into(),
        "deployment_id" => execution.deployment.as_deref().into(),
        "deployment_display_name" => execution.display_name.as_deref().into(),
        "blueprint_id" => execution.blueprint.as_deref().into(),
        _ => Value::Null,
    }
}

fn of_mark(execution: &Execution, what: What, tasks: &[Task], field: &str) -> Value {
    let at = match what {
        What::SubgraphStarted(at) | What::SubgraphDone(at) | What::Sending(at) | What::Begun(at) => Some(at),
        What::Log(at, _) | What::Done(at) | What::Rescheduled(at, _) | What::Failed(at, _) => Some(at),
        What::Started { .. } | What::CancelAsked(_) | What::Ended(_) => None,
    };
    let task = at.and_then(|at| tasks.get(at));
    let deployment = execution.deployment.as_deref().unwrap_or_default();
    match field {
        "message" => words(execution, what, tasks).1.into(),
        "event_type" | "level" => words(execution, what, tasks).0.into(),
        "logger" => format!("ctx.{}", task.map_or("workflow", |task| task.node)).into(),
        "error_causes" => match what {
            What::Failed(_, failure) | What::Rescheduled(_, failure) => {
                let failure = Failure::number(failure);
                json!([{ "message": failure.message, "type": failure.kind, "traceback": failure.traceback() }])
            }
            _ => Value::Null,
        },
        "operation" => task.map(|task| task.operation).filter(|operation| !operation.is_empty()).into(),
        "node_name" => task.map(|task| task.node).into(),
        "node_instance_id" => task.map(|task| script::instance(deployment, task.node)).into(),
        "manager_name" => "manager-1.example".into(),
        _ => of_execution(execution, field),
    }
}
