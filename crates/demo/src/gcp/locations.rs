//! The locations of a project. It must not know operations.

use axum::response::Response;
use serde_json::{Value, json};

use super::access::Caller;
use super::status::{Refusal, ok};
use super::{LOCATIONS, Location};

fn described(project: &str, location: &Location) -> Value {
    json!({
        "name": format!("projects/{project}/locations/{}", location.id),
        "locationId": location.id,
        "displayName": location.display,
        "labels": { "cloud.googleapis.com/region": location.id },
    })
}

/// One that cannot be reached is still listed.
pub(super) fn list(caller: Caller<'_>, project: &str) -> Result<Response, Refusal> {
    caller.may("locations.list", project, &format!("projects/{project}"))?;
    let all: Vec<Value> = LOCATIONS.iter().map(|location| described(project, location)).collect();
    Ok(ok(&json!({ "locations": all })))
}

pub(super) fn get(caller: Caller<'_>, project: &str, id: &str) -> Result<Response, Refusal> {
    let name = format!("projects/{project}/locations/{id}");
    caller.may("locations.get", project, &name)?;
    let found = LOCATIONS.iter().find(|location| location.id == id);
    found.map(|location| ok(&described(project, location))).ok_or_else(|| Refusal::not_found(&name))
}
