//! Tells the console which languages it has: the files in public/lang, each with its name in its own words.

use std::path::Path;
use std::{env, fs};

/// The text whose translation is the language's name.
const NAME: &str = "\"The name of this language\":";

fn main() {
    println!("cargo:rerun-if-changed=public/lang");
    let root = env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default();
    let folder = Path::new(&root).join("public/lang");
    let mut languages: Vec<String> = fs::read_dir(folder)
        .into_iter()
        .flatten()
        .filter_map(|file| {
            let path = file.ok()?.path();
            let code = path.file_name()?.to_str()?.strip_suffix(".json")?.to_owned();
            let name = name(&fs::read_to_string(&path).ok()?).unwrap_or_else(|| code.clone());
            Some(format!("{code}={name}"))
        })
        .collect();
    languages.sort();
    println!("cargo:rustc-env=LONGRUN_LANGUAGES={}", languages.join(";"));
}

fn name(catalogue: &str) -> Option<String> {
    let (_, after) = catalogue.split_once(NAME)?;
    after.split('"').nth(1).map(str::to_owned)
}
