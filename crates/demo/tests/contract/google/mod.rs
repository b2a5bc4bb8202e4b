//! Google Workload Manager: locations, lists with filters and pages to the last one, get, cancel and delete, and every
//! documented error. Here is what those tests share.

mod faults;
mod lists;
mod one;

use axum::Router;
use longrun_core::dialect::{
    ActionCall, Availability, Dialect, Endpoint, Key, Outcome, PageInfo, ServerQuery, Words, find,
};
use longrun_core::http::sign_in::Session;
use longrun_core::http::{ApiError, Secret};
use longrun_core::model::Operation;

use crate::{read_rows, send};

const KIND: &str = "operations";
const IOWA: &str = "projects/demo/locations/us-central1/operations";

fn google() -> &'static dyn Dialect {
    find("google-lro").unwrap()
}

fn with_token(token: &str) -> Endpoint {
    let session = Session::pasted(Secret::new(token));
    Endpoint { base: "/gcp".into(), tenant: Some("demo".into()), session: Some(session) }
}

fn full() -> Endpoint {
    with_token("ya29.demo")
}

fn query(params: &[(&'static str, &str)]) -> ServerQuery {
    ServerQuery::new(params.iter().map(|(name, value)| (*name, (*value).to_owned())).collect())
}

async fn page(
    router: &Router,
    at: &Endpoint,
    query: &ServerQuery,
) -> Result<(Vec<Operation>, PageInfo), ApiError> {
    let answer = send(router, &google().list(at, KIND, query).unwrap()).await;
    if !answer.is_success() {
        return Err(google().error(&answer));
    }
    Ok(read_rows(google(), KIND, &answer).unwrap_or_else(|error| panic!("{query:?}: {error}")))
}

/// Every page from the first to the last.
async fn all(router: &Router, params: &[(&'static str, &str)]) -> Vec<Operation> {
    let mut query = query(params);
    let mut found = vec![];
    loop {
        let (rows, told) = page(router, &full(), &query).await.unwrap();
        found.extend(rows);
        let Some(next) = told.next else { return found };
        query.page = Some(next);
        assert!(found.len() < 10_000, "pages without end");
    }
}

async fn get(router: &Router, at: &Endpoint, name: &str) -> Result<(Operation, String), ApiError> {
    let answer = send(router, &google().get(at, KIND, &Key::of(name)).unwrap()).await;
    google().parse_get(KIND, &answer, &mut Words::default())
}

async fn shown(router: &Router, id: &str) -> Operation {
    let name = format!("{IOWA}/{id}");
    get(router, &full(), &name).await.unwrap_or_else(|error| panic!("{id}: {error:?}")).0
}

async fn act(router: &Router, at: &Endpoint, action: &'static str, id: &str) -> Result<Outcome, ApiError> {
    let call = ActionCall { action, key: Key::of(format!("{IOWA}/{id}")), inputs: vec![] };
    let answer = send(router, &google().act(at, KIND, &call).unwrap()).await;
    google().parse_act(KIND, &call, &answer)
}

fn allowed(action: &str, op: &Operation) -> bool {
    let action = google().actions(KIND).iter().find(|known| known.id == action).unwrap();
    (action.allowed)(op) == Availability::Ready
}

fn names(ops: &[Operation]) -> Vec<&str> {
    ops.iter().map(|op| &*op.id).collect()
}
