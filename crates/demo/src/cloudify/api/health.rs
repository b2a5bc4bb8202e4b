//! How the manager itself is: version, services, settings, maintenance. It must not know executions.

use serde_json::{Value, json};

use super::super::accounts::{DEFAULT, May};
use super::super::call::Call;
use super::super::dates;
use super::super::door::Reply;
use super::super::manager::Manager;
use super::super::refusal::{Outcome, Refusal};

pub(super) fn version(_: &mut Manager, _: &Call<'_>) -> Outcome<Reply> {
    Reply::ok(
        &json!({ "edition": "community", "version": "7.0.5.dev1", "build": null, "date": null, "commit": null,
                       "distribution": "debian", "distro_release": "bookworm" }),
    )
}

pub(super) fn ok(_: &mut Manager, _: &Call<'_>) -> Outcome<Reply> {
    Reply::ok(&json!("OK"))
}

pub(super) fn status(_: &mut Manager, call: &Call<'_>) -> Outcome<Reply> {
    const SERVICES: [&str; 7] = [
        "Webserver",
        "Management Worker",
        "Manager Rest-Service",
        "Cloudify API",
        "Cloudify Execution Scheduler",
        "RabbitMQ",
        "PostgreSQL",
    ];
    let service = |name: &&str| {
        let info = json!({ "systemd": { "instances": [{ "state": "running" }] } });
        ((*name).to_owned(), json!({ "status": "Active", "is_remote": false, "extra_info": info }))
    };
    let services: serde_json::Map<String, Value> = match call.query.flag("summary")? {
        true => serde_json::Map::new(),
        false => SERVICES.iter().map(service).collect(),
    };
    Reply::ok(&json!({ "status": "OK", "services": services }))
}

pub(super) fn config(_: &mut Manager, call: &Call<'_>) -> Outcome<Reply> {
    let settings = [("default_page_size", 1000), ("max_concurrent_workflows", 20), ("subgraph_retries", 0)];
    let item = |(name, value): (&str, i64)| {
        json!({ "name": name, "value": value, "schema": { "type": "number", "minimum": 0 }, "scope": ["rest"],
                "is_editable": true, "admin_only": false, "updater_name": null, "updated_at": null,
                "description": null })
    };
    let named = call.query.one("name");
    let items: Vec<Value> =
        settings.into_iter().filter(|(name, _)| named.is_none_or(|named| named == *name)).map(item).collect();
    Reply::ok(&json!({ "items": items, "metadata": {} }))
}

fn shown(manager: &Manager) -> Value {
    match manager.maintenance.active {
        None => json!({ "status": "deactivated", "activated_at": "", "activation_requested_at": "",
                        "remaining_executions": null, "requested_by": "" }),
        Some((since, by)) => {
            let since = dates::shown(since);
            json!({ "status": "activated", "activated_at": since, "activation_requested_at": since,
                    "remaining_executions": null, "requested_by": by })
        }
    }
}

pub(super) fn maintenance(manager: &mut Manager, _: &Call<'_>) -> Outcome<Reply> {
    Reply::ok(&shown(manager))
}

/// `activate` or `deactivate`; what is so already is not modified.
pub(super) fn set_maintenance(manager: &mut Manager, call: &Call<'_>) -> Outcome<Reply> {
    if !call.user.may(May::Administer("maintenance_mode_set"), DEFAULT) {
        return Err(Refusal::forbidden(format!(
            "User `{}` is not permitted to perform the action maintenance_mode_set",
            call.user.name
        )));
    }
    let active = match call.id() {
        "activate" => true,
        "deactivate" => false,
        other => {
            return Err(Refusal::bad(format!(
                "Invalid action: {other}, Valid action values are: ['activate', 'deactivate']"
            )));
        }
    };
    if manager.maintenance.active.is_some() == active {
        return Err(Refusal::NotModified);
    }
    manager.maintenance.active = active.then_some((call.now, call.user.name));
    Reply::ok(&shown(manager))
}
