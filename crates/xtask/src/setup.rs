//! Brings the machine to where the other commands can work, and does nothing where it already is.
//! Knows what is needed; how it is found and installed is elsewhere (`tools`, `install`).

use crate::clock::{Stopwatch, in_words};
use crate::install;
use crate::process::Job;
use crate::progress::say;
use crate::project::Project;
use crate::small_std;
use crate::tools::{self, Nginx, WasmOpt};
use crate::trouble::{Outcome, Trouble};
use std::path::PathBuf;

/// What building the console takes.
#[derive(Clone, Debug)]
pub struct Kit {
    pub trunk: PathBuf,
    pub test_runner: PathBuf,
    pub wasm_opt: WasmOpt,
    /// Whether the toolchain has the standard library's sources, so that the bundle gets one compiled for size.
    pub std_sources: bool,
}

/// What the tests take beside it.
#[derive(Clone, Debug)]
pub struct TestKit {
    pub kit: Kit,
    pub chromium: PathBuf,
    pub chromedriver: PathBuf,
    pub axe: PathBuf,
    pub nginx: Nginx,
}

/// Wasm target, Trunk, wasm-bindgen and, where they can be had, wasm-opt and the standard library's sources.
pub fn for_building(project: &Project) -> Outcome<Kit> {
    toolchain(&[("target", "wasm32-unknown-unknown")])?;
    let mut built = false;
    let trunk = match tools::exact(project, "trunk", tools::TRUNK) {
        Some(found) => found,
        None => {
            // rustls instead of the default keeps OpenSSL's headers off the list of things a machine must have.
            install::with_cargo(
                project,
                "trunk",
                tools::TRUNK,
                &["--no-default-features", "--features", "rustls"],
            )?;
            built = true;
            installed(project, "trunk", tools::TRUNK)?
        }
    };
    let wanted = tools::wasm_bindgen_wanted(project)?;
    let both = || {
        tools::exact(project, "wasm-bindgen", &wanted)?;
        tools::exact(project, "wasm-bindgen-test-runner", &wanted)
    };
    let test_runner = match both() {
        Some(found) => found,
        None => {
            install::with_cargo(project, "wasm-bindgen-cli", &wanted, &[])?;
            built = true;
            installed(project, "wasm-bindgen-test-runner", &wanted)?
        }
    };
    if built {
        install::clear_build(project)?;
    }
    Ok(Kit { trunk, test_runner, wasm_opt: wasm_opt(project), std_sources: std_sources() })
}

/// Everything for building, and Chromium with its driver, Node, axe-core and wasm-opt.
pub fn for_testing(project: &Project) -> Outcome<TestKit> {
    system_packages()?;
    let kit = for_building(project)?;
    if tools::axe_script(project).is_none() {
        install::with_npm(project, &[format!("axe-core@{}", tools::AXE)])?;
    }
    let missing = |what: &str| Trouble::new(format!("{what} is still missing after the installation"));
    let chromium =
        tools::chromium().ok_or_else(|| missing("Chromium").by_hand("set LONGRUN_CHROMIUM to it"))?;
    let driver =
        tools::chromedriver().ok_or_else(|| missing("chromedriver").by_hand("set CHROMEDRIVER to it"))?;
    same_version(&chromium, &driver)?;
    let nginx = nginx(project)?;
    let axe = tools::axe_script(project).ok_or_else(|| missing("axe-core"))?;
    Ok(TestKit { kit, chromium, chromedriver: driver, axe, nginx })
}

/// rustfmt and clippy, and the target that part of clippy's work is for.
pub fn for_checking() -> Outcome<()> {
    toolchain(&[("component", "rustfmt"), ("component", "clippy"), ("target", "wasm32-unknown-unknown")])
}

/// Says what is there, for `cargo xtask setup`.
pub fn report(kit: &Kit, watch: Stopwatch) {
    say(&format!("Trunk {} at {}", tools::TRUNK, kit.trunk.display()));
    match &kit.wasm_opt {
        WasmOpt::Wanted(folder) => say(&format!("wasm-opt in {}", folder.display())),
        WasmOpt::Other(folder, version) => {
            say(&format!(
                "wasm-opt {version} in {} (sizes are measured with {})",
                folder.display(),
                tools::BINARYEN
            ));
        }
        WasmOpt::Missing => {}
    }
    say(&format!("everything is there after {}", in_words(watch.elapsed())));
}

