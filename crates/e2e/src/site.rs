//! The demo server of one journey: the built console on a free port, with a clock that only moves when stepped.
//! It must not know the browser.

use std::env;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use longrun_demo::server::{self, Running, ServeOptions};
use longrun_demo::{Config, Demo, RECORDED_TOKEN, Recorded};
use serde_json::Value;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::failure::{Failure, Outcome};
use crate::front::Front;
use crate::wait::eventually;

/// The path of the operation list on the server.
pub const OPERATIONS: &str = "/ecl/virtual-network-appliance/v1.0/operations";

/// A token of the first account that never ends.
pub const TOKEN: &str = RECORDED_TOKEN;

/// Marks the harness's own requests, which are not what the console asked.
const ASIDE: &str = "x-journey";

/// A running demo.
pub struct Site {
    pub demo: Demo,
    running: Running,
    front: Option<Front>,
}

impl Site {
    pub async fn start(config: Config, config_json: Option<String>, nginx: bool) -> Outcome<Self> {
        Self::start_in(&dist()?, config, config_json, nginx).await
    }

    /// The same with the files of another folder.
    pub async fn start_in(
        folder: &Path,
        config: Config,
        config_json: Option<String>,
        nginx: bool,
    ) -> Outcome<Self> {
        let now = config.start_ms;
        let demo = Demo::with_sleeper(config, move || now, server::tokio_sleeper());
        let mut options = ServeOptions::local((!nginx).then(|| folder.to_owned()));
        options.config_json.clone_from(&config_json);
        let running = server::serve(&demo, &options).await?;
        // What nginx serves must come from nginx: the demo behind it has no files.
        let config_json = config_json.unwrap_or_else(server::config_json);
        let front =
            if nginx { Some(Front::start(folder, &config_json, running.addr()).await?) } else { None };
        Ok(Self { demo, running, front })
    }

    /// The address of a path on this server.
    pub fn url(&self, path: &str) -> String {
        format!("{}{path}", self.origin())
    }

    pub fn origin(&self) -> String {
        self.front.as_ref().map_or_else(|| self.running.url(), Front::origin)
    }

    /// Everything the console asked, oldest first.
    pub fn requests(&self) -> Vec<Recorded> {
        self.demo.requests().into_iter().filter(|request| request.header(ASIDE).is_none()).collect()
    }

    /// Requests that asked for the list of operations, oldest first.
    pub fn lists(&self) -> Vec<Recorded> {
        self.requests().into_iter().filter(|request| request.path == OPERATIONS).collect()
    }

    /// What the server itself lists for a query, asked without the console: what its rows are compared with.
    pub async fn truth(&self, query: &str) -> Outcome<Vec<Value>> {
        let path = format!("{OPERATIONS}?{query}");
        let answer = self.aside("GET", &path, &[("x-auth-token", RECORDED_TOKEN)], "").await?;
        let mut read: Value = serde_json::from_str(&answer.body)?;
        let rows = read.get_mut("operations").map(Value::take);
        let Some(Value::Array(rows)) = rows else {
            return Err(Failure::new(format!("the server itself lists nothing for {query}")));
        };
        Ok(rows)
    }

    /// Asks the demo itself, not through the console and not through nginx.
    pub async fn aside(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: &str,
    ) -> Outcome<Answer> {
        ask(self.running.addr(), method, path, headers, body).await
    }

    /// Asks what the browser asks: nginx, where it stands in front.
    pub async fn in_front(&self, path: &str, headers: &[(&str, &str)]) -> Outcome<Answer> {
        let addr = self.front.as_ref().map_or_else(|| self.running.addr(), Front::addr);
        ask(addr, "GET", path, headers, "").await
    }

    /// The parameters of the newest list request, decoded, in the order sent.
    pub fn last_query(&self) -> Option<Vec<(String, String)>> {
        self.lists().last().map(|request| parameters(request.query.as_deref()))
    }

