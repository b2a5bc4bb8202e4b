//! Which tools the project needs and where they are. Looks, and installs nothing (`install` does that).
//!
//! A tool of the exact version on PATH wins, then `target/tools`. Exact, because Trunk compares wasm-bindgen's version
//! with Cargo.lock and would download another, and because the size budget is measured with one wasm-opt.

use crate::process::Job;
use crate::project::Project;
use crate::trouble::Outcome;
use crate::{lockfile, trouble::while_doing};
use std::ffi::OsString;
use std::path::{Path, PathBuf};

/// 0.22 wants a newer Rust than ours.
pub const TRUNK: &str = "0.21.14";
/// npm's name and version of wasm-opt; Debian's is too old for what rustc emits.
pub const BINARYEN: &str = "132.0.0";
/// Makes the generated script smaller.
pub const TERSER: &str = "5.51.2";
/// The oldest wasm-opt that reads bulk memory as rustc emits it.
const OLDEST_WASM_OPT: u32 = 117;
pub const AXE: &str = "4.14.1";

/// The version of wasm-bindgen-cli that Cargo.lock asks for.
pub fn wasm_bindgen_wanted(project: &Project) -> Outcome<String> {
    let lock =
        std::fs::read_to_string(project.path("Cargo.lock")).map_err(while_doing("reading Cargo.lock"))?;
    lockfile::version_of(&lock, "wasm-bindgen")
}

/// The first program of that name on PATH.
pub fn on_path(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).map(|folder| folder.join(name)).find(|file| runs(file))
}

/// The first of several names on PATH, then of several fixed places.
pub fn first_of(names: &[&str], places: &[&str]) -> Option<PathBuf> {
    names
        .iter()
        .find_map(|name| on_path(name))
        .or_else(|| places.iter().map(PathBuf::from).find(|file| runs(file)))
}

fn runs(file: &Path) -> bool {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        file.metadata().is_ok_and(|meta| meta.is_file() && meta.permissions().mode() & 0o111 != 0)
    }
    #[cfg(not(unix))]
    {
        file.is_file()
    }
}

/// What `program --version` says, reduced to the number.
pub fn version(program: &Path) -> Option<String> {
    let said = Job::new(program).arg("--version").capture().ok()?;
    version_in(&said).map(str::to_owned)
}

fn version_in(said: &str) -> Option<&str> {
    said.split_whitespace().find(|word| word.starts_with(|c: char| c.is_ascii_digit()))
}

/// The leading number of a version: `156` of `156.0.7710.3`.
pub fn major(version: &str) -> Option<u32> {
    version.split('.').next()?.parse().ok()
}

/// A program of exactly this version: on PATH, else among our tools.
pub fn exact(project: &Project, name: &str, wanted: &str) -> Option<PathBuf> {
    let ours = Some(project.tools_bin().join(name)).filter(|file| runs(file));
    // Ours first in order, as it costs no search; a PATH tool of the same version would do the same work.
    [ours, on_path(name)].into_iter().flatten().find(|file| version(file).as_deref() == Some(wanted))
}

/// A web server and its table of file types.
#[derive(Clone, Debug)]
pub struct Nginx {
    pub program: PathBuf,
    pub types: PathBuf,
}

/// nginx of the machine, else the one unpacked among our tools.
pub fn nginx(project: &Project) -> Option<Nginx> {
    let ours = project.tools().join("nginx");
    [Path::new("/"), &ours].into_iter().find_map(|root| {
        let found = Nginx { program: root.join("usr/sbin/nginx"), types: root.join("etc/nginx/mime.types") };
        let starts = Job::new(&found.program).arg("-v").capture().is_ok();
        (starts && found.types.is_file()).then_some(found)
    })
}

/// Which wasm-opt there is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WasmOpt {
    /// The version the budget is measured with, in this folder.
    Wanted(PathBuf),
    /// Another that is new enough, in this folder.
    Other(PathBuf, String),
    Missing,
}

