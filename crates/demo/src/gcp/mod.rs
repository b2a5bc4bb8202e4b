//! Google Workload Manager: operations, the locations they are in, and the calls on evaluations that start them.
//! It must not know the other APIs the demo plays.

mod access;
mod course;
mod evaluations;
mod filter;
mod locations;
mod odd;
mod operation;
mod operations;
mod paging;
mod seeded;
mod status;
mod words;
mod world;

use std::collections::HashMap;

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, Method, StatusCode, Uri};
use axum::response::Response;
use axum::routing::any;

use self::access::Caller;
use self::course::Verb;
use self::status::{Code, Refusal};
use crate::answer::header;
use crate::apis::{Api, Login};
use crate::demo::Demo;
use crate::fault::{Fault, Queue};
use crate::segments;

const MOUNT: &str = "/gcp/v1";
/// How one part of a path may be written that stands for every location.
const ANY: &str = "-";

struct Location {
    id: &'static str,
    display: &'static str,
    reachable: bool,
}

const LOCATIONS: [Location; 3] = [
    Location { id: "us-central1", display: "Iowa", reachable: true },
    Location { id: "asia-northeast1", display: "Tokyo", reachable: true },
    Location { id: "europe-west9", display: "Paris", reachable: false },
];

pub(crate) const API: Api = Api {
    routes,
    connections: r#"{
      "id": "google", "name": "Google Workload Manager", "api": "google-lro", "base": "/gcp",
      "sign_in": { "kind": "bearer" }, "tenant": "demo", "start": "location=us-central1", "band": "sky",
      "mode": "armed-on-demand", "poll_seconds": "auto", "requests_per_hour": 720
    }"#,
    logins: &[
        Login { api: "Google", with: "ya29.demo", may: "everything in the projects demo and nolist" },
        Login { api: "Google", with: "ya29.reader", may: "get and list" },
        Login { api: "Google", with: "ya29.short", may: "everything, until two minutes after its first use" },
    ],
};

/// All paths lead to one place, as the verb of a call is a suffix of the last segment.
fn routes() -> Router<Demo> {
    Router::new().route("/gcp", any(answer)).route("/gcp/", any(answer)).route("/gcp/{*rest}", any(answer))
}

/// A request as the parts of this API take it.
struct Asked<'a> {
    demo: &'a Demo,
    headers: &'a HeaderMap,
    query: HashMap<String, String>,
    body: &'a [u8],
}

impl<'a> Asked<'a> {
    fn parameter(&self, name: &str) -> Option<&str> {
        self.query.get(name).map(String::as_str)
    }

    /// A switch of the query, in any case.
    fn flag(&self, name: &str) -> Result<bool, Refusal> {
        match self.parameter(name).map(str::to_lowercase).as_deref() {
            None | Some("" | "false") => Ok(false),
            Some("true") => Ok(true),
            Some(other) => Err(Refusal::argument(name, &format!("'{other}' is neither true nor false."))),
        }
    }

    fn caller(&self) -> Result<Caller<'a>, Refusal> {
        world::with(self.demo, |world, now| world.access.caller(self.headers, now))
    }
}

async fn answer(
    State(demo): State<Demo>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    // A list whose URL would be too long comes as a form.
    let disguised = method == Method::POST
        && header(&headers, "x-http-method-override").is_some_and(|real| real.eq_ignore_ascii_case("get"));
    let (method, query): (&str, &[u8]) = if disguised {
        ("GET", &body)
    } else {
        (method.as_str(), uri.query().unwrap_or_default().as_bytes())
    };
    let query = form_urlencoded::parse(query).into_owned().collect();
    let asked = Asked { demo: &demo, headers: &headers, query, body: if disguised { &[] } else { &body } };
    let path = segments::below(MOUNT, uri.path()).unwrap_or_default();
    let path: Vec<&str> = path.iter().map(String::as_str).collect();
    match routed(&asked, method, &path).await {
        Ok(response) => response,
        Err(refusal) => refusal.response(),
    }
}

