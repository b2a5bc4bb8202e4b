//! The chromedriver process that all browsers of one test program share. It must not know sessions.
//!
//! It ends with the last journey that uses it. A shell stands between, as head of a process group of its own: when its
//! input closes, which happens even if the test program is killed and runs no destructor, it ends the driver and every
//! browser the driver started, and removes the profiles they leave behind.

use std::env;
use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::thread;
use std::time::Duration;

use crate::failure::{Failure, Outcome};

const GUARD: &str = r#"
"$@" & driver=$!
read -r _
trap "" TERM
kill "$driver"
wait "$driver"
kill 0
sleep 0.2
rm -rf -- "$TMPDIR""#;
const START: Duration = Duration::from_secs(20);

/// A driver that answers on a port of this machine.
pub struct Chromedriver {
    child: Child,
    input: Option<ChildStdin>,
    port: u16,
}

impl Chromedriver {
    /// The running one, or a new one.
    pub fn shared() -> Outcome<Arc<Self>> {
        static CURRENT: Mutex<Weak<Chromedriver>> = Mutex::new(Weak::new());
        let mut current = CURRENT.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(running) = current.upgrade() {
            return Ok(running);
        }
        let started = Arc::new(Self::start()?);
        *current = Arc::downgrade(&started);
        Ok(started)
    }

    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    fn start() -> Outcome<Self> {
        static STARTED: AtomicUsize = AtomicUsize::new(0);
        let program = program()?;
        let number = STARTED.fetch_add(1, Ordering::Relaxed);
        let scratch = env::temp_dir().join(format!("longrun-e2e-{}-{number}", std::process::id()));
        std::fs::create_dir_all(&scratch)?;
        let mut guard = Command::new("sh");
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(&mut guard, 0);
        let mut child = guard
            .args(["-c", GUARD, "guard"])
            .arg(&program)
            .args(["--port=0", "--allowed-ips=127.0.0.1"])
            .env("TMPDIR", &scratch)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|error| Failure::new(format!("{} could not be started: {error}", program.display())))?;
        let input = child.stdin.take();
        let said = child.stdout.take();
        let (tell, told) = mpsc::channel();
        thread::spawn(move || {
            // Read to the end, so that the driver never waits for us.
            for line in said.into_iter().flat_map(|said| BufReader::new(said).lines()).map_while(Result::ok) {
                if let Some(port) = port_in(&line) {
                    // Nobody listens any more once the start was given up.
                    let _ = tell.send(port);
                }
            }
        });
        let mut driver = Self { child, input, port: 0 };
        driver.port = told.recv_timeout(START).map_err(|_| {
            Failure::new(format!("{} did not say which port it listens on", program.display()))
        })?;
        Ok(driver)
    }
}

impl Drop for Chromedriver {
    fn drop(&mut self) {
        drop(self.input.take());
        // The shell ends with the driver; nothing is left to do if it cannot be waited for.
        let _ = self.child.wait();
    }
}

/// `ChromeDriver was started successfully on port 41473.`
fn port_in(line: &str) -> Option<u16> {
    line.split_once("started successfully on port ")?.1.trim_end_matches('.').trim().parse().ok()
}

fn program() -> Outcome<PathBuf> {
    if let Some(named) = env::var_os("CHROMEDRIVER") {
        return Ok(PathBuf::from(named));
    }
    found("chromedriver", &["/usr/bin/chromedriver", "/usr/lib/chromium/chromedriver"]).ok_or_else(|| {
        Failure::new(
            "chromedriver was not found; `cargo xtask setup --tests` installs it, CHROMEDRIVER names another",
        )
    })
}

/// A program on PATH or in one of the usual places.
pub fn found(name: &str, places: &[&str]) -> Option<PathBuf> {
    let path = env::var_os("PATH").unwrap_or_default();
    env::split_paths(&path)
        .map(|folder| folder.join(name))
        .chain(places.iter().map(PathBuf::from))
        .find(|file| file.is_file())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_port_is_read_from_what_the_driver_says() {
        assert_eq!(port_in("ChromeDriver was started successfully on port 41473."), Some(41473));
        assert_eq!(port_in("ChromeDriver was started successfully on port 9515"), Some(9515));
        assert_eq!(port_in("Starting ChromeDriver 156.0 on port 0"), None);
    }
}
