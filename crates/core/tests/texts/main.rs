//! Every text that people read is in every language: what the code says, and what the tables of the dialects say, is
//! compared with the files in public/lang. `cargo xtask texts` runs this and shows what is missing.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "helpers of tests fail by panicking, as tests do"
)]

mod literals;
mod source;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use literals::{Literal, has_words, literals, reads_like_a_text};
use longrun_core::dialect::{self, Action, Filter, FilterKind, Input, KindTable, SignInKind};
use longrun_core::json::{decode, fields};
use longrun_core::model::State;
use longrun_core::text::pieces;
use longrun_core::view::config::{BANDS, Mode};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().unwrap()
}

fn files_below(folder: &Path, end: &str) -> Vec<PathBuf> {
    let mut files = vec![];
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(files_below(&path, end));
        } else if path.to_str().unwrap().ends_with(end) {
            files.push(path);
        }
    }
    files.sort();
    files
}

/// Sources that draw and say things.
fn sources() -> Vec<PathBuf> {
    let is_test = |path: &PathBuf| {
        let name = path.file_stem().unwrap().to_str().unwrap();
        name == "tests" || name.ends_with("_tests")
    };
    let mut files = files_below(&root().join("src"), ".rs");
    files.extend(files_below(&root().join("crates/core/src"), ".rs"));
    files.retain(|path| !is_test(path));
    files
}

/// Every text with where it was found first.
fn texts() -> BTreeMap<String, String> {
    let mut texts = BTreeMap::new();
    for path in sources() {
        let source = fs::read_to_string(&path).unwrap();
        let name = path.strip_prefix(root()).unwrap().display().to_string();
        for literal in literals(&source, name.starts_with("src"))
            .into_iter()
            .filter(|literal| literal.is_text && !is_no_text(&literal.text))
        {
            texts.entry(literal.text).or_insert_with(|| format!("{name}:{}", literal.line));
        }
    }
    // What a language calls itself; build.rs reads it for the choice in Settings.
    texts.insert("The name of this language".to_owned(), "build.rs".to_owned());
    for (text, from) in tables() {
        if has_words(text) {
            texts.entry(text.to_owned()).or_insert_with(|| from.to_owned());
        }
    }
    texts
}

/// What the tables of all dialects say.
fn tables() -> Vec<(&'static str, &'static str)> {
    let mut all = vec![];
    let mut add =
        |from: &'static str, texts: &[&'static str]| all.extend(texts.iter().map(|text| (*text, from)));
    for dialect in dialect::ALL {
        let (id, about) = (dialect.id(), dialect.describe());
        add(id, &[about.title, about.can, about.tenant]);
        for KindTable {
            noun, one, target, times, body, result, columns, filters, actions, related, ..
        } in about.kinds
        {
            add(id, &[noun, one, target, times[0], times[1], body.unwrap_or(""), result.unwrap_or("")]);
            columns.iter().for_each(|column| add(id, &[column.head]));
            for Filter { label, hint, kind, .. } in *filters {
                add(id, &[label, hint]);
                if let FilterKind::Flag(does) = kind {
                    add(id, &[does]);
                }
            }
            for Action { label, consequence, inputs, .. } in *actions {
                add(id, &[label, consequence]);
                inputs.iter().for_each(|Input { label, hint, .. }| add(id, &[label, hint]));
            }
            related.iter().for_each(|related| add(id, &[related.label, related.without]));
        }
    }
    for kind in SignInKind::ALL {
        let asks = kind.asks();
        let (name, secret) = asks.pair.unwrap_or_default();
        add("sign-in", &[asks.label, asks.hint, name, secret]);
    }
    State::ALL.iter().for_each(|state| add("states", &[state.label()]));
    Mode::ALL.iter().for_each(|(_, _, label)| add("modes", &[label]));
    add("colours", &BANDS);
    all
}

fn language(path: &Path) -> BTreeMap<String, String> {
    let text = fs::read_to_string(path).unwrap();
    let mut texts = BTreeMap::new();
    let read = fields::visit(&text, &mut |english, other| {
        assert!(other.starts_with('"'), "{}: {english} is no text", path.display());
        let twice = texts.insert(english.to_string(), decode(other).into_owned());
        assert!(twice.is_none(), "{}: \"{english}\" stands twice", path.display());
    });
    read.unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    texts
}

