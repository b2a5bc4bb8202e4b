//! What every dialect in the registry must hold to, whatever its API. A new dialect is picked up by itself: the suite
//! also runs over a small invented one ([`sixth`]) that nothing else knows.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "helpers of tests fail by panicking, as tests do"
)]

mod actions;
mod answers;
mod lists;
mod requests;
mod sixth;
mod tables;

use longrun_core::dialect::{
    self, Action, ActionCall, BuildError, Dialect, Endpoint, Filter, FilterKind, InputKind, Key, Kind, Reach,
    ServerQuery,
};
use longrun_core::http::sign_in::Session;
use longrun_core::http::{ApiRequest, ApiResponse, HeaderValue, Secret, decode_query, decode_segment};
use longrun_core::time::Millis;

const TOKEN: &str = "s3cret-t0ken-of-the-session";
const NOW: Millis = Millis(1_795_232_837_000);

/// Every dialect that the suite holds to its rules.
fn dialects() -> Vec<&'static dyn Dialect> {
    assert!(!dialect::ALL.is_empty(), "the registry is empty");
    dialect::ALL.iter().copied().chain([&sixth::ParcelJobs as &dyn Dialect]).collect()
}

/// One kind of object of one dialect.
#[derive(Clone, Copy)]
struct Case {
    dialect: &'static dyn Dialect,
    kind: Kind,
}

fn cases() -> Vec<Case> {
    let of = |dialect: &'static dyn Dialect| {
        dialect.describe().kinds.iter().map(move |table| Case { dialect, kind: table.id })
    };
    dialects().into_iter().flat_map(of).collect()
}

fn endpoint(tenant: Option<&str>) -> Endpoint {
    Endpoint {
        base: "https://api.example/base".into(),
        tenant: tenant.map(str::to_owned),
        session: Some(Session::pasted(Secret::new(TOKEN))),
    }
}

fn answer(status: u16, body: &str) -> ApiResponse {
    ApiResponse {
        status,
        headers: vec![("content-type".into(), "application/json".into())],
        body: body.into(),
    }
}

/// What can be wrong with an answer's body, whatever the API.
const ODD_BODIES: [&str; 12] = [
    "",
    " \n",
    "null",
    "true",
    "[]",
    "[null]",
    "{}",
    "{\"error\":null}",
    "{\"error\":{\"code\":[]}}",
    "{\"cut\":",
    "<html><body>oops</body></html>",
    "\u{0}\u{1}",
];

/// Forms that the ids of an API can have. The suite takes the first that the dialect accepts.
const ID_FORMS: [&str; 2] = ["{}", "projects/mine/locations/here/operations/{}"];

/// A value that no server would take for a filter's default and that breaks naive URLs.
const HARD_VALUE: &str = "a&b=c #1 + 東京%";

impl Case {
    fn name(&self) -> String {
        format!("{} {}", self.dialect.id(), self.kind)
    }

