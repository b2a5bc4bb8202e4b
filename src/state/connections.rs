//! Whom the console can ask: connections of `config.json` and of this browser, and who is signed in where. Tokens
//! stay in memory and in the tab's session storage; keys, secrets and passwords are kept nowhere.

use crate::reactive::{Lasting, RwSignal, StoredValue, lasting};
use serde::Serialize;

use super::notices::Notices;
use crate::platform::storage::{self, Area};
use crate::platform::{clock, early, history, task};
use crate::transport::{self, SharedTransport};
use longrun_core::dialect::Endpoint;
use longrun_core::http::sign_in::{Session, SignInKind};
use longrun_core::http::{ApiError, ApiRequest, ErrorKind, Method, RateLimit, Secret};
use longrun_core::json::fields;
use longrun_core::text::{STOPS, fill};
use longrun_core::time::Millis;
use longrun_core::view::config::{Config, Connection, parse_own, write_own};

const OWN_KEY: &str = "longrun.connections";
const SESSION_KEY: &str = "longrun.session.";

/// All connections.
pub type Connections = Lasting<ConnectionsParts>;

/// What [`Connections`] points to.
pub struct ConnectionsParts {
    /// `None` until `config.json` was read.
    config: RwSignal<Option<Config>>,
    own: RwSignal<Vec<Connection>>,
    sessions: RwSignal<Sessions>,
    rates: RwSignal<Vec<(String, RateLimit, Millis)>>,
    transport: StoredValue<SharedTransport>,
    notices: Notices,
}

/// Few, by connection id.
type Sessions = Vec<(String, Session)>;

impl Kept {
    fn read(text: &str) -> Option<Kept> {
        let mut kept = Kept::default();
        fields::visit(text, &mut |name, value| match &*name {
            "token" => kept.token = fields::as_text(value).map(|text| text.into_owned()).unwrap_or_default(),
            "expires" => kept.expires = fields::as_i64(value),
            "user" => kept.user = fields::as_text(value).map(|text| text.into_owned()),
            "made_here" => kept.made_here = fields::as_bool(value) == Some(true),
            _ => {}
        })
        .ok()?;
        (!kept.token.is_empty()).then_some(kept)
    }
}

fn of(sessions: &Sessions, id: &str) -> Option<Session> {
    sessions.iter().find(|(known, _)| known == id).map(|(_, session)| session.clone())
}

/// What a user types to sign in.
pub enum Credentials {
    /// A name and its secret, exchanged for a token.
    Pair {
        /// User name or API key.
        name: String,
        /// Password or API secret key.
        secret: Secret,
    },
    /// A token from elsewhere.
    Token(Secret),
}

#[derive(Default, Serialize)]
struct Kept {
    token: String,
    expires: Option<i64>,
    user: Option<String>,
    made_here: bool,
}

impl Connections {
    /// Starts reading `config.json`; reads what this browser keeps.
    pub fn start(transport: StoredValue<SharedTransport>, notices: Notices) -> Connections {
        let own = storage::get(Area::Lasting, OWN_KEY).ok().flatten();
        let (own, problems) = own.map_or_else(|| (vec![], vec![]), |text| parse_own(&text));
        for problem in problems {
            notices.failed("A stored connection cannot be used", problem);
        }
        let connections = lasting(ConnectionsParts {
            config: RwSignal::new(None),
            own: RwSignal::new(own),
            sessions: RwSignal::new(kept_sessions()),
            rates: RwSignal::new(vec![]),
            transport,
            notices,
        });
        task::scoped(async move {
            let config = read_config(&transport.get_value()).await;
            connections.config.set(Some(config));
        });
        connections
    }

    /// What the deployer declared; `None` until it was read.
    pub fn config(self) -> Option<Config> {
        self.config.get()
    }

    /// Every connection, declared ones first. `None` until `config.json` was read.
    pub fn all(self) -> Option<Vec<Connection>> {
        let mut all = self.config.get()?.connections;
        let own = self.own.get();
        all.extend(
            own.into_iter().filter(|own| !all.iter().any(|known| known.id == own.id)).collect::<Vec<_>>(),
        );
        Some(all)
    }

