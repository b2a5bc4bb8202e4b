//! Handing a text or bytes to the user as a file.

use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, BlobPropertyBag, HtmlAnchorElement, Url};

use super::timers::Timeout;

/// Offers `text` as the file `name`. False where the browser refuses.
pub fn text(name: &str, mime: &str, text: &str) -> bool {
    offer(name, mime, &js_sys::Array::of1(&JsValue::from_str(text))).is_some()
}

/// Offers bytes as the file `name`. False where the browser refuses.
pub fn bytes(name: &str, mime: &str, bytes: &[u8]) -> bool {
    offer(name, mime, &js_sys::Array::of1(&js_sys::Uint8Array::from(bytes))).is_some()
}

/// A file made piece by piece. What was added is the browser's to keep, which may put it on the disk: however large the
/// file is, it does not stay in our memory.
#[derive(Default)]
pub struct Pieces(js_sys::Array);

impl Pieces {
    /// Adds a piece and empties it. False where the browser refuses.
    pub fn add(&self, text: &mut String) -> bool {
        let piece = Blob::new_with_str_sequence(&js_sys::Array::of1(&JsValue::from_str(text)));
        text.clear();
        piece.map(|piece| self.0.push(&piece)).is_ok()
    }

    /// Offers the pieces as the file `name`. False where the browser refuses.
    pub fn offer(&self, name: &str, mime: &str) -> bool {
        offer(name, mime, &self.0).is_some()
    }
}

fn offer(name: &str, mime: &str, parts: &js_sys::Array) -> Option<()> {
    let options = BlobPropertyBag::new();
    options.set_type(mime);
    let blob = Blob::new_with_u8_array_sequence_and_options(parts, &options).ok()?;
    let url = Url::create_object_url_with_blob(&blob).ok()?;
    let link: HtmlAnchorElement = super::document()?.create_element("a").ok()?.dyn_into().ok()?;
    link.set_href(&url);
    link.set_download(name);
    link.click();
    // The download reads the blob after this turn of the event loop, so the address must outlive it.
    Timeout::new(60_000, move || {
        let _ = Url::revoke_object_url(&url);
    })?
    .forget();
    Some(())
}

/// A file name that every system accepts: letters, digits, dot, dash and underscore.
pub fn safe_name(text: &str) -> String {
    let keep = |c: char| if c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_') { c } else { '-' };
    let name: String = text.chars().map(keep).take(80).collect();
    let name = name.trim_matches(['-', '.']).to_owned();
    if name.is_empty() { "download".to_owned() } else { name }
}

#[cfg(test)]
mod tests {
    use super::safe_name;

    #[test]
    fn file_names_hold_nothing_a_system_refuses() {
        assert_eq!(safe_name("75aab8db-8632"), "75aab8db-8632");
        assert_eq!(safe_name("../a/b?c#d%20e"), "a-b-c-d-20e");
        assert_eq!(safe_name("\u{202e}"), "download");
        assert_eq!(safe_name(&"x".repeat(500)).len(), 80);
    }
}
