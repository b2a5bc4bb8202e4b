//! What is left of a journey that failed, under `target/e2e/<journey>/`: a picture, the page and its
//! roles, the browser's console and the server's requests. It must not decide whether a journey failed.

use std::env;
use std::fs;
use std::path::PathBuf;

use crate::browser::Browser;
use crate::console::Complaints;
use crate::failure::Outcome;
use crate::site::{Site, workspace};

/// The folder of a journey.
pub fn folder(journey: &str) -> PathBuf {
    let out = env::var_os("LONGRUN_E2E_OUT").map_or_else(|| workspace().join("target/e2e"), PathBuf::from);
    out.join(journey)
}

/// Nothing of an earlier run is taken for this one's.
pub fn forget(journey: &str) {
    // It may never have failed before.
    let _ = fs::remove_dir_all(folder(journey));
}

/// Writes all that can still be had and returns what could not.
pub async fn keep(
    journey: &str,
    why: &str,
    site: &Site,
    browser: &Browser,
    complaints: &Complaints,
) -> Vec<String> {
    let folder = folder(journey);
    let mut missed = Vec::new();
    let mut note = |what: &str, outcome: Outcome| {
        if let Err(failure) = outcome {
            missed.push(format!("{what} was not saved: {failure}"));
        }
    };
    note("the folder", fs::create_dir_all(&folder).map_err(Into::into));
    note("the reason", fs::write(folder.join("failure.txt"), why).map_err(Into::into));
    note("the picture", browser.driver().screenshot(&folder.join("screen.png")).await.map_err(Into::into));
    let page = match browser.driver().source().await {
        Ok(source) => fs::write(folder.join("page.html"), source).map_err(Into::into),
        Err(error) => Err(error.into()),
    };
    note("the page", page);
    let outline = match browser.outline().await {
        Ok(outline) => fs::write(folder.join("roles.txt"), outline).map_err(Into::into),
        Err(failure) => Err(failure),
    };
    note("the outline", outline);
    note("the console", fs::write(folder.join("console.txt"), complaints.log()).map_err(Into::into));
    note("the server's log", fs::write(folder.join("requests.txt"), site.log()).map_err(Into::into));
    missed
}
