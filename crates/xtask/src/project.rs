//! Where things are in this repository. Knows paths only, runs nothing.

use crate::trouble::{Outcome, Trouble};
use std::path::{Path, PathBuf};

/// The repository and the folders the tasks write to.
#[derive(Clone, Debug)]
pub struct Project {
    root: PathBuf,
    target: PathBuf,
}

impl Project {
    /// Finds the repository from where cargo started this program, else from where it was compiled.
    pub fn find() -> Outcome<Self> {
        let manifest = std::env::var_os("CARGO_MANIFEST_DIR")
            .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
        let root = manifest
            .ancestors()
            .find(|folder| folder.join("Cargo.lock").is_file() && folder.join("crates").is_dir())
            .ok_or_else(|| {
                Trouble::new(format!("no Longrun repository above {}", manifest.display()))
                    .by_hand("run `cargo xtask` inside the repository; Cargo.lock must be there")
            })?;
        let target = std::env::var_os("CARGO_TARGET_DIR")
            .map_or_else(|| root.join("target"), |set| root.join(PathBuf::from(set)));
        Ok(Self { root: root.to_owned(), target })
    }

    pub fn root(&self) -> &Path {
        &self.root
    }

    pub fn path(&self, relative: &str) -> PathBuf {
        self.root.join(relative)
    }

    /// Where cargo puts what it builds; `CARGO_TARGET_DIR` moves it.
    pub fn target(&self) -> &Path {
        &self.target
    }

    /// Our tools stay in the repository's own target folder, so that every build folder shares them.
    pub fn tools(&self) -> PathBuf {
        self.path("target/tools")
    }

    pub fn tools_bin(&self) -> PathBuf {
        self.path("target/tools/bin")
    }

    pub fn dist(&self) -> PathBuf {
        self.path("dist")
    }

    /// Notes the tasks leave for their next run.
    pub fn notes(&self) -> PathBuf {
        self.path("target/xtask")
    }

    pub fn logs(&self) -> PathBuf {
        self.path("target/test-logs")
    }
}

/// The cargo that runs us, so that nested calls use the same toolchain.
pub fn cargo() -> String {
    std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_repository_is_found_from_this_crate() {
        let project = Project::find().unwrap();
        assert!(project.path("crates/xtask/Cargo.toml").is_file());
        assert!(project.tools().starts_with(project.root()));
    }
}
