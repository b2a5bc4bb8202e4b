//! Shows what the bundle weighs and fails above the budget. The figures and rules are in `bundle`.

use crate::bundle::{self, Served, in_kb};
use crate::counts::Counts;
use crate::project::Project;
use crate::setup::Kit;
use crate::tools::{BINARYEN, WasmOpt};
use crate::trouble::{Outcome, Trouble};

/// Measures the bundle in dist, prints the table and counts every rule of the budget as one test.
pub fn measure(project: &Project, kit: &Kit) -> Outcome<(Counts, Vec<String>)> {
    if !matches!(kit.wasm_opt, WasmOpt::Wanted(_)) {
        return Err(Trouble::new(format!(
            "the size is measured with wasm-opt {BINARYEN}, which is not here"
        ))
        .by_hand("install Node.js with npm and run this again"));
    }
    let served = bundle::read(&project.dist())?;
    let mut lines = table(&served);
    let mut counts = Counts::default();
    for (kept, rule) in bundle::verdict(&served) {
        counts += if kept { Counts::passed(1) } else { Counts::failed(1) };
        lines.push(format!("{}  {rule}", if kept { "ok    " } else { "FAILED" }));
    }
    Ok((counts, lines))
}

fn table(served: &[Served]) -> Vec<String> {
    let width = served.iter().map(|file| file.name.len()).max().unwrap_or(0).max(20);
    let mut lines = vec![format!("{:width$}  {:>10}  {:>10}  at start", "file", "raw KB", "brotli KB")];
    for file in served {
        let start = if file.at_start { "yes" } else { "" };
        let brotli = file.brotli.map_or_else(|| "-".to_owned(), in_kb);
        lines.push(format!("{:width$}  {:>10}  {brotli:>10}  {start}", file.name, in_kb(file.raw)));
    }
    let counted = || served.iter().filter(|file| file.counted());
    let raw: u64 = counted().map(|file| file.raw).sum();
    let brotli: u64 = counted().map(Served::transferred).sum();
    lines.push(format!("{:width$}  {:>10}  {:>10}", "wasm + JS + CSS + HTML", in_kb(raw), in_kb(brotli)));
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_ends_with_the_sum_of_what_is_counted() {
        let file = |name: &str, raw, brotli| Served { name: name.to_owned(), raw, brotli, at_start: true };
        let lines = table(&[file("a_bg.wasm", 300_000, Some(100_000)), file("p.png", 7_000, None)]);
        assert_eq!(lines.len(), 4);
        let sum = lines.last().unwrap();
        assert!(sum.contains("300.0") && sum.contains("100.0") && !sum.contains("107"), "{sum}");
    }
}
