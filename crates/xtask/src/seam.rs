//! The names by which the WASM asks for what the generated script gives it. wasm-bindgen makes them long, with 16 random
//! digits each, which no compression can shorten, and they stand in both files. Nobody but these two reads them.
//!
//! Knows the first level of the WASM format and how the script spells the names; not what they are for.

use crate::trouble::{Outcome, while_doing};
use std::fs;
use std::path::{Path, PathBuf};

const LETTERS: &[u8; 52] = b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

/// The section of a WASM file that lists what it asks for.
const IMPORTS: u8 = 2;

/// The section that lists what it gives.
const EXPORTS: u8 = 7;

/// A function among those asked for.
const FUNCTION: u8 = 0;

/// Gives both files in `dist` short names. Where anything is not as expected, both stay as they are.
pub fn shorten(dist: &Path) -> Outcome<()> {
    let doing = "shortening the names between script and WASM";
    let mut files: Vec<PathBuf> = vec![];
    for entry in fs::read_dir(dist).map_err(while_doing(doing))? {
        files.push(entry.map_err(while_doing(doing))?.path());
    }
    let ends = |end: &str| {
        files.iter().find(|path| path.to_string_lossy().ends_with(end) && !path.ends_with("boot.js"))
    };
    let (Some(wasm_path), Some(script_path)) = (ends("_bg.wasm"), ends(".js")) else { return Ok(()) };
    let wasm = fs::read(wasm_path).map_err(while_doing(doing))?;
    let script = fs::read_to_string(script_path).map_err(while_doing(doing))?;
    if let Some((wasm, script)) = renamed(&wasm, &script) {
        fs::write(wasm_path, wasm).map_err(while_doing(doing))?;
        fs::write(script_path, script).map_err(while_doing(doing))?;
    }
    Ok(())
}

/// Both with short names; `None` where one of the names does not stand exactly once in the script.
fn renamed(wasm: &[u8], script: &str) -> Option<(Vec<u8>, String)> {
    let (head, mut rest) = wasm.split_at_checked(8)?;
    let mut out = head.to_vec();
    let mut script = script.to_owned();
    while let Some((id, behind)) = rest.split_first() {
        let (section, behind) = sized(behind)?;
        out.push(*id);
        let section = match *id {
            IMPORTS => imports(section, &mut script)?,
            EXPORTS => exports(section, &mut script)?,
            _ => section.to_vec(),
        };
        put(&mut out, section.len())?;
        out.extend(section);
        rest = behind;
    }
    Some((out, script))
}

fn imports(section: &[u8], script: &mut String) -> Option<Vec<u8>> {
    let (count, mut rest) = number(section)?;
    let mut out = vec![];
    put(&mut out, count)?;
    for at in 0..count {
        let (module, behind) = sized(rest)?;
        let (name, behind) = sized(behind)?;
        let (kind, behind) = behind.split_first()?;
        let (of_type, behind) = number(behind)?;
        if *kind != FUNCTION {
            return None;
        }
        let short = short(at);
        rename(script, std::str::from_utf8(name).ok()?, &short)?;
        for text in [module, short.as_bytes()] {
            put(&mut out, text.len())?;
            out.extend_from_slice(text);
        }
        out.push(*kind);
        put(&mut out, of_type)?;
        rest = behind;
    }
    Some(out)
}

fn exports(section: &[u8], script: &mut String) -> Option<Vec<u8>> {
    let (count, mut rest) = number(section)?;
    let mut out = vec![];
    put(&mut out, count)?;
    for at in 0..count {
        let (name, behind) = sized(rest)?;
        let (kind, behind) = behind.split_first()?;
        let (index, behind) = number(behind)?;
        let name = std::str::from_utf8(name).ok()?;
        let short = short(at);
        // One that is as short already could be taken for another.
        if name.len() <= short.len() {
            return None;
        }
        let name = match used(script, name, &short) {
            Some(renamed) => {
                *script = renamed;
                short.as_str()
            }
            None => name,
        };
        put(&mut out, name.len())?;
        out.extend_from_slice(name.as_bytes());
        out.push(*kind);
        put(&mut out, index)?;
        rest = behind;
    }
    Some(out)
}

/// The script with the short name wherever it uses what `wasm` gives; `None` where it may reach for it in another way.
fn used(script: &str, name: &str, short: &str) -> Option<String> {
    let is_part = |char: char| char.is_ascii_alphanumeric() || char == '_' || char == '$';
    let mut out = String::with_capacity(script.len());
    let mut rest = script;
    while let Some((before, behind)) = rest.split_once(name) {
        out.push_str(before);
        let is_whole = !before.ends_with(is_part) && !behind.starts_with(is_part);
        if is_whole && before.ends_with("wasm.") {
            out.push_str(short);
        } else if is_whole && before.ends_with(['.', '"', '\'', '`']) {
            return None;
        } else {
            // A function of the script's own that is called the same, or a longer name.
            out.push_str(name);
        }
        rest = behind;
    }
    out.push_str(rest);
    Some(out)
}

