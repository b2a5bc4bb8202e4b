//! The two programs that run side by side: Trunk's live reload with the demo server; and the bench and the fault run. Knows how they
//! are started, not what they do.

use crate::dist;
use crate::process::Job;
use crate::progress::{self, say};
use crate::project::{Project, cargo};
use crate::setup;
use crate::trouble::{Outcome, Trouble};
use std::time::Duration;

/// Trunk.toml sends /ecl, /demo and /config.json there.
const DEMO: &str = "127.0.0.1:8787";
const CONSOLE_PORT: &str = "8080";

/// Runs both until one ends or Ctrl-C ends all.
pub fn live(project: &Project, args: &[String]) -> Outcome<bool> {
    let kit = setup::for_building(project)?;
    let build = Job::new(cargo()).args(["build", "--package", "longrun-demo"]).within(project.root());
    progress::run("building the demo server", build)?;
    // Not `dist`: that holds the release bundle, which other commands measure and serve.
    let built = project.target().join("dev-dist");
    std::fs::create_dir_all(&built)
        .map_err(crate::trouble::while_doing("creating the folder for the dev bundle"))?;
    let mut demo = Job::new(project.target().join("debug/longrun-demo"))
        .args(["--listen", DEMO, "--dist"])
        .arg(&built)
        .args(args)
        .start()?;
    say(&format!("the console reloads itself at http://127.0.0.1:{CONSOLE_PORT}/, Ctrl-C stops it"));
    let mut trunk = dist::trunk(project, &kit)?
        .args(["serve", "--address", "127.0.0.1", "--port", CONSOLE_PORT, "--dist"])
        .arg(&built)
        .start()?;
    loop {
        // Whichever ends first, the other ends with this function.
        if let Some(status) = demo.ended()? {
            return Err(Trouble::new(format!("the demo server ended ({status}), so Trunk was stopped"))
                .by_hand(format!("see whether something else listens on {DEMO}")));
        }
        if let Some(status) = trunk.ended()? {
            return Err(Trouble::new(format!("Trunk ended ({status}), so the demo server was stopped"))
                .by_hand(format!("see whether something else listens on port {CONSOLE_PORT}")));
        }
        std::thread::sleep(Duration::from_millis(200));
    }
}

/// Runs a program of `crates/e2e` on the release bundle, in a real browser, against the release server: `bench`
/// measures, `faults` lets the server fail.
pub fn on_release(project: &Project, program: &str, args: &[String]) -> Outcome<bool> {
    let kit = setup::for_testing(project)?;
    dist::ensure(project, &kit.kit)?;
    let build = Job::new(cargo())
        .args(["build", "--release", "--package", "longrun-e2e", "--bin", program])
        .within(project.root());
    progress::run(&format!("building {program}"), build)?;
    let status = Job::new(project.target().join("release").join(program))
        .args(args)
        .env("LONGRUN_DIST", project.dist())
        .env("LONGRUN_CHROMIUM", &kit.chromium)
        .env("CHROMEDRIVER", &kit.chromedriver)
        .within(project.root())
        .run()?;
    Ok(status.success())
}
