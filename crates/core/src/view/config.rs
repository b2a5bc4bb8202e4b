//! Connections: what `config.json` declares and what users add in their browser. Reading never fails as a whole: what
//! cannot be used is told, one line each, and the rest works.

use std::ops::Deref;
use std::sync::Arc;

use serde::Serialize;

use super::poll::Pace;
use crate::dialect::{self, Dialect};
pub use crate::http::sign_in::{SignIn, SignInKind};
use crate::json::{fields, split::Splitter};
use crate::text::{STOPS, fill, t};

/// What a connection may do.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mode {
    /// Every action is off.
    ReadOnly,
    /// Actions are off until the user arms the connection.
    #[default]
    ArmedOnDemand,
    /// Actions are on.
    Armed,
}

impl Mode {
    /// Every mode with its name in `config.json` and its label.
    pub const ALL: [(Mode, &'static str, &'static str); 3] = [
        (Mode::ReadOnly, "read-only", "Read-only"),
        (Mode::ArmedOnDemand, "armed-on-demand", "Armed on demand"),
        (Mode::Armed, "armed", "Armed"),
    ];

    fn parse(text: &str) -> Option<Mode> {
        Mode::ALL.into_iter().find(|(_, name, _)| *name == text).map(|(mode, _, _)| mode)
    }

    /// Name in `config.json`.
    pub fn name(self) -> &'static str {
        Mode::ALL.into_iter().find(|(mode, _, _)| *mode == self).map_or("", |(_, name, _)| name)
    }

    /// Words on screen.
    pub fn label(self) -> &'static str {
        Mode::ALL.into_iter().find(|(mode, _, _)| *mode == self).map_or("", |(_, _, label)| label)
    }
}

/// Colours that a connection's band can have.
pub const BANDS: [&str; 6] = ["sea", "plum", "ochre", "moss", "clay", "sky"];

/// Requests per hour where the configuration says nothing.
pub const REQUESTS_PER_HOUR: u32 = 720;

/// One place to ask. Nearly everything holds one: a copy is a pointer.
#[derive(Clone, Debug, PartialEq)]
pub struct Connection(Arc<Declared>);

/// What is declared of a [`Connection`].
#[derive(Clone, Debug, PartialEq)]
pub struct Declared {
    /// Stable, appears in URLs: letters, digits, `-`, `_`, `.`.
    pub id: String,
    /// Name on screen.
    pub name: String,
    /// Dialect id.
    pub api: &'static str,
    /// Base URL of the API.
    pub base: String,
    /// How to sign in.
    pub sign_in: SignIn,
    /// Pins the connection to one tenant.
    pub tenant: Option<String>,
    /// The query its list opens with, as in an address; empty for none.
    pub start: String,
    /// Colour, one of [`BANDS`].
    pub band: &'static str,
    /// What it may do.
    pub mode: Mode,
    /// How often lists are read again.
    pub pace: Pace,
    /// Requests it may make per hour.
    pub requests_per_hour: u32,
    /// Made in this browser, so it can be edited and removed here.
    pub own: bool,
}

impl From<Declared> for Connection {
    fn from(declared: Declared) -> Connection {
        Connection(Arc::new(declared))
    }
}

impl Deref for Connection {
    type Target = Declared;

    fn deref(&self) -> &Declared {
        &self.0
    }
}

impl Connection {
    /// Its dialect.
    pub fn dialect(&self) -> Option<&'static dyn Dialect> {
        dialect::find(self.api)
    }
}

/// What the deployer declared.
#[derive(Clone, Debug, PartialEq)]
pub struct Config {
    /// Title of the console.
    pub title: String,
    /// Users may add connections of their own.
    pub allow_other_connections: bool,
    /// Usable connections, in order.
    pub connections: Vec<Connection>,
    /// What could not be used, as sentences.
    pub problems: Vec<String>,
}

impl Default for Config {
    fn default() -> Config {
        Config {
            title: "Longrun".into(),
            allow_other_connections: true,
            connections: vec![],
            problems: vec![],
        }
    }
}

/// A connection as it is stored. Written by serde; read field by field, so that one odd value is told by its name and
/// no typed deserializer has to be part of the bundle.
#[derive(Default, Serialize)]
struct WireConnection {
    id: String,
    name: Option<String>,
    api: String,
    base: String,
    sign_in: WireSignIn,
    tenant: Option<String>,
    start: Option<String>,
    band: Option<String>,
    mode: Option<String>,
    poll_seconds: Option<String>,
    requests_per_hour: Option<u32>,
}

#[derive(Default, Serialize)]
struct WireSignIn {
    kind: String,
    url: String,
    project: String,
}