/// In the script each is a property with a function.
fn rename(script: &mut String, name: &str, short: &str) -> Option<()> {
    let long = format!(" {name}: function(");
    let (before, behind) = script.split_once(&long)?;
    if behind.contains(&long) {
        return None;
    }
    *script = format!("{before} {short}: function({behind}");
    Some(())
}

fn short(at: usize) -> String {
    let letter = |at: usize| LETTERS.get(at % LETTERS.len()).copied().map_or('_', char::from);
    let mut name = String::from(letter(at));
    let mut rest = at / LETTERS.len();
    while rest > 0 {
        name.push(letter(rest - 1));
        rest = (rest - 1) / LETTERS.len();
    }
    name
}

/// A number as WASM writes it: seven bits a byte, the lowest first.
fn number(bytes: &[u8]) -> Option<(usize, &[u8])> {
    let mut value = 0;
    let mut rest = bytes;
    for shift in (0..32).step_by(7) {
        let (byte, behind) = rest.split_first()?;
        value |= usize::from(byte & 0x7f) << shift;
        rest = behind;
        if byte & 0x80 == 0 {
            return Some((value, rest));
        }
    }
    None
}

fn put(out: &mut Vec<u8>, mut value: usize) -> Option<()> {
    while value > 0x7f {
        out.push(u8::try_from(value & 0x7f).ok()? | 0x80);
        value >>= 7;
    }
    out.push(u8::try_from(value).ok()?);
    Some(())
}

/// A number, and so many bytes behind it.
fn sized(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let (length, rest) = number(bytes)?;
    rest.split_at_checked(length)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SCRIPT: &str = "const import0 = {\n  __wbg_log_0123: function(a) { log(a); },\n  __wbg_now_4567: function() {},\n};\nconst memory = exports.memory, malloc = wasm.malloc(wasm.malloc_more);";

    /// A file that asks for two functions and has one more section.
    fn wasm() -> Vec<u8> {
        let mut section = vec![2];
        for name in ["__wbg_log_0123", "__wbg_now_4567"] {
            section.extend([1, b'm', 14]);
            section.extend(name.bytes());
            section.extend([FUNCTION, 0x81, 0x01]);
        }
        let mut wasm = b"\0asm\x01\0\0\0".to_vec();
        wasm.extend([IMPORTS, u8::try_from(section.len()).unwrap()]);
        wasm.extend(section);
        wasm.extend([EXPORTS, 19, 2, 6]);
        wasm.extend(b"memory");
        wasm.extend([2, 0, 6]);
        wasm.extend(b"malloc");
        wasm.extend([0, 9, 11, 2, 7, 8]);
        wasm
    }

    #[test]
    fn both_files_get_the_same_short_names() {
        let (wasm, script) = renamed(&wasm(), SCRIPT).unwrap();
        assert_eq!(
            script,
            "const import0 = {\n  a: function(a) { log(a); },\n  b: function() {},\n};\nconst memory = exports.memory, malloc = wasm.b(wasm.malloc_more);"
        );
        let section = [2, 1, b'm', 1, b'a', 0, 0x81, 1, 1, b'm', 1, b'b', 0, 0x81, 1];
        assert_eq!(wasm.get(8..10).unwrap(), [IMPORTS, 15]);
        assert_eq!(wasm.get(10..25).unwrap(), section);
        let mut rest = vec![EXPORTS, 14, 2, 6];
        rest.extend(b"memory\x02\0\x01b\0\x09");
        rest.extend([11, 2, 7, 8]);
        assert_eq!(wasm.get(25..).unwrap(), rest, "a name used in another way stays, and what follows");
    }

    #[test]
    fn a_name_that_the_script_does_not_have_leaves_both_as_they_are() {
        assert!(renamed(&wasm(), "const import0 = {};").is_none());
        assert!(renamed(&wasm(), &SCRIPT.replace("now_4567", "log_0123")).is_none());
        assert!(renamed(b"\0asm", SCRIPT).is_none());
    }

    #[test]
    fn short_names_are_all_different() {
        let mut names: Vec<String> = (0..3_000).map(short).collect();
        names.sort();
        names.dedup();
        assert_eq!(names.len(), 3_000);
    }

    #[test]
    fn numbers_are_read_as_they_are_written() {
        for value in [0, 1, 127, 128, 300, 65_536] {
            let mut bytes = vec![];
            put(&mut bytes, value).unwrap();
            assert_eq!(number(&bytes), Some((value, [].as_slice())));
        }
        assert_eq!(number(&[0x80]), None);
    }
}