    fn filters(&self) -> &'static [Filter] {
        self.dialect.filters(self.kind)
    }

    /// The tenants of this kind matter to requests.
    fn has_tenants(&self) -> bool {
        let can = self.dialect.capabilities(self.kind);
        can.tenant_by.is_some() || can.keyed_by_tenant
    }

    /// An id of this API with `inner` where it tells one operation from another.
    fn id(&self, inner: &str) -> String {
        let fits = |form: &&&str| {
            let key = Key { id: form.replace("{}", "plain"), tenant: Some("mine".into()) };
            !matches!(self.dialect.get(&endpoint(None), self.kind, &key), Err(BuildError::Invalid(_)))
        };
        ID_FORMS
            .iter()
            .find(fits)
            .unwrap_or_else(|| panic!("{}: no form of id", self.name()))
            .replace("{}", inner)
    }

    fn key(&self, inner: &str) -> Key {
        Key { id: self.id(inner), tenant: Some("mine".into()) }
    }

    /// The parameters without which a list cannot be asked for: none, or one that the dialect itself calls for.
    fn needed(&self, at: &Endpoint) -> Vec<(&'static str, String)> {
        match self.dialect.list(at, self.kind, &ServerQuery::default()) {
            Ok(_) => return vec![],
            Err(BuildError::Missing(what)) => assert!(what.ends_with('.'), "{}: {what}", self.name()),
            Err(other) => panic!("{}: an empty query is answered with: {other}", self.name()),
        }
        let alone = self.filters().iter().map(|filter| vec![(filter.param, "mine".to_owned())]);
        alone
            .into_iter()
            .find(|params| self.dialect.list(at, self.kind, &ServerQuery::new(params.clone())).is_ok())
            .unwrap_or_else(|| panic!("{}: no single filter makes the list possible", self.name()))
    }

    /// A list that can be asked for, where the API has one.
    fn list(&self, at: &Endpoint) -> Option<ApiRequest> {
        let can = self.dialect.capabilities(self.kind);
        can.list.then(|| self.dialect.list(at, self.kind, &ServerQuery::new(self.needed(at))).unwrap())
    }

    /// Calls of an action that the dialect is willing to build, the plainest first.
    fn calls(&self, at: &Endpoint, action: &Action, key: &Key) -> Vec<(ActionCall, ApiRequest)> {
        let call = |inputs| ActionCall { action: action.id, key: key.clone(), inputs };
        let built = fillings(action).into_iter().map(call).filter_map(|call| {
            match self.dialect.act(at, self.kind, &call) {
                Ok(request) => Some((call, request)),
                Err(BuildError::Missing(what)) => {
                    assert!(what.ends_with('.'), "{}: {what}", action.id);
                    None
                }
                Err(BuildError::Invalid(why)) => {
                    assert!(why.ends_with('.'), "{}: {why}", action.id);
                    None
                }
                Err(other) => panic!("{} {}: {other}", self.name(), action.id),
            }
        });
        built.collect()
    }

    /// Every action with the key it is taken on.
    fn actions(&self, inner: &str) -> Vec<(&'static Action, Key)> {
        let key = |action: &Action| match action.reach {
            Reach::Item => self.key(inner),
            Reach::Kind => Key { id: String::new(), tenant: Some("mine".into()) },
        };
        self.dialect.actions(self.kind).iter().map(|action| (action, key(action))).collect()
    }

    /// Every request that this kind can lead to, with a name for messages.
    fn requests(&self, at: &Endpoint, inner: &str) -> Vec<(String, ApiRequest)> {
        let mut all: Vec<(String, ApiRequest)> =
            self.list(at).map(|request| ("list".into(), request)).into_iter().collect();
        if self.dialect.capabilities(self.kind).get {
            all.push(("get".into(), self.dialect.get(at, self.kind, &self.key(inner)).unwrap()));
        }
        for (action, key) in self.actions(inner) {
            all.extend(
                self.calls(at, action, &key).into_iter().map(|(_, request)| (action.id.to_owned(), request)),
            );
        }
        let query = ServerQuery::new(if self.dialect.capabilities(self.kind).list {
            self.needed(at)
        } else {
            vec![]
        });
        for filter in self.filters().iter().filter(|filter| matches!(filter.kind, FilterKind::Choice)) {
            let choices = self.dialect.choices(at, &query, filter.param);
            let request =
                choices.unwrap_or_else(|| panic!("{}: {} has no choices", self.name(), filter.param));
            all.push((format!("choices of {}", filter.param), request.unwrap()));
        }
        all
    }
}

/// Ways to fill an action's form: what is required, everything, and what is required with each other field.
fn fillings(action: &Action) -> Vec<Vec<(&'static str, String)>> {
    let samples = |kind: InputKind| -> Vec<String> {
        let texts: &[&str] = match kind {
            InputKind::Text => &["sample"],
            InputKind::Number => &["3"],
            InputKind::Json => &[r#"{"sample":1}"#, r#"["sample"]"#],
            InputKind::OneOf(words) => words.get(..1).unwrap(),
            InputKind::Flag => &["true"],
            InputKind::Time => &["2026-11-21T03:47:17.000Z", "2026-11-21 03:47:17", "2026-11-21 03:47"],
        };
        texts.iter().map(|text| (*text).to_owned()).collect()
    };
    let fill = |wanted: &dyn Fn(&'static str, bool) -> bool| -> Vec<Vec<(&'static str, String)>> {
        let inputs = action.inputs.iter().filter(|input| wanted(input.name, input.required));
        inputs.fold(vec![vec![]], |forms, input| {
            let with = |form: &Vec<(&'static str, String)>| {
                let filled = |sample| [form.as_slice(), &[(input.name, sample)]].concat();
                samples(input.kind).into_iter().map(filled).collect::<Vec<_>>()
            };
            forms.iter().flat_map(with).take(64).collect()
        })
    };
    let mut all = fill(&|_, required| required);
    all.extend(fill(&|_, _| true));
    for input in action.inputs.iter().filter(|input| !input.required) {
        all.extend(fill(&|name, required| required || name == input.name));
    }
    all
}

/// What a request tells the server, piece by piece and decoded: segments of its path, pairs of its query or form, other
/// headers, a JSON body.
fn pieces(request: &ApiRequest) -> Vec<(String, String)> {
    let (path, query) = request.url.split_once('?').unwrap_or((&request.url, ""));
    let mut all: Vec<(String, String)> = path
        .split('/')
        .enumerate()
        .map(|(at, part)| (format!("segment {at}"), decode_segment(part)))
        .collect();
    all.extend(decode_query(query).into_iter().map(|(name, value)| (format!("query {name}"), value)));
    let mut is_form = false;
    for (name, value) in &request.headers {
        let value = match value {
            HeaderValue::Plain(value) => value.as_str(),
            HeaderValue::Secret(secret) => secret.reveal(),
        };
        is_form |= value == "application/x-www-form-urlencoded";
        all.push((format!("header {name}"), value.to_owned()));
    }
    if let Some(body) = &request.body {
        if is_form {
            all.extend(
                decode_query(body.reveal()).into_iter().map(|(name, value)| (format!("query {name}"), value)),
            );
        } else {
            all.push(("body".into(), body.reveal().to_owned()));
        }
    }
    all
}
