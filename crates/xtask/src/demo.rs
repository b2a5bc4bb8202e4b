//! Starts the demo server with the built console. Knows its flags, not what it serves.

use crate::clock::{Stopwatch, in_words};
use crate::dist;
use crate::process::Job;
use crate::progress::{self, say};
use crate::project::{Project, cargo};
use crate::setup;
use crate::trouble::{Outcome, Trouble};
use std::net::{SocketAddr, TcpListener, ToSocketAddrs};

const PORT: u16 = 8787;
/// How many further ports are tried when nobody named one.
const MORE_PORTS: u16 = 20;

/// Sets up, builds what is stale, then becomes the server.
pub fn run(project: &Project, args: &[String]) -> Outcome<bool> {
    let watch = Stopwatch::start();
    let flags = Flags::read(args)?;
    // Before minutes of building, not after.
    let listen = flags.listen.free_address()?;
    let kit = setup::for_building(project)?;
    dist::ensure(project, &kit)?;
    let job =
        Job::new(cargo()).args(["build", "--release", "--package", "longrun-demo"]).within(project.root());
    progress::run("building the demo server", job)?;
    let mut server =
        Job::new(project.target().join("release/longrun-demo")).arg("--listen").arg(listen.to_string());
    if !flags.rest.iter().any(|flag| flag == "--dist" || flag.starts_with("--dist=")) {
        server = server.arg("--dist").arg(project.dist());
    }
    say(&format!("ready after {}; starting the demo server, Ctrl-C stops it", in_words(watch.elapsed())));
    Ok(server.args(&flags.rest).become_it()?.success())
}

/// Where the server shall listen.
#[derive(Debug, PartialEq, Eq)]
pub enum Listen {
    /// Ours or the next free one.
    Anywhere,
    At(String),
}

/// The flags: ours taken out, the rest for the server.
#[derive(Debug, PartialEq, Eq)]
pub struct Flags {
    pub listen: Listen,
    pub rest: Vec<String>,
}

impl Flags {
    pub fn read(args: &[String]) -> Outcome<Self> {
        let mut flags = Self { listen: Listen::Anywhere, rest: Vec::new() };
        let mut args = args.iter();
        while let Some(arg) = args.next() {
            let (name, attached) = match arg.split_once('=') {
                Some((name, value)) => (name, Some(value.to_owned())),
                None => (arg.as_str(), None),
            };
            if !matches!(name, "--port" | "--listen") {
                flags.rest.push(arg.clone());
                continue;
            }
            let value = attached.or_else(|| args.next().cloned()).ok_or_else(|| {
                Trouble::new(format!("{name} needs a value, such as {name} {}", example(name)))
            })?;
            flags.listen = if name == "--listen" {
                Listen::At(value)
            } else {
                let port: u16 = value
                    .parse()
                    .map_err(|_| Trouble::new(format!("--port takes a number up to 65535, not `{value}`")))?;
                Listen::At(format!("127.0.0.1:{port}"))
            };
        }
        Ok(flags)
    }
}

fn example(name: &str) -> &'static str {
    if name == "--port" { "8787" } else { "127.0.0.1:8787" }
}

impl Listen {
    /// An address nobody listens on. Only this machine's own by default.
    fn free_address(&self) -> Outcome<SocketAddr> {
        match self {
            Self::At(text) => {
                let address =
                    text.to_socket_addrs().ok().and_then(|mut found| found.next()).ok_or_else(|| {
                        Trouble::new(format!("`{text}` is no address to listen on, such as 127.0.0.1:8787"))
                    })?;
                TcpListener::bind(address).map_err(|error| {
                    Trouble::new(format!("nothing can listen on {address}: {error}"))
                        .by_hand("name another with --port, or end what listens there")
                })?
            }
            Self::Anywhere => (PORT..=PORT + MORE_PORTS)
                .find_map(|port| TcpListener::bind(("127.0.0.1", port)).ok())
                .ok_or_else(|| {
                    Trouble::new(format!("no port from {PORT} to {} is free", PORT + MORE_PORTS))
                        .by_hand("name one with --port")
                })?,
        }
        .local_addr()
        .map_err(crate::trouble::while_doing("reading the chosen address"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(args: &[&str]) -> Outcome<Flags> {
        Flags::read(&args.iter().map(|arg| (*arg).to_owned()).collect::<Vec<_>>())
    }

    #[test]
    fn our_flags_are_taken_and_the_rest_goes_to_the_server() {
        let flags = read(&["--operations", "100000", "--port", "9000", "--cors"]).unwrap();
        assert_eq!(flags.listen, Listen::At("127.0.0.1:9000".to_owned()));
        assert_eq!(flags.rest, ["--operations", "100000", "--cors"]);
        assert_eq!(read(&["--listen=[::1]:80"]).unwrap().listen, Listen::At("[::1]:80".to_owned()));
        assert_eq!(read(&[]).unwrap().listen, Listen::Anywhere);
    }

    #[test]
    fn nonsense_is_refused_before_anything_is_built() {
        for args in [&["--port"][..], &["--port", "70000"], &["--port=x"], &["--listen"]] {
            assert!(read(args).is_err(), "{args:?}");
        }
        assert!(Listen::At("nowhere".to_owned()).free_address().is_err());
    }

    #[test]
    fn a_taken_port_is_an_error_if_named_and_passed_over_if_not() {
        let taken = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = taken.local_addr().unwrap();
        assert!(Listen::At(address.to_string()).free_address().is_err());
        let free = Listen::Anywhere.free_address().unwrap();
        assert!(free.ip().is_loopback() && free != address);
    }
}
