//! The demo's command line: flags in, a running server out. It must not decide what is answered.

use std::error::Error;
use std::io::Write as _;
use std::net::SocketAddr;
use std::path::PathBuf;

use clap::Parser;
use longrun_demo::server::{self, ServeOptions};
use longrun_demo::{Config, Demo};

/// Plays the operations APIs that Longrun speaks to, and serves the built console beside them.
#[derive(Parser)]
#[command(name = "longrun-demo", version)]
struct Flags {
    /// Where to listen.
    #[arg(long, default_value = "127.0.0.1:8787")]
    listen: SocketAddr,
    /// The folder of the built console; without it only the API is served.
    #[arg(long)]
    dist: Option<PathBuf>,
    /// The same seed makes the same data.
    #[arg(long, default_value_t = 7)]
    seed: u64,
    /// How many operations the list begins with.
    #[arg(long, default_value_t = 500)]
    operations: usize,
    /// How many times faster than in reality operations live; 0 stops the clock and offers POST /demo/… to step it.
    #[arg(long, default_value_t = 1.0)]
    speed: f64,
    /// Answers pages of other origins too.
    #[arg(long)]
    cors: bool,
    /// A file to serve as /config.json instead of the demo's own.
    #[arg(long)]
    config: Option<PathBuf>,
    /// Further hosts the console may call, separated by blanks.
    #[arg(long)]
    connect_src: Vec<String>,
    /// Writes a line for every request.
    #[arg(long)]
    log: bool,
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let flags = Flags::parse();
    if flags.log {
        tracing_subscriber::fmt().with_max_level(tracing::Level::DEBUG).with_writer(std::io::stderr).init();
    }
    if !(flags.speed.is_finite() && flags.speed >= 0.0) {
        return Err("--speed must be 0 or more.".into());
    }
    let config_json = match &flags.config {
        None => None,
        Some(path) => Some(
            std::fs::read_to_string(path)
                .map_err(|error| format!("The file {} could not be read: {error}.", path.display()))?,
        ),
    };
    let start_ms = server::machine_clock();
    let stepped = flags.speed == 0.0;
    let config = Config {
        seed: flags.seed,
        operations: flags.operations,
        speed: if stepped { 1.0 } else { flags.speed },
        controls: stepped,
        cors: flags.cors,
        ..Config::starting_at(start_ms)
    };
    let clock = move || if stepped { start_ms } else { server::machine_clock() };
    let demo = Demo::with_sleeper(config, clock, server::tokio_sleeper());
    let options =
        ServeOptions { listen: flags.listen, dist: flags.dist, config_json, connect_src: flags.connect_src };
    let running = server::serve(&demo, &options)
        .await
        .map_err(|error| format!("The demo could not start on {}: {error}.", flags.listen))?;
    greet(&running.url(), &options)?;
    tokio::signal::ctrl_c().await?;
    running.stop().await?;
    Ok(())
}

fn greet(url: &str, options: &ServeOptions) -> std::io::Result<()> {
    let mut out = std::io::stdout().lock();
    match &options.dist {
        Some(_) => writeln!(out, "Longrun demo: open {url}/")?,
        None => writeln!(out, "Longrun demo: the API answers on {url} (no console: --dist is not given)")?,
    }
    writeln!(out, "To sign in with:")?;
    for login in longrun_demo::logins() {
        writeln!(out, "  {:<9} {:<34} {}", login.api, login.with, login.may)?;
    }
    writeln!(out, "Stop with Ctrl-C.")?;
    out.flush()
}
