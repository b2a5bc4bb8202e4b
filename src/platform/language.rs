//! Which language the page speaks: the user's choice, else the browser's where there is a file for it, else English.

use super::storage::{self, Area, StorageError};

/// Where the choice is kept. Nothing is kept for "as the browser".
const STORAGE_KEY: &str = "longrun.lang";

/// The language of the texts in the code.
pub const ENGLISH: &str = "en";

/// The other languages there are, by the files in public/lang: code and name in its own words.
pub fn others() -> impl Iterator<Item = (&'static str, &'static str)> {
    env!("LONGRUN_LANGUAGES").split(';').filter_map(|language| language.split_once('='))
}

/// What the user chose; `None` where that was left to the browser.
pub fn chosen() -> Option<&'static str> {
    known(&storage::get(Area::Lasting, STORAGE_KEY).ok()??)
}

/// The language to speak.
pub fn wanted() -> &'static str {
    let browsers = || known(&super::window()?.navigator().language()?);
    chosen().or_else(browsers).unwrap_or(ENGLISH)
}

/// The language of a code such as `ja` or `ja-JP`, where we have it.
fn known(code: &str) -> Option<&'static str> {
    let language = code.split('-').next().unwrap_or(code);
    others().map(|(code, _)| code).chain([ENGLISH]).find(|known| known.eq_ignore_ascii_case(language))
}

/// Keeps a choice, or leaves it to the browser, and loads the page anew: it speaks one language as long as it lives.
pub fn choose(code: Option<&str>) -> Result<(), StorageError> {
    match code {
        Some(code) => storage::set(Area::Lasting, STORAGE_KEY, code)?,
        None => storage::remove(Area::Lasting, STORAGE_KEY)?,
    }
    if let Some(window) = super::window() {
        let _ = window.location().reload();
    }
    Ok(())
}

/// Tells the browser what the page speaks.
pub fn declare(code: &str) {
    if let Some(root) = super::document().and_then(|document| document.document_element()) {
        let _ = root.set_attribute("lang", code);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_finds_its_language_whatever_its_region() {
        assert_eq!(known("ja-JP"), Some("ja"));
        assert_eq!(known("JA"), Some("ja"));
        assert_eq!(known("en-GB"), Some("en"));
        assert_eq!(known("xx"), None);
        assert_eq!(known(""), None);
    }

    #[test]
    fn languages_say_their_own_names() {
        assert!(others().any(|language| language == ("ja", "日本語")));
    }
}
