//! The vendor's own, unmodified Python client against the demo server, over a real socket. Runs where
//! `LONGRUN_PYTHON` names a Python that can import it; `cargo xtask test` prepares one where it can, and says so
//! where it cannot.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "helpers of tests fail by panicking, as tests do"
)]

use std::process::Command;

use longrun_demo::server::{ServeOptions, machine_clock, serve, tokio_sleeper};
use longrun_demo::{Config, Demo};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn eclsdk_drives_every_call_it_has() {
    let Some(python) = std::env::var_os("LONGRUN_PYTHON") else {
        panic!("LONGRUN_PYTHON is not set: run this ring with `cargo xtask interop`");
    };
    let start = machine_clock();
    let config = Config { controls: true, ..Config::starting_at(start) };
    let demo = Demo::with_sleeper(config, move || start, tokio_sleeper());
    let server = serve(&demo, &ServeOptions::local(None)).await.expect("a free port on loopback");
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/interop/eclsdk_drive.py");
    let url = server.url();
    let drive = move || Command::new(python).arg(script).arg(url).output();
    let output = tokio::task::spawn_blocking(drive).await.expect("the thread ends").expect("Python starts");
    server.stop().await.expect("the server stops cleanly");
    let said =
        format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{said}");
    let held: usize = said.split_whitespace().find_map(|word| word.parse().ok()).unwrap_or(0);
    assert!(held >= 17, "only {held} checks: {said}");
    println!("{said}");
}
