//! Runs rings of tests one after the other and sums up. Which rings there are is in `rings`, what the work of one
//! is in `work`.

use crate::clock::{Stopwatch, in_words};
use crate::counts::Counts;
use crate::progress::say;
use crate::project::Project;
use crate::rings::{Ring, Work};
use crate::setup::TestKit;
use crate::trouble::{Outcome, Trouble, while_doing};
use crate::work::{self, Log};
use crate::{dist, python, setup, size};
use std::fs;
use std::time::Duration;

/// What became of one ring.
struct Result {
    id: &'static str,
    counts: Counts,
    spent: Duration,
    note: Option<String>,
}

/// Runs the rings and prints the summary; true if all ran and all passed.
pub fn run(project: &Project, rings: &[&'static Ring]) -> Outcome<bool> {
    let watch = Stopwatch::start();
    fs::create_dir_all(project.logs()).map_err(while_doing("creating target/test-logs"))?;
    if rings.iter().any(|ring| ring.work == Work::Lint) {
        setup::for_checking()?;
    }
    // What cannot be installed fails the rings that need it, and no other.
    let kit =
        if rings.iter().any(|ring| ring.needs_browser) { Some(setup::for_testing(project)) } else { None };
    let mut bundle: Option<Outcome<()>> = None;
    let mut results = Vec::new();
    for ring in rings {
        println!("\n── {}: {} ──", ring.id, ring.proves);
        let watch = Stopwatch::start();
        let kit = match &kit {
            Some(Ok(kit)) => Some(kit),
            Some(Err(trouble)) if ring.needs_browser => {
                results.push(not_run(ring, watch, trouble));
                continue;
            }
            _ => None,
        };
        if ring.needs_bundle
            && let Some(kit) = kit
            && let Err(trouble) = bundle.get_or_insert_with(|| dist::ensure(project, &kit.kit))
        {
            results.push(not_run(ring, watch, trouble));
            continue;
        }
        // The bundle's build is not the ring's own time.
        let watch = Stopwatch::start();
        let result = one(project, ring, kit, watch).unwrap_or_else(|trouble| not_run(ring, watch, &trouble));
        results.push(result);
    }
    Ok(sum_up(&results, watch))
}

fn not_run(ring: &Ring, watch: Stopwatch, trouble: &Trouble) -> Result {
    eprintln!("{} could not run: {trouble}", ring.id);
    Result {
        id: ring.id,
        counts: Counts::failed(1),
        spent: watch.elapsed(),
        note: Some(format!("could not run: {trouble}")),
    }
}

fn one(project: &Project, ring: &Ring, kit: Option<&TestKit>, watch: Stopwatch) -> Outcome<Result> {
    let mut log = Log::create(&project.logs().join(format!("{}.log", ring.id)))?;
    let mut note = None;
    let counts = match ring.work {
        Work::Lint => work::lint(project, &mut log)?,
        Work::Size => {
            let kit = kit.ok_or_else(|| Trouble::new("the tools are not set up"))?;
            let (counts, lines) = size::measure(project, &kit.kit)?;
            lines.iter().for_each(|line| log.show(line));
            counts
        }
        Work::Unit => {
            work::tests(work::cargo_test(project, kit).args(["--workspace", "--lib", "--bins"]), &mut log)?
        }
        Work::Component => {
            let kit = kit.ok_or_else(|| Trouble::new("the tools are not set up"))?;
            if ring.work.targets(project)?.is_empty() {
                Counts::default()
            } else {
                work::tests(work::component(project, kit)?, &mut log)?
            }
        }
        Work::Interop => {
            let targets = ring.work.targets(project)?;
            if targets.is_empty() {
                note = Some("left out: there is no crates/demo/tests/interop.rs yet".to_owned());
                Counts::skipped(1)
            } else {
                let (counts, left_out) = interop(project, kit, &targets, &mut log)?;
                note = left_out;
                counts
            }
        }
        Work::Files { .. } | Work::EndToEnd => {
            let targets = ring.work.targets(project)?;
            if targets.is_empty() {
                Counts::default()
            } else {
                work::tests(work::named(project, kit, &targets), &mut log)?
            }
        }
    };
    let may_be_left_out = ring.work == Work::Interop && counts.skipped > 0;
    let counts = if counts.ran() || may_be_left_out {
        counts
    } else {
        note = Some("ran nothing".to_owned());
        Counts { failed: 1, ..counts }
    };
    Ok(Result { id: ring.id, counts, spent: watch.elapsed(), note })
}

/// Drives the clients that can be had; those that cannot are counted as skipped and named. Where Python is there at
/// all, only NTT's client may be missing: it loads on no Python of today.
fn interop(
    project: &Project,
    kit: Option<&TestKit>,
    targets: &[String],
    log: &mut Log,
) -> Outcome<(Counts, Option<String>)> {
    if !python::is_there() {
        return Ok((Counts::skipped(1), Some("left out: no python3 with venv is here".to_owned())));
    }
    let mut job = work::named(project, kit, targets).arg("--");
    let mut left_out = Vec::new();
    for client in &python::CLIENTS {
        match python::with_client(project, client) {
            Ok(python) => job = job.env(client.variable, python),
            Err(reason) if client.id == "eclsdk" => {
                job = job.args(["--skip", client.id]);
                left_out.push(format!("{} left out: {reason}", client.id));
            }
            Err(reason) => return Err(Trouble::new(reason).by_hand("see the log of pip above")),
        }
    }
    let counts = work::tests(job.arg("--nocapture"), log)?;
    write_table(project)?;
    let skipped = Counts { skipped: left_out.len(), ..Counts::default() };
    let mut all = counts;
    all += skipped;
    Ok((all, (!left_out.is_empty()).then(|| left_out.join("; "))))
}

/// What the clients said call by call (`client | call | result`), as a table in `target/interop.md`.
fn write_table(project: &Project) -> Outcome<()> {
    let path = project.logs().join("interop.log");
    let said = std::fs::read_to_string(&path).map_err(while_doing(format!("reading {}", path.display())))?;
    let path = project.path("target/interop.md");
    std::fs::write(&path, table_of(&said)).map_err(while_doing(format!("writing {}", path.display())))?;
    say("client, call and result of every call are in target/interop.md");
    Ok(())
}

fn table_of(said: &str) -> String {
    let calls = said.lines().filter(|line| line.split(" | ").count() >= 3);
    let mut calls: Vec<String> = calls.map(|line| format!("| {line} |\n")).collect();
    // Several clients talk at once; each one's calls stay in their order.
    calls.sort_by(|a, b| a.split(" | ").next().cmp(&b.split(" | ").next()));
    format!("| client | call | result |\n| --- | --- | --- |\n{}", calls.concat())
}

/// Prints one line per ring and, alone on the last line, the totals.
fn sum_up(results: &[Result], watch: Stopwatch) -> bool {
    let mut total = Counts::default();
    println!("\n── summary ──");
    for result in results {
        println!("{}", summary_line(result));
        total += result.counts;
    }
    say(&format!("{} in all; what each ring printed is in target/test-logs", in_words(watch.elapsed())));
    println!("{} passed, {} failed, {} skipped", total.passed, total.failed, total.skipped);
    total.failed == 0 && total.passed > 0
}

fn summary_line(result: &Result) -> String {
    let Counts { passed, failed, skipped } = result.counts;
    let seconds = result.spent.as_secs_f64();
    let verdict = match () {
        () if failed > 0 => "FAILED",
        () if passed == 0 => "skip",
        () => "ok",
    };
    // Of a longer explanation the first line is enough here; the rest was printed where it happened.
    let note = result.note.as_deref().and_then(|note| note.lines().next()).unwrap_or_default();
    let line = format!(
        "{:<12} {verdict:<7} {passed:>5} passed {failed:>4} failed {skipped:>4} skipped {seconds:>7.1} s  {note}",
        result.id
    );
    line.trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ring_is_summed_up_in_one_line() {
        let result = Result {
            id: "component",
            counts: Counts { passed: 12, failed: 1, skipped: 0 },
            spent: Duration::from_millis(28_340),
            note: Some("could not run: no browser\n  By hand: install one".to_owned()),
        };
        let line = summary_line(&result);
        assert_eq!(
            line,
            "component    FAILED     12 passed    1 failed    0 skipped    28.3 s  could not run: no browser"
        );
    }

    #[test]
    fn calls_become_a_table_by_client() {
        let said = "test x ... ok\nb 2 | get | 200\na 1 | list | 3 rows\nb 2 | cancel | accepted\nb 2: 3 checks held\n";
        let table = table_of(said);
        let rows: Vec<&str> = table.lines().skip(2).collect();
        assert_eq!(rows, ["| a 1 | list | 3 rows |", "| b 2 | get | 200 |", "| b 2 | cancel | accepted |"]);
    }

    #[test]
    fn totals_decide() {
        let of = |counts| Result { id: "unit", counts, spent: Duration::ZERO, note: None };
        let watch = Stopwatch::start();
        assert!(sum_up(&[of(Counts::passed(2)), of(Counts::skipped(1))], watch));
        assert!(!sum_up(&[of(Counts::passed(2)), of(Counts::failed(1))], watch));
        assert!(!sum_up(&[of(Counts::skipped(1))], watch));
        assert!(!sum_up(&[], watch));
    }
}
