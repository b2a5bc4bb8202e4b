//! The commands and their words. Knows who does what, does nothing itself.

use crate::clock::Stopwatch;
use crate::project::Project;
use crate::trouble::{Outcome, Trouble};
use crate::{check, demo, dev, dist, rings, setup, size, suite};
use std::process::ExitCode;

const HELP: &str = "\
cargo xtask <command>

  demo [--port N | --listen A] [flags]  build the console, start the demo server, print the address;
                                        other flags go to the server: --operations 100000, --seed 7, --speed 10
  test [--only ring,ring]               every ring of tests, cheap first, and a summary
  check                                 the quick loop: format, lints, the rings that need no browser
  dev [flags]                           live reload of the console beside the demo server

  setup [--tests]                       install what is missing to build (and to test)
  dist                                  the release bundle in dist, compressed
  size                                  what the bundle weighs; fails above the budget
  bench [flags]                         speed and memory in a real browser
  faults [--minutes 10]                 the console against a server that fails again and again
  texts [file]                          what a language lacks; with a file, writes all texts there to be translated
  interop                               the vendors' own clients against the demo server
  audit                                 licences and advisories, with cargo-deny
  help                                  this text

Rings: ";

pub fn run(args: &[String]) -> Outcome<ExitCode> {
    let (command, rest) =
        args.split_first().map_or(("help", &[][..]), |(first, rest)| (first.as_str(), rest));
    if matches!(command, "help" | "--help" | "-h") {
        let names: Vec<&str> = rings::RINGS.iter().map(|ring| ring.id).collect();
        println!("{HELP}{}.", names.join(", "));
        return Ok(ExitCode::SUCCESS);
    }
    let project = Project::find()?;
    let fine = match command {
        "setup" => set_up(&project, rest)?,
        "demo" => demo::run(&project, rest)?,
        "test" => suite::run(&project, &rings::chosen(&only(rest)?)?)?,
        "dev" => dev::live(&project, rest)?,
        "bench" | "faults" => dev::on_release(&project, command, rest)?,
        "check" => none(rest).and_then(|()| check::quick(&project))?,
        "dist" => none(rest)
            .and_then(|()| dist::ensure(&project, &setup::for_building(&project)?))
            .map(|()| true)?,
        "size" => none(rest).and_then(|()| weigh(&project))?,
        "interop" => none(rest).and_then(|()| suite::run(&project, &rings::chosen(&["interop"])?))?,
        "texts" => check::texts(&project, rest)?,
        "audit" => none(rest).and_then(|()| check::audit(&project))?,
        unknown => {
            return Err(Trouble::new(format!("there is no command `{unknown}`"))
                .by_hand("`cargo xtask help` lists them"));
        }
    };
    Ok(if fine { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn set_up(project: &Project, args: &[String]) -> Outcome<bool> {
    let watch = Stopwatch::start();
    let kit = match args {
        [] => setup::for_building(project)?,
        [flag] if flag == "--tests" => setup::for_testing(project)?.kit,
        _ => return Err(Trouble::new("setup takes --tests and nothing else")),
    };
    setup::report(&kit, watch);
    Ok(true)
}

fn weigh(project: &Project) -> Outcome<bool> {
    let kit = setup::for_building(project)?;
    dist::ensure(project, &kit)?;
    let (counts, lines) = size::measure(project, &kit)?;
    println!("{}", lines.join("\n"));
    Ok(counts.failed == 0)
}

/// The rings named after `--only`; none named means all.
fn only(args: &[String]) -> Outcome<Vec<&str>> {
    let list = match args {
        [] => return Ok(Vec::new()),
        [flag, list] if flag == "--only" => list.as_str(),
        [joined] if joined.starts_with("--only=") => joined.trim_start_matches("--only="),
        _ => return Err(Trouble::new("test takes --only ring,ring and nothing else")),
    };
    let names: Vec<&str> = list.split(',').map(str::trim).filter(|name| !name.is_empty()).collect();
    if names.is_empty() { Err(Trouble::new("--only names no ring")) } else { Ok(names) }
}

fn none(args: &[String]) -> Outcome<()> {
    match args.first() {
        None => Ok(()),
        Some(extra) => Err(Trouble::new(format!("`{extra}` means nothing to this command"))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn owned(args: &[&str]) -> Vec<String> {
        args.iter().map(|arg| (*arg).to_owned()).collect()
    }

    #[test]
    fn rings_are_chosen_by_name() {
        assert_eq!(only(&owned(&["--only", "unit, e2e"])).unwrap(), ["unit", "e2e"]);
        assert_eq!(only(&owned(&["--only=size"])).unwrap(), ["size"]);
        assert!(only(&[]).unwrap().is_empty());
        for args in [&["--only"][..], &["--only", ","], &["--fast"], &["--only", "a", "b"]] {
            assert!(only(&owned(args)).is_err(), "{args:?}");
        }
    }

    #[test]
    fn unknown_commands_and_stray_words_are_refused() {
        assert!(run(&owned(&["tset"])).unwrap_err().to_string().contains("tset"));
        assert!(run(&owned(&["size", "--fast"])).unwrap_err().to_string().contains("--fast"));
        assert!(run(&owned(&["setup", "--tset"])).is_err());
    }

    #[test]
    fn help_names_every_command() {
        for command in
            ["demo", "test", "check", "dev", "setup", "dist", "size", "bench", "faults", "interop", "audit"]
        {
            assert!(HELP.contains(&format!("\n  {command} ")), "{command}");
        }
    }
}
