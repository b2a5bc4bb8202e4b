//! Cloudify Manager: both dialects, every call and every action that they offer, against the demo.

mod events;
mod executions;
mod groups;
mod lists;
mod operations;
mod people;
mod refusals;
mod retention;
mod starting;

use axum::Router;
use longrun_core::dialect::{
    ActionCall, Dialect, Endpoint, Key, Kind, Outcome, PageInfo, ServerQuery, Words, find,
};
use longrun_core::http::sign_in::{SignIn, SignInKind};
use longrun_core::http::{ApiError, ApiResponse, Secret};
use longrun_core::model::{Operation, State};
use longrun_core::time::Millis;
use longrun_demo::Demo;

use crate::{START, demo, read_rows, send};

const EXECUTIONS: &str = "cloudify-executions";
const OPERATIONS: &str = "cloudify-operations";
const DEFAULT: &str = "default_tenant";
const OSAKA: &str = "osaka-edge";

const SIGN_IN: SignIn = SignIn { kind: SignInKind::Cloudify, url: String::new(), project: String::new() };

/// A user at the demo, with one of the two dialects.
struct Console {
    demo: Demo,
    router: Router,
    at: Endpoint,
    dialect: &'static dyn Dialect,
}

/// Exchanges name and password for a session.
async fn signed_in(router: &Router, name: &str, password: &str) -> Result<Endpoint, ApiError> {
    let request = SIGN_IN.request("/cloudify", name, &Secret::new(password)).unwrap();
    let session = SIGN_IN.session(name, &send(router, &request).await, Millis(START))?;
    Ok(Endpoint { base: "/cloudify".into(), tenant: None, session: Some(session) })
}

/// A fresh demo, its clock standing, and a user of it whose name is the password.
async fn console(dialect: &'static str, user: &str) -> Console {
    let (demo, router) = demo();
    let at = signed_in(&router, user, user).await.unwrap();
    Console { demo, router, at, dialect: find(dialect).unwrap() }
}

fn params(params: &[(&'static str, &str)]) -> ServerQuery {
    ServerQuery::new(params.iter().map(|(name, value)| (*name, (*value).to_owned())).collect())
}

fn in_tenant(id: &str, tenant: &str) -> Key {
    Key { id: id.to_owned(), tenant: Some(tenant.to_owned()) }
}

impl Console {
    fn pinned(mut self, tenant: &str) -> Console {
        self.at.tenant = Some(tenant.to_owned());
        self
    }

    /// The same demo, seen by another user.
    async fn other(&self, user: &str) -> Console {
        let at = signed_in(&self.router, user, user).await.unwrap();
        Console { demo: self.demo.clone(), router: self.router.clone(), at, dialect: self.dialect }
    }

    async fn answer(&self, kind: Kind, query: &ServerQuery) -> ApiResponse {
        send(&self.router, &self.dialect.list(&self.at, kind, query).unwrap()).await
    }

    async fn page(&self, kind: Kind, query: &ServerQuery) -> (Vec<Operation>, PageInfo) {
        let answer = self.answer(kind, query).await;
        assert_eq!(answer.status, 200, "{query:?}: {}", answer.text());
        read_rows(self.dialect, kind, &answer).unwrap()
    }

    /// Every page, to the last.
    async fn pages(&self, kind: Kind, query: ServerQuery) -> Vec<Operation> {
        let (mut query, mut all) = (query, vec![]);
        for _ in 0..1_000 {
            let (rows, page) = self.page(kind, &query).await;
            all.extend(rows);
            query.page = page.next;
            if query.page.is_none() {
                assert_eq!(page.total, Some(all.len() as u64), "{query:?}");
                return all;
            }
        }
        panic!("the pages have no end");
    }

    async fn list(&self, kind: Kind, query: &[(&'static str, &str)]) -> Vec<Operation> {
        self.pages(kind, params(query)).await
    }

    async fn get(&self, kind: Kind, key: &Key) -> Result<Operation, ApiError> {
        let answer = send(&self.router, &self.dialect.get(&self.at, kind, key).unwrap()).await;
        self.dialect.parse_get(kind, &answer, &mut Words::default()).map(|(operation, _)| operation)
    }

    async fn state(&self, kind: Kind, id: &str) -> State {
        self.get(kind, &Key::of(id)).await.unwrap().state
    }

    async fn act(
        &self,
        kind: Kind,
        action: &'static str,
        key: Key,
        inputs: &[(&'static str, &str)],
    ) -> Result<Outcome, ApiError> {
        let inputs = inputs.iter().map(|(name, value)| (*name, (*value).to_owned())).collect();
        let call = ActionCall { action, key, inputs };
        let request = self.dialect.act(&self.at, kind, &call).unwrap();
        self.dialect.parse_act(kind, &call, &send(&self.router, &request).await)
    }

    /// Starts a workflow; what was refused is a failure of the test.
    async fn start(&self, workflow: &str, deployment: &str, inputs: &[(&'static str, &str)]) -> Key {
        let mut all = vec![("workflow_id", workflow), ("deployment_id", deployment)];
        all.extend(inputs);
        match self.act("executions", "start", Key::default(), &all).await {
            Ok(Outcome::Created(key)) => key,
            other => panic!("{workflow} on {deployment}: {other:?}"),
        }
    }

    fn later(&self, seconds: i64) {
        self.demo.advance(seconds * 1_000);
    }
}
