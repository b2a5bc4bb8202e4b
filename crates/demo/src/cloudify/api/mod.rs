//! The resources, and which of them answers on which path. It must not know how a request is judged.

mod catalogue;
mod events;
mod executions;
mod groups;
mod health;
mod operations;
mod people;
mod starting;

use axum::Router;
use axum::routing::MethodFilter;

use self::catalogue as shelf;
use super::accounts::May;
use super::door::{Needs, gate, verbs};
use super::odd::Kind;
use crate::demo::Demo;

const GET: MethodFilter = MethodFilter::GET;
const POST: MethodFilter = MethodFilter::POST;
const PUT: MethodFilter = MethodFilter::PUT;
const PATCH: MethodFilter = MethodFilter::PATCH;
const DELETE: MethodFilter = MethodFilter::DELETE;

const fn list(name: &'static str) -> Needs {
    Needs::Listing(May::Read(name))
}

const fn read(name: &'static str) -> Needs {
    Needs::Tenant(May::Read(name))
}

const fn write(name: &'static str) -> Needs {
    Needs::Tenant(May::Write(name))
}

pub(super) fn routes(version: &str, mount: &str) -> Router<Demo> {
    let path = |rest: &str| format!("{version}{rest}");
    signing_in(version)
        .merge(health_routes(version, mount))
        .merge(shelf_routes(version))
        .merge(work_routes(version))
        .route(
            &path("/executions"),
            verbs([
                (GET, gate(list("execution_list"), executions::list).odd(Kind::Executions)),
                (POST, gate(write("execution_start"), starting::start).with_body()),
                (
                    DELETE,
                    gate(Needs::Listing(May::Write("execution_delete")), executions::delete).with_body(),
                ),
            ]),
        )
        .route(
            &path("/executions/{id}"),
            verbs([
                (GET, gate(read("execution_get"), executions::get).odd(Kind::Executions)),
                (POST, gate(write("execution_cancel"), executions::act).with_body()),
                (PATCH, gate(write("execution_status_update"), executions::patch).with_body()),
            ]),
        )
        .route(
            &path("/executions/{id}/should-start"),
            verbs([(GET, gate(read("execution_should_start"), executions::should_start))]),
        )
        .route(
            &path("/summary/executions"),
            verbs([(GET, gate(list("execution_list"), executions::summary))]),
        )
        .route(
            &path("/execution-schedules"),
            verbs([(GET, gate(list("execution_schedule_list"), starting::schedules))]),
        )
        .route(
            &path("/execution-groups"),
            verbs([
                (GET, gate(list("execution_group_list"), groups::list)),
                (POST, gate(write("execution_group_create"), groups::start).with_body()),
            ]),
        )
        .route(
            &path("/execution-groups/{id}"),
            verbs([
                (GET, gate(list("execution_group_get"), groups::get)),
                (POST, gate(write("execution_group_cancel"), groups::act).with_body()),
                (PATCH, gate(write("execution_group_update"), groups::patch).with_body()),
            ]),
        )
}

fn signing_in(version: &str) -> Router<Demo> {
    let path = |rest: &str| format!("{version}{rest}");
    Router::new()
        .route(
            &path("/tokens"),
            verbs([
                (GET, gate(Needs::User, people::tokens)),
                (POST, gate(Needs::User, people::new_token).with_body()),
            ]),
        )
        .route(
            &path("/tokens/{id}"),
            verbs([(GET, gate(Needs::User, people::token)), (DELETE, gate(Needs::User, people::end_token))]),
        )
        .route(&path("/tenants"), verbs([(GET, gate(Needs::User, people::tenants))]))
        // Tenants are only looked at; changing them is left to the premium edition, whatever the path says.
        .route(
            &path("/tenants/{id}"),
            verbs([
                (GET, gate(Needs::User, people::tenant)),
                (POST, gate(Needs::User, people::premium)),
                (PUT, gate(Needs::User, people::premium)),
                (PATCH, gate(Needs::User, people::premium)),
                (DELETE, gate(Needs::User, people::premium)),
            ]),
        )
        .route(&path("/user"), verbs([(GET, gate(Needs::User, people::user))]))
        .route(&path("/permissions"), verbs([(GET, gate(Needs::User, people::permissions))]))
        .route(&path("/users"), verbs([(GET, gate(Needs::User, people::premium))]))
        .route(&path("/license"), verbs([(GET, gate(Needs::User, people::premium).always())]))
}

