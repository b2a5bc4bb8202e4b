//! How the work of one ring is done: which cargo commands with which settings, and how their output is shown, kept
//! and counted. Knows nothing of the order of rings or the summary.

use crate::counts::{Counts, without_colour};
use crate::process::{Job, Said};
use crate::progress::Progress;
use crate::project::{Project, cargo};
use crate::rings;
use crate::setup::TestKit;
use crate::trouble::{Outcome, Trouble, while_doing};
use std::fs::{self, File};
use std::io::Write;
use std::path::Path;

const WASM: &str = "wasm32-unknown-unknown";

/// `cargo test` with what our tests read from their environment.
pub fn cargo_test(project: &Project, kit: Option<&TestKit>) -> Job {
    let job = Job::new(cargo())
        .args(["test", "--no-fail-fast"])
        // A snapshot that differs is a failure here, never a file to accept.
        .env("INSTA_UPDATE", "no")
        .env("LONGRUN_DIST", project.dist())
        .env("LONGRUN_E2E_OUT", project.path("target/e2e"))
        .within(project.root());
    match kit {
        Some(kit) => job
            .env("LONGRUN_AXE", &kit.axe)
            .env("LONGRUN_CHROMIUM", &kit.chromium)
            .env("CHROMEDRIVER", &kit.chromedriver)
            .env("LONGRUN_NGINX", &kit.nginx.program)
            .env("LONGRUN_NGINX_TYPES", &kit.nginx.types),
        None => job,
    }
}

/// Named test programs. The whole workspace is named although one package has them: a package alone would get its
/// own set of features, and compile all dependencies anew.
pub fn named(project: &Project, kit: Option<&TestKit>, targets: &[String]) -> Job {
    targets
        .iter()
        .fold(cargo_test(project, kit).arg("--workspace"), |job, target| job.args(["--test", target]))
}

/// The browser tests. Their runner takes the browser's switches from webdriver.json, which names no browser of its
/// own so that it fits every machine; the one found here is written into a copy.
pub fn component(project: &Project, kit: &TestKit) -> Outcome<Job> {
    let doing = "preparing webdriver.json";
    let text = fs::read_to_string(project.path("webdriver.json")).map_err(while_doing(doing))?;
    let mut settings: serde_json::Value = serde_json::from_str(&text).map_err(while_doing(doing))?;
    let options = settings
        .get_mut("goog:chromeOptions")
        .and_then(serde_json::Value::as_object_mut)
        .ok_or_else(|| Trouble::new("webdriver.json lacks the object goog:chromeOptions"))?;
    options.insert("binary".to_owned(), kit.chromium.to_string_lossy().into());
    fs::create_dir_all(project.notes()).map_err(while_doing(doing))?;
    let copy = project.notes().join("webdriver.json");
    fs::write(&copy, settings.to_string()).map_err(while_doing(doing))?;
    Ok(cargo_test(project, Some(kit))
        .args(["--target", WASM, "--package", "longrun", "--test", "web"])
        .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", &kit.kit.test_runner)
        .env("WASM_BINDGEN_TEST_WEBDRIVER_JSON", copy)
        // Its own limit of 20 s is too short for a slow machine's first page.
        .env("WASM_BINDGEN_TEST_TIMEOUT", "120"))
}

/// Runs test programs and counts; a program that ends badly without a verdict counts as one failure.
pub fn tests(job: Job, log: &mut Log) -> Outcome<Counts> {
    let mut counts = Counts::default();
    let passed = watched(job, log, |line| {
        counts.hear(line);
    })?;
    if !passed && counts.failed == 0 {
        counts += Counts::failed(1);
    }
    Ok(counts)
}

/// Each step of the lint ring counts as one test.
pub fn lint(project: &Project, log: &mut Log) -> Outcome<Counts> {
    let steps: [&[&str]; 4] = [
        &["fmt", "--all", "--check"],
        &["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"],
        &["clippy", "--package", "longrun", "--all-targets", "--target", WASM, "--", "-D", "warnings"],
        &["clippy", "--package", "longrun-core", "--lib", "--target", WASM, "--", "-D", "warnings"],
    ];
    let mut counts = Counts::default();
    for step in steps {
        let job = Job::new(cargo()).args(step).within(project.root());
        let label = format!("cargo {}", step.join(" "));
        let passed = watched(job, log, |_| ())?;
        log.show(&format!("{}  {label}", if passed { "ok    " } else { "FAILED" }));
        counts += if passed { Counts::passed(1) } else { Counts::failed(1) };
    }
    let lost = rings::homeless(project)?;
    if lost.is_empty() {
        log.show("ok      every test file belongs to a ring");
        counts += Counts::passed(1);
    } else {
        log.show(&format!("FAILED  no ring runs {} (see crates/xtask/src/rings.rs)", lost.join(", ")));
        counts += Counts::failed(1);
    }
    Ok(counts)
}

/// Runs a job, shows its output without cargo's progress, keeps all of it in the log.
fn watched(job: Job, log: &mut Log, mut hear: impl FnMut(&str)) -> Outcome<bool> {
    log.keep(&format!("$ {}", job.shown()));
    let mut progress = Progress::begin();
    let status = job.listen(|said| match said {
        Said::Line(line) => {
            let plain = without_colour(line);
            if progress.hear(&plain) {
                log.keep(&plain);
            } else {
                progress.clear();
                log.show(&plain);
            }
            hear(&plain);
        }
        Said::Silence => progress.tick(),
    })?;
    progress.clear();
    Ok(status.success())
}

/// The file that keeps what a ring printed.
pub struct Log(File);

impl Log {
    pub fn create(path: &Path) -> Outcome<Self> {
        File::create(path).map(Self).map_err(while_doing(format!("writing {}", path.display())))
    }

    fn keep(&mut self, line: &str) {
        // The log is a convenience; that the disk is full will be told by something more important.
        drop(writeln!(self.0, "{line}"));
    }

    pub fn show(&mut self, line: &str) {
        println!("{line}");
        self.keep(line);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_program_that_dies_without_a_verdict_is_a_failure() {
        let path = std::env::temp_dir().join(format!("longrun-suite-{}.log", std::process::id()));
        let mut log = Log::create(&path).unwrap();
        let script = |text: &str| Job::new("sh").args(["-c", text]);
        let died = tests(script("echo 'test result: ok. 3 passed; 0 failed; 0 ignored'; exit 101"), &mut log);
        assert_eq!(died.unwrap(), Counts { passed: 3, failed: 1, skipped: 0 });
        let fine = tests(script("echo 'test result: ok. 3 passed; 0 failed; 0 ignored'"), &mut log);
        assert_eq!(fine.unwrap(), Counts::passed(3));
        let kept = fs::read_to_string(&path).unwrap();
        fs::remove_file(&path).unwrap();
        assert!(kept.contains("3 passed"), "{kept}");
    }
}
