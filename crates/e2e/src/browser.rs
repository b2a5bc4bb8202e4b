//! One browser with an empty profile: how it is started, what it is shown to be, where it goes, what it is asked.
//! It must not know roles or pages.

use std::env;
use std::sync::{Arc, Mutex, PoisonError};

use serde_json::{Value, json};
use thirtyfour::{Capabilities, WebDriver};

use crate::driver::{Chromedriver, found};
use crate::failure::{Failure, Outcome};

/// No background traffic of the browser's own, and no sandbox, which containers do not allow.
const SWITCHES: [&str; 9] = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
];

/// Notes violations of the content security policy from the first moment of every page.
const WATCH: &str = include_str!("scripts/watch.js");

/// Which colours the system asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scheme {
    Light,
    Dark,
}

impl Scheme {
    pub const BOTH: [Self; 2] = [Self::Light, Self::Dark];

    pub fn name(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }
}

/// The screen in front of the operator.
#[derive(Clone, Copy, Debug)]
pub struct View {
    pub width: u32,
    pub height: u32,
    pub scheme: Scheme,
    pub reduced_motion: bool,
    /// The system asks for more contrast.
    pub high_contrast: bool,
}

impl View {
    /// A desk.
    pub const WIDE: Self =
        Self { width: 1280, height: 800, scheme: Scheme::Light, reduced_motion: false, high_contrast: false };
    /// A phone.
    pub const NARROW: Self = Self { width: 390, height: 844, ..Self::WIDE };

    #[must_use]
    pub fn in_colours(self, scheme: Scheme) -> Self {
        Self { scheme, ..self }
    }

    #[must_use]
    pub fn in_high_contrast(self) -> Self {
        Self { high_contrast: true, ..self }
    }
}

/// A session, kept together with the driver it runs on.
pub struct Browser {
    driver: WebDriver,
    process: Arc<Chromedriver>,
    /// What it was last shown to be.
    view: Mutex<View>,
}

impl Browser {
    /// Starts a browser that looks like `view`, with further `switches`.
    pub async fn start(view: View, switches: &[&str]) -> Outcome<Self> {
        let process = Chromedriver::shared()?;
        let size = format!("--window-size={},{}", view.width, view.height);
        let args: Vec<&str> = SWITCHES.iter().chain(switches).copied().chain([size.as_str()]).collect();
        let binary = match env::var("LONGRUN_CHROMIUM") {
            Ok(named) => named.into(),
            Err(_) => {
                found("chromium", &["/usr/bin/chromium", "/usr/bin/google-chrome"]).ok_or_else(|| {
                    Failure::new("Chromium was not found; `cargo xtask setup --tests` installs it")
                })?
            }
        };
        let mut wanted = Capabilities::new();
        wanted.set("browserName", "chrome")?;
        wanted.set("goog:chromeOptions", json!({ "args": args, "binary": binary }))?;
        wanted.set("goog:loggingPrefs", json!({ "browser": "ALL" }))?;
        let driver = WebDriver::new(process.url(), wanted)
            .await
            .map_err(|error| Failure::from(error).during("a browser could not be started"))?;
        let browser = Self { driver, process, view: Mutex::new(view) };
        browser.cdp("Page.addScriptToEvaluateOnNewDocument", json!({ "source": WATCH })).await?;
        browser.cdp("Emulation.setTimezoneOverride", json!({ "timezoneId": "Asia/Tokyo" })).await?;
        browser.look(view).await?;
        Ok(browser)
    }

    /// Changes size, colours and motion of a running browser.
    pub async fn look(&self, view: View) -> Outcome {
        let size =
            json!({ "width": view.width, "height": view.height, "deviceScaleFactor": 1, "mobile": false });
        self.cdp("Emulation.setDeviceMetricsOverride", size).await?;
        *self.view.lock().unwrap_or_else(PoisonError::into_inner) = view;
        self.wear(view).await
    }

    /// What it looks like now.
    pub fn view(&self) -> View {
        *self.view.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Changes colours and motion for a moment; the size and what `view` says stay.
    pub async fn wear(&self, view: View) -> Outcome {
        let motion = if view.reduced_motion { "reduce" } else { "no-preference" };
        let contrast = if view.high_contrast { "more" } else { "no-preference" };
        let features = json!([
            { "name": "prefers-color-scheme", "value": view.scheme.name() },
            { "name": "prefers-reduced-motion", "value": motion },
            { "name": "prefers-contrast", "value": contrast },
        ]);
        self.cdp("Emulation.setEmulatedMedia", json!({ "features": features })).await?;
        Ok(())
    }

    /// Runs `source` before any script of every page opened from now on.
    pub async fn before_every_page(&self, source: &str) -> Outcome {
        self.cdp("Page.addScriptToEvaluateOnNewDocument", json!({ "source": source })).await.map(drop)
    }

    /// Lets pages of `origin` use the clipboard, which a browser without a screen else refuses.
    pub async fn allow_clipboard(&self, origin: &str) -> Outcome {
        let permissions = ["clipboardReadWrite", "clipboardSanitizedWrite"];
        self.cdp("Browser.grantPermissions", json!({ "origin": origin, "permissions": permissions }))
            .await
            .map(drop)
    }

    pub async fn go(&self, url: &str) -> Outcome {
        Ok(self.driver.goto(url).await?)
    }

    pub async fn reload(&self) -> Outcome {
        Ok(self.driver.refresh().await?)
    }

    pub async fn back(&self) -> Outcome {
        Ok(self.driver.back().await?)
    }

    pub async fn forward(&self) -> Outcome {
        Ok(self.driver.forward().await?)
    }

    pub async fn title(&self) -> Outcome<String> {
        Ok(self.driver.title().await?)
    }

    /// Runs the body of a function in the page; a promise it returns is waited for.
    pub async fn script(&self, body: &str, args: Vec<Value>) -> Outcome<Value> {
        Ok(self.driver.execute(body, args).await?.json().clone())
    }

    /// A command of the browser's own protocol.
    pub async fn cdp(&self, method: &str, params: Value) -> Outcome<Value> {
        self.driver.cdp().send_raw(method, params).await.map_err(|error| Failure::from(error).during(method))
    }

    pub fn driver(&self) -> &WebDriver {
        &self.driver
    }

    /// Ends the session, then lets go of the driver.
    pub async fn quit(self) -> Outcome {
        let Self { driver, process, .. } = self;
        let ended = driver.quit().await;
        drop(process);
        Ok(ended?)
    }
}