async fn routed(asked: &Asked<'_>, method: &str, path: &[&str]) -> Result<Response, Refusal> {
    let caller = asked.caller()?;
    let ["projects", project, "locations", rest @ ..] = path else { return Err(no_such_call()) };
    match (method, rest) {
        ("GET", []) => return locations::list(caller, project),
        ("GET", [location]) => return locations::get(caller, project, location),
        _ => {}
    }
    let [location, collection, rest @ ..] = rest else { return Err(no_such_call()) };
    let place = Place { project, location };
    match (method, *collection, rest) {
        ("GET", "operations", []) => operations::list(asked, caller, place).await,
        ("GET", "operations", [id]) => operations::get(asked, caller, place, id).await,
        ("DELETE", "operations", [id]) => operations::delete(asked, caller, place, id).await,
        ("POST", "operations", [id_and_verb]) => match id_and_verb.rsplit_once(':') {
            Some((id, "cancel")) => operations::cancel(asked, caller, place, id).await,
            Some((_, "wait")) => Err(Refusal::unimplemented(
                "google.longrunning.Operations.WaitOperation",
                "Waiting is not supported.",
            )),
            _ => Err(no_such_call()),
        },
        ("GET", "evaluations", []) => evaluations::list(asked, caller, place),
        ("GET", "evaluations", [id]) => evaluations::get(asked, caller, place, id),
        ("POST", "evaluations", []) => {
            let id = asked.parameter("evaluationId").unwrap_or_default();
            evaluations::start(asked, caller, place, Verb::Create, (id, None)).await
        }
        ("PATCH", "evaluations", [id]) => {
            evaluations::start(asked, caller, place, Verb::Update, (id, None)).await
        }
        ("DELETE", "evaluations", [id]) => {
            evaluations::start(asked, caller, place, Verb::Delete, (id, None)).await
        }
        ("POST", "evaluations", [id, "executions:run"]) => {
            evaluations::start(asked, caller, place, Verb::Run, (id, None)).await
        }
        ("DELETE", "evaluations", [id, "executions", execution]) => {
            evaluations::start(asked, caller, place, Verb::Delete, (id, Some(execution))).await
        }
        _ => Err(no_such_call()),
    }
}

fn no_such_call() -> Refusal {
    Refusal::new(
        Code::NotFound,
        "METHOD_NOT_FOUND",
        "The requested URL was not found on this server.",
        &serde_json::json!({ "service": status::DOMAIN }),
    )
}

/// Project and location of a request, as they were written.
#[derive(Clone, Copy)]
struct Place<'a> {
    project: &'a str,
    location: &'a str,
}

impl Place<'_> {
    fn name(self) -> String {
        format!("projects/{}/locations/{}", self.project, self.location)
    }

    /// The location that is meant, if it is there and can be reached. Asked after permission.
    fn known(self) -> Result<&'static Location, Refusal> {
        let found = LOCATIONS.iter().find(|known| known.id == self.location);
        let known = found.ok_or_else(|| Refusal::not_found(&self.name()))?;
        if known.reachable { Ok(known) } else { Err(Refusal::unreachable(&self.name())) }
    }
}

/// The fault that was ordered, or that one of `named` asks for; one that has to do with the caller's token happens
/// here.
fn fault<'n>(
    asked: &Asked<'_>,
    caller: Caller<'_>,
    named: impl IntoIterator<Item = &'n str>,
) -> Result<Option<Fault>, Refusal> {
    let fault = asked.demo.faults(Queue::next).or_else(|| named.into_iter().find_map(Fault::sentinel));
    let Some(fault) = fault else { return Ok(None) };
    if world::with(asked.demo, |world, _| world.access.declares_dead(caller, &fault)) {
        return Err(Refusal::unauthenticated("ACCESS_TOKEN_EXPIRED"));
    }
    Ok(Some(fault).filter(|fault| *fault != Fault::TokenExpired))
}

/// Does `work` as far as a fault lets it.
async fn carefully(
    asked: &Asked<'_>,
    fault: Option<Fault>,
    work: impl FnOnce() -> Result<Response, Refusal> + Send,
) -> Response {
    let work = || work().unwrap_or_else(Refusal::response);
    match fault {
        None => work(),
        Some(fault) => fault.around(asked.demo, status::refusal as fn(StatusCode) -> Response, work).await,
    }
}