pub fn wasm_opt(project: &Project) -> WasmOpt {
    let node = on_path("node").is_some();
    let bin = project.tools().join("node_modules/.bin");
    if node
        && npm_package(project, "binaryen").as_deref() == Some(BINARYEN)
        && bin.join("wasm-opt").exists()
        && terser(project).is_some()
    {
        return WasmOpt::Wanted(bin);
    }
    let Some(found) = on_path("wasm-opt") else { return WasmOpt::Missing };
    let folder = found.parent().map(Path::to_owned).unwrap_or_default();
    match version(&found).and_then(|version| Some((major(&version)?, version))) {
        Some((number, _)) if Some(number) == major(BINARYEN) => WasmOpt::Wanted(folder),
        Some((number, version)) if number >= OLDEST_WASM_OPT => WasmOpt::Other(folder, version),
        _ => WasmOpt::Missing,
    }
}

/// The version of an npm package among our tools.
pub fn npm_package(project: &Project, name: &str) -> Option<String> {
    let manifest = project.tools().join("node_modules").join(name).join("package.json");
    let text = std::fs::read_to_string(manifest).ok()?;
    let value: serde_json::Value = serde_json::from_str(&text).ok()?;
    value.get("version")?.as_str().map(str::to_owned)
}

/// terser's program, if it is installed.
pub fn terser(project: &Project) -> Option<PathBuf> {
    let program = project.tools().join("node_modules/.bin/terser");
    (npm_package(project, "terser").as_deref() == Some(TERSER) && program.exists()).then_some(program)
}

/// axe-core's script, if it is installed.
pub fn axe_script(project: &Project) -> Option<PathBuf> {
    let script = project.tools().join("node_modules/axe-core/axe.min.js");
    (npm_package(project, "axe-core").as_deref() == Some(AXE) && script.is_file()).then_some(script)
}

pub fn chromium() -> Option<PathBuf> {
    chosen("LONGRUN_CHROMIUM").or_else(|| {
        first_of(
            &["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"],
            &[
                "/usr/bin/chromium",
                "/usr/lib/chromium/chromium",
                "/opt/google/chrome/chrome",
                "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
                "/Applications/Chromium.app/Contents/MacOS/Chromium",
            ],
        )
    })
}

pub fn chromedriver() -> Option<PathBuf> {
    chosen("CHROMEDRIVER").or_else(|| {
        first_of(
            &["chromedriver"],
            &[
                "/usr/bin/chromedriver",
                "/usr/lib/chromium/chromedriver",
                "/usr/lib/chromium-browser/chromedriver",
                "/opt/homebrew/bin/chromedriver",
            ],
        )
    })
}

/// A program a person chose through the environment.
fn chosen(variable: &str) -> Option<PathBuf> {
    std::env::var_os(variable).map(PathBuf::from).filter(|file| runs(file))
}

/// PATH with these folders first.
pub fn path_beginning_with(folders: &[PathBuf]) -> Outcome<OsString> {
    let rest = std::env::var_os("PATH").unwrap_or_default();
    let all = folders.iter().cloned().chain(std::env::split_paths(&rest));
    std::env::join_paths(all).map_err(while_doing("putting the tools' folders on PATH"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_read_from_what_programs_say() {
        assert_eq!(version_in("trunk 0.21.14\n"), Some("0.21.14"));
        assert_eq!(version_in("Chromium 156.0.7710.3 built on Debian"), Some("156.0.7710.3"));
        assert_eq!(version_in("wasm-opt version 132 (version_132)"), Some("132"));
        assert_eq!(version_in("no number"), None);
        assert_eq!(major("156.0.7710.3"), Some(156));
        assert_eq!(major("x"), None);
    }

    #[test]
    fn programs_are_found_on_path_only_if_they_can_run() {
        assert!(on_path("sh").is_some());
        assert_eq!(on_path("no-such-longrun-tool"), None);
        assert!(!runs(Path::new("/etc/passwd")));
        assert!(!runs(Path::new("/etc")));
    }

    #[test]
    fn our_folders_come_first() {
        let path = path_beginning_with(&[PathBuf::from("/a"), PathBuf::from("/b")]).unwrap();
        assert!(path.to_string_lossy().starts_with("/a:/b:"));
    }

    #[test]
    fn the_lock_file_of_this_repository_names_a_version() {
        let project = Project::find().unwrap();
        assert!(wasm_bindgen_wanted(&project).unwrap().starts_with("0.2."));
    }
}