fn places(pattern: &str) -> BTreeSet<usize> {
    let mut places = BTreeSet::new();
    pieces(pattern, &mut |_, place| places.extend(place));
    places
}

fn quoted(text: &str) -> String {
    let mut out = String::new();
    longrun_core::json::encode(text, &mut out);
    out
}

#[test]
fn every_language_says_every_text() {
    let texts = texts();
    let mut told = String::new();
    for path in files_below(&root().join("public/lang"), ".json") {
        let language = language(&path);
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let missing: Vec<_> = texts.iter().filter(|(text, _)| !language.contains_key(*text)).collect();
        if !missing.is_empty() {
            let _ = writeln!(told, "\n{name} lacks {}:", missing.len());
            for (text, from) in missing {
                let _ = writeln!(told, "  {}: \"\",   {from}", quoted(text));
            }
        }
        // Patterns of signs alone may be put in another order; nobody must.
        let surplus: Vec<_> =
            language.keys().filter(|text| has_words(text) && !texts.contains_key(*text)).collect();
        if !surplus.is_empty() {
            let _ = writeln!(told, "\n{name} has {} that nobody says:", surplus.len());
            surplus.iter().for_each(|text| {
                let _ = writeln!(told, "  {}", quoted(text));
            });
        }
        for (english, other) in &language {
            if other.trim().is_empty() {
                let _ = writeln!(told, "{name} says nothing for {}", quoted(english));
            } else if places(english) != places(other) {
                let _ = writeln!(
                    told,
                    "{name} has other places for values: {} {}",
                    quoted(english),
                    quoted(other)
                );
            }
        }
    }
    assert!(told.is_empty(), "{told}");
}

/// A `format!` with words glues fragments that cannot be translated.
#[test]
fn no_sentence_is_glued_from_fragments() {
    let mut told = String::new();
    for path in sources() {
        let source = fs::read_to_string(&path).unwrap();
        let name = path.strip_prefix(root()).unwrap().display().to_string();
        for Literal { text, line, .. } in literals(&source, name.starts_with("src")) {
            let words = without_places(&text);
            let is_pattern = text.contains("{}") || words.len() + 2 < text.len() && !text.contains("{0}");
            if is_pattern && reads_like_a_text(&words) && !is_no_text(&text) {
                let _ = writeln!(told, "  {name}:{line}: {}", quoted(&text));
            }
        }
    }
    assert!(
        told.is_empty(),
        "say these with fill(), or list them in crates/core/tests/texts/no_texts.txt:\n{told}"
    );
}

/// A text without the places of a `format!`.
fn without_places(text: &str) -> String {
    let mut rest = text;
    let mut out = String::new();
    while let Some((before, after)) = rest.split_once('{') {
        let (inside, after) = after.split_once('}').unwrap_or((after, ""));
        let is_name = inside.chars().all(|c| c.is_ascii_lowercase() || matches!(c, '_' | ':' | '0'..='9'));
        out.push_str(before);
        if !is_name {
            out.push_str(inside);
        }
        rest = after;
    }
    out.push_str(rest);
    out
}

/// What reads as if it were for people and is not: names of keys, headers, selectors, classes, words of the APIs.
const NO_TEXTS: &str = include_str!("no_texts.txt");

fn is_no_text(text: &str) -> bool {
    NO_TEXTS.lines().any(|line| line == text)
}

/// For `cargo xtask texts`, and for whoever begins a new language: all texts as a file to fill in.
#[test]
fn all_texts_can_be_listed() {
    let texts = texts();
    assert!(texts.len() > 500, "{}", texts.len());
    if let Some(file) = std::env::var_os("LONGRUN_TEXTS") {
        let lines: Vec<String> = texts.keys().map(|text| format!("  {}: \"\"", quoted(text))).collect();
        fs::write(file, format!("{{\n{}\n}}\n", lines.join(",\n"))).unwrap();
    }
}
