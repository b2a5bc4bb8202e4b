//! The settings by which the bundle's standard library is compiled for size. Knows rustc's and cargo's switches for
//! that; not who builds the bundle, nor what is in it.
//!
//! They are unstable, and RUSTC_BOOTSTRAP lets the pinned stable toolchain take them: the compiler is the same as
//! everywhere else, and an update of the pin is where they may have to follow. docs/adr/0004-bundle-size.md tells why.

use crate::process::Job;
use std::path::{Path, PathBuf};

/// rustup's name for the library's sources.
pub const COMPONENT: &str = "rust-src";

/// What cargo reads; rustc's own switches are in [`SWITCHES`].
const SETTINGS: [(&str, &str); 3] = [
    ("RUSTC_BOOTSTRAP", "1"),
    ("CARGO_UNSTABLE_BUILD_STD", "std,panic_abort"),
    ("CARGO_UNSTABLE_BUILD_STD_FEATURES", "optimize_for_size"),
];

/// A panic ends at once, without a message, so that neither its texts and places nor the code that formats them are
/// part of the bundle. As RUSTFLAGS they come after the profile's `panic = "abort"`, and the last one counts.
const SWITCHES: &str = "-Zunstable-options -Cpanic=immediate-abort -Zlocation-detail=none -Zfmt-debug=none";

/// Where a toolchain keeps the library's sources, if it has them.
pub fn sources(sysroot: &Path) -> PathBuf {
    sysroot.join("lib/rustlib/src/rust/library/std/Cargo.toml")
}

/// Puts the settings on a build, together with a target folder of its own: the other builds' artefacts would not
/// match, and both sides would compile everything anew each time.
pub fn put_on(job: Job, target: &Path) -> Job {
    SETTINGS
        .iter()
        .fold(job, |job, (key, value)| job.env(key, value))
        .env("RUSTFLAGS", rustflags(&std::env::var("RUSTFLAGS").unwrap_or_default()))
        .env("CARGO_TARGET_DIR", target.join("bundle"))
}

/// What the person set stays in force, ours comes behind it.
fn rustflags(own: &str) -> String {
    format!("{} {SWITCHES}", own.trim()).trim_start().to_owned()
}

/// All settings as one text: a bundle built with others is another bundle.
pub fn described() -> String {
    SETTINGS.iter().map(|(key, value)| format!("{key}={value} ")).collect::<String>() + SWITCHES
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(job: Job) -> String {
        job.capture().unwrap()
    }

    #[test]
    fn the_build_gets_every_setting_and_its_own_folder() {
        let script = "echo \"$RUSTC_BOOTSTRAP|$CARGO_UNSTABLE_BUILD_STD|$CARGO_TARGET_DIR|$RUSTFLAGS\"";
        let told = seen(put_on(Job::new("sh").args(["-c", script]), Path::new("/t")));
        assert!(told.starts_with("1|std,panic_abort|/t/bundle|"), "{told}");
        assert!(told.trim_end().ends_with(SWITCHES), "{told}");
    }

    #[test]
    fn a_persons_own_switches_stay() {
        assert_eq!(rustflags(""), SWITCHES);
        assert_eq!(rustflags("-Cdebuginfo=0 "), format!("-Cdebuginfo=0 {SWITCHES}"));
    }

    #[test]
    fn the_description_holds_every_setting() {
        let all = described();
        for (key, value) in SETTINGS {
            assert!(all.contains(&format!("{key}={value}")), "{all}");
        }
        assert!(all.contains(SWITCHES), "{all}");
    }
}
