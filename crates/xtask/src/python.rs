//! Gives the interop tests the vendors' own clients: one Python environment per client under `target/tools/python`, as
//! two versions of one package cannot live together. A machine without Python loses the interop ring and nothing else;
//! one without a Python old enough for NTT's client loses that client's test.

use crate::process::Job;
use crate::progress;
use crate::project::Project;
use crate::tools::{on_path, version};
use std::path::PathBuf;

/// One environment.
#[derive(Debug)]
pub struct Client {
    /// Its test's name begins so; also the name of its folder.
    pub id: &'static str,
    /// The variable that tells the test where its Python is.
    pub variable: &'static str,
    /// What pip installs, at exact versions.
    packages: &'static [&'static str],
    /// What proves that it can be used.
    import: &'static str,
    /// The Python 3 versions it loads on.
    minors: std::ops::RangeInclusive<u32>,
}

/// Every client that is driven.
pub const CLIENTS: [Client; 5] = [
    Client {
        id: "eclsdk",
        variable: "LONGRUN_PYTHON_ECLSDK",
        packages: &["eclsdk==1.11.1"],
        import: "ecl",
        // It does not load on Python 3.10 or newer.
        minors: 6..=9,
    },
    Client {
        id: "cloudify",
        variable: "LONGRUN_PYTHON_CLOUDIFY",
        packages: &["cloudify-common==7.0.5"],
        import: "cloudify_rest_client",
        minors: 8..=13,
    },
    Client {
        id: "xiq",
        variable: "LONGRUN_PYTHON_XIQ",
        packages: &["extremecloudiq-api==25.14.1.post4"],
        import: "extremecloudiq",
        minors: 9..=13,
    },
    Client {
        id: "xiq22",
        variable: "LONGRUN_PYTHON_XIQ22",
        packages: &["extremecloudiq-api==22.6.4.1"],
        import: "extremecloudiq",
        minors: 9..=13,
    },
    Client {
        id: "google",
        variable: "LONGRUN_PYTHON_GOOGLE",
        packages: &[
            "google-api-python-client==2.202.0",
            "google-api-core==2.44.0",
            "google-cloud-workloadmanager==0.2.2",
            "requests==2.34.2",
        ],
        import: "googleapiclient, google.api_core.operations_v1, google.cloud.workloadmanager_v1",
        minors: 9..=13,
    },
];

/// The Python of a client's environment, made if need be, or the reason why there is none.
pub fn with_client(project: &Project, client: &Client) -> Result<PathBuf, String> {
    let home = project.tools().join("python").join(client.id);
    let python = home.join("bin/python");
    let ready = || Job::new(&python).args(["-c", &format!("import {}", client.import)]).capture().is_ok();
    if python.exists() && ready() {
        return Ok(python);
    }
    let base = suitable(client).ok_or_else(|| {
        format!("no Python from 3.{} to 3.{} is here", client.minors.start(), client.minors.end())
    })?;
    let venv = Job::new(&base).args(["-m", "venv", "--clear"]).arg(&home);
    let install = Job::new(&python)
        .args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check"])
        .args(client.packages);
    let named = client.packages.join(" ");
    progress::run(&format!("making a Python environment with {}", base.display()), venv)
        .and_then(|()| progress::run(&format!("installing {named} with pip"), install))
        .map_err(|trouble| format!("{named} could not be installed: {trouble}"))?;
    if ready() { Ok(python) } else { Err(format!("{named} was installed but cannot be imported")) }
}

/// Whether there is any Python at all that can make environments.
pub fn is_there() -> bool {
    on_path("python3")
        .is_some_and(|python| Job::new(&python).args(["-c", "import venv, ensurepip"]).capture().is_ok())
}

fn suitable(client: &Client) -> Option<PathBuf> {
    let mut candidates: Vec<PathBuf> = on_path("python3").into_iter().collect();
    candidates.extend(client.minors.clone().rev().filter_map(|minor| on_path(&format!("python3.{minor}"))));
    if let Some(home) = std::env::var_os("HOME") {
        let versions = PathBuf::from(home).join(".pyenv/versions");
        let mut installed: Vec<PathBuf> = std::fs::read_dir(versions)
            .map(|entries| entries.flatten().map(|entry| entry.path().join("bin/python")).collect())
            .unwrap_or_default();
        installed.sort();
        candidates.extend(installed.into_iter().rev());
    }
    candidates
        .into_iter()
        .find(|python| version(python).as_deref().is_some_and(|version| fits(version, &client.minors)))
}

fn fits(version: &str, minors: &std::ops::RangeInclusive<u32>) -> bool {
    let mut parts = version.split('.').map(|part| part.parse::<u32>().ok());
    matches!((parts.next().flatten(), parts.next().flatten()), (Some(3), Some(minor)) if minors.contains(&minor))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_pythons_a_client_loads_on_are_taken() {
        let old = &CLIENTS[0].minors;
        for version in ["3.6.15", "3.9.18", "3.8"] {
            assert!(fits(version, old), "{version}");
        }
        for version in ["2.7.18", "3.10.13", "3.13.0", "3", "x", "3.5.2"] {
            assert!(!fits(version, old), "{version}");
        }
    }

    #[test]
    fn clients_have_folders_and_variables_of_their_own() {
        for (at, client) in CLIENTS.iter().enumerate() {
            let twice = |other: &Client| other.id == client.id || other.variable == client.variable;
            assert!(!CLIENTS.iter().skip(at + 1).any(twice), "{}", client.id);
            assert!(client.packages.iter().all(|package| !package.is_empty()));
        }
    }
}
