//! What the measured server serves: the built console, and beside it the same screen in plain JavaScript with the same
//! style sheet and icons. It must not measure anything.

use std::fs;
use std::path::{Path, PathBuf};

use longrun_e2e::site::{dist, workspace};
use longrun_e2e::{Failure, Outcome};

const PAGE: &str = include_str!("floor/floor.html");
const SCRIPT: &str = include_str!("floor/floor.js");
const SPRITE: &str = include_str!("../../../../../style/icons.svg");

/// A folder with both.
pub fn folder() -> Outcome<PathBuf> {
    let to = workspace().join("target/bench-site");
    if to.exists() {
        fs::remove_dir_all(&to)?;
    }
    let style = copy(&dist()?, &to)?;
    let style = style.ok_or_else(|| Failure::new("the built console has no style sheet"))?;
    fs::write(to.join("floor.html"), PAGE.replace("STYLE", &style).replace("SPRITE", SPRITE))?;
    fs::write(to.join("floor.js"), SCRIPT)?;
    Ok(to)
}

/// Copies a folder with what is in it; the name of its style sheet.
fn copy(from: &Path, to: &Path) -> Outcome<Option<String>> {
    fs::create_dir_all(to)?;
    let mut style = None;
    for file in fs::read_dir(from)? {
        let file = file?;
        let name = file.file_name().to_string_lossy().into_owned();
        if file.file_type()?.is_dir() {
            copy(&file.path(), &to.join(&name))?;
            continue;
        }
        fs::copy(file.path(), to.join(&name))?;
        if name.ends_with(".css") {
            style = Some(name);
        }
    }
    Ok(style)
}
