//! The demo on a socket: the API, the built console beside it, a real clock and real waiting.
//! It must not know any API route; those are the library's.

mod connections;
mod headers;
mod site;

use std::io;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use axum::Router;
use axum::middleware::map_response;
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;
use tower_http::trace::TraceLayer;

use crate::demo::{Demo, Sleeper};

pub use connections::config_json;

/// How long a stop waits for answers that are under way.
const PATIENCE: Duration = Duration::from_secs(2);

/// Where and what to serve beside the API.
#[derive(Debug, Clone)]
pub struct ServeOptions {
    /// Port 0 takes any free one; [`Running::addr`] tells which.
    pub listen: SocketAddr,
    /// The folder of the built console; without it there is only the API.
    pub dist: Option<PathBuf>,
    /// The text of `/config.json`, sent as it is, broken or not; by default three connections to this demo.
    pub config_json: Option<String>,
    /// Further hosts the console may call, as sources of the content security policy.
    pub connect_src: Vec<String>,
}

impl ServeOptions {
    /// The console in `dist` on any free port of this machine, as tests want it.
    pub fn local(dist: Option<PathBuf>) -> Self {
        Self {
            listen: SocketAddr::from(([127, 0, 0, 1], 0)),
            dist,
            config_json: None,
            connect_src: Vec::new(),
        }
    }
}

/// A server that is answering. Dropping it stops it without waiting.
pub struct Running {
    addr: SocketAddr,
    stop: Option<oneshot::Sender<()>>,
    task: JoinHandle<io::Result<()>>,
}

impl Running {
    pub fn addr(&self) -> SocketAddr {
        self.addr
    }

    /// `http://127.0.0.1:8787`, without a slash at the end.
    pub fn url(&self) -> String {
        format!("http://{}", self.addr)
    }

    /// Takes no more requests, lets answers under way finish for a moment, then ends.
    pub async fn stop(mut self) -> io::Result<()> {
        drop(self.stop.take());
        match tokio::time::timeout(PATIENCE, &mut self.task).await {
            Ok(Ok(ended)) => ended,
            Ok(Err(panicked)) => Err(io::Error::other(panicked)),
            Err(_) => {
                self.task.abort();
                Ok(())
            }
        }
    }
}

/// Everything the server answers, without the socket.
pub fn router(demo: &Demo, options: &ServeOptions) -> io::Result<Router> {
    let headers = headers::SiteHeaders::new(&options.connect_src)?;
    let site = site::routes(options).layer(map_response(move |response| {
        let headers = headers.clone();
        async move { headers.put_on(response) }
    }));
    Ok(crate::with_journal(crate::api(demo).merge(site), demo.clone()).layer(TraceLayer::new_for_http()))
}

/// Binds and answers until it is stopped. Needs a tokio runtime.
pub async fn serve(demo: &Demo, options: &ServeOptions) -> io::Result<Running> {
    let routes = router(demo, options)?;
    let listener = TcpListener::bind(options.listen).await?;
    let addr = listener.local_addr()?;
    let (stop, stopped) = oneshot::channel::<()>();
    let task = tokio::spawn(async move {
        // Both a sent and a dropped signal mean "stop".
        let stopped = async move { drop(stopped.await) };
        axum::serve(listener, routes).with_graceful_shutdown(stopped).await
    });
    Ok(Running { addr, stop: Some(stop), task })
}

/// The machine's clock in milliseconds of the Unix epoch.
#[expect(clippy::disallowed_methods, reason = "the one place where the demo meets the machine's clock")]
pub fn machine_clock() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
}

/// Really waits.
pub fn tokio_sleeper() -> Sleeper {
    Arc::new(|duration| Box::pin(tokio::time::sleep(duration)))
}