fn health_routes(version: &str, mount: &str) -> Router<Demo> {
    let path = |rest: &str| format!("{version}{rest}");
    let version_gate = gate(Needs::User, health::version).always();
    Router::new()
        .route(&format!("{mount}/api/version"), verbs([(GET, version_gate)]))
        .route(&path("/version"), verbs([(GET, version_gate)]))
        .route(&path("/status"), verbs([(GET, gate(Needs::User, health::status).always())]))
        .route(&path("/ok"), verbs([(GET, gate(Needs::Nobody, health::ok).always())]))
        .route(&path("/config"), verbs([(GET, gate(Needs::User, health::config).always())]))
        .route(&path("/maintenance"), verbs([(GET, gate(Needs::User, health::maintenance).always())]))
        .route(
            &path("/maintenance/{id}"),
            verbs([(POST, gate(Needs::User, health::set_maintenance).always())]),
        )
}

fn shelf_routes(version: &str) -> Router<Demo> {
    let path = |rest: &str| format!("{version}{rest}");
    Router::new()
        .route(&path("/deployments"), verbs([(GET, gate(list("deployment_list"), shelf::deployments))]))
        .route(&path("/deployments/{id}"), verbs([(GET, gate(read("deployment_get"), shelf::deployment))]))
        .route(
            &path("/searches/deployments"),
            verbs([(POST, gate(list("deployment_list"), shelf::search_deployments).with_body())]),
        )
        .route(&path("/blueprints"), verbs([(GET, gate(list("blueprint_list"), shelf::blueprints))]))
        .route(&path("/blueprints/{id}"), verbs([(GET, gate(read("blueprint_get"), shelf::blueprint))]))
        .route(&path("/workflows"), verbs([(GET, gate(list("deployment_list"), shelf::workflows))]))
        .route(
            &path("/searches/workflows"),
            verbs([(POST, gate(list("deployment_list"), shelf::search_workflows).with_body())]),
        )
        .route(
            &path("/deployment-groups"),
            verbs([(GET, gate(list("deployment_group_list"), groups::targets))]),
        )
        .route(
            &path("/deployment-groups/{id}"),
            verbs([
                (GET, gate(read("deployment_group_get"), groups::target)),
                (PUT, gate(write("deployment_group_create"), groups::put_target).with_body()),
            ]),
        )
}

fn work_routes(version: &str) -> Router<Demo> {
    let path = |rest: &str| format!("{version}{rest}");
    let operations = Needs::Tenant(May::Operations);
    Router::new()
        .route(&path("/tasks_graphs"), verbs([(GET, gate(operations, operations::graphs))]))
        .route(
            &path("/tasks_graphs/{id}"),
            verbs([
                (POST, gate(operations, operations::add_graph).with_body()),
                (PATCH, gate(operations, operations::patch_graph).with_body()),
            ]),
        )
        .route(
            &path("/operations"),
            verbs([
                (GET, gate(operations, operations::list).odd(Kind::Operations)),
                (POST, gate(operations, operations::act).with_body()),
            ]),
        )
        .route(
            &path("/operations/{id}"),
            verbs([
                (GET, gate(operations, operations::get).odd(Kind::Operations)),
                (PUT, gate(operations, operations::put).with_body()),
                (PATCH, gate(operations, operations::patch).with_body()),
                (DELETE, gate(operations, operations::delete)),
            ]),
        )
        .route(
            &path("/events"),
            verbs([
                (GET, gate(read("event_list"), events::list).odd(Kind::Events)),
                (POST, gate(write("event_create"), events::post).with_body()),
                (DELETE, gate(write("event_delete"), events::delete)),
            ]),
        )
}
