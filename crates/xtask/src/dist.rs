//! Builds the release bundle into `dist`, once per state of its sources. Knows Trunk's ways; not what the console is.

use crate::clock::{Stopwatch, in_words};
use crate::compress;
use crate::fingerprint::{Fingerprint, files_below};
use crate::process::Job;
use crate::progress::{self, say};
use crate::project::Project;
use crate::script;
use crate::seam;
use crate::setup::Kit;
use crate::sheets;
use crate::small_std;
use crate::stylesheet;
use crate::tools::{self, WasmOpt};
use crate::trouble::{Outcome, Trouble, while_doing};
use std::fs;
use std::path::{Path, PathBuf};

/// Everything the bundle is made of.
const SOURCES: [&str; 13] = [
    "src",
    "build.rs",
    "style",
    "public",
    "crates/core/src",
    "crates/core/Cargo.toml",
    "crates/no-streams",
    "index.html",
    "Trunk.toml",
    "Cargo.toml",
    "Cargo.lock",
    "rust-toolchain.toml",
    ".cargo/config.toml",
];

/// Builds the bundle unless the one there is made of these very sources.
pub fn ensure(project: &Project, kit: &Kit) -> Outcome<()> {
    let note = project.notes().join("dist.fingerprint");
    let sources = sources(project, kit)?;
    let noted = fs::read_to_string(&note).unwrap_or_default();
    if project.dist().join("index.html").is_file() && noted == stamp(&sources, &result(project)?) {
        say("the release bundle in dist is up to date");
        return Ok(());
    }
    let watch = Stopwatch::start();
    build(project, kit)?;
    seam::shorten(&project.dist())?;
    shrink(project)?;
    sheets::join(&project.dist())?;
    let files = compress::folder(&project.dist())?;
    fs::create_dir_all(project.notes()).map_err(while_doing("creating target/xtask"))?;
    fs::write(&note, stamp(&sources, &result(project)?))
        .map_err(while_doing("noting what dist is made of"))?;
    say(&format!(
        "dist is ready, {files} files compressed with brotli and gzip; {} in all",
        in_words(watch.elapsed())
    ));
    Ok(())
}

/// The command that runs Trunk with the tools it would otherwise download.
pub fn trunk(project: &Project, kit: &Kit) -> Outcome<Job> {
    let mut folders = vec![project.tools_bin()];
    folders.push(match &kit.wasm_opt {
        WasmOpt::Wanted(folder) | WasmOpt::Other(folder, _) => folder.clone(),
        WasmOpt::Missing => copying_wasm_opt(project)?,
    });
    Ok(Job::new(&kit.trunk)
        .env("PATH", tools::path_beginning_with(&folders)?)
        .env("TRUNK_SKIP_VERSION_CHECK", "true")
        // Its own stack would bury the compiler's message.
        .env("RUST_BACKTRACE", "0")
        .within(project.root()))
}

fn build(project: &Project, kit: &Kit) -> Outcome<()> {
    let dist = project.dist();
    if dist.is_dir() {
        // Trunk leaves files of an earlier build that carry another hash; the budget must not count them.
        fs::remove_dir_all(&dist).map_err(while_doing(format!("emptying {}", dist.display())))?;
    }
    let mut job = trunk(project, kit)?.args(["build", "--release"]);
    if kit.std_sources {
        job = small_std::put_on(job, project.target());
    }
    progress::run("building the release bundle with Trunk", job).map_err(|trouble| {
        trouble.by_hand("read the compiler's messages above; `cargo xtask check` shows them alone")
    })?;
    if dist.join("index.html").is_file() {
        Ok(())
    } else {
        Err(Trouble::new(format!("Trunk ended well but left no index.html in {}", dist.display())))
    }
}

/// Takes out of style sheets and scripts what only people read. index.html asks Trunk for no integrity on them, because
/// their bytes change here; their names still follow from what they were made of.
fn shrink(project: &Project) -> Outcome<()> {
    let doing = "shrinking style sheets and scripts";
    for entry in fs::read_dir(project.dist()).map_err(while_doing(doing))? {
        let path = entry.map_err(while_doing(doing))?.path();
        let smaller = match path.extension().and_then(|end| end.to_str()) {
            Some("css") => stylesheet::smaller(&read(&path)?),
            Some("js") => match tools::terser(project) {
                Some(terser) => terse(&terser, &path)?,
                None => script::smaller(&read(&path)?),
            },
            _ => continue,
        };
        fs::write(&path, smaller).map_err(while_doing(doing))?;
    }
    Ok(())
}

