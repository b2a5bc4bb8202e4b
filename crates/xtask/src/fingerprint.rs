//! Tells whether files are the same as at the last build, by content. Knows paths and bytes, not what they mean.

use crate::trouble::{Outcome, while_doing};
use std::fs;
use std::path::{Path, PathBuf};

/// FNV-1a over names and contents: not against forgery, only against building twice or not at all. Written out
/// because the standard library's hasher may change from one Rust version to the next.
#[derive(Clone, Copy)]
pub struct Fingerprint(u64);

impl Fingerprint {
    pub fn new() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }

    /// Takes one labelled piece in; the lengths keep neighbouring pieces apart.
    pub fn add(&mut self, label: &str, bytes: &[u8]) {
        for part in [label.as_bytes(), bytes] {
            self.bytes(&(part.len() as u64).to_le_bytes());
            self.bytes(part);
        }
    }

    fn bytes(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
    }

    /// Takes in files, and folders with all that is below them; one that is missing counts as missing.
    pub fn add_all(&mut self, root: &Path, places: &[&str]) -> Outcome<()> {
        for place in places {
            let path = root.join(place);
            if path.is_dir() {
                for file in files_below(&path)? {
                    self.add_file(root, &file)?;
                }
            } else if path.is_file() {
                self.add_file(root, &path)?;
            } else {
                self.add(place, b"missing");
            }
        }
        Ok(())
    }

    fn add_file(&mut self, root: &Path, file: &Path) -> Outcome<()> {
        let bytes = fs::read(file).map_err(while_doing(format!("reading {}", file.display())))?;
        let name = file.strip_prefix(root).unwrap_or(file);
        self.add(&name.to_string_lossy(), &bytes);
        Ok(())
    }

    pub fn text(self) -> String {
        format!("{:016x}", self.0)
    }
}

/// Every file below a folder, in a fixed order.
pub fn files_below(folder: &Path) -> Outcome<Vec<PathBuf>> {
    let mut found = Vec::new();
    let mut waiting = vec![folder.to_owned()];
    while let Some(folder) = waiting.pop() {
        let doing = || format!("listing {}", folder.display());
        for entry in fs::read_dir(&folder).map_err(while_doing(doing()))? {
            let path = entry.map_err(while_doing(doing()))?.path();
            if path.is_dir() {
                waiting.push(path);
            } else {
                found.push(path);
            }
        }
    }
    found.sort();
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(pieces: &[(&str, &str)]) -> String {
        let mut print = Fingerprint::new();
        for (label, bytes) in pieces {
            print.add(label, bytes.as_bytes());
        }
        print.text()
    }

    #[test]
    fn content_name_and_borders_matter() {
        let base = of(&[("a", "12"), ("b", "3")]);
        assert_eq!(base, of(&[("a", "12"), ("b", "3")]));
        assert_ne!(base, of(&[("a", "12"), ("b", "4")]));
        assert_ne!(base, of(&[("a", "12"), ("c", "3")]));
        assert_ne!(base, of(&[("a", "1"), ("b", "23")]));
        assert_ne!(base, of(&[("b", "3"), ("a", "12")]));
    }

    #[test]
    fn a_changed_a_new_and_a_removed_file_show() {
        let folder = std::env::temp_dir().join(format!("longrun-fingerprint-{}", std::process::id()));
        let print = || {
            let mut print = Fingerprint::new();
            print.add_all(&folder, &["src", "one.txt"]).unwrap();
            print.text()
        };
        fs::create_dir_all(folder.join("src/deep")).unwrap();
        fs::write(folder.join("src/deep/a.rs"), "a").unwrap();
        let first = print();
        fs::write(folder.join("src/deep/a.rs"), "b").unwrap();
        let changed = print();
        fs::write(folder.join("one.txt"), "new").unwrap();
        let added = print();
        fs::remove_file(folder.join("src/deep/a.rs")).unwrap();
        let removed = print();
        fs::remove_dir_all(&folder).unwrap();
        let all = [first, changed, added, removed];
        for (at, one) in all.iter().enumerate() {
            assert!(!all[at + 1..].contains(one), "{all:?}");
        }
    }
}
