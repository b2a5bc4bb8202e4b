//! The rings of tests, cheap first: which there are, which test files belong to which. Runs nothing (`suite` does).

use crate::fingerprint::files_below;
use crate::project::Project;
use crate::trouble::{Outcome, Trouble};
use std::path::Path;

/// What a ring consists of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Work {
    /// Unit tests beside the code, of every package.
    Unit,
    /// Integration tests of one folder whose file names begin with one of these words.
    Files { folder: &'static str, begin: &'static [&'static str] },
    /// The vendors' own clients against the demo server.
    Interop,
    /// Format and lints.
    Lint,
    /// Component tests in a browser.
    Component,
    /// The budget of the bundle.
    Size,
    /// Journeys through the release bundle in a browser.
    EndToEnd,
}

/// One ring.
#[derive(Debug)]
pub struct Ring {
    pub id: &'static str,
    pub proves: &'static str,
    pub work: Work,
    /// Chromium, its driver and what else `setup --tests` installs.
    pub needs_browser: bool,
    /// The release bundle in dist.
    pub needs_bundle: bool,
}

const fn ring(id: &'static str, proves: &'static str, work: Work) -> Ring {
    let needs_bundle = matches!(work, Work::Size | Work::EndToEnd);
    Ring { id, proves, work, needs_browser: needs_bundle || matches!(work, Work::Component), needs_bundle }
}

/// In the order in which they run.
pub const RINGS: [Ring; 9] = [
    ring("unit", "logic beside the code, routes, the demo's parts", Work::Unit),
    ring(
        "property",
        "round trips, and that nothing leaks or hangs on any input",
        Work::Files { folder: "crates/core/tests", begin: &["properties"] },
    ),
    ring(
        "conformance",
        "the same promises kept by every dialect, every text in every language",
        Work::Files { folder: "crates/core/tests", begin: &["conformance", "texts"] },
    ),
    ring(
        "contract",
        "adapter and independent server agree",
        Work::Files { folder: "crates/demo/tests", begin: &["contract", "server"] },
    ),
    ring("interop", "the vendors' own clients accept the demo server", Work::Interop),
    ring("lint", "format, lints native and wasm, no test file outside the rings", Work::Lint),
    ring("component", "views in a real browser", Work::Component),
    ring("size", "the bundle keeps its budget", Work::Size),
    ring("e2e", "operator journeys through the release bundle in a real browser", Work::EndToEnd),
];

/// The rings of `cargo xtask check`.
pub const QUICK: [&str; 5] = ["lint", "unit", "property", "conformance", "contract"];

/// The rings of these names, in their own order; without names, all.
pub fn chosen(names: &[&str]) -> Outcome<Vec<&'static Ring>> {
    if let Some(unknown) = names.iter().find(|name| RINGS.iter().all(|ring| ring.id != **name)) {
        let known: Vec<&str> = RINGS.iter().map(|ring| ring.id).collect();
        return Err(Trouble::new(format!("there is no ring {unknown}; the rings are {}", known.join(", "))));
    }
    Ok(RINGS.iter().filter(|ring| names.is_empty() || names.contains(&ring.id)).collect())
}

impl Work {
    /// Where its test files are, and how their names begin.
    fn files(self) -> Option<(&'static str, &'static [&'static str])> {
        match self {
            Self::Files { folder, begin } => Some((folder, begin)),
            Self::Interop => Some(("crates/demo/tests", &["interop"])),
            Self::EndToEnd => Some(("crates/e2e/tests", &[""])),
            Self::Component => Some(("tests", &["web"])),
            Self::Unit | Self::Lint | Self::Size => None,
        }
    }

    /// The names of its test programs that exist.
    pub fn targets(self, project: &Project) -> Outcome<Vec<String>> {
        let Some((folder, begin)) = self.files() else { return Ok(Vec::new()) };
        Ok(test_files(&project.path(folder))?
            .into_iter()
            .filter(|name| begin.iter().any(|word| name.starts_with(word)))
            .collect())
    }
}

/// Test files that no ring would run, as paths from the root: such a test proves nothing.
pub fn homeless(project: &Project) -> Outcome<Vec<String>> {
    let folders =
        ["tests", "crates/core/tests", "crates/demo/tests", "crates/e2e/tests", "crates/xtask/tests"];
    let mut lost = Vec::new();
    for folder in folders {
        for name in test_files(&project.path(folder))? {
            let at_home = RINGS
                .iter()
                .filter_map(|ring| ring.work.files())
                .any(|(home, begin)| home == folder && begin.iter().any(|word| name.starts_with(word)));
            if !at_home {
                lost.push(format!("{folder}/{name}.rs"));
            }
        }
    }
    Ok(lost)
}

/// The test programs of a tests folder, as cargo sees them: each .rs file in it, and each folder with a main.rs.
fn test_files(folder: &Path) -> Outcome<Vec<String>> {
    if !folder.is_dir() {
        return Ok(Vec::new());
    }
    Ok(files_below(folder)?.iter().filter_map(|file| program(folder, file)).collect())
}

fn program(folder: &Path, file: &Path) -> Option<String> {
    let parent = file.parent()?;
    let name = if parent == folder && file.extension()? == "rs" {
        file.file_stem()?
    } else if parent.parent()? == folder && file.file_name()? == "main.rs" {
        parent.file_name()?
    } else {
        return None;
    };
    Some(name.to_string_lossy().into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_choose_rings_in_the_rings_own_order() {
        let ids = |names: &[&str]| chosen(names).unwrap().iter().map(|ring| ring.id).collect::<Vec<_>>();
        assert_eq!(ids(&["size", "unit"]), ["unit", "size"]);
        assert_eq!(ids(&[]).len(), RINGS.len());
        assert_eq!(ids(&QUICK).len(), QUICK.len());
    }

    #[test]
    fn an_unknown_ring_is_answered_with_the_known_ones() {
        let told = chosen(&["unit", "e3e"]).unwrap_err().to_string();
        assert!(told.contains("e3e") && told.contains("component"), "{told}");
    }

    #[test]
    fn no_test_file_of_this_repository_is_outside_the_rings() {
        assert_eq!(homeless(&Project::find().unwrap()).unwrap(), Vec::<String>::new());
    }

    #[test]
    fn files_and_folders_with_a_main_are_test_programs_their_parts_are_not() {
        let folder = std::env::temp_dir().join(format!("longrun-rings-{}", std::process::id()));
        std::fs::create_dir_all(folder.join("web")).unwrap();
        std::fs::create_dir_all(folder.join("server")).unwrap();
        for file in ["web.rs", "web/list.rs", "server/main.rs", "server/faults.rs", "fixture.json"] {
            std::fs::write(folder.join(file), "").unwrap();
        }
        let found = test_files(&folder).unwrap();
        std::fs::remove_dir_all(&folder).unwrap();
        assert_eq!(found, ["server", "web"]);
    }
}