impl WireConnection {
    fn read(text: &str) -> Result<WireConnection, String> {
        let mut wire = WireConnection::default();
        let mut odd = None;
        let read = fields::visit(text, &mut |name, value| {
            let text = fields::as_text(value).map(|text| text.into_owned());
            match &*name {
                "id" => wire.id = text.unwrap_or_default(),
                "name" => wire.name = text,
                "api" => wire.api = text.unwrap_or_default(),
                "base" => wire.base = text.unwrap_or_default(),
                "tenant" => wire.tenant = text,
                "start" => wire.start = text,
                "band" => wire.band = text,
                "mode" => wire.mode = text,
                "poll_seconds" => wire.poll_seconds = text,
                "requests_per_hour" => {
                    wire.requests_per_hour =
                        fields::as_u64(value).and_then(|count| u32::try_from(count).ok());
                }
                "sign_in" => odd = wire.sign_in.read(value).err(),
                // Keys of later versions.
                _ => {}
            }
        });
        read.map_err(|error| fill("it cannot be read: {0}", &[&error.to_string()]))?;
        odd.map_or(Ok(wire), Err)
    }
}

impl WireSignIn {
    fn read(&mut self, text: &str) -> Result<(), String> {
        fields::visit(text, &mut |name, value| {
            let text = fields::as_text(value).map(|text| text.into_owned()).unwrap_or_default();
            match &*name {
                "kind" => self.kind = text,
                "url" => self.url = text,
                "project" => self.project = text,
                _ => {}
            }
        })
        .map_err(|error| fill("its sign_in cannot be read: {0}", &[&error.to_string()]))
    }
}

/// The elements of a JSON array, as texts.
fn elements(text: &str) -> Option<Vec<String>> {
    let mut splitter = Splitter::new("");
    splitter.push(text.as_bytes());
    let mut elements = vec![];
    while let Some(row) = splitter.next_row() {
        elements.push(String::from_utf8_lossy(row).into_owned());
    }
    splitter.finish().ok().map(|_| elements)
}

impl Config {
    /// Reads `config.json`. A text that is no configuration at all gives the default one and the reason.
    pub fn parse(text: &str) -> Config {
        let mut config = Config::default();
        let mut connections = Some(vec![]);
        let read = fields::visit(text.trim_start_matches('\u{feff}'), &mut |name, value| match &*name {
            "title" => {
                let title = fields::as_text(value).filter(|title| !title.trim().is_empty());
                config.title =
                    title.map_or_else(|| std::mem::take(&mut config.title), |title| title.into_owned());
            }
            "allow_other_connections" => {
                config.allow_other_connections = fields::as_bool(value).unwrap_or(true);
            }
            "connections" if !fields::is_null(value) => connections = elements(value),
            _ => {}
        });
        let why = match (&read, &connections) {
            (Err(error), _) => Some(error.to_string()),
            (Ok(()), None) => Some(t("its connections are no list").to_owned()),
            (Ok(()), Some(_)) => None,
        };
        if let Some(why) = why {
            let why = why.trim_end_matches(STOPS);
            return Config {
                problems: vec![fill(
                    "config.json cannot be read ({0}). No connection of it is shown; the console works with your own.",
                    &[why],
                )],
                ..Config::default()
            };
        }
        for (at, raw) in connections.unwrap_or_default().into_iter().enumerate() {
            let read = connection(&raw, at, false).and_then(|connection| {
                let twice = config.connections.iter().any(|known| known.id == connection.id);
                if twice {
                    Err(fill("the id \"{0}\" is taken already", &[&connection.id]))
                } else {
                    Ok(connection)
                }
            });
            match read {
                Ok(connection) => config.connections.push(connection),
                Err(why) => {
                    let why = why.trim_end_matches(STOPS);
                    let number = (at + 1).to_string();
                    config
                        .problems
                        .push(fill("Connection {0} of config.json is left out: {1}.", &[&number, why]));
                }
            }
        }
        config
    }
}

/// Reads connections that were stored in this browser. What cannot be read is left out and told.
pub fn parse_own(text: &str) -> (Vec<Connection>, Vec<String>) {
    let Some(raws) = elements(text) else {
        return (
            vec![],
            vec![
                t("The connections stored in this browser cannot be read; they are left as they are.").into(),
            ],
        );
    };
    let (mut good, mut bad) = (vec![], vec![]);
    for (at, raw) in raws.into_iter().enumerate() {
        match connection(&raw, at, true) {
            Ok(connection) => good.push(connection),
            Err(why) => {
                let why = why.trim_end_matches(STOPS);
                bad.push(fill("A connection stored in this browser is left out: {0}.", &[why]));
            }
        }
    }
    (good, bad)
}

