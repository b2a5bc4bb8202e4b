//! The quick loop of a developer and the optional audits. Knows only which rings and tools that takes.

use crate::process::Job;
use crate::progress::say;
use crate::project::{Project, cargo};
use crate::rings;
use crate::suite;
use crate::tools::on_path;
use crate::trouble::{Outcome, Trouble};

/// Format, lints native and wasm, and the rings that need no browser.
pub fn quick(project: &Project) -> Outcome<bool> {
    suite::run(project, &rings::chosen(&rings::QUICK)?)
}

/// Whether every language says every text. With a file's name, all texts are written there, to begin a language with.
pub fn texts(project: &Project, args: &[String]) -> Outcome<bool> {
    let mut job =
        Job::new(cargo()).args(["test", "-q", "--workspace", "--test", "texts"]).env("RUST_BACKTRACE", "0");
    match args {
        [] => {}
        [file] => job = job.env("LONGRUN_TEXTS", project.path(file)),
        _ => return Err(Trouble::new("texts takes one file's name at most")),
    }
    let fine = job.within(project.root()).run()?.success();
    say(if fine {
        "every language in public/lang says every text"
    } else {
        "see above, and docs/TRANSLATING.md"
    });
    Ok(fine)
}

/// Licences and advisories of the dependencies, where cargo-deny is installed: building it takes minutes, and its
/// database is not always in reach, so no other command depends on this.
pub fn audit(project: &Project) -> Outcome<bool> {
    if on_path("cargo-deny").is_none() {
        say(
            "cargo-deny is not installed, nothing was audited; `cargo install cargo-deny --locked` builds it",
        );
        return Ok(false);
    }
    Ok(Job::new(cargo()).args(["deny", "check"]).within(project.root()).run()?.success())
}