fn read(path: &Path) -> Outcome<String> {
    fs::read_to_string(path).map_err(while_doing(format!("reading {}", path.display())))
}

/// The generated script is a module; boot.js is a plain script, whose own names are all inside one function.
fn terse(terser: &Path, path: &Path) -> Outcome<String> {
    let is_module = path.file_name().is_none_or(|name| name != "boot.js");
    let mut job = Job::new(terser).arg(path).args(["--compress", "--mangle"]);
    if is_module {
        job = job.arg("--module");
    }
    job.capture()
}

/// Trunk can be told by index.html alone to leave wasm-opt out. On a machine without it, a stand-in that copies its
/// input spares us a second index.html.
fn copying_wasm_opt(project: &Project) -> Outcome<PathBuf> {
    let folder = project.tools().join("without-wasm-opt");
    let script = folder.join("wasm-opt");
    let text = "#!/bin/sh\n\
        # Stands in for wasm-opt where Node.js is missing: copies the input unchanged.\n\
        for arg in \"$@\"; do\n  case \"$arg\" in\n    --version) echo 'wasm-opt version 0 (copies only)'; exit 0 ;;\n\
        \x20   --output=*) output=\"${arg#--output=}\" ;;\n    -*) ;;\n    *) input=\"$arg\" ;;\n  esac\ndone\n\
        exec cp \"$input\" \"$output\"\n";
    let doing = "writing the stand-in for wasm-opt";
    fs::create_dir_all(&folder).map_err(while_doing(doing))?;
    fs::write(&script, text).map_err(while_doing(doing))?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        fs::set_permissions(&script, fs::Permissions::from_mode(0o755)).map_err(while_doing(doing))?;
    }
    Ok(folder)
}

fn sources(project: &Project, kit: &Kit) -> Outcome<String> {
    let mut print = Fingerprint::new();
    print.add_all(project.root(), &SOURCES)?;
    let wasm_opt = match &kit.wasm_opt {
        WasmOpt::Wanted(_) => tools::BINARYEN,
        WasmOpt::Other(_, version) => version,
        WasmOpt::Missing => "none",
    };
    print.add("trunk", tools::TRUNK.as_bytes());
    print.add("wasm-opt", wasm_opt.as_bytes());
    print.add("terser", if tools::terser(project).is_some() { tools::TERSER } else { "none" }.as_bytes());
    let std = if kit.std_sources { small_std::described() } else { "as the toolchain brings it".to_owned() };
    print.add("std", std.as_bytes());
    print.add("names between script and WASM", b"short");
    print.add("RUSTFLAGS", std::env::var("RUSTFLAGS").unwrap_or_default().as_bytes());
    Ok(print.text())
}

/// The state of dist itself: another command, or a person, may have put something else there.
fn result(project: &Project) -> Outcome<String> {
    let dist = project.dist();
    let mut print = Fingerprint::new();
    if dist.is_dir() {
        for file in files_below(&dist)? {
            let bytes = fs::read(&file).map_err(while_doing(format!("reading {}", file.display())))?;
            print.add(&file.to_string_lossy(), &bytes);
        }
    }
    Ok(print.text())
}

fn stamp(sources: &str, result: &str) -> String {
    format!("sources {sources}\nresult {result}\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_stand_in_copies_what_trunk_asks_wasm_opt_to_shrink() {
        let project = Project::find().unwrap();
        let folder = copying_wasm_opt(&project).unwrap();
        let input = std::env::temp_dir().join(format!("longrun-in-{}.wasm", std::process::id()));
        let output = input.with_extension("out");
        fs::write(&input, b"\0asm").unwrap();
        let status = Job::new(folder.join("wasm-opt"))
            .arg(format!("--output={}", output.display()))
            .args(["-Oz"])
            .arg(&input)
            .arg("--enable-bulk-memory")
            .run()
            .unwrap();
        assert!(status.success());
        assert_eq!(fs::read(&output).unwrap(), b"\0asm");
        fs::remove_file(&input).unwrap();
        fs::remove_file(&output).unwrap();
    }
}