/// Adds what the toolchain lacks. Looks at its folders: asking rustup takes longer than all the rest of a second start.
fn toolchain(parts: &[(&str, &str)]) -> Outcome<()> {
    let sysroot = PathBuf::from(Job::new("rustc").args(["--print", "sysroot"]).capture()?.trim());
    for (kind, name) in parts {
        let there = match *name {
            "rustfmt" => sysroot.join("bin/rustfmt").exists(),
            "clippy" => sysroot.join("bin/cargo-clippy").exists(),
            small_std::COMPONENT => small_std::sources(&sysroot).is_file(),
            target => sysroot.join("lib/rustlib").join(target).join("lib").is_dir(),
        };
        if !there {
            install::with_rustup(kind, name)?;
        }
    }
    Ok(())
}

/// Without them the bundle gets larger, so their absence stops nothing here; the size ring will tell.
fn std_sources() -> bool {
    let Err(trouble) = toolchain(&[("component", small_std::COMPONENT)]) else { return true };
    say(&format!(
        "going on without {}, so the bundle gets larger than its budget: {}",
        small_std::COMPONENT,
        trouble.to_string().replace('\n', " ")
    ));
    false
}

/// wasm-opt makes the bundle about a tenth smaller; the console works without it, so its absence stops nothing here.
fn wasm_opt(project: &Project) -> WasmOpt {
    let found = tools::wasm_opt(project);
    if matches!(found, WasmOpt::Wanted(_)) {
        return found;
    }
    if tools::on_path("node").is_some() && tools::on_path("npm").is_some() {
        let packages = [format!("binaryen@{}", tools::BINARYEN), format!("terser@{}", tools::TERSER)];
        match install::with_npm(project, &packages) {
            Ok(()) => return tools::wasm_opt(project),
            Err(trouble) => say(&format!("{trouble}")),
        }
    }
    if found == WasmOpt::Missing {
        say(
            "going on without wasm-opt, as Node.js with npm is not there: the bundle gets larger, nothing else",
        );
    }
    found
}

/// Debian packages for what is missing on the machine, all in one call.
fn system_packages() -> Outcome<()> {
    let mut packages = Vec::new();
    if tools::chromium().is_none() || tools::chromedriver().is_none() {
        packages.extend(["chromium", "chromium-driver"]);
    }
    if tools::on_path("node").is_none() {
        packages.push("nodejs");
    }
    if tools::on_path("npm").is_none() {
        packages.push("npm");
    }
    if packages.is_empty() { Ok(()) } else { install::with_apt(&packages) }
}

/// The web server that the deployment recipe is tried with.
fn nginx(project: &Project) -> Outcome<Nginx> {
    if let Some(found) = tools::nginx(project) {
        return Ok(found);
    }
    install::unpack_debian(project, "nginx", &["nginx", "nginx-common"])?;
    tools::nginx(project).ok_or_else(|| {
        Trouble::new("nginx was unpacked into target/tools/nginx, but it does not start there")
            .by_hand("install nginx so that it is on PATH, or read what `ldd target/tools/nginx/usr/sbin/nginx` misses")
    })
}

fn installed(project: &Project, name: &str, version: &str) -> Outcome<PathBuf> {
    tools::exact(project, name, version).ok_or_else(|| {
        Trouble::new(format!("{name} {version} was built, but `{name} --version` does not answer so"))
            .by_hand("remove target/tools and run this again")
    })
}

/// A driver of another major version than the browser refuses to start it, with a text that misleads.
fn same_version(chromium: &std::path::Path, driver: &std::path::Path) -> Outcome<()> {
    let (Some(browser), Some(its_driver)) = (tools::version(chromium), tools::version(driver)) else {
        return Err(Trouble::new(format!(
            "{} or {} does not start: neither tells its version",
            chromium.display(),
            driver.display()
        ))
        .by_hand("start both with --version and read what they miss"));
    };
    if tools::major(&browser) == tools::major(&its_driver) {
        return Ok(());
    }
    Err(Trouble::new(format!(
        "Chromium is version {browser}, chromedriver {its_driver}: they must be the same"
    ))
    .by_hand("install both from one source, or set LONGRUN_CHROMIUM and CHROMEDRIVER to a matching pair"))
}
