//! What the finished bundle in `dist` weighs, and the budget it has to keep. Knows files and figures, no tools.

use crate::compress::{beside, compressible};
use crate::fingerprint::files_below;
use crate::page::start_files;
use crate::trouble::{Outcome, Trouble, while_doing};
use std::fs;
use std::path::Path;

/// All of wasm, JS, CSS and HTML together, compressed with brotli. A KB is 1,000 bytes. Five APIs were to fit into
/// 260,000 and all that the list and the front page need into 300,000; this is what they take (docs/adr/0004).
pub const BUDGET_BYTES: u64 = 375_000;
/// From the page itself to the first row. The end-to-end tests count them in a real browser.
pub const BUDGET_REQUESTS: usize = 10;
/// After the files the page names: config.json, the token, the operations.
pub const REQUESTS_BY_THE_APP: usize = 3;

/// One file as it is served.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Served {
    pub name: String,
    pub raw: u64,
    /// `None`: not compressed ahead.
    pub brotli: Option<u64>,
    /// Whether the page fetches it to start.
    pub at_start: bool,
}

impl Served {
    /// Whether it is of a kind the budget is about.
    pub fn counted(&self) -> bool {
        let kind = self.name.rsplit('.').next().unwrap_or_default();
        matches!(kind, "wasm" | "js" | "css" | "html")
    }

    pub fn transferred(&self) -> u64 {
        self.brotli.unwrap_or(self.raw)
    }
}

/// Reads the bundle.
pub fn read(dist: &Path) -> Outcome<Vec<Served>> {
    let page = dist.join("index.html");
    let html = fs::read_to_string(&page).map_err(|error| {
        Trouble::new(format!("reading {}: {error}", page.display()))
            .by_hand("build it with `cargo xtask dist`")
    })?;
    let started_with = start_files(&html);
    for named in &started_with {
        if !dist.join(named).is_file() {
            return Err(Trouble::new(format!("the page names {named}, which is not in the bundle")));
        }
    }
    let mut served = Vec::new();
    for file in files_below(dist)? {
        if file.extension().is_some_and(|kind| kind == "br" || kind == "gz") {
            continue;
        }
        let size = |file: &Path| file.metadata().map(|meta| meta.len());
        let raw = size(&file).map_err(while_doing(format!("reading {}", file.display())))?;
        let brotli = if compressible(&file) { size(&beside(&file, "br")).ok() } else { None };
        let name = file.strip_prefix(dist).unwrap_or(&file).to_string_lossy().replace('\\', "/");
        let at_start = name == "index.html" || started_with.contains(&name);
        served.push(Served { name, raw, brotli, at_start });
    }
    served.sort_by_key(|file| std::cmp::Reverse(file.transferred()));
    Ok(served)
}

/// What the budget says: one line per rule and whether it is kept.
pub fn verdict(served: &[Served]) -> Vec<(bool, String)> {
    let total: u64 = served.iter().filter(|file| file.counted()).map(Served::transferred).sum();
    let uncompressed: Vec<&str> = served
        .iter()
        .filter(|file| compressible(Path::new(&file.name)) && file.brotli.is_none())
        .map(|file| file.name.as_str())
        .collect();
    let requests = served.iter().filter(|file| file.at_start).count() + REQUESTS_BY_THE_APP;
    vec![
        (
            served.iter().any(|file| file.name.ends_with(".wasm")) && total <= BUDGET_BYTES,
            format!("wasm + JS + CSS + HTML: {} of {} KB brotli", in_kb(total), in_kb(BUDGET_BYTES)),
        ),
        (
            uncompressed.is_empty(),
            if uncompressed.is_empty() {
                "every text and wasm file is there compressed".to_owned()
            } else {
                format!("not compressed ahead: {}", uncompressed.join(", "))
            },
        ),
        (
            requests <= BUDGET_REQUESTS,
            format!(
                "{requests} of {BUDGET_REQUESTS} requests to the first row: {} files at start and {REQUESTS_BY_THE_APP} of the app",
                requests - REQUESTS_BY_THE_APP
            ),
        ),
    ]
}

/// `108.4`: thousands of bytes with one decimal.
pub fn in_kb(bytes: u64) -> String {
    let tenths = (bytes + 50) / 100;
    format!("{}.{}", tenths / 10, tenths % 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(name: &str, raw: u64, brotli: Option<u64>, at_start: bool) -> Served {
        Served { name: name.to_owned(), raw, brotli, at_start }
    }

    fn kept(served: &[Served]) -> Vec<bool> {
        verdict(served).into_iter().map(|(kept, _)| kept).collect()
    }

    #[test]
    fn the_budget_is_kept_to_the_byte() {
        let of =
            |size| [file("a.wasm", 900_000, Some(size), true), file("b.css", 50_000, Some(20_000), true)];
        assert_eq!(kept(&of(BUDGET_BYTES - 20_000)), [true, true, true]);
        assert_eq!(kept(&of(BUDGET_BYTES - 19_999)), [false, true, true]);
    }

    #[test]
    fn pictures_are_not_counted_and_need_no_compression() {
        let served = [file("a.wasm", 9, Some(5), true), file("shot.png", 900_000, None, false)];
        assert_eq!(kept(&served), [true, true, true]);
    }

    #[test]
    fn an_uncompressed_file_and_an_empty_bundle_fail() {
        assert_eq!(
            kept(&[file("a.wasm", 9, Some(5), true), file("b.js", 9, None, true)]),
            [true, false, true]
        );
        assert_eq!(kept(&[]), [false, true, true]);
    }

    #[test]
    fn too_many_files_at_start_fail() {
        let mut served = vec![file("a.wasm", 9, Some(5), true)];
        served.extend((0..6).map(|n| file(&format!("{n}.css"), 9, Some(5), true)));
        assert_eq!(kept(&served), [true, true, true]);
        served.push(file("one-more.css", 9, Some(5), true));
        assert_eq!(kept(&served), [true, true, false]);
    }

    #[test]
    fn kilobytes_are_thousands_and_rounded() {
        assert_eq!(in_kb(220_000), "220.0");
        assert_eq!(in_kb(108_449), "108.4");
        assert_eq!(in_kb(108_450), "108.5");
        assert_eq!(in_kb(0), "0.0");
    }
}