    /// Waits until the newest list request carries exactly these parameters.
    pub async fn asked(&self, wanted: &[(&str, &str)]) -> Outcome {
        eventually(async || {
            let last = self.last_query();
            let same = last.as_ref().is_some_and(|last| {
                last.iter().map(|(name, value)| (name.as_str(), value.as_str())).eq(wanted.iter().copied())
            });
            if same {
                return Ok(());
            }
            Err(Failure::new(format!(
                "the server was to be asked for {wanted:?}; it was last asked for {last:?}"
            )))
        })
        .await
    }

    /// Waits until more than `before` list requests were answered, and says how many were.
    pub async fn read_again(&self, before: usize) -> Outcome<usize> {
        eventually(async || {
            let answered = self.lists().iter().filter(|request| request.status.is_some()).count();
            if answered > before {
                return Ok(answered);
            }
            Err(Failure::new(format!("the list was to be read again after {before} times")))
        })
        .await
    }

    /// Every request, one a line.
    pub fn log(&self) -> String {
        let line = |request: Recorded| {
            let status = request.status.map_or_else(|| "none".to_owned(), |status| status.to_string());
            format!("{status} {} {}\n", request.method, request.target())
        };
        self.requests().into_iter().map(line).collect()
    }

    pub async fn stop(self) -> Outcome {
        Ok(self.running.stop().await?)
    }
}

/// What a server said.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    head: String,
    pub body: String,
}

impl Answer {
    /// The value of a header; empty where it is not there.
    pub fn header(&self, name: &str) -> &str {
        let named = |line: &&str| {
            line.split_once(':').is_some_and(|(known, _)| known.trim().eq_ignore_ascii_case(name))
        };
        let line = self.head.lines().find(named);
        line.and_then(|line| line.split_once(':')).map(|(_, value)| value.trim()).unwrap_or_default()
    }
}

/// One request over a connection of its own. HTTP/1.0: the answer comes in one piece and ends with the connection.
async fn ask(
    addr: SocketAddr,
    method: &str,
    path: &str,
    headers: &[(&str, &str)],
    body: &str,
) -> Outcome<Answer> {
    let mut request = format!("{method} {path} HTTP/1.0\r\nhost: {addr}\r\n{ASIDE}: aside\r\n");
    for (name, value) in headers {
        request.push_str(&format!("{name}: {value}\r\n"));
    }
    if !body.is_empty() {
        request.push_str(&format!("content-type: application/json\r\ncontent-length: {}\r\n", body.len()));
    }
    let mut line = TcpStream::connect(addr).await?;
    line.write_all(format!("{request}\r\n{body}").as_bytes()).await?;
    let mut answer = Vec::new();
    line.read_to_end(&mut answer).await?;
    let text = String::from_utf8_lossy(&answer);
    let (head, body) = text.split_once("\r\n\r\n").unwrap_or((&text, ""));
    let status = head.split_whitespace().nth(1).and_then(|status| status.parse().ok());
    let status = status.ok_or_else(|| Failure::new(format!("{method} {path} was answered with: {head}")))?;
    Ok(Answer { status, head: head.to_owned(), body: body.to_owned() })
}

/// A text field of a row of [`Site::truth`]; empty where it has none.
pub fn field<'a>(row: &'a Value, name: &str) -> &'a str {
    row.get(name).and_then(Value::as_str).unwrap_or_default()
}

/// A query's parameters, decoded.
pub fn parameters(query: Option<&str>) -> Vec<(String, String)> {
    form_urlencoded::parse(query.unwrap_or_default().as_bytes()).into_owned().collect()
}

/// The root of the workspace.
pub fn workspace() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.ancestors().nth(2).unwrap_or(here).to_owned()
}

/// The folder of the release bundle.
pub fn dist() -> Outcome<PathBuf> {
    let dist = env::var_os("LONGRUN_DIST").map_or_else(|| workspace().join("dist"), PathBuf::from);
    if dist.join("index.html").is_file() {
        return Ok(dist);
    }
    Err(Failure::new(format!(
        "there is no built console in {}; `cargo xtask dist` builds it",
        dist.display()
    )))
}
