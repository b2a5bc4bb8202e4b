//! Compresses the finished bundle ahead of serving: beside every file that shrinks, a `.br` and a `.gz`.
//! Knows bytes and file names; nothing of Trunk.

use crate::fingerprint::files_below;
use crate::trouble::{Outcome, while_doing};
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

/// What compresses well; pictures and fonts are compressed already.
const KINDS: [&str; 9] = ["wasm", "js", "css", "html", "svg", "json", "txt", "map", "webmanifest"];
const BROTLI_QUALITY: i32 = 11;
/// 4 MB of look-back: more than any of our files.
const BROTLI_WINDOW: i32 = 22;

/// Whether a file of this name is served compressed.
pub fn compressible(name: &Path) -> bool {
    name.extension().is_some_and(|kind| KINDS.iter().any(|known| kind == *known))
}

/// `style.css` with `br` becomes `style.css.br`.
pub fn beside(file: &Path, suffix: &str) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(".");
    name.push(suffix);
    PathBuf::from(name)
}

/// Compresses everything in the folder, the largest first and on two threads, and gives the number of files.
pub fn folder(folder: &Path) -> Outcome<usize> {
    let mut files: Vec<(u64, PathBuf)> = files_below(folder)?
        .into_iter()
        .filter(|file| compressible(file))
        .map(|file| (file.metadata().map_or(0, |meta| meta.len()), file))
        .collect();
    files.sort();
    let count = files.len();
    let waiting = Mutex::new(files);
    let work = || -> Outcome<()> {
        loop {
            let next = waiting.lock().map_err(while_doing("sharing out the compression"))?.pop();
            let Some((_, file)) = next else { return Ok(()) };
            one(&file)?;
        }
    };
    std::thread::scope(|scope| {
        let other = scope.spawn(work);
        work()?;
        other
            .join()
            .unwrap_or_else(|_| Err(crate::trouble::Trouble::new("the compression of the bundle panicked")))
    })?;
    Ok(count)
}

fn one(file: &Path) -> Outcome<()> {
    let doing = || format!("compressing {}", file.display());
    let plain = fs::read(file).map_err(while_doing(doing()))?;
    fs::write(beside(file, "br"), brotli(&plain).map_err(while_doing(doing()))?)
        .map_err(while_doing(doing()))?;
    fs::write(beside(file, "gz"), gzip(&plain).map_err(while_doing(doing()))?).map_err(while_doing(doing()))
}

fn brotli(plain: &[u8]) -> std::io::Result<Vec<u8>> {
    let params = brotli::enc::BrotliEncoderParams {
        quality: BROTLI_QUALITY,
        lgwin: BROTLI_WINDOW,
        size_hint: plain.len(),
        ..Default::default()
    };
    let mut out = Vec::new();
    brotli::BrotliCompress(&mut &plain[..], &mut out, &params)?;
    Ok(out)
}

fn gzip(plain: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(plain)?;
    encoder.finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read;

    #[test]
    fn both_forms_give_the_same_bytes_back_and_are_smaller() {
        let plain = b"operations operations operations and their request bodies ".repeat(50);
        let (br, gz) = (brotli(&plain).unwrap(), gzip(&plain).unwrap());
        assert!(br.len() < gz.len() && gz.len() < plain.len());
        let mut back = Vec::new();
        brotli::BrotliDecompress(&mut br.as_slice(), &mut back).unwrap();
        assert_eq!(back, plain);
        back.clear();
        flate2::read::GzDecoder::new(gz.as_slice()).read_to_end(&mut back).unwrap();
        assert_eq!(back, plain);
    }

    #[test]
    fn only_what_shrinks_is_compressed_and_never_twice() {
        for name in ["app_bg.wasm", "boot.js", "index.html", "deep/config.json"] {
            assert!(compressible(Path::new(name)), "{name}");
        }
        for name in ["a.png", "app_bg.wasm.br", "boot.js.gz", "LICENSE"] {
            assert!(!compressible(Path::new(name)), "{name}");
        }
    }
}
