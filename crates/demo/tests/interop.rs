//! The vendors' own, unmodified Python clients against the demo server, over a real socket. Each runs where its
//! variable names a Python that can import it; `cargo xtask test` prepares those where it can, and says so where it
//! cannot.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "helpers of tests fail by panicking, as tests do"
)]

use std::path::Path;
use std::process::Command;

use longrun_demo::server::{ServeOptions, machine_clock, serve, tokio_sleeper};
use longrun_demo::{Config, Demo};

/// Runs `script` with the Python that `variable` names against a demo of its own, whose clock the script steps.
async fn drive(variable: &str, script: &str, at_least: usize) {
    let Some(python) = std::env::var_os(variable) else {
        panic!("{variable} is not set: run this ring with `cargo xtask interop`");
    };
    let start = machine_clock();
    let config = Config { controls: true, ..Config::starting_at(start) };
    let demo = Demo::with_sleeper(config, move || start, tokio_sleeper());
    let server = serve(&demo, &ServeOptions::local(None)).await.expect("a free port on loopback");
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/interop").join(script);
    let url = server.url();
    let run =
        move || Command::new(python).arg("-B").env("PYTHONIOENCODING", "utf-8").arg(script).arg(url).output();
    let output = tokio::task::spawn_blocking(run).await.expect("the thread ends").expect("Python starts");
    server.stop().await.expect("the server stops cleanly");
    let said =
        format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{said}");
    // The last line: "<client>: <number> checks held".
    let last = String::from_utf8_lossy(&output.stdout).lines().last().unwrap_or_default().to_owned();
    let held = last.rsplit(": ").next().and_then(|text| text.strip_suffix(" checks held"));
    let held: usize = held.and_then(|number| number.parse().ok()).unwrap_or(0);
    assert!(held >= at_least, "only {held} checks: {said}");
    println!("{said}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn eclsdk_drives_every_call_it_has() {
    drive("LONGRUN_PYTHON_ECLSDK", "eclsdk_drive.py", 17).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn xiq_drives_every_call_it_has() {
    drive("LONGRUN_PYTHON_XIQ", "extremecloudiq_drive.py", 91).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn xiq22_drives_every_call_it_has() {
    drive("LONGRUN_PYTHON_XIQ22", "extremecloudiq22_drive.py", 49).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn google_apiclient_drives_every_call_it_has() {
    drive("LONGRUN_PYTHON_GOOGLE", "googleapiclient_drive.py", 69).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn google_operations_v1_drives_every_call_it_has() {
    drive("LONGRUN_PYTHON_GOOGLE", "operations_v1_drive.py", 44).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn google_workloadmanager_drives_every_call_it_has() {
    drive("LONGRUN_PYTHON_GOOGLE", "workloadmanager_drive.py", 66).await;
}
