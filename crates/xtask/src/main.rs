//! The project's commands: set-up, demo, tests, release bundle and its budgets, from one `cargo xtask <command>`.
//! Needs nothing but cargo to start and knows nothing of the console's code, only of its files and tools.
//!
//! What is worth knowing before changing something here (figures from two busy cores, November 2026):
//! - Trunk looks for tools on PATH before anything else and would otherwise download them, so every Trunk call gets
//!   a PATH that begins with our tools (`dist`). It refuses `NO_COLOR=1`, and stops `serve` if a path it shall ignore
//!   does not exist.
//! - Building Trunk takes 3 minutes and wasm-bindgen-cli 1, once; npm's wasm-opt 2 s; the bundle of a near-empty
//!   console 60 s from nothing and 5 s after a change; a start with nothing to do 0.2 s.
//! - `cargo test --workspace --test x` shares one set of features, `cargo test -p x` has its own: mixing them
//!   compiles the dependencies twice. All native rings therefore say `--workspace` (`work`).
//! - Brotli at quality 11 takes 5 s for a bundle without optimisation and 1.5 s with it: see the root manifest.
//! - Chromium warns that it ignores the integrity of the WASM's preload hint. Trunk writes it for both the WASM and
//!   its script or for neither, so index.html switches it off there; the hints stay, and each file is fetched once.
//! - `kill -TERM -- -123` is not understood by dash, `kill -s TERM -- -123` is (`process`).

mod bundle;
mod check;
mod cli;
mod clock;
mod compress;
#[cfg(test)]
mod contrast;
mod counts;
mod demo;
mod dev;
mod dist;
mod fingerprint;
mod install;
mod lockfile;
mod page;
mod process;
mod progress;
mod project;
mod python;
mod rings;
mod script;
mod seam;
mod setup;
mod sheets;
mod size;
mod small_std;
mod stylesheet;
mod suite;
mod tools;
mod trouble;
mod work;

use std::process::ExitCode;

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    match cli::run(&args) {
        Ok(code) => code,
        Err(trouble) => {
            eprintln!("\nxtask stopped: {trouble}");
            ExitCode::FAILURE
        }
    }
}