/// Writes connections for storage in this browser. Holds no secret: a connection has none.
pub fn write_own(connections: &[Connection]) -> String {
    let wires: Vec<WireConnection> = connections.iter().map(wire).collect();
    serde_json::to_string(&wires).unwrap_or_default()
}

fn wire(connection: &Connection) -> WireConnection {
    let SignIn { kind, url, project } = &connection.sign_in;
    let pace = match connection.pace {
        Pace::Auto => "auto".to_owned(),
        Pace::Off => "off".to_owned(),
        Pace::Every(seconds) => seconds.to_string(),
    };
    WireConnection {
        id: connection.id.clone(),
        name: Some(connection.name.clone()),
        api: connection.api.to_owned(),
        base: connection.base.clone(),
        sign_in: WireSignIn { kind: kind.asks().name.into(), url: url.clone(), project: project.clone() },
        tenant: connection.tenant.clone(),
        start: Some(connection.start.clone()).filter(|start| !start.is_empty()),
        band: Some(connection.band.to_owned()),
        mode: Some(connection.mode.name().to_owned()),
        poll_seconds: Some(pace),
        requests_per_hour: Some(connection.requests_per_hour),
    }
}

fn connection(text: &str, at: usize, own: bool) -> Result<Connection, String> {
    let wire = WireConnection::read(text)?;
    check_id(&wire.id)?;
    let dialect =
        dialect::find(&wire.api).ok_or_else(|| fill("this console does not speak \"{0}\"", &[&wire.api]))?;
    check_url(&wire.base, "base")?;
    let sign_in = wire.sign_in;
    let about = dialect.describe();
    let kind = match SignInKind::parse(&sign_in.kind) {
        _ if sign_in.kind.is_empty() => return Err(t("it has no sign_in").to_owned()),
        Some(kind) if about.sign_in.contains(&kind) => kind,
        _ => return Err(fill("{0} cannot sign in by \"{1}\"", &[t(about.title), &sign_in.kind])),
    };
    if kind.asks().url {
        check_url(&sign_in.url, "sign_in.url")?;
    }
    Ok(Connection::from(Declared {
        name: wire.name.filter(|name| !name.trim().is_empty()).unwrap_or_else(|| wire.id.clone()),
        id: wire.id,
        api: dialect.id(),
        base: wire.base.trim_end_matches('/').to_owned(),
        sign_in: SignIn { kind, url: sign_in.url, project: sign_in.project },
        tenant: wire.tenant.filter(|tenant| !tenant.is_empty()),
        start: wire.start.map(|start| start.trim_start_matches('?').to_owned()).unwrap_or_default(),
        band: band(wire.band.as_deref(), at),
        mode: match wire.mode.as_deref() {
            None => Mode::default(),
            // The careful reading of a typing mistake is the one that allows nothing.
            Some(name) => Mode::parse(name).unwrap_or(Mode::ReadOnly),
        },
        pace: wire.poll_seconds.and_then(|poll| Pace::parse(&poll)).unwrap_or_default(),
        requests_per_hour: wire.requests_per_hour.filter(|n| *n > 0).unwrap_or(REQUESTS_PER_HOUR),
        own,
    }))
}

/// "teal" of older files is "sea"; an unknown colour becomes the next one in turn.
fn band(name: Option<&str>, at: usize) -> &'static str {
    let name = if name == Some("teal") { Some("sea") } else { name };
    let by_name = BANDS.into_iter().find(|band| Some(*band) == name);
    by_name.or_else(|| BANDS.into_iter().cycle().nth(at)).unwrap_or("sea")
}

/// An id stands in URLs and in storage keys.
pub fn check_id(id: &str) -> Result<(), String> {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    if id.is_empty() || !id.chars().all(plain) || id == "new" || id.starts_with('.') {
        return Err(fill("\"{0}\" is no id: use letters, digits, - and _", &[id]));
    }
    Ok(())
}

/// A base is a path on this origin or an http(s) URL, without query and without credentials.
pub fn check_url(url: &str, what: &'static str) -> Result<(), String> {
    let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
    let is_path = url.starts_with('/') && !url.starts_with("//");
    if !is_path && rest.is_none_or(str::is_empty) {
        return Err(fill("{0} must be a path such as /ecl or an http(s) URL", &[t(what)]));
    }
    if url.contains(['?', '#', '@', ' ', '\\']) {
        return Err(fill("{0} must not hold a query, a fragment, credentials or blanks", &[t(what)]));
    }
    Ok(())
}

#[cfg(test)]
#[path = "config_tests.rs"]
mod tests;
