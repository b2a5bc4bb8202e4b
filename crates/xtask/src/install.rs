//! Installs tools: with cargo into `target/tools`, with npm beside them, with apt or rustup on the machine.
//! Knows how, not what for (`setup` decides).

use crate::process::Job;
use crate::progress;
use crate::project::{Project, cargo};
use crate::tools::on_path;
use crate::trouble::{Outcome, Trouble, while_doing};

/// Builds a tool from source. It runs for seconds per build, so it is compiled fast rather than well: about half the
/// time of cargo's release settings.
pub fn with_cargo(project: &Project, name: &str, version: &str, features: &[&str]) -> Outcome<()> {
    let tools = project.tools();
    let job = Job::new(cargo())
        .args(["install", "--locked", name, "--version", version])
        .args(features)
        .arg("--root")
        .arg(&tools)
        .arg("--target-dir")
        .arg(tools.join("build"))
        .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1")
        .env("CARGO_PROFILE_RELEASE_LTO", "off")
        .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16")
        .env("CARGO_PROFILE_RELEASE_DEBUG", "false")
        .within(project.root());
    progress::run(&format!("building {name} {version} from source (minutes, once)"), job).map_err(|trouble| {
        trouble.by_hand(format!("cargo install {name} --version {version} --locked, so that it is on PATH"))
    })
}

/// Throws away what building the tools left behind: it is large, and of no use before the next version.
pub fn clear_build(project: &Project) -> Outcome<()> {
    let build = project.tools().join("build");
    if build.is_dir() {
        std::fs::remove_dir_all(&build).map_err(while_doing(format!("removing {}", build.display())))?;
    }
    Ok(())
}

/// Installs npm packages of exact versions (`name@1.2.3`) into `target/tools`; their install scripts do not run.
pub fn with_npm(project: &Project, packages: &[String]) -> Outcome<()> {
    let tools = project.tools();
    std::fs::create_dir_all(&tools).map_err(while_doing(format!("creating {}", tools.display())))?;
    let named = packages.join(" ");
    if on_path("npm").is_none() {
        return Err(Trouble::new(format!("npm is missing, {named} cannot be installed"))
            .by_hand("install Node.js with npm and run this again"));
    }
    let job = Job::new("npm")
        .args(["install", "--save-exact", "--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error"])
        .arg("--prefix")
        .arg(&tools)
        .args(packages)
        .within(&tools);
    progress::run(&format!("installing {named} with npm"), job)
        .map_err(|trouble| trouble.by_hand(format!("npm install --prefix target/tools {named}")))
}

/// Installs Debian packages in one go, so that Chromium and its driver come in the same version.
pub fn with_apt(packages: &[&str]) -> Outcome<()> {
    let named = packages.join(" ");
    let by_hand =
        format!("install {named} (or what they are called on this system) so that they are on PATH");
    if on_path("apt-get").is_none() {
        return Err(Trouble::new(format!("{named} missing, and there is no apt-get to install them"))
            .by_hand(by_hand));
    }
    let root = Job::new("id").arg("-u").capture()?.trim() == "0";
    if !root && on_path("sudo").is_none() {
        return Err(Trouble::new(format!("{named} missing, and installing them needs root")).by_hand(by_hand));
    }
    let apt = |args: &[&str]| {
        let job =
            if root { Job::new("apt-get") } else { Job::new("sudo").args(["--non-interactive", "apt-get"]) };
        job.args(args).env("DEBIAN_FRONTEND", "noninteractive")
    };
    // A mirror that fails for one list must not stop an installation that the other lists can serve.
    if let Err(trouble) = progress::run("asking apt for its package lists", apt(&["update"])) {
        progress::say(&format!("{trouble}; trying with the lists there are"));
    }
    let mut install = vec!["install", "-y", "--no-install-recommends"];
    install.extend(packages);
    progress::run(&format!("installing {named} with apt"), apt(&install))
        .map_err(|trouble| trouble.by_hand(by_hand))
}

/// Unpacks Debian packages into `target/tools/<folder>`. Nothing on the machine changes: installed, a web server would
/// start to listen at once, on every address.
pub fn unpack_debian(project: &Project, folder: &str, packages: &[&str]) -> Outcome<()> {
    let named = packages.join(" ");
    let by_hand =
        format!("install {named} (or what they are called on this system) so that they are on PATH");
    for needed in ["apt-get", "dpkg-deb"] {
        if on_path(needed).is_none() {
            return Err(Trouble::new(format!("{named} missing, and there is no {needed} to get them"))
                .by_hand(by_hand));
        }
    }
    let home = project.tools().join(folder);
    std::fs::create_dir_all(&home).map_err(while_doing(format!("creating {}", home.display())))?;
    let download = || Job::new("apt-get").arg("download").args(packages).within(&home);
    let doing = format!("fetching {named} with apt, to unpack them under target/tools");
    if progress::run(&doing, download()).is_err() {
        update_lists()?;
        progress::run(&doing, download()).map_err(|trouble| trouble.by_hand(by_hand.clone()))?;
    }
    let files = std::fs::read_dir(&home).map_err(while_doing(format!("reading {}", home.display())))?;
    for file in
        files.flatten().map(|entry| entry.path()).filter(|path| path.extension().is_some_and(|e| e == "deb"))
    {
        Job::new("dpkg-deb").arg("-x").arg(&file).arg(&home).capture()?;
        std::fs::remove_file(&file).map_err(while_doing(format!("removing {}", file.display())))?;
    }
    Ok(())
}

fn update_lists() -> Outcome<()> {
    let root = Job::new("id").arg("-u").capture()?.trim() == "0";
    let job =
        if root { Job::new("apt-get") } else { Job::new("sudo").args(["--non-interactive", "apt-get"]) };
    progress::run(
        "asking apt for its package lists",
        job.arg("update").env("DEBIAN_FRONTEND", "noninteractive"),
    )
}

/// Adds something to the toolchain in use: `target wasm32-unknown-unknown`, `component clippy`.
pub fn with_rustup(kind: &str, name: &str) -> Outcome<()> {
    let by_hand = format!("rustup {kind} add {name}");
    if on_path("rustup").is_none() {
        return Err(Trouble::new(format!(
            "the toolchain lacks the {kind} {name}, and rustup is not there to add it"
        ))
        .by_hand(by_hand));
    }
    progress::run(
        &format!("adding the {kind} {name} to the Rust toolchain"),
        Job::new("rustup").args([kind, "add", name]),
    )
    .map_err(|trouble| trouble.by_hand(by_hand))
}
