//! The four calls on operations. It must not know how an operation comes to its end.

use axum::http::StatusCode;
use axum::response::Response;
use serde_json::{Map, Value, json};

use super::access::Caller;
use super::filter::Filter;
use super::paging::{self, Pages};
use super::status::{Refusal, ok};
use super::{ANY, Asked, LOCATIONS, Place, carefully, fault, odd, world};
use crate::answer;
use crate::fault::Fault;

/// So many rows are looked at for one page, so a page may be short, or empty, and yet not the last.
const LOOKED_AT: usize = 2_000;
/// The project whose service does not offer the list.
const NO_LIST: &str = "nolist";
/// Operations whose id ends so cannot be cancelled.
const NO_CANCEL: &str = "-nocancel";
/// Operations whose id ends so insist on the right state for a cancel or a delete.
const STRICT: &str = "-strict";

pub(super) async fn list(
    asked: &Asked<'_>,
    caller: Caller<'_>,
    place: Place<'_>,
) -> Result<Response, Refusal> {
    caller.may("operations.list", place.project, &place.name())?;
    if place.project == NO_LIST {
        let method = "google.longrunning.Operations.ListOperations";
        return Err(Refusal::unimplemented(method, "Listing operations is not supported in this project."));
    }
    let text = asked.parameter("filter").unwrap_or_default();
    let filter =
        Filter::parse(text).map_err(|trouble| Refusal::argument("filter", &format!("{trouble}.")))?;
    let fault = fault(asked, caller, std::iter::once(place.location).chain(filter.sentinels()))?;
    if let Some(Fault::Odd(family)) = &fault {
        return Ok(answer::json(StatusCode::OK, odd::list(*family)));
    }
    // Under a location that only names a fault, the good answer is that of the first real one.
    let [first, ..] = &LOCATIONS;
    let location = if Fault::sentinel(place.location).is_some() { first.id } else { place.location };
    let place = Place { location, ..place };
    Ok(carefully(asked, fault, || page(asked, place, text, &filter)).await)
}

fn page(asked: &Asked<'_>, place: Place<'_>, text: &str, filter: &Filter) -> Result<Response, Refusal> {
    let size = paging::size(asked.parameter("pageSize"))?;
    let everywhere = place.location == ANY;
    let unreachable: Vec<String> = LOCATIONS
        .iter()
        .filter(|location| everywhere && !location.reachable)
        .map(|location| Place { location: location.id, ..place }.name())
        .collect();
    if let Some(name) = unreachable.first()
        && !asked.flag("returnPartialSuccess")?
    {
        return Err(Refusal::unreachable(name));
    }
    if !everywhere {
        place.known()?;
    }
    let name = place.name();
    let pages = Pages { seed: asked.demo.config().seed, name: &name, filter: text };
    let token = asked.parameter("pageToken").filter(|token| !token.is_empty());
    let before = token.map(|token| pages.mark(token, asked.demo.now_ms())).transpose()?;
    Ok(world::with(asked.demo, |world, now| {
        let mut rows = Vec::new();
        let mut next = None;
        let mut last = None;
        for (looked_at, (at, operation)) in world.newest_first(before, now).enumerate() {
            if rows.len() == size || looked_at == LOOKED_AT {
                next = last;
                break;
            }
            last = Some(at);
            let here =
                operation.project == place.project && (everywhere || operation.location == place.location);
            let standing = operation.standing(now);
            if here && filter.matches(&standing) {
                rows.push(standing.json());
            }
        }
        let mut body = Map::new();
        if !rows.is_empty() {
            body.insert("operations".to_owned(), rows.into());
        }
        if let Some(mark) = next {
            body.insert("nextPageToken".to_owned(), pages.token(mark, now).into());
        }
        if !unreachable.is_empty() {
            body.insert("unreachable".to_owned(), unreachable.into());
        }
        ok(&Value::Object(body))
    }))
}

fn full_name(place: Place<'_>, id: &str) -> String {
    format!("{}/operations/{id}", place.name())
}

/// What every call on one operation begins with: permission, then faults.
fn begin(
    asked: &Asked<'_>,
    caller: Caller<'_>,
    (place, id): (Place<'_>, &str),
    permission: &str,
) -> Result<Option<Fault>, Refusal> {
    caller.may(permission, place.project, &full_name(place, id))?;
    fault(asked, caller, [place.location, id])
}

/// A location that only names a fault is no place to look.
fn reachable(place: Place<'_>) -> Result<(), Refusal> {
    if Fault::sentinel(place.location).is_some() { Ok(()) } else { place.known().map(|_| ()) }
}

pub(super) async fn get(
    asked: &Asked<'_>,
    caller: Caller<'_>,
    place: Place<'_>,
    id: &str,
) -> Result<Response, Refusal> {
    let fault = begin(asked, caller, (place, id), "operations.get")?;
    let work = || {
        let name = full_name(place, id);
        if let Some(text) = odd::record(id) {
            return Ok(answer::json(StatusCode::OK, text));
        }
        reachable(place)?;
        world::with(asked.demo, |world, now| {
            let operation = world.find(&name, now).ok_or_else(|| Refusal::not_found(&name))?;
            Ok(ok(&operation.standing(now).json()))
        })
    };
    Ok(carefully(asked, fault, work).await)
}

pub(super) async fn cancel(
    asked: &Asked<'_>,
    caller: Caller<'_>,
    place: Place<'_>,
    id: &str,
) -> Result<Response, Refusal> {
    let fault = begin(asked, caller, (place, id), "operations.cancel")?;
    let work = || {
        let name = full_name(place, id);
        reachable(place)?;
        world::with(asked.demo, |world, now| {
            let operation = world.find(&name, now).ok_or_else(|| Refusal::not_found(&name))?;
            if id.ends_with(NO_CANCEL) {
                let method = "google.longrunning.Operations.CancelOperation";
                return Err(Refusal::unimplemented(method, "Operation cannot be cancelled."));
            }
            let standing = operation.standing(now);
            if standing.is_done() && id.ends_with(STRICT) {
                return Err(Refusal::precondition(&name, "The operation is done and cannot be cancelled."));
            }
            if !standing.is_done() && operation.asked_ms.is_none_or(|asked| asked > now) {
                operation.asked_ms = Some(now);
            }
            Ok(ok(&json!({})))
        })
    };
    Ok(carefully(asked, fault, work).await)
}

pub(super) async fn delete(
    asked: &Asked<'_>,
    caller: Caller<'_>,
    place: Place<'_>,
    id: &str,
) -> Result<Response, Refusal> {
    let fault = begin(asked, caller, (place, id), "operations.delete")?;
    let work = || {
        let name = full_name(place, id);
        reachable(place)?;
        world::with(asked.demo, |world, now| {
            let operation = world.find(&name, now).ok_or_else(|| Refusal::not_found(&name))?;
            if !operation.standing(now).is_done() && id.ends_with(STRICT) {
                return Err(Refusal::precondition(&name, "The operation is running and cannot be deleted."));
            }
            // The work goes on; only the record is gone.
            operation.deleted = true;
            Ok(ok(&json!({})))
        })
    };
    Ok(carefully(asked, fault, work).await)
}
