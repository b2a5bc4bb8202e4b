//! To the wire: the calls of section 3.2 of docs/DIALECTS.md. The project and the location are parts of the path.

use super::{actions, filter, filters, name};
use crate::dialect::{ActionCall, BuildError, Endpoint, Key, ServerQuery, segment};
use crate::http::sign_in::BEARER;
use crate::http::{ApiRequest, HeaderValue, Method, Secret, encode_query};
use crate::text::t;

/// A URL longer than this is sent as a form, as Google's own client does.
const LONGEST_URL: usize = 2_048;

/// The project that a list is about: the pinned one, else the one asked for.
fn project<'a>(at: &'a Endpoint, query: &'a ServerQuery) -> Result<&'a str, BuildError> {
    let asked = at.tenant.as_deref().or_else(|| query.get(filters::PROJECT)).map(str::trim);
    asked
        .filter(|project| !project.is_empty())
        .ok_or(BuildError::Missing("Choose a project: operations are listed by project and location."))
}

/// `GET {base}/v1/projects/{p}/locations/{l}/operations`; without a location, those of all locations.
pub(super) fn list(at: &Endpoint, query: &ServerQuery) -> Result<ApiRequest, BuildError> {
    let location = query.get(filters::LOCATION).map(str::trim).filter(|location| !location.is_empty());
    let parent = name::parent(project(at, query)?, location.unwrap_or("-"))?;
    if let Some(text) = query.get(filters::FILTER) {
        filter::check(text).map_err(BuildError::Invalid)?;
    }
    let asked = query.params.iter().map(|(name, value)| (*name, value.as_str()));
    let sent = asked.filter(|(name, _)| *name != filters::PROJECT && *name != filters::LOCATION);
    let params = encode_query(sent.chain(query.page.as_deref().map(|page| ("pageToken", page))));
    let url = address(at, &[&parent, "/operations"])?;
    Ok(if url.len() + 1 + params.len() > LONGEST_URL {
        as_form(at, url, params)
    } else if params.is_empty() {
        signed(at, Method::Get, url)
    } else {
        let mut url = url;
        url.push('?');
        url.push_str(&params);
        signed(at, Method::Get, url)
    })
}

/// Still a read, although the method says otherwise.
fn as_form(at: &Endpoint, url: String, params: String) -> ApiRequest {
    let mut request = signed(at, Method::Post, url).header("x-http-method-override", "GET");
    request
        .headers
        .push(("content-type", HeaderValue::Plain("application/x-www-form-urlencoded".to_owned())));
    request.body = Some(Secret::new(params));
    request
}

/// `GET {base}/v1/projects/{p}/locations`.
pub(super) fn locations(at: &Endpoint, query: &ServerQuery) -> Result<ApiRequest, BuildError> {
    let project = segment(project(at, query)?)?;
    Ok(signed(at, Method::Get, address(at, &["projects/", &project, "/locations"])?))
}

/// `GET {base}/v1/{name}`.
pub(super) fn get(at: &Endpoint, key: &Key) -> Result<ApiRequest, BuildError> {
    Ok(signed(at, Method::Get, address(at, &[&path(at, key)?])?))
}

/// `POST {base}/v1/{name}:cancel` with an empty object, and `DELETE {base}/v1/{name}`.
pub(super) fn act(at: &Endpoint, call: &ActionCall) -> Result<ApiRequest, BuildError> {
    let path = path(at, &call.key)?;
    match call.action {
        actions::CANCEL => {
            Ok(signed(at, Method::Post, address(at, &[&path, ":cancel"])?).json("{}".to_owned()))
        }
        actions::DELETE => Ok(signed(at, Method::Delete, address(at, &[&path])?)),
        _ => Err(BuildError::NotOffered),
    }
}

fn path(at: &Endpoint, key: &Key) -> Result<String, BuildError> {
    let name = key.id.trim();
    if name.is_empty() {
        return Err(BuildError::EmptyId);
    }
    let why = "An operation's name has the form projects/…/locations/…/operations/….";
    name::Name::read(name).ok_or_else(|| BuildError::Invalid(t(why).to_owned()))?.path(at.tenant.as_deref())
}

fn address(at: &Endpoint, parts: &[&str]) -> Result<String, BuildError> {
    let mut url = at.base()?.to_owned();
    url.push_str("/v1/");
    for part in parts {
        url.push_str(part);
    }
    Ok(url)
}

fn signed(at: &Endpoint, method: Method, url: String) -> ApiRequest {
    BEARER.sign(ApiRequest::new(method, url), at.session.as_ref())
}

#[cfg(test)]
#[path = "request_tests.rs"]
mod tests;
