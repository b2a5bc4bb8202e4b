//! Finds a Python old enough for the vendors' own clients and gives it those clients. They are optional: a machine
//! without such a Python loses the interop ring and nothing else.

use crate::process::Job;
use crate::progress;
use crate::project::Project;
use crate::tools::{on_path, version};
use std::path::PathBuf;

/// NTT's client, which does not load on Python 3.10 or newer.
const CLIENT: &str = "eclsdk==1.11.1";
const NEWEST_MINOR: u32 = 9;
const OLDEST_MINOR: u32 = 6;

/// A Python that can import the vendors' clients, or the reason why there is none.
pub fn with_vendor_clients(project: &Project) -> Result<PathBuf, String> {
    let home = project.tools().join("python");
    let python = home.join("bin/python");
    let ready = || Job::new(&python).args(["-c", "import ecl"]).capture().is_ok();
    if python.exists() && ready() {
        return Ok(python);
    }
    let old = old_python()
        .ok_or("no Python between 3.6 and 3.9 is here, and NTT's client loads on no newer one")?;
    let venv = Job::new(&old).args(["-m", "venv", "--clear"]).arg(&home);
    let install =
        Job::new(&python).args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", CLIENT]);
    progress::run(&format!("making a Python environment with {}", old.display()), venv)
        .and_then(|()| progress::run(&format!("installing {CLIENT} with pip"), install))
        .map_err(|trouble| format!("NTT's client could not be installed: {trouble}"))?;
    if ready() { Ok(python) } else { Err("NTT's client was installed but cannot be imported".to_owned()) }
}

fn old_python() -> Option<PathBuf> {
    let mut candidates: Vec<PathBuf> = (OLDEST_MINOR..=NEWEST_MINOR)
        .rev()
        .filter_map(|minor| on_path(&format!("python3.{minor}")))
        .collect();
    candidates.extend(on_path("python3"));
    if let Some(home) = std::env::var_os("HOME") {
        let versions = PathBuf::from(home).join(".pyenv/versions");
        let mut installed: Vec<PathBuf> = std::fs::read_dir(versions)
            .map(|entries| entries.flatten().map(|entry| entry.path().join("bin/python")).collect())
            .unwrap_or_default();
        installed.sort();
        candidates.extend(installed.into_iter().rev());
    }
    candidates.into_iter().find(|python| version(python).as_deref().is_some_and(old_enough))
}

fn old_enough(version: &str) -> bool {
    let mut parts = version.split('.').map(|part| part.parse::<u32>().ok());
    matches!((parts.next().flatten(), parts.next().flatten()), (Some(3), Some(OLDEST_MINOR..=NEWEST_MINOR)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_pythons_the_client_loads_on_are_taken() {
        for version in ["3.6.15", "3.9.18", "3.8"] {
            assert!(old_enough(version), "{version}");
        }
        for version in ["2.7.18", "3.10.13", "3.13.0", "3", "x", "3.5.2"] {
            assert!(!old_enough(version), "{version}");
        }
    }
}
