//! One journey from curtain to curtain: server and browser start, the journey runs, the browser is judged, what is
//! needed to understand a failure is kept, everything ends. It must not know what journeys do.

use std::any::Any;
use std::panic::AssertUnwindSafe;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

use longrun_demo::Config;
use longrun_demo::server::machine_clock;
use tokio::runtime::Builder;

use crate::browser::{Browser, View};
use crate::console::Complaints;
use crate::failure::{Failure, Outcome};
use crate::record;
use crate::site::Site;

/// What a journey starts from.
pub struct Setup {
    pub operations: usize,
    /// How long before now the server's clock stands; it can then be stepped without leaving the browser behind.
    pub behind_ms: i64,
    /// The text of `/config.json`, where it is not the demo's own.
    pub config_json: Option<String>,
    pub view: View,
    /// A real nginx stands between browser and server, set up by the recipe in `deploy/nginx`.
    pub nginx: bool,
}

impl Default for Setup {
    fn default() -> Self {
        Self { operations: 500, behind_ms: 0, config_json: None, view: View::WIDE, nginx: false }
    }
}

/// Server and browser of a running journey.
pub struct Stage {
    pub site: Site,
    pub browser: Browser,
    complaints: Mutex<Complaints>,
    provoked: Mutex<Vec<String>>,
}

impl Stage {
    /// Says that the journey makes requests fail; `part` stands in the browser's own line about it, as in
    /// `status of 429`.
    pub fn provokes(&self, part: &str) {
        locked(&self.provoked).push(part.to_owned());
    }

    /// Opens a path of the console as a link from outside would.
    pub async fn open(&self, path: &str) -> Outcome {
        self.gather().await?;
        self.browser.go(&self.site.url(path)).await
    }

    pub async fn reload(&self) -> Outcome {
        self.gather().await?;
        self.browser.reload().await
    }

    /// Takes down what the browser complained about until now.
    pub async fn gather(&self) -> Outcome {
        let mut so_far = std::mem::take(&mut *locked(&self.complaints));
        let gathered = so_far.gather(&self.browser).await;
        *locked(&self.complaints) = so_far;
        gathered
    }

    async fn judge(&self) -> Outcome {
        self.gather().await?;
        locked(&self.complaints).judge(&locked(&self.provoked))
    }
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Two cores drive two browsers well and three badly.
const SEATS: usize = 2;
static TAKEN: Mutex<usize> = Mutex::new(0);
static FREED: Condvar = Condvar::new();

struct Seat;

impl Seat {
    fn take() -> Self {
        let taken = FREED.wait_while(locked(&TAKEN), |taken| *taken >= SEATS);
        *taken.unwrap_or_else(PoisonError::into_inner) += 1;
        Self
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        *locked(&TAKEN) -= 1;
        FREED.notify_one();
    }
}

/// Plays a journey. It fails where the journey does, or where the browser complained.
pub fn play(journey: &str, setup: Setup, body: impl AsyncFnOnce(&Stage) -> Outcome) -> Outcome {
    let _seat = Seat::take();
    record::forget(journey);
    let runtime = Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    let stage = runtime.block_on(set_up(setup))?;
    // A failed assertion is a failure like any other: it must not leave a browser behind.
    let played = std::panic::catch_unwind(AssertUnwindSafe(|| runtime.block_on(body(&stage))));
    runtime.block_on(async {
        let played = played.unwrap_or_else(|panic| Err(Failure::new(said(panic.as_ref()))));
        let judged = stage.judge().await;
        let outcome = match (played, judged) {
            (Ok(()), judged) => judged,
            (Err(failure), Ok(())) => Err(failure),
            (Err(failure), Err(also)) => Err(Failure::new(format!("{failure}\nand {also}"))),
        };
        if let Err(failure) = &outcome {
            let Stage { site, browser, complaints, .. } = &stage;
            let so_far = std::mem::take(&mut *locked(complaints));
            let missed = record::keep(journey, &failure.to_string(), site, browser, &so_far).await;
            eprintln!("{journey} failed; see {}", record::folder(journey).display());
            missed.iter().for_each(|missed| eprintln!("  {missed}"));
        }
        let Stage { site, browser, .. } = stage;
        let (left, stopped) = (browser.quit().await, site.stop().await);
        outcome.and(left).and(stopped)
    })
}

async fn set_up(setup: Setup) -> Outcome<Stage> {
    let config = Config {
        operations: setup.operations,
        controls: true,
        ..Config::starting_at(machine_clock() - setup.behind_ms)
    };
    let site = Site::start(config, setup.config_json, setup.nginx).await?;
    let browser = Browser::start(setup.view, &[]).await?;
    Ok(Stage { site, browser, complaints: Mutex::default(), provoked: Mutex::default() })
}

fn said(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<String>().map(String::as_str).or_else(|| panic.downcast_ref().copied());
    text.unwrap_or("the journey panicked").to_owned()
}