    /// The connection of that id.
    pub fn find(self, id: &str) -> Option<Connection> {
        self.all()?.into_iter().find(|connection| connection.id == id)
    }

    /// Adds or replaces a connection of this browser. What cannot be kept works until the page is reloaded, and says so.
    pub fn save(self, connection: Connection) {
        self.own.update(|own| match own.iter_mut().find(|known| known.id == connection.id) {
            Some(known) => *known = connection,
            None => own.push(connection),
        });
        self.keep_own();
    }

    /// Removes a connection of this browser, its session included.
    pub fn remove(self, id: &str) {
        self.forget_session(id);
        self.own.update(|own| own.retain(|known| known.id != id));
        self.keep_own();
    }

    /// After storage was wiped: own connections and sessions go from memory too.
    pub fn forget_everything(self) {
        self.own.set(vec![]);
        self.sessions.set(vec![]);
    }

    /// Signs out everywhere, here only.
    pub fn forget_sessions(self) {
        for key in storage::keys(Area::Session, SESSION_KEY).unwrap_or_default() {
            if let Some(id) = key.strip_prefix(SESSION_KEY) {
                self.forget_session(id);
            }
        }
        self.sessions.set(vec![]);
    }

    fn keep_own(self) {
        let text = write_own(&self.own.get_untracked());
        if let Err(error) = storage::set(Area::Lasting, OWN_KEY, &text) {
            self.notices.failed("Not kept", error.to_string());
        }
    }

    /// Who is signed in to a connection. Whether the token still holds is the server's to say: this machine's clock may
    /// be wrong, or jump.
    pub fn session(self, id: &str) -> Option<Session> {
        self.sessions.with(|sessions| of(sessions, id)).or_else(|| self.open_door(id))
    }

    /// A connection that asks for no sign-in always has a session, an empty one.
    fn open_door(self, id: &str) -> Option<Session> {
        let is_open = self.find(id)?.sign_in.kind == SignInKind::None;
        is_open.then(|| Session::pasted(Secret::new("")))
    }

    /// Keeps what an answer says of how often its server may be asked.
    pub fn told(self, id: &str, headers: &[(String, String)]) {
        let Some(rate) = RateLimit::of(headers) else { return };
        let now = Millis(clock::now_ms());
        self.rates.update(|rates| {
            rates.retain(|(known, _, _)| known != id);
            rates.push((id.to_owned(), rate, now));
        });
    }

    /// What the last answer said of it, and when.
    pub fn rate(self, id: &str) -> Option<(RateLimit, Millis)> {
        self.rates
            .with(|rates| rates.iter().find(|(known, _, _)| known == id).map(|(_, rate, at)| (*rate, *at)))
    }

    /// Requests left, with the seconds until there are more.
    pub fn left(self, id: &str) -> Option<(u64, u64)> {
        let (rate, at) = leptos::prelude::untrack(|| self.rate(id))?;
        let passed = u64::try_from(clock::now_ms().saturating_sub(at.0) / 1_000).unwrap_or(0);
        rate.remaining.zip(rate.reset).map(|(left, reset)| (left, reset.saturating_sub(passed)))
    }

    /// Where to send requests of a connection.
    pub fn endpoint(self, connection: &Connection) -> Endpoint {
        Endpoint {
            base: connection.base.clone(),
            tenant: connection.tenant.clone(),
            session: self.session(&connection.id),
        }
    }

    /// Signs in. The typed secret is used once and dropped.
    pub async fn sign_in(self, connection: &Connection, with: Credentials) -> Result<(), ApiError> {
        let session = match with {
            Credentials::Token(token) => Session::pasted(token),
            Credentials::Pair { name, secret } => {
                let Some(request) = connection.sign_in.request(&connection.base, &name, &secret) else {
                    let why = "This connection signs in with a token only.";
                    return Err(ApiError::without_answer(ErrorKind::Rejected, why));
                };
                let answer = transport::send(&*self.transport.get_value(), request).await;
                let answer = answer.map_err(transport::TransportError::into_api_error)?;
                connection.sign_in.session(&name, &answer, Millis(clock::now_ms()))?
            }
        };
        self.keep_session(&connection.id, &session);
        self.sessions.update(|sessions| {
            sessions.retain(|(known, _)| *known != connection.id);
            sessions.push((connection.id.clone(), session));
        });
        Ok(())
    }

