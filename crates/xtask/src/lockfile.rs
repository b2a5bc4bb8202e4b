//! Reads one package's version from the text of a Cargo.lock. Pure; knows no files.

use crate::trouble::{Outcome, Trouble};

/// The version of `package` that the lock file fixes. Two different versions of it are an error: the tool that must
/// match could then only match one of them.
pub fn version_of(lock: &str, package: &str) -> Outcome<String> {
    let mut found: Option<&str> = None;
    let mut name = None;
    for line in lock.lines() {
        if line == "[[package]]" {
            name = None;
        } else if let Some(value) = quoted(line, "name") {
            name = Some(value);
        } else if let Some(version) = quoted(line, "version")
            && name == Some(package)
        {
            match found {
                Some(earlier) if earlier != version => {
                    return Err(Trouble::new(format!(
                        "Cargo.lock holds {package} twice, {earlier} and {version}; only one can have its tool"
                    ))
                    .by_hand(format!("pin {package} with `=` in Cargo.toml and run `cargo update -p {package}`")));
                }
                _ => found = Some(version),
            }
        }
    }
    found
        .map(str::to_owned)
        .ok_or_else(|| Trouble::new(format!("Cargo.lock does not name the package {package}")))
}

fn quoted<'a>(line: &'a str, key: &str) -> Option<&'a str> {
    line.strip_prefix(key)?.strip_prefix(" = \"")?.strip_suffix('"')
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOCK: &str = "version = 4\n\n[[package]]\nname = \"wasm-bindgen-futures\"\nversion = \"0.4.79\"\n\n\
        [[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.129\"\ndependencies = [\n \"cfg-if\",\n]\n";

    #[test]
    fn the_whole_name_must_match() {
        assert_eq!(version_of(LOCK, "wasm-bindgen").unwrap(), "0.2.129");
    }

    #[test]
    fn a_missing_package_is_named() {
        assert!(version_of(LOCK, "leptos").unwrap_err().to_string().contains("leptos"));
    }

    #[test]
    fn two_versions_are_refused() {
        let twice = format!("{LOCK}\n[[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.130\"\n");
        let told = version_of(&twice, "wasm-bindgen").unwrap_err().to_string();
        assert!(told.contains("0.2.129") && told.contains("0.2.130"), "{told}");
    }

    #[test]
    fn the_format_version_of_the_file_is_not_a_package() {
        assert!(version_of("version = 4\n", "version").is_err());
    }
}