    /// Ends the session on the server if its token was made here, and forgets it here whatever the server says.
    pub async fn sign_out(self, connection: &Connection) {
        let session = self.sessions.with_untracked(|sessions| of(sessions, &connection.id));
        self.forget_session(&connection.id);
        let Some(session) = session else { return };
        // Where the server has no such call, forgetting is all there is.
        let Some(revoke) = connection.sign_in.sign_out(&connection.base, &session) else { return };
        let said = match transport::send(&*self.transport.get_value(), revoke).await {
            Ok(answer) if answer.is_success() || answer.status == 404 || answer.status == 401 => return,
            Ok(answer) => fill("the server answered {0}", &[&answer.status.to_string()]),
            Err(error) => error.to_string(),
        };
        let name = &connection.name;
        self.notices.failed(
            fill("Signed out of {0} here only", &[name]),
            fill("The server was not told: {0}. The token ends by itself.", &[said.trim_end_matches(STOPS)]),
        );
    }

    /// The server refused the token: it is of no more use.
    pub fn forget_session(self, id: &str) {
        // Where there is none, nobody is to be told: who follows it would ask at once, and be refused again.
        if self.sessions.with_untracked(|sessions| of(sessions, id)).is_some() {
            self.sessions.update(|sessions| sessions.retain(|(known, _)| known != id));
        }
        // Where nothing can be stored, nothing was.
        let _ = storage::remove(Area::Session, &format!("{SESSION_KEY}{id}"));
    }

    fn keep_session(self, id: &str, session: &Session) {
        let kept = Kept {
            token: session.token.reveal().to_owned(),
            expires: session.expires.map(|at| at.0),
            user: session.user.clone(),
            made_here: session.made_here,
        };
        let text = serde_json::to_string(&kept).unwrap_or_default();
        // A session that cannot be kept lives until the page is reloaded: no reason to interrupt.
        let _ = storage::set(Area::Session, &format!("{SESSION_KEY}{id}"), &text);
    }
}

async fn read_config(transport: &SharedTransport) -> Config {
    if let Some((status, text)) = early::config().await {
        return config_of(status, &text);
    }
    let request = ApiRequest::new(Method::Get, format!("{}config.json", history::base_path()));
    match transport::send(&**transport, request).await {
        Ok(answer) => config_of(answer.status, &answer.text()),
        Err(error) => without_file(error.to_string().trim_end_matches(STOPS)),
    }
}

fn config_of(status: u16, text: &str) -> Config {
    match status {
        200 => Config::parse(text),
        // No file: a console without declared connections.
        404 => Config::default(),
        _ => without_file(&fill("the server answered {0}", &[&status.to_string()])),
    }
}

fn without_file(why: &str) -> Config {
    let problems = vec![fill("config.json could not be read: {0}. Reload the page to try again.", &[why])];
    Config { problems, ..Config::default() }
}

fn kept_sessions() -> Sessions {
    let mut sessions = vec![];
    for key in storage::keys(Area::Session, SESSION_KEY).unwrap_or_default() {
        let kept = storage::get(Area::Session, &key).ok().flatten();
        let kept = kept.and_then(|text| Kept::read(&text));
        if let (Some(kept), Some(id)) = (kept, key.strip_prefix(SESSION_KEY)) {
            let session = Session {
                token: Secret::new(kept.token),
                expires: kept.expires.map(Millis),
                user: kept.user,
                made_here: kept.made_here,
            };
            // Of what was kept long ago nobody needs to be asked.
            if !session.has_expired(Millis(clock::now_ms())) {
                sessions.push((id.to_owned(), session));
            }
        }
    }
    sessions
}
